from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import InputError
from northbib.exchange import yaml
from northbib.findings import Finding

pytestmark = pytest.mark.usefixtures("no_litter")

TEXTS = st.text(st.characters(codec="utf-8"), max_size=20)


def items(data: bytes, listed: str = "") -> list[yaml.Item | Finding]:
    return list(yaml.items(io.BytesIO(data), "a.yml", listed=listed))


@given(st.dictionaries(TEXTS, st.one_of(TEXTS, st.lists(TEXTS, min_size=1)), min_size=1))
def test_what_is_written_is_read(mapping: dict[str, object]) -> None:
    data = "".join(f"{line}\n" for line in yaml.lines(mapping)).encode()
    assert {item.key: item.value for item in items(data) if isinstance(item, yaml.Item)} == mapping


def test_scalars_are_the_text_that_stands_there() -> None:
    (item,) = items(b"a: [1.10, 2020-01-02, yes, 0x1F, ~, 'null', 007]")
    assert item == yaml.Item("a", ["1.10", "2020-01-02", "yes", "0x1F", "", "null", "007"], 1)


def test_a_tag_makes_no_object() -> None:
    with pytest.raises(InputError, match=r"apply:os\.system is not read") as caught:
        items(b"a:\n  - !!python/object/apply:os.system ['true']\n")
    assert caught.value.line == 2


def test_aliases_that_unfold_without_bound_are_refused() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 10):
        members = ", ".join([f"*a{level - 1}"] * 10)
        levels.append(f"a{level}: &a{level} [{members}]")
    found = items("\n".join(levels).encode())
    assert isinstance(found[-1], Finding)
    assert "aliases unfold" in found[-1].message


def test_an_alias_to_itself_is_refused() -> None:
    with pytest.raises(InputError, match="nothing whole is called &a"):
        items(b"a: &a [*a]\n")


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(InputError, match=r"nested too deeply|not YAML"):
        items(b"a: " + b"[" * 5000)


def test_an_item_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="16 MB is no record"):
        items(b"a: " + b"x" * (20 << 20))


def test_what_stands_before_a_fault_is_read() -> None:
    first, fault = items(b"a: 1\nb: [\n")
    assert first == yaml.Item("a", "1", 1)
    assert isinstance(fault, Finding)
    assert fault.line == 3


def test_only_the_first_document_is_read() -> None:
    assert items(b"---\na: 1\n---\n# An article\n: [x") == [yaml.Item("a", "1", 2)]


def test_members_of_a_list_come_one_by_one() -> None:
    found = items(b"x: 1\nrefs:\n  - a\n  - b\n", listed="refs")
    assert found == [
        yaml.Item("x", "1", 1),
        yaml.Item("refs", "a", 3),
        yaml.Item("refs", "b", 4),
    ]


def test_a_control_character_is_a_space_and_told_with_its_line() -> None:
    item, told = items("a:\n  b: x\x01y\n  c: \x7f\x85\ufffe.\n".encode())
    assert item == yaml.Item("a", {"b": "x y", "c": "."}, 1)
    assert isinstance(told, Finding)
    assert (told.code, told.severity, told.line) == ("control-character", "warning", 2)


def test_control_characters_behind_the_document_cost_nothing() -> None:
    assert items(b"---\na: 1\n---\n\x0c\x00\x1b[1mAn article\n") == [yaml.Item("a", "1", 2)]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_encodings_are_read(encoding: str) -> None:
    assert items("a: Café €5\n".encode(encoding)) == [yaml.Item("a", "Café €5", 1)]
