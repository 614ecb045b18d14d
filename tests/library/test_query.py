"""What the words of a query find."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.library.query import And, Not, Or, Query, Term, matches, parse_query
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
        ("not topic:x", "-topic:x"),
        ("urban NOT type:book", "-type:book"),
        ('not author:"le grand"', '-author:"le grand"'),
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


PIECES = st.sampled_from(
    (
        'a urban not ( ) - – " “ ” or and OR author: year: 2014 2010-2016 foo: type: book topic: é'
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
