"""An extension of Python-Markdown: sections and `[@key]` citations are set before it reads a text.

    markdown.markdown(text, extensions=["northbib"],
                      extension_configs={"northbib": {"library": "bibliographies"}})

Source: Python-Markdown, "Writing Extensions".
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from northbib.hosts.publishing import Publisher, sentence

if TYPE_CHECKING:
    from markdown import Markdown

__all__ = ["NorthbibExtension", "makeExtension"]

_LOG = logging.getLogger("northbib")
# After white space is normalised (30), before blocks of HTML are taken out (20).
_PRIORITY = 25


class NorthbibExtension(Extension):
    """Its settings: the library, the style and the locale."""

    def __init__(self, **settings: Any) -> None:
        self.config = {
            "library": ["bibliographies", "a folder of .bib files"],
            "style": ["", "name or path of a citation style"],
            "locale": ["", "a language tag"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Take part in the reading of texts.

        Raises:
            NotFoundError: There is no such library.
        """
        publisher = Publisher(**self.getConfigs())
        md.preprocessors.register(_Preprocessor(md, publisher), "northbib", _PRIORITY)


class _Preprocessor(Preprocessor):
    def __init__(self, md: Markdown, publisher: Publisher) -> None:
        super().__init__(md)
        self._publisher = publisher

    def run(self, lines: list[str]) -> list[str]:
        done = self._publisher.publish("\n".join(lines), "text", "markdown")
        for finding in done.findings:
            _LOG.warning("%s", sentence(finding))
        return done.text.split("\n")


def makeExtension(**settings: Any) -> NorthbibExtension:  # noqa: N802
    """Give the extension, as Python-Markdown asks for it."""
    return NorthbibExtension(**settings)
