"""What citeproc-py cannot take does not reach it; what it gets wrong does not reach the user."""

from __future__ import annotations

import json
import random
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from northbib.csl import Processor, Style, catalogue
from northbib.csl.specimens import ARTICLE as SPECIMEN
from northbib.findings import Finding
from northbib.markup.tree import Inlines, Styled, Text, text_of
from northbib.records import Date
from northbib.records.vocabulary import NAME_VARIABLES, TYPES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "<style xmlns='http://purl.org/net/xbiblio/csl' class='in-text' version='1.0'>"


ENGINE = "citeproc-py"


def style_of(layout: str, rest: str = "") -> Style:
    """A style whose citation and bibliography have the one layout."""
    parts = "".join(
        f"<{part}><layout>{layout}</layout></{part}>" for part in ("citation", "bibliography")
    )
    return Style.load(f"{HEAD}{rest}{parts}</style>")


def entry_of(layout: str, *, rest: str = "", locale: str | None = None, **item: Any) -> Inlines:
    given_item = {"id": "a", "type": "book", **{k.replace("_", "-"): v for k, v in item.items()}}
    processor = Processor(style_of(layout, rest), [given_item], locale=locale, engine=ENGINE)
    assert processor.warnings == []
    return processor.entries()[0][1]


def text(layout: str, **options: Any) -> str:
    return text_of(entry_of(layout, **options))


def codes(processor: Processor) -> list[str]:
    return [finding.code for finding in processor.warnings]


TITLE = "<text variable='title'/>"


def test_rich_text_of_a_field_becomes_nodes() -> None:
    title = 'H<sub>2</sub>O and <i>E. coli</i>, <sc>ad</sc> <span class="nocase">x</span>'
    assert entry_of(TITLE, title=title) == (
        Text("H"),
        Styled("subscript", (Text("2"),)),
        Text("O and "),
        Styled("emphasis", (Text("E. coli"),)),
        Text(", "),
        Styled("small-caps", (Text("ad"),)),
        Text(" x"),
    )


@pytest.mark.parametrize(
    "title",
    [
        "A & B < C > D",
        "<script>alert(1)</script>",
        "&amp; &lt;i&gt;",
        "Unclosed <i>tag",
        "</b> first",
        'A "quoted" part',
        "{braces} $dollars$ \\backslash %percent",
        "שלום \u202eabc",
        "日本語の題名",
    ],
)
@pytest.mark.parametrize("attributes", ["", "font-style='italic'", "strip-periods='true'"])
def test_the_text_of_a_field_comes_out_exactly(title: str, attributes: str) -> None:
    assert text(f"<text variable='title' {attributes}/>", title=title) == title


def test_markup_is_escaped_in_html() -> None:
    item = {"id": "a", "type": "book", "title": "A & <b onclick=x>B</b>"}
    written = Processor(style_of(TITLE), [item], engine=ENGINE).bibliography()[0].text
    assert written == "A &amp; &lt;b onclick=x&gt;B&lt;/b&gt;"


def test_marks_of_the_adapter_cannot_be_forged() -> None:
    assert entry_of(TITLE, title="a\ufdd0b\ufde0c") == (Text("abc"),)


def test_formats_of_the_style_nest_around_those_of_the_data() -> None:
    layout = "<text variable='title' font-weight='bold' prefix='(' suffix=')'/>"
    assert entry_of(layout, title="a <i>b</i>") == (
        Text("("),
        Styled("strong", (Text("a "), Styled("emphasis", (Text("b"),)))),
        Text(")"),
    )


@pytest.mark.parametrize(
    "case", ["title", "sentence", "capitalize-first", "capitalize-all", "uppercase", "lowercase"]
)
@pytest.mark.parametrize(
    "inner",
    [
        "<text variable='title' text-case='capitalize-all'/>",
        "<number variable='volume'/>",
        "<text variable='page'/>",
        "<text variable='citation-number'/>",
        "<names variable='author'/>",
        "<names variable='author'><name form='count'/></names>",
        "<date variable='issued'><date-part name='day'/></date>",
        "<text value='x'/>",
    ],
)
def test_text_case_works_on_whatever_a_macro_gives(case: str, inner: str) -> None:
    outer = f"<text macro='m' text-case='{case}' strip-periods='true'/>"
    shown = text(
        outer,
        rest=f"<macro name='m'>{inner}</macro>",
        **{**SPECIMEN, "id": "a", "issued": {"date-parts": [[2016, 7, 13]]}},
    )
    assert shown


