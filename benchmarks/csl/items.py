"""Works to render: a seeded generator of plainly made-up ones, and a fixed set of all CSL types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Item = dict[str, Any]

SETS = ("specimens", "plain")
"""The fixed sets of works, each a JSON file here: awkward ones of all types, and plain ones."""
WORDS = """
    account analysis borough bridge canal capital change city cluster council county creation data
    decline deal density district economy effect evidence exchange factory finance firm future
    government growth harbour history house industry innovation investment labour land law local
    market measure mill model network north office place plan policy port power practice price
    question railway region report river science season service skill society space state street
    study survey theory town trade transport union valley value village water work
""".split()
SMALL = "of the in and for on with a to from".split()
SHARES: tuple[tuple[str, int], ...] = (
    ("article-journal", 45),
    ("book", 18),
    ("chapter", 12),
    ("report", 7),
    ("webpage", 7),
    ("thesis", 6),
    ("legislation", 5),
)
"""Share of each type among the generated items, in percent."""


@dataclass(frozen=True, slots=True)
class Specimens:
    """Fixed works of many CSL types, and the clusters in which a document cites them."""

    items: list[Item]
    clusters: list[list[dict[str, Any]]]


def specimens(name: str = "specimens") -> Specimens:
    """Give one of the fixed sets; facts are real where a work of that kind was at hand."""
    file = Path(__file__).with_name(f"{name}.json")
    return Specimens(**json.loads(file.read_text(encoding="utf-8")))


def mixed(count: int, seed: int = 1) -> list[Item]:
    """Generate works in the proportions of `SHARES`, each with 1 to 6 authors.

    The same count and seed give the same items on every machine.
    """
    random = Random(seed)  # noqa: S311 - wanted is a repeatable mix, not a secret
    types = random.choices([type_ for type_, _ in SHARES], [share for _, share in SHARES], k=count)
    return [_item(random, number, type_) for number, type_ in enumerate(types, start=1)]


def one_of_many_authors(count: int) -> list[Item]:
    """Give one article with so many authors."""
    item = _item(Random(1), 1, "article-journal")  # noqa: S311
    authors = [{"family": f"Family{n}", "given": f"Given{n}"} for n in range(1, count + 1)]
    return [{**item, "author": authors}]


def same_author_and_year(count: int) -> list[Item]:
    """Give so many works that only a year suffix tells apart in an author-date style."""
    alike = {"author": [{"family": "Family1", "given": "Given1"}], "issued": _date(2001)}
    return [{**item, **alike} for item in mixed(count)]


def _item(random: Random, number: int, type_: str) -> Item:
    item: Item = {
        "id": f"item-{number}",
        "type": type_,
        "title": _title(random),
        "issued": _issued(random),
        "author": [_name(random) for _ in range(random.randint(1, 6))],
    }
    item.update(_FIELDS[type_](random, number))
    return item


def _name(random: Random) -> dict[str, str]:
    given = f"Given{random.randint(1, 500)}"
    if random.random() < 0.4:
        given += f" {random.choice('ABCDEFGHJKLMPRSTW')}."
    return {"family": f"Family{random.randint(1, 3000)}", "given": given}


def _title(random: Random) -> str:
    middle = range(random.randint(3, 11))
    words = [random.choice(SMALL if random.random() < 0.35 else WORDS) for _ in middle]
    title = " ".join([random.choice(WORDS), *words, random.choice(WORDS)]).capitalize()
    if random.random() < 0.3:
        title += f": {_title(random)}" if random.random() < 0.5 else " in <i>Town</i>"
    return title


def _date(*parts: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [list(parts)]}


def _issued(random: Random) -> dict[str, list[list[int]]]:
    parts = [random.randint(1950, 2025), random.randint(1, 12), random.randint(1, 28)]
    return _date(*parts[: random.choice((1, 1, 1, 2, 3))])


def _pages(random: Random) -> str:
    first = random.randint(1, 1500)
    return f"{first}-{first + random.randint(3, 40)}"


def _test_doi(number: int) -> str:
    """Give a DOI of the prefix that is set aside for tests."""
    return f"10.5555/{number}"


def _place(random: Random) -> dict[str, str]:
    return {
        "publisher": f"Press {random.randint(1, 90)}",
        "publisher-place": f"Town {random.randint(1, 90)}",
    }


def _web(random: Random, number: int) -> dict[str, Any]:
    accessed = _date(2025, random.randint(1, 12), random.randint(1, 28))
    return {"URL": f"https://example.org/{number}", "accessed": accessed}


def _article(random: Random, number: int) -> Item:
    return {
        "container-title": f"Journal of {random.choice(WORDS).capitalize()}",
        "volume": str(random.randint(1, 120)),
        "issue": str(random.randint(1, 12)),
        "page": _pages(random),
        "DOI": _test_doi(number),
    }


def _book(random: Random, _number: int) -> Item:
    edition = {"edition": str(random.randint(2, 5))} if random.random() < 0.2 else {}
    return {**_place(random), **edition}


def _chapter(random: Random, _number: int) -> Item:
    editors = [_name(random) for _ in range(random.randint(1, 3))]
    container = {"container-title": _title(random), "editor": editors, "page": _pages(random)}
    return {**_place(random), **container}


def _report(random: Random, number: int) -> Item:
    return {**_place(random), "number": str(random.randint(1, 400)), "genre": "Working paper"} | (
        _web(random, number) if random.random() < 0.5 else {}
    )


def _webpage(random: Random, number: int) -> Item:
    return {**_web(random, number), "container-title": f"Site of {random.choice(WORDS)}"}


def _thesis(random: Random, _number: int) -> Item:
    genre = random.choice(("PhD thesis", "Master’s thesis"))
    return {"genre": genre, "publisher": f"University {random.randint(1, 60)}"}


def _legislation(random: Random, number: int) -> Item:
    title = f"{random.choice(WORDS).capitalize()} Act {random.randint(1950, 2025)}"
    return {"title": title, "author": [{"literal": "State of Examples"}], "number": f"c. {number}"}


_FIELDS: dict[str, Callable[[Random, int], Item]] = {
    "article-journal": _article,
    "book": _book,
    "chapter": _chapter,
    "report": _report,
    "webpage": _webpage,
    "thesis": _thesis,
    "legislation": _legislation,
}
