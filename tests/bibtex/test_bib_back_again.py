"""Nothing is lost on the way from an entry to a record and back."""

from __future__ import annotations

import pytest
from generated import texts
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex import Document, classic_source, entry_source, records
from northbib.bibtex.latex import to_plain, to_verbatim
from northbib.bibtex.tables import NAME_LISTS, TYPE_ALIASES, TYPE_OF_ENTRY, is_verbatim
from northbib.records import Name, Record
from northbib.records.vocabulary import NAME_VARIABLES


def record_of(text: str) -> Record:
    """Give the record of the first entry."""
    return records(Document.parse(text))[0][1]


def fields_of(text: str) -> dict[str, str]:
    """Give the fields of the first entry."""
    return dict(Document.parse(text).entries[0])


@pytest.mark.parametrize("entry_type", [*sorted(TYPE_OF_ENTRY), "odd"])
@pytest.mark.parametrize("people", ["", "author={Ann One},", "editor={Bo Two},"])
def test_an_entry_keeps_its_type_or_the_one_that_it_is_another_name_of(
    entry_type: str, people: str
) -> None:
    record = record_of(f"@{entry_type}{{k, {people}}}")
    written = entry_source(record)
    kept = TYPE_ALIASES.get(entry_type, entry_type)
    assert Document.parse(written).entries[0].type == kept
    assert record_of(written) == record


KEPT = [
    "title = {A}, subtitle = {B}, titleaddon = {C}",
    "title = {Why?}, subtitle = {So}, shorttitle = {Why?}",
    r"title = {The \emph{R}}, subtitle = {On {DNA} and \emph{In situ}}",
    "subtitle = {B}, titleaddon = {C}",
    "maintitle = {M}, mainsubtitle = {N}, title = {T}, subtitle = {S}, volume = {2}, part = {1}",
    "maintitle = {M}",
    "booktitle = {B}, booksubtitle = {C}, journaltitle = {J}",
    "booktitle = {B}, maintitle = {M}, maintitleaddon = {A}",
    "journaltitle = {J}, journalsubtitle = {K}, issuetitle = {I}, issuesubtitle = {L}",
    "origtitle = {O}, reprinttitle = {R}, indextitle = {I}, sorttitle = {S}, eventtitle = {E}",
    "publisher = {P}, institution = {I}, organization = {O}, howpublished = {H}",
    "publisher = {Same}, institution = {Same}",
    "institution = {{A and B}}, location = {Durham and London}",
    r"howpublished = {\url{http://x.org/a_b}}, url = {http://y.org}",
    r"howpublished = {\url{http://x.org/a_b}}",
    r"howpublished = {\url{www.x.org}}, organization = {O}",
    "howpublished = {M.Sc.}, organization = {O}, institution = {I}, publisher = {P}",
    "date = {1723?}, origdate = {1997/open}, eventdate = {2004-04-05T14:34:00}, urldate = {2014}",
    "date = {2014-10-23}, year = {2014}, month = {10}",
    "date = {1999}, year = {1998}",
    "date = {22 June}, year = {1999}, month = {6}",
    "date = {forthcoming}",
    "year = {n.d.}, month = {5}",
    "year = {c. 1850}, month = {June}",
    "month = {24-27}",
    "type = {phdthesis}, pubstate = {inpress}, series = {3}, number = {2}, issue = {Spring}",
    "type = {PhD thesis}, issue = {7}, eid = {e12}",
    "eid = {e12}, pages = {e12}",
    "pages = {12-1--12-15}, bookpagination = {column}, pagination = {verse}",
    "langid = {ngerman}, language = {german}",
    "language = {english and french}",
    "options = {useprefix=true, maxnames=3}, author = {van Dam, Ann}",
    "options = {skipbib}, keywords = {b, a, c}",
    "editor = {Ann One}, editora = {Bo Two}, editoratype = {redactor}, editorb = {{The Body}}",
    "editor = {Ann One}, editortype = {director}, editora = {Bo Two}, editoratype = {compiler}",
    "editor = {Ann One}, editora = {Bo Two}, editoratype = {collaborator}, director = {Cy Me}",
    r"annotator = {Ann One and {A \& B}}, foreword = {Bo Two}, holder = {{A Company}}",
    "eprint = {1008.2849}, eprinttype = {arXiv}, eprintclass = {cs.CL}",
    "eprint = {1}, eprinttype = {arxiv}, url = {https://arxiv.org/abs/1}",
    "eprint = {15148335}, eprinttype = {pubmed}, pmid = {15148335}",
    "note = {N}, addendum = {A}",
    "addendum = {A}",
    "crossref = {gone}, xdata = {x, y}, xref = {z}, ids = {old, older}, related = {r}",
    r"file = {:C\:\\a_b.pdf:PDF}, execute = {\let\a=\b}, verba = {a_b}, usera = {a \& b}",
    r"url = {http://x.org/%7Ea_b#c}, doi = {10.1093/cjres/rsx024}, Odd-Field = {100\%}",
    r"url = {x\_y}, verba = {\\_}, pdf = {a\\\{b\}}",
    "entrysubtype = {odd}, author+an = {1=big}, gender = {sf}, shorthand = {S}",
    "entrysubtype = {magazine}",
]


