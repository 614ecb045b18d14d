"""A plugin of Pelican: sections and citations of articles and pages are set when it reads them.

    PLUGINS = ["northbib.hosts.pelican"]
    NORTHBIB_LIBRARY = "bibliographies"
    NORTHBIB_STYLE = "apa"

Source: Pelican, "Plugins": signals and readers.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican import signals

from northbib.embed.markups import EXTENSIONS, Markup
from northbib.hosts.publishing import Publisher, sentence

if TYPE_CHECKING:
    from pelican.readers import BaseReader, Readers

__all__ = ["register"]

_LOG = logging.getLogger(__name__)


def register() -> None:
    """Take part in a run of Pelican."""
    signals.readers_init.connect(_take_over)


def _take_over(readers: Readers) -> None:
    """Put our step before each reader of a markup that can carry citations or sections."""
    settings = readers.settings
    publisher = Publisher(
        settings.get("NORTHBIB_LIBRARY", "bibliographies"),
        settings.get("NORTHBIB_STYLE"),
        settings.get("NORTHBIB_LOCALE"),
    )
    for extension, reader in list(readers.reader_classes.items()):
        markup = EXTENSIONS.get(f".{extension}")
        if markup is not None and reader:
            readers.reader_classes[extension] = _publishing(reader, publisher, markup)


def _publishing(reader: type[BaseReader], publisher: Publisher, markup: Markup) -> type[BaseReader]:
    """Give a class that reads what has been published as another class reads what was written."""

    def read(self: BaseReader, source_path: str) -> tuple[str, dict[str, Any]]:
        path = Path(source_path)
        text = path.read_text(encoding="utf-8-sig")
        done = publisher.publish(text, source_path, markup)
        for finding in done.findings:
            _LOG.warning("%s", sentence(finding))
        if done.text == text:
            return reader.read(self, source_path)  # type: ignore[no-any-return]
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, path.name)
            copy.write_text(done.text, encoding="utf-8")
            return reader.read(self, str(copy))  # type: ignore[no-any-return]

    return type(reader.__name__, (reader,), {"read": read})
