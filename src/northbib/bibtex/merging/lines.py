"""Three-way merges by line, as git makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from northbib.bibtex.merging.matching import chunks

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from northbib.bibtex.merging.output import Output

    Member = TypeVar("Member", bound=Hashable)

__all__ = ["Clash", "merged_lines", "put_lines", "put_parts", "shared_ends"]


class Clash(NamedTuple):
    """Lines that both sides have changed."""

    ours: bytes
    theirs: bytes


def put_lines(out: Output, what: str, base: bytes, ours: bytes, theirs: bytes) -> None:
    """Merge three versions of a text by line.

    Args:
        out: Takes the result.
        what: What a conflict is about.
        base: The version that both others come from.
        ours: One of them.
        theirs: The other.
    """
    put_parts(out, what, merged_lines(base, ours, theirs))


def put_parts(out: Output, what: str, parts: Iterable[bytes | Clash]) -> None:
    """Write the parts of a merge.

    Args:
        out: Takes them.
        what: What a conflict is about.
        parts: The parts in order.
    """
    for part in parts:
        if isinstance(part, Clash):
            out.conflict(what, part.ours, part.theirs)
        else:
            out.put(part)


def merged_lines(base: bytes, ours: bytes, theirs: bytes) -> Iterator[bytes | Clash]:
    """Give the lines of a merge in order, with the places where both sides differ."""
    if theirs in (ours, base):
        yield ours
    elif base == ours:
        yield theirs
    else:
        lines = [text.splitlines(keepends=True) for text in (base, ours, theirs)]
        for chunk in chunks(*lines):
            old, one, other = lines[0][chunk.base], lines[1][chunk.ours], lines[2][chunk.theirs]
            if one in (other, old):
                yield b"".join(other)
            elif other == old:
                yield b"".join(one)
            else:
                yield from _clash(one, other)


def _clash(ours: Sequence[bytes], theirs: Sequence[bytes]) -> Iterator[bytes | Clash]:
    head, tail = shared_ends(ours, theirs)
    yield b"".join(ours[:head])
    yield Clash(
        b"".join(ours[head : len(ours) - tail]), b"".join(theirs[head : len(theirs) - tail])
    )
    yield b"".join(ours[len(ours) - tail :])


def shared_ends(one: Sequence[Member], other: Sequence[Member]) -> tuple[int, int]:
    """Count the members that two sequences have in common at the start and at the end."""
    shorter = min(len(one), len(other))
    head = 0
    while head < shorter and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < shorter - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail
