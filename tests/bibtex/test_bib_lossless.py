"""Whatever a file holds, it is written as it was read, and an edit touches only its place."""

from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from files import ENCODINGS, files, texts
from generated import snippets
from hypothesis import example, given
from hypothesis import strategies as st

from northbib.bibtex import Document
from northbib.bibtex.edits import applied
from northbib.errors import UsageError

SOURCES = ["new", "", "a {B} c", 'say "no"', "2018", "é – ł", "two\nlines", "me@host, x = y"]


def state(document: Document) -> list[tuple[str, str, dict[str, str]]]:
    return [(entry.key, entry.type, dict(entry)) for entry in document.entries]


@given(st.binary() | snippets.map(str.encode) | files())
def test_blocks_and_text_are_the_file(data: bytes) -> None:
    document = Document.parse(data)
    assert document.to_bytes() == data
    assert document.splices == ()
    pieces = list(document.pieces())
    assert b"".join(piece.data for piece in pieces) == data
    for piece in pieces:
        assert data[piece.start : piece.end] == piece.data
    for before, after in pairwise(document.outline()):
        assert before.end <= after.start
    state(document)


@given(files())
@example(b"@misc{k, note = {x}}\xff")
@example("@misc{k, note = {é}}".encode() + b"@misc{l, note = {\xe9}}")
def test_a_cut_file_is_read_and_written(data: bytes) -> None:
    for end in range(0, len(data), max(len(data) // 20, 1)):
        document = Document.parse(data[:end])
        assert document.to_bytes() == data[:end]
        assert len(document.problems) <= end + 1


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding_is_told_read_and_written(name: str) -> None:
    text = "% naïve\r\n@misc{ké, note = {Café},\r\n  author = {Ærø}}\r\n"
    data = text.encode(name)
    document = Document.parse(data)
    assert dict(document["ké"]) == {"note": "Café", "author": "Ærø"}
    assert document["KÉ"].raw == "@misc{ké, note = {Café},\r\n  author = {Ærø}}"
    document["ké"]["note"] = "Öl"
    document.add("@book{añadido, title = {Ünder}}")
    after = document.to_bytes()
    expected = text.replace("Café", "Öl") + "\r\n@book{añadido, title = {Ünder}}\r\n"
    assert after == expected.encode(name)
    assert dict(Document.parse(after)["añadido"]) == {"title": "Ünder"}
    is_utf_8 = name.startswith("utf-8")
    assert [problem.code for problem in document.problems] == ["not-utf-8"][is_utf_8:]


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("ISO8859_2", "iso8859-2"), ("Cp1250", "cp1250"), ("MacRoman", "mac-roman")],
)
def test_the_encoding_that_a_file_names_is_its_encoding(declared: str, codec: str) -> None:
    text = f"% Encoding: {declared}\n@misc{{k, note = {{Ärö}}}}\n"
    document = Document.parse(text.encode(codec))
    assert document["k"]["note"] == "Ärö"
    document["k"]["note"] = "ö"
    assert document.to_bytes() == text.replace("Ärö", "ö").encode(codec)


@pytest.mark.parametrize("declared", ["Big5", "rot13", "no-such", "utf-16", "cp037"])
def test_an_encoding_that_cannot_be_meant_is_not_believed(declared: str) -> None:
    data = f"% Encoding: {declared}\n@misc{{k, note = {{é}}}}\n".encode("cp1252")
    document = Document.parse(data)
    assert document["k"]["note"] == "é"
    assert document.to_bytes() == data


def test_in_mixed_encodings_an_edit_leaves_the_bytes_of_others_alone() -> None:
    data = (
        "@misc{a, note = {Łódź, Łódź}}\n".encode()
        + b"@misc{b, note = {caf\xe9 \x96 caf\xc3\xa9}, year = 1}\n"
        + b"@misc{c, note = {x}, title = {\xff\xfe\x81}}\n"
    )
    document = Document.parse(data, "works.bib")
    assert [entry["note"] for entry in document.entries] == ["Łódź, Łódź", "café – café", "x"]
    [problem] = document.problems
    assert (problem.code, problem.line, problem.column) == ("not-utf-8", 2, 21)
    document["b"]["year"] = "2"
    document["c"]["note"] = "Łódź"
    expected = data.replace(b"year = 1", b"year = 2").replace(b"{x}", "{Łódź}".encode())
    assert document.to_bytes() == expected


def test_lone_surrogates_and_odd_bytes_of_utf_16_are_kept() -> None:
    text = "@misc{k, note = {\ud800}, year = 1}\n"
    data = codecs.BOM_UTF16_LE + text.encode("utf-16-le", "surrogatepass") + b"\n"
    document = Document.parse(data)
    document["k"]["year"] = "2"
    document.add("@misc{l,}")
    after = text.replace("1", "2") + "\n@misc{l,}\n"
    assert document.to_bytes() == (
        codecs.BOM_UTF16_LE + after.encode("utf-16-le", "surrogatepass") + b"\n"
    )


