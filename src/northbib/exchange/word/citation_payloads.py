"""What reference managers put behind a citation in a document: the records that it cites.

Sources: the fields that Zotero, Mendeley and EndNote write. CSL-JSON stands behind `CSL_CITATION`;
EndNote's XML stands behind `EN.CITE`, as it is or in base64; Mendeley Cite has CSL-JSON in base64.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
import re
from typing import TYPE_CHECKING, Any

from northbib.errors import InputError
from northbib.exchange import csl_json, endnote_xml
from northbib.records import Date, Name, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bare", "cited", "cited_by_endnote", "cited_by_mendeley", "cited_by_word", "unformatted"]

_JSON = json.JSONDecoder()
_NOT_ITS_OWN = re.compile(r"ITEM-\d+|\d+|")
_JABREF = re.compile(r"JABREF_(?P<keys>.+?) CID_\d+(?: .*)?|JR_cite_\d+_\d_(?P<old>.+)", re.DOTALL)
_WORD = re.compile(r"\s*CITATION\s+(?P<rest>.+)", re.DOTALL)
_SWITCH = re.compile(r'\\(?P<name>[a-zA-Z])(?:\s+(?P<value>"[^"]*"|[^\s\\]+))?')
_UNFORMATTED = re.compile(
    r"(?P<author>[^\s{};#@,][^{};#@]*?)?,? ?(?P<year>\d{4}|in press|n\.d\.)[a-z]? #(?P<number>\d+)"
    r"[^;{}]*"
)
_MENDELEY = "MENDELEY_CITATION_v3_"


def cited(text: str) -> Iterator[Record]:
    """Give the records behind a field or mark: those of CSL-JSON, EndNote's XML or JabRef's keys.

    Args:
        text: The instruction of the field, or the name of the mark.
    """
    if "CSL_CITATION" in text and "{" in text:
        yield from _of_csl(text[text.index("{") :])
    elif "<EndNote" in text:
        yield from cited_by_endnote(text[text.index("<EndNote") :].encode())
    elif match := _JABREF.match(text):
        yield from map(bare, filter(None, re.split(r",\s*", match["keys"] or match["old"])))


def _of_csl(text: str) -> Iterator[Record]:
    try:
        value, _ = _JSON.raw_decode(text)
    except (ValueError, RecursionError):
        return
    yield from _of_items(value)


def _of_items(value: Any) -> Iterator[Record]:
    """Give the records of a citation or of several."""
    if isinstance(value, list):
        for each in value:
            yield from _of_items(each)
        return
    items = value.get("citationItems") if isinstance(value, dict) else None
    for item in items if isinstance(items, list) else ():
        data = item.get("itemData") if isinstance(item, dict) else None
        if isinstance(data, dict):
            yield _keyed(csl_json.decode(data), data, item)


def _keyed(record: Record, data: dict[str, Any], item: dict[str, Any]) -> Record:
    """Give a record the key that its library knows it by; a number in a document is none."""
    key = data.get("citation-key") or data.get("citekey")
    if isinstance(key, str) and key:
        return record.replace(key=key)
    own = str(data.get("id") or item.get("id") or "")
    return record.replace(key="" if _NOT_ITS_OWN.fullmatch(own) else own.rpartition("/")[2])


def cited_by_mendeley(tag: str) -> Iterator[Record]:
    """Give the records of the tag or the property of a citation of Mendeley Cite."""
    if tag.startswith("["):
        text = tag
    elif tag.startswith(_MENDELEY):
        text = _unpacked(tag.removeprefix(_MENDELEY)).decode("utf-8", "replace")
    else:
        return
    try:
        yield from _of_items(json.loads(text))
    except (ValueError, RecursionError):
        return


def cited_by_endnote(data: bytes) -> Iterator[Record]:
    """Give the records of EndNote's XML, as it is or in base64."""
    start = data.lstrip()
    whole = start if start.startswith(b"<") else _unpacked(start.decode("ascii", "ignore"))
    end = whole.rfind(b">") + 1
    try:
        for found in endnote_xml.read(io.BytesIO(whole[:end]), "citation"):
            if isinstance(found, Record):
                yield found
    except InputError:
        return


def _unpacked(text: str) -> bytes:
    packed = "".join(text.split()).rstrip("=")
    try:
        return base64.b64decode(packed + "=" * (-len(packed) % 4))
    except binascii.Error:
        return b""


def cited_by_word(instruction: str) -> list[str]:
    r"""Give the keys that a field of Word cites: `CITATION Eco88 \l 1033 \m Mey12`."""
    match = _WORD.match(instruction)
    if match is None:
        return []
    words = match["rest"].split()
    first = [words[0].strip('"')] if words and not words[0].startswith("\\") else []
    more = [switch["value"] for switch in _SWITCH.finditer(match["rest"]) if switch["name"] == "m"]
    return first + [key.strip('"') for key in more if key]


def unformatted(text: str) -> Iterator[Record]:
    """Give what citations that EndNote has not formatted say: `{Smith, 2020 #42}`."""
    for group in re.findall(r"\{([^{}]*#\d[^{}]*)\}", text):
        for part in group.split(";"):
            match = _UNFORMATTED.fullmatch(part.strip())
            if match is not None:
                author = (match["author"] or "").strip()
                named = {"author": (Name(literal=author),)} if author else {}
                date = {"issued": Date.parse(match["year"])}
                yield Record(f"EN{match['number']}", "document", {**named, **date})


def bare(key: str) -> Record:
    """Give the record of a citation of which a document has the key alone."""
    return Record(key.strip(), "document")
