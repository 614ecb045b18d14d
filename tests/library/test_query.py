"""What the words of a query find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.library.searching import patterns
from northbib.library.searching.query import (
    And,
    Between,
    Has,
    Not,
    Or,
    Query,
    Term,
    leaves,
    matches,
    parse_query,
)
from northbib.library.stored import Stored
from northbib.records import Date, Name, Record

DURANTON = Name(family="Duranton", given="Gilles")
HENDERSON = Name(family="Henderson", given="J. Vernon")
THISSE = Name(family="Thisse", given="Jacques-François")
BEETHOVEN = Name(family="Beethoven", given="Ludwig", non_dropping_particle="van")


def stored(**changes: object) -> Stored:
    """Give the record of a chapter, with some attributes changed."""
    record = Record(
        key="duranton2004micro",
        type="chapter",
        values={
            "title": "Micro-foundations of <i>Urban</i> "
            '<span class="nocase">Agglomeration Economies</span>',
            "author": (DURANTON, Name(family="Puga", given="Diego")),
            "editor": (HENDERSON, THISSE),
            "container-title": "Handbook of Regional and Urban Economics",
            "publisher": "Elsevier",
            "abstract": "Plain words.",
            "note": "A note on Páraic’s Straße and clusters.",
            "issued": Date.parse("2004"),
        },
        keywords=("english-devolution", "Tech Clusters"),
    )
    return Stored(
        record.replace(**changes), "cities-and-clusters", Path("x/cities-and-clusters.bib"), 7
    )


def found(query: str, **changes: object) -> bool:
    return matches(parse_query(query), stored(**changes))


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "paraic",
        "PÁRAIC's strasse",
        "strasse",
        "jacques-francois THISSÉ",
        "agglomeration economies",
        '"agglomeration economies"',
        "“agglomeration economies”",
        '"urban agglomeration"',
        '"páraic\'s straße"',
        '"jacques-françois thisse"',
        '"thisse, jacques‐françois"',
        "agglom",
        "plain words",
        "clusters",
        "elsevier",
        "handbook",
        "2004",
        "duranton2004",
        "english-devolution",
        "author:gilles",
        "author:thisse",
        'author:"j. vernon henderson"',
        "AUTHOR:Thisse",
        "author: thisse",
        'title:"urban agglomeration"',
        "year:2004",
        "year:2000-2006",
        "year:2000-",
        "year:-2006",
        "year:2004–2005",
        "topic:english-devolution",
        'topic:"English devolution"',
        "topic:tech-clusters",
        "type:chapter",
        "type:incollection",
        "type:InCollection",
        "in:cities-and-clusters",
        "in:Cities-And-Clusters.bib",
        "key:Duranton2004Micro",
        "-nowhere",
        "--urban",
        "nowhere or urban",
        "nowhere OR author:puga",
        "urban and economies",
        "nowhere also or urban economies",
        "(nowhere or urban) economies",
        "-(nowhere or nothing)",
        "-topic:other -author:other",
        '"or" or urban',
        "micro-foundations",
        '"micro foundations"',
        '"urban-agglomeration"',
        'title:"micro foundations"',
        "title:urban-agglomeration",
        "tech-clusters",
        '"english devolution"',
        "author:jacques-fran",
        'author:"jacques fran"',
        "author:franç",
        "author:thisse,",
        "not urban or urban",
    ],
)
def test_a_query_finds_the_record(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "nowhere",
        "urban nowhere",
        '"economies urban"',
        "author:handbook",
        "author:uranton",
        "author:isse",
        "author:uga",
        '"micro-urban"',
        "title:duranton",
        "title:words",
        "year:2003",
        "year:2005-",
        "year:-2003",
        "topic:devolution",
        "type:book",
        "type:report",
        "in:cities",
        "key:duranton2004",
        "-urban",
        "-(nowhere or urban)",
        "-topic:english-devolution",
        "nowhere or -urban",
        "(urban or nowhere) nothing",
        '"economies Handbook"',
    ],
)
def test_a_query_does_not_find_the_record(query: str) -> None:
    assert not found(query)


def test_a_name_is_found_by_the_beginning_of_each_of_its_words() -> None:
    values = {
        "author": (
            Name(family="Rodríguez-Pose", given="Andrés"),
            Name(family="Murphie", given="Aileen"),
            Name(literal="O’Brien and Sons (London)"),
        )
    }
    for query in ("rodr", "pose", "rodriguez-pose", '"rodriguez pose"', "andr", "aileen", "brien"):
        assert found(f"author:{query}", values=values), query
    for query in ("author:lee", "author:ose", "author:guez-pose", "author:ons"):
        assert not found(query, values=values), query
    assert found("author:london", values=values)
    assert found("lee", values=values)


def test_addresses_are_found_with_their_hyphens() -> None:
    values = {"title": "A title", "URL": "https://www.example.org/left-behind/a--b", "DOI": ""}
    for query in ("https://www.example.org/left-behind/a--b", "url:left-behind", "left-behind"):
        assert found(query, values=values), query
    assert not found('url:"left behind"', values=values)


@pytest.mark.parametrize(
    "query", ['author:"ludwig van beethoven"', '"van Beethoven, Ludwig"', "van"]
)
def test_a_particle_is_part_of_a_name(query: str) -> None:
    assert found(query, values={"title": "A title", "editor": (BEETHOVEN,)})


def test_or_binds_less_than_words_side_by_side() -> None:
    assert parse_query("a b or c") == Or((And((Term("", "a"), Term("", "b"))), Term("", "c")))
    assert parse_query("a (b or c)") == And((Term("", "a"), Or((Term("", "b"), Term("", "c")))))
    assert parse_query("-a b") == And((Not(Term("", "a")), Term("", "b")))


@pytest.mark.parametrize(
    ("word", "csl_type"),
    [
        ("book", "book"),
        ("article", "article-newspaper"),
        ("newspaper", "article-newspaper"),
        ("blog", "post-weblog"),
        ("online", "webpage"),
        ("online", "post-weblog"),
        ("incollection", "chapter"),
        ("inbook", "chapter"),
        ("phdthesis", "thesis"),
        ("techreport", "report"),
        ("conference", "paper-conference"),
        ("legal_case", "legal_case"),
        ("jurisdiction", "legal_case"),
    ],
)
def test_a_type_is_named_as_csl_or_biblatex_names_it(word: str, csl_type: str) -> None:
    assert found(f"type:{word}", type=csl_type)
    assert not found(f"type:{word}", type="dataset")


def test_a_range_of_dates_is_found_by_any_of_its_years() -> None:
    values = {"issued": Date.parse("2010/2012")}
    assert found("year:2011", values=values)
    assert found("year:2012-2020", values=values)
    assert not found("year:2013-", values=values)


def test_an_open_range_of_dates_has_no_last_year() -> None:
    assert found("year:2030", values={"issued": Date.parse("2010/..")})
    assert not found("year:2009", values={"issued": Date.parse("2010/..")})


def test_a_record_without_a_date_is_of_no_year() -> None:
    assert not found("year:-2026", values={})
    assert not found("year:2000-", values={"issued": Date(literal="forthcoming")})


def test_a_doi_is_found_in_every_way_it_is_written() -> None:
    values = {"DOI": "10.1086/261763", "URL": "https://www.example.org/a%20page?x=(1)"}
    for query in (
        "doi:10.1086/261763",
        "doi:https://doi.org/10.1086/261763",
        "https://doi.org/10.1086/261763",
        "10.1086/261763",
        "doi:10.1086",
        "url:www.example.org",
        "https://www.example.org/a%20page?x=(1)",
        "(url:example.org/a%20page?x=(1))",
    ):
        assert found(query, values=values), query
    assert not found("doi:10.1086/261764", values=values)


def test_a_pasted_title_with_a_colon_or_a_dash_is_searched_as_text() -> None:
    values = {"title": "Powerhouse: a city – or two"}
    assert found("Powerhouse: a city", values=values)
    assert found("a city - two", values=values)
    assert found('"powerhouse: a city - or two"', values=values)
    assert found("Powerhouse: a city – two", values=values)
    assert parse_query("a city - two") == parse_query("a city two")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("foo:bar", "author, title, year"),
        ("author:", "author:word"),
        ("author:(a or b)", "author:word"),
        ('"northern', "add a"),
        ('title:"white', "add a"),
        ("year:soon", "year:2010-2016"),
        ("year:-", "year:2010-2016"),
        ("year:2016-2010", "year:2010-2016"),
        ("year:20145", "year:2010-2016"),
        ("year:2014-10", "years only: year:2014"),
        ("year:2014-10-23", "years only: year:2014"),
        ("year:2014-3", "years only: year:2014"),
        ("-", "-word"),
        ("–", "-word"),
        ("- urban", "-word"),
        ("urban -", "-word"),
        ("urban - topic:x", "-word"),
        ("topic:x - urban", "-word"),
        ("urban or - nowhere", "-word"),
        ("(-) urban", "-word"),
        ('"-"', "word"),
        ("author:-", "word"),
        ("not", "add a word"),
        ("urban not", "add a word"),
        ("not or urban", "quotes"),
        ("titel:urban", "did you mean title"),
        ("title:/urban", "add a /"),
        ("title:/urban(/", "put a \\"),
        ("title:/" + "a" * 201 + "/", "search for less"),
        ("date:soon", "date:2015-01..2015-06"),
        ("date:2015-13", "date:2015-06"),
        ("date:2015-02..2015-01", "date:2015-01..2015-06"),
        ("date:..", "date:2015-01..2015-06"),
        ("accessed:never", "accessed:2015"),
        ("volume:5..3", "volume:3..5"),
        ("year:>=", "year:>=2010"),
        ("has:foo", "has:doi"),
        ("has:ttle", "did you mean title"),
        ("no:in", "has:doi"),
        ("is:good", "is:duplicate"),
        ("type:boook", "book"),
        ("(a or b", "add a )"),
        ("a)", "quotes"),
        ("()", "quotes"),
        ("or", "quotes"),
        ("a or", "add a word"),
        ("a or or b", "quotes"),
        ("-(", "add a word"),
        ("(" * 1000, "simplify"),
        ("-" * 1000 + "a", "simplify"),
    ],
)
def test_a_query_that_makes_no_sense_says_what_to_write(query: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_query(query)
    assert words in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("urban foo:bar", 7),
        ("urban year:soon", 12),
        ("a (b year:2016-2010)", 11),
        ('urban title:"white', 13),
        ("urban title:/a(/", 13),
        ("urban title:/a", 13),
        ("urban has:foo", 11),
        ("urban is:odd", 10),
        ("date:2015-13", 6),
        ("year>=soon", 5),
        ("urban (a or b", 7),
        ("urban )", 7),
        ("urban - ", 7),
        ("urban or or b", 10),
        ("type: boook", 7),
        ("urban or", 9),
        ("urban and not ", 14),
    ],
)
def test_what_is_wrong_with_a_query_is_said_with_its_column(query: str, column: int) -> None:
    with pytest.raises(UsageError, match=rf"column {column} of the query"):
        parse_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "agglo*",
        "AGGLO* ürban*",
        '"agglomeration eco"*',
        "found*",
        "title:econ*",
        "author:hend*",
        "topic:english*",
        "topic:tech*",
        "key:duranton*",
        "not nowhere",
        "urban not nowhere",
        "urban NOT (nowhere or nothing)",
        "not not urban",
        "not topic:other",
        "year>=2004",
        "year:>2003 year<2005",
        "year:2000..2006",
        "date:2004",
        "date:2004-06",
        "date:2003-12..2004-02",
        "date:>=2004-05-01",
        "date:..2004",
        "date:2004/2006",
        "issued:2004",
        "has:title has:author has:editor",
        "has:topic has:keywords",
        "has:note has:abstract",
        "no:doi -has:url not has:isbn",
        "container-title:handbook",
        "booktitle:handbook",
        "editor:thisse",
        "publisher:elsevier",
        "Publisher:elsevier",
        "abstract:words",
        "title:/agglom.* econ/",
        "title:/^micro-foundations/",
        "title:/Ü?RBAN/",
        "author:/(^|\n)thisse, j/",
        "/elsevier|nowhere/",
        "topic:/^tech/",
        "-title:/nowhere/",
        "-is:duplicate",
    ],
)
def test_a_query_of_many_forms_finds_the_record(query: str) -> None:
    assert found(query)


@pytest.mark.parametrize(
    "query",
    [
        "gglom*",
        "title:omics*",
        "topic:devolution*",
        "key:uranton*",
        "not urban",
        "urban not handbook",
        "year>2004",
        "year:..2003",
        "date:2005-01..2006",
        "date:<2004",
        "has:doi",
        "no:title",
        "translator:thisse",
        "booktitle:urban-nowhere",
        "title:/^urban/",
        "title:/ECONOMICS/",
        "is:duplicate",
    ],
)
def test_a_query_of_many_forms_does_not_find_the_record(query: str) -> None:
    assert not found(query)


def test_dates_are_as_exact_as_they_are_known() -> None:
    values = {"issued": Date.parse("2015-06"), "accessed": Date.parse("2020-01-31")}
    for query in ("date:2015", "date:2015-06-30", "date:2015-01..2015-06", "year:2015"):
        assert found(query, values=values), query
    for query in ("date:2015-07..", "date:..2015-05", "date:>2015-06"):
        assert not found(query, values=values), query
    assert found("accessed:2020-01..2020-02 urldate:2020", values=values)
    assert not found("accessed:2020-01-01..2020-01-30", values=values)


def test_a_season_is_three_months_long() -> None:
    values = {"issued": Date.parse("2015-21")}
    assert found("date:2015-04", values=values)
    assert not found("date:2015-06", values=values)


def test_numbers_are_compared_as_numbers() -> None:
    values = {"volume": "13", "page": "105-120", "edition": "2nd", "issue": "IV"}
    for query in (
        "volume:13",
        "volume:10..20",
        "volume>=13",
        "page:110",
        "pages:120..130",
        "edition:2",
        "issue:iv",
        "number:iv",
    ):
        assert found(query, values=values), query
    for query in ("volume:3", "volume:1", "volume>13", "page:121", "edition:3"):
        assert not found(query, values=values), query


def test_fields_without_a_variable_are_found_by_their_name() -> None:
    extra = {"shorthand": "NP", "evidence": "seen at the source"}
    assert found("shorthand:np evidence:seen has:evidence no:notseen", extra=extra)
    assert not found("shorthand:source", extra=extra)


def test_a_word_is_found_in_every_spelling() -> None:
    values = {"title": "Þórsson’s Ærø, Łódź: Œuvre, Straße and İstanbul"}
    for query in ("thorsson", "aero", "lodz", "oeuvre", "strasse", "istanbul", "þórsson's"):
        assert found(query, values=values), query


def test_a_pattern_that_would_never_end_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "_SECONDS", 0.2)
    values = {"title": "a" * 60}
    with pytest.raises(UsageError, match="takes too long"):
        found("title:/(a|aa)+$b/", values=values)


def test_a_comparison_is_one_only_after_a_date_or_a_number() -> None:
    assert parse_query("year>=2010") == parse_query("year:>=2010") == parse_query("year:2010..")
    assert parse_query("a>b") == Term("", "a>b")
    assert parse_query("title>b") == Term("", "title>b")


def test_the_forms_of_a_query_are_told_apart() -> None:
    assert parse_query("rege*") == Term("", "rege", "beginning")
    assert parse_query('"rege*"') == Term("", "rege*")
    assert parse_query("*") == Term("", "*")
    assert parse_query("/a b/") == Term("", "a b", "pattern")
    assert parse_query("/wiki/a") == Term("", "/wiki/a")
    assert parse_query("url:/wiki") == Term("url", "/wiki")
    assert parse_query("has:DOI") == Has("doi")
    assert parse_query("no:doi") == Not(Has("doi"))
    assert parse_query("volume:3-5") == Between("volume", 3, 5)
    assert parse_query("not a -b") == And((Not(Term("", "a")), Not(Term("", "b"))))


def test_what_a_query_wants_is_told_from_what_it_does_not() -> None:
    query = parse_query("a (b or -c) not (d e)")
    assert [leaf.text for leaf in leaves(query) if isinstance(leaf, Term)] == list("abcde")
    wanted = leaves(query, wanted=True)
    assert [leaf.text for leaf in wanted if isinstance(leaf, Term)] == ["a", "b"]


PIECES = st.sampled_from(
    (
        'a urban not ( ) - – " “ ” or and OR author: year: 2014 2010-2016 foo: type: book topic: é'
        " has: no: is: date: volume> / title:/ * .. >= 2014-05 duplicate doi [ \\ container-title:"
    ).split()
)


@given(st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=20) | st.text())
def test_any_text_is_a_query_or_a_usage_error(pieces: list[tuple[str, str]] | str) -> None:
    text = pieces if isinstance(pieces, str) else "".join(word + gap for word, gap in pieces)
    try:
        query = parse_query(text)
    except UsageError:
        return
    assert matches(query, stored()) in (True, False)


WORDS = st.sampled_from(["urban", "name1", "nowhere", "year:2014", "topic:x", '"of urban"'])
QUERIES = st.recursive(
    WORDS,
    lambda inner: (
        st.builds("({} {})".format, inner, inner)
        | st.builds("({} or {})".format, inner, inner)
        | st.builds("-({})".format, inner)
    ),
    max_leaves=8,
)
RECORDS = st.builds(
    stored,
    values=st.fixed_dictionaries(
        {},
        optional={
            "title": st.sampled_from(["Of Urban Things", "Nowhere", "Ünlike"]),
            "author": st.just((Name(family="Name1"),)),
            "issued": st.sampled_from([Date.parse("2014"), Date.parse("2015")]),
        },
    ),
    keywords=st.sampled_from([(), ("x",), ("y", "x")]),
)


@given(QUERIES, QUERIES, RECORDS)
def test_not_and_or_obey_boolean_algebra(first: str, second: str, record: Stored) -> None:
    def holds(text: str) -> bool:
        return matches(parse_query(text), record)

    a, b = holds(first), holds(second)
    assert holds(f"{first} {second}") is (a and b)
    assert holds(f"{first} or {second}") is (a or b)
    assert holds(f"-{first}") is (not a)
    assert holds(f"-({first} or {second})") is holds(f"-{first} -{second}")
    assert holds(f"({first} or {second}) {first}") is a


@given(QUERIES)
def test_a_query_is_plain_data(text: str) -> None:
    query: Query = parse_query(text)
    assert query == parse_query(text)
    assert hash(query) == hash(parse_query(text))
