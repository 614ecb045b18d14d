"""Markers are put into articles, and sections are taken out."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from docutils.core import publish_doctree
from hypothesis import given
from hypothesis import strategies as st
from small_library import small_library

from northbib.embed import refresh
from northbib.embed.article import Article
from northbib.embed.markers import sections
from northbib.embed.placing import quoted, with_section, without_sections
from northbib.errors import ArticleError, ConflictError

if TYPE_CHECKING:
    from northbib.embed import Markup
    from northbib.library import Store

WORDS = "topic:x style=apa"
MARKUPS: tuple[Markup, ...] = (
    "markdown", "mdx", "html", "rst", "asciidoc", "latex", "typst", "org",
)  # fmt: skip


def put(text: str, markup: Markup = "markdown", words: str = WORDS) -> str:
    return with_section(Article.read(text.encode(), "a", markup), words)[0].decode()


def taken(text: str, markup: Markup = "markdown", *, keep_text: bool = False) -> str:
    article = Article.read(text.encode(), "a", markup)
    return without_sections(article, keep_text=keep_text)[0].decode()


def test_markers_go_to_the_end_under_a_heading() -> None:
    assert put("# Title\n\nText.\n") == (
        "# Title\n\nText.\n\n## Further Reading\n\n"
        "<!-- northbib:begin topic:x style=apa -->\n<!-- northbib:end -->\n"
    )


def test_the_line_of_the_section_is_given() -> None:
    _, line = with_section(Article.read(b"# Title\r\n\r\nText.\r\n", "a", "markdown"), WORDS)
    assert line == 7


@pytest.mark.parametrize("title", ["## Further Reading", "# REFERENCES #", "Bibliography\n---"])
def test_markers_go_under_the_heading_that_is_there(title: str) -> None:
    text = f"# Title\n\n{title}\n\nA book.\n\n## End\n"
    if "---" in title:
        assert put(text).index("## Further Reading") > text.index("## End")
        return
    assert put(text) == (
        f"# Title\n\n{title}\n\n"
        "<!-- northbib:begin topic:x style=apa -->\n<!-- northbib:end -->\n"
        "\nA book.\n\n## End\n"
    )


def test_further_reading_is_preferred_to_references() -> None:
    text = put("## References\n\nA.\n\n## Further Reading\n\nB.\n")
    assert text.index("## Further Reading") < text.index("northbib:begin") < text.index("B.")


def test_a_heading_in_code_is_passed_over() -> None:
    text = "```\n## References\n```\n"
    assert put(text) == (
        f"{text}\n## Further Reading\n\n"
        "<!-- northbib:begin topic:x style=apa -->\n<!-- northbib:end -->\n"
    )


def test_where_code_is_not_closed_there_is_no_place() -> None:
    with pytest.raises(ArticleError, match="there is no place for a section"):
        put("```\ncode\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "## Further Reading\n\n{}\n{}\n"),
        ("x", "x\n\n## Further Reading\n\n{}\n{}"),
        ("x\r\n", "x\r\n\r\n## Further Reading\r\n\r\n{}\r\n{}\r\n"),
        ("x\n\n", "x\n\n## Further Reading\n\n{}\n{}\n"),
        ("## References", "## References\n\n{}\n{}"),
    ],
)
def test_line_ends_and_the_end_of_the_file_stay_as_they_are(text: str, expected: str) -> None:
    markers = "<!-- northbib:begin topic:x style=apa -->", "<!-- northbib:end -->"
    assert put(text) == expected.format(*markers)


@pytest.mark.parametrize("markup", MARKUPS)
@pytest.mark.parametrize("text", ["", "Text.\n", "Text."])
def test_each_markup_has_its_heading_and_its_comments(markup: Markup, text: str) -> None:
    found, _, faults = sections(Article.read(put(text, markup).encode(), "a", markup))
    assert (len(found), faults) == (1, [])
    with pytest.raises(ConflictError, match="has this section already"):
        put(put(text, markup), markup)


HEADINGS: dict[Markup, str] = {
    "html": "<h2>References</h2>",
    "rst": "References\n==========",
    "asciidoc": "== References",
    "latex": "\\section*{References}",
    "typst": "= References",
    "org": "* References",
}


@pytest.mark.parametrize("markup", HEADINGS)
def test_each_markup_knows_its_headings(markup: Markup) -> None:
    text = put(f"{HEADINGS[markup]}\n\nA book.\n", markup)
    assert "Further Reading" not in text
    assert text.index("References") < text.index("northbib:begin") < text.index("A book")


def test_an_html_page_gets_its_section_inside_of_its_body() -> None:
    text = "<html><body><main>\n<p>x</p>\n</main>\n<footer></footer></body></html>\n"
    found = put(text, "html")
    assert found.index("<p>x") < found.index("<h2>Further Reading</h2>") < found.index("</main>")


def test_a_latex_document_gets_its_section_before_its_end() -> None:
    text = "\\begin{document}\nx\n\\end{document}\n"
    assert put(text, "latex").endswith("% northbib:end\n\\end{document}\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Text.\n",
        "Title\n=====\n\nText.\n",
        "Title\n=====\n\nOne\n---\n\nText.\n",
        "Title\n=====\n\nOne\n---\n\nSub\n~~~\n\nText.\n\nTwo\n---\n\nText.\n",
        "One\n~~~\n\nText.\n\nTwo\n~~~\n\nText.\n",
    ],
)
def test_a_restructuredtext_heading_fits_those_that_are_there(text: str) -> None:
    publish_doctree(put(text, "rst"), settings_overrides={"report_level": 2, "halt_level": 2})


def test_words_with_spaces_are_quoted() -> None:
    assert quoted(["author:Neil Lee", "northern powerhouse", "style=apa", '"a b"']) == (
        'author:"Neil Lee" "northern powerhouse" style=apa "a b"'
    )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_library(tmp_path_factory.mktemp("library"))


@pytest.mark.parametrize("markup", MARKUPS)
def test_what_was_put_in_can_be_taken_out(library: Store, markup: Markup) -> None:
    text = put("Text.\n", markup, "keys=lee2017cards style=apa")
    written = refresh(text.encode(), "a", markup, library).data.decode()
    assert "Powerhouse" in written
    assert "northbib" not in taken(written, markup)
    assert "Powerhouse" not in taken(written, markup)
    kept = taken(written, markup, keep_text=True)
    assert "northbib:" not in kept
    assert "Powerhouse" in kept


def test_whole_lines_go_and_one_blank_line_of_two() -> None:
    pair = "<!-- northbib:begin q -->\n\n- x\n\n<!-- northbib:end -->\n"
    assert taken(f"one\n\n{pair}\ntwo\n") == "one\n\ntwo\n"
    assert taken(f"one\n{pair}two\n") == "one\ntwo\n"
    assert taken(f"one\n\n{pair}") == "one\n"
    assert taken(f"one\n\n{pair}\ntwo\n", keep_text=True) == "one\n\n- x\n\ntwo\n"
    assert taken(f"- a\n\n  {pair}".replace("\n\n- x", "\n\n  - x")) == "- a\n"


def test_several_sections_are_taken_out_at_once() -> None:
    pair = "<!-- northbib:begin q -->\n<!-- northbib:end -->"
    assert taken(f"{pair}\none\n{pair}\n\ntwo\n\n{pair}") == "one\n\ntwo\n"


def test_faulty_markers_are_told_and_nothing_is_taken_out() -> None:
    with pytest.raises(ArticleError):
        taken("<!-- northbib:begin q -->\n")


def test_latex_still_runs_with_a_section_put_in(
    library: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if shutil.which("pdflatex") is None:
        pytest.skip("pdflatex is not installed")
    folder = tmp_path_factory.mktemp("latex")
    text = (
        "\\documentclass{article}\n\\usepackage{hyperref}\n\\begin{document}\nx\n\\end{document}\n"
    )
    text = put(text, "latex", "keys=hatherley2010ruins style=apa")
    (folder / "a.tex").write_bytes(refresh(text.encode(), "a.tex", "latex", library).data)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


LINES = st.lists(
    st.sampled_from(
        [
            "",
            "text",
            "# h",
            "## References",
            "```",
            "> q",
            "- x",
            "    c",
            "<div>",
            "</div>",
            "---",
            "\t",
        ]
    ),
    max_size=6,
)


@given(LINES, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_is_there_stays(lines: list[str], eol: str, ended: bool) -> None:
    text = eol.join(lines) + (eol if ended else "")
    try:
        found = put(text)
    except ArticleError:
        return
    article = Article.read(found.encode(), "a", "markdown")
    ((section,), _, _) = sections(article)
    outside = found[: section.begin.comment.start] + found[section.end.comment.end :]
    left = outside.replace("## Further Reading", "").split()
    assert left == text.split()
