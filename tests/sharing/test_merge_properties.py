"""Whatever two people do to a bibliography, a merge loses nothing, and says when it needs one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import versions
from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.bibtex import Document
from northbib.bibtex.merging import Merged, merge, merge_by_line
from northbib.bibtex.merging.files import merge_by_entry
from northbib.bibtex.merging.shape import value_of

if TYPE_CHECKING:
    from northbib.bibtex import Entry

MARK = re.compile(rb"^(<<<<<<< ours|=======|>>>>>>> theirs)$", re.MULTILINE)
Triple = tuple[bytes, bytes, bytes]
Fields = dict[str, object]


def said(entry: Entry) -> Fields:
    """Give what the fields of an entry say, with its type, whatever the layout."""
    fields: Fields = {name: value_of(source) for name, source in reversed(entry.sources)}
    topics = dict(reversed(entry.sources)).get("keywords", "")
    if topics[:1] in ("{", '"') and "{" not in topics[1:]:
        fields["keywords"] = frozenset(m.strip().lower() for m in topics[1:-1].split(",")) - {""}
    return {"type": entry.type, **fields}


def entries(data: bytes) -> dict[str, Fields]:
    return {entry.key.lower(): said(entry) for entry in Document.parse(data).entries}


@given(versions.triples())
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_what_only_one_side_has_changed_comes_from_there_byte_by_byte(triple: Triple) -> None:
    base, ours, theirs = triple
    for side in (ours, theirs):
        assert merge_by_entry(base, side, base) == Merged(side)
        assert merge_by_entry(base, side, side) == Merged(side)


def merged_value(old: object, one: object, other: object) -> tuple[object, bool]:
    """Merge three values as a person would; tell whether that person has to choose."""
    if one in (old, other):
        return other, False
    if other == old:
        return one, False
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        before = old if isinstance(old, frozenset) else frozenset()
        if old is None or isinstance(old, frozenset):
            return (one | other) - (before - one) - (before - other) or None, False
    return None, True


def model(base: bytes, ours: bytes, theirs: bytes) -> tuple[dict[str, Fields], bool]:
    """Merge entries as mappings; tell whether there is a conflict."""
    before, one, other = entries(base), entries(ours), entries(theirs)
    found: dict[str, Fields] = {}
    needs_person = False
    for key in [*one, *(key for key in other if key not in one)]:
        if key not in one or key not in other:
            there = one.get(key) or other.get(key) or {}
            if key not in before:
                found[key] = there
            elif there != before[key]:
                needs_person = True
            continue
        old = before.get(key, {})
        found[key] = {}
        for name in [*one[key], *other[key]]:
            value, is_open = merged_value(old.get(name), one[key].get(name), other[key].get(name))
            needs_person |= is_open
            if value is not None:
                found[key][name] = value
    return found, needs_person


@given(versions.triples(tuple(kind for kind in versions.KINDS if kind != "text")))
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_entries_and_fields_are_merged_as_mappings_are(triple: Triple) -> None:
    expected, needs_person = model(*triple)
    merged = merge(*triple)
    about_text = [c for c in merged.conflicts if "text" in c.what or "lines above" in c.what]
    removed = [c for c in merged.conflicts if "removed" in c.what]
    if not about_text and not removed:
        assert bool(merged.conflicts) == needs_person
    if not merged.conflicts:
        assert entries(merged.data) == expected


@given(versions.triples((*versions.KINDS, "rename")))
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_what_a_side_has_added_or_changed_is_in_the_result_or_in_a_conflict(triple: Triple) -> None:
    base, ours, theirs = triple
    merged = merge(base, ours, theirs)
    assert bool(merged.conflicts) == bool(MARK.search(merged.data))
    there = [source for entry in Document.parse(merged.data).entries for source in entry.sources]
    values = {(name, value_of(source)) for name, source in there}
    before = {
        (name, value_of(source))
        for entry in Document.parse(base).entries
        for name, source in entry.sources
    }
    for side in (ours, theirs):
        for entry in Document.parse(side).entries:
            for name, source in entry.sources:
                if (name, value_of(source)) not in before and name != "keywords":
                    assert (name, value_of(source)) in values
        for line in side.split(b"\n"):
            if line.startswith((b"%", b"loose")) and line not in base:
                assert line in merged.data


@given(versions.triples())
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_the_sides_are_alike_but_for_the_order(triple: Triple) -> None:
    base, ours, theirs = triple
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert bool(one.conflicts) == bool(other.conflicts)
    if not one.conflicts:
        assert entries(one.data) == entries(other.data)


@given(versions.triples())
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_a_merge_is_not_made_by_line_in_its_stead(triple: Triple) -> None:
    merged = merge(*triple)
    assert all(conflict.what != "lines" for conflict in merged.conflicts)


@given(versions.triples())
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_conflicts_stand_in_lines_of_their_own_at_the_lines_that_are_told(triple: Triple) -> None:
    merged = merge(*triple)
    lines = merged.data.splitlines()
    assert [n for n, line in enumerate(lines, 1) if line == b"<<<<<<< ours"] == [
        conflict.line for conflict in merged.conflicts
    ]
    marks = [mark[1][:1] for mark in MARK.finditer(merged.data)]
    assert marks == [b"<", b"=", b">"] * len(merged.conflicts)


PIECES = st.lists(
    st.sampled_from(
        [
            b"@article{a, title = {x}}",
            b"@article{a,\n  title = {y},\n}",
            b"@book{b, note = 1",
            b"@string{m = {x}}",
            b"@comment{x",
            b"}",
            b"% text",
            b"{",
            b'"',
            b"\n",
            b"\n\n",
            b"\r\n",
            b"\xff",
            b"<<<<<<< ours\n",
            b"@a{a}",
            b",",
        ]
    ),
    max_size=12,
).map(b"".join)


@given(PIECES, PIECES, PIECES)
@settings(max_examples=2 * settings().max_examples, deadline=None)
def test_no_input_stops_a_merge_or_makes_it_lose_a_line(
    base: bytes, ours: bytes, theirs: bytes
) -> None:
    merged = merge(base, ours, theirs)
    for side in (ours, theirs):
        assert merge_by_entry(base, side, side).data == side
    by_line = merge_by_line(base, ours, theirs)
    assert by_line.conflicts
    if not merged.conflicts:
        keys = set(entries(ours)) & set(entries(theirs))
        assert keys <= set(entries(merged.data))
