"""Files as the systems take them that librarians feed: formats with what each leaves out or wants.

A profile stands in for the module of a format. It keeps no notes of ours, which students would
see, so what it has no place for is lost, and named among the losses; but a system that has a place
of its own for what it has no field for gets it there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from northbib.errors import UsageError
from northbib.exchange import citation_js_csl, csl_json
from northbib.exchange.formats import module_of
from northbib.exchange.zotero import csl as zotero_csl
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from northbib.exchange.formats import Format
    from northbib.exchange.protocol import Module, Native, Read
    from northbib.records import Record

__all__ = ["PROFILES", "Profile", "profile_named"]

Fields = tuple[tuple[str, str], ...]

_TALIS = frozenset(
    "TY ID AU A1 A2 ED TI T1 T2 BT JF CT DO SP EP SN IS VL ET PB PY Y1 UR N1 N2 U1 U3 ER".split()
)
_SERIAL = re.compile(r"[\dXx][\dXx -]{7,}")
_IMPORTANCE = "importance"


@dataclass(frozen=True, slots=True)
class Profile:
    """How a system takes records.

    Attributes:
        name: The word that `--profile` takes.
        title: What people call the system.
        formats: The formats that it takes, the best one first.
        takes: What is as it wants it, in a few words.
        encoded: Makes of a format's parts, and the record, those that the system takes.
        decoded: Gives the record that the system reads from these.
        kept: Puts notes where the system itself keeps what it has no field for, if it does.
    """

    name: str
    title: str
    formats: tuple[str, ...]
    takes: str
    encoded: Callable[[str, Record, Native], Native]
    decoded: Callable[[str, Module, Native], Record]
    kept: Callable[[Native, Sequence[str]], Native] | None = None

    def module(self, entry: Format) -> Module:
        """Give what stands in for the module of a format.

        Raises:
            UsageError: The system does not take the format.
        """
        if entry.name not in self.formats:
            hint = f"--to {' or '.join(self.formats)}"
            raise UsageError(f"{self.title} is not written as {entry.title}", hint=hint)
        if self.kept is None:
            return _Module(self, entry.name, module_of(entry))
        return _KeepingModule(self, entry.name, module_of(entry), self.kept)


class _Module:
    """A format as a system takes it; without notes of ours."""

    def __init__(self, profile: Profile, name: str, module: Module) -> None:
        self._profile = profile
        self._name = name
        self._module = module

    def read(self, source: BinaryIO, name: str) -> Iterator[Read]:
        return self._module.read(source, name)

    def decode(self, native: Native) -> Record:
        return self._profile.decoded(self._name, self._module, native)

    def encode(self, record: Record) -> Native:
        return self._profile.encoded(self._name, record, self._module.encode(record))

    def write(self, natives: Iterable[Native]) -> Iterator[bytes]:
        return self._module.write(natives)


class _KeepingModule(_Module):
    """A format as a system takes it that keeps notes in its own form."""

    def __init__(
        self,
        profile: Profile,
        name: str,
        module: Module,
        kept: Callable[[Native, Sequence[str]], Native],
    ) -> None:
        super().__init__(profile, name, module)
        self._kept = kept

    def keep(self, native: Native, lines: Sequence[str]) -> Native:
        return self._kept(native, lines)


def _as_is(_name: str, _record: Record, native: Native) -> Native:
    return native


def _as_read(_name: str, module: Module, native: Native) -> Record:
    return module.decode(native)


def _for_talis(_name: str, record: Record, native: Fields) -> Fields:
    fields = [("N2" if tag == "AB" else tag, value) for tag, value in native if tag != "N1"]
    fields = [pair for tag, value in fields for pair in _serials(tag, value) if tag in _TALIS]
    note = record.plain("annote") or record.plain("note")
    more = [("N1", " ".join(note.split())), ("U1", record.extra.get(_IMPORTANCE, ""))]
    return (*fields, *(pair for pair in more if pair[1]))


def _serials(tag: str, value: str) -> list[tuple[str, str]]:
    """Give an ISBN or ISSN without anything but its digits, a line for each."""
    if tag != "SN":
        return [(tag, value)]
    return [(tag, re.sub(r"[^\dX]", "", each.upper())) for each in _SERIAL.findall(value)]


def _by_talis(_name: str, module: Module, native: Fields) -> Record:
    notes = [value for tag, value in native if tag == "N1"]
    importance = [value for tag, value in native if tag == "U1"]
    record = module.decode(tuple(pair for pair in native if pair[0] not in ("N1", "U1")))
    values: Mapping[str, Any] = {"annote": notes[0]} if notes else {}
    extra = {_IMPORTANCE: importance[0]} if importance else {}
    return record.replace(values={**record.values, **values}, extra={**record.extra, **extra})


def _for_zotero(_name: str, record: Record, native: dict[str, Any]) -> dict[str, Any]:
    return zotero_csl.encoded(record, native)


def _for_citation_js(_name: str, record: Record, native: dict[str, Any]) -> dict[str, Any]:
    return citation_js_csl.encoded(record, native)


def _by_zotero(_name: str, module: Module, native: dict[str, Any]) -> Record:
    return zotero_csl.decoded(module, native)


PROFILES: dict[str, Profile] = {
    profile.name: profile
    for profile in (
        Profile(
            "talis",
            "Talis Aspire",
            ("ris",),
            "the tags that it reads, ISBN of digits only, `importance` in U1, `annotation` in N1",
            _for_talis,
            _by_talis,
        ),
        Profile(
            "leganto",
            "Leganto",
            ("leganto", "ris", "bibtex"),
            "the columns of its loader, or RIS and BibTeX without notes of ours",
            _as_is,
            _as_read,
        ),
        Profile(
            "zotero",
            "Zotero",
            ("csl-json",),
            "no types that make it refuse the whole file, such as software and standard; names in"
            " its two fields; what it has no field for in Extra",
            _for_zotero,
            _by_zotero,
            zotero_csl.kept,
        ),
        Profile(
            "citation-js",
            "citation.js",
            ("csl-json",),
            "BibLaTeX's words for genres and states, all particles, titles and notes by themselves",
            _for_citation_js,
            _as_read,
            csl_json.keep,
        ),
        Profile(
            "excel",
            "Excel",
            ("csv", "xlsx"),
            "a mark of UTF-8 in CSV, no cells that are formulas, no column of notes of ours",
            _as_is,
            _as_read,
        ),
    )
}


def profile_named(name: str) -> Profile:
    """Give the profile of a name.

    Raises:
        UsageError: There is no such profile; the hint names those there are.
    """
    if name not in PROFILES:
        hint = did_you_mean(name, PROFILES) or f"one of {', '.join(PROFILES)}"
        raise UsageError(f"no profile is called {name!r}", hint=hint)
    return PROFILES[name]
