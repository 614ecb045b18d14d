"""reStructuredText: docutils and pandoc read back what the tree held, without a warning."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hostile_trees import Sign, looks, runs_of, texts, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses, link_title
from northbib.markup.rst import write_blocks, write_inline
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
from northbib.markup.visible import address, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

core = pytest.importorskip("docutils.core", reason="docutils is not installed")
nodes = pytest.importorskip("docutils.nodes", reason="docutils is not installed")

SETTINGS = {
    "halt_level": 2,
    "report_level": 2,
    "raw_enabled": False,
    "file_insertion_enabled": False,
    "doctitle_xform": False,
    "warning_stream": False,
    "_disable_config": True,
}
STYLES = {"emphasis", "strong", "superscript", "subscript"}
# The one style that a run keeps.
RANKS = ("superscript", "subscript", "strong", "emphasis")
# Pieces of what means something in reStructuredText.
SNIPPETS = [
    *(
        " ",
        "a",
        "b c",
        "*",
        "**",
        "`",
        "``",
        "|",
        "_",
        "__",
        "a_",
        "`a`_",
        "|a|",
        "[1]_",
        "[#]_",
        "_`",
    ),
    *(
        ":",
        "::",
        ":a:",
        ":a: ",
        ":sup:",
        ":sup:`a`",
        "`a`:sup:",
        ".. ",
        "..",
        ".. a::",
        ".. [1] ",
        "\\",
    ),
    *(
        "\\ ",
        "http://a.b",
        "mailto:a",
        "a@b.cd",
        "news:a",
        "pop3://a",
        "tn3270:a",
        "<a>",
        "<",
        ">",
        "&",
    ),
    *(
        "- ",
        "* ",
        "+ ",
        "• ",
        "1. ",
        "a. ",
        "A. ",
        "(i) ",
        "#. ",
        "-a ",
        "--a ",
        "--a=b ",
        "/a ",
        ">>> ",
    ),
    *(
        "====",
        "= =",
        "----",
        "+--+",
        "| ",
        "__ ",
        "(",
        ")",
        "[",
        "]",
        "“",
        "”",
        "'",
        '"',
        "-",
        "/",
        ".",
    ),
]
snippets = st.lists(st.sampled_from(SNIPPETS), max_size=6).map("".join)


def parse(source: str) -> Any:
    return core.publish_doctree(source, settings_overrides=SETTINGS)


def read_runs(node: Any, styles: Counter[str]) -> Iterator[tuple[str, Counter[str]]]:
    """Give the text that docutils read, with the style or link that it read it in."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext(), styles
        elif isinstance(child, nodes.reference):
            yield from read_runs(child, styles + Counter({"link": 1}))
        else:
            assert child.tagname in STYLES, child
            yield from read_runs(child, styles + Counter({child.tagname: 1}))


def looks_in_rst(content: Inlines) -> list[Sign]:
    """Give what `looks` would if each run had only the one style that it keeps."""
    kept = []
    for text, styles in runs_of(content):
        style = "link" if styles["link"] else next((kind for kind in RANKS if styles[kind]), "")
        kept.append((text, Counter({style: 1}) if style else Counter[str]()))
    return looks(kept)


def plain(content: Inlines) -> str:
    return one_line(text_of(content)).strip()


def entry(text: str) -> Inlines:
    return (Text(text),)


def check_that_docutils_reads_back(content: Inlines) -> None:
    document = parse(write_inline(content))
    assert [child.tagname for child in document] == ["paragraph"] * bool(plain(content))
    runs = [run for child in document for run in read_runs(child, Counter())]
    assert "".join(text for text, _ in runs).strip() == plain(content)
    assert looks(runs) == looks_in_rst(content)


@given(content=trees)
def test_docutils_reads_back_text_styles_and_links(content: Inlines) -> None:
    check_that_docutils_reads_back(content)


@pytest.mark.long
@settings(max_examples=5000, deadline=None)
@given(content=trees)
def test_docutils_reads_back_thousands_of_texts(content: Inlines) -> None:
    check_that_docutils_reads_back(content)


def check_snippets(texts: tuple[str, str, str], url: str) -> None:
    first, second, third = map(entry, texts)
    content = (*first, Link(url, (Styled("emphasis", second),)), Styled("superscript", third))
    items = ItemList((Item("a", content),))
    document = parse(write_blocks((Paragraph(content), items, Paragraph(entry("End")))))
    runs = [run for child in parse(write_inline(content)) for run in read_runs(child, Counter())]
    assert looks(runs) == looks_in_rst(content)
    *about, end = [text.astext() for text in document.findall(nodes.paragraph)]
    assert ({text.strip() for text in about} <= {plain(content)}, end) == (True, "End")


@given(texts=st.tuples(snippets, snippets, snippets), url=st.sampled_from(["", "https://a.b/c"]))
def test_what_means_something_in_rst_stays_text(texts: tuple[str, str, str], url: str) -> None:
    check_snippets(texts, url)


