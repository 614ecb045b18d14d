"""Fields whose value is a set: what each side adds and takes away is merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SETS", "merged_set"]

SETS = frozenset({"groups", "ids", "keywords", "mendeley-tags"})
"""The fields whose order says nothing: topics, groups of JabRef, former keys."""


def merged_set(base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Merge three versions of a list.

    Args:
        base: The source of the value, with its delimiters, or nothing.
        ours: The source that is changed to hold what theirs adds, and not what theirs takes away.
        theirs: The other source.

    Returns:
        The source; None if one is more than a single text in delimiters, or has groups in it.
    """
    insides = [_inside(source) for source in (base, ours, theirs)]
    if any(inside is None for inside in insides):
        return None
    texts = [inside or b"" for inside in insides]
    joined = b"".join(texts)
    sign = b";" if b";" in joined and b"," not in joined else b","
    old, pieces, other = ([*text.split(sign)] for text in texts)
    before, there, wanted = ({_folded(piece) for piece in each} for each in (old, pieces, other))
    gone, known = before - wanted, before | there | {b""}
    new = [piece for piece in other if _folded(piece) not in known]
    kept = [piece for piece in pieces if _folded(piece) not in gone]
    return ours[:1] + sign.join(_joined(kept, new, pieces)) + ours[-1:]


def _inside(source: bytes) -> bytes | None:
    if not source:
        return b""
    is_text = source[:1] + source[-1:] in (b"{}", b'""')
    inside = source[1:-1]
    return None if not is_text or any(sign in inside for sign in (b"{", b"}", b'"')) else inside


def _joined(kept: list[bytes], new: Sequence[bytes], before: Sequence[bytes]) -> list[bytes]:
    """Put new members behind the others, set off as these are."""
    if kept and kept[0] is not before[0]:
        kept[0] = kept[0].lstrip()
    if kept and kept[-1] is not before[-1]:
        kept[-1] = kept[-1].rstrip()
    lead = before[1][: len(before[1]) - len(before[1].lstrip())] if len(before) > 1 else b" "
    found = [piece for piece in kept if piece.strip()] if new else kept
    added = [lead + piece.strip() for piece in new]
    if not found and added:
        added[0] = added[0].lstrip()
    return found + added


def _folded(piece: bytes) -> bytes:
    return b" ".join(piece.split()).lower()
