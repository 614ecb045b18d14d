"""What the meaning of an entry depends on besides its own bytes and those of its parents."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.bibtex import Document

__all__ = ["macros_of", "used"]

_DIGEST = 12
_PLAIN = re.compile(
    rb"""^[ \t]*@string\s*\{\s*([a-z][\w:.+/-]*)\s*=\s*(?:"[^"{}@\\]*"|\{[^"{}@\\]*\})\s*\}""",
    re.IGNORECASE | re.MULTILINE,
)
_USED = re.compile(rb"""[=#]\s*([^\s"{},#()=]+)""")


def macros_of(document: Document) -> bytes:
    """Give the hash of the encoding and of the `@string` blocks of a file.

    With each block counts how many entries come before it, where it is not yet in force.
    """
    encoding = document.encoding
    stamp = hashlib.blake2b(f"{encoding.name} {encoding.legacy}".encode())
    for before, data in document.macro_blocks():
        stamp.update(b"%d %d %b" % (before, len(data), data))
    return stamp.digest()[:_DIGEST]


def used(head: bytes, part: bytes) -> bytes:
    """Give the `@string` blocks of a file's head that a part of the file may use.

    There may be hundreds, of which an entry uses one or two.

    Args:
        head: What stands before all entries.
        part: The bytes of some entries.

    Returns:
        The blocks; where the head is not as simple as that, all of it.
    """
    blocks = list(_PLAIN.finditer(head))
    if not head.isascii() or len(blocks) != head.count(b"@"):
        return head
    names = {name.lower() for name in _USED.findall(part)}
    found = [block[0] for block in blocks if block[1].lower() in names]
    return b"".join(block + b"\n" for block in found)
