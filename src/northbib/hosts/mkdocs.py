"""A plugin of MkDocs: sections and `[@key]` citations are set when the site is built.

    plugins:
      - northbib:
          library: bibliographies
          style: apa

Source: MkDocs, "Plugins": configuration and the events of a build.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import base, config_options
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files

from northbib.errors import NorthbibError
from northbib.hosts.publishing import Publisher, sentence
from northbib.markup.html_page import ASSETS, asset

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

__all__ = ["NorthbibPlugin"]

_LOG = logging.getLogger("mkdocs.plugins.northbib")


class _Settings(base.Config):  # type: ignore[no-untyped-call]
    library = config_options.Type(str, default="bibliographies")
    style = config_options.Type(str, default="")
    locale = config_options.Type(str, default="")
    stylesheet = config_options.Type(bool, default=True)


class NorthbibPlugin(BasePlugin[_Settings]):  # type: ignore[no-untyped-call]
    """Refreshes sections and sets citations of pages; the sources stay as they are."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Open the library anew for each build, and link the stylesheet and the script.

        Raises:
            PluginError: There is no such library.
        """
        folder = Path(config.config_file_path).parent if config.config_file_path else Path()
        settings = self.config
        try:
            self._publisher = Publisher(folder / settings.library, settings.style, settings.locale)
        except NorthbibError as error:
            raise PluginError(f"northbib: {error}") from error
        config.watch.append(str(folder / settings.library))
        if settings.stylesheet and "assets/northbib.css" not in config.extra_css:
            config.extra_css.append("assets/northbib.css")
            config.extra_javascript.append("assets/northbib.js")
        return config

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the stylesheet and the script to the site."""
        if self.config.stylesheet:
            for name in ASSETS:
                files.append(File.generated(config, f"assets/{name}", content=asset(name)))
        return files

    def on_page_markdown(
        self,
        markdown: str,
        page: Page,
        config: MkDocsConfig,  # noqa: ARG002
        files: Files,  # noqa: ARG002
    ) -> str:
        """Give the Markdown of a page with its sections and citations; warnings go to the log."""
        name = page.file.abs_src_path or page.file.src_uri
        done = self._publisher.publish(markdown, name, "markdown")
        for finding in done.findings:
            _LOG.warning("%s", sentence(finding))
        return done.text
