"""RTF: pandoc and striprtf read back what the tree held."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hostile_trees import Sign, looks, runs_of, texts, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.markup.inline import parse_inline
from northbib.markup.rtf import write_blocks, write_inline
from northbib.markup.tree import (
    Block,
    Heading,
    Inline,
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

BEYOND_PLANE = re.compile(r"[\U00010000-\U0010ffff]")


def entry(text: str) -> Inlines:
    return (Text(text),)


def words(text: str) -> str:
    return " ".join(text.split())


def plain(content: Inlines) -> str:
    return words(one_line(text_of(content)))


def as_pandoc_reads(text: str) -> str:
    """Put what pandoc's RTF reader makes of a surrogate pair; striprtf can read one."""
    return BEYOND_PLANE.sub("\ufffd\ufffd", text)


def unlinked(content: Inlines) -> Inlines:
    """Leave only the text of links, since striprtf prints the address too."""
    found: list[Inline] = []
    for node in content:
        if isinstance(node, Text):
            found.append(node)
        elif isinstance(node, Styled):
            found.append(Styled(node.kind, unlinked(node.children)))
        else:
            found += unlinked(node.children)
    return tuple(found)


def seen(signs: list[Sign]) -> list[tuple[str, frozenset[str], bool]]:
    """Give looks as RTF can have them: no style twice, links underlined, one script at a time."""
    found = []
    for sign, styles, linked in signs:
        names = {name for name, _ in styles} - {"superscript", "subscript"}
        found.append((sign, frozenset(names - {"underline"} if linked else names), linked))
    return found


def check_with_pandoc(contents: list[Inlines]) -> None:
    found = read(write_blocks(map(Paragraph, contents)), "rtf")
    found = [block for block in found if "".join(text for text, _ in block[1]).strip()]
    shown = [content for content in contents if plain(content)]
    assert [words("".join(text for text, _ in runs)) for _, runs in found] == [
        as_pandoc_reads(plain(content)) for content in shown
    ]
    for (_, runs), content in zip(found, shown, strict=True):
        expected = [(as_pandoc_reads(text), styles) for text, styles in runs_of(content)]
        assert seen(looks(runs)) == seen(looks(expected))


def stripped(source: str) -> list[str]:
    """Give the lines that striprtf reads, its surrogates joined."""
    striprtf: Any = pytest.importorskip("striprtf.striprtf", reason="striprtf is not installed")
    text = striprtf.rtf_to_text(source).encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return [words(line) for line in text.split("\n") if words(line)]


def check_with_striprtf(contents: list[Inlines]) -> None:
    plainer = [unlinked(content) for content in contents]
    expected = [plain(content) for content in contents if plain(content)]
    assert stripped(write_blocks(map(Paragraph, plainer))) == expected
    fragments = "".join(f"{write_inline(content)}\\par\n" for content in plainer)
    assert stripped(f"{{\\rtf1\\ansi\\uc0\n{fragments}}}") == expected


@given(contents=st.lists(trees, max_size=30))
@settings(max_examples=10, deadline=None)
def test_pandoc_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    check_with_pandoc(contents)


@given(contents=st.lists(trees, max_size=10))
@settings(max_examples=50, deadline=None)
def test_striprtf_reads_back_documents_and_fragments(contents: list[Inlines]) -> None:
    check_with_striprtf(contents)


@pytest.mark.long
@given(contents=st.lists(trees | texts.map(entry) | st.text().map(entry), min_size=20, max_size=50))
@settings(max_examples=200, deadline=None)
def test_pandoc_and_striprtf_read_back_any_text(contents: list[Inlines]) -> None:
    check_with_pandoc(contents)
    check_with_striprtf(contents)


@given(heading=trees, entries=st.lists(trees, min_size=1, max_size=9), ordered=st.booleans())
@settings(max_examples=10, deadline=None)
def test_pandoc_reads_back_headings_and_entries(
    heading: Inlines, entries: list[Inlines], ordered: bool
) -> None:
    items = ItemList(tuple(Item("a", content) for content in entries), ordered)
    found = read(write_blocks((Heading(3, heading), items)), "rtf")
    lines = [(kind, words("".join(text for text, _ in runs))) for kind, runs in found]
    marks = [f"{number}." if ordered else "•" for number in range(1, len(entries) + 1)]
    top = [("Header 3", plain(heading))] if plain(heading) else []
    entry_lines = [
        ("Para", words(f"{mark} {plain(content)}"))
        for mark, content in zip(marks, entries, strict=True)
    ]
    assert [(kind, text) for kind, text in lines if text] == [
        (kind, as_pandoc_reads(text)) for kind, text in [*top, *entry_lines]
    ]


