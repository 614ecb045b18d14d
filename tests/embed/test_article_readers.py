"""A table of judges: entries × markups, in real articles, read by programs of other hands.

Each article has its sections where people put them: in the text, in an item of a list, in a quote
or a block. What is written must parse without a warning, and must be read back as the same text.
"""

from __future__ import annotations

import functools
import string
from typing import TYPE_CHECKING

import article_readers as readers
import pytest
from lxml import html

from northbib.bibtex.writing import entry_source
from northbib.embed import refresh
from northbib.library import Store
from northbib.lists import ListSpec, reading_list
from northbib.markup.tree import ItemList, text_of
from northbib.markup.visible import one_line
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from northbib.embed import Markup

HOSTILE = [
    string.punctuation,
    *(f"a{sign}b {sign}c{sign} {sign * 2}d{sign * 2} {sign}" for sign in string.punctuation),
    "“He said ‘it’s “so”’”", "\"one 'two \"three\"'\"", "[[link]] [a](b) [1]: c [^1] [@lee] [x]",
    "<b>bold</b> <!-- northbib:end --> --> {/* */} {% raw %} {{ x }} ${x}", "| a | b |", "*a* _b_",
    "`a` ``b`` ```c", "a -- b --- c ... d", "a: b:: c::: ;; d", "- item", "# heading", "+ item",
    "1. one", "12) twelve", "> quote", "= title", ". block", ":field: value", ".. directive::",
    "// comment", "% comment", "# comment", "\\item \\\\ \\alpha \\end{itemize}", "<<a,b>> <a@b.c>",
    "TODO a :tag:", "https://example.org/a_b_c www.example.org", "NOTE: a", "include::a[]",
    "a_ b__",
    "|sub| `role`:x: :role:`x`", "#let x = 1", "$a$ $$b$$ \\(c\\)",
    "^a^ ~b~ H~2~O x^2^", "a&b &amp; &#42;", ":smile: :x:", "$5 and $6",
    "Новости Севера", "北方の力", "أخبار الشمال (2014)", "חדשות הצפון",
    "👩‍💻 Emoji 😀 title", "e\u0301 ﬁ ß İ",
]  # fmt: skip
LATIN = frozenset(string.printable) | frozenset("‘’“”–—…£€ßéèüöäÉçñ")
PLACES = {
    "markdown": """\
# An article

Text before it.

{section}

> A quote.
>
{quoted}

- own item

{nested}
""",
    "html": """\
<!DOCTYPE html>
<html lang="en"><head><title>An article</title></head><body><p>Text before it.</p>
{section}
<ul><li>own item
{nested}
</li></ul></body></html>
""",
    "rst": """\
An article
==========

Text before it::

  code

{section}

After it.

.. note::

{noted}

- own item

{nested}
""",
    "asciidoc": """\
= An article

== A section

Text before it.

{section}

After it.

* own item
+
--
{section}
--

[NOTE]
====
{section}
====
""",
    "latex": """\
\\documentclass{{article}}
\\usepackage[T1]{{fontenc}}
\\usepackage{{textcomp}}
\\usepackage{{hyperref}}
\\begin{{document}}
\\section{{An article}}
Text before it.
{section}
After it.
\\begin{{itemize}}
  \\item own item
{nested}
\\end{{itemize}}
\\end{{document}}
""",
    "typst": """\
= An article

Text before it.
{section}
After it.

- own item

{nested}

#block[
{nested}
]
""",
    "org": """\
#+title: An article

* A section

Text before it.
{section}

After it.

- own item

{nested}

- own item
""",
}
PLACES["mdx"] = PLACES["markdown"]
FLAT = """\
= An article

== A section

Text before it.

{section}

After it.
"""
SIGNS = {
    "markdown": ("<!-- ", " -->"),
    "mdx": ("{/* ", " */}"),
    "html": ("<!-- ", " -->"),
    "rst": (".. ", ""),
    "asciidoc": ("// ", ""),
    "latex": ("% ", ""),
    "typst": ("// ", ""),
    "org": ("# ", ""),
}
FLAT_LATEX = """\
\\documentclass{{article}}
\\usepackage[T1]{{fontenc}}
\\usepackage{{textcomp}}
\\usepackage{{hyperref}}
\\begin{{document}}
Text with a citation \\cite{{KEY}}.
{section}
\\end{{document}}
"""
Judge = tuple[str, "Markup", "Callable[[str], list[str]]"]


def _pandoc(reader: str) -> Callable[[str], list[str]]:
    return lambda source: readers.pandoc(source, reader)


JUDGES: list[Judge] = [
    ("pandoc-markdown", "markdown", _pandoc("markdown-smart")),
    ("pandoc-gfm", "markdown", _pandoc("gfm")),
    ("pandoc-commonmark", "markdown", _pandoc("commonmark_x-smart")),
    ("pandoc-html", "html", _pandoc("html")),
    ("html5lib", "html", readers.html5lib),
    ("pandoc-rst", "rst", _pandoc("rst")),
    ("docutils", "rst", readers.docutils),
    ("pandoc-asciidoc", "asciidoc", _pandoc("asciidoc")),
    ("asciidoctor", "asciidoc", readers.asciidoctor),
    ("pandoc-latex", "latex", _pandoc("latex")),
    ("pandoc-typst", "typst", _pandoc("typst")),
    ("typst", "typst", readers.typst),
    ("pandoc-org", "org", _pandoc("org")),
]


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, Store]:
    folder = tmp_path_factory.mktemp("hostile")
    records = [
        Record(f"k{number}", "book", {"title": text}) for number, text in enumerate(HOSTILE, 1)
    ]
    source = "\n".join(entry_source(record) for record in records)
    (folder / "hostile.bib").write_text(source, encoding="utf-8")
    return {"real": Store(root / "bibliographies"), "hostile": Store(folder)}


