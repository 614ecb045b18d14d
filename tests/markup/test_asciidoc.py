"""AsciiDoc: Asciidoctor and pandoc read back what the tree held, without a warning."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING

import lxml.html
import pytest
from hostile_trees import Sign, looks, runs_of, texts, trees
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.markup.asciidoc import write_blocks, write_inline
from northbib.markup.inline import parse_inline
from northbib.markup.links import link_addresses, link_title
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
    from collections.abc import Callable, Iterator

    from lxml.html import HtmlElement

# Reads a document as JSON on each line, answers with its HTML and what was logged.
RUBY = """
require 'asciidoctor'
require 'json'
$stdout.sync = true
while (line = $stdin.gets)
  logger = Asciidoctor::LoggerManager.logger = Asciidoctor::MemoryLogger.new
  html = Asciidoctor.convert(JSON.parse(line), safe: :secure, attributes: 'showtitle')
  puts JSON.generate([html, logger.messages.map { |message| message[:message].to_s }])
end
"""
STYLES = {"em": "emphasis", "strong": "strong", "sup": "superscript", "sub": "subscript"}

# Pieces of what means something in AsciiDoc.
SNIPPETS = [
    *(
        " ",
        "a",
        "b c",
        ":",
        "::",
        ";;",
        "]",
        "[a]",
        " [a] ",
        "[[a]]",
        "[[[a]]]",
        "<<a>>",
        "<1>",
        "'",
    ),
    *("((a))", "(C)", "(R)", "(TM)", "--", " -- ", "...", "->", "=>", "<-", "<=", "{a}", "{empty}"),
    *(
        "link:a[",
        "mailto:a[",
        "image:a[",
        "icon:a[",
        "footnote:[",
        "xref:a[",
        "anchor:a[",
        "menu:a[",
    ),
    *(
        "pass:[",
        "pass:c[",
        "kbd:[",
        "stem:[",
        "indexterm:[",
        "ifdef::a[]",
        "include::a[]",
        "toc::[]",
    ),
    *(
        "http://a.b",
        "ftp://a.b[",
        "irc://a",
        "a@b.cd",
        "+",
        "++",
        "+++",
        "$$",
        " +",
        "C++",
        "C#",
        "##",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "`",
        "``",
        "#",
        "^",
        "~",
        "[.a]#",
        "[.a]##",
        "\\",
        "\\*",
        "\\{a}",
        '"`',
        '`"',
    ),
    *(
        "= ",
        "== ",
        ". ",
        ".A",
        "* ",
        "** ",
        "- ",
        "1. ",
        "a. ",
        "i) ",
        "NOTE: ",
        ":a: ",
        "//",
        "////",
    ),
    *(
        "|",
        "|===",
        ",===",
        "----",
        "====",
        "....",
        "____",
        "'''",
        "<<<",
        "> ",
        "```",
        "&amp;",
        "&#42;",
    ),
]
snippets = st.lists(st.sampled_from(SNIPPETS), max_size=6).map("".join)


@pytest.fixture(scope="module")
def parse() -> Iterator[Callable[[str], HtmlElement]]:
    """Give what reads AsciiDoc with Asciidoctor, one process for all tests."""
    ruby = shutil.which("ruby")
    if ruby is None or subprocess.run([ruby, "-rasciidoctor", "-e", "1"], check=False).returncode:
        pytest.skip("Asciidoctor is not installed")
    with subprocess.Popen(
        [ruby, "-EUTF-8", "-e", RUBY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None

        def convert(source: str) -> HtmlElement:
            stdin.write(json.dumps(source) + "\n")
            stdin.flush()
            html, messages = json.loads(stdout.readline())
            assert messages == []
            return lxml.html.fragment_fromstring(html, create_parent="div")

        yield convert
        stdin.close()


def read_runs(element: HtmlElement, styles: Counter[str]) -> Iterator[tuple[str, Counter[str]]]:
    """Give the text that Asciidoctor wrote, with the styles and links that it read it in."""
    yield element.text or "", styles
    for child in element:
        if child.tag == "a":
            found = ["link"]
        elif child.tag == "span":
            found = child.classes
        else:
            found = [STYLES[child.tag]]
        yield from read_runs(child, styles + Counter(dict.fromkeys(found, 1)))
        yield child.tail or "", styles


def looks_in_asciidoc(content: Inlines) -> list[Sign]:
    """Give what `looks` would if a superscript of a superscript were just one."""
    return looks(
        (text, Counter({name: 1 for name, count in styles.items() if count}))
        for text, styles in runs_of(content)
    )


def plain(content: Inlines) -> str:
    return one_line(text_of(content)).strip()


def entry(text: str) -> Inlines:
    return (Text(text),)


def check_that_it_is_read_back(parse: Callable[[str], HtmlElement], content: Inlines) -> None:
    blocks = list(parse(write_inline(content)))
    runs = [run for (paragraph,) in blocks for run in read_runs(paragraph, Counter())]
    assert {block.get("class") for block in blocks} <= {"paragraph"}
    assert "".join(text for text, _ in runs).strip() == plain(content)
    assert looks(runs) == looks_in_asciidoc(content)


@settings(deadline=None)
@given(content=trees)
def test_asciidoctor_reads_back_text_styles_and_links(
    parse: Callable[[str], HtmlElement], content: Inlines
) -> None:
    check_that_it_is_read_back(parse, content)


@pytest.mark.long
@settings(max_examples=5000, deadline=None)
@given(content=trees)
@example(content=(Styled("small-caps", (Text("a"),)), Text("]")))
def test_asciidoctor_reads_back_thousands_of_texts(
    parse: Callable[[str], HtmlElement], content: Inlines
) -> None:
    check_that_it_is_read_back(parse, content)


def check_snippets(
    parse: Callable[[str], HtmlElement], texts: tuple[str, str, str], url: str
) -> None:
    first, second, third = map(entry, texts)
    content = (*first, Link(url, (Styled("emphasis", second),)), Styled("small-caps", third))
    blocks = (Paragraph(content), ItemList((Item("a", content),)), Paragraph(entry("End")))
    runs = [run for (p,) in parse(write_inline(content)) for run in read_runs(p, Counter())]
    assert looks(runs) == looks_in_asciidoc(content)
    *_, end = read_texts = [p.text_content().strip() for p in parse(write_blocks(blocks)).iter("p")]
    assert (set(read_texts[:-1]) <= {plain(content)}, end) == (True, "End")


@settings(deadline=None)
@given(texts=st.tuples(snippets, snippets, snippets), url=st.sampled_from(["", "https://a.b/c"]))
def test_what_means_something_in_asciidoc_stays_text(
    parse: Callable[[str], HtmlElement], texts: tuple[str, str, str], url: str
) -> None:
    check_snippets(parse, texts, url)


@pytest.mark.long
@settings(max_examples=5000, deadline=None)
@given(texts=st.tuples(snippets, snippets, snippets), url=st.sampled_from(["", "https://a.b/c"]))
def test_thousands_of_snippets_stay_text(
    parse: Callable[[str], HtmlElement], texts: tuple[str, str, str], url: str
) -> None:
    check_snippets(parse, texts, url)


@settings(deadline=None)
@given(text=texts)
def test_text_alone_stays_text_in_the_middle_of_a_sentence(
    parse: Callable[[str], HtmlElement], text: str
) -> None:
    ((paragraph,),) = parse(f"Sentence {write_inline(entry(f'a{text}b'))}, and on.")
    assert list(paragraph) == []
    assert paragraph.text == f"Sentence {one_line(f'a{text}b')}, and on."


@settings(deadline=None)
@given(
    heading=trees,
    entries=st.lists(trees, min_size=1, max_size=4),
    ordered=st.booleans(),
    level=st.integers(2, 6),
)
def test_asciidoctor_reads_back_headings_paragraphs_and_lists(
    parse: Callable[[str], HtmlElement],
    heading: Inlines,
    entries: list[Inlines],
    ordered: bool,
    level: int,
) -> None:
    items = tuple(Item("a", content) for content in entries)
    above = tuple(Heading(number, entry("Above")) for number in range(2, level))
    blocks: tuple[Block, ...] = (
        *above,
        Heading(level, heading),
        Paragraph(heading),
        ItemList(items, ordered),
        Paragraph(entry("End")),
    )
    document = parse(write_blocks(blocks))
    titles = [
        element.text_content().strip() for element in document.iter("h2", "h3", "h4", "h5", "h6")
    ]
    assert titles[level - 2 :] == [plain(heading)] * bool(plain(heading))
    *about, end = [div.text_content().strip() for div in document.find_class("paragraph")]
    assert about == [plain(heading)] * bool(plain(heading))
    assert end == "End"
    (listed,) = document.iter("ol" if ordered else "ul")
    assert [li.text_content().strip() for li in listed] == [plain(content) for content in entries]


def is_lost_on_pandoc(content: Inlines) -> bool:
    """Tell whether pandoc misreads what Asciidoctor reads: odd addresses inside `^` and `~`."""
    return re.search(r"[~^]\S*link:(?:\+\+|pass)", write_inline(content)) is not None


@settings(max_examples=30, deadline=None)
@given(contents=st.lists(trees, min_size=1, max_size=8))
@example(contents=[(Styled("superscript", (Text("1) + + *"),)),)])
def test_pandoc_reads_back_text_styles_and_links(contents: list[Inlines]) -> None:
    kept = [content for content in contents if plain(content) and not is_lost_on_pandoc(content)]
    blocks = read(write_blocks(Paragraph(content) for content in kept), "asciidoc")
    assert [looks(runs) for _, runs in blocks] == [looks_in_asciidoc(content) for content in kept]


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")


@pytest.mark.parametrize(
    "title",
    [
        "E & FN Spon",
        "C# and F# in 2014-15",
        "a_b and snake_case_names",
        "Transport for the North: 10% + 5 = more?",
        "£4.5bn (2014–15) – “the Powerhouse”, it’s…",
        "A - B. C! D/E, p > q 10:30, 22:4 $10",
        "Rochdale & Oldham; AT&T",
        "A title [Online] and (Re)building [in press].",
    ],
)
def test_ordinary_titles_stay_as_they_are(title: str) -> None:
    assert write_inline(entry(title)) == title


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1. A title", "1&#46; A title"),
        ("A. Lee", "A&#46; Lee"),
        ("iv) A title", "iv&#41; A title"),
        ("- A title", "&#45; A title"),
        (". A title", "&#46; A title"),
        (".NET", "&#46;NET"),
        ("== A title", "&#61;= A title"),
        ("// A", "&#47;/ A"),
        (":a: b", "&#58;a: b"),
        ("NOTE: A", "NOTE&#58; A"),
        ("> A", "&#62; A"),
        (" A title", "{empty} A title"),
        ("[quote]", "&#91;quote]"),
        ("A [quote]", "A &#91;quote]"),
        ("A:: B;; C", "A&#58;: B;&#59; C"),
        (
            "*a* _b_ `c` #d# ^e^ ~f~",
            "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#35;d# &#94;e&#94; &#126;f&#126;",
        ),
        ("+a+ ++b++ $$c$$", "&#43;a&#43; &#43;&#43;b&#43;&#43; &#36;$c&#36;$"),
        ("{a} <<b>> ((c))", "&#123;a} &#60;&#60;b>> &#40;(c))"),
        (
            "(C) (R) (TM) -- a--b ... -> =>",
            "&#40;C) &#40;R) &#40;TM) &#45;- a&#45;-b &#46;.. &#45;> &#61;>",
        ),
        ("it's 'a'", "it&#39;s &#39;a&#39;"),
        ("&amp; &#42; \\", "&amp;amp; &amp;&#35;42; &#92;"),
        ("https://a.b c@d.ef", "https&#58;//a.b c&#64;d.ef"),
        ("link:a[b] footnote:[c] pass:[d]", "link&#58;a&#91;b] footnote:&#91;c] pass&#58;&#91;d]"),
        ("A +", "A &#43;"),
        ("A\r\ntitle\x00", "A title"),
    ],
)
def test_what_asciidoctor_would_take_for_markup_is_escaped(
    parse: Callable[[str], HtmlElement], text: str, written: str
) -> None:
    assert write_inline(entry(text)) == written
    assert parse(written).text_content().strip() == one_line(text).strip()


@pytest.mark.parametrize(
    ("rich", "written"),
    [
        ("<i>Regional Studies</i>, <b>50</b>(3)", "_Regional Studies_, **50**(3)"),
        ("un<i>like</i>ly", "un__like__ly"),
        ("(<i>a</i>)", "(_a_)"),
        ("a<i> title </i>b", "a__ title __b"),
        ("<i>a</i><b>b</b>", "__a__**b**"),
        ("<i>a <b>b</b> c</i>", "__a **b** c__"),
        ("<b> a</b>", "**&#32;a**"),
        ("H<sub>2</sub>O, 1<sup>s t</sup>", "H~2~O, 1^s&#32;t^"),
        ("300 <sc>bce</sc>", "300 [.small-caps]#bce#"),
        ("<sc>C#</sc> [Online] a", "[.small-caps]##C&#35;## [Online] a"),
        ("<sc>bce</sc> a]", "[.small-caps]#bce# a]{empty}"),
        ('A <span class="nocase">UK</span>', "A UK"),
    ],
)
def test_styles(rich: str, written: str) -> None:
    assert write_inline(parse_inline(rich)) == written


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("https://a.b/c", entry("c")), "link:https://a.b/c[c]"),
        (Link("https://a.b/c", entry("https://a.b/c")), "link:https://a.b/c[]"),
        (
            Link("https://a.b/_c", entry("[c], d=e")),
            "link:++https://a.b/_c++[&#91;c&#93;&#44; d&#61;e]",
        ),
        (Link("https://a.b/c++[d]", entry("c")), "link:pass:c[https://a.b/c++[d\\]][c]"),
        (Link("https://a.b", (Styled("emphasis", entry("c")),)), "link:https://a.b[_c_]"),
        (
            Link("https://a.b", (Text("c "), Styled("small-caps", entry("d")))),
            "link:https://a.b[c ][.small-caps]##link:https://a.b[d]##",
        ),
        (Link("mailto:c@a.b", entry("c")), "link:++mailto:c@a.b++[c]"),
        (Link("javascript:alert(1)", entry("c")), "c"),
        (Link("https://a.b", ()), ""),
    ],
)
def test_links(link: Link, written: str) -> None:
    assert write_inline((link,)) == written


def test_the_text_of_a_link_is_not_the_role_of_what_follows(
    parse: Callable[[str], HtmlElement],
) -> None:
    content = (Link("https://a.b", entry("c")), Styled("emphasis", entry("d")))
    assert write_inline(content) == "link:https://a.b[c]{empty}__d__"
    ((paragraph,),) = parse(write_inline(content))
    assert [child.tag for child in paragraph] == ["a", "em"]


@pytest.mark.parametrize(
    "url",
    [
        *("https://a.b/_c_?d*e*|f|", "https://a.b/?c=d@e.fg", "mailto:c@a.bc", "https://a.b/~c~"),
        *(
            "https://a.b/(c)",
            "https://a.b/c.",
            "https://a.b/é",
            "HTTP://a.b/'c'd",
            "https://a.b/c::",
        ),
        *(
            "https://a.b/c+",
            "https://a.b/c++d++[e]",
            "https://a.b/?c&copy;&d",
            "https://a.b/{c}--d",
        ),
        *("https://a.b/[c]", "https://a.b/(C)...", "https://a.b/c->d", "https://a.b/$$c$$;"),
    ],
)
@pytest.mark.parametrize("text", ["c", "[c]", "d^", ""])
def test_asciidoctor_reads_back_the_address(
    parse: Callable[[str], HtmlElement], url: str, text: str
) -> None:
    document = parse(write_inline((Text("a"), Link(url, entry(text or url)), Text("b"))))
    (link,) = document.iter("a")
    assert link.get("href") == address(url)
    assert document.text_content().strip() == f"a{text or url}b"


def test_an_entry_of_the_house_style() -> None:
    text = "<i>Can a northern tech cluster take off?</i> 23 Oct 2014 BBC"
    content = link_title(
        link_addresses(parse_inline(text)),
        "Can a northern tech cluster take off?",
        "https://www.bbc.co.uk/",
    )
    assert write_blocks((ItemList((Item("a", content),)),)) == (
        "* link:https://www.bbc.co.uk/[_Can a northern tech cluster take off?_] 23 Oct 2014 BBC\n"
    )


def test_blocks_stand_apart_and_lists_are_tight() -> None:
    items = (Item("a", entry("A")), Item("b", entry("- B")), Item("c", ()))
    blocks: tuple[Block, ...] = (
        Heading(2, entry("C# =")),
        Paragraph(entry("1. See also")),
        ItemList(items),
        ItemList(items, ordered=True),
    )
    assert write_blocks(blocks) == (
        "== C# &#61;\n\n1&#46; See also\n\n* A\n* &#45; B\n* {empty}\n\n"
        "//-\n\n. A\n. &#45; B\n. {empty}\n"
    )


def test_a_list_after_a_list_is_a_list_of_its_own(parse: Callable[[str], HtmlElement]) -> None:
    items = (Item("a", entry("A")),)
    ordered = ItemList(items, ordered=True)
    blocks: list[Block] = [
        *(ItemList(items), ItemList(items), ItemList(()), ItemList(items), Paragraph(())),
        *(ItemList(items), ordered, ordered, Paragraph(entry("B")), ordered),
    ]
    found = [block.get("class").split()[0] for block in parse(write_blocks(blocks))]
    assert found == [*["ulist"] * 4, *["olist"] * 2, "paragraph", "olist"]


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Heading(2, ()), Paragraph(()), ItemList(()))) == ""
