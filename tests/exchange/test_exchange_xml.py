from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from northbib.errors import InputError
from northbib.exchange.xml import add, elements, serialised, text_of
from northbib.findings import Finding

BOMB = """<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><a><record>&c;</record></a>"""
OUTSIDE = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a><record>&e;</record></a>'


def records(text: str | bytes) -> list[object]:
    data = text.encode() if isinstance(text, str) else text
    found = elements(io.BytesIO(data), "a.xml", "{*}record")
    return [each if isinstance(each, Finding) else text_of(each) for each in found]


def test_elements_of_a_name_come_in_their_order_from_any_namespace() -> None:
    assert records('<a xmlns="urn:x"><record>1</record><b/><record> 2 <i>3</i></record></a>') == [
        "1",
        "2 3",
    ]


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_a_file_that_declares_entities_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="declares the entity"):
        records(text)


def test_a_document_type_that_lies_elsewhere_is_not_fetched() -> None:
    text = '<!DOCTYPE a PUBLIC "-//X//Y" "http://127.0.0.1:9/x.dtd"><a><record>1</record></a>'
    assert records(text) == ["1"]


def test_what_is_whole_before_a_break_is_read_and_the_break_is_named() -> None:
    first, second = records("<a>\n<record>1</record>\n<record>2</rec")
    assert first == "1"
    assert isinstance(second, Finding)
    assert (second.code, second.line) == ("broken-xml", 3)


@pytest.mark.parametrize("text", ["", "hello", "<a>" * 100_000, "\x00\x01"])
def test_what_is_no_xml_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="not well-formed XML"):
        records(text)


@given(st.text())
def test_any_text_can_be_written_and_read(text: str) -> None:
    root = etree.Element("a")
    add(root, "record", text, type=text)
    found = etree.fromstring(serialised(root))
    assert found[0].get("type", "") == root[0].get("type", "")
    assert text_of(found[0]) == text_of(root[0])
