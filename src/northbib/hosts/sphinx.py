"""An extension of Sphinx: citations and sections are set when a document is read, reST or MyST.

    extensions = ["northbib.hosts.sphinx"]
    northbib_library = "../bibliographies"
    northbib_style = "apa"

    .. northbib:: topic:transport
       :group: type
       :bibtex: yes

Source: Sphinx, "Developing extensions": `source-read`, directives and configuration values.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from northbib.embed.markups import EXTENSIONS
from northbib.errors import NorthbibError
from northbib.hosts.publishing import Publisher, sentence
from northbib.lists import list_spec, reading_list
from northbib.lists.options import OPTIONS
from northbib.markup.html import write_blocks
from northbib.markup.html_page import ASSETS, asset
from northbib.markup.rst import write_blocks as write_rst
from northbib.markup.tree import Block, Heading, Paragraph, Styled
from northbib.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata, OptionSpec

__all__ = ["setup"]

_LOG = logging.getLogger(__name__)
_PUBLISHERS: WeakKeyDictionary[Sphinx, Publisher] = WeakKeyDictionary()
"""The library of each build, opened once."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take part in a build of Sphinx."""
    app.add_config_value("northbib_library", "bibliographies", "env", (str,))
    app.add_config_value("northbib_style", "", "env", (str,))
    app.add_config_value("northbib_locale", "", "env", (str,))
    app.add_directive("northbib", _List)
    app.connect("builder-inited", _open)
    app.connect("source-read", _publish)
    app.connect("build-finished", _copy_assets)
    for name in ASSETS:
        (app.add_css_file if name.endswith(".css") else app.add_js_file)(name)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _open(app: Sphinx) -> None:
    """Open the library.

    Raises:
        ConfigError: There is no such library.
    """
    config = app.config
    folder = Path(app.confdir, config.northbib_library).resolve()
    locale = config.northbib_locale or config.language
    try:
        _PUBLISHERS[app] = Publisher(folder, config.northbib_style, locale)
    except NorthbibError as error:
        raise ConfigError(f"northbib_library: {error}") from error


def _publish(app: Sphinx, docname: str, source: list[str]) -> None:
    path = app.env.doc2path(docname)
    markup = EXTENSIONS.get(Path(path).suffix.lower())
    if markup not in ("rst", "markdown"):
        return
    done = _PUBLISHERS[app].publish(source[0], str(path), markup)
    for finding in done.findings:
        _LOG.warning("%s", sentence(finding))
    if done.text != source[0]:
        _depend_on_library(app, docname)
    source[0] = done.text


def _depend_on_library(app: Sphinx, docname: str) -> None:
    """Let a document be read again when the library has changed."""
    root = _PUBLISHERS[app].store.root
    for path in sorted(root.glob("*.bib")) if root.is_dir() else [root]:
        app.env.note_dependency(str(path), docname=docname)


def _copy_assets(app: Sphinx, failure: Exception | None) -> None:
    if failure is not None or app.builder.format != "html":
        return
    folder = Path(app.outdir, "_static")
    folder.mkdir(exist_ok=True)
    for name in ASSETS:
        Path(folder, name).write_text(asset(name), encoding="utf-8")


class _List(SphinxDirective):
    """A reading list: the words of a query, and the options that sections have."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = dict.fromkeys(OPTIONS, directives.unchanged_required)

    def run(self) -> list[nodes.Node]:
        """Give the list twice: as HTML for builders of HTML, as reST for all others."""
        try:
            blocks = self._blocks()
        except NorthbibError as error:
            fix = f" ({error.hint})" if error.hint else ""
            raise self.error(f"northbib: {error.message}{fix}") from error
        html = addnodes.only(expr="html")
        html += nodes.raw("", write_blocks(blocks), format="html")
        other = addnodes.only(expr="not html")
        other += self.parse_text_to_nodes(write_rst(_without_headings(blocks)))
        return [html, other]

    def _blocks(self) -> tuple[Block, ...]:
        app = self.env.app
        publisher = _PUBLISHERS[app]
        _depend_on_library(app, self.env.docname)
        given: dict[str, Any] = {
            "style": publisher.options.style,
            "locale": publisher.options.locale,
            **self.options,
        }
        spec = list_spec(given, is_web=True, styles=publisher.options.styles)
        records = [stored.record for stored in publisher.store.find(self.arguments[0])]
        found = reading_list(records, spec)
        for finding in found.findings:
            _LOG.warning("%s", sentence(finding), location=self.get_location())
        return found.blocks


def _without_headings(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give blocks for the inside of a document, where a list may not open sections."""
    return tuple(
        Paragraph((Styled("strong", block.content),)) if isinstance(block, Heading) else block
        for block in blocks
    )
