"""Compressed answers, read up to a limit: a small bomb must not become a large page."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from northbib.errors import InputError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ENCODINGS", "read_limited"]

ENCODINGS = "gzip, deflate"
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


def read_limited(chunks: Iterable[bytes], encoding: str, limit: int, url: str) -> bytes:
    """Join the chunks of a body and decompress it (RFC 9110, 8.4.1).

    Args:
        chunks: The body as it comes over the wire.
        encoding: The Content-Encoding.
        limit: The number of bytes that may come over the wire, and come out at the end.
        url: The address, for errors.

    Raises:
        InputError: It is too large, or packed in a way that was not asked for, or damaged.
        NetworkError: The compressed body ends too early.
    """
    wire = bytearray()
    for chunk in chunks:
        wire += chunk
        if len(wire) > limit:
            raise _too_large(limit, url)
    name = encoding.strip().lower()
    if name in ("", "identity") or not wire:
        return bytes(wire)
    if name not in ("gzip", "x-gzip", "deflate"):
        raise InputError(f"the answer is packed as {name[:20]!r}, which is not read", where=url)
    try:
        return _inflate(bytes(wire), limit, url)
    except zlib.error as error:
        raise InputError("the compressed answer is damaged", where=url) from error


def _inflate(wire: bytes, limit: int, url: str) -> bytes:
    out = bytearray()
    while wire:
        unpacker = zlib.decompressobj(_window(wire))
        out += unpacker.decompress(wire, limit + 1 - len(out))
        if len(out) > limit:
            raise _too_large(limit, url)
        if not unpacker.eof:
            raise NetworkError("the connection was broken off in mid-answer", where=url)
        # A gzip body may have several members (RFC 1952, 2.2); padding after them does not count.
        wire = unpacker.unused_data if unpacker.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(out)


def _window(wire: bytes) -> int:
    # Some servers send deflate without the zlib header that RFC 9110 asks for.
    is_zlib = len(wire) > 1 and wire[0] & 0x0F == 8 and (wire[0] << 8 | wire[1]) % 31 == 0
    return _GZIP_OR_ZLIB if is_zlib or wire.startswith(b"\x1f\x8b") else -zlib.MAX_WBITS


def _too_large(limit: int, url: str) -> InputError:
    return InputError(f"the answer is larger than {limit / 1_000_000:g} MB", where=url)
