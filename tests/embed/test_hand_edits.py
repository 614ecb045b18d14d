"""A section that somebody edited by hand is not overwritten, and formatters are left in peace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_library import small_library

from northbib.embed import refresh
from northbib.embed.sums import Sum, sum_of

if TYPE_CHECKING:
    from northbib.embed import Markup, Refreshed
    from northbib.library import Store

WORDS = "keys=lee2017cards,hatherley2010ruins style=apa"
OPEN: dict[Markup, str] = {
    "markdown": f"<!-- northbib:begin {WORDS} -->\n<!-- northbib:end -->\n",
    "html": f"<!-- northbib:begin {WORDS} -->\n<!-- northbib:end -->\n",
    "mdx": f"{{/* northbib:begin {WORDS} */}}\n\n{{/* northbib:end */}}\n",
    "rst": f".. northbib:begin {WORDS}\n.. northbib:end\n",
    "asciidoc": f"// northbib:begin {WORDS}\n// northbib:end\n",
    "latex": f"% northbib:begin {WORDS}\n% northbib:end\n",
    "typst": f"// northbib:begin {WORDS}\n// northbib:end\n",
    "org": f"# northbib:begin {WORDS}\n# northbib:end\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_library(tmp_path_factory.mktemp("library"))


def refreshed(
    text: str, library: Store, markup: Markup = "markdown", *, force: bool = False
) -> Refreshed:
    return refresh(text.encode(), "article", markup, library, force=force)


def written(library: Store, markup: Markup = "markdown") -> str:
    return refreshed(f"Text.\n\n{OPEN[markup]}", library, markup).data.decode()


@pytest.mark.parametrize("markup", OPEN)
def test_a_section_has_its_sum_in_a_comment_of_its_markup(library: Store, markup: Markup) -> None:
    text = written(library, markup)
    (line,) = [line for line in text.splitlines() if "northbib:sum" in line]
    begin = next(line for line in text.splitlines() if "northbib:begin" in line)
    assert line.split("northbib:")[0] == begin.split("northbib:")[0]
    assert refreshed(text, library, markup).data.decode() == text


@pytest.mark.parametrize("markup", OPEN)
def test_an_edited_section_stays_and_is_told_of(library: Store, markup: Markup) -> None:
    text = written(library, markup).replace("New Ruins", "Old Ruins")
    found = refreshed(text, library, markup)
    assert found.data.decode() == text
    assert [section.edited for section in found.sections] == [True]
    (finding,) = found.findings
    assert (finding.code, finding.severity, finding.line) == ("edited-section", "error", 3)
    forced = refreshed(text, library, markup, force=True)
    assert forced.data.decode() == written(library, markup)


def test_an_edited_section_stays_although_it_is_to_list_something_else(library: Store) -> None:
    text = written(library).replace("New Ruins", "Old Ruins").replace("lee2017cards,", "")
    found = refreshed(text, library)
    assert found.data.decode() == text
    assert found.sections[0].edited


def test_the_other_sections_of_the_article_are_written(library: Store) -> None:
    edited = written(library).replace("New Ruins", "Old Ruins")
    found = refreshed(f"{edited}\n{OPEN['markdown']}", library)
    assert [(each.edited, each.changed) for each in found.sections] == [
        (True, False),
        (False, True),
    ]
    assert b"Old Ruins" in found.data
    assert b"New Ruins" in found.data


def test_text_after_the_sum_is_an_edit_too(library: Store) -> None:
    text = written(library).replace("<!-- northbib:end", "A note.\n\n<!-- northbib:end")
    assert refreshed(text, library).sections[0].edited


def test_a_section_without_a_sum_is_written(library: Store) -> None:
    lines = written(library).replace("New Ruins", "Old Ruins").splitlines(keepends=True)
    text = "".join(line for line in lines if "northbib:sum" not in line)
    assert refreshed(text, library).data.decode() == written(library)


@pytest.mark.parametrize("word", ["", "xyz", "0123456789abcdef", "0123 456"])
def test_a_sum_that_was_meddled_with_counts_as_an_edit(library: Store, word: str) -> None:
    text = written(library)
    start = text.index("northbib:sum ") + len("northbib:sum ")
    meddled = f"{text[:start]}{word}{text[start + 16 :]}".replace("New Ruins", "Old Ruins")
    assert refreshed(meddled, library).sections[0].edited


def test_what_was_edited_to_what_would_be_written_is_written(library: Store) -> None:
    old = written(library)
    wanted = old.replace("lee2017cards,", "")
    new = refreshed(wanted, library).data.decode()
    by_hand = new.replace(new[new.index("northbib:sum") :], old[old.index("northbib:sum") :])
    found = refreshed(by_hand, library)
    assert (found.data.decode(), found.sections[0].edited) == (new, False)


LAYOUTS = {
    "bullets": ("- ", "* "),
    "emphasis": ("*", "_"),
    "wider": ("- ", "-   "),
    "blank lines": ("\n- ", "\n\n- "),
    "spaces at ends": (".\n", ".  \n"),
    "reflowed": (" of the ", "\n  of the "),
    "ignored": (" -->\n\n-", " -->\n\n<!-- prettier-ignore-start -->\n-"),
    "escapes": ("(2017)", "\\(2017)"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_a_formatter_makes_of_a_section_is_left_alone(library: Store, name: str) -> None:
    old, new = LAYOUTS[name]
    text = written(library)
    begin, end = text.index("style=apa"), text.index("<!-- northbib:sum")
    laid_out = text[:begin] + text[begin:end].replace(old, new) + text[end:]
    if name != "reflowed":
        assert laid_out != text
    found = refreshed(laid_out, library)
    assert (found.data.decode(), found.sections[0].edited) == (laid_out, False)


def test_numbers_of_a_list_may_be_counted_anew(library: Store) -> None:
    text = written(library).replace("style=apa", "style=apa ordered=yes")
    text = refreshed(text, library).data.decode()
    assert "\n2. Hatherley" in text
    found = refreshed(text.replace("\n2. ", "\n1. "), library)
    assert not found.sections[0].changed
    assert not found.sections[0].edited


def test_what_a_formatter_laid_out_is_written_once_it_is_out_of_date(library: Store) -> None:
    laid_out = written(library).replace("\n- ", "\n\n*   ").replace("lee2017cards,", "")
    found = refreshed(laid_out, library)
    assert found.sections[0].changed
    assert b"Powerhouse of cards" not in found.data
    assert b"\n- Hatherley" in found.data


def test_a_title_that_changes_by_a_space_only_is_written(
    library: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("other")
    other = small_library(folder)
    text = written(library)
    source = (folder / "north.bib").read_text("utf-8")
    (folder / "north.bib").write_text(source.replace("New Ruins", "NewRuins"), "utf-8")
    assert b"NewRuins" in refreshed(text, other).data


def test_a_section_that_moves_into_a_list_is_indented_with_its_markers(library: Store) -> None:
    text = written(library)
    moved = "- item\n\n" + "".join(
        f"  {line}" if "northbib:begin" in line or "northbib:end" in line else line
        for line in text[len("Text.\n\n") :].splitlines(keepends=True)
    )
    again = refreshed(moved, library).data.decode()
    assert "\n  - Hatherley" in again or "\n- Hatherley" not in again


@given(st.text(), st.sampled_from(sorted(OPEN)))
def test_a_sum_can_be_read_back(text: str, markup: Markup) -> None:
    assert Sum.read(str(sum_of(text, markup))) == sum_of(text, markup)


@given(st.text(alphabet=st.sampled_from("ab *_-\n\t>\\")), st.text("ab", min_size=1))
def test_other_words_have_another_sum(text: str, words: str) -> None:
    one, other = sum_of(text, "markdown"), sum_of(text + words, "markdown")
    assert one.content != other.content
    assert one.exact != other.exact
