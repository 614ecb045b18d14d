"""What all formats of tagged lines share: the characters of their files, and hostile ones."""

from __future__ import annotations

import io
from importlib import import_module

import pytest

from northbib.errors import InputError
from northbib.exchange import read, write
from northbib.exchange.losses import differences
from northbib.exchange.worded_dates import worded_date
from northbib.records import Name, Record

TITLES = {
    "ris": "TY  - BOOK\r\nTI  - {}\r\nER  - \r\n",
    "enw": "%0 Book\r\n%T {}\r\n",
    "nbib": "PMID- 1\r\nTI  - {}\r\n",
    "wos": "PT J\r\nTI {}\r\nER\r\n",
    "refworks": "RT Book, Whole\r\nT1 {}\r\n",
    "ovid": "<1. >\r\nTI  - {}\r\n",
}
WRITTEN = ["ris", "enw", "nbib", "wos", "refworks", "endnote-xml"]
OTHER_ALPHABETS = ["שלום עולם", "مرحبا بالعالم", "参考文献管理工具研究", "Толстая", "Cafe\u0301 ﬁn"]


@pytest.mark.parametrize("name", TITLES)
@pytest.mark.parametrize(
    "encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_files_of_each_encoding_are_read(name: str, encoding: str) -> None:
    data = TITLES[name].format("Café “naïve” €5").encode(encoding)
    (record,) = read(data, "a", name).records
    assert record.title == "Café “naïve” €5"


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("title", OTHER_ALPHABETS)
def test_every_alphabet_comes_through(name: str, title: str) -> None:
    record = Record("a", "book", {"title": title, "author": (Name(title, "A"), Name("李", "明"))})
    (seen,) = read(write([record], name), "a", name).records
    assert differences(record, seen) == ()


@pytest.mark.parametrize("name", TITLES)
def test_a_line_without_end_is_refused(name: str) -> None:
    data = TITLES[name].format("x" * (5 << 20)).encode()
    with pytest.raises(InputError, match="no part of a record"):
        list(import_module(f"northbib.exchange.{name}").read(io.BytesIO(data), "a"))


@pytest.mark.parametrize("name", TITLES)
def test_a_value_of_very_many_lines_is_put_together_in_one_go(name: str) -> None:
    count = 200_000
    data = TITLES[name].format("a\r\n" + "      word\r\n" * count).encode()
    (record,) = import_module(f"northbib.exchange.{name}").read(io.BytesIO(data), "a")
    assert record.title == "a" + " word" * count


@pytest.mark.parametrize("name", TITLES)
def test_bytes_without_sense_do_no_harm(name: str) -> None:
    noise = bytes(range(256)) * 40
    data = TITLES[name].format("A").encode() + noise + b"\r\n" + noise[::-1]
    module = import_module(f"northbib.exchange.{name}")
    assert [found for found in module.read(io.BytesIO(data), "a") if isinstance(found, Record)]


@pytest.mark.parametrize(
    ("text", "year", "date"),
    [
        ("2019 Mar 14", "", "2019-03-14"),
        ("March 14, 2019", "", "2019-03-14"),
        ("14 March 2019", "", "2019-03-14"),
        ("MAR-APR", "2001", "2001-03/2001-04"),
        ("Spring 1998", "", "1998-21"),
        ("2018 Dec 27-2019 Jan 3", "", "2018-12-27/2019-01-03"),
        ("2015/07/21 06:00", "", "2015-07-21"),
        ("20190314", "", "2019-03-14"),
        ("Third Quarter 2001", "", "2001"),
        ("2019-02-30", "", "2019"),
    ],
)
def test_dates_in_words_are_read(text: str, year: str, date: str) -> None:
    found = worded_date(text, year)
    assert found is not None
    assert found.edtf() == date


def test_a_text_without_a_year_is_no_date() -> None:
    assert worded_date("n.d.") is None
    assert worded_date("May 28") is None