@pytest.mark.parametrize("variable", sorted(NAME_VARIABLES))
def test_every_name_variable_is_set_as_names(variable: str) -> None:
    layout = f"<names variable='{variable}'><name and='text'/></names>"
    names = [{"family": "Lee", "given": "Neil"}, {"literal": "HM Treasury"}]
    assert text(layout, **{variable: names}) == "Neil Lee and HM Treasury"


def test_names_with_particles_missing_parts_and_markup_are_set() -> None:
    layout = (
        "<names variable='author'><name name-as-sort-order='all' initialize-with='. '>"
        "<name-part name='given' font-style='italic'/>"
        "<name-part name='family' text-case='uppercase' suffix='!'/></name></names>"
    )
    names = [
        {"family": "Lamarck", "non-dropping-particle": "de", "given": "Jean-Baptiste"},
        {"given": "Madonna"},
        {"family": "<i>Lee</i> & Co"},
    ]
    assert text(layout, author=names) == "LAMARCK!, J.-B. de, M., LEE & CO!"


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_every_type_is_known(type_: str) -> None:
    layout = f"<choose><if type='{type_}'><text value='this'/></if></choose>{TITLE}"
    assert text(layout, type=type_, title="x") == "thisx"


NUMERIC = """<date variable='issued'><date-part name='day' suffix='/'/><date-part name='month'
 form='numeric' suffix='/'/><date-part name='year'/></date>"""


@pytest.mark.parametrize(
    ("edtf", "american", "parts"),
    [
        ("2014-10-23", "October 23, 2014", "23/10/2014"),
        ("2014-10", "October 2014", "10/2014"),
        ("2014", "2014", "2014"),
        ("2014~", "2014", "2014"),
        ("-0043", "44 BC", "44 BC"),
        ("2010/2014", "2010–2014", "2010–2014"),
        ("2014-10/..", "October 2014–", "10/2014–"),
        ("2014-22", "Summer 2014", "2014"),
        ("2014-21/2014-22", "2014", "2014"),
        ("2014-10/2015", "2014–2015", "2014–2015"),
        ("../2014", "../2014", "../2014"),
        ("forthcoming", "forthcoming", "forthcoming"),
    ],
)
def test_dates_of_every_kind_are_set(edtf: str, american: str, parts: str) -> None:
    issued = Date.parse(edtf).to_csl()
    assert text("<date variable='issued' form='text'/>", issued=issued) == american
    if "-22" not in edtf:
        assert text(NUMERIC, issued=issued) == parts


def test_a_range_inside_one_year_keeps_its_year() -> None:
    issued = Date.from_edtf("2014-03/2014-04").to_csl()
    layout = "<date variable='issued'><date-part name='year'/></date>"
    assert text(layout, issued=issued) == "2014"
    assert text("<date variable='issued' form='text' date-parts='year'/>", issued=issued) == "2014"
    shown = text("<text macro='m'/>", rest=f"<macro name='m'>{NUMERIC}</macro>", issued=issued)
    assert "2014" in shown


def test_one_date_does_not_change_how_the_next_is_set() -> None:
    long = "<date variable='issued' form='text'/>"
    short = long.replace("/>", "><date-part name='month' form='short'/></date>")
    issued = {"date-parts": [[2014, 10, 23]]}
    assert text(f"{short} <text value=' '/>{long}", issued=issued) == (
        "Oct. 23, 2014 October 23, 2014"
    )


