"""The bytes of an article and its text: each can be had back from the other, byte for byte.

An article is UTF-8 unless a byte order mark, or an HTML or XHTML article itself, says otherwise.
What is not UTF-8 and says nothing is taken for Windows-1252, as browsers do, and where that has
no such byte for ISO 8859-1, which has every one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from northbib.errors import ArticleError

__all__ = ["Encoded", "decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]*?\sencoding\s*=\s*["'](?P<xml>[A-Za-z0-9._-]+)"""
    rb"""|<meta\s[^>]*?charset\s*=\s*["']?\s*(?P<meta>[A-Za-z0-9._:-]+)""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 1024
# Names that browsers read as Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
_WESTERN = frozenset({"ascii", "iso8859-1", "cp1252"})


@dataclass(frozen=True, slots=True)
class Encoded:
    """The text of an article, and how it is written down.

    Attributes:
        text: The text without a byte order mark.
        encoding: Name of the codec.
        mark: The byte order mark, b"" if there is none.
    """

    text: str
    encoding: str
    mark: bytes = b""

    def encode(self, text: str) -> bytes:
        """Write another text the same way; all of it has to fit (see `fitted`)."""
        return self.mark + text.encode(self.encoding)

    def fitted(self, text: str) -> str:
        """Write what the encoding lacks as `&#8217;`.

        Both HTML and Markdown read such a reference as the character that it stands for.
        """
        return text.encode(self.encoding, "xmlcharrefreplace").decode(self.encoding)


def decode(data: bytes, name: str, *, declared: bool) -> Encoded:
    """Decode an article.

    Args:
        data: All of its bytes.
        name: Its file name, for what is wrong with it.
        declared: Whether the article itself can say in which encoding it is, as HTML does.

    Raises:
        ArticleError: It is not in the encoding that it says it is in.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], encoding, mark, name)
    said = _declared(data) if declared else None
    if said is not None:
        return _decoded(data, said, b"", name)
    candidates = ("utf-8", "cp1252", "latin-1")
    return next(found for one in candidates if (found := _try(data, one)) is not None)


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_DECLARED_WITHIN])
    if match is None:
        return None
    try:
        codec = codecs.lookup((match["xml"] or match["meta"]).decode("ascii"))
    except LookupError:
        return None
    if codec.name.startswith("utf-16"):
        # A declaration that can be read as ASCII is not in UTF-16; browsers take it for UTF-8.
        return "utf-8"
    return "cp1252" if codec.name in _WESTERN else codec.name


def _try(data: bytes, encoding: str) -> Encoded | None:
    try:
        text = data.decode(encoding)
        same = text.encode(encoding) == data
    except (UnicodeError, LookupError):
        return None
    return Encoded(text, encoding) if same else None


def _decoded(data: bytes, encoding: str, mark: bytes, name: str) -> Encoded:
    found = _try(data, encoding) or (_try(data, "latin-1") if encoding == "cp1252" else None)
    if found is None:
        raise ArticleError(
            f"the article is not in {encoding}, as it says it is",
            where=name,
            hint="save it as UTF-8",
        )
    return Encoded(found.text, found.encoding, mark)
