"""The index finds what the reference evaluator finds, in the same order."""

from __future__ import annotations

import atexit
import random
import re
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.library import Store, contents
from northbib.library.searching.query import parse_query

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.library.stored import Stored

WORDS = r"""
Urban urban-regeneration Nörthern northern north power powerhouse Straße strasse Þórsson Æsop
œuvre Łódź can't “quoted” covid19 Covid-19 2014 10.5555/abc123 x a naïve Erdős ØRESUND {NHS}
left-behind (and) A\&B über Жизнь Ελλάδα 東京 e.g. U.K. \_under\_ under\_score R2D2 1998a
""".split()
TYPES = ("article", "book", "online", "report", "thesis", "incollection", "misc", "xdata")
DATES = ("2014", "2014-05", "2013/2015", "2010/..", "forthcoming", "1998-01-31", "-0043", "2014-21")


def fields_besides(seed: int) -> dict[str, str]:
    """Give some further fields of an entry."""
    chance = random.Random(seed)  # noqa: S311 - the same for the same seed
    fields = {
        "booktitle": " ".join(chance.choices(WORDS, k=2)),
        "institution": " ".join(chance.choices(WORDS, k=2)),
        "location": chance.choice(WORDS),
        "chapter": chance.choice(["2", "II", "2a"]),
        "number": chance.choice(["2", "5--7", "no. 4"]),
        "edition": chance.choice(["2", "second", "3rd"]),
        "urldate": chance.choice(DATES),
        "eventdate": chance.choice(DATES),
        "origdate": chance.choice(DATES),
    }
    return {name: text for name, text in fields.items() if chance.random() < 0.6}


def bibliography(seed: int, entries: int, *, is_full: bool = False) -> str:
    """Give a bibliography of odd entries."""
    chance = random.Random(seed)  # noqa: S311 - the same for the same seed

    def some(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(least, most)))

    def name() -> str:
        family = chance.choice(["Lee", "de Vries", "Müller-Lüdenscheidt", "O'Brien", "Þórsson"])
        return f"{family}, {chance.choice(['Ada', 'J.-P.', 'Urban', ''])}".removesuffix(", ")

    made = ["@string{s = {Urban Studies}}\n"]
    for number in range(entries):
        fields = {
            "title": some(1, 6),
            "author": " and ".join(name() for _ in range(chance.randint(1, 3))),
            "editor": name(),
            "date": chance.choice(DATES),
            "journaltitle": chance.choice(["{Journal of Power}", "s"]),
            "publisher": some(1, 2),
            "volume": chance.choice(["3", "13", "III", "3--4", "003", "13a", "2–14"]),
            "pages": chance.choice(["1--20", "15", "e12"]),
            "doi": f"10.5555/{chance.choice(['abc', 'northern.', '2014_'])}{chance.randint(1, 40)}",
            "url": f"https://www.example.org/left-behind/{chance.choice(['a--b', 'Power', 'x_y'])}",
            "keywords": f"{chance.choice(['urban', 'left-behind', 'North Power'])}, x",
            "abstract": some(5, 20),
            "note": some(1, 3),
            "shorthand": chance.choice(["NP", "Urban 2"]),
            "crossref": f"lee2014power{chance.randint(0, entries)}",
        }
        kept = {name: text for name, text in fields.items() if chance.random() < 0.6}
        kept |= fields_besides(seed * entries + number) if is_full else {}
        key = chance.choice(["lee2014power", "Müller:north-", "covid19", "power"])
        key += chance.choice([str(number), str(number), "", "A"])
        values = ",\n".join(
            f"  {name} = {text if text == 's' else '{' + text.strip('{}') + '}'}"
            for name, text in kept.items()
        )
        made.append(f"@{chance.choice(TYPES)}{{{key},\n{values}\n}}\n")
    return "\n".join(made)


