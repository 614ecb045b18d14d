"""The table of bibliographic formats.

Each format is a module of this package (see `northbib.exchange.protocol`), imported on first use.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from northbib.errors import UsageError
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from northbib.exchange.protocol import Module

__all__ = ["FORMATS", "Format", "format_named", "formats_of_name", "module_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A bibliographic format.

    Attributes:
        name: The word that `--to` and `--from` take.
        title: What people call it.
        extensions: File name endings that tell it, with the dot.
        module: The module of this package that reads and writes it.
        media_type: Its media type, registered or in common use.
        specification: Where it is laid down.
        cannot: What it has no part for, in a few words; "" where it holds all.
        reads: Whether it is read.
        writes: Whether it is written.
        is_text: Whether it can go to a terminal.
    """

    name: str
    title: str
    extensions: tuple[str, ...]
    module: str
    media_type: str
    specification: str
    cannot: str = ""
    reads: bool = True
    writes: bool = True
    is_text: bool = True


FORMATS: dict[str, Format] = {
    entry.name: entry
    for entry in (
        Format(
            "biblatex",
            "BibLaTeX",
            (".bib",),
            "biblatex",
            "application/x-bibtex",
            "https://ctan.org/pkg/biblatex",
            cannot="line breaks in texts, keys with spaces",
        ),
        Format(
            "bibtex",
            "BibTeX",
            (".bibtex", ".bib"),
            "bibtex",
            "application/x-bibtex",
            "https://ctan.org/pkg/bibtex",
            cannot="line breaks in texts, days of dates, roles beside author and editor",
        ),
        Format(
            "csl-json",
            "CSL-JSON",
            (".json", ".csljson"),
            "csl_json",
            "application/vnd.citationstyles.csl+json",
            "https://github.com/citation-style-language/schema",
        ),
        Format(
            "ris",
            "RIS",
            (".ris",),
            "ris",
            "application/x-research-info-systems",
            "https://github.com/aurimasv/translators/wiki/RIS-Tag-Map",
            cannot="dates of events and originals, roles beside author, editor and translator",
        ),
        Format(
            "enw",
            "EndNote tagged",
            (".enw",),
            "enw",
            "application/x-endnote-refer",
            "https://support.clarivate.com/Endnote/s/",
            cannot="dates of events and originals, roles beside author, editor and translator",
        ),
        Format(
            "endnote-xml",
            "EndNote XML",
            (".xml",),
            "endnote_xml",
            "application/xml",
            "https://support.clarivate.com/Endnote/s/",
            cannot="dates of events and originals, roles beside author, editor and translator",
        ),
        Format(
            "nbib",
            "PubMed (MEDLINE)",
            (".nbib",),
            "nbib",
            "application/nbib",
            "https://www.nlm.nih.gov/bsd/mms/medlineelements.html",
            cannot="roles beside author, editor and investigator, URLs, days of access",
        ),
        Format(
            "pubmed-xml",
            "PubMed XML",
            (".xml",),
            "pubmed_xml",
            "application/xml",
            "https://www.nlm.nih.gov/bsd/licensee/data_elements_doc.html",
            writes=False,
        ),
        Format(
            "wos",
            "Web of Science tagged",
            (".ciw", ".isi"),
            "wos",
            "application/x-inst-for-scientific-info",
            "https://webofscience.help.clarivate.com/",
            cannot="roles beside author and editor, URLs, days of access",
        ),
        Format(
            "refworks",
            "RefWorks tagged",
            (".refworks",),
            "refworks",
            "text/plain",
            "https://knowledge.exlibrisgroup.com/RefWorks",
            cannot="roles beside author, editor and translator, numbers of series",
        ),
        Format(
            "ovid",
            "Ovid citations",
            (".ovd",),
            "ovid",
            "text/plain",
            "https://ospguides.ovid.com/",
            writes=False,
        ),
        Format(
            "primo",
            "Primo PNX",
            (".xml",),
            "primo",
            "application/xml",
            "https://knowledge.exlibrisgroup.com/Primo",
            writes=False,
        ),
        Format(
            "coins",
            "COinS and ContextObjects",
            (".coins",),
            "context_objects",
            "text/html",
            "https://www.niso.org/standards-committees/openurl",
            cannot="keys, most dates and roles, notes, and whatever is not cited",
        ),
        Format(
            "mods",
            "MODS",
            (".mods", ".xml"),
            "mods",
            "application/mods+xml",
            "https://www.loc.gov/standards/mods/",
            cannot="dates and places of events, name lists as they were cut",
        ),
        Format(
            "marcxml",
            "MARCXML",
            (".marcxml", ".xml"),
            "marcxml",
            "application/marcxml+xml",
            "https://www.loc.gov/standards/marcxml/",
            cannot="name lists as they were cut, days of some dates",
        ),
        Format(
            "marc",
            "MARC 21",
            (".mrc", ".marc"),
            "marc",
            "application/marc",
            "https://www.loc.gov/marc/bibliographic/",
            cannot="name lists as they were cut, days of some dates",
            is_text=False,
        ),
        Format(
            "csl-yaml",
            "CSL-YAML",
            (".yaml", ".yml"),
            "csl_yaml",
            "application/yaml",
            "https://pandoc.org/MANUAL.html#specifying-bibliographic-data",
        ),
        Format(
            "hayagriva",
            "Hayagriva",
            (".yml", ".yaml"),
            "hayagriva",
            "application/yaml",
            "https://github.com/typst/hayagriva/blob/main/docs/file-format.md",
            cannot="markup, topics, seasons and ranges of dates",
        ),
        Format(
            "zotero-rdf",
            "Zotero RDF",
            (".rdf",),
            "zotero.rdf",
            "application/rdf+xml",
            "https://www.zotero.org/support/kb/zotero_rdf",
            cannot="name lists as they were cut, dates of events and originals",
        ),
        Format(
            "cff",
            "Citation File Format",
            (".cff",),
            "cff",
            "application/yaml",
            "https://github.com/citation-file-format/citation-file-format",
            cannot="markup, places of events, roles beside author, editor and translator",
        ),
        Format(
            "schema-org",
            "schema.org JSON-LD",
            (".jsonld", ".json"),
            "schema_org.json_ld",
            "application/ld+json",
            "https://schema.org/CreativeWork",
            cannot="markup, roles and dates that schema.org has no member for",
        ),
        Format(
            "csv",
            "CSV",
            (".csv", ".tsv"),
            "table_csv",
            "text/csv",
            "https://www.rfc-editor.org/rfc/rfc4180",
            cannot="markup; what has no column is in the last one",
        ),
        Format(
            "xlsx",
            "XLSX",
            (".xlsx",),
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
            cannot="markup, cells of more than 32,767 characters",
            is_text=False,
        ),
        Format(
            "reading-list",
            "Reading list as CSV",
            (".csv",),
            "reading_list_csv",
            "text/csv",
            "https://support.talis.com/hc/en-us",
            cannot="keys, topics, abstracts and all else without a column in reading lists",
        ),
        Format(
            "word-xml",
            "Word bibliography XML",
            (".xml",),
            "word.sources",
            "application/xml",
            "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
            cannot="abstracts, topics, series, dates of events and originals",
        ),
        Format(
            "docx-citations",
            "Citations in Word and OpenDocument texts",
            (".docx", ".odt", ".xml"),
            "word.document",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
            writes=False,
            is_text=False,
        ),
        Format(
            "dc",
            "Dublin Core (oai_dc)",
            (".dc", ".xml"),
            "dublin_core.oai_dc",
            "application/xml",
            "https://www.openarchives.org/OAI/2.0/oai_dc.xsd",
            cannot="volume, issue and pages but in words, roles beside author, kinds of dates",
        ),
        Format(
            "qdc",
            "Dublin Core, qualified",
            (".qdc", ".xml"),
            "dublin_core.qualified",
            "application/xml",
            "https://www.dublincore.org/specifications/dublin-core/dcmi-terms/",
            cannot="volume, issue and pages but in words, roles beside author",
        ),
        Format(
            "jats",
            "JATS reference list",
            (".jats", ".xml"),
            "jats",
            "application/jats+xml",
            "https://jats.nlm.nih.gov/archiving/tag-library/",
            cannot="abstracts, topics, originals, roles beside author, editor and translator",
        ),
        Format(
            "tei",
            "TEI bibliography",
            (".tei", ".xml"),
            "tei",
            "application/tei+xml",
            "https://tei-c.org/release/doc/tei-p5-doc/en/html/ref-biblStruct.html",
            cannot="roles beside author, editor, translator and few others",
        ),
        Format(
            "leganto",
            "Leganto reading list loader",
            (".tsv",),
            "leganto",
            "text/tab-separated-values",
            "https://knowledge.exlibrisgroup.com/Leganto/Implementation_and_Migration/",
            cannot="markup, kinds beside its codes, roles beside author and editor",
            reads=False,
        ),
    )
}


def format_named(name: str) -> Format:
    """Give the format of a name.

    Raises:
        UsageError: There is no such format; the hint names those there are.
    """
    if name not in FORMATS:
        hint = did_you_mean(name, FORMATS) or f"one of {', '.join(FORMATS)}"
        raise UsageError(f"no format is called {name!r}", hint=hint)
    return FORMATS[name]


def formats_of_name(name: str) -> tuple[Format, ...]:
    """Give the formats that the ending of a file's name stands for, the likeliest first."""
    suffix = PurePath(name).suffix.lower()
    return tuple(entry for entry in FORMATS.values() if suffix and suffix in entry.extensions)


def module_of(entry: Format) -> Module:
    """Give the module of a format."""
    return cast("Module", importlib.import_module(f"northbib.exchange.{entry.module}"))
