"""An article that is being refreshed: its text, and where in it things are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.encoding import Encoded, decode
from northbib.embed.lines import Lines
from northbib.errors import ArticleError
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.embed.markups import Markup

__all__ = ["Article"]


@dataclass(frozen=True, slots=True)
class Article:
    """The text of one article, decoded."""

    name: str
    markup: Markup
    encoded: Encoded
    lines: Lines

    @classmethod
    def read(cls, data: bytes, name: str, markup: Markup) -> Article:
        """Decode an article.

        Raises:
            ArticleError: It is not in the encoding that it says it is in.
        """
        encoded = decode(data, name, declared=markup == "html")
        return cls(name, markup, encoded, Lines(encoded.text))

    @property
    def text(self) -> str:
        """The text without a byte order mark."""
        return self.encoded.text

    def fault(self, offset: int, code: str, message: str, fix: str | None = None) -> Finding:
        """Give an error that is at this offset of the text."""
        line, column = self.lines.position(offset)
        return Finding(
            code=code,
            severity="error",
            message=message,
            file=self.name,
            line=line,
            column=column,
            fix=fix,
        )

    def error(self, faults: Sequence[Finding]) -> ArticleError:
        """Give the error that says all that is wrong with the article, in its order."""
        in_order = sorted(faults, key=lambda fault: (fault.line or 0, fault.column or 0))
        what = "is a fault" if len(in_order) == 1 else f"are {len(in_order)} faults"
        return ArticleError(f"there {what} in its sections", where=self.name, findings=in_order)
