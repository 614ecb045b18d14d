"""What a change did, by whole entries: the log and undo go by it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from northbib.bibtex import Document
from northbib.library.changes.patches import backwards, patched, patches
from northbib.library.changes.touched import touched

SEPARATORS = ("\n", "\n\n", "", " text ", "\r\n\r\n")


def file_of(names: list[str], separator: str) -> str:
    return "".join(f"@book{{{name}, note = {{{name}}}}}{separator}" for name in names)


def test_an_entry_that_is_removed_before_one_that_is_edited_is_named_by_its_key() -> None:
    document = Document.parse(file_of(["alpha", "beta", "gamma"], "\n\n"))
    document.remove("alpha")
    document["beta"]["note"] = "another"
    said = [(each.how, each.key) for each in touched("a.bib", patches(document))]
    assert said == [("removed", "alpha"), ("edited", "beta")]


@given(
    st.lists(st.sampled_from(["alpha", "alphab", "b", "ab"]), unique=True),
    st.sampled_from(SEPARATORS),
    st.lists(st.tuples(st.sampled_from(["remove", "edit", "add"]), st.integers(0, 3))),
)
@example(["alpha", "b"], "\n\n", [("remove", 0), ("edit", 0)])
@example(["alpha", "alphab"], "", [("remove", 0), ("edit", 0)])
def test_patches_hold_whole_entries_and_make_the_file_and_take_it_back(
    names: list[str], separator: str, steps: list[tuple[str, int]]
) -> None:
    before = file_of(names, separator)
    document = Document.parse(before)
    edited: set[str] = set()
    added: list[str] = []
    for what, number in steps:
        there = list(document)
        if what == "add":
            added.append(f"new{len(added)}")
            document.add(f"@book{{{added[-1]}, note = {{x}}}}")
        elif number < len(there) and what == "remove":
            document.remove(there[number])
        elif number < len(there):
            document[there[number]]["note"] = "another"
            edited.add(there[number])
    found = patches(document)
    after = patched(before.encode(), found)
    assert after == document.to_bytes()
    assert patched(after, backwards(found)) == before.encode()
    left = set(document)
    expected = {(name, "removed") for name in names if name not in left}
    expected |= {(name, "edited") for name in edited & left & set(names)}
    expected |= {(name, "added") for name in added if name in left}
    assert {(each.key, each.how) for each in touched("a.bib", found)} == expected