def library(*texts: str) -> Path:
    folder = Path(mkdtemp(prefix="northbib-agrees-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for number, text in enumerate(texts):
        (folder / f"north-{number}.bib").write_text(text, encoding="utf-8")
    return folder


@cache
def large() -> Path:
    """A library of 300 odd entries in three files."""
    return library(*(bibliography(*each, is_full=True) for each in ((1, 150), (2, 149), (3, 1))))


@pytest.fixture(autouse=True)
def always_indexed(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(contents, "SMALL", 0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def places(found: Sequence[Stored]) -> list[tuple[str, str, int]]:
    return [(stored.key, stored.file.name, stored.line) for stored in found]


@cache
def stores(folder: Path) -> tuple[Store, Store]:
    """Give a library as its index has it, and as its files have it."""
    indexed, plain = Store(folder), Store(folder)
    assert indexed.index is not None
    plain._contents.index = None
    return indexed, plain


def check(folder: Path, text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError:
        return
    indexed, plain = stores(folder)
    found = indexed.find(query)
    assert places(found) == places(plain.find(query)), text
    assert [stored.record for stored in found] == [stored.record for stored in plain.find(query)]
    best = places(indexed.find(query, best=True))
    assert best == places(plain.find(query, best=True)), text


TEXTS = bibliography(1, 150, is_full=True) + bibliography(2, 149)


@st.composite
def cuttings(draw: st.DrawFn) -> str:
    """Give a piece of what stands in the library, cut out anywhere."""
    start = draw(st.integers(0, len(TEXTS) - 1))
    return TEXTS[start : start + draw(st.integers(1, 14))].replace('"', "").replace("\n", " ")


WORD = st.sampled_from([word.strip("{}()\\") for word in WORDS]) | cuttings()
FIELD = st.sampled_from(
    "author title editor topic key doi url journaltitle publisher abstract shorthand volume page"
    " note DOI container-title booktitle institution location number chapter".split()
)
PATTERN = st.sampled_from(
    r"nor.h ^urban x$ [0-9]{4} north|urban (north|power)ern? power(?=house) nor+thern \bleft.beh"
    r" studi?es lee2014p 10\.5555 abc[12]+ n(ort)*hern strass?e p.w.r n.r.h [lm]ee2 e.2 er.nort"
    r" ^x$ ee?2014[opq]?wer \burb power(house)?$ \d{4} h[ae]?.d urban|x o.e 1.?3 \w14".split()
) | cuttings().map(lambda text: re.sub(r"[^a-zA-Z0-9 ]|[aeo]", ".", text))
LEAF = (
    WORD
    | st.builds('"{}"'.format, WORD)
    | st.builds("{}*".format, WORD)
    | st.builds('{}:"{}"'.format, FIELD, WORD)
    | st.builds('{}:"{}"*'.format, FIELD, WORD)
    | st.builds("{}:/{}/".format, FIELD, PATTERN)
    | st.sampled_from(
        """
        year:2014 year:2010- date:2014-05 date:>=2013-02..2014 year<2000 date:..1998 accessed:2014
        pages:14..16 chapter:2 number:2..5 edition:>=2 urldate:2014.. eventdate:..2013 month:may
        has:volume has:origdate has:booktitle booktitle:power institution:nor location:power
        has:doi no:url has:author has:shorthand has:editor no:keywords has:crossref is:duplicate
        volume:3 page:5..16 volume:>=4 type:book type:online in:north-1 year:-2016 volume:III
        """.split()
    )
)
QUERY = st.recursive(
    LEAF,
    lambda inner: (
        st.builds("{} {}".format, inner, inner)
        | st.builds("({}) or {}".format, inner, inner)
        | st.builds("-({})".format, inner)
    ),
    max_leaves=4,
)


@settings(deadline=None)
@given(QUERY)
def test_the_index_and_the_files_answer_alike(text: str) -> None:
    check(large(), text)


@pytest.mark.parametrize(
    "text",
    [
        "power",
        "owe",
        "2014power",
        "e2014p",
        "14 pow",
        "covid19",
        "ovid1",
        "northern power",
        '"northern power"',
        "ern pow",
        "left-behind",
        "behind a",
        "can't",
        "an't",
        "strasse",
        "łódź",
        "жизнь",
        "изнь",
        "東",
        "&",
        "_",
        "under_",
        "der_sc",
        "10.5555/abc",
        "doi:10.5555/northern.1",
        "5555/north",
        "author:lüden",
        "author:brien",
        "author:o'b",
        "topic:left-behind",
        "topic:left*",
        "key:power",
        "key:müller*",
        "is:duplicate",
        "-is:duplicate",
        "title:/^urban/",
        "title:power or author:lee",
    ],
)
def test_what_is_hard_to_find_by_words_is_found_alike(text: str) -> None:
    check(large(), text)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 12), LEAF)
def test_any_library_is_found_alike(seed: int, entries: int, text: str) -> None:
    numbers = ((seed, entries), (seed + 1, 3))
    check(library(*(bibliography(*each, is_full=True) for each in numbers)), text)


STEP = st.tuples(st.integers(0, 2), st.integers(0, 3), st.randoms(use_true_random=False))


@settings(max_examples=12, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_after_any_changes_of_files_the_index_is_as_if_new(
    steps: list[tuple[int, int, random.Random]],
) -> None:
    folder = library(bibliography(7, 12, is_full=True), bibliography(8, 12, is_full=True))
    blocks = {
        number: bibliography(7 + number, 12, is_full=True).split("\n@") for number in range(3)
    }
    for number, kind, chance in steps:
        file, own = folder / f"north-{number}.bib", blocks[number]
        if kind == 0:
            chance.shuffle(own)
        elif kind == 1:
            del own[chance.randrange(len(own)) :]
            own.extend(bibliography(chance.randrange(100), 4, is_full=True).split("\n@"))
        elif kind == 2:
            own[-1] = own[-1].replace("power", "strength").replace("title", "note")
        if kind == 3:
            file.unlink(missing_ok=True)
        else:
            file.write_text("\n@".join(own), encoding="utf-8")
        stores.cache_clear()
        for text in (
            "",
            "power",
            "strength",
            "is:duplicate",
            "title:north journaltitle:power",
            "volume:3",
        ):
            check(folder, text)
        assert Store(folder).problems == _plain(folder).problems


def _plain(folder: Path) -> Store:
    plain = Store(folder)
    plain._contents.index = None
    return plain
