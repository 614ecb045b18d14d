"""The pattern language of citation keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import InputError, UsageError
from northbib.library import Store
from northbib.library.adding import check_key
from northbib.library.keys import Pattern, new_key
from northbib.library.keys.filters import FILTERS
from northbib.library.keys.functions import FUNCTIONS
from northbib.library.keys.setting import key_pattern
from northbib.library.keys.unique import belongs_to
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("no_litter")

LEE = Record(
    "",
    "article-journal",
    {
        "author": (Name(family="Lee", given="Neil"),),
        "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
        "container-title": "Regional Studies",
        "issued": Date.parse("2017-03-04"),
        "page": "478-89",
    },
    ("northern-powerhouse", "agglomeration"),
)
TWO = LEE.replace(
    values={
        **LEE.values,
        "author": (Name(family="Berry", given="Craig"), Name(family="Giovannini", given="Arianna")),
    }
)
FIVE = LEE.replace(
    values={
        "author": (
            *TWO.names(),
            Name(family="Müller", given="Zoë"),
            Name(family="Ó Tuathail", given="Páraic"),
            Name(family="Vries", given="Jan", non_dropping_particle="de"),
        ),
        "issued": Date.parse("2016"),
        "title": "Größe und Straße",
    }
)
BODY = Record("", "report", {"author": (Name(literal="Centre for Cities"),), "title": "Outlook"})
EDITED = Record("", "book", {"editor": (Name(family="Baker"),), "title": "Geographies of England"})


@pytest.mark.parametrize(
    ("pattern", "record", "key"),
    [
        ("auth.lower + shorttitle(3, 3) + year", LEE, "leePowerhouseCardsUnderstanding2017"),
        ("auth.lower + year + veryshorttitle.lower", LEE, "lee2017powerhouse"),
        ("auth + year", EDITED, "Baker"),
        ("auth(creator='author') + 'x'", EDITED, "x"),
        ("authEtal2 + year", LEE, "Lee2017"),
        ("authEtal2", TWO, "Berry.Giovannini"),
        ("authEtal2", FIVE, "Berry.etal"),
        ("authEtAl", FIVE, "BerryEtAl"),
        ("authAuthEa", FIVE, "Berry.Giovannini.ea"),
        ("authors", TWO, "BerryGiovannini"),
        ('authors(2, etal="EtAl").condense("-")', FIVE, "Berry-Giovannini-EtAl"),
        ("authorsAlpha + shortyear", LEE, "Lee17"),
        ("authorsAlpha + shortyear", TWO, "BG17"),
        ("authorsAlpha + shortyear", FIVE, "BGM+16"),
        ("authshort", FIVE, "BGM+"),
        ("authIni(2)", TWO, "Be.Gi"),
        ("authorIni", TWO, "Berry.G"),
        ("authForeIni + auth", TWO, "CBerry"),
        ("authorLastForeIni + authorLast", TWO, "AGiovannini"),
        ("auth(3, 2)", TWO, "Gio"),
        ("auth(n=3, m=9) + year", TWO, "2017"),
        ("authors(0, 'author', '_')", FIVE, "Berry_Giovannini_Muller_OTuathail_deVries"),
        ("authors.fold('german')", FIVE, "BerryGiovanniniMuellerOTuathaildeVries"),
        ("auth", BODY, "CentreforCities"),
        ("who + '-' + word", BODY, "centre-outlook"),
        ("title", LEE, "PowerhouseCardsUnderstandingNorthernPowerhouse"),
        ("title", FIVE, "GrosseStrasse"),
        ("shorttitle", LEE, "PowerhousecardsUnderstanding"),
        ("auth.lower + year + Title.abbr.upper", LEE, "lee2017POCUTNP"),
        ("Title.skipwords.select(1, 2).condense('_')", LEE, "Powerhouse_cards"),
        ("Title.substring(-12)", LEE, "Powerhouse"),
        ("Journaltitle.abbr + year", LEE, "RS2017"),
        ("journal.capitalize", LEE, "RegionalStudies"),
        ("auth + date('%Y-%m-%d')", LEE, "Lee2017-03-04"),
        ("auth + date('%Y-%m')", FIVE, "Berry2016"),
        ("auth + month", LEE, "Lee03"),
        ("auth + firstpage.prefix('p') + lastpage.prefix('-')", LEE, "Leep478-489"),
        ("auth + firstpage.prefix('p')", FIVE, "Berry"),
        ("keyword(2)", LEE, "agglomeration"),
        ("keyword(9) + 'x'", LEE, "x"),
        ("year.default('nd')", BODY, "nd"),
        ("type('book', 'report') + 'R-' + auth | auth + year", BODY, "R-CentreforCities"),
        ("type('book') + 'B' | type('article') + 'A' | 'X'", LEE, "A"),
        ("auth.len('>', 8) ; word", LEE, "powerhouse"),
        ("(auth + year).lower", LEE, "lee2017"),
        ("auth.replace('EE', 'y')", LEE, "Ly"),
        ("Title.nopunct.nopunctordash.alphanum.ascii.clean.numeric + 'n'", LEE, "n"),
        ("'{}, ~' + auth", LEE, "Lee"),
        ("Doi", LEE, "anon"),
        ("origyear + origdate + Author.lower", TWO, "berrygiovannini"),
    ],
)
def test_a_pattern_makes_a_key(pattern: str, record: Record, key: str) -> None:
    assert Pattern.parse(pattern).base(record) == key


@pytest.mark.parametrize(
    ("pattern", "column", "says"),
    [
        ("", 1, "too early"),
        ("auth +", 7, "too early"),
        ("auth year", 6, "'year' cannot stand here"),
        ("athu", 1, "did you mean auth"),
        ("auth.lowr", 6, "did you mean lower"),
        ("Titel", 1, "did you mean Title"),
        ("auth(1, 2, 'author', 4)", 1, "write auth(n=0, m=1, creator='')"),
        ("auth('one')", 1, "n is a number"),
        ("auth + (year", 8, "not closed"),
        ("auth(n=1", 5, "not closed"),
        ("auth + year)", 12, "cannot stand here"),
        ("type('bok')", 1, "did you mean book"),
        ("auth.len('~')", 6, "compares no lengths"),
        ("auth + postfix('x')", 8, "one form"),
        ("auth + postfix('{%(a)s')", 8, "one form"),
        ("'auth", 1, "no part of a key"),
        ("(" * 60 + "auth" + ")" * 60, 51, "too deep"),
    ],
)
def test_an_error_names_the_column_and_what_to_write(pattern: str, column: int, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        Pattern.parse(pattern)
    assert f"column {column}:" in str(caught.value)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("suffix", "keys"),
    [
        ("", ["Lee2017", "Lee2017a", "Lee2017b"]),
        ("+ postfix('-%(n)s')", ["Lee2017", "Lee2017-2", "Lee2017-3"]),
        ("+ postfix('%(A)s')", ["Lee2017", "Lee2017A", "Lee2017B"]),
        ("+ postfix('_%(w)s')", ["Lee2017", "Lee2017_powerhouse", "Lee2017_cards"]),
    ],
)
def test_a_taken_key_gets_the_suffix_that_the_pattern_asks_for(
    suffix: str, keys: list[str]
) -> None:
    taken: list[str] = []
    for _ in range(3):
        taken.append(new_key(LEE, taken, f"auth + year {suffix}"))
    assert taken == keys
    pattern = Pattern.parse(f"auth + year {suffix}")
    assert all(belongs_to(key, LEE, pattern) for key in keys)
    assert not belongs_to("Lee2017xyz", LEE, pattern)


texts = st.text(max_size=30)
names = st.builds(Name, family=texts, given=texts) | st.builds(Name, literal=texts)
records = st.builds(
    lambda kind, title, authors, page, keywords: Record(
        "", kind, {"title": title, "author": tuple(authors), "page": page}, tuple(keywords)
    ),
    st.sampled_from(["book", "article-journal"]),
    texts,
    st.lists(names, max_size=5),
    texts,
    st.lists(texts, max_size=2),
)
ARGUMENTS = {"type": "('book')", "replace": "('a', 'b')", "prefix": "('x')", "postfix": "('x')"}
ARGUMENTS["default"] = "('x')"
patterns = st.builds(
    lambda function, filters: ".".join(
        [function + ARGUMENTS.get(function, ""), *(f + ARGUMENTS.get(f, "") for f in filters)]
    ),
    st.sampled_from(sorted(FUNCTIONS)),
    st.lists(st.sampled_from(sorted(FILTERS)), max_size=3),
)


@given(records, st.lists(patterns, min_size=1, max_size=3).map(" + ".join))
def test_any_pattern_gives_any_record_a_key_that_bibtex_and_a_shell_can_read(
    record: Record, pattern: str
) -> None:
    key = new_key(record, (), pattern)
    check_key(key)
    assert re.fullmatch(r"[A-Za-z0-9:.+/_-]+", key)
    assert new_key(record, (), pattern) == key


@given(st.text(max_size=20))
def test_any_text_is_a_pattern_or_is_refused_in_one_sentence(text: str) -> None:
    hint = None
    try:
        Pattern.parse(text)
    except UsageError as error:
        hint = error.hint or "none"
    assert hint != "none"


def test_a_library_has_the_pattern_of_its_settings(tmp_path: Path) -> None:
    (tmp_path / "works.bib").write_text("", encoding="utf-8")
    settings = tmp_path / ".northbib.toml"
    settings.write_text("[keys]\npattern = 'auth + year'\n", encoding="utf-8")
    assert Store(tmp_path).add(LEE).record.key == "Lee2017"
    keyless = "@book{,\n  author = {Lee, Neil},\n  title = {A title},\n  date = {2017}\n}"
    assert Store(tmp_path).add_source(keyless).stored[0].record.key == "Lee2017a"


@pytest.mark.parametrize("line", ["pattern = 'auth +'", "pattern = 3"])
def test_a_pattern_in_the_settings_that_makes_no_sense_is_named_with_its_file(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / ".northbib.toml").write_text(f"[keys]\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"\.northbib\.toml"):
        key_pattern(tmp_path)
