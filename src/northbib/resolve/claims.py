"""What a source says of a work, field by field, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.findings import Finding
    from northbib.records import Record, Value
    from northbib.resolve.recognition import Identifier

__all__ = ["Answer", "Claim", "Resolution"]


@dataclass(frozen=True, slots=True)
class Claim:
    """One field of a work, as one source has it.

    Attributes:
        field: A CSL variable; or `type`, `site` (the name of the website), `modified` (the day of
            the last edit), `generator` (the software behind a page), `alternate` (the address of
            the same work in another format).
        value: What a record would hold: rich text, names or a date.
        source: Who says so: `registry:doi`, `page:highwire`, `site:gov.uk`, …
        locator: Where in the source it stood (`citation_title`, `datePublished`).
        raw: What stood there, for those who want to check how it was read; "" if the value says it.
        confidence: How often such a claim is right, 0 to 1.
        day: The day on which the source said so (ISO 8601), "" if it was not asked but read from a
            file.
    """

    field: str
    value: Value
    source: str
    locator: str = ""
    raw: str = ""
    confidence: float = 1.0
    day: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source has to say.

    Attributes:
        claims: Its claims, in the order in which they were found.
        url: The address that answered, after redirects.
        findings: Warnings on the way.
        leads: Identifiers that it names for the same work, to be asked about in turn.
    """

    claims: tuple[Claim, ...]
    url: str
    findings: tuple[Finding, ...] = ()
    leads: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """A record and how it came about.

    Attributes:
        record: The record, with an empty key.
        findings: What a person should know of it.
        source: The address that was asked first.
        claims: Field -> all claims for it; the first one is in the record, the others are rivals.
    """

    record: Record
    findings: tuple[Finding, ...]
    source: str
    claims: Mapping[str, tuple[Claim, ...]]