def said(name: str, value: str) -> object:
    """Give what a value says, however it is escaped; of names, the words."""
    if name in NAME_LISTS or name in NAME_VARIABLES:
        return sorted(to_plain(value).replace(",", " ").split())
    if name == "pages":
        return value
    return to_verbatim(value) if is_verbatim(name) else to_plain(value)


@pytest.mark.parametrize("entry_type", ["article", "book", "incollection", "online", "unpublished"])
@pytest.mark.parametrize("source", KEPT)
def test_every_field_comes_back_under_its_name(source: str, entry_type: str) -> None:
    text = f"@{entry_type}{{k, {source}}}"
    record = record_of(text)
    written = entry_source(record)
    assert record_of(written) == record
    before, after = fields_of(text), fields_of(written)
    if "date" in after and "date" not in before:
        before = {name: value for name, value in before.items() if name not in ("year", "month")}
    assert {name: said(name, after.get(name, "")) for name in before} == {
        name: said(name, value) for name, value in before.items()
    }


@pytest.mark.parametrize("source", KEPT)
def test_csl_json_carries_every_field(source: str) -> None:
    record = record_of(f"@article{{k, {source}}}")
    assert entry_source(Record.from_csl(record.to_csl())) == entry_source(record)


@pytest.mark.parametrize("entry_type", ["article", "book", "incollection", "online", "thesis"])
@pytest.mark.parametrize("source", [source for source in KEPT if "{odd}" not in source])
def test_classic_bibtex_says_the_same(source: str, entry_type: str) -> None:
    record = record_of(f"@{entry_type}{{k, {source}}}")
    again = record_of(classic_source(record))
    assert again.type == record.type
    assert {
        variable for variable, value in record.values.items() if again.values.get(variable) != value
    } <= {"title-short"}


@given(
    st.dictionaries(
        st.sampled_from(
            "title subtitle titleaddon shorttitle booktitle booksubtitle maintitle note addendum"
            " number issue series publisher organization howpublished location type pubstate"
            " language langid".split()
        ),
        texts.filter(lambda text: not set("\\{}$") & set(text)),
        max_size=5,
    ),
    st.sampled_from(["article", "book", "inproceedings", "periodical", "online", "patent"]),
)
def test_what_is_written_reads_as_the_same_record(fields: dict[str, str], entry_type: str) -> None:
    source = ", ".join(f"{name} = {{{text}}}" for name, text in fields.items())
    record = record_of(f"@{entry_type}{{k, {source}}}")
    assert record_of(entry_source(record)) == record


def test_what_was_kept_gives_way_to_what_the_record_says_now() -> None:
    record = record_of(
        "@inbook{k, title={A}, subtitle={B}, date={1723?}, type={phdthesis}, langid={ngerman},"
        " organization={O}, editor={Ann One}, editortype={director},"
        " eprint={1}, eprinttype={arxiv}}"
    )
    values = dict(record.values) | {
        "title": "New",
        "publisher": "P",
        "genre": "G",
        "language": "fr-FR",
        "director": (Name("Two", "Bo"),),
        "URL": "https://x.org",
    }
    del values["issued"]
    changed = record.replace(type="report", values=values)
    again = record_of(entry_source(changed))
    assert again.type == "report"
    assert again.values == values | {"title-short": "A"}


@pytest.mark.parametrize(
    ("extra", "fields"),
    [
        ({"entrytype": "string"}, {}),
        ({"entrytype": "a b{"}, {}),
        ({"subtitle": "B"}, {"subtitle": "B"}),
        ({"a b": "x"}, {"a-b": "x"}),
        ({"holder": "{A"}, {"holder": r"\textbraceleft{}A"}),
        ({"file": "a{b"}, {"file": "a%7Bb"}),
    ],
)
def test_whatever_came_along_gives_one_entry(extra: dict[str, str], fields: dict[str, str]) -> None:
    (entry,) = Document.parse(entry_source(Record("k", "book", {}, (), extra))).entries
    assert (entry.type, dict(entry)) == ("book", fields)
