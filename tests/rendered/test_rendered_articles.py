"""An article with citations becomes one in which a style has set them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from positions_style import POSITIONS

from northbib.embed.citations import clusters
from northbib.embed.rendered import Options, render_article
from northbib.errors import NotFoundError, UsageError
from northbib.library import Store

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def library() -> Store:
    return Store(ROOT / "bibliographies")


@pytest.fixture(scope="module")
def positions(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("styles") / "positions.csl"
    path.write_text(POSITIONS, encoding="utf-8")
    return str(path)


def rendered(
    library: Store,
    text: str,
    markup: Markup = "markdown",
    *,
    style: str | None = "apa",
    to: str | None = None,
    fragment: bool = False,
    keep_unknown: bool = False,
) -> str:
    options = Options(style=style, to=to, fragment=fragment, keep_unknown=keep_unknown)
    return render_article(text.encode(), "article", markup, library, options).data.decode()


def unlinked(markdown: str) -> str:
    """Give Markdown without anchors, and with the texts of links into the article alone."""
    without = re.sub(r"<a id=[^>]*></a>", "", markdown)
    return re.sub(r"\[((?:\\.|[^\[\]\\])*)\]\(#[^)]*\)", r"\1", without)


def body(library: Store, text: str, style: str = "apa") -> str:
    """Give what becomes of an article, without the list of its works."""
    front = "---\nsuppress-bibliography: true\n---\n"
    return unlinked(rendered(library, front + text, style=style)).removeprefix(front)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[@lee2017cards]", "(Lee, 2017)"),
        ("@lee2017cards says", "Lee (2017) says"),
        ("@lee2017cards [p. 480] says", "Lee (2017, p. 480) says"),
        ("Lee [-@lee2017cards]", "Lee (2017)"),
        ("[see @lee2017cards, pp. 480-481 and passim]", "(see Lee, 2017, pp. 480–481 and passim)"),
        ("[see *also* @lee2017cards, `p` 3]", "(see *also* Lee, 2017, `p` 3)"),
        ("[see [a](http://x.org/_b_) @lee2017cards]", "(see [a](http://x.org/_b_) Lee, 2017)"),
        (
            '["so" @lee2017cards, "x" & <b>y</b> \\* $z$]',
            '("so" Lee, 2017, "x" & <b>y</b> \\* $z$)',
        ),
        ("[@lee2017cards; @hatherley2010ruins]", "(Hatherley, 2010; Lee, 2017)"),
        ("[@ayres2018territory]", "(Ayres et al., 2018)"),
        (
            "[@berry2018intro] [@berry2018developing]",
            "(Berry & Giovannini, 2018b) (Berry & Giovannini, 2018a)",
        ),
    ],
)
def test_citations_are_set_by_the_style(library: Store, source: str, expected: str) -> None:
    assert body(library, f"{source}.\n") == f"{expected}.\n"


def test_a_section_of_what_is_not_cited_is_no_place_for_the_list(library: Store) -> None:
    section = "<!-- northbib:begin topic:transport cited=no -->\n\n- x\n\n<!-- northbib:end -->\n"
    text = rendered(library, f"[@lee2017cards]\n\n{section}")
    assert section in text
    assert text.endswith(")\n")
    assert text.index("Lee, N. (2017)") > text.index("northbib:end")


def test_a_list_keeps_the_indentation_of_its_section(library: Store) -> None:
    section = "> - x\r\n>\r\n>   <!-- northbib:begin cited=yes -->\r\n>   <!-- northbib:end -->\r\n"
    text = rendered(library, f"[@lee2017cards]\r\n\r\n{section}")
    lines = text.split("\r\n")
    start = lines.index(">   <!-- northbib:begin cited=yes -->")
    assert lines[start + 2].startswith(">   - ")
    assert lines[start + 4 :] == [">   <!-- northbib:end -->", ""]


@pytest.mark.parametrize(
    ("markup", "place", "left"),
    [
        ("latex", "\\cite{lee2017cards}\n\n\\printbibliography\n", ""),
        ("typst", '@lee2017cards\n\n#bibliography("a.bib")\n', ""),
        ("org", "[cite:@lee2017cards]\n\n#+print_bibliography:\n", ""),
        ("rst", ":cite:p:`lee2017cards`\n\n.. bibliography:: a.bib\n   :all:\n", ""),
        (
            "markdown",
            "@lee2017cards\n\n> <!-- northbib:begin cited=yes -->\n> X\n> <!-- northbib:end -->\n",
            "> <!-- northbib:begin cited=yes -->\n> <!-- northbib:end -->\n",
        ),
    ],
)
def test_the_place_of_the_list_is_empty_where_the_style_has_none(
    library: Store, markup: Markup, place: str, left: str
) -> None:
    text = rendered(library, place, markup, style="chicago-notes")
    assert "Powerhouse of Cards" in text
    assert not re.search("bibliography|> X", text)
    assert left in text


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Word [@lee2017cards].", "Word.[^1]"),
        ("Word [@lee2017cards], and", "Word,[^1] and"),
        ('"Word" [@lee2017cards].', '"Word."[^1]'),
        ('"Word [@lee2017cards]."', '"Word.[^1]"'),
        ("(Word [@lee2017cards]).", "(Word).[^1]"),
        ("*Word [@lee2017cards].*", "*Word.[^1]*"),
        ("Word [@lee2017cards] and", "Word[^1] and"),
        ("Word\n[@lee2017cards]. More", "Word.[^1] More"),
        ("[@lee2017cards] begins.", "[^1] begins."),
        ("- [@lee2017cards] begins.", "- [^1] begins."),
        ("Two [@lee2017cards] [@hatherley2010ruins].", "Two.[^1][^2]"),
        ("As @lee2017cards says.", "As Neil Lee[^1] says."),
        ("By @lee2017cards [p. 480].", "By Neil Lee.[^1]"),
        ("# Head\n[@lee2017cards] begins.", "# Head\n[^1] begins."),
        ("> 1. [@lee2017cards] begins.", "> 1. [^1] begins."),
    ],
)
def test_numbers_of_notes_stand_after_punctuation(
    library: Store, source: str, expected: str
) -> None:
    text = body(library, f"{source}\n", "chicago-notes")
    assert text.partition("\n\n[^1]:")[0] == expected


def test_numbers_of_notes_stand_before_the_stop_in_french_or_if_the_article_says_so(
    library: Store,
) -> None:
    for line in ("lang: fr-FR", "notes-after-punctuation: false"):
        text = rendered(library, f"---\n{line}\n---\nMot [@lee2017cards].\n", style="chicago-notes")
        assert "\nMot[^1].\n" in text


def test_positions_are_those_of_reading_with_the_notes_of_the_author(
    library: Store, positions: str
) -> None:
    source = (
        "A [@lee2017cards]. B [@lee2017cards]. C [@lee2017cards, 480]. Own.[^x] D [@lee2017cards]."
        " E [@hatherley2010ruins]. F.^[Inline.] G.^[More.] H [@lee2017cards].\n"
        "\n[^x]: See [@hatherley2010ruins, 5].\n"
    )
    text = unlinked(rendered(library, source, style=positions))
    notes = dict(re.findall(r"^\[\^(\w+)\]: (.*)$", text, re.MULTILINE))
    assert notes == {
        "1": "Lee, Powerhouse of cards? Understanding the ‘Northern Powerhouse.’",
        "2": "Same.",
        "3": "Ibid, p. 480.",
        "x": "See (Hatherley, A Guide to the New Ruins of Great Britain, p. 5).",
        "4": "Near.",
        "5": "Near.",
        "6": "Again, note 1.",
    }
    assert "A.[^1] B.[^2] C.[^3] Own.[^x] D.[^4] E.[^5] F.^[Inline.] G.^[More.] H.[^6]\n" in text


def test_labels_of_notes_are_new(library: Store) -> None:
    text = body(library, "A[^1] b [@lee2017cards].\n\n[^1]: Own.\n", "chicago-notes")
    assert "A[^1] b.[^2]\n" in text
    assert "\n[^2]: Neil Lee" in text


def test_superscript_numbers_touch_the_word_before(library: Store) -> None:
    text = unlinked(rendered(library, "Word [@lee2017cards].\n", style="nature"))
    assert text.startswith("Word<sup>1</sup>.\n")


def test_narrative_citations_name_the_author_in_styles_of_numbers(library: Store) -> None:
    assert (
        body(library, "As @ayres2018territory says.\n", "ieee") == "As Ayres et al. \\[1\\] says.\n"
    )


def test_citations_and_entries_lead_to_each_other(library: Store) -> None:
    text = rendered(library, "A [@lee2017cards] b @lee2017cards.\n")
    assert '(<a id="cite-lee2017cards-1"></a>[Lee, 2017](#ref-lee2017cards))' in text
    assert '<a id="ref-lee2017cards"></a>Lee, N. (2017)' in text
    assert "[↩1](#cite-lee2017cards-1) [↩2](#cite-lee2017cards-2)" in text


def test_the_front_matter_sets_what_the_options_do_not(library: Store) -> None:
    front = (
        "---\ncsl: ieee.csl\nlang: de\nlink-citations: false\nnocite: '@hatherley2010ruins'\n"
        "reference-section-title: Quellen\n---\n"
    )
    text = rendered(library, f"{front}As [@lee2017cards].\n", style=None)
    assert text.startswith(f"{front}As \\[1\\].\n\n# Quellen\n\n- \\[1\\] N. Lee")
    assert "\n- \\[2\\] O. Hatherley" in text
    assert "As (Lee, 2017).\n" in rendered(library, f"{front}As [@lee2017cards].\n", style="apa")


@pytest.mark.parametrize(
    "source",
    [
        "# References\n\n::: {#refs}\n:::\n\nAfter.\n",
        '<div id="refs">\n</div>\n\nAfter.\n',
        "```{bibliography}\n:filter: cited\n```\n\nAfter.\n",
        "<!-- northbib:begin cited=yes -->\n<!-- northbib:end -->\n\nAfter.\n",
    ],
)
def test_the_list_stands_where_the_article_asks_for_it(library: Store, source: str) -> None:
    text = rendered(library, f"[@lee2017cards]\n\n{source}")
    before, _, after = text.partition("Lee, N. (2017)")
    assert "After." in after
    assert "After." not in before
    assert "{bibliography}" not in text


def test_each_section_that_asks_for_it_has_the_list_and_ids_are_unique(library: Store) -> None:
    section = "<!-- northbib:begin cited=yes -->\n<!-- northbib:end -->"
    source = f"[@lee2017cards]\n\n{section}\n\nBetween.\n\n> {section}\n".replace(
        "-->\n<!-- northbib:end -->\n", "-->\n> <!-- northbib:end -->\n"
    )
    for to in ("markdown", "html"):
        text = rendered(library, source, to=to)
        first, _, second = text.partition("Between.")
        assert first.count("Lee, N. (2017)") == second.count("Lee, N. (2017)") == 1
        ids = re.findall(r' id="([^"]*)"', text)
        assert "ref-lee2017cards" in ids
        assert sorted(set(ids)) == sorted(ids)


def test_unknown_keys_are_all_told_with_their_places(library: Store) -> None:
    with pytest.raises(NotFoundError) as caught:
        rendered(library, "A [see @nobody1; @lee2017cards].\n\nB @nobody2 [p. 3].\n")
    found = [(each.line, each.column, each.code) for each in caught.value.findings]
    assert found == [(1, 8, "unknown-key"), (3, 3, "unknown-key")]
    assert caught.value.exit_status == 4


def test_an_unknown_key_of_the_front_matter_has_its_place(library: Store) -> None:
    with pytest.raises(NotFoundError, match=r"^article:2:11: no record has the key 'nobody'"):
        rendered(library, "---\nnocite: '[@nobody]'\n---\nText.\n")


def test_citations_of_unknown_works_can_stay(library: Store) -> None:
    text = rendered(library, "A [@nobody1; @lee2017cards] b @nobody2.\n", keep_unknown=True)
    assert text == "A [@nobody1; @lee2017cards] b @nobody2.\n"


def test_keys_differ_in_case_and_all_works_can_be_listed(library: Store) -> None:
    text = rendered(library, "[@LEE2017cards] [@lee2017cards]\n")
    assert text.count("\n- ") == 1
    everything = rendered(library, "---\nnocite: '@*'\n---\nText.\n")
    assert everything.count("\n- ") == len(library.find(""))


def test_cross_references_are_no_citations(library: Store) -> None:
    assert rendered(library, "See @fig-one.\n") == "See @fig-one.\n"
    assert rendered(library, "See @intro.\n", "typst") == "See @intro.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_all_other_bytes_stay(library: Store, end: str) -> None:
    lines = [
        "\ufeff# Title  ",
        "",
        "Text\twith [@lee2017cards].",
        "",
        "`[@x]` ~~~",
        "",
        "    code @y",
    ]
    source = end.join(lines)
    text = rendered(library, source)
    assert unlinked(text).startswith(source.replace("[@lee2017cards]", "(Lee, 2017)"))
    assert set(re.findall(r"\r\n|\r|\n", text)) == {end}


def test_an_article_without_citations_stays_as_it_is(library: Store) -> None:
    for markup, text in {"markdown": "A\r\nb", "latex": "A % \\cite{x}", "html": None}.items():
        if text is None:
            with pytest.raises(UsageError):
                rendered(library, "<p>", "html")
        else:
            assert rendered(library, text, markup) == text  # type: ignore[arg-type]


def test_hostile_facts_stay_text(tmp_path: Path) -> None:
    title = "A \U000f001b\U000f0003script\U000f001d <script> [@x] *y*"
    (tmp_path / "a.bib").write_text(
        f"@book{{a,\n  author = {{{{<b>Anon}}}},\n  title = {{{title}}},\n}}\n", encoding="utf-8"
    )
    library = Store(tmp_path)
    html = rendered(library, "[@a, <i>x</i>] {cite:title}`a`\n", to="html", fragment=True)
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>x</i>" in html


def test_html_has_numbered_notes_with_ways_back(library: Store) -> None:
    source = (
        "---\ntitle: T & U\nlang: en-GB\n---\nA[^o] b [see *also* @lee2017cards].\n\n[^o]: *Own*\n"
    )
    page = rendered(library, source, style="chicago-notes-bibliography", to="html")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')
    assert "<title>T &amp; U</title>" in page
    assert '<sup><a href="#fn2" id="fnref2" role="doc-noteref">2</a></sup>' in page
    assert '<li id="fn1"><p><em>Own</em> <a href="#fnref1" role="doc-backlink"' in page
    assert '<p>See <em>also</em> <a href="#ref-lee2017cards" role="doc-biblioref"' in page
    assert '<li id="ref-lee2017cards"' in page
    assert 'class="Z3988"' in page
    assert "[^" not in page
    fragment = rendered(library, source, to="html", fragment=True)
    assert fragment.startswith("<p>A<sup>")


@pytest.mark.parametrize(
    ("markup", "to"), [("rst", "html"), ("markdown", "latex"), ("html", None), ("latex", "html")]
)
def test_what_cannot_be_written_is_said(library: Store, markup: Markup, to: str | None) -> None:
    with pytest.raises(UsageError):
        rendered(library, "x", markup, to=to)


_PARTS = st.sampled_from(
    [
        "[@lee2017cards]", "@lee2017cards", "[see *a* @lee2017cards, p. 3; @hatherley2010ruins]",
        "@hatherley2010ruins [chap. 2]", "[-@lee2017cards]", "\n\n", " ", ". ", '"', "*", "`",
        "[^1]", "^[x ", "]", "\n\n[^1]: ", "- ", "> ", " word", "\r\n", "(", ")",
        "::: {#refs}\n:::\n",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(_PARTS, max_size=12).map("".join), st.sampled_from(["apa", "chicago-notes"]))
def test_no_citation_is_left_and_the_rest_of_the_text_stays(text: str, style: str) -> None:
    library = Store(ROOT / "bibliographies")
    done = rendered(library, text, style=style)
    assert clusters(done, "markdown") == []
    source = clusters(text, "markdown")
    if not source:
        assert done == text
    elif style == "apa":
        place = source[0].start
        assert done[:place] == text[:place] or "#refs" in text