@functools.cache
def written(markup: Markup, template: str, words: str, library: Store) -> str:
    """Write an article of a markup with a section in each of its places; it stays so."""
    opening, closing = SIGNS[markup]
    markers = [f"{opening}northbib:begin {words}{closing}", f"{opening}northbib:end{closing}"]
    text = template.format(
        section="\n".join(markers),
        nested="\n".join(f"  {line}" for line in markers),
        noted="\n".join(f"   {line}" for line in markers),
        quoted="\n".join(f"> {line}" for line in markers),
        four="\n".join(f"    {line}" for line in markers),
    )
    once = refresh(text.encode(), "article", markup, library)
    assert len(once.sections) == text.count("northbib:begin")
    again = refresh(once.data, "article", markup, library)
    assert again.data == once.data
    return once.data.decode()


@functools.cache
def expected(library: Store, query: str, spec: ListSpec) -> list[str]:
    found = reading_list([stored.record for stored in library.find(query)], spec)
    return [words(text) for text in texts_of(found.blocks)]


def texts_of(blocks: tuple[object, ...]) -> list[str]:
    items = [item for block in blocks if isinstance(block, ItemList) for item in block.items]
    return [one_line(text_of(item.content)) for item in items]


def words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def check(judge: Judge, library: Store, query: str) -> None:
    name, markup, read = judge
    # pandoc reads AsciiDoc in part only: no open block in a list.
    template = FLAT if name == "pandoc-asciidoc" else PLACES[markup]
    source = written(markup, template, f"{query} style=apa", library)
    found = [text for text in map(words, read(source)) if text != "own item"]
    one = expected(library, query, ListSpec(style="apa"))
    assert found == one * source.count("northbib:begin")


TABLE = [
    pytest.param(judge, entries, id=f"{judge[0]}-{entries}")
    for judge in JUDGES
    for entries in ("real", "hostile")
    # Of AsciiDoc in formatted text pandoc reads less than Asciidoctor.
    if (judge[0], entries) != ("pandoc-asciidoc", "hostile")
]


@pytest.mark.parametrize(("judge", "entries"), TABLE)
def test_what_is_written_is_read_back(
    judge: Judge, entries: str, libraries: dict[str, Store]
) -> None:
    check(judge, libraries[entries], "type:book" if entries == "hostile" else "year:2000-2030")


@pytest.mark.parametrize("entries", ["real", "hostile"])
def test_mdx_reads_back_what_is_written(
    entries: str, libraries: dict[str, Store], tmp_path: Path
) -> None:
    judge: Judge = ("mdx", "mdx", lambda source: readers.mdx(source, tmp_path))
    check(judge, libraries[entries], "type:book" if entries == "hostile" else "year:2000-2030")


@pytest.mark.parametrize("form", ["", "description", "thebibliography"])
@pytest.mark.parametrize("entries", ["real", "hostile"])
def test_tex_sets_what_is_written(
    entries: str, form: str, libraries: dict[str, Store], tmp_path: Path
) -> None:
    library = libraries[entries]
    records = [stored.record for stored in library.all()]
    keys = [record.key for record in records if LATIN.issuperset(str(record.values["title"]))]
    words = f"keys={','.join(keys)} style=apa" + (f" as={form}" if form else "")
    template = PLACES["latex"]
    if form == "thebibliography":
        template = FLAT_LATEX.replace("KEY", keys[0])
    source = written("latex", template, words, library)
    readers.pdflatex(source, tmp_path)
    assert source.count(f"\\begin{{{form or 'itemize'}}}") >= source.count("northbib:begin")


def test_a_list_in_an_admonition_of_mkdocs_stays_inside(libraries: dict[str, Store]) -> None:
    markdown = pytest.importorskip("markdown", reason="Python-Markdown is not installed")
    template = "!!! note\n\n    Text.\n\n{four}\nAfter it.\n"
    source = written("markdown", template, "style=apa year:2000-2030", libraries["real"])
    page = html.fragment_fromstring(
        markdown.markdown(source, extensions=["admonition"]), create_parent=True
    )
    found = [words(item.text_content()) for item in page.iterfind("div/ul/li")]
    assert found == expected(libraries["real"], "year:2000-2030", ListSpec(style="apa"))
    assert page[-1].text_content() == "After it."


def test_a_list_in_an_admonition_of_myst_stays_inside(libraries: dict[str, Store]) -> None:
    core = pytest.importorskip("docutils.core", reason="docutils is not installed")
    nodes = pytest.importorskip("docutils.nodes")
    parser = pytest.importorskip("myst_parser.docutils_", reason="myst-parser is not installed")
    template = "# An article\n\n```{{note}}\n{section}\n```\n\nAfter it.\n"
    source = written("markdown", template, "style=apa year:2000-2030", libraries["real"])
    strict = {"report_level": 1, "halt_level": 1, "_disable_config": True}
    page = core.publish_doctree(source, parser=parser.Parser(), settings_overrides=strict)
    (note,) = page.findall(nodes.note)
    found = [words(item.astext()) for item in note.findall(nodes.list_item)]
    assert found == expected(libraries["real"], "year:2000-2030", ListSpec(style="apa"))
