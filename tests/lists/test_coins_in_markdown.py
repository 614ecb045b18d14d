"""COinS in Markdown: every program that makes pages of it leaves them whole and unseen."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import lxml.html
import pytest
from markdown_it import MarkdownIt

from northbib.exchange import read
from northbib.lists import list_spec, reading_list
from northbib.markup import writer
from northbib.records import Name, Record
from northbib.records.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable

HARD = Record(
    "hard",
    "book",
    {
        "title": "A_b_c *d* ~~e~~ [f](g) `h` $i$ \"j\" & <k> 'l' {m} @n :o: ^p^ \\q | 北方の力",
        "author": (Name(family="L_e_e", given="N*"),),
    },
)


def commonmark(source: str) -> str:
    return str(MarkdownIt("commonmark").render(source))


def python_markdown(source: str) -> str:
    markdown = pytest.importorskip("markdown", reason="Python-Markdown is not installed")
    return str(markdown.markdown(source, extensions=["extra", "smarty", "toc", "sane_lists"]))


def myst(source: str) -> str:
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    parser = pytest.importorskip("myst_parser.docutils_", reason="myst-parser is not installed")
    settings = {"_disable_config": True, "report_level": 1, "halt_level": 1}
    page = core.publish_string(
        source, parser=parser.Parser(), writer="html5", settings_overrides=settings
    )
    return str(page.decode())


def pandoc(reader: str) -> Callable[[str], str]:
    def made(source: str) -> str:
        pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
        command = [pypandoc.get_pandoc_path(), "--from", reader, "--to", "html"]
        done = subprocess.run(command, input=source.encode(), capture_output=True, check=True)
        return done.stdout.decode()

    return made


@pytest.mark.parametrize(
    "made",
    [commonmark, python_markdown, myst, pandoc("markdown"), pandoc("gfm"), pandoc("commonmark_x")],
    ids=["commonmark", "python-markdown", "myst", "pandoc", "pandoc-gfm", "pandoc-commonmark"],
)
def test_pages_carry_them_whole_and_show_nothing_of_them(made: Callable[[str], str]) -> None:
    spec = list_spec({"style": "apa", "coins": "yes"})
    source = writer("markdown").write_blocks(reading_list([HARD], spec).blocks)
    page = made(source)
    (found,) = read(page.encode(), "page.html", "coins").records
    assert plain(found.text("title")) == plain(HARD.text("title"))
    assert found.names("author") == HARD.names("author")
    shown = "".join(map(str, lxml.html.document_fromstring(page).itertext()))
    assert "rft" not in shown
    assert "Z3988" not in shown


def test_none_are_there_if_nobody_asks() -> None:
    blocks = reading_list([HARD], list_spec({"style": "apa"})).blocks
    assert "Z3988" not in writer("markdown").write_blocks(blocks)


def test_mdx_has_its_own_name_for_a_class() -> None:
    blocks = reading_list([HARD], list_spec({"style": "apa", "coins": "yes"})).blocks
    assert '<span className="Z3988" title="' in writer("mdx").write_blocks(blocks)
