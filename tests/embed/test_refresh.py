"""An article whose sections are refreshed."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt
from small_library import small_library

from northbib import csl
from northbib.embed import refresh
from northbib.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from northbib.embed import Markup
    from northbib.findings import Finding
    from northbib.library import Store

END = "<!-- northbib:end -->"
SUM = re.compile(
    r"[ \t>]*(?:<!--|\.\.|//|%|#|\{/\*) northbib:sum [0-9a-f]{16}[^\r\n]*(?:\r\n|\r|\n)"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_library(tmp_path_factory.mktemp("library"))


def begin(words: str) -> str:
    return f"<!-- northbib:begin {words} -->"


def refreshed(text: str, library: Store, markup: Markup = "markdown") -> str:
    """Refresh an article, see that it stays so when that is done again, and leave out the sums."""
    once = refresh(text.encode(), "article", markup, library)
    again = refresh(once.data, "article", markup, library)
    assert again.data == once.data
    assert [section.changed for section in again.sections] == [False] * len(once.sections)
    return SUM.sub("", once.data.decode())


def faults(text: str, library: Store, markup: Markup = "markdown") -> tuple[Finding, ...]:
    with pytest.raises(ArticleError) as caught:
        refresh(text.encode(), "posts/a.md", markup, library)
    assert str(caught.value.where) == "posts/a.md"
    return caught.value.findings


def test_a_markdown_section_is_a_list_between_blank_lines(library: Store) -> None:
    text = f"# Title\n\n{begin('year:2010-2014 -type:legislation style=apa')}\n{END}\n\nEnd.\n"
    assert refreshed(text, library) == (
        "# Title\n\n"
        "<!-- northbib:begin year:2010-2014 -type:legislation style=apa -->\n"
        "\n"
        "- Cellan-Jones, R. (2014, October 23). Can a northern tech cluster take off?"
        " *BBC News*. <https://www.bbc.co.uk/news/technology-29737066>\n"
        "- Hatherley, O. (2010). *A Guide to the New Ruins of Great Britain*. Verso.\n"
        "\n"
        "<!-- northbib:end -->\n\nEnd.\n"
    )


def test_an_html_section_is_indented_as_its_marker(library: Store) -> None:
    text = f"<div>\n\t{begin('keys=hatherley2010ruins style=apa coins=no')}\n\told\n{END}\n</div>\n"
    assert refreshed(text, library, "html") == (
        "<div>\n"
        "\t<!-- northbib:begin keys=hatherley2010ruins style=apa coins=no -->\n"
        '\t<ul class="northbib">\n'
        '\t  <li id="ref-hatherley2010ruins" dir="auto">Hatherley, O. (2010).'
        " <cite><i>A Guide to the New Ruins of Great Britain</i></cite>. Verso.</li>\n"
        "\t</ul>\n"
        "\t<!-- northbib:end -->\n"
        "</div>\n"
    )


def test_groups_levels_limits_and_numbers_are_options(library: Store) -> None:
    words = "in:north style=apa group=-year sort=title level=4 limit=3 ordered=yes"
    text = refreshed(f"{begin(words)}\n{END}", library)
    shown = [line for line in text.splitlines() if line.startswith(("#", "1", "2"))]
    assert [line[:12] for line in shown] == [
        "#### 2014",
        "1. Cellan-Jo",
        "#### 2011",
        "1. Localism ",
        "#### 2010",
        "1. Hatherley",
    ]


def test_keys_stand_in_the_order_in_which_they_are_given(library: Store) -> None:
    words = "keys=sandford2009veto,act2011localism,lee2017cards style=apa"
    text = refreshed(f"{begin(words)}{END}", library)
    assert text.index("Northern Veto") < text.index("Localism Act") < text.index("Powerhouse")
    sorted_text = refreshed(f"{begin(words + ' sort=-year')}{END}", library)
    assert sorted_text.index("Powerhouse") < sorted_text.index("Localism Act")


def test_a_query_keeps_its_quoted_phrases(library: Store) -> None:
    words = 'author:"Neil Lee" style="apa"'
    assert refreshed(f"{begin(words)}{END}", library).count("\n- ") == 1


def test_the_house_style_is_used_where_none_is_named(library: Store) -> None:
    text = refreshed(f"{begin('key:cellanjones2014northern')}\n{END}\n", library)
    link = "https://www.bbc.co.uk/news/technology-29737066"
    assert f"- [*Can a northern tech cluster take off?*]({link}) 23 Oct 2014 BBC News\n" in text


def test_a_style_that_lies_beside_the_article_is_found(
    library: Store, tmp_path: Path, root: Path
) -> None:
    own = (root / "styles" / "northbib-further-reading.csl").read_bytes()
    (tmp_path / "own.csl").write_bytes(own)
    text = f"{begin('keys=lee2017cards style=own.csl')}{END}".encode()
    found = refresh(text, str(tmp_path / "article.md"), "markdown", library)
    assert b"Regional Studies" in found.data


def test_several_sections_are_written_each_for_itself(library: Store) -> None:
    one, two = begin("keys=lee2017cards style=apa"), begin("keys=act2011localism style=ieee")
    text = f"{one}\n{END}\nbetween\n{two}\n{END}\n"
    found = refresh(text.encode(), "a.md", "markdown", library)
    assert [(s.line, s.words, s.changed, s.entries) for s in found.sections] == [
        (1, "keys=lee2017cards style=apa", True, 1),
        (4, "keys=act2011localism style=ieee", True, 1),
    ]
    assert b"\n<!-- northbib:end -->\nbetween\n<!-- northbib:begin keys=act" in found.data


def test_an_id_stands_once_in_an_html_article(library: Store) -> None:
    pair = f"{begin('keys=lee2017cards style=apa')}{END}"
    text = refreshed(f"{pair}\n<hr>\n{pair}\n", library, "html")
    assert text.count('id="ref-lee2017cards"') == 1
    assert text.count("<li") == 2


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_mark_stay(library: Store, eol: str, mark: bytes) -> None:
    text = f"one{eol}{eol}{begin('keys=lee2017cards style=apa')}{eol}{END}{eol}last"
    data = refresh(mark + text.encode(), "a.md", "markdown", library).data
    assert data.startswith(mark + f"one{eol}".encode())
    assert data.endswith(f"{END}{eol}last".encode())
    other = data.decode().replace(eol, "")
    assert "\r" not in other
    assert "\n" not in other


def test_mixed_line_ends_stay_and_the_list_takes_its_marker_s(library: Store) -> None:
    text = f"a\rb\n\n{begin('keys=lee2017cards style=apa')}\r\n{END}\nc\rd"
    found = refreshed(text, library)
    assert found.startswith("a\rb\n\n<!--")
    assert found.endswith("<!-- northbib:end -->\nc\rd")
    inside = found[found.index("-->") : found.index(END)]
    assert inside.count("\r\n") == inside.count("\n") == 4


def test_a_section_in_one_line_without_a_final_newline_unfolds(library: Store) -> None:
    text = refreshed(f"{begin('keys=lee2017cards style=apa')}{END}", library)
    assert text.splitlines()[0] == "<!-- northbib:begin keys=lee2017cards style=apa -->"
    assert text.endswith("\n\n<!-- northbib:end -->")


@pytest.mark.parametrize(
    ("first", "following"),
    [
        ("", ""),
        ("  ", "  "),
        ("- ", "  "),
        ("10. ", "    "),
        ("> ", "> "),
        (">", ">"),
        ("> - ", ">   "),
        (">\t", ">\t"),
        ("-\t", " \t"),
        ("> > ", "> > "),
    ],
)
def test_lists_and_quotes_go_on_around_a_section(
    library: Store, first: str, following: str
) -> None:
    words = "keys=lee2017cards,act2011localism style=apa group=type"
    text = refreshed(f"{first}{begin(words)}{END}\n", library)
    html = MarkdownIt("commonmark").render(text)
    assert (html.count("<h3>"), html.count("<pre>")) == (2, 0)
    lines = text.splitlines()
    assert lines[0].startswith(first + "<!--")
    assert all(line.startswith(following) for line in lines[1:] if line.strip("> \t"))
    assert {line for line in lines if not line.strip("> \t")} == {following.rstrip()}


@pytest.mark.parametrize("indent", ["    ", "\t", "      "])
def test_a_marker_indented_in_a_block_of_html_makes_no_code(library: Store, indent: str) -> None:
    text = f"<div>\n{indent}{begin('keys=lee2017cards style=apa')}\n{indent}{END}\n</div>\n"
    found = refreshed(text, library)
    assert "<li>Lee, N. (2017)" in MarkdownIt("commonmark").render(found)


def test_a_section_that_would_be_lost_is_refused(library: Store) -> None:
    pair = f"{begin('keys=lee2017cards style=apa')}{END}"
    (fault,) = faults(f"<div>\n{pair}\n    {pair}\n</div>\n", library)
    assert (fault.code, fault.line, fault.column) == ("lost-section", 3, 5)


def test_code_and_front_matter_stay_byte_for_byte(library: Store) -> None:
    pair = f"{begin('keys=lee2017cards')}\r\n{END}"
    text = f"---\r\nx: '{pair[:30]}'\n---\n\n```\n{pair}\n```\r\n<pre>\n{pair}</pre>\n"
    found = refresh(text.encode(), "a.md", "markdown", library)
    assert found.data == text.encode()
    assert found.sections == ()


def test_an_article_without_sections_is_as_it_was_and_says_so(library: Store) -> None:
    found = refresh(b"# Title\r\n", "a.md", "markdown", library)
    assert found.data == b"# Title\r\n"
    assert [(finding.code, finding.severity) for finding in found.findings] == [
        ("no-sections", "info")
    ]


def test_how_to_begin_a_section_is_said_in_the_words_of_the_markup(library: Store) -> None:
    (finding,) = refresh(b"= Title\n", "a.adoc", "asciidoc", library).findings
    assert finding.fix is not None
    assert "// northbib:begin QUERY and // northbib:end" in finding.fix


def test_a_query_that_finds_nothing_empties_the_section_and_warns(library: Store) -> None:
    text = f"a\n{begin('topic:transport')}\n\n- old\n\n{END}\n"
    found = refresh(text.encode(), "a.md", "markdown", library)
    assert found.data.decode() == f"a\n{begin('topic:transport')}\n{END}\n"
    (finding,) = found.findings
    assert (finding.code, finding.severity, finding.line) == ("empty-section", "warning", 2)


def test_an_article_in_another_encoding_stays_in_it(library: Store) -> None:
    text = f"<meta charset=koi8-r>Ж{begin('keys=lee2017cards style=apa')}{END}"
    found = refresh(text.encode("koi8-r"), "a.html", "html", library)
    assert found.data.startswith("<meta charset=koi8-r>Ж".encode("koi8-r"))
    assert b"Understanding the &#8216;Northern Powerhouse" in found.data
    assert not refresh(found.data, "a.html", "html", library).sections[0].changed


def test_all_faults_of_an_article_come_at_once(library: Store) -> None:
    text = "\n".join(
        [
            begin("keys=lee2017,act2011localism,lee2017card style=appa"),
            END,
            "",
            begin("topic:x keys=lee2017cards"),
            END,
            "",
            begin("colour=red in:south"),
            END,
            "",
            begin(""),
            END,
            "",
            begin("bogus:x"),
            END,
            "",
            END,
        ]
    )
    assert [(f.code, f.line, f.column, f.key) for f in faults(text, library)] == [
        ("unknown-key", 1, 26, "lee2017"),
        ("unknown-key", 1, 50, "lee2017card"),
        ("bad-style", 1, 62, None),
        ("query-and-keys", 4, 21, None),
        ("bad-option", 7, 21, None),
        ("bad-query", 7, 32, None),
        ("empty-request", 10, 1, None),
        ("bad-query", 13, 21, None),
        ("unmatched-end", 16, 1, None),
    ]


def test_an_unknown_key_comes_with_near_ones(library: Store) -> None:
    (fault,) = faults(f"{begin('keys=lee2017card')}\n{END}", library)
    assert str(fault) == (
        "posts/a.md:1:26: no record has the key 'lee2017card'; did you mean lee2017cards"
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("colour=red", "there is no option colour"),
        ("styel=apa", "there is no option styel"),
        ("style=", "the option style has no value"),
        ('style=""', "the option style has no value"),
        ("style=apa style=ieee", "the option style is given twice"),
        ("sort=year,,title", "'year,,title' has an empty place"),
        ("sort=colour", "there is no field 'colour' to sort by"),
        ("group=title", "there is no field 'title' to group by"),
        ("level=0", "'0' is not a number from 1 to 6"),
        ("level=²", "'²' is not a number from 1 to 6"),
        ("limit=some", "'some' is not a number from 1 to 99999"),
        ("ordered=maybe", "'maybe' is neither yes nor no"),
        ("locale=xx-XX", "there is no locale 'xx-XX'"),
        ("engine=none", "unknown engine 'none'"),
    ],
)
def test_an_option_that_makes_no_sense_is_a_fault(library: Store, words: str, message: str) -> None:
    (fault,) = faults(f"{begin(f'topic:x {words}')}\n{END}", library)
    assert (fault.code, fault.message, fault.line) == ("bad-option", message, 1)


def test_a_key_named_twice_is_a_fault(library: Store) -> None:
    (fault,) = faults(f"{begin('keys=lee2017cards,lee2017cards')}\n{END}", library)
    assert fault.message == "the key lee2017cards is named twice"


def test_a_style_that_is_no_csl_is_a_fault_with_the_style_s_line(
    library: Store, tmp_path: Path
) -> None:
    style = tmp_path / "broken.csl"
    style.write_text("<style>\n")
    (fault,) = faults(f"{begin(f'topic:x style={style}')}\n{END}", library)
    assert fault.code == "bad-style"
    assert str(style) in fault.message


def test_a_style_file_that_is_not_there_is_named(library: Store) -> None:
    (fault,) = faults(f"{begin('topic:x style=../gone.csl')}\n{END}", library)
    assert fault.code == "bad-style"
    assert fault.message == "../gone.csl: there is no such style file"


def test_a_misspelt_option_comes_with_the_near_one(library: Store) -> None:
    (fault,) = faults(f"{begin('topic:x styel=apa')}\n{END}", library)
    assert fault.fix == "did you mean style"


def test_a_query_written_like_an_option_is_told_how_a_query_is_written(library: Store) -> None:
    (fault,) = faults(f"{begin('topic=transport')}\n{END}", library)
    assert fault.message == "there is no option topic"
    assert fault.fix == "a query has a colon: topic:transport"


def test_a_wrong_choice_alone_is_one_fault(library: Store) -> None:
    (fault,) = faults(f"{begin('cited=maybe')}\n{END}", library)
    assert fault.message == "'maybe' is neither yes nor no"


def test_a_hostile_title_cannot_end_its_section(tmp_path: Path) -> None:
    title = "x --> <!-- northbib:end --> </li></ul><script>alert(1)</script> `` ``` [a](b)"
    (tmp_path / "a.bib").write_text(f"@book{{x, title = {{{title}}}, date = {{2010}}}}\n")
    library = small_library(tmp_path)
    for markup in ("markdown", "html"):
        text = refreshed(f"{begin('key:x style=apa')}{END}\n", library, markup)
        assert text.count(END) == 1
        assert "<script>" not in text


def test_importing_embed_loads_no_engine_and_no_markdown_parser() -> None:
    code = (
        "import sys, northbib.embed\n"
        "heavy = ('lxml', 'citeproc', 'requests', 'rich', 'markdown_it')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"


def test_a_style_is_loaded_once_for_all_lists_of_a_run(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    load = csl.Style.load

    def counted(source: str, folders: Sequence[Path] = ()) -> csl.Style:
        loaded.append(source)
        return load(source, folders)

    monkeypatch.setattr(csl.Style, "load", counted)
    lists = [f"{begin(f'year:2010-{year} style=apa')}\n{END}\n" for year in (2014, 2015, 2017)]
    refreshed("\n".join(lists), library)
    assert loaded == ["apa", "apa"]  # `refreshed` refreshes twice.
