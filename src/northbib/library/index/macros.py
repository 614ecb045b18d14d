"""What the meaning of an entry depends on besides its own bytes and those of its parents."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.bibtex import Document

__all__ = ["macros_of"]

_DIGEST = 12


def macros_of(document: Document) -> bytes:
    """Give the hash of the encoding and of the `@string` blocks of a file.

    With each block counts how many entries come before it, where it is not yet in force.
    """
    encoding = document.encoding
    stamp, before = hashlib.blake2b(f"{encoding.name} {encoding.legacy}".encode()), 0
    for piece in document.outline():
        if piece.kind == "string":
            stamp.update(b"%d %d %b" % (before, len(piece.data), piece.data))
        before += piece.kind == "entry"
    return stamp.digest()[:_DIGEST]
