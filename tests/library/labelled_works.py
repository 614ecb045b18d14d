"""A labelled set for finding duplicates: works, copies of them as others would have written them
down, and works that are nearly the same but are not.

Everything follows from the seed. Copies are made of the text of the entries, as libraries differ in
it: slips of the pen, abbreviations, initials, capitals, LaTeX accents, fields in other places.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

from northbib.bibtex import Document, entry_source, records
from northbib.records import Date, Day, Name, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Labelled", "labelled_set"]

LATEX = {
    "\u0301": "'",
    "\u0300": "`",
    "\u0302": "^",
    "\u0308": '"',
    "\u0303": "~",
    "\u0327": "c",
    "\u030c": "v",
}
SHORT = {
    "Journal": "J.",
    "Review": "Rev.",
    "Regional": "Reg.",
    "Studies": "Stud.",
    "Economic": "Econ.",
    "Economy": "Econ.",
    "Geography": "Geogr.",
    "Political": "Polit.",
    "Science": "Sci.",
    "Society": "Soc.",
    "Cambridge": "Camb.",
    "Research": "Res.",
    "University": "Univ.",
    "Government": "Govt",
    "Department": "Dept",
    "International": "Int.",
    "Development": "Dev.",
    "Environment": "Environ.",
    "Planning": "Plan.",
    "Public": "Publ.",
    "Policy": "Pol.",
    "and": "&",
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


@dataclass(frozen=True)
class Labelled:
    """Records, and which of them are of one work: each its number."""

    records: list[Record]
    works: list[int]
    made_by: list[str]


def labelled_set(originals: Sequence[Record], seed: int, copies: int = 2) -> Labelled:
    """Give originals, copies of each, and works that are nearly theirs, in random order."""
    random = Random(seed)  # noqa: S311 - the same set for the same seed
    rows: list[tuple[Record, int, str]] = [
        (record, work, "original") for work, record in enumerate(originals)
    ]
    for work, record in enumerate(originals):
        for _ in range(copies):
            copy, how = _copy(record, random)
            rows.append((copy, work, how))
    work = len(originals)
    for record in originals:
        for made, how in _near_misses(record, random):
            rows.append((made, work, how))
            work += 1
    random.shuffle(rows)
    kept = [replace(row[0], key=f"k{place}") for place, row in enumerate(rows)]
    return Labelled(kept, [row[1] for row in rows], [row[2] for row in rows])


def _copy(record: Record, random: Random) -> tuple[Record, str]:
    changes = random.sample(CHANGES, random.choice((1, 2, 2, 3, 3, 4)))
    fields = _fields(record)
    for change in changes:
        change(fields, random)
    return _record(record, fields), " ".join(change.__name__ for change in changes)


def _fields(record: Record) -> dict[str, str]:
    entry = Document.parse(entry_source(record.replace(key="x"))).entries[0]
    kept = {name: value for name, value in entry.items() if name not in ("evidence", "notseen")}
    return {"": entry.type, **kept}


def _record(original: Record, fields: dict[str, str]) -> Record:
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if name)
    document = Document.parse(f"@{fields['']}{{{original.key},\n{body}}}\n")
    return records(document)[0][1]


def typo(fields: dict[str, str], random: Random) -> None:
    """One slip in the title: a letter too many, too few, another one, or two swapped."""
    words = re.findall(r"[a-z]{4,}", fields["title"])
    if not words:
        return
    word = random.choice(words)
    place = random.randrange(1, len(word) - 1)
    letter = random.choice("aeinorst")
    slip = random.choice(
        (
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        )
    )
    fields["title"] = re.sub(rf"\b{word}\b", slip, fields["title"], count=1)


def typo_in_a_name(fields: dict[str, str], random: Random) -> None:
    words = re.findall(r"[a-z]{5,}", fields.get("author", ""))
    if words:
        word = random.choice(words)
        place = random.randrange(1, len(word) - 1)
        fields["author"] = fields["author"].replace(word, word[:place] + word[place + 1 :], 1)


def initials(fields: dict[str, str], random: Random) -> None:
    for name in ("author", "editor"):
        people = fields.get(name, "").split(" and ")
        if name in fields and not any("{" in person for person in people):
            fields[name] = " and ".join(map(_initialled, people))


def _initialled(person: str) -> str:
    family, comma, given = person.partition(", ")
    return f"{family}{comma}{' '.join(word[0] + '.' for word in given.split())}"


def given_first(fields: dict[str, str], random: Random) -> None:
    for name in ("author", "editor"):
        people = fields.get(name, "").split(" and ")
        if name in fields and not any("{" in person or "Jr" in person for person in people):
            fields[name] = " and ".join(" ".join(reversed(person.split(", "))) for person in people)


def fewer_authors(fields: dict[str, str], random: Random) -> None:
    people = fields.get("author", "").split(" and ")
    if len(people) > 2 and "{" not in fields["author"]:
        fields["author"] = f"{people[0]} and others"


def without_subtitle(fields: dict[str, str], random: Random) -> None:
    head, colon, _ = fields["title"].partition(": ")
    if colon and head.count("{") == head.count("}") and len(head.split()) > 1:
        fields["title"] = head


def separate_subtitle(fields: dict[str, str], random: Random) -> None:
    head, colon, tail = fields["title"].partition(": ")
    if colon and head.count("{") == head.count("}"):
        fields["title"], fields["subtitle"] = head, tail


def small_letters(fields: dict[str, str], random: Random) -> None:
    title = re.sub(r"[{}]", "", fields["title"])
    fields["title"] = title[:1] + title[1:].lower()


def capitals(fields: dict[str, str], random: Random) -> None:
    if "\\" not in fields["title"]:
        fields["title"] = re.sub(r"[{}]", "", fields["title"]).upper()


def no_braces(fields: dict[str, str], random: Random) -> None:
    if "\\" not in fields["title"]:
        fields["title"] = re.sub(r"[{}]", "", fields["title"])


def latex_accents(fields: dict[str, str], random: Random) -> None:
    for name in ("author", "editor", "title", "journaltitle", "publisher"):
        if name in fields:
            text = unicodedata.normalize("NFD", fields[name])
            text = re.sub(
                r"(\w)([\u0300-\u030f\u0327])",
                lambda match: f"{{\\{LATEX[match[2]]}{{{match[1]}}}}}",
                text,
            )
            for sign, macro in (("‘", "`"), ("’", "'"), ("–", "--")):
                text = text.replace(sign, macro)
            fields[name] = unicodedata.normalize("NFC", text)


def abbreviated_container(fields: dict[str, str], random: Random) -> None:
    name = next((name for name in ("journaltitle", "booktitle") if name in fields), None)
    if name:
        fields[name] = " ".join(SHORT.get(word, word) for word in fields[name].split())
        fields[name] = fields[name].replace("&", "\\&")


def abbreviated_title(fields: dict[str, str], random: Random) -> None:
    words = [SHORT.get(word, word) for word in fields["title"].split()]
    fields["title"] = " ".join(words).replace("& ", "\\& ")


def classic_date(fields: dict[str, str], random: Random) -> None:
    date = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", fields.get("date", ""))
    if date:
        del fields["date"]
        fields["year"] = date[1]
        if date[2]:
            fields["month"] = random.choice((date[2], MONTHS[int(date[2]) - 1]))


def year_only(fields: dict[str, str], random: Random) -> None:
    fields["date"] = fields.get("date", "")[:4]


def swapped_day(fields: dict[str, str], random: Random) -> None:
    date = re.fullmatch(r"(\d{4})-(\d\d)-(0[1-9]|1[0-2])", fields.get("date", ""))
    if date:
        fields["date"] = f"{date[1]}-{date[3]}-{date[2]}"


def another_year(fields: dict[str, str], random: Random) -> None:
    """An article that was online in one year and in print in the next."""
    date = re.match(r"(\d{4})", fields.get("date", ""))
    if date and fields[""] == "article" and "entrysubtype" not in fields:
        fields["date"] = str(int(date[1]) + random.choice((-1, 1)))


def fewer_fields(fields: dict[str, str], random: Random) -> None:
    for name in ("doi", "url", "isbn", "number", "pages", "publisher", "institution", "location"):
        if name in fields and random.random() < 0.6:
            del fields[name]


def short_pages(fields: dict[str, str], random: Random) -> None:
    pages = re.fullmatch(r"(\d+)--(\d+)", fields.get("pages", ""))
    if pages:
        fields["pages"] = random.choice(
            (pages[1], f"{pages[1]}-{pages[2][-2:]}", f"{pages[1]}–{pages[2]}")
        )


def tracked_url(fields: dict[str, str], random: Random) -> None:
    if "url" in fields and "?" not in fields["url"]:
        fields["url"] = fields["url"].replace("https://", "http://") + random.choice(
            ("?utm_source=newsletter", "#top", "/?fbclid=abc")
        )


def written_doi(fields: dict[str, str], random: Random) -> None:
    if "doi" in fields:
        fields["doi"] = random.choice(
            ("https://doi.org/" + fields["doi"], "doi:" + fields["doi"].upper())
        )


def another_type(fields: dict[str, str], random: Random) -> None:
    other = {"report": "techreport", "online": "misc", "collection": "book", "thesis": "phdthesis"}
    fields[""] = other.get(fields[""], fields[""])


CHANGES: tuple[Callable[[dict[str, str], Random], None], ...] = (
    typo,
    typo,
    typo_in_a_name,
    initials,
    initials,
    given_first,
    fewer_authors,
    without_subtitle,
    separate_subtitle,
    small_letters,
    capitals,
    no_braces,
    latex_accents,
    abbreviated_container,
    abbreviated_title,
    classic_date,
    year_only,
    swapped_day,
    another_year,
    fewer_fields,
    fewer_fields,
    short_pages,
    tracked_url,
    written_doi,
    another_type,
)


def _near_misses(record: Record, random: Random) -> Iterator[tuple[Record, str]]:
    """Give works that are easily taken for a record's, and are others."""
    ways = [way for kind, ways in MISSES.items() if record.type == kind for way in ways]
    for way in random.sample(ways, min(2, len(ways))):
        made = way(record, random)
        if made is not None:
            yield made, way.__name__


def _with(record: Record, **values: object) -> Record:
    left = {name: value for name, value in record.values.items() if name not in ("DOI", "ISBN")}
    named = {name.replace("_", "-"): value for name, value in values.items()}
    kept = {**left, **named}
    return record.replace(values={name: value for name, value in kept.items() if value})


def _year(record: Record, by: int) -> Date:
    return Date(Day((record.year or 2000) + by))


def later_edition(record: Record, random: Random) -> Record:
    return _with(record, edition="2", issued=_year(record, random.choice((1, 4, 7))))


def another_volume(record: Record, random: Random) -> Record:
    return _with(
        record.replace(values={**record.values, "volume": "1"}),
        volume="2",
        title=f"{record.text('title')}, Volume 2",
        issued=_year(record, random.choice((0, 1))),
    )


def chapter_of_it(record: Record, random: Random) -> Record:
    made = _with(
        record,
        title=random.choice(("Introduction", "Conclusions", "Preface")),
        container_title=record.title,
        page="1-12",
        publisher=record.text("publisher"),
    )
    return made.replace(type="chapter")


def review_of_it(record: Record, random: Random) -> Record:
    return Record(
        "",
        "article-journal",
        {
            "author": (Name(family="Tomaney", given="John"),),
            "title": random.choice(("", "Book review: ", "Review of ")) + record.title,
            "container-title": "Regional Studies",
            "issued": _year(record, 1),
            "page": "102-104",
        },
    )


