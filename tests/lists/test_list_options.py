"""The one table of options: read alike in markers, on the command line and in Python."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import NotFoundError, UsageError
from northbib.lists import ListSpec, Web, list_spec
from northbib.lists.fields import FIELDS, GROUPS
from northbib.lists.linking import LINKS
from northbib.lists.notes import Note
from northbib.lists.options import OPTIONS, WEB, attribute_of, value_of


def names(table: Any) -> st.SearchStrategy[list[str]]:
    signed = st.builds(
        "".join, st.tuples(st.sampled_from(["", "-"]), st.sampled_from(sorted(table)))
    )
    return st.lists(signed, min_size=1, max_size=3)


COUNTS = st.integers(1, 99999)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "style": st.sampled_from(["apa", "ieee"]),
    "locale": st.sampled_from(["en-GB", "de-DE", "cy-GB"]),
    "sort": names(FIELDS),
    "group": names(GROUPS),
    "order": st.lists(st.sampled_from(["book", "report", "post"]), min_size=1, max_size=3),
    "level": st.integers(1, 4),
    "limit": COUNTS,
    "limit-per-group": COUNTS,
    "ordered": st.booleans(),
    "as": st.sampled_from(["description", "thebibliography"]),
    "intro": st.sampled_from(["Some <i>works</i>.", "a"]),
    "annotate": st.booleans(),
    "links": st.lists(st.sampled_from(LINKS[:-1]), min_size=1, max_size=4),
    "oa": st.booleans(),
    "engine": st.sampled_from(["native", "citeproc-py"]),
    "id-prefix": st.sampled_from(["ref-", "x"]),
    "coins": st.booleans(),
    "jsonld": st.booleans(),
    "bibtex": st.booleans(),
}

PYTHON = {"as": "as_"}


def as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, list) else str(value)


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_an_option_means_the_same_as_text_and_as_a_value(given_: dict[str, Any]) -> None:
    if "group" not in given_:
        given_ = {k: v for k, v in given_.items() if k not in ("order", "limit-per-group")}
    texts = {name: as_text(value) for name, value in given_.items()}
    values = {PYTHON.get(name, name.replace("-", "_")): value for name, value in given_.items()}
    spec = list_spec(values, is_web=True)
    assert list_spec(texts, is_web=True) == spec
    assert hash(list_spec(texts, is_web=True)) == hash(spec)
    assert list_spec({**texts, "sort": texts.get("sort"), "level": texts.get("level")}, is_web=True)


def test_the_table_has_every_attribute_of_a_list() -> None:
    assert set(VALUES) == set(OPTIONS)
    attributes = {attribute_of(name) for name in OPTIONS.keys() - WEB.keys()}
    others = {"web", "coins", "styles", "notes", "number"}
    assert attributes == set(ListSpec.__slots__) - others
    assert set(WEB.values()) == set(Web.__slots__)
    assert all(option.meaning and option.shape for option in OPTIONS.values())


def test_what_is_for_the_web_means_nothing_elsewhere() -> None:
    assert list_spec({"jsonld": True}).web is None
    assert list_spec({"jsonld": "yes"}, is_web=True).web == Web(jsonld=True)


def test_coins_are_carried_off_the_web_only_if_asked_for() -> None:
    assert [list_spec(given).coins for given in ({}, {"coins": "no"}, {"coins": "yes"})] == [
        False, False, True,
    ]  # fmt: skip


def test_notes_come_as_texts_by_key() -> None:
    assert list_spec({"notes": {"a": "Note."}}).notes == (Note("a", ("Note.",)),)


@pytest.mark.parametrize(
    ("given_", "message", "hint"),
    [
        ({"styel": "apa"}, "there is no option styel", "did you mean style"),
        (
            {"limit_per_grop": 3},
            "there is no option limit-per-grop",
            "did you mean limit-per-group",
        ),
        ({"links": "title,archiv"}, "there is no 'archiv' to link", "did you mean archive"),
        ({"links": "none,doi"}, "links cannot be none and others", "drop none, or all others"),
        ({"limit": "0"}, "'0' is not a number from 1 to 99999", None),
        ({"limit": 0}, "a limit counts from 1, it cannot be 0", None),
        ({"oa": "maybe"}, "'maybe' is neither yes nor no", None),
        ({"order": "book"}, "an order of groups needs groups", "say by what: group=type"),
        ({"limit-per-group": "2"}, "a limit of groups needs groups", "say by what: group=type"),
        ({"group": "type", "order": "bok"}, "there is no type 'bok' to put in order", None),
        ({"level": "6", "group": "topic,year"}, "2 groups inside each other from level 6 on", None),
        ({"sort": "edtior"}, "there is no field 'edtior' to sort by", "did you mean editor"),
        ({"id-prefix": "1"}, "'1' cannot begin an id", None),
    ],
)
def test_what_makes_no_sense_is_said(
    given_: dict[str, Any], message: str, hint: str | None
) -> None:
    with pytest.raises(UsageError) as caught:
        list_spec(given_, is_web=True)
    assert caught.value.message.startswith(message)
    assert hint is None or (caught.value.hint or "").startswith(hint)


def test_a_locale_that_is_not_there_comes_with_near_ones() -> None:
    with pytest.raises(NotFoundError, match="no locale 'en-GV'"):
        value_of("locale", "en-GV", OPTIONS)


def test_headings_with_commas_are_parted_by_semicolons() -> None:
    spec = list_spec({"group": "author", "order": "Lee, Neil; Hatherley, Owen"})
    assert spec.order == ("Lee, Neil", "Hatherley, Owen")
