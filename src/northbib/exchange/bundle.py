"""Records in several formats and groups: what each file is to hold, with a manifest of all."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from northbib.exchange.conversion import Conversion
from northbib.records import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.exchange.conversion import Told
    from northbib.exchange.formats import Format
    from northbib.records import Record

__all__ = ["MANIFEST", "File", "files", "manifest"]

MANIFEST = "manifest.json"

_UNFIT = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class File:
    """A file of records.

    Attributes:
        name: Its name.
        format: The name of its format.
        group: The group that it holds, "" for all records.
        records: How many records it has.
        data: Its bytes.
        told: What is to be said of them.
    """

    name: str
    format: str
    group: str
    records: int
    data: bytes
    told: tuple[Told, ...] = ()


def files(
    groups: Mapping[str, Sequence[Record]],
    formats: Sequence[Format],
    stem: str,
    *,
    profile: str = "",
    explain: bool = False,
) -> Iterator[File]:
    """Give the files of records, group by group and format by format; nothing is written.

    Args:
        groups: The records by group; one group "" for all of them.
        formats: The formats.
        stem: What a file of all records is called, without its ending.
        profile: The system that they are written for, "" for none.
        explain: Whether what is told has the losses.

    Raises:
        UsageError: The system does not take a format.
    """
    stems = _stems(groups, stem)
    endings = _endings(formats)
    for group, records in groups.items():
        for entry in formats:
            conversion = Conversion(entry, profile, explain=explain)
            data, told, count = conversion.file(records)
            name = stems[group] + endings[entry.name]
            yield File(name, entry.name, group, count.written, data, told)


def manifest(made: Sequence[File], query: str = "", profile: str = "") -> bytes:
    """Give the manifest of files: what each holds, its length and its SHA-256; JSON."""
    listed = [
        {
            "file": each.name,
            "format": each.format,
            "group": each.group or None,
            "records": each.records,
            "bytes": len(each.data),
            "sha256": sha256(each.data).hexdigest(),
        }
        for each in made
    ]
    whole = {"query": query or None, "profile": profile or None, "files": listed}
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _stems(groups: Mapping[str, object], stem: str) -> dict[str, str]:
    """Give each group a name for its files, which no other one has."""
    stems: dict[str, str] = {}
    used: Counter[str] = Counter()
    for group in groups:
        base = _UNFIT.sub("-", fold(group)).strip("-") or stem
        used[base] += 1
        stems[group] = base if used[base] == 1 else f"{base}-{used[base]}"
    return stems


def _endings(formats: Sequence[Format]) -> dict[str, str]:
    shared = Counter(entry.extensions[0] for entry in formats)
    return {
        entry.name: entry.extensions[0]
        if shared[entry.extensions[0]] == 1
        else f".{entry.name}{entry.extensions[0]}"
        for entry in formats
    }
