"""LaTeX: pandoc reads back what the tree held, and TeX prints it."""

from __future__ import annotations

import re
import shutil
import string
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hostile_trees import SIGNS, looks, runs_of, texts, trees
from hypothesis import given, settings
from hypothesis import strategies as st
from pandoc_reader import read

from northbib.markup.inline import parse_inline
from northbib.markup.latex import write_blocks, write_inline
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
    from pathlib import Path

READERS = ["latex", "latex-smart"]


def entry(text: str) -> Inlines:
    return (Text(text),)


def words(text: str) -> str:
    return " ".join(text.split())


def plain(content: Inlines) -> str:
    return words(one_line(text_of(content)))


def check(contents: list[Inlines], reader: str) -> None:
    written = write_blocks(map(Paragraph, contents))
    found = read(written, reader)
    found = [block for block in found if "".join(text for text, _ in block[1]).strip()]
    shown = [content for content in contents if plain(content)]
    assert [(kind, words("".join(text for text, _ in runs))) for kind, runs in found] == [
        ("Para", plain(content)) for content in shown
    ]
    for (_, runs), content in zip(found, shown, strict=True):
        assert looks(runs) == looks(runs_of(content))


@pytest.mark.parametrize("reader", READERS)
@given(contents=st.lists(trees, max_size=30))
@settings(max_examples=10, deadline=None)
def test_pandoc_reads_back_text_styles_and_links(reader: str, contents: list[Inlines]) -> None:
    check(contents, reader)


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS)
@given(contents=st.lists(trees | texts.map(entry) | st.text().map(entry), min_size=20, max_size=50))
@settings(max_examples=100, deadline=None)
def test_pandoc_reads_back_any_text(reader: str, contents: list[Inlines]) -> None:
    check(contents, reader)


@pytest.mark.parametrize("reader", READERS)
@given(heading=trees, entries=st.lists(trees, min_size=1, max_size=9), ordered=st.booleans())
@settings(max_examples=10, deadline=None)
def test_pandoc_reads_back_headings_and_lists(
    reader: str, heading: Inlines, entries: list[Inlines], ordered: bool
) -> None:
    items = ItemList(tuple(Item("a", content) for content in entries), ordered)
    blocks = (Heading(2, heading), items, items, Paragraph(entry("End")))
    found = [
        (kind, words("".join(text for text, _ in runs)))
        for kind, runs in read(write_blocks(blocks), reader)
    ]
    top = [("Header 2", plain(heading))] if plain(heading) else []
    kind = "OrderedList" if ordered else "BulletList"
    assert found == [*top, *[(kind, plain(content)) for content in entries] * 2, ("Para", "End")]


@given(content=trees)
def test_what_is_written_is_one_line_that_any_file_can_hold(content: Inlines) -> None:
    written = write_inline(content)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", written)
    written.encode("utf-8")


@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
def test_tex_prints_the_text_and_keeps_the_addresses(program: str, tmp_path: Path) -> None:
    signs = [sign for sign in SIGNS if sign.isascii() and sign.isprintable() and sign.strip()]
    ligatures = ["\\/", ",,", "<<", ">>", "''", "?`", "!`", "‘‘", "’’", "?‘", "!‘", "–-"]
    contents: list[Inlines] = [
        (Text(f"[{sign}{sign}]{sign} a "), Styled("emphasis", entry(f"{sign}{sign}b")))
        for sign in [*signs, *string.punctuation, *ligatures]
    ]
    url = f"https://a.b/{string.punctuation.replace('%', '%25')}é"
    contents += [(Styled("strong", (Link(url, entry("c")),)),), entry("* d")]
    contents += [parse_inline("<sc>e</sc><sup>f</sup><sub>g</sub>"), (Link(url, entry("h")),)]
    items = ItemList(tuple(Item("a", content) for content in contents))
    written = write_blocks((Heading(1, contents[-1]), *map(Paragraph, contents), items))
    text, addresses = typeset(written, program, tmp_path)
    printed = "".join(map(plain, (contents[-1], *contents, *contents)))
    assert squeezed(text) == squeezed(printed)
    assert addresses == [quote(str(address(url)), safe=string.punctuation)] * 5