@pytest.mark.parametrize(
    ("layout", "item", "shown"),
    [
        ("<text variable='page'/>", {"page": "5-12"}, "5–12"),
        ("<text variable='page'/>", {"page": 480}, "480"),
        ("<number variable='volume' form='roman'/>", {"volume": "12"}, "xii"),
        ("<number variable='volume' form='roman'/>", {"volume": "9" * 20}, "9" * 20),
        ("<number variable='volume' form='roman'/>", {"volume": "0"}, "0"),
        ("<number variable='edition' form='ordinal'/>", {"edition": "2"}, "2nd"),
        ("<number variable='chapter-number'/>", {"chapter_number": 3}, "3"),
        (
            "<label variable='number-of-pages' form='short'/><text variable='number-of-pages'/>",
            {"number_of_pages": "xii, 300"},
            "pp.xii, 300",
        ),
        ("<text variable='event'/>", {"event_title": "A summit"}, "A summit"),
        ("<text variable='division'/>", {"division": "Policy"}, "Policy"),
    ],
)
def test_numbers_and_newer_variables_are_set(layout: str, item: dict[str, Any], shown: str) -> None:
    for range_format in ("", "minimal-two"):
        head = HEAD.replace(">", f" page-range-format='{range_format}'>") if range_format else HEAD
        style = Style.load(f"{head}<citation><layout>{layout}</layout></citation></style>")
        processor = Processor(
            style,
            [
                {
                    "id": "a",
                    "type": "book",
                    **{name.replace("_", "-"): value for name, value in item.items()},
                }
            ],
            to="text",
            engine=ENGINE,
        )
        assert processor.cite([{"id": "a"}]) == shown


def test_positions_are_kept_over_clusters() -> None:
    layout = """<choose><if position="ibid"><text value="ibid"/></if><else-if position="near-note">
    <text value="near"/></else-if><else><text variable="title"/></else></choose>"""
    items = [{"id": id_, "type": "book", "title": f"Title {id_}"} for id_ in "Aa"]
    processor = Processor(style_of(layout), items, to="text", engine=ENGINE)
    cited = [processor.cite([{"id": id_}]) for id_ in ("A", "A", "a", "A")]
    assert cited == ["Title A", "ibid", "Title a", "near"]


def test_a_cluster_keeps_its_order_where_the_style_does_not_sort() -> None:
    items = [{"id": id_, "type": "book", "title": f"Title {id_}"} for id_ in ("b", "a")]
    style = (
        style_of(TITLE)
        .xml.decode()
        .replace("<citation><layout>", "<citation><layout delimiter='; '>", 1)
    )
    processor = Processor(Style.load(style), items, to="text", engine=ENGINE)
    assert processor.cite([{"id": "a"}, {"id": "b"}]) == "Title a; Title b"


CRASHING = "<choose><if type='book'><text term='x&quot;]'/></if><else>" + TITLE + "</else></choose>"


def test_an_item_that_the_engine_crashes_on_is_given_in_plain_words() -> None:
    crashing = {**SPECIMEN, "id": "bad", "type": "book"}
    processor = Processor(style_of(CRASHING), [crashing, SPECIMEN], to="text", engine=ENGINE)
    plain, set_by_style = (entry.text for entry in processor.bibliography())
    title = "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"
    assert plain == f"Neil Lee. {title}. 2017. Regional Studies"
    assert set_by_style == title
    assert processor.cite([{"id": "bad"}]) == "Lee 2017"
    [warning] = processor.warnings
    assert (warning.code, warning.key) == ("not-set", "bad")
    assert "style could not set bad" in warning.message


