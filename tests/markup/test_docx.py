"""Word documents: python-docx and pandoc read back what the tree held."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import lxml.etree
import pytest
from hostile_trees import looks, runs_of, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.errors import UsageError
from northbib.markup import BINARY, MARKUPS, write_document, writer
from northbib.markup.inline import parse_inline
from northbib.markup.tree import (
    Block,
    Heading,
    Inlines,
    Item,
    ItemList,
    Link,
    Paragraph,
    Styled,
    Text,
    text_of,
)
from northbib.markup.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

docx = pytest.importorskip("docx", reason="python-docx is not installed")

FONT = {
    "italic": "emphasis",
    "bold": "strong",
    "small_caps": "small-caps",
    "superscript": "superscript",
    "subscript": "subscript",
    "underline": "underline",
}


def write(*blocks: Block) -> bytes:
    return write_document("docx", blocks)


def parse(data: bytes) -> list[Any]:
    found: list[Any] = docx.Document(io.BytesIO(data)).paragraphs
    return found


def read_runs(paragraph: Any) -> Iterator[tuple[str, Counter[str]]]:
    """Give the text that python-docx read, with the styles and links that it read it in."""
    for part in paragraph.iter_inner_content():
        linked = Counter({"link": int(hasattr(part, "address"))})
        for run in getattr(part, "runs", [part]):
            kinds = [kind for name, kind in FONT.items() if getattr(run.font, name)]
            yield run.text, linked + Counter(kinds)


def looks_in_docx(content: Inlines) -> list[Any]:
    """Give what `looks` would if text stood either higher or lower, and once at most."""
    runs = []
    for text, styles in runs_of(content):
        shown = Counter({name: 1 for name, count in styles.items() if count})
        runs.append((text, shown))
    return looks(runs)


def plain(content: Inlines) -> str:
    return one_line(text_of(content))


def entry(text: str) -> Inlines:
    return (Text(text),)


def is_raised_and_lowered(content: Inlines) -> bool:
    return any(styles["superscript"] and styles["subscript"] for _, styles in runs_of(content))


@settings(max_examples=30, deadline=None)
@given(contents=st.lists(trees, min_size=1, max_size=6))
def test_python_docx_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    paragraphs = parse(write(*map(Paragraph, contents)))
    assert [paragraph.text for paragraph in paragraphs] == [plain(content) for content in contents]
    for paragraph, content in zip(paragraphs, contents, strict=True):
        if not is_raised_and_lowered(content):
            assert looks(read_runs(paragraph)) == looks_in_docx(content)


@settings(max_examples=15, deadline=None)
@given(contents=st.lists(trees, min_size=1, max_size=6))
def test_pandoc_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    kept = [
        content
        for content in contents
        if plain(content).strip() and not is_raised_and_lowered(content)
    ]
    blocks = read(write(*map(Paragraph, kept)), "docx")
    assert [looks(runs) for _, runs in blocks] == [looks_in_docx(content) for content in kept]


@settings(max_examples=10, deadline=None)
@given(
    heading=trees,
    entries=st.lists(trees, min_size=1, max_size=4),
    ordered=st.booleans(),
    level=st.integers(1, 6),
)
def test_pandoc_reads_back_headings_and_lists(
    heading: Inlines, entries: list[Inlines], ordered: bool, level: int
) -> None:
    kept = [content for content in entries if plain(content).strip()] or [entry("A")]
    items = tuple(Item("a", content) for content in kept)
    title = (Text("About "), *heading)
    (first, about), *listed = read(write(Heading(level, title), ItemList(items, ordered)), "docx")
    assert first == f"Header {level}"
    assert [sign for sign, *_ in looks(about)] == [
        sign for sign in plain(title) if not sign.isspace()
    ]
    assert {kind for kind, _ in listed} == {"OrderedList" if ordered else "BulletList"}
    assert [[sign for sign, *_ in looks(runs)] for _, runs in listed] == [
        [sign for sign in plain(content) if not sign.isspace()] for content in kept
    ]


def test_headings_and_entries_have_the_styles_of_word() -> None:
    items = (Item("a", entry("A")), Item("b", entry("B")))
    blocks: tuple[Block, ...] = (
        *(Heading(level, entry("C")) for level in range(1, 7)),
        Paragraph(entry("D")),
        ItemList(items),
        ItemList(items, ordered=True),
    )
    assert [paragraph.style.name for paragraph in parse(write(*blocks))] == [
        *(f"Heading {level}" for level in range(1, 7)),
        "Normal",
        *["List Bullet"] * 2,
        *["List Number"] * 2,
    ]


def test_each_numbered_list_begins_at_one() -> None:
    listed = ItemList((Item("a", entry("A")), Item("b", entry("B"))), ordered=True)
    data = write(listed, Paragraph(entry("And")), listed)
    numbers = [
        paragraph.paragraph_format.element.pPr.numPr.numId.val
        for paragraph in parse(data)
        if paragraph.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    numbering = part(data, "word/numbering.xml")
    for number in set(numbers):
        (start,) = numbering.xpath(
            f"//w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='0']/w:startOverride/@w:val",
            namespaces={"w": numbering.nsmap["w"]},
        )
        assert start == "1"


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return lxml.etree.fromstring(archive.read(name))


def test_links_are_external_and_lead_where_they_should() -> None:
    urls = ["https://a.b/?c&d='é'#f", "mailto:c@a.b", "https://a.b/%22", "https://a.b/?c&d='é'#f"]
    content = tuple(Link(url, entry("c")) for url in urls)
    relationships = part(write(Paragraph(content)), "word/_rels/document.xml.rels")
    external = [found.get("Target") for found in relationships if found.get("TargetMode")]
    assert external == urls[:3]
    (paragraph,) = parse(write(Paragraph(content)))
    assert [link.address for link in paragraph.hyperlinks] == urls


def test_an_address_that_nobody_should_follow_leaves_only_its_text() -> None:
    (paragraph,) = parse(write(Paragraph((Link("javascript:alert(1)", entry("c")),))))
    assert (paragraph.text, paragraph.hyperlinks) == ("c", [])


def test_styles() -> None:
    rich = "<i>a</i> <b>b</b> <sub>c</sub> <sup>d</sup> <sc>e</sc> <b><i>f</i></b>"
    (paragraph,) = parse(write(Paragraph(parse_inline(rich))))
    found = [(text, set(styles)) for text, styles in read_runs(paragraph) if text.strip()]
    assert found == [
        ("a", {"emphasis"}),
        ("b", {"strong"}),
        ("c", {"subscript"}),
        ("d", {"superscript"}),
        ("e", {"small-caps"}),
        ("f", {"emphasis", "strong"}),
    ]


def sample() -> list[Block]:
    link = Link("https://www.gov.uk/", (Styled("emphasis", entry("A title")),))
    items = (Item("a", (link, Text(" 2014"))), Item("b", entry("B")))
    return [Heading(2, entry("A")), ItemList(items), ItemList(items, ordered=True)]


def test_the_same_blocks_give_the_same_file_at_any_time_and_place(tmp_path: Path) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_docx import sample; "
        "from northbib.markup import write_document; "
        "sys.stdout.buffer.write(write_document('docx', sample()))"
    )
    folder = os.path.dirname(__file__)  # noqa: PTH120
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", script, folder],
        capture_output=True,
        check=True,
        env=environment,
        cwd=tmp_path,
    )
    assert write(*sample()) == done.stdout


def test_nothing_in_the_file_tells_who_made_it_and_when() -> None:
    with zipfile.ZipFile(io.BytesIO(write(*sample()))) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in properties
    assert "2013" not in properties


def test_no_blocks_give_a_document_without_text() -> None:
    assert parse(write()) == []


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_document_of_a_textual_markup_is_its_text(markup: str) -> None:
    assert write_document(markup, sample()) == writer(markup).write_blocks(sample()).encode()


@pytest.mark.parametrize("markup", ["odt", "", "tree", "../html"])
def test_an_unknown_format_is_named_beside_the_known_ones(markup: str) -> None:
    with pytest.raises(UsageError) as caught:
        write_document(markup, ())
    assert repr(markup) in str(caught.value)
    assert all(known in str(caught.value) for known in (*MARKUPS, *BINARY))


def test_without_python_docx_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "docx", None)
    monkeypatch.delitem(sys.modules, "northbib.markup.docx", raising=False)
    with pytest.raises(UsageError, match=r"install northbib\[docx\]"):
        write_document("docx", ())


def test_an_annotation_is_a_paragraph_below_its_entry() -> None:
    item = Item("a", (Text("A."),), annotation=(Paragraph((Text("One."),)),))
    found = [(each.text, each.style.name) for each in parse(write(ItemList((item,))))]
    assert found == [("A.", "List Bullet"), ("One.", "List Continue")]