def test_pandoc_reads_back_every_style() -> None:
    rich = parse_inline("<i>a</i><b>b</b><sub>c</sub><sup>d</sup><sc>e</sc>f<i>g<b>h</b></i>")
    content = (*rich, Styled("underline", entry("i")), Link("https://a.b/é", entry("j")))
    [(_, runs)] = read(write_blocks((Paragraph(content),)), "rtf")
    assert seen(looks(runs)) == seen(looks(runs_of(content)))
    scripts = {text: styles for text, styles in runs if text in ("c", "d")}
    assert (scripts["c"], scripts["d"]) == ({"subscript": 1}, {"superscript": 1})


@given(content=trees)
def test_what_is_written_is_one_line_of_ascii(content: Inlines) -> None:
    assert re.fullmatch(r"[\x20-\x7e]*", write_inline(content))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("R&D, 50% of $5; #1 'a' \"b\"", "R&D, 50% of $5; #1 'a' \"b\""),
        ("{\\rtf1}", "\\{\\\\rtf1\\}"),
        ("née", "{\\uc1 n\\u233\\'e9e}"),
        ("‘a’ – £5", "{\\uc1 \\u8216\\'91a\\u8217\\'92 \\u8211\\'96 \\u163\\'a35}"),
        ("中", "{\\uc1 \\u20013\\'3f}"),
        ("�", "{\\uc1 \\u-3\\'3f}"),
        ("😀", "{\\uc1 \\u-10179\\'3f\\u-8704\\'3f}"),
        ("é''41", "{\\uc1 \\u233\\'e9\\'27\\'2741}"),
    ],
)
def test_signs(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written


def test_styles() -> None:
    rich = "<i>a</i><b>b</b><sub>c</sub><sup>d</sup><sc>e</sc><i>f <i>g</i></i>"
    assert write_inline(parse_inline(rich)) == (
        "{\\i a}{\\b b}{\\sub c}{\\super d}{\\scaps e}{\\i f g}"
    )


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://a.b/c?d&e#f%20", "https://a.b/c?d&e#f%20"),
        ('https://a.b/"{\\}', "https://a.b/%22%7B%5C%7D"),
        ("https://a.b/é", "https://a.b/%C3%A9"),
    ],
)
def test_a_link_is_a_field(url: str, written: str) -> None:
    assert write_inline((Link(url, entry("c")),)) == (
        f'{{\\field{{\\*\\fldinst{{HYPERLINK "{written}"}}}}{{\\fldrslt{{\\ul c}}}}}}'
    )


def test_an_address_that_nobody_should_follow_leaves_only_its_text() -> None:
    assert write_inline((Link("javascript:alert(1)", entry("c")),)) == "c"
    nested = (Link("https://a.b", (Link("https://a.c", entry("c")),)),)
    assert write_inline(nested).count("HYPERLINK") == 1


def test_blocks_make_a_document() -> None:
    items = (Item("a", entry("A")), Item("b", entry("{B}")))
    blocks: tuple[Block, ...] = (
        Heading(2, entry("Articles")),
        Paragraph(entry("See also")),
        ItemList(items),
        ItemList(items[:1], ordered=True),
    )
    assert write_blocks(blocks) == (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0"
        "{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}}\\uc1\n"
        "\\pard\\keepn\\sb240\\sa120\\outlinelevel1 {\\b Articles}\\par\n"
        "\\pard\\sa120 See also\\par\n"
        "\\pard\\fi-360\\li360\\sa60 \\bullet\\tab A\\par\n"
        "\\pard\\fi-360\\li360\\sa60 \\bullet\\tab \\{B\\}\\par\n"
        "\\pard\\fi-360\\li360\\sa60 1.\\tab A\\par\n"
        "}\n"
    )


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Heading(1, ()), Paragraph(()), ItemList(()))) == ""


def test_an_annotation_is_a_paragraph_below_its_entry() -> None:
    item = Item("a", (Text("A."),), annotation=(Paragraph((Text("One {é}."),)),))
    assert stripped(write_blocks([ItemList((item,))])) == ["• A.", "One {é}."]
