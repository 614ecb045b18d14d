"""Programs by other hands that read articles: what they find in lists, and whether they warn."""

from __future__ import annotations

import functools
import io
import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import lxml.html
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["asciidoctor", "docutils", "html5lib", "mdx", "pandoc", "pdflatex", "typst"]


def pandoc(source: str, reader: str) -> list[str]:
    """Give the text of each item of a list that has no list inside, as pandoc reads it."""
    program = shutil.which("pandoc")
    if program is None:
        pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
        program = str(pypandoc.get_pandoc_path())
    if reader.partition("-")[0] not in _pandoc_readers(program):
        pytest.skip(f"this pandoc does not read {reader}")
    done = subprocess.run(
        [program, "--from", reader, "--to", "json", "--fail-if-warnings"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return list(_items(json.loads(done.stdout)["blocks"]))


@functools.cache
def _pandoc_readers(program: str) -> list[str]:
    known = subprocess.run([program, "--list-input-formats"], capture_output=True, check=True)
    return known.stdout.decode().split()


def _items(blocks: list[Any]) -> Iterator[str]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind in ("BulletList", "OrderedList", "DefinitionList"):
            items = content[1] if kind == "OrderedList" else content
            items = [item[1][0] for item in items] if kind == "DefinitionList" else items
            for item in items:
                inner = list(_items(item))
                yield from inner or [_text(item)]
        elif kind in ("Div", "BlockQuote"):
            yield from _items(content[1] if kind == "Div" else content)


_SPACES = ("Space", "SoftBreak", "LineBreak")
_QUOTES = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


def _text(node: Any) -> str:
    """Give the text of a node of pandoc's tree and of all that is inside."""
    if isinstance(node, list):
        return "".join(map(_text, node))
    if not isinstance(node, dict):
        return ""
    kind: str = node["t"]
    content: Any = node.get("c")
    if kind in ("Str", "Code", "Math"):
        return str(content if kind == "Str" else content[1])
    if kind in _SPACES:
        return " "
    opening, closing = _QUOTES[content[0]["t"]] if kind == "Quoted" else ("", "")
    inside = content[1] if kind in ("Link", "Span", "Div", "Quoted") else content
    return opening + _text(inside) + closing + (" " if kind in ("Para", "Plain") else "")


def docutils(source: str) -> list[str]:
    """Give the text of each item of a list that has no list inside; the least warning stops it."""
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    nodes = pytest.importorskip("docutils.nodes")
    said = io.StringIO()
    settings = {"report_level": 1, "halt_level": 1, "warning_stream": said, "_disable_config": True}
    document = core.publish_doctree(source, settings_overrides=settings)
    assert said.getvalue() == ""
    return [
        " ".join(paragraph.astext() for paragraph in item.findall(nodes.paragraph))
        for item in document.findall(nodes.list_item)
        if not list(item.findall(nodes.bullet_list))
    ]


def asciidoctor(source: str) -> list[str]:
    """Give the text of each item of a list that has no list inside."""
    if shutil.which("asciidoctor") is None:
        pytest.skip("asciidoctor is not installed")
    done = subprocess.run(
        ["asciidoctor", "-v", "--failure-level", "INFO", "-o", "-", "-"],
        input=source.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return _html_items(lxml.html.document_fromstring(done.stdout.decode()))


def typst(source: str) -> list[str]:
    """Give the text of each item of a list that has no list inside."""
    compiler = pytest.importorskip("typst", reason="typst is not installed")
    page = compiler.compile(source.encode(), format="html")
    return _html_items(lxml.html.document_fromstring(page.decode()))


def html5lib(source: str) -> list[str]:
    """Give the text of each item of a list; a parse error stops it."""
    parser = pytest.importorskip("html5lib", reason="html5lib is not installed")
    tree = parser.HTMLParser(strict=True, namespaceHTMLElements=False).parse(source)
    items = [item for item in tree.iter("li") if item.find(".//li") is None]
    return ["".join(item.itertext()) for item in items]


_MDX = """
const {createRequire} = require('node:module')
const {pathToFileURL} = require('node:url')
const {readFileSync} = require('node:fs')
let found
try { found = createRequire(__filename).resolve('@mdx-js/mdx') } catch { process.exit(77) }
const element = (type, props) => ({type, props})
const called = node => typeof node.type === 'function' ? called(node.type(node.props)) : node
const all = node => Array.isArray(node) ? node.flatMap(all)
  : node && typeof node === 'object' ? [called(node)] : []
const text = node => Array.isArray(node) ? node.map(text).join('')
  : node && typeof node === 'object' ? text(called(node).props.children) : String(node ?? '')
const items = node => all(node).flatMap(one => {
  const inner = items(one.props.children)
  return one.type === 'li' && !inner.length ? [text(one)] : inner
})
import(pathToFileURL(found)).then(async ({evaluate}) => {
  const options = {Fragment: 'fragment', jsx: element, jsxs: element}
  const page = await evaluate(readFileSync(process.argv[2], 'utf8'), options)
  console.log(JSON.stringify(items(page.default({}))))
})
"""


def mdx(source: str, folder: Path) -> list[str]:
    """Give the text of each item of a list that has no list inside, as the compiler of MDX has it.

    Its package has to be where NODE_PATH says.
    """
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    (folder / "read.cjs").write_text(_MDX, encoding="utf-8")
    (folder / "article.mdx").write_text(source, encoding="utf-8")
    done = subprocess.run(
        ["node", "read.cjs", "article.mdx"], cwd=folder, capture_output=True, check=False
    )
    if done.returncode == 77:
        pytest.skip("the package @mdx-js/mdx is not in NODE_PATH")
    assert (done.returncode, done.stderr) == (0, b"")
    items: list[str] = json.loads(done.stdout)
    return items


def pdflatex(source: str, folder: Path) -> None:
    """Set an article twice, and see that nothing stops TeX and nothing is left undefined."""
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    (folder / "article.tex").write_text(source, encoding="utf-8")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "article.tex"]
    for _ in range(2):
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        log = done.stdout.decode("utf-8", "replace")
        assert done.returncode == 0, log[-3000:]
    log = (folder / "article.log").read_text(encoding="utf-8", errors="replace")
    assert "Warning" not in log.replace("Font Warning: Font shape", ""), log
    assert "undefined" not in log.replace("Undefined control", "")


def _html_items(page: lxml.html.HtmlElement) -> list[str]:
    return [str(item.text_content()) for item in page.iter("li") if item.find(".//li") is None]