def conference_version(record: Record, random: Random) -> Record:
    made = _with(
        record,
        container_title="Regional Studies Association Annual Conference",
        issued=_year(record, -1),
        volume="",
        issue="",
        page="1-20",
        URL="",
    )
    return made.replace(type="paper-conference")


def working_paper(record: Record, random: Random) -> Record:
    made = _with(
        record,
        container_title="",
        issued=_year(record, -1),
        volume="",
        issue="",
        page="",
        URL="",
        number="17",
        publisher="Department of Geography",
    )
    return made.replace(type="report")


def second_part(record: Record, random: Random) -> Record:
    return _with(
        record,
        title=record.title + random.choice((": Part 2", ", part II", " (2)")),
        page="600-620",
        URL="",
    )


def correction_of_it(record: Record, random: Random) -> Record:
    return _with(
        record,
        title=random.choice(("Correction to: ", "Erratum: ", "Corrigendum to ")) + record.title,
        page="900",
        URL="",
    )


def another_word(record: Record, random: Random) -> Record | None:
    """Another article of the same authors with nearly the same title."""
    swaps = {
        "Northern": "Midlands",
        "North": "South",
        "England": "Scotland",
        "English": "Welsh",
        "Manchester": "Birmingham",
        "Liverpool": "Newcastle",
        "London": "Leeds",
        "local": "national",
        "regional": "urban",
        "Devolution": "Federalism",
        "devolution": "federalism",
        "growth": "decline",
        "economic": "social",
        "combined": "unitary",
    }
    text = record.title
    found = [word for word in swaps if re.search(rf"\b{word}\b", text)]
    if not found:
        return None
    word = random.choice(found)
    return _with(record, title=re.sub(rf"\b{word}\b", swaps[word], text), URL="", page="")


