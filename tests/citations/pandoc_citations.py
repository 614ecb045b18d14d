"""The citations that pandoc reads in a Markdown text, as this project's own would be written."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

Read = list[list[tuple[str, str, str, str]]]
"""For each citation, for each work: key, mode, prefix and suffix as plain text."""

_STYLED = {"Emph", "Strong", "Underline", "Superscript", "Subscript", "Strikeout", "SmallCaps"}
_SPACES = {"Space", "SoftBreak", "LineBreak"}


def pandoc_program() -> str:
    """Give pandoc of the PATH or of pypandoc_binary; skip the test where there is neither."""
    found = shutil.which("pandoc")
    if found is None:
        pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
        found = str(pypandoc.get_pandoc_path())
    return found


def pandoc(source: str, *options: str) -> str:
    """Run pandoc on a text."""
    done = subprocess.run(
        [pandoc_program(), *options],
        input=source.encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def read_by_pandoc(source: str) -> Read:
    """Give the citations of a text as pandoc reads them."""
    document = json.loads(pandoc(source, "-f", "markdown-smart", "-t", "json"))
    return [
        [
            (
                cite["citationId"],
                cite["citationMode"]["t"],
                _plain(cite["citationPrefix"]),
                _plain(cite["citationSuffix"]),
            )
            for cite in node["c"][0]
        ]
        for node in _cites(document["blocks"])
    ]


def _cites(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if node.get("t") == "Cite":
            yield node
            return
        node = node.get("c")
    if isinstance(node, list):
        for inner in node:
            yield from _cites(inner)


def _plain(content: list[dict[str, Any]]) -> str:
    return "".join(_text(node) for node in content)


def _text(node: dict[str, Any]) -> str:
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return str(content).replace("\xa0", " ")
    if kind in _SPACES:
        return " "
    if kind in _STYLED:
        return _plain(content)
    if kind == "Quoted":
        return _plain(content[1])
    if kind in ("Span", "Link", "Image"):
        return _plain(content[1])
    return str(content[-1]) if kind in ("Code", "Math", "RawInline") else ""
