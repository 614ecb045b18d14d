"""Records and bibliographies that hypothesis makes up, as far as BibTeX can hold them."""

from __future__ import annotations

import unicodedata

from hypothesis import strategies as st

from northbib.records import Date, Day, Name, Record
from northbib.records.vocabulary import (
    DATE_VARIABLES,
    NAME_VARIABLES,
    NUMBER_VARIABLES,
    TEXT_VARIABLES,
    TYPES,
)

SPECIAL = "&%#$_{}\\~^<>`'\"-,=@()[]|+*/:;.!? \N{NO-BREAK SPACE}“”’–—"
LETTERS = "abcIiOoÉéßøŁğ漢и"
_OTHER_FORM = {"keyword", "language", "DOI", "URL", "page", "jurisdiction"}


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split(" ")).strip(" "))


def _one_space(text: str) -> bool:
    return bool(text) and "  " not in text and text.strip() == text


texts = st.text(SPECIAL + LETTERS, max_size=24).map(_tidy).filter(_one_space)
words = st.text(LETTERS + SPECIAL, min_size=1, max_size=8).map(_tidy).filter(_one_space)
addresses = st.text("abcXYZ019-._~:/?#[]@!$&'()*+,;=%", min_size=1, max_size=30)
marked = st.sampled_from(["i", "b", "sc", "sup", "sub", 'span class="nocase"']).flatmap(
    lambda tag: st.tuples(texts, st.text(LETTERS, min_size=1), texts).map(
        lambda parts: f"{parts[0]} <{tag}>{parts[1]}</{tag.split()[0]}> {parts[2]}"
    )
)

_given = st.sampled_from(["Neil", "J. K.", "Martin Luther", "Jean-Paul", "émile", "M. de"]) | words
_family = (
    st.sampled_from(["Lee", "Cellan-Jones", "de Vries", "Brinch Hansen", "O'Neill", "al-Khwarizmi"])
    | words
)
_particle = st.sampled_from(["van", "de la", "von der", "al-", "Van", "d'"])
people = st.builds(
    lambda family, given, suffix, particle, stays: Name(
        family=family,
        given=given,
        suffix=suffix,
        dropping_particle="" if stays else particle,
        non_dropping_particle=particle if stays else "",
    ),
    _family,
    st.just("") | _given,
    st.just("") | st.sampled_from(["Jr.", "III"]),
    st.just("") | _particle,
    st.booleans(),
)
bodies = st.builds(
    lambda text: Name(literal=text),
    texts | st.sampled_from(["HM Treasury", "Institute and Centre and Others", "others"]),
)
name_lists = st.lists(people | bodies, min_size=1, max_size=3).map(tuple)

days = st.builds(Day, st.integers(1, 2030)) | st.builds(
    Day, st.integers(1, 2030), st.integers(1, 12), st.integers(0, 28)
)
dates = (
    st.builds(Date, days, circa=st.booleans())
    | st.builds(Date, days, days, st.just(True))
    | st.builds(Date, days, st.none(), st.just(True))
    | st.builds(Date, st.builds(Day, st.integers(1, 2030), season=st.integers(1, 4)))
    | st.builds(lambda text: Date(literal=text), st.sampled_from(["n.d.", "forthcoming"]))
)

_BY_VARIABLE = (
    dict.fromkeys(sorted((TEXT_VARIABLES | NUMBER_VARIABLES) - _OTHER_FORM), texts)
    | dict.fromkeys(sorted(NAME_VARIABLES), name_lists)
    | dict.fromkeys(sorted(DATE_VARIABLES), dates)
    | {
        "title": texts | marked,
        "DOI": addresses.map("10.1000/".__add__),
        "URL": addresses.map("https://example.org/".__add__),
        "page": st.sampled_from(["478-489", "7", "1-3, 8-9", "S1-S4"]),
        "language": st.sampled_from(["en-GB", "de-DE", "fy"]),
    }
)
_COMMON = ("title", "author", "editor", "issued", "container-title", "publisher", "page", "number")
_values = st.lists(
    st.sampled_from(_COMMON) | st.sampled_from(sorted(_BY_VARIABLE)), max_size=6, unique=True
).flatmap(lambda names: st.fixed_dictionaries({name: _BY_VARIABLE[name] for name in names}))
records = st.builds(
    Record,
    key=st.from_regex(r"[a-z][a-z0-9:._-]{0,12}", fullmatch=True),
    type=st.sampled_from(sorted(TYPES)),
    values=_values,
    keywords=st.lists(words, max_size=3).map(tuple),
    extra=st.fixed_dictionaries(
        {},
        optional={
            "confidence": st.just("verified"),
            "evidence": texts,
            "notseen": st.just("author, url"),
            "archiveurl": addresses.map("https://example.org/".__add__),
            "shorthand": texts,
        },
    ),
)

_SNIPPETS = (
    "@article{",
    "@string{",
    "@comment{",
    "@preamble{",
    "@book(",
    "@www-x{",
    "@misc{k,\n  title = {A title},\n}\n",
    "author = ",
    "{",
    "}",
    '"',
    ",",
    "=",
    "#",
    "\\",
    "%",
    "\n",
    "\r\n",
    "\r",
    "k1",
    "jan",
    "\\}",
    " and ",
    "crossref = {k},",
    "date = {20",
    "\N{BYTE ORDER MARK}",
    "é",
    "\x00",
)
snippets = st.lists(st.sampled_from(_SNIPPETS) | st.text(max_size=4), max_size=40).map("".join)
