"""What pandoc reads: the runs of text of each block, as `hostile_trees.looks` takes them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

Runs = list[tuple[str, Counter[str]]]

_STYLES = {
    "Emph": "emphasis",
    "Strong": "strong",
    "Superscript": "superscript",
    "Subscript": "subscript",
    "SmallCaps": "small-caps",
    "Underline": "underline",
}
_SPACES = {"Space": " ", "SoftBreak": "\n"}
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
_ROLES = {"small-caps": "small-caps", "smallcaps": "small-caps", "underline": "underline"}


def pandoc_program() -> str:
    """Give pandoc of the PATH or of pypandoc_binary; skip the test where there is neither."""
    found = shutil.which("pandoc")
    if found is None:
        pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
        found = str(pypandoc.get_pandoc_path())
    return found


def read(source: str | bytes, markup: str) -> list[tuple[str, Runs]]:
    """Give the blocks that pandoc reads: their kind and their runs; an entry is a block."""
    data = source.encode() if isinstance(source, str) else source
    done = subprocess.run(
        [pandoc_program(), "--from", markup, "--to", "json"],
        input=data,
        capture_output=True,
        check=True,
    )
    assert done.stderr == b"", done.stderr.decode()
    return [block for found in json.loads(done.stdout)["blocks"] for block in _blocks(found)]


def _blocks(block: dict[str, Any]) -> Iterator[tuple[str, Runs]]:
    kind: str = block["t"]
    content: Any = block.get("c")
    if kind in ("Para", "Plain"):
        yield kind, list(_runs(content, Counter()))
    elif kind == "Header":
        yield f"Header {content[0]}", list(_runs(content[2], Counter()))
    elif kind in ("BulletList", "OrderedList"):
        for item in content if kind == "BulletList" else content[1]:
            runs = [run for inner in item for _, found in _blocks(inner) for run in found]
            yield kind, runs
    elif kind == "Div":
        for inner in content[1]:
            yield from _blocks(inner)
    else:
        raise AssertionError(block)


def _runs(
    content: list[dict[str, Any]], styles: Counter[str]
) -> Iterator[tuple[str, Counter[str]]]:
    for node in content:
        kind = node["t"]
        if kind == "Str":
            yield node["c"], styles
        elif kind in _SPACES:
            yield _SPACES[kind], styles
        elif kind == "Code":
            assert node["c"][1].strip("\\$") == "", node  # as Org has it
            yield node["c"][1], styles
        elif kind == "Link":
            yield from _runs(node["c"][1], styles + Counter({"link": 1}))
        elif kind == "Math":
            assert node["c"] == [{"t": "InlineMath"}, "|"], node  # as LaTeX has it
            yield "|", styles
        elif kind == "Quoted":
            opening, closing = _QUOTES[node["c"][0]["t"]]
            yield opening, styles
            yield from _runs(node["c"][1], styles)
            yield closing, styles
        elif kind == "Span":
            names = " ".join(node["c"][0][1]).split()
            roles = Counter({_ROLES[name]: 1 for name in names if name in _ROLES})
            yield from _runs(node["c"][1], styles + roles)
        else:
            assert kind in _STYLES, node
            yield from _runs(node["c"], styles + Counter({_STYLES[kind]: 1}))
