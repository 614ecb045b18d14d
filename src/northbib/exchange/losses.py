"""What a record loses on its way through a format: found by going there and back.

Nothing is claimed about a format that its own reader does not bear out: a record is put into the
format's parts and read from them again. What is not the same has been lost, or is kept in notes.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeGuard

from northbib.exchange.keeping import EXTRA, KEY, TOPIC, TYPE, kept_lines
from northbib.exchange.shapes import shape_of

if TYPE_CHECKING:
    from northbib.exchange.protocol import KeepingModule, Module, Native
    from northbib.exchange.shapes import Values
    from northbib.records import Record, Value

__all__ = ["Converted", "Loss", "converted", "differences", "keeps", "kept_whole"]

How = Literal["note", "changed", "lost"]


@dataclass(frozen=True, slots=True)
class Loss:
    """A part of a record that a format has no place of its own for.

    Attributes:
        key: Citation key of the record.
        name: The part: a CSL variable, `type`, `citation-key`, `keyword`, or `tex.` and a field.
        how: `note`: kept in a note that northbib reads back; `changed`: written, but as something
            else; `lost`: not written at all.
    """

    key: str
    name: str
    how: How


@dataclass(frozen=True, slots=True)
class Converted:
    """A record in a format's own parts, and what these do not hold."""

    native: Native
    losses: tuple[Loss, ...] = ()


def converted(record: Record, module: Module) -> Converted:
    """Put a record into a format's parts, and what these cannot hold into notes if it has some.

    Args:
        record: The record.
        module: The module of the format, or a profile of it.
    """
    native = module.encode(record)
    unheld = _unheld(record, native, module)
    if not unheld:
        return Converted(native)
    if keeps(module):
        native = module.keep(native, kept_lines(record, unheld))
    seen = module.decode(native)
    if not keeps(module):
        return Converted(native, _losses(record, seen, unheld))
    lost = _losses(record, seen, differences(record, seen))
    names = {loss.name for loss in lost}
    kept = (Loss(record.key, name, "note") for name in unheld if name not in names)
    return Converted(native, (*kept, *lost))


def kept_whole(record: Record, module: KeepingModule) -> Native:
    """Put a record into a format's parts as `converted` does, and do not ask what is lost."""
    native = module.encode(record)
    unheld = _unheld(record, native, module)
    return module.keep(native, kept_lines(record, unheld)) if unheld else native


def _unheld(record: Record, native: Native, module: Module) -> tuple[str, ...]:
    """Give the names of what the parts of a record do not hold.

    Where a record of the same shape went there and back before, that is known without going.
    """
    values: Values | None = getattr(module, "VALUES", None)
    shape = None if values is None else shape_of(record, values)
    if values is None or shape is None:
        return _found(record, native, module)
    names = values.known(shape)
    if names is None:
        names = _found(record, native, module)
        values.learn(shape, names)
    return names


def _found(record: Record, native: Native, module: Module) -> tuple[str, ...]:
    seen = module.decode(native)
    spelt = getattr(module, "spelt", None)
    return differences(record, seen) if spelt is None else differences(spelt(record), spelt(seen))


def keeps(module: Module) -> TypeGuard[KeepingModule]:
    """Tell whether a format has a place for what it has no part for."""
    return hasattr(module, "keep")


def differences(record: Record, seen: Record) -> tuple[str, ...]:
    """Give the names of the parts in which a record differs from how it is seen in a format."""
    names = [KEY] if seen.key != record.key else []
    names += [TYPE] if seen.type != record.type else []
    names += [
        name
        for name in dict.fromkeys((*record.values, *seen.values))
        if not _same(record.values.get(name), seen.values.get(name))
    ]
    if set(map(_composed, record.keywords)) != set(map(_composed, seen.keywords)):
        names.append(TOPIC)
    extras = dict.fromkeys((*record.extra, *seen.extra))
    return (
        *names,
        *(
            EXTRA + name
            for name in extras
            if _composed(record.extra.get(name, "")) != _composed(seen.extra.get(name, ""))
        ),
    )


def _same(value: Value | None, seen: Value | None) -> bool:
    if isinstance(value, str) and isinstance(seen, str):
        return _composed(value) == _composed(seen)
    return value == seen


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _losses(record: Record, seen: Record, names: tuple[str, ...]) -> tuple[Loss, ...]:
    return tuple(Loss(record.key, name, _how(seen, name)) for name in names)


def _how(seen: Record, name: str) -> How:
    if name in (KEY, TYPE):
        return "changed"
    if name == TOPIC:
        return "changed" if seen.keywords else "lost"
    there = name.removeprefix(EXTRA) in (seen.extra if name.startswith(EXTRA) else seen.values)
    return "changed" if there else "lost"
