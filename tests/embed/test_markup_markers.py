"""Markers in articles of reStructuredText, AsciiDoc, LaTeX, Typst, Org and MDX."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given, reject, settings
from hypothesis import strategies as st
from small_library import small_library

from northbib.embed import refresh
from northbib.embed.article import Article
from northbib.embed.markers import sections
from northbib.embed.markups import EXTENSIONS, as_comment, comments_of, markup_of
from northbib.errors import ArticleError, UsageError

if TYPE_CHECKING:
    from northbib.embed.markups import Markup
    from northbib.findings import Finding
    from northbib.library import Store

MARKUPS: tuple[Markup, ...] = ("rst", "asciidoc", "latex", "typst", "org", "mdx")


def article(text: str, markup: Markup) -> Article:
    return Article.read(text.encode(), "article", markup)


def found(text: str, markup: Markup) -> list[str | None]:
    """Give what the lines of each section are indented with."""
    pairs, _, faults = sections(article(text, markup))
    assert faults == []
    return [pair.begin.comment.indent for pair in pairs]


def wrong(text: str, markup: Markup) -> list[Finding]:
    return sections(article(text, markup))[2]


def pair(markup: Markup, indent: str = "") -> str:
    begin, end = as_comment("northbib:begin q", markup), as_comment("northbib:end", markup)
    return f"{indent}{begin}\n{indent}{end}\n"


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_markers_are_found_whatever_ends_the_lines(markup: Markup, eol: str, last: str) -> None:
    text = f"\ufeffText.\n\n{pair(markup)}\nMore.\n\n{pair(markup)}".removesuffix("\n") + last
    assert found(text.replace("\n", eol), markup) == ["", ""]


PLACES: list[tuple[Markup, str, str]] = [
    ("rst", "- item\n\n{}", "  "),
    ("rst", "10. item\n\n{}", "    "),
    ("rst", "* - cell\n\n{}", "    "),
    ("rst", ".. note::\n\n{}", "   "),
    ("rst", ".. note::\n{}", "   "),
    ("rst", ".. admonition:: A title\n   :class: x\n\n{}", "   "),
    ("rst", ".. only:: html\n\n   .. tip::\n\n{}", "      "),
    ("rst", "Text\n\n{}", "    "),
    ("rst", "term\n{}", "  "),
    ("rst", "Title\n=====\n{}", ""),
    ("rst", ".. _target:\n\n{}", ""),
    ("rst", ".. [1] A footnote.\n\n{}", "   "),
    ("rst", "..\n\n{}", "   "),
    ("rst", "Literal::\n\n  code\n\n{}", ""),
    ("rst", "\tquote\n\n{}", "\t"),
    ("rst", "Not literal\\::\n\n{}", "  "),
    ("asciidoc", "= Title\n:attribute: value\n\n{}", ""),
    ("asciidoc", "* item\n+\n--\n{}--\n", ""),
    ("asciidoc", "* item\n\n{}\n* item\n", ""),
    ("asciidoc", "[NOTE]\n====\n{}====\n", ""),
    ("asciidoc", "----\ncode\n----\n{}", ""),
    ("asciidoc", "Text before it\n{}", ""),
    ("asciidoc", "|===\n|cell\n|===\n\n{}", ""),
    ("asciidoc", "////\ncomment\n////\n{}", ""),
    ("asciidoc", ".A title\n{}", ""),
    ("latex", "\\documentclass{{article}}\n\\begin{{document}}\n{}\\end{{document}}\n", ""),
    ("latex", "\\begin{{itemize}}\n  \\item x\n{}\\end{{itemize}}\n", "  "),
    ("latex", "50\\% of it\n{}", ""),
    ("latex", "\\verb|%| and \\lstinline!%!\n{}", ""),
    ("latex", "a \\iff b and $x$$y$\n{}", ""),
    ("latex", "\\[ x \\]\n$$ y $$\n{}", ""),
    ("latex", "\\begin{{tabular}}{{l}}\n\\begin{{minipage}}{{3cm}}\n{}\\end{{minipage}}\n", ""),
    ("latex", "\\begin{{verbatim}} without an end\n{}", ""),
    ("latex", "\\\\\n{}", ""),
    ("typst", "- item\n\n{}", "  "),
    ("typst", "#block[\n{}]\n", "  "),
    ("typst", "#show: doc => [\n{}]\n", "  "),
    ("typst", "#if x {{ 1 }} else [\n{}]\n", "  "),
    ("typst", "#let x = \"//\" // a comment\n{}", ""),
    ("typst", "#text(fill: red)[a](b) \"quoted\n{}", ""),
    ("typst", "https://a.b//c and a`//`\n{}", ""),
    ("typst", "#if x [a] said \"so\n{}", ""),
    ("typst", "/* a /* nested */ comment */\n{}", ""),
    ("typst", "#context [\n{}]\n", "  "),
    ("typst", "costs \\$5\n{}", ""),
    ("org", "* Head\n{}", ""),
    ("org", "- item\n\n{}", "  "),
    ("org", "#+begin_quote\n{}#+end_quote\n", ""),
    ("org", "#+begin_src x\nno end\n{}", ""),
    ("org", "#+begin_example\nx\n* Head\n{}#+end_example\n", ""),
    ("org", ": fixed\n{}", ""),
    ("org", ":PROPERTIES:\n:ID: x\n:END:\n{}", ""),
    ("mdx", "import A from 'b'\n\n{}", ""),
    ("mdx", "- item\n\n{}", "  "),
    ("mdx", "<Tabs>\n{}</Tabs>\n", "  "),
    ("mdx", "Text\n{}", ""),
    ("mdx", "{{/* another comment */}}\n\n{}", ""),
    ("mdx", "    not code in MDX\n\n{}", "    "),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "template", "indent"), PLACES)
def test_a_marker_keeps_its_indentation_wherever_a_list_can_stand(
    markup: Markup, template: str, indent: str
) -> None:
    text = template.format(pair(markup, indent))
    assert found(text, markup) == [indent]
    assert found(text.replace("\n", "\r\n"), markup) == [indent]


VERBATIM: list[tuple[Markup, str, str]] = [
    ("rst", "Literal::\n\n{}", "  "),
    ("rst", "::\n\n{}", "  "),
    ("rst", "- item::\n\n{}", "     "),
    ("rst", "Quoted::\n\n> a\n> b\n\n.. code-block:: rst\n\n{}", "   "),
    ("rst", ".. code::\n\n{}", "   "),
    ("rst", ".. parsed-literal::\n\n{}", "   "),
    ("rst", ".. sourcecode:: rst\n   :linenos:\n\n{}", "   "),
    ("rst", ".. note::\n\n   .. code-block:: rst\n\n{}", "      "),
    ("rst", ".. raw:: html\n\n{}", "   "),
    ("rst", ".. A comment\n\n{}", "   "),
    ("rst", ">>> doctest\n{}", ""),
    ("asciidoc", "----\n{}----\n", ""),
    ("asciidoc", "....\n{}....\n", ""),
    ("asciidoc", "++++\n{}++++\n", ""),
    ("asciidoc", "////\n{}////\n", ""),
    ("asciidoc", "------\n----\n{}----\n------\n", ""),
    ("asciidoc", "```asciidoc\n{}```\n", ""),
    ("asciidoc", "[source]\n--\n{}--\n", ""),
    ("asciidoc", "[verse]\n____\n{}____\n", ""),
    ("asciidoc", "[source,asciidoc]\nfirst line\n{}", ""),
    ("asciidoc", " literal paragraph\n{}", ""),
    ("asciidoc", "----\nno end\n{}", ""),
    ("asciidoc", "---\nfront: matter\n{}---\n", ""),
    ("asciidoc", "====\n----\n{}----\n====\n", ""),
    ("latex", "\\begin{{verbatim}}\n{}\\end{{verbatim}}\n", ""),
    ("latex", "\\begin{{lstlisting}}[language=TeX]\n{}\\end{{lstlisting}}\n", ""),
    ("latex", "\\begin{{minted}}{{latex}}\n{}\\end{{minted}}\n", ""),
    ("latex", "\\begin{{comment}}\n{}\\end{{comment}}\n", ""),
    ("latex", "\\begin{{Verbatim}}\n{}\\end{{Verbatim}}\n", ""),
    ("latex", "\\lstnewenvironment{{code}}{{}}{{}}\n\\begin{{code}}\n{}\\end{{code}}\n", ""),
    ("latex", "\\newminted{{latex}}{{}}\n\\begin{{latexcode}}\n{}\\end{{latexcode}}\n", ""),
    ("latex", "\\begin{{document}}\n\\end{{document}}\n{}", ""),
    ("latex", "\\iffalse\n\\ifx a b \\fi\n{}\\fi\n", ""),
    ("typst", "```\n{}```\n", ""),
    ("typst", "````typ\n```\n{}```\n````\n", ""),
    ("typst", "`\n{}`\n", ""),
    ("typst", "/*\n{}*/\n", ""),
    ("typst", "#raw(\"\n{}\")\n", ""),
    ("typst", "#let x = \"\n{}\"\n", ""),
    ("org", "#+begin_src org\n{}#+end_src\n", ""),
    ("org", "#+BEGIN_EXAMPLE\n{}#+END_EXAMPLE\n", ""),
    ("org", "- item\n  #+begin_export html\n{}  #+end_export\n", "  "),
    ("org", "#+begin_comment\n{}#+end_comment\n", ""),
    ("org", ":DRAWER:\n{}:END:\n", ""),
    ("org", "\\begin{{align}}\n{}\\end{{align}}\n", ""),
    ("mdx", "```mdx\n{}```\n", ""),
    ("mdx", "`\n{}`\n", ""),
    ("mdx", "<Code text=\"\n{}\" />\n", ""),
    ("mdx", "<Code text={{`\n{}`}} />\n", ""),
    ("mdx", "export const x = {{\n{}}}\n", ""),
    ("mdx", "{{x /*\n*/ +\n{}}}\n", ""),
    ("mdx", "---\nfront: matter\n{}---\n", ""),
]  # fmt: skip


@pytest.mark.parametrize(("markup", "template", "indent"), VERBATIM)
def test_markers_in_verbatim_text_are_left_alone(
    markup: Markup, template: str, indent: str
) -> None:
    text = template.format(pair(markup, indent))
    assert found(text, markup) == []
    assert found(text.replace("\n", "\r\n"), markup) == []


MISPLACED: list[tuple[Markup, str, str]] = [
    ("rst", "Text\n{}", "running text"),
    ("rst", ".. note:: Text\n   {}", "running text"),
    ("rst", "+------+\n| {} |\n+------+", "a table"),
    ("asciidoc", "* item\n{}", "a list item"),
    ("asciidoc", "* item\n+\n{}", "a list item"),
    ("asciidoc", "|===\n{}", "a table"),
    ("latex", "\\documentclass{{article}}\n{}\n\\begin{{document}}", "the preamble"),
    ("latex", "\\begin{{tabular}}{{l}}\n{}", "a table"),
    ("latex", "\\begin{{align*}}\n{}", "a formula"),
    ("latex", "\\[\n{}", "a formula"),
    ("latex", "Text {}", "running text"),
    ("typst", "#{{\n{}", "code"),
    ("typst", "#table(\n{}", "code"),
    ("typst", "$ x\n{}", "a formula"),
    ("typst", "Text {}", "running text"),
    ("mdx", "Text {}", "running text"),
    ("mdx", "# {}", "running text"),
]


@pytest.mark.parametrize(("markup", "template", "within"), MISPLACED)
def test_a_marker_where_no_list_can_stand_is_a_fault(
    markup: Markup, template: str, within: str
) -> None:
    text = template.format(as_comment("northbib:begin q", markup))
    fault = next(fault for fault in wrong(text, markup) if fault.code == "marker-in-text")
    assert fault.message == f"northbib:begin stands in {within}, where no list can stand"
    before = text[: text.index("northbib:begin")]
    assert fault.line == before.count("\n") + 1
    assert fault.column is not None
    assert 0 < fault.column <= len(before.rpartition("\n")[2]) + 1


def test_words_of_a_comment_go_on_below_it_in_restructuredtext() -> None:
    text = ".. northbib:begin topic:x\n   style=apa\n..\n   northbib:end\n"
    ((section,), _, faults) = sections(article(text, "rst"))
    assert faults == []
    assert [word.text for word in section.begin.words] == ["topic:x", "style=apa"]


def test_a_comment_of_mdx_without_an_end_is_a_fault() -> None:
    fault = wrong("{/* northbib:end", "mdx")[0]
    assert (fault.code, fault.fix) == ("open-marker", "write */} at its end")


def test_a_name_says_the_markup() -> None:
    names = "a.rst a.adoc a.asciidoc a.asc a.tex a.LTX a.typ a.org a.mdx a.md a.html".split()
    assert [markup_of(name) for name in names] == [
        "rst", "asciidoc", "asciidoc", "asciidoc", "latex", "latex", "typst", "org", "mdx",
        "markdown", "html",
    ]  # fmt: skip
    with pytest.raises(UsageError):
        markup_of("a.txt")
    assert set(EXTENSIONS.values()) == {*MARKUPS, "markdown", "html"}


PIECES = [
    *"`$#{}[]()\\%/*|=~+-_.:;\"'<>^& \t\n", "\r\n", "\n\n", "  ", "    ", "text", "::", "```",
    "----", "....", "|===", "--", "====", "[source]", "[,x]", "..", ".. ", ".. note::", ".. code::",
    "   ", "- ", "* ", "1. ", "| ", ">>> ", "+---+", ":a: ", "\\verb|", "\\begin{verbatim}",
    "\\end{verbatim}", "\\begin{tabular}", "\\begin{document}", "\\iffalse", "\\fi", "\\[", "\\]",
    "#let ", "#if x ", "else ", "#f(", "https://", "/*", "*/", "//", "#+begin_src", "#+end_src",
    "#+begin_quote", ":D:", ":END:", "* Head", "export ", "<A b=", "{/*", "*/}", "% ", "// ", "# ",
    "\u2028", "\x0b", "\x00", "é", "\ufeff",
]  # fmt: skip
ANY_MARKUP: st.SearchStrategy[Markup] = st.sampled_from([*MARKUPS, "markdown", "html"])


@given(st.lists(st.sampled_from(PIECES) | st.just("MARKER"), max_size=30), ANY_MARKUP)
@settings(max_examples=4 * settings().max_examples)
def test_comments_are_found_in_any_text_in_their_order(pieces: list[str], markup: Markup) -> None:
    marker = as_comment("northbib:begin q", markup)
    text = "".join(pieces).replace("MARKER", f"\n{marker}\n")
    done = 0
    comments = comments_of(text, markup)
    event(f"{min(len(comments), 3)} comments")
    for comment in comments:
        assert done <= comment.start < comment.body <= comment.end <= len(text)
        assert text[comment.body :].startswith(comment.text) or markup == "markdown"
        done = comment.end


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_library(tmp_path_factory.mktemp("library"))


def outside(text: str, markup: Markup) -> list[str]:
    """Give the parts of an article that are not between two markers."""
    parts, done = [], 0
    for section in sections(article(text, markup))[0]:
        parts.append(text[done : section.begin.comment.end])
        done = section.end.comment.start
    return [*parts, text[done:]]


@given(st.lists(st.sampled_from(PIECES) | st.just("MARKERS"), max_size=20), ANY_MARKUP)
@settings(max_examples=3 * settings().max_examples)
def test_only_what_is_between_markers_changes_and_only_once(
    library: Store, pieces: list[str], markup: Markup
) -> None:
    words = "keys=act2011localism,sandford2009veto group=type style=apa"
    begin, end = as_comment(f"northbib:begin {words}", markup), as_comment("northbib:end", markup)
    text = "".join(pieces).replace("MARKERS", f"\n\n{begin}\n{end}\n\n").lstrip("\ufeff")
    try:
        once = refresh(text.encode(), "article", markup, library).data
    except ArticleError:
        reject()
    event(f"{markup}, {text.count(begin)} sections")
    assert outside(once.decode(), markup) == outside(text, markup)
    assert refresh(once, "article", markup, library).data == once


@given(st.text(max_size=200), ANY_MARKUP)
def test_any_text_can_be_searched(text: str, markup: Markup) -> None:
    comments_of(text, markup)


@pytest.mark.parametrize("markup", [*MARKUPS, "markdown", "html"])
def test_long_hostile_articles_are_read(markup: Markup) -> None:
    for piece in (
        "[", "{", "(", "#{", "#[", "$", "`", "\"", "/*", "//", "\\begin{verbatim}", "\\iffalse ",
        "\\verb|", "\\[", "::\n\n", ".. x\n", ".. note:: x\n", "- ", "----\n", "-----\n[x", "[[",
        "|===\n", "#+begin_src\n", "#+begin_quote\n", ":D:\n", "* h\n", "\\begin{a}\n", "{/*",
        "<A ", "<A b={", "export {", "import x\n", "```{note}\n", "!!! x\n", "!!! x\n    ",
        ":::{tip}\n", "<p>", "<p><!-- a -->", "</p>", "<b>", "<ul><li>", "{{< code >}}", "#if x ",
        "#f(", "a::b ", "#let x = ", "1. ",
    ):  # fmt: skip
        comments_of(piece * 10_000, markup)
