"""Where an entry leads: the addresses in its own fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urldefrag, urlsplit

from northbib.bibtex.latex import to_verbatim
from northbib.errors import UsageError
from northbib.records.identifiers import doi
from northbib.resolve.addresses import fit_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from northbib.library.checking.subject import Subject
    from northbib.records import Record

__all__ = ["Link", "is_persistent", "links_of"]

_FIELDS = ("url", "doi", "archiveurl")
# Where BibTeX of old has the address.
_OF_OLD = "howpublished"

_RESOLVERS = frozenset({"doi.org", "dx.doi.org", "www.doi.org"})
# Whose addresses are made to lead on, and to stay as they are.
_PERSISTENT = _RESOLVERS | {
    *("hdl.handle.net", "purl.org", "purl.oclc.org", "w3id.org", "n2t.net", "perma.cc"),
    *("archive.org", "web.archive.org", "archive.today", "archive.ph", "archive.is", "arquivo.pt"),
    *("webarchive.nationalarchives.gov.uk", "www.webarchive.org.uk", "webcitation.org"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A link of an entry.

    Attributes:
        subject: The entry.
        record: Its record; None if it is no work of its own.
        field: The field that it stands in.
        written: What stands there.
        address: The address to ask for, without a fragment; "" if it is none of the web.
    """

    subject: Subject
    record: Record | None
    field: str
    written: str
    address: str

    @property
    def stays(self) -> bool:
        """Whether its address is right though it leads on to another."""
        return self.field in ("doi", "archiveurl") or is_persistent(self.written)


def links_of(
    subject: Subject, record: Record | None, address_of: Callable[[str], str]
) -> Iterator[Link]:
    """Give the links of an entry.

    Args:
        subject: The entry.
        record: Its record; None if it is no work of its own.
        address_of: Gives the base address of a service, "" for one that is not to be asked.
    """
    for field, value in subject.having(*_FIELDS):
        if written := to_verbatim(value).strip():
            address = _address(field, written, address_of("doi"))
            yield Link(subject, record, field, written, address)
    url = record.plain("URL") if record is not None and "url" not in subject.values else ""
    if url and url in subject.values.get(_OF_OLD, ""):
        yield Link(subject, record, _OF_OLD, url, _address(_OF_OLD, url, address_of("doi")))


def is_persistent(address: str) -> bool:
    """Whether an address belongs to a resolver or an archive."""
    try:
        return (urlsplit(address).hostname or "") in _PERSISTENT
    except ValueError:
        return False


def _address(field: str, written: str, resolver: str) -> str:
    name = doi(written) if field == "doi" or _is_resolver(written) else None
    if name is not None:
        return f"{resolver}{quote(name, safe='/')}" if resolver else ""
    if field == "doi":
        return ""
    try:
        return urldefrag(fit_address(written))[0]
    except UsageError:
        return ""


def _is_resolver(written: str) -> bool:
    try:
        return (urlsplit(written).hostname or "") in _RESOLVERS
    except ValueError:
        return False
