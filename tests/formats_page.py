"""docs/formats.md: which formats there are, and what each calls a type; run it to write it anew."""

from __future__ import annotations

from pathlib import Path

from northbib.bibtex.tables import ENTRY_OF_TYPE
from northbib.exchange.formats import FORMATS, Format, module_of
from northbib.records.vocabulary import TYPES

PAGE = Path(__file__).parents[1] / "docs" / "formats.md"
SHOWN = {
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "enw": "EndNote",
    "nbib": "nbib",
    "word-xml": "Word",
    "hayagriva": "Hayagriva",
    "zotero-rdf": "Zotero RDF",
    "dc": "Dublin Core",
    "leganto": "Leganto",
}
"""Formats whose types are in the table, and the heads of their columns."""

HEAD = """# Formats

<!-- Written by tests/formats_page.py. -->

`northbib formats` prints this table, with the media type and the specification of each format.

| name | format | reads | writes | endings | cannot hold |
| --- | --- | --- | --- | --- | --- |
"""
BETWEEN = """
## Types

Each record has a type of CSL 1.0.2, here in the first column, which is also what CSL-JSON and
CSL-YAML call it. Where a format has one word for several types, northbib keeps the type in a note
and reads it back, if the format has notes.

"""


def written() -> str:
    """Give the page."""
    formats = "".join(map(_about, FORMATS.values()))
    shown = {name: head for name, head in SHOWN.items() if name in FORMATS and _types(name)}
    head = (
        f"| type | {' | '.join(shown.values())} |\n| {' | '.join(['---'] * (len(shown) + 1))} |\n"
    )
    rows = "".join(
        f"| {kind} | {' | '.join(_types(name).get(kind, '') for name in shown)} |\n"
        for kind in sorted(TYPES)
    )
    return HEAD + formats + BETWEEN + head + rows


def _about(entry: Format) -> str:
    cells = (
        f"`{entry.name}`",
        f"[{entry.title}]({entry.specification})",
        "yes" if entry.reads else "",
        "yes" if entry.writes else "",
        " ".join(f"`{ending}`" for ending in entry.extensions),
        entry.cannot,
    )
    return f"| {' | '.join(cells)} |\n"


def _types(name: str) -> dict[str, str]:
    if name == "biblatex":
        return {kind: _entry(*names) for kind, names in ENTRY_OF_TYPE.items()}
    found = getattr(module_of(FORMATS[name]), "TYPES", {})
    return {kind: _word(native) for kind, native in found.items()}


def _entry(entry_type: str, subtype: str) -> str:
    return f"@{entry_type}" + (f", {subtype}" if subtype else "")


def _word(native: object) -> str:
    parts = native if isinstance(native, tuple) else (native,)
    return ", ".join(str(part) for part in parts if isinstance(part, str | int) and part)


if __name__ == "__main__":
    PAGE.write_text(written())
