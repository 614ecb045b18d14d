"""Each kind of identifier, in the dresses in which it is pasted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.resolve import Identifier, recognise
from northbib.resolve.citations_of_law import law_in_text, law_number
from northbib.resolve.recognition import identifiers_in

LEE = "10.1080/00343404.2016.1196289"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10/abc", "doi", "10/abc"),
        ("https://doi.org/10/abc", "doi", "10/abc"),
        ("https://doi.org/abc", "doi", "10/abc"),
        (f"https://doi-org.ezproxy.example.ac.uk/{LEE}", "doi", LEE),
        (f"https://login.ezproxy.example.ac.uk/login?url=https://doi.org/{LEE}", "doi", LEE),
        (f"https://api.crossref.org/works/{LEE}", "doi", LEE),
        ("978-1-85935-269-4", "isbn", "9781859352694"),
        ("ISBN 1-85935-269-3", "isbn", "9781859352694"),
        ("ISBN-13: 9781859352694", "isbn", "9781859352694"),
        ("1\u201085935\u2011269\u20133", "isbn", "9781859352694"),
        ("ISBN 978-1-85935-269-4 (pbk.)", "isbn", "9781859352694"),
        ("urn:isbn:9781859352694", "isbn", "9781859352694"),
        ("1859352693", "isbn", "9781859352694"),
        ("https://openlibrary.org/isbn/9781859352694", "isbn", "9781859352694"),
        ("0034-3404", "issn", "0034-3404"),
        ("0034\u20133404", "issn", "0034-3404"),
        ("ISSN 1360-0591", "issn", "1360-0591"),
        ("eISSN: 1360-0591", "issn", "1360-0591"),
        ("https://portal.issn.org/resource/ISSN/0034-3404", "issn", "0034-3404"),
        ("1707.08567", "arxiv", "1707.08567"),
        ("arXiv:1707.08567v2", "arxiv", "1707.08567v2"),
        ("arXiv:1707.08567v2 [cs.DL]", "arxiv", "1707.08567v2"),
        ("https://arxiv.org/abs/1707.08567v2", "arxiv", "1707.08567v2"),
        ("https://arxiv.org/pdf/1707.08567.pdf", "arxiv", "1707.08567"),
        ("arxiv.org/abs/astro-ph/0601001", "arxiv", "astro-ph/0601001"),
        ("math.GT/0309136", "arxiv", "math/0309136"),
        ("PMID: 19129924", "pmid", "19129924"),
        ("https://pubmed.ncbi.nlm.nih.gov/19129924/", "pmid", "19129924"),
        ("PMC2883744", "pmcid", "PMC2883744"),
        ("PMCID: PMC2883744.2", "pmcid", "PMC2883744"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC2883744/", "pmcid", "PMC2883744"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2883744/?tool=x", "pmcid", "PMC2883744"),
        ("hdl:2159/6240", "handle", "2159/6240"),
        ("https://hdl.handle.net/2159/6240", "handle", "2159/6240"),
        ("20.500.11820/ab-12", "handle", "20.500.11820/ab-12"),
        ("W97658052", "openalex", "W97658052"),
        ("https://openalex.org/W97658052", "openalex", "W97658052"),
        ("Q42", "wikidata", "Q42"),
        ("https://www.wikidata.org/wiki/Q42", "wikidata", "Q42"),
        ("2016 c. 1", "law", "ukpga/2016/1"),
        ("2016 chapter 1", "law", "ukpga/2016/1"),
        ("2013 c. vii", "law", "ukla/2013/7"),
        ("2011 c. 5 (N.I.)", "law", "nia/2011/5"),
        ("2010 asp 8", "law", "asp/2010/8"),
        ("SI 2017/430", "law", "uksi/2017/430"),
        ("S.I. 2017 No. 430 (C. 34)", "law", "uksi/2017/430"),
        ("SSI 2012/1", "law", "ssi/2012/1"),
        ("4 & 5 Eliz. 2 c. 19", "law", "ukpga/Eliz2/4-5/19"),
        ("ukpga/2011/20", "law", "ukpga/2011/20"),
        ("https://www.legislation.gov.uk/ukpga/2011/20/contents", "law", "ukpga/2011/20"),
        ("legislation.gov.uk/id/uksi/2012/632/made", "law", "uksi/2012/632"),
        ("https://www.legislation.gov.uk/ukpga/Eliz2/4-5/19", "law", "ukpga/Eliz2/4-5/19"),
        (
            "Lee, N. (2017) ‘Powerhouse of cards?’, Regional Studies, 51(3)",
            "text",
            "Lee, N. (2017) ‘Powerhouse of cards?’, Regional Studies, 51(3)",
        ),
        ("“Powerhouse of\n cards”", "text", "Powerhouse of cards"),
    ],
)
def test_an_identifier_is_known_in_its_dresses(text: str, kind: str, value: str) -> None:
    found = recognise(text)
    assert (found.kind, found.value) == (kind, value)


@pytest.mark.parametrize("text", ["ISBN 978-1-85935-269-5", "9781859352695", "ISSN 0034-3405"])
def test_a_wrong_check_digit_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="check digit"):
        recognise(text)


@pytest.mark.parametrize("text", ["1713.08567", "20160101", "2016", "Q", "W1", "PMC", "c. 1"])
def test_what_only_looks_like_an_identifier_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        recognise(text)


def test_a_list_is_read_line_by_line_and_what_is_not_recognised_is_named() -> None:
    found, errors = identifiers_in(f"# mine\n\ndoi:{LEE}\n{LEE}, PMID:19129924\nnothing\n2016 c. 1")
    assert found == (
        Identifier("doi", LEE),
        Identifier("pmid", "19129924"),
        Identifier("law", "ukpga/2016/1"),
    )
    assert [error.line for error in errors] == [5]


@given(st.integers(0, 10**9 - 1), st.sampled_from(["", "-", " "]))
def test_every_isbn_with_its_check_digit_is_known_and_no_other(number: int, sign: str) -> None:
    nine = f"{number:09d}"
    check = -sum((10 - i) * int(c) for i, c in enumerate(nine)) % 11
    written = sign.join([nine[0], nine[1:4], nine[4:], "X" if check == 10 else str(check)])
    found = recognise(f"ISBN {written}")
    assert found.kind == "isbn"
    assert recognise(found.value) == found
    wrong = "0123456789X"[(check + 1) % 11]
    with pytest.raises(UsageError):
        recognise(f"ISBN {nine}{wrong}")


@given(st.integers(1800, 2099), st.integers(1, 3000))
def test_a_citation_of_a_law_leads_to_its_path(year: int, number: int) -> None:
    assert law_in_text(f"{year} c. {number}") == f"ukpga/{year}/{number}"
    assert law_in_text(law_number("ukla", str(year), str(number))) == f"ukla/{year}/{number}"
    assert law_in_text(f"SI {year}/{number}") == f"uksi/{year}/{number}"


@given(
    st.sampled_from([LEE, "1707.08567", "astro-ph/0601001", "PMC2883744", "W97658052", "Q42"]),
    st.sampled_from(["{}", " {} ", "<{}>", "“{}”", "'{}'", "{}\n"]),
)
def test_quotes_and_spaces_around_it_change_nothing(name: str, dress: str) -> None:
    assert recognise(dress.format(name)) == recognise(name)


@given(st.text(max_size=60))
def test_what_was_recognised_is_recognised_as_the_same_again(text: str) -> None:
    try:
        found = recognise(text)
    except UsageError:
        return
    assert recognise(found.written) == found