def another_years_act(record: Record, random: Random) -> Record:
    year = (record.year or 2000) + random.choice((-3, 1, 2, 5))
    title = re.sub(r"\d{4}$", str(year), record.title)
    return _with(record, title=title, issued=Date(Day(year, 5, 1)), number="", URL="")


def bill_before_it(record: Record, random: Random) -> Record:
    title = re.sub(r" Act \d{4}$", " Bill", record.title)
    return _with(record, title=title, issued=_year(record, -1), number="", URL="").replace(
        type="bill"
    )


def another_days_release(record: Record, random: Random) -> Record:
    """Another press release or post of a series, with the same title."""
    day = Date(Day(record.year or 2014, random.randrange(1, 13), 28))
    url = record.plain("URL")
    return _with(record, issued=day, URL=f"{url}-{random.randrange(2, 9)}" if url else "")


def next_years_report(record: Record, random: Random) -> Record:
    year = record.year or 2010
    text = record.title
    title = text.replace(str(year), str(year + 1)) if str(year) in text else f"{text} {year + 1}"
    return _with(record, title=title, issued=_year(record, 1), URL="", number="")


def summary_of_it(record: Record, random: Random) -> Record:
    return _with(record, title=record.title + ": Executive summary", URL="", number="")


MISSES: dict[str, tuple[Callable[[Record, Random], Record | None], ...]] = {
    "book": (later_edition, another_volume, chapter_of_it, review_of_it),
    "article-journal": (
        conference_version,
        working_paper,
        second_part,
        correction_of_it,
        another_word,
    ),
    "chapter": (another_word, working_paper),
    "legislation": (another_years_act, bill_before_it),
    "report": (next_years_report, summary_of_it, another_word, second_part),
    "webpage": (another_days_release,),
    "speech": (another_days_release,),
    "post-weblog": (another_days_release, another_word),
    "article-newspaper": (another_days_release,),
    "thesis": (working_paper, review_of_it),
}
