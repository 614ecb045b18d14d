"""Compressed answers, unpacked up to a limit: a small bomb must not become a large page."""

from __future__ import annotations

import zlib

from northbib.resolve.http.results import Fault

__all__ = ["ENCODINGS", "beginning", "too_large", "unpacked"]

ENCODINGS = "gzip, deflate"
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
_SLICE = 65536
_MOST_MEMBERS = 4096


def unpacked(wire: bytes, encoding: str, limit: int) -> bytes:
    """Decompress a body (RFC 9110, 8.4.1).

    Args:
        wire: The body as it came.
        encoding: The Content-Encoding.
        limit: The number of bytes that may come out.

    Raises:
        Fault: It is too large, or packed in a way that was not asked for, or damaged, or its end
            is missing.
    """
    if not wire or not _is_packed(encoding):
        return wire
    try:
        return _inflated(wire, limit)
    except zlib.error as error:
        raise Fault("damaged", "the compressed answer is damaged") from error


def beginning(wire: bytes, encoding: str, most: int) -> bytes:
    """Decompress the beginning of a body whose end was left unread, up to `most` bytes.

    Raises:
        Fault: It is packed in a way that was not asked for, or damaged.
    """
    if not _is_packed(encoding):
        return wire[:most]
    try:
        return zlib.decompressobj(_window(wire[:2])).decompress(wire, most)
    except zlib.error as error:
        raise Fault("damaged", "the compressed answer is damaged") from error


def _is_packed(encoding: str) -> bool:
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise Fault("damaged", f"the answer is packed as {name[:20]!r}, which is not read")
    return name not in ("", "identity")


def too_large(limit: int) -> Fault:
    """Give the fault of an answer that is larger than so many bytes."""
    return Fault("size", f"the answer is larger than {limit / 1_000_000:g} MB")


def _inflated(wire: bytes, limit: int) -> bytes:
    out = bytearray()
    start = 0
    for _ in range(_MOST_MEMBERS):
        start = _member(wire, start, out, limit)
        # A gzip body may have several members (RFC 1952, 2.2); padding after them does not count.
        if wire[start : start + 2] != b"\x1f\x8b":
            return bytes(out)
    raise Fault("damaged", "the compressed answer has too many parts")


def _member(wire: bytes, start: int, out: bytearray, limit: int) -> int:
    """Unpack what begins at `start`, in slices, onto `out`; give where the next one begins."""
    unpacker = zlib.decompressobj(_window(wire[start : start + 2]))
    while not unpacker.eof:
        piece = wire[start : start + _SLICE]
        if not piece:
            raise Fault(
                "broken",
                "the connection was broken off before the whole answer had come",
                "try again later",
            )
        start += len(piece)
        while piece and not unpacker.eof:
            out += unpacker.decompress(piece, limit + 1 - len(out))
            if len(out) > limit:
                raise too_large(limit)
            piece = unpacker.unconsumed_tail
    return start - len(unpacker.unused_data)


def _window(head: bytes) -> int:
    # Some servers send deflate without the zlib header that RFC 9110 asks for.
    is_zlib = len(head) > 1 and head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0
    return _GZIP_OR_ZLIB if is_zlib or head == b"\x1f\x8b" else -zlib.MAX_WBITS