@given(files(), st.data())
def test_setting_a_field_changes_that_value_only(data: bytes, draw: st.DataObject) -> None:
    document = Document.parse(data)
    editable = [entry for entry in document.entries if len(entry)]
    if not editable:
        return
    entry = draw.draw(st.sampled_from(editable))
    name = draw.draw(st.sampled_from(list(entry)))
    source = draw.draw(st.sampled_from(SOURCES))
    before = state(document)
    body, start, unit = entry.body, entry.start, document.unit
    first = [field.name for field in entry.fields].index(name)
    span = body.fields[first]
    try:
        entry[name] = source
    except UsageError:
        assert document.to_bytes() == data
        return
    after = document.to_bytes()
    head, tail = start + span.value_start * unit, start + span.value_end * unit
    assert after.startswith(data[:head])
    assert after.endswith(data[tail:])
    assert entry[name] == " ".join(source.split())
    again = state(Document.parse(after))
    assert again == state(document)
    index = document.entries.index(entry)
    assert again[:index] + again[index + 1 :] == before[:index] + before[index + 1 :]
    assert {n: v for n, v in again[index][2].items() if n != name} == {
        n: v for n, v in before[index][2].items() if n != name
    }


@given(files(), st.data())
def test_a_field_that_is_added_and_deleted_again_leaves_no_trace(
    data: bytes, draw: st.DataObject
) -> None:
    document = Document.parse(data)
    editable = [entry for entry in document.entries if len(entry)]
    if not editable:
        return
    entry = draw.draw(st.sampled_from(editable))
    entry["added"] = "new"
    assert dict(Document.parse(document.to_bytes()).entries[document.entries.index(entry)]) == dict(
        entry
    )
    for splice in document.splices:
        assert splice.old_length == 0
    del entry["added"]
    assert document.to_bytes() == data


@given(files(), st.integers(0, 3))
def test_entries_that_are_added_and_removed_again_leave_no_trace(data: bytes, count: int) -> None:
    document = Document.parse(data)
    before = state(document)
    keys = [f"added{number}" for number in range(count)]
    for key in keys:
        document.add(f"@misc{{{key},\n  note = {{x}},\n}}\n")
    after = document.to_bytes()
    assert state(Document.parse(after)) == [
        *before,
        *((key, "misc", {"note": "x"}) for key in keys),
    ]
    for splice in document.splices:
        assert splice.old_length == 0
    for key in reversed(keys):
        document.remove(key)
    assert document.to_bytes() == data


@given(texts())
@example("@misc{a,}\n\n\n")
@example("% only\n \n")
def test_an_entry_added_by_one_program_is_removed_by_the_next(text: str) -> None:
    text = text.rstrip() + "\n" + text[len(text.rstrip()) :].lstrip(" \t")
    before = text.encode()
    document = Document.parse(before)
    document.add("@misc{added,}")
    after = Document.parse(document.to_bytes())
    after.remove("added")
    if text.strip():
        assert after.to_bytes() == before


@given(files(), st.data())
def test_removing_entries_touches_no_other_block(data: bytes, draw: st.DataObject) -> None:
    document = Document.parse(data)
    if not document.entries:
        return
    gone = draw.draw(st.sets(st.sampled_from(sorted(document)), min_size=1))
    leaving = [document[key] for key in gone]
    blocks = [piece for piece in document.pieces() if piece.kind != "text"]
    left = [piece for piece in blocks if piece.entry is None or piece.entry not in leaving]
    texts_before = b"".join(piece.data for piece in document.pieces() if piece.kind == "text")
    for key in draw.draw(st.permutations(sorted(gone))):
        document.remove(key)
    after = document.to_bytes()
    found = [piece for piece in document.pieces() if piece.kind != "text"]
    assert [piece.data for piece in found] == [piece.data for piece in left]
    texts_after = b"".join(piece.data for piece in document.pieces() if piece.kind == "text")
    white = b" \t\r\n\x00"
    assert texts_after.translate(None, white) == texts_before.translate(None, white)
    assert b"".join(piece.data for piece in document.pieces()) == after


@given(files(), st.data())
def test_splices_are_what_changed_in_order_and_apart(data: bytes, draw: st.DataObject) -> None:
    document = Document.parse(data)
    for entry in document.entries:
        what = draw.draw(st.sampled_from(["keep", "keep", "set", "new", "rename", "remove"]))
        if what == "set" and len(entry):
            entry[next(iter(entry))] = "é"
        elif what == "new":
            entry["fresh"] = "x"
        elif what == "rename":
            entry.rename(f"{entry.key}-renamed")
        elif what == "remove":
            document.remove(entry.key)
    if draw.draw(st.booleans()):
        document.add("@misc{added,}")
    splices = document.splices
    for before, after in pairwise(splices):
        assert before.start + before.old_length < after.start
    assert applied(data, splices) == document.to_bytes()
    for splice in splices:
        assert data[splice.start : splice.start + splice.old_length] != splice.new
