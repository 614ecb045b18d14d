"""XML from outside, read as hostile and element by element; and XML to write.

No entity is expanded, nothing is fetched, and depth and size are bounded (libxml2's own limits), so
that a file costs no more memory than its largest record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from northbib.errors import InputError
from northbib.exchange.text_files import as_xml
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from lxml.etree import _Element

    from northbib.records import Record

__all__ = [
    "add",
    "child_text",
    "elements",
    "local_name",
    "records",
    "serialised",
    "text_of",
    "writable",
]

_PLACE = re.compile(r",? line \d+(, column \d+)?.*", re.DOTALL)
_HARMLESS = (etree.ErrorDomains.NAMESPACE, etree.ErrorDomains.VALID, etree.ErrorDomains.DTD)
"""An undeclared prefix, and an `xml:id` that is there twice or is no name, are no fault here."""

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def elements(
    source: BinaryIO, name: str, *tags: str, top: bool = False
) -> Iterator[_Element | Finding]:
    """Give the elements of some names, each when all of it has been read; then it is forgotten.

    Args:
        source: The XML, in the encoding that it declares.
        name: Path of the file, for findings.
        tags: Names as lxml has them; `{*}mods` is one in any namespace.
        top: Whether only those that stand directly in the root count.

    Returns:
        The elements in their order. A file that breaks off yields what is whole, then an error as
        a finding.

    Raises:
        InputError: It is not well-formed before the first of them, or declares entities.
    """
    context = etree.iterparse(
        as_xml(source),
        events=("end",),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=True,
    )
    is_begun = False
    for element in _read(context, name):
        if top and not _is_on_top(element):
            continue
        if not is_begun:
            _refuse_entities(element, name)
        if _fault(context) is not None:
            break
        is_begun = True
        yield element
        _forget(element)
    fault = _fault(context)
    if fault is None:
        return
    message, line = fault
    if not is_begun:
        raise InputError(message, where=name, line=line)
    yield Finding(
        code="broken-xml",
        severity="error",
        message=f"{message}; the records before it were read",
        file=name,
        line=line,
    )


def records(
    source: BinaryIO,
    name: str,
    tags: Sequence[str],
    record_of: Callable[[_Element], Record | None],
    otherwise: str,
) -> Iterator[Record | Finding]:
    """Give the records of a file whose elements of some names may each be one.

    Args:
        source: The XML, in the encoding that it declares.
        name: Path of the file, for findings.
        tags: Names as lxml has them.
        record_of: Gives the record of an element, None for one of another format.
        otherwise: What is wrong with a file without any record.

    Raises:
        InputError: It is not well-formed, declares entities, or holds no record.
    """
    is_any = False
    for element in elements(source, name, *tags):
        found = element if isinstance(element, Finding) else record_of(element)
        if found is not None:
            is_any = is_any or not isinstance(found, Finding)
            yield found
    if not is_any:
        raise InputError(otherwise, where=name)


def _read(context: Any, name: str) -> Iterator[_Element]:
    try:
        yield from (element for _, element in context)
    except etree.XMLSyntaxError as error:
        raise InputError("not well-formed XML: no element found", where=name) from error


def _is_on_top(element: _Element) -> bool:
    parent = element.getparent()
    return parent is not None and parent.getparent() is None


def _fault(context: Any) -> tuple[str, int | None] | None:
    """Give what is wrong with the XML so far, and the line."""
    for error in context.error_log:
        if error.domain not in _HARMLESS:
            message = _PLACE.sub("", error.message or "no content").strip()
            text = f"not well-formed XML: {message[:1].lower()}{message[1:]}"
            return text, error.line or None
    return None


def _refuse_entities(element: _Element, name: str) -> None:
    # A file without a document type has no such object.
    entities = getattr(element.getroottree().docinfo.internalDTD, "entities", list)
    entity = next(iter(entities()), None)
    if entity is not None:
        raise InputError(
            f"the file declares the entity {entity.name}, and entities are not expanded",
            where=name,
            hint="write what it stands for in its place",
        )


def _forget(element: _Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: _Element) -> str:
    """Give the name of an element without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def text_of(element: _Element | None) -> str:
    """Give all text in an element, white space as one space; "" for None."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def child_text(element: _Element, path: str) -> str:
    """Give the text of the first element that a path such as `{*}titleInfo/{*}title` leads to."""
    return text_of(element.find(path))


def add(parent: _Element, tag: str, text: str = "", /, **attributes: str) -> _Element:
    """Add an element with a text and those of the attributes that are not empty."""
    child = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if value:
            child.set(name.rstrip("_"), writable(value))
    if text:
        child.text = writable(text)
    return child


def writable(text: str) -> str:
    """Give a text without the characters that XML 1.0 cannot hold (section 2.2)."""
    # No such character is printable, and this is told much sooner.
    return text if text.isprintable() else _UNWRITABLE.sub("", text)


def serialised(element: _Element) -> bytes:
    """Give an element as UTF-8, indented by two spaces, without a declaration."""
    etree.indent(element)
    return etree.tostring(element, encoding="utf-8")
