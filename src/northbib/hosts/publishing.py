"""An article on its way to its readers: its sections refreshed, its citations set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from northbib.embed.citations import clusters
from northbib.embed.refreshing import refresh
from northbib.embed.rendered import Options, render_article
from northbib.errors import NorthbibError, NotFoundError
from northbib.findings import Finding
from northbib.library import Store

if TYPE_CHECKING:
    import os

    from northbib.embed.markups import Markup

__all__ = ["Published", "Publisher", "sentence"]

_WORTH_SAYING = ("warning", "error")


@dataclass(frozen=True, slots=True)
class Published:
    """An article as its readers get it.

    Attributes:
        text: Its text, in the markup of its source.
        findings: Warnings and errors; where one kept a part from being done, it is as it was.
    """

    text: str
    findings: tuple[Finding, ...]


class Publisher:
    """Makes articles ready for one library, in the style of one site.

    Attributes:
        store: The library.
        options: How citations are set, where an article does not say it itself.
    """

    def __init__(
        self,
        library: str | os.PathLike[str] = "bibliographies",
        style: str | None = None,
        locale: str | None = None,
    ) -> None:
        """Open the library.

        Args:
            library: A folder of .bib files, or one such file.
            style: Name or path of a citation style; None for the house style.
            locale: A language tag; None for the style's own.

        Raises:
            NotFoundError: There is no such library.
        """
        self.store = Store(Path(library))
        beside = self.store.root.parent / "styles"
        styles = (beside,) if beside.is_dir() else ()
        self.options = Options(style=style or None, locale=locale or None, styles=styles)

    def publish(self, text: str, name: str, markup: Markup) -> Published:
        """Refresh the sections of an article and set its citations. Never raises for an article.

        Args:
            text: The article.
            name: Its path, for what is wrong and for a style that lies beside it.
            markup: The markup that it is in.
        """
        findings: list[Finding] = []
        text = self._with_sections(text, name, markup, findings)
        text = self._with_citations(text, name, markup, findings)
        return Published(text, tuple(each for each in findings if each.severity in _WORTH_SAYING))

    def _with_sections(self, text: str, name: str, markup: Markup, findings: list[Finding]) -> str:
        if "northbib:" not in text:
            return text
        try:
            styles = self.options.styles
            done = refresh(text.encode(), name, markup, self.store, styles, force=True)
        except NorthbibError as error:
            findings += _findings(error, name)
            return text
        findings += done.findings
        return done.data.decode()

    def _with_citations(self, text: str, name: str, markup: Markup, findings: list[Finding]) -> str:
        if not clusters(text, markup):
            return text
        options = self.options
        try:
            try:
                done = render_article(text.encode(), name, markup, self.store, options)
            except NotFoundError as error:
                findings += _findings(error, name)
                options = replace(options, keep_unknown=True)
                done = render_article(text.encode(), name, markup, self.store, options)
        except NorthbibError as error:
            findings += _findings(error, name)
            return text
        findings += done.findings
        return done.data.decode()


def sentence(finding: Finding) -> str:
    """Give a finding as a host shows it: where, what, and what to do."""
    place = ":".join(str(part) for part in (finding.file, finding.line) if part)
    text = f"{place}: {finding.message}" if place else finding.message
    return f"{text} ({finding.fix})" if finding.fix else text


def _findings(error: NorthbibError, name: str) -> tuple[Finding, ...]:
    if error.findings:
        return tuple(error.findings)
    where = str(error.where) if error.where else name
    return (
        Finding(
            code="not-published",
            severity="error",
            message=error.message,
            file=where,
            line=error.line,
            fix=error.hint,
        ),
    )