def test_an_item_of_which_nothing_is_printed_is_given_in_plain_words() -> None:
    style = style_of("<text variable='note'/>")
    processor = Processor(style, [{"id": "key only"}], to="text", engine=ENGINE)
    assert processor.bibliography()[0].text == "key only"
    assert codes(processor) == ["unknown-type", "not-set"]


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ("<layout font-style='nonsense'><text variable='title'/></layout>", "layout-failed"),
        ("<layout><text variable='title' font-style='nonsense'/></layout>", "not-set"),
        ("<layout><names variable='author'><name et-al-min='x'/></names></layout>", "not-set"),
        ("<sort><key variable='nonsense' macro='x'/><key/></sort><layout/>", "sorting-failed"),
    ],
)
def test_a_style_with_nonsense_in_it_sets_what_it_can(parts: str, code: str) -> None:
    macro = "<macro name='x'/>"
    citation = f"<citation>{parts}</citation><bibliography>{parts}</bibliography>"
    style = Style.load(f"{HEAD}{macro}{citation}</style>")
    processor = Processor(style, [SPECIMEN], to="text", engine=ENGINE)
    assert "Powerhouse of cards" in processor.bibliography()[0].text
    assert processor.cite([{"id": SPECIMEN["id"]}])
    assert code in codes(processor)


def test_a_thousand_names_are_set() -> None:
    names = [{"family": f"Name{number}"} for number in range(1000)]
    assert text("<names variable='author'/>", author=names).endswith("Name999")


def test_no_python_warning_and_nothing_printed(capfd: pytest.CaptureFixture[str]) -> None:
    item = {
        **SPECIMEN,
        "custom": {"a": "b"},
        "nonsense": 1,
        "issued": {"raw": "soon", "x": 1},
        "author": [{"family": "Lee", "isInstitution": 1}],
        "locator": "1",
    }
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Processor(Style.load("chicago-author-date"), [item], engine=ENGINE).bibliography()
    assert capfd.readouterr() == ("", "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date-parts", "season", "literal", "raw", "family", "given"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
hostile_items = st.dictionaries(
    st.sampled_from(
        [
            "id",
            "type",
            "title",
            "author",
            "editor",
            "director",
            "issued",
            "accessed",
            "page",
            "volume",
            "edition",
            "language",
            "URL",
            "DOI",
            "container-title",
            "number-of-pages",
        ]
    ),
    json_values | st.sampled_from(["book", "1-2", "10.1086/261763", "<i>", "a & b"]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(hostile_items, max_size=3),
    st.sampled_from(["apa", "ieee", "modern-language-association", "northbib-further-reading"]),
)
def test_no_item_brings_it_down(items: list[dict[str, Any]], style: str) -> None:
    processor = Processor(Style.load(style), items, to="html", engine=ENGINE)
    entries = processor.bibliography()
    assert all(entry.text for entry in entries)
    assert all(processor.cite([{"id": entry.id, "locator": "1"}]) for entry in entries)
    assert all(isinstance(warning, Finding) for warning in processor.warnings)


def collection(shared: Path) -> list[dict[str, Any]]:
    """One work of the collection of each type."""
    works: dict[str, dict[str, Any]] = {}
    lines = (shared / "collection" / "records.jsonl").read_text(encoding="utf-8").splitlines()
    for work in map(json.loads, lines):
        item = {
            name: work[name]
            for name in ("id", "type", "title", "author", "volume", "issue", "page", "number")
            if work.get(name)
        }
        renamed = {
            "container-title": "container",
            "publisher-place": "publisher_place",
            "publisher": "publisher",
            "URL": "url",
            "DOI": "doi",
        }
        item |= {name: work[own] for name, own in renamed.items() if work.get(own)}
        if work.get("issued"):
            item["issued"] = Date.parse(work["issued"]).to_csl()
        works.setdefault(work["type"], item)
    return list(works.values())


def test_a_sample_of_the_published_styles_sets_works_of_many_types(shared: Path) -> None:
    works = collection(shared)
    assert len(works) >= 10
    sample = random.Random(2014).sample(catalogue.names(), 60)  # noqa: S311 - not a secret
    for name in sample:
        processor = Processor(Style.load(name), works, to="text", engine=ENGINE)
        entries = processor.bibliography()
        assert sorted(entry.id for entry in entries) == sorted(work["id"] for work in works)
        assert processor.cite([{"id": work["id"], "locator": "4"} for work in works])
        crashed = [
            w
            for w in processor.warnings
            if "prints nothing" not in w.message and w.code == "not-set"
        ]
        assert crashed == [], name
