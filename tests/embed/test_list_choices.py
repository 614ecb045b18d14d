"""What a section lists in terms of its article: keys, what is cited, what is not listed yet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_library import BIBTEX, small_library

from northbib.embed import cited, refresh
from northbib.embed.article import Article
from northbib.embed.citations.model import Cite, Cluster
from northbib.embed.cited import cited_in
from northbib.embed.markers import sections
from northbib.embed.rendering import ListMaker
from northbib.embed.request import Request, asked
from northbib.errors import ArticleError
from northbib.library import Store
from northbib.lists import ListSpec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.findings import Finding

END = "<!-- northbib:end -->"
TITLES = {
    "lee2017cards": "Powerhouse of cards",
    "cellanjones2014northern": "northern tech cluster",
    "act2011localism": "Localism Act",
    "sandford2009veto": "Northern Veto",
    "hatherley2010ruins": "New Ruins",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return small_library(tmp_path_factory.mktemp("library"))


def begin(words: str) -> str:
    return f"<!-- northbib:begin {words} style=apa -->"


def listed(text: str, library: Store, name: str = "a.md") -> list[list[str]]:
    """Give the keys of each section of an article, and see that a second run changes nothing."""
    once = refresh(text.encode(), name, "markdown", library)
    again = refresh(once.data, name, "markdown", library)
    assert again.data == once.data
    written = once.data.decode()
    inside = re.findall(r"northbib:begin.*?-->(.*?)<!-- northbib:end", written, re.DOTALL)
    found = []
    for section in inside:
        places = {key: section.find(title) for key, title in TITLES.items()}
        found.append(sorted((k for k in places if places[k] >= 0), key=places.__getitem__))
    return found


def faults(text: str, library: Store, name: str = "posts/a.md") -> tuple[Finding, ...]:
    with pytest.raises(ArticleError) as caught:
        refresh(text.encode(), name, "markdown", library)
    return caught.value.findings


def cite(monkeypatch: pytest.MonkeyPatch, *clusters: Cluster) -> None:
    """Have all articles cite these."""

    def given_clusters(text: str, markup: str) -> list[Cluster]:
        return list(clusters)

    monkeypatch.setattr("northbib.embed.citations.clusters", given_clusters)


def test_a_section_lists_what_the_article_cites_in_the_order_of_citation(library: Store) -> None:
    text = f"As @sandford2009veto says [@lee2017cards; @sandford2009veto].\n\n{{}}\n{END}\n"
    by_citation = ["sandford2009veto", "lee2017cards"]
    assert listed(text.format(begin("cited=yes")), library) == [by_citation]
    assert listed(text.format(begin("cited=yes sort=-year")), library) == [by_citation[::-1]]
    assert listed(text.format(begin("cited=yes limit=1")), library) == [by_citation[:1]]


def test_what_is_cited_can_be_parted_by_queries(library: Store) -> None:
    text = (
        "[@lee2017cards; @act2011localism; @hatherley2010ruins]\n\n"
        f"{begin('cited=yes type:legislation')}\n{END}\n\n"
        f"{begin('cited=yes -type:legislation')}\n{END}\n\n"
        f"{begin('cited=no in:north')}\n{END}\n"
    )
    assert listed(text, library) == [
        ["act2011localism"],
        ["lee2017cards", "hatherley2010ruins"],
        ["cellanjones2014northern", "sandford2009veto"],
    ]


def test_a_generated_list_cites_nothing(library: Store) -> None:
    text = f"[@lee2017cards]\n\n{begin('cited=yes')}\n\n- [@act2011localism]\n\n{END}\n"
    assert listed(text, library) == [["lee2017cards"]]


def test_an_unknown_key_in_the_text_is_a_fault_where_it_stands(library: Store) -> None:
    text = f"One.\n\nSee [@lee2017cards; @lee2017card].\n\n{begin('cited=yes')}\n{END}\n"
    (fault,) = faults(text, library)
    assert (fault.code, fault.line, fault.column, fault.key) == (
        "unknown-key",
        3,
        21,
        "lee2017card",
    )
    assert fault.fix == "did you mean lee2017cards"


def test_a_key_that_may_be_none_is_passed_over(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    clusters = [
        Cluster(0, 3, (Cite("fig1", place=0),), sure=False),
        Cluster(4, 6, (Cite("lee2017cards", place=4), Cite("fig1", place=5)), sure=False),
    ]
    cite(monkeypatch, *clusters)
    assert listed(f"{begin('cited=yes')}\n{END}\n", library) == [["lee2017cards"]]


def test_each_key_is_cited_once_and_surely_if_it_is_so_anywhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clusters = [
        Cluster(0, 3, (Cite("a", place=0), Cite("b", place=2)), sure=False),
        Cluster(5, 8, (Cite("a", place=6),)),
        Cluster(9, 9, (Cite("*", place=9),), form="uncited"),
    ]
    cite(monkeypatch, *clusters)
    article = Article.read(b"each key is cited once", "a.md", "markdown")
    found = [(one.key, one.place, one.sure) for one in cited_in(article)]
    assert found == [("a", 0, True), ("b", 2, False), ("*", 9, True)]


def test_a_star_stands_for_all_works(library: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clusters = [Cluster(0, 1, (Cite("act2011localism"), Cite("*")), form="uncited")]
    cite(monkeypatch, *clusters)
    (found,) = listed(f"star\n\n{begin('cited=yes')}\n{END}\n", library)
    assert found[0] == "act2011localism"
    assert sorted(found) == sorted(TITLES)


def test_a_section_leaves_out_what_earlier_ones_list(library: Store) -> None:
    text = "\n\n".join(
        f"{begin(words)}\n{END}"
        for words in (
            "topic:northern-identity sort=year",
            "topic:english-devolution unlisted=yes",
            "in:north unlisted=yes sort=year limit=1",
            "in:north unlisted=yes",
            "topic:northern-identity sort=year",
        )
    )
    assert listed(text, library) == [
        ["sandford2009veto", "hatherley2010ruins"],
        ["act2011localism"],
        ["cellanjones2014northern"],
        ["lee2017cards"],
        ["sandford2009veto", "hatherley2010ruins"],
    ]


QUERIES = st.sampled_from(
    [
        "in:north",
        "topic:northern-identity",
        "topic:english-devolution",
        "year:2010-2016",
        "-type:book",
    ]
)
LIMITS = st.sampled_from(["", " limit=1", " limit=2", " limit-per-group=1 group=year"])


@settings(max_examples=30)
@given(st.lists(st.tuples(QUERIES, LIMITS), min_size=2, max_size=5))
def test_unlisted_never_repeats_and_leaves_nothing_else_out(
    library: Store, asked_for: list[tuple[str, str]]
) -> None:
    sections_ = [f"{begin(f'{query}{limit} unlisted=yes')}\n{END}" for query, limit in asked_for]
    found = listed("\n\n".join(sections_), library)
    keys = [key for section in found for key in section]
    assert len(keys) == len(set(keys))
    last = {stored.key for stored in library.find(asked_for[-1][0])}
    if not asked_for[-1][1]:
        assert last <= set(keys)


def test_keys_stand_for_works_by_their_aliases(tmp_path: Path) -> None:
    source = BIBTEX.replace("isbn         =", "ids          = {veto, sandford},\n  isbn         =")
    (tmp_path / "north.bib").write_text(source, encoding="utf-8")
    library = Store(tmp_path)
    assert listed(f"{begin('keys=veto,lee2017cards')}\n{END}", library) == [
        ["sandford2009veto", "lee2017cards"]
    ]
    cited_text = f"[@VETO]\n\n{begin('cited=yes')}\n{END}\n\n{begin('cited=no type:book')}\n{END}\n"
    assert listed(cited_text, library) == [["sandford2009veto"], ["hatherley2010ruins"]]


def article_with_notes(folder: Path, notes: str) -> str:
    (folder / "a.notes.txt").write_text(notes, encoding="utf-8")
    return f"{begin('keys=act2011localism,lee2017cards notes=a.notes.txt')}\n{END}\n"


def test_notes_lie_beside_the_article(library: Store, tmp_path: Path) -> None:
    text = article_with_notes(tmp_path, "# lee2017cards\nRead *this* <i>first</i>.\n")
    found = refresh(text.encode(), str(tmp_path / "a.md"), "markdown", library).data.decode()
    assert r"Read \*this\* *first*." in found
    assert found.index("Powerhouse of cards") < found.index("Read")


@pytest.mark.parametrize(
    ("notes", "code", "message"),
    [
        ("# lee2017card\nx\n", "unknown-key", "a.notes.txt:1: no record has the key 'lee2017card'"),
        ("x\n", "bad-option", "a.notes.txt:1: this text stands before the first heading"),
    ],
)
def test_what_is_wrong_with_notes_is_a_fault_of_the_section_that_names_them(
    library: Store, tmp_path: Path, notes: str, code: str, message: str
) -> None:
    (fault,) = faults(article_with_notes(tmp_path, notes), library, str(tmp_path / "a.md"))
    assert (fault.code, fault.line, fault.column) == (code, 1, 55)
    assert fault.message.endswith(message)


def test_notes_that_are_not_there_are_a_fault(library: Store, tmp_path: Path) -> None:
    (fault,) = faults(f"{begin('in:north notes=none.txt')}\n{END}", library, str(tmp_path / "a.md"))
    assert fault.message == f"{tmp_path / 'none.txt'}: there is no such file of notes"


@pytest.mark.parametrize(
    ("words", "code", "column", "message"),
    [
        ("cited=yes keys=lee2017cards", "query-and-keys", 21, "a section lists what a query"),
        ("cited=no", "empty-request", 1, "the section does not say what to list"),
        ("in:north cited=maybe", "bad-option", 30, "'maybe' is neither yes nor no"),
        ("in:north unlisetd=yes", "bad-option", 30, "there is no option unlisetd"),
        ("in:north order=book", "bad-option", 30, "an order of groups needs groups"),
        ("in:north group=type order=bok", "bad-option", 41, "there is no type 'bok'"),
        ("in:north group=year limit-per-group=0", "bad-option", 41, "'0' is not a number"),
        ("in:north limit-per-group=2", "bad-option", 30, "a limit of groups needs groups"),
        ("in:north level=6 group=topic,year", "bad-option", 30, "2 groups inside each other"),
        ("in:north group=topic,tittle", "bad-option", 30, "there is no field 'tittle'"),
        ("in:north links=title,dio", "bad-option", 30, "there is no 'dio' to link"),
    ],
)
def test_a_choice_that_makes_no_sense_is_a_fault_where_it_stands(
    library: Store, words: str, code: str, column: int, message: str
) -> None:
    (fault,) = faults(f"{begin(words)}\n{END}", library)
    assert (fault.code, fault.line, fault.column) == (code, 1, column)
    assert fault.message.startswith(message)


def test_the_anchors_of_headings_are_unique_in_an_article(library: Store) -> None:
    pair = f"{begin('in:north group=decade,year')}\n{END}\n"
    data = refresh((pair * 3).encode(), "a.html", "html", library).data
    ids = re.findall(rb' id="([^"]+)"', data)
    assert len(ids) == len(set(ids))
    assert {b"ref-group-2010s", b"ref-group-2-2010s", b"ref-group-3-2010s-2014"} <= set(ids)


def test_equal_requests_are_made_once_and_selection_makes_nothing(library: Store) -> None:
    maker = ListMaker(library)
    spec = ListSpec(sort=("year",), group=("topic", "-year"), order=("a",), links=("doi",))
    one, other = (Request("in:north", (), spec, without=("veto",)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert [record.key for record in maker.select(one)] == list(TITLES)
    assert maker.make(one) is maker.make(other)


def test_a_section_without_citations_does_not_read_any(
    library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(*_: Any) -> Iterator[Any]:
        raise AssertionError

    monkeypatch.setattr(cited, "import_module", unread)
    article = Article.read(f"{begin('in:north')}\n{END}".encode(), "a.md", "markdown")
    (marker,) = sections(article)[1]
    assert asked(article, marker).cited == ()
