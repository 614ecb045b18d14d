"""Which field of a binary record has which tag: by its directory, which may be wrong.

Where starts and lengths do not lead to the ends of fields, tags and fields are paired in their
order. A field that was cut by a stray end is put together by the lengths that the directory has;
where these do not tell it either, the record is not read at all rather than with wrong fields.
"""

from __future__ import annotations

from northbib.exchange.marc21.record import LEADER

__all__ = ["tagged_fields"]

_ENTRY = 12
_END = b"\x1e"
_SUBFIELD = b"\x1f"
_MOST_CUTS = 32
_SLACK = 48
"""Bytes by which a field may differ from its length: letters that were written anew are longer."""


def tagged_fields(data: bytes) -> list[tuple[str, bytes]]:
    """Give the fields of a record with their tags, in their order; none if that is not told.

    Args:
        data: The record without its end.
    """
    directory, *fields = data[LEADER:].split(_END)
    if fields and not fields[-1]:
        fields.pop()
    starts = range(0, len(directory) - _ENTRY + 1, _ENTRY)
    entries = [directory[at : at + _ENTRY] for at in starts]
    body = data[LEADER + len(directory) + 1 :]
    parts = [_part(entry, body) for entry in entries]
    if not all(parts):
        # A directory need not stand in the order of the fields; that of their starts is theirs.
        if all(entry[3:].isdigit() for entry in entries):
            entries.sort(key=lambda entry: entry[7:12])
        parts = fields if len(entries) == len(fields) else _joined(entries, fields)
    tagged = zip(entries, parts, strict=False)
    return [(entry[:3].decode("ascii"), part) for entry, part in tagged if _is_tag(entry[:3])]


def _is_tag(tag: bytes) -> bool:
    return tag.isalnum()


def _part(entry: bytes, body: bytes) -> bytes:
    """Give the field that an entry of the directory points to, b"" if there stands none."""
    if not entry[3:].isdigit():
        return b""
    length, start = int(entry[3:7]), int(entry[7:12])
    begins = start == 0 or body[start - 1 : start] == _END
    ends = body[start + length - 1 : start + length] in (_END, b"")
    return (
        body[start : start + length].replace(_END, b"") if length > 1 and begins and ends else b""
    )


def _joined(entries: list[bytes], pieces: list[bytes]) -> list[bytes]:
    """Put together fields that stray ends have cut, so that their lengths come nearest."""
    cuts = len(pieces) - len(entries)
    if not 0 < cuts <= _MOST_CUTS or not all(entry[3:7].isdigit() for entry in entries):
        return []
    lengths = [int(entry[3:7]) - 1 for entry in entries]
    # After each entry: how many cuts so far -> how far the lengths are off, and sizes of groups.
    best: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for place, length in enumerate(lengths):
        following: dict[int, tuple[int, tuple[int, ...]]] = {}
        for before, (cost, sizes) in best.items():
            size = 0
            for more in range(cuts - before + 1):
                size += len(pieces[place + before + more])
                off = abs(size - length)
                found = (cost + off, (*sizes, more + 1))
                if off <= max(_SLACK, length // 4):
                    following[before + more] = min(following.get(before + more, found), found)
        best = following
    return _groups(pieces, best[cuts][1]) if cuts in best else []


def _groups(pieces: list[bytes], sizes: tuple[int, ...]) -> list[bytes]:
    groups, start = [], 0
    for size in sizes:
        first, *rest = pieces[start : start + size]
        # What was cut off has been given indicators of its own.
        more = (piece[2:] if piece[2:3] == _SUBFIELD else piece for piece in rest)
        groups.append(first + b"".join(more))
        start += size
    return groups