@pytest.mark.long
@settings(max_examples=5000, deadline=None)
@given(texts=st.tuples(snippets, snippets, snippets), url=st.sampled_from(["", "https://a.b/c"]))
def test_thousands_of_snippets_stay_text(texts: tuple[str, str, str], url: str) -> None:
    check_snippets(texts, url)


@given(text=texts)
def test_text_alone_stays_text_in_the_middle_of_a_sentence(text: str) -> None:
    (paragraph,) = parse(f"Sentence a{write_inline(entry(f'{text}b'))}, and on.")
    assert {child.tagname for child in paragraph} == {"#text"}
    assert paragraph.astext() == f"Sentence a{one_line(f'{text}b')}, and on."


@given(
    heading=trees,
    entries=st.lists(trees, min_size=1, max_size=4),
    ordered=st.booleans(),
    level=st.integers(1, 6),
)
def test_docutils_reads_back_headings_paragraphs_and_lists(
    heading: Inlines, entries: list[Inlines], ordered: bool, level: int
) -> None:
    items = tuple(Item("a", content) for content in entries)
    document = parse(
        write_blocks(
            (
                Heading(level, heading),
                Paragraph(heading),
                ItemList(items, ordered),
                Paragraph(entry("End")),
            )
        )
    )
    body = document.children
    if plain(heading):
        (section,) = body
        title, about, *body = section.children
        assert title.astext().strip() == about.astext().strip() == plain(heading)
    listed, end = body
    assert listed.tagname == ("enumerated_list" if ordered else "bullet_list")
    assert [item.astext().strip() for item in listed] == [plain(content) for content in entries]
    assert end.astext() == "End"


@given(levels=st.lists(st.integers(1, 6), max_size=8))
def test_headings_of_any_levels_nest(levels: list[int]) -> None:
    document = parse(write_blocks(Heading(level, entry(f"Title {level}")) for level in levels))
    titles = [title.astext() for title in document.findall(nodes.title)]
    assert titles == [f"Title {level}" for level in levels]
    for section in document.findall(nodes.section):
        if isinstance(section.parent, nodes.section):
            assert section.parent[0].astext() < section[0].astext()


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")


@pytest.mark.parametrize(
    "title",
    [
        "E & FN Spon",
        "C# and F#",
        "a_b and snake_case_names",
        "Transport for the North: 10% + 5 = more?",
        "£4.5bn (2014–15) – “the Powerhouse”, it’s…",
        "A - B. C! D/E, p < q {a} [Online] ~b^ 10:30, 22:4",
        "(Re)building the North",
        "1.5 degrees",
        "'90s",
    ],
)
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert write_inline(entry(title)) == title


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. A title", r"1\. A title"),
        ("2014) A title", r"2014\) A title"),
        ("(iv) A title", r"\(iv) A title"),
        ("A. Lee", r"A\. Lee"),
        ("#. A", r"#\. A"),
        ("- A title", r"\- A title"),
        ("• A title", r"\• A title"),
        ("--all", r"\--all"),
        (":a: b", r"\:a: b"),
        (".. note:: a", r"\.. note\:\: a"),
        (">>> a", r"\>>> a"),
        ("====", r"\===="),
        ("???", r"\ ???"),
        ("\\\\", r"\ \\\\"),
        ("  A title", r"\   A title"),
        ("name_ [1]_ _a", r"name\_ [1]\_ \_a"),
        ("*a* `b` |c| \\", r"\*a\* \`b\` \|c\| \\"),
        ("as follows::", r"as follows\:\:"),
        ("https://a.b mailto:c@d.e", r"https\://a.b mailto\:c\@d.e"),
        ("A\r\ntitle\x00", "A title"),
    ],
)
def test_what_docutils_would_take_for_markup_is_escaped(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written
    assert parse(written).astext() == one_line(text)


@pytest.mark.parametrize(
    ("rich", "written"),
    [
        ("<i>Regional Studies</i>, <b>50</b>(3)", r"*Regional Studies*, **50**\ (3)"),
        ("un<i>like</i>ly", r"un\ *like*\ ly"),
        ("a<i> title </i>b", "a *title* b"),
        ("(<i>a</i>)", "(*a*)"),
        ("(<i>)a</i>)", r"(\ *)a*)"),
        ("<i>a</i><b>b</b>", r"*a*\ **b**"),
        ("<i>a <b>b</b> c</i>", "*a* **b** *c*"),
        ("<i> </i>", " "),
        ("H<sub>2</sub>O, 1<sup>st</sup>", r"H\ :sub:`2`\ O, 1\ :sup:`st`"),
        ("300 <sc>bce</sc>", "300 bce"),
        ('A <span class="nocase">UK</span>', "A UK"),
    ],
)
def test_styles(rich: str, written: str) -> None:
    assert write_inline(parse_inline(rich)) == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("https://a.b/c", entry("c")), "`c <https://a.b/c>`__"),
        (Link("https://a.b/c", entry("https://a.b/c")), "https://a.b/c"),
        (Link("https://a.b/c.", entry("https://a.b/c.")), r"`https\://a.b/c. <https://a.b/c.>`__"),
        (Link("https://a.b/c_", entry("`<c>_")), r"`\`\<c\>\_ <https://a.b/c%5F>`__"),
        (Link("https://a.b", (Styled("emphasis", entry("c")),)), "`c <https://a.b>`__"),
        (Link("mailto:c@a.b", entry("c")), "`c <mailto:c@a.b>`__"),
        (Link("javascript:alert(1)", entry("c")), "c"),
        (Link("https://a.b", ()), ""),
    ],
)
def test_links(link: Link, written: str) -> None:
    assert write_inline((link,)) == written


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.b/c_", "https://a.b/_c_?d*e*|f|", "https://a.b/?c=d@e.f", "mailto:c@a.b"),
        *(
            "https://a.b/(c)",
            "https://a.b/c.",
            "https://a.b/é",
            "HTTP://a.b/'c'",
            "https://a.b/c::",
        ),
    ],
)
@pytest.mark.parametrize("text", ["c", "c_", "<c>", ""])
def test_docutils_reads_back_the_address(url: str, text: str) -> None:
    document = parse(write_inline((Text("a"), Link(url, entry(text or url)), Text("b"))))
    (link,) = document.findall(nodes.reference)
    # An underscore at the end is encoded.
    assert re.sub("%5F$", "_", link["refuri"]) == address(url)
    assert document.astext() == f"a{text or url}b"


