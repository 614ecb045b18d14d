"""Word documents (Office Open XML, ECMA-376), as python-docx writes them.

Headings, lists and links are Word's own: the styles Heading 1 to 6, List Bullet and List Number,
and hyperlinks with an address. The same blocks give the same bytes: no date, name or machine goes
into the file.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from itertools import groupby
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import RGBColor

from northbib.markup.runs import runs
from northbib.markup.tree import Heading, ItemList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph
    from docx.text.run import Run as WordRun

    from northbib.markup.runs import Run
    from northbib.markup.tree import Block, Inline, Kind

__all__ = ["write_document"]

# The earliest moment that a zip archive can name (APPNOTE.TXT, 4.4.6).
_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)
_HYPERLINK = RELATIONSHIP_TYPE.HYPERLINK
_LINK_COLOUR = RGBColor(0x05, 0x63, 0xC1)
# The properties of a font in python-docx.
_FONT: dict[Kind, str] = {
    "emphasis": "italic",
    "strong": "bold",
    "small-caps": "small_caps",
    "superscript": "superscript",
    "subscript": "subscript",
    "underline": "underline",
}


def write_document(blocks: Iterable[Block]) -> bytes:
    """Write headings, paragraphs and lists as the bytes of a .docx file.

    Each numbered list begins at 1. White space at the edges of a text is kept. No blocks give a
    document without text.
    """
    document = docx.Document()
    _clear_properties(document)
    _add_link_style(document)
    for block in blocks:
        if isinstance(block, ItemList):
            _add_list(document, block)
        else:
            style = f"Heading {block.level}" if isinstance(block, Heading) else "Normal"
            _add_runs(document.add_paragraph(style=style), block.content)
    return _packed(document)


def _clear_properties(document: Document) -> None:
    """Take out what the template of python-docx says of itself."""
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.created = properties.modified = _MOMENT


def _add_link_style(document: Document) -> None:
    style = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = _LINK_COLOUR
    style.font.underline = True


def _add_list(document: Document, block: ItemList) -> None:
    style = document.styles["List Number" if block.ordered else "List Bullet"]
    number = _new_numbering(document, style) if block.ordered else None
    for item in block.items:
        paragraph = document.add_paragraph()
        element = paragraph.paragraph_format.element
        element.style = style.style_id  # Quicker than to have each paragraph look its style up.
        if number is not None:
            properties = element.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = 0
            properties.get_or_add_numId().val = number
        _add_runs(paragraph, item.content)
        for each in item.annotation:
            _add_runs(document.add_paragraph(style="List Continue"), each.content)


def _new_numbering(document: Document, style: ParagraphStyle) -> int:
    """Give the number of a new list in a style, without which it would go on where one ended."""
    numbering = document.part.numbering_part.element
    of_style = numbering.num_having_numId(style.element.pPr.numPr.numId.val)
    numbered = numbering.add_num(of_style.abstractNumId.val)
    numbered.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(numbered.numId)


def _add_runs(paragraph: WordParagraph, content: Iterable[Inline]) -> None:
    for url, group in groupby(runs(content), key=lambda run: run.url):
        made = [_add_run(paragraph, run) for run in group]
        if url:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(url, _HYPERLINK, is_external=True))
            paragraph.paragraph_format.element.append(link)
            link.extend(run.font.element for run in made)


def _add_run(paragraph: WordParagraph, run: Run) -> WordRun:
    made = paragraph.add_run(run.text)
    if run.url:
        made.font.element.style = "Hyperlink"
    for kind in run.kinds:
        setattr(made.font, _FONT[kind], True)
    return made


def _packed(document: Document) -> bytes:
    """Save a document, with no moment of saving in the archive."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, _MOMENT.timetuple()[:6])
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
