"""Citations and the entries that they lead to: anchors, references, ways back, annotations."""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import lxml.html
import pytest
from markdown_it import MarkdownIt
from pandoc_reader import pandoc_program

from northbib.markup import writer
from northbib.markup.anchors import plain
from northbib.markup.tree import (
    Block,
    Inlines,
    Item,
    ItemList,
    Paragraph,
    Reference,
    Styled,
    Text,
)

KEYS = ["lee2017cards", "a b/c", "Müller:2010"]
NOTES = ("- A note: *one*.", "# Another one (1. of two).")
CITED: tuple[Block, ...] = tuple(
    Paragraph((Text("As "), Reference(key, (Text(f"Lee [{key}] "),), f"cite-{at}"), Text("says.")))
    for at, key in enumerate(KEYS)
)


def entry(key: str, number: int) -> Item:
    notes = tuple(Paragraph((Text(note),)) for note in NOTES)
    content: Inlines = (Text("1. "), Styled("emphasis", (Text(f"Work {number}"),)))
    return Item(key, content, annotation=notes, cited_at=(f"cite-{number}",))


def article(*, ordered: bool = False) -> tuple[Block, ...]:
    items = tuple(entry(key, number) for number, key in enumerate(KEYS))
    return (*CITED, ItemList((*items, Item("other", (Text("Not cited"),))), ordered=ordered))


def read(source: str, reader: str) -> list[Any]:
    command = [pandoc_program(), "--from", reader, "--to", "json", "--fail-if-warnings"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=True)
    blocks: list[Any] = json.loads(done.stdout)["blocks"]
    return blocks


def text_of(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(text_of, node))
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Str", "Space", "SoftBreak"):
        return str(node.get("c", " "))
    return text_of(node.get("c"))


def words(node: Any) -> str:
    return " ".join(text_of(node).replace("\u200b", "").split())


def links(node: Any) -> list[str]:
    """Give where the links of a node lead to, in their order."""
    if isinstance(node, list):
        return [url for child in node for url in links(child)]
    if not isinstance(node, dict):
        return []
    inner = links(node.get("c"))
    return [node["c"][2][0], *inner] if node["t"] == "Link" else inner


def anchors(node: Any) -> list[str]:
    if isinstance(node, list):
        return [name for child in node for name in anchors(child)]
    if not isinstance(node, dict):
        return []
    if node["t"] == "RawInline":
        return re.findall(r'id="([^"]+)"', node["c"][1])
    inner = anchors(node.get("c"))
    return [node["c"][0][0], *inner] if node["t"] in ("Span", "Div") and node["c"][0][0] else inner


@pytest.mark.parametrize(
    ("markup", "reader"),
    [
        ("markdown", "gfm"),
        ("markdown", "commonmark"),
        ("latex", "latex"),
        ("typst", "typst"),
        ("org", "org"),
        ("rst", "rst"),
    ],
)
@pytest.mark.parametrize("ordered", [False, True])
def test_pandoc_reads_anchors_and_what_leads_to_them(
    markup: str, reader: str, ordered: bool
) -> None:
    blocks = read(writer(markup).write_blocks(article(ordered=ordered)), reader)
    listed = blocks[-1]["c"][1] if ordered else blocks[-1]["c"]
    places = [anchors(item) for item in listed]
    assert [len(names) for names in places] == [1, 1, 1, 0]
    for (names, item), paragraph in zip(zip(places, listed, strict=True), blocks, strict=False):
        if not names:
            continue
        assert set(links(paragraph)) == {f"#{names[0]}"}
        if markup != "rst":
            assert links(item) == [f"#{name}" for name in anchors(paragraph)]
    assert [words(block) for block in blocks[:-1]] == [f"As Lee [{key}] says." for key in KEYS]
    assert words(listed[0][-2:]).endswith("".join(NOTES)) or markup == "markdown"
    assert len(listed[0]) == len(NOTES) + (2 if markup == "latex" else 1)