def typeset(source: str, program: str, folder: Path) -> tuple[str, list[str]]:
    """Give the text of the pages and the addresses of their links; skips without TeX."""
    for tool in (program, "pdftotext", "pdfinfo"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    (folder / "a.tex").write_text(
        "\\documentclass{article}\n\\usepackage{iftex}\n\\usepackage{lmodern}\n"
        "\\ifpdftex\\usepackage[T1]{fontenc}\\fi\n\\usepackage{hyperref}\n\\pagestyle{empty}\n"
        f"\\begin{{document}}\n{source}\\end{{document}}\n",
        encoding="utf-8",
    )
    run(program, "-interaction=nonstopmode", "-halt-on-error", "a.tex", folder=folder)
    text = run("pdftotext", "-raw", "a.pdf", "-", folder=folder)
    urls = run("pdfinfo", "-url", "a.pdf", folder=folder).splitlines()[1:]
    return text, [line.split()[-1] for line in urls]


def run(*command: str, folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode(errors="replace")[-2000:]
    return done.stdout.decode(errors="replace")


def squeezed(text: str) -> str:
    """Leave out white space, bullets and backticks, which LuaTeX prints as accents of nothing."""
    return re.sub(r"[\s•`\u0300]", "", text)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("E & FN Spon: 50% of $5, C#, a_b", "E \\& FN Spon: 50\\% of \\$5, C\\#, a\\_b"),
        ("{a} \\ ^ ~", "\\{a\\} \\textbackslash{} \\textasciicircum{} \\textasciitilde{}"),
        ("‘a’ “b” – c’s £4bn", "‘a’ “b” – c’s £4bn"),
        ('it\'s "so"', "it\\textquotesingle{}s \\textquotedbl{}so\\textquotedbl{}"),
        ("``a''", "\\`{}\\`{}a\\textquotesingle{}\\textquotesingle{}"),
        ("2014-15 -- 2016---17", "2014-15 -\\/- 2016-\\/-\\/-17"),
        ("<<a>> | b,,", "\\textless{}\\/\\textless{}a\\textgreater{}\\/\\textgreater{} $|$ b,\\/,"),
        ("[Online] [1]", "{[}Online] [1]"),
        ("*a", "{*}a"),
        ("% northbib:end", "\\% northbib:end"),
    ],
)
def test_what_tex_would_take_for_commands_is_escaped(text: str, written: str) -> None:
    assert write_inline(entry(text)) == written


def test_styles() -> None:
    rich = "<i>a</i><b>b</b><sub>c</sub><sup>d</sup><sc>e</sc><i>f <i>g</i></i>"
    assert write_inline(parse_inline(rich)) == (
        "\\emph{a}\\textbf{b}\\textsubscript{c}\\textsuperscript{d}\\textsc{e}\\emph{f g}"
    )


@pytest.mark.parametrize(
    ("link", "written"),
    [
        (Link("https://a.b/c_d~e", entry("c_d")), "\\href{https://a.b/c_d~e}{c\\_d}"),
        (Link("https://a.b/%20?c&d#e", entry("c")), "\\href{https://a.b/\\%20?c\\&d\\#e}{c}"),
        (Link("https://a.b/{\\}", entry("c")), "\\href{https://a.b/\\%7B\\%5C\\%7D}{c}"),
        (Link("https://a.b/é", entry("c")), "\\href{https://a.b/\\%C3\\%A9}{c}"),
        (Link("javascript:alert(1)", entry("c")), "c"),
        (Link("https://a.b", (Link("https://a.c", entry("c")),)), "\\href{https://a.b}{c}"),
    ],
)
def test_links(link: Link, written: str) -> None:
    assert write_inline((link,)) == written


def test_blocks() -> None:
    items = (Item("a", entry("A")), Item("b", entry("[B]")), Item("c", ()))
    blocks: tuple[Block, ...] = (
        Heading(1, entry("C#")),
        Paragraph(entry("See also")),
        ItemList(items),
        ItemList(items[:1], ordered=True),
    )
    assert write_blocks(blocks) == (
        "\\section*{C\\#}\n\nSee also\n\n"
        "\\begin{itemize}\n  \\item A\n  \\item {[}B]\n  \\item\n\\end{itemize}\n\n"
        "\\begin{enumerate}\n  \\item A\n\\end{enumerate}\n"
    )


def test_every_level_has_its_heading() -> None:
    written = write_blocks(Heading(level, entry("A")) for level in range(1, 7))
    names = ["section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph"]
    assert written.split() == [f"\\{name}*{{A}}" for name in names]


def test_nothing_is_written_for_no_blocks() -> None:
    assert write_blocks(()) == ""
    assert write_blocks((Heading(1, ()), Paragraph(()), ItemList(()))) == ""
