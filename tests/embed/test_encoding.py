"""The bytes of an article and its text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from northbib.embed.encoding import decode
from northbib.errors import ArticleError


@given(st.binary(), st.booleans())
@example(b"\x81\x8d", False)
@example(b"\xef\xbb\xbf\xff", True)
@example(b"\xff\xfea", False)
def test_any_bytes_come_back_as_they_were_or_are_refused(data: bytes, declared: bool) -> None:
    try:
        encoded = decode(data, "a.md", declared=declared)
    except ArticleError:
        assert data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    else:
        assert encoded.encode(encoded.text) == data


@pytest.mark.parametrize(
    ("data", "encoding", "text"),
    [
        ("£ ‘x’".encode(), "utf-8", "£ ‘x’"),
        (codecs.BOM_UTF8 + "£".encode(), "utf-8", "£"),
        (codecs.BOM_UTF16_LE + "£".encode("utf-16-le"), "utf-16-le", "£"),
        (codecs.BOM_UTF16_BE + "£".encode("utf-16-be"), "utf-16-be", "£"),
        ("£ ‘x’".encode("cp1252"), "cp1252", "£ ‘x’"),
        (b"\xa3\x81", "latin-1", "£\x81"),
        (b"", "utf-8", ""),
    ],
)
def test_the_encoding_is_seen_from_the_bytes(data: bytes, encoding: str, text: str) -> None:
    encoded = decode(data, "a.md", declared=False)
    assert (encoded.encoding, encoded.text) == (encoding, text)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="koi8-r">', "koi8-r"),
        ("<meta charset=iso-8859-1>", "cp1252"),
        ('<META http-equiv="Content-Type" content="text/html; charset=shift_jis">', "shift_jis"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "iso8859-2"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=nonsense>", "utf-8"),
        ('<meta name="description">', "utf-8"),
    ],
)
def test_html_says_itself_in_which_encoding_it_is(head: str, encoding: str) -> None:
    assert decode(head.encode(), "a.html", declared=True).encoding == encoding
    assert decode(head.encode(), "a.md", declared=False).encoding == "utf-8"


def test_html_that_is_not_what_it_says_is_refused() -> None:
    with pytest.raises(ArticleError, match="not in shift_jis") as caught:
        decode(b"<meta charset=shift_jis>\xa0\xff", "a.html", declared=True)
    assert str(caught.value) == (
        "a.html: the article is not in shift_jis, as it says it is; save it as UTF-8"
    )


def test_what_the_encoding_lacks_becomes_a_character_reference() -> None:
    encoded = decode(b"<meta charset=koi8-r>", "a.html", declared=True)
    assert encoded.fitted("a ’ Ж") == "a &#8217; Ж"
    assert encoded.encode(encoded.fitted("’")) == b"&#8217;"