@pytest.mark.parametrize("after", ["", ".", ". Next", ") and", " and", "/d", "é", ".d"])
def test_an_address_ends_where_it_ends(after: str) -> None:
    url = "https://a.b/c"
    document = parse(write_inline((Text("See ("), Link(url, entry(url)), Text(after))))
    (link,) = document.findall(nodes.reference)
    assert (link["refuri"], link.astext()) == (url, url)
    assert document.astext() == f"See ({url}{after}"


def test_an_entry_of_the_house_style() -> None:
    text = "<i>Can a northern tech cluster take off?</i> 23 Oct 2014 BBC"
    content = link_title(
        link_addresses(parse_inline(text)),
        "Can a northern tech cluster take off?",
        "https://www.bbc.co.uk/",
    )
    assert write_blocks((ItemList((Item("a", content),)),)) == (
        "- `Can a northern tech cluster take off? <https://www.bbc.co.uk/>`__ 23 Oct 2014 BBC\n"
    )


def test_blocks_stand_apart_and_lists_are_tight() -> None:
    items = (Item("a", entry("A")), Item("b", entry("- B")))
    blocks: tuple[Block, ...] = (
        Heading(2, entry("1. C#")),
        Heading(3, entry("中文")),
        Paragraph(entry("1. See also")),
        ItemList(items),
        ItemList(items, ordered=True),
    )
    assert write_blocks(blocks) == (
        "1\\. C#\n------\n\n中文\n~~~~\n\n1\\. See also\n\n- A\n- \\- B\n\n..\n\n1. A\n2. \\- B\n"
    )


def test_a_list_after_a_list_is_a_list_of_its_own() -> None:
    items = (Item("a", entry("A")),)
    ordered = ItemList(items, ordered=True)
    blocks: list[Block] = [
        *(ItemList(items), ItemList(items), ItemList(()), ItemList(items), Paragraph(())),
        *(ItemList(items), ordered, ordered, Paragraph(entry("B")), ordered),
    ]
    written = write_blocks(blocks)
    assert [node.tagname for node in parse(written) if node.tagname != "comment"] == [
        *["bullet_list"] * 4,
        *["enumerated_list"] * 2,
        "paragraph",
        "enumerated_list",
    ]
    assert written.count("..\n") == 5


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Heading(2, ()), Paragraph(()), ItemList(()))) == ""


def is_lost_on_pandoc(content: Inlines) -> bool:
    """Tell whether pandoc misreads what is right by the specification.

    It reads code after two colons at the end, escaped or not, and drops backslashes in roles.
    """
    return plain(content).endswith("::") or any(
        "\\" in text and (styles["superscript"] or styles["subscript"])
        for text, styles in runs_of(content)
    )


@settings(max_examples=30, deadline=None)
@given(contents=st.lists(trees, min_size=1, max_size=8))
def test_pandoc_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    kept = [content for content in contents if plain(content) and not is_lost_on_pandoc(content)]
    blocks = read(write_blocks(Paragraph(content) for content in kept), "rst")
    assert [looks(runs) for _, runs in blocks] == [looks_in_rst(content) for content in kept]
