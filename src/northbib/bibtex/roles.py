"""People whom biblatex counts among the editors (`editortype`, `editora` to `editorc`) <-> CSL.

Source: biblatex manual 3.20, sections 2.2.2 (`editora`, `editoratype`) and 2.3.6 (editorial roles).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.bibtex.names import names_text, read_names, write_names

if TYPE_CHECKING:
    from collections.abc import Collection

    from northbib.bibtex.draft import Draft

__all__ = ["read_roles", "write_roles"]

_SLOTS = {
    "editor": "editortype",
    "editora": "editoratype",
    "editorb": "editorbtype",
    "editorc": "editorctype",
}
_WRITTEN = ("compiler", "director", "organizer", "producer")
"""Variables of CSL that are written as editors; elsewhere they have a field of their name."""

_WRITTEN_VARIABLES = frozenset(_WRITTEN)
_FIELDS = frozenset({*_SLOTS.values(), "editora", "editorb", "editorc", *_WRITTEN})

_VARIABLES = {name: name for name in _WRITTEN} | {"collaborator": "contributor"}
"""`editortype` -> CSL variable."""


def read_roles(draft: Draft) -> None:
    """Read the editors who are of another kind, as far as CSL has a variable for that."""
    if _FIELDS.isdisjoint(draft.fields):
        return
    for variable in _WRITTEN:
        if variable in draft.fields:
            names = read_names(draft.fields[variable], useprefix=draft.useprefix)
            draft.extra[variable] = names_text(names)
    found: dict[str, str] = {}
    for slot, kind in _SLOTS.items():
        role = draft.fields.get(kind, "").strip().lower()
        other = _VARIABLES.get(role)
        if other is None or slot not in draft.fields or other in draft.fields:
            continue
        names = read_names(draft.fields[slot], useprefix=draft.useprefix)
        if names and other not in draft.values:
            draft.values[other] = names
            found[other] = slot
            del draft.fields[slot]
            draft.extra[kind] = draft.fields.pop(kind)
    if found and found == _slots(found, taken=draft.fields):
        for slot in found.values():
            del draft.extra[_SLOTS[slot]]


def _slots(variables: Collection[str], *, taken: Collection[str]) -> dict[str, str]:
    """Give the slot for each variable that is written as an editor; other slots are taken."""
    free = iter([slot for slot in _SLOTS if slot not in taken])
    return dict(zip((name for name in _WRITTEN if name in variables), free, strict=False))


def write_roles(draft: Draft) -> None:
    """Write compilers, directors and their like as editors of that type."""
    if not draft.extra and _WRITTEN_VARIABLES.isdisjoint(draft.values):
        return
    taken = {*draft.fields, *draft.extra} | ({"editor"} & draft.values.keys())
    for slot, kind in _SLOTS.items():
        variable = _VARIABLES.get(draft.extra.get(kind, "").strip().lower(), "")
        if variable in draft.values and slot not in taken:
            _write(draft, slot, variable, draft.extra.pop(kind))
            taken.add(slot)
    others = {name for name in draft.values if draft.extra.pop(name, None) is None}
    for name, slot in _slots(others, taken=taken).items():
        if _SLOTS[slot] not in draft.extra:
            _write(draft, slot, name, name)


def _write(draft: Draft, slot: str, variable: str, role: str) -> None:
    names = draft.values.pop(variable)
    if isinstance(names, tuple):
        draft.fields[slot] = write_names(names, useprefix=draft.useprefix)
        draft.fields[_SLOTS[slot]] = role
