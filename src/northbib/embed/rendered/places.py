"""Where an article asks for the list of what it cites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.embed.citations.arguments import Brackets
from northbib.embed.citations.generated import generated_sections
from northbib.embed.citations.reading import verbatim_spans
from northbib.embed.citations.spans import masked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from northbib.embed.markups import Markup

__all__ = ["ListPlace", "list_places"]

_LINE = r"[ \t]*(?=[\r\n]|\Z)"
_PATTERNS = {
    "markdown": re.compile(
        rf"^(?P<open>(?P<colons>:{{3,}})[ \t]*\{{[^{{}}\r\n]*\#refs\b[^{{}}\r\n]*\}}:*{_LINE})"
        rf"(?P<inside>(?:\r\n?|\n)(?:(?!:::)[^\r\n]*(?:\r\n?|\n))*?)(?P=colons){_LINE}"
        rf"|^(?P<div><div id=[\"']refs[\"'][^>\r\n]*>)(?P<rest>\s*)(?=</div>)"
        rf"|^(?P<fence>```+|:::+)\{{bibliography\}}[^\r\n]*(?:\r\n?|\n)"
        rf"(?:(?!(?P=fence))[^\r\n]*(?:\r\n?|\n))*?(?P=fence){_LINE}",
        re.MULTILINE,
    ),
    "rst": re.compile(
        r"^\.\. (?:foot)?bibliography::[^\r\n]*(?:(?:\r\n?|\n)(?:[ \t]+\S|\0)[^\r\n]*)*",
        re.MULTILINE,
    ),
    "asciidoc": re.compile(rf"^bibliography::[^\r\n\[]*\[[^\]\r\n]*\]{_LINE}", re.MULTILINE),
    "latex": re.compile(
        r"\\printbibliography(?P<options>\[[^\]]*\])?|\\bibliography(?=\{)(?P<files>\{[^{}]*\})"
    ),
    "typst": re.compile(r"#bibliography(?=\()"),
    "org": re.compile(
        rf"^[ \t]*#\+print_bibliography:[^\r\n]*?{_LINE}", re.MULTILINE | re.IGNORECASE
    ),
}
_END = {"latex": re.compile(r"\\end\{document\}")}
_LATEX_TITLE = re.compile(r"\btitle\s*=\s*\{([^{}]*)\}")
_LATEX_HEADING = re.compile(r"\bheading\s*=\s*(?:none|\{none\})")
_TYPST_TITLE = re.compile(
    r"\btitle\s*:\s*(none|auto|\[(?P<text>[^\[\]]*)\]|\"(?P<string>[^\"]*)\")"
)


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place for the list.

    Attributes:
        start: Where what it takes the place of begins.
        end: Where that ends.
        heading: What stands before it, as source; "" for nothing.
        asked: Whether the article asks for it there; else it is the end.
        indent: What stands before each of its lines between the markers of a section; None where
            it is no section.
    """

    start: int
    end: int
    heading: str = ""
    asked: bool = True
    indent: str | None = None


def list_places(text: str, markup: Markup, *, whole: bool = False) -> list[ListPlace]:
    """Give the places where an article asks for the list, else its end.

    They are its sections with `cited=yes`, all of them; else the first other place.

    Args:
        text: The article.
        markup: Its markup.
        whole: Whether the list takes the place of a division of pandoc's, which else goes around
            it.
    """
    return list(_sections(text, markup)) or [_other_place(text, markup, whole=whole)]


def _other_place(text: str, markup: Markup, *, whole: bool) -> ListPlace:
    name = "markdown" if markup == "mdx" else markup
    read = masked(text, verbatim_spans(text, markup))
    match = _PATTERNS[name].search(read) if name in _PATTERNS else None
    if match is None:
        end = _END[name].search(read) if name in _END else None
        place = end.start() if end else len(text)
        return ListPlace(place, place, asked=False)
    return _at(text, match, name, whole=whole)


def _at(text: str, match: re.Match[str], name: str, *, whole: bool) -> ListPlace:
    if name == "typst":
        return _typst(text, match)
    if name == "latex":
        return ListPlace(*match.span(), _latex_heading(match))
    groups = match.groupdict()
    if groups.get("open") and not whole:
        return ListPlace(match.end("inside"), match.end("inside"))
    return ListPlace(*match.span("rest" if groups.get("div") else 0))


def _sections(text: str, markup: Markup) -> Iterator[ListPlace]:
    for section in generated_sections(text, markup):
        if any(word.replace('"', "") == "cited=yes" for word in section.words):
            yield ListPlace(section.inside, section.close, indent=section.indent)


def _latex_heading(match: re.Match[str]) -> str:
    options = match["options"] or ""
    if _LATEX_HEADING.search(options):
        return ""
    given = _LATEX_TITLE.search(options)
    title = given[1] if given else "\\refname"
    return f"\\section*{{{title}}}"


def _typst(text: str, match: re.Match[str]) -> ListPlace:
    inside = Brackets(text).argument(match.end())
    end = inside[1] + 1 if inside else match.end()
    title = _TYPST_TITLE.search(text, match.end(), end)
    if title is None or title[1] == "auto":
        return ListPlace(match.start(), end, "= Bibliography")
    given = title["text"] or title["string"] or ""
    return ListPlace(match.start(), end, f"= {given}" if given else "")
