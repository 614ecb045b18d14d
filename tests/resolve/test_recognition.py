"""What a user may paste, and what comes of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.errors import UsageError
from northbib.resolve import Identifier, recognise
from northbib.resolve.recognition import doi_in_address

LEE = "10.1080/00343404.2016.1196289"


@pytest.mark.parametrize(
    "text",
    [
        LEE,
        f"  {LEE}\n",
        f"doi:{LEE}",
        f"DOI: {LEE}.",
        f"doi {LEE}",
        f"info:doi/{LEE}",
        f"urn:doi:{LEE}",
        f"https://doi.org/{LEE}",
        f"http://dx.doi.org/{LEE}",
        f"https://www.doi.org/{LEE}?utm_source=x",
        f"doi.org/{LEE}",
        "https://doi.org/10.1080%2F00343404.2016.1196289",
        f"https://doi-org.library.example.ac.uk/{LEE}",
        f"https://hdl.handle.net/{LEE}",
        f"<https://doi.org/{LEE}>",
        f"“{LEE}”",
        f"(doi:{LEE})",
        f"[{LEE}]",
        f"(<https://doi.org/{LEE}>).",
        f"[Lee 2017](https://doi.org/{LEE})",
    ],
)
def test_a_doi_is_known_in_every_dress(text: str) -> None:
    assert recognise(text) == Identifier("doi", LEE)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (
            "https://www.bbc.co.uk/news/technology-29737066",
            "https://www.bbc.co.uk/news/technology-29737066",
        ),
        (
            "www.bbc.co.uk/news/technology-29737066",
            "https://www.bbc.co.uk/news/technology-29737066",
        ),
        ("WWW.GOV.UK", "https://www.gov.uk/"),
        ("gov.uk/government/news", "https://gov.uk/government/news"),
        ("HTTP://Example.ORG:80/A?b=C", "http://example.org/A?b=C"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        (
            "https://example.org/a?id=7&utm_source=x&fbclid=y&at_medium=z",
            "https://example.org/a?id=7",
        ),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a?CMP=share_btn_tw&b=%26", "https://example.org/a?b=%26"),
        ("https://example.org/a#:~:text=north", "https://example.org/a"),
        ("https://example.org/a#section-2", "https://example.org/a#section-2"),
        ("https://user:secret@example.org/a", "https://example.org/a"),
        ("https://example.org/a|b", "https://example.org/a%7Cb"),
        ("http://[::1]/a", "http://[::1]/a"),
    ],
)
def test_an_address_is_taken_without_tracking_and_credentials(text: str, address: str) -> None:
    assert recognise(text) == Identifier("url", address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Powerhouse",
        "Levelling up",
        "library.bib",
        "notes.md",
        "10.1080",
        "10.1080/",
        "https://",
        "https:///path",
        "http://example.org\\@127.0.0.1/",
        "https://example.org/a b",
        "https://exa\nmple.org/",
        "https://example.org:99999/",
        "http://[::1",
    ],
)
def test_what_is_neither_is_said_at_once(text: str) -> None:
    with pytest.raises(UsageError):
        recognise(text)


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "ftp://example.org/a",
        "javascript:alert(1)",
        "data:text/html,x",
        "gopher://a/",
    ],
)
def test_other_schemes_are_refused_by_name(text: str) -> None:
    scheme = text.partition(":")[0]
    with pytest.raises(UsageError, match=f"starts with {scheme}:"):
        recognise(text)


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        (f"https://www.tandfonline.com/doi/full/{LEE}", LEE),
        (f"https://www.tandfonline.com/doi/abs/{LEE}?journalCode=cres20", LEE),
        (f"https://www.tandfonline.com/doi/{LEE}", LEE),
        ("https://www.bbc.co.uk/news/technology-29737066", None),
    ],
)
def test_the_doi_in_a_publishers_address_is_found(address: str, doi: str | None) -> None:
    assert doi_in_address(address) == doi


@given(st.text(max_size=80))
def test_no_text_leads_to_anything_but_an_identifier_or_a_usage_error(text: str) -> None:
    try:
        found = recognise(text)
    except UsageError:
        return
    assert found.kind != "url" or found.value.startswith(("http://", "https://"))
    assert found.value.isprintable()
    assert found.kind == "text" or not any(c.isspace() for c in found.value)


@given(st.from_regex(r"https://[a-z]{1,8}\.org/[a-z/]{0,10}(\?[a-z_=&]{0,20})?", fullmatch=True))
def test_a_cleaned_address_stays_as_it_is(address: str) -> None:
    once = recognise(address)
    assert recognise(once.value) == once


@pytest.mark.parametrize("text", ["doi:10.1086/", "arXiv:17", "PMID:x", "ISBN:123"])
def test_half_an_identifier_is_no_address(text: str) -> None:
    with pytest.raises(UsageError, match=f"this is no {text.partition(':')[0]} identifier"):
        recognise(text)


def test_brackets_that_belong_to_it_stay() -> None:
    name = "10.1016/s1574-0080(04)80005-1"
    assert recognise(name).value == name
    assert recognise(f"({name})").value == name
    title = "(Re)building the north (and the south)"
    assert recognise(title) == Identifier("text", title)