def test_asciidoctor_reads_anchors_and_what_leads_to_them() -> None:
    source = writer("asciidoc").write_blocks(article())
    try:
        done = subprocess.run(
            ["asciidoctor", "-v", "--failure-level", "INFO", "-s", "-o", "-", "-"],
            input=source.encode(),
            capture_output=True,
            check=True,
        )
    except FileNotFoundError:
        pytest.skip("asciidoctor is not installed")
    assert done.stderr == b""
    page = lxml.html.fragment_fromstring(done.stdout.decode(), create_parent=True)
    ids = page.xpath("//li//a/@id")
    assert len(ids) == 3
    assert page.xpath("//div/p[not(ancestor::li)]/a[@href]/@href") == [f"#{name}" for name in ids]
    assert page.xpath("//li/p/a/@href") == [f"#cite-{at}" for at in range(3)]
    assert [item.text_content() for item in page.xpath("//li[1]/div/p")] == list(NOTES)


def test_docutils_reads_references_to_entries() -> None:
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    html5 = pytest.importorskip("docutils.writers.html5_polyglot")
    source = writer("rst").write_blocks(article())
    strict = {"report_level": 1, "halt_level": 1, "_disable_config": True}
    page = core.publish_parts(source, writer=html5.Writer(), settings_overrides=strict)
    tree = lxml.html.fragment_fromstring(page["body"], create_parent=True)
    led = [str(url).removeprefix("#") for url in tree.xpath("//a/@href")]
    assert led == tree.xpath("//li//@id")
    assert len(led) == 3


def test_typst_finds_every_label() -> None:
    compiler = pytest.importorskip("typst", reason="typst is not installed")
    source = writer("typst").write_blocks(article())
    page = lxml.html.document_fromstring(compiler.compile(source.encode(), format="html"))
    urls = [str(link.get("href")).removeprefix("#") for link in page.iter("a")]
    assert len(urls) == 6
    assert set(urls) <= {element.get("id") for element in page.iter()}


def test_markdown_has_anchors_of_html_and_indents_annotations_by_four() -> None:
    written = writer("markdown").write_blocks((ItemList((entry("lee2017cards", 0),)),))
    assert written == (
        '- <a id="ref-lee2017cards"></a>1\\. *Work 0* [↩](#cite-0)\n'
        "\n    \\- A note: \\*one\\*.\n\n    \\# Another one (1. of two).\n"
    )
    page = MarkdownIt("commonmark").render(written)
    assert page.count("<p>") == 3
    assert page.count("<ul>") == 1


@pytest.mark.parametrize("markup", ["markdown", "mdx", "latex", "typst", "org", "rst", "asciidoc"])
def test_a_plain_list_has_no_anchors(markup: str) -> None:
    plain_list = ItemList((Item("lee2017cards", (Text("Lee"),)),))
    written = writer(markup).write_blocks((plain_list,))
    assert "lee2017cards" not in written
    assert "ref-" not in written


def test_thebibliography_has_the_keys_for_cite() -> None:
    items = (Item("lee2017cards", (Text("[Lee]"),)), Item("a_b:c", (Text("B"),)))
    written = writer("latex").write_blocks((ItemList(items, form="thebibliography"),))
    assert written == (
        "\\begin{thebibliography}{2}\n"
        "  \\bibitem{lee2017cards} {[}Lee]\n"
        "  \\bibitem{a_b:c} B\n"
        "\\end{thebibliography}\n"
    )
    described = writer("latex").write_blocks((ItemList(items[:1], form="description"),))
    assert described == "\\begin{description}\n  \\item[] {[}Lee]\n\\end{description}\n"


def test_mdx_has_no_links_in_angle_brackets_and_no_stray_code() -> None:
    mdx = writer("mdx")
    blocks = (Paragraph((Text("export {a} <b>"),)),)
    assert mdx.write_blocks(blocks) == "&#101;xport \\{a} &lt;b>\n"
    small = (Styled("small-caps", (Text("a"),)),)
    assert mdx.write_inline(small) == '<span className="small-caps">a</span>'


def test_an_anchor_of_few_signs_differs_for_different_names() -> None:
    names = ["ref-a", "ref-a=20b", "ref-é", "ref-e", "ref-a/b", "ref-A"]
    assert len({plain(name) for name in names}) == len(names)
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+", plain(name)) for name in names)
