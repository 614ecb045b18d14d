"""An article with its citations set by a style, as a new text beside the article."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from northbib import csl
from northbib.embed.article import Article
from northbib.embed.citations import scan
from northbib.embed.front_matter import FrontMatter, front_matter
from northbib.embed.layout import between
from northbib.embed.rendered.citing import SetCluster, Setter
from northbib.embed.rendered.dialects import FORMS, Notes, joined
from northbib.embed.rendered.edits import Edit, edited
from northbib.embed.rendered.numbering import placed
from northbib.embed.rendered.places import ListPlace, list_places
from northbib.embed.rendered.punctuation import Mark, settle
from northbib.embed.rendered.settings import Options, Settings, settings_of
from northbib.embed.rendered.works import works_of
from northbib.errors import UsageError
from northbib.lists.entries import Dresser
from northbib.lists.spec import ListSpec
from northbib.lists.web import Web
from northbib.lists.words import Words
from northbib.markup import writer
from northbib.markup.tree import Heading, Inlines, ItemList, Styled, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from northbib.embed.markups import Markup
    from northbib.embed.rendered.works import Works
    from northbib.embed.rendering import Library
    from northbib.findings import Finding
    from northbib.markup.tree import Block

__all__ = ["Rendered", "render_article"]

_HEADING_LEVEL = 1
_LEADS = {"rst": "(", "org": "("}
"""What text can stand before a citation while it is written, so that it is none of a line's start.

Emphasis can follow it, and it means nothing itself.
"""
_QUOTES_TAKE_STOPS = frozenset({"en-US"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """An article with its citations set.

    Attributes:
        data: All of its bytes; those that are no citation, and not the place of the list, are as
            they were, unless it is in another markup now.
        citations: How many citations were set.
        entries: How many works the list has.
        findings: What the style or the records made impossible.
    """

    data: bytes
    citations: int
    entries: int
    findings: tuple[Finding, ...]


def render_article(
    data: bytes, name: str, markup: Markup, library: Library, options: Options | None = None
) -> Rendered:
    """Set the citations of an article and list what it cites.

    Args:
        data: The bytes of the article.
        name: Its path, for what is wrong and for a style that lies beside it.
        markup: The markup that it is in.
        library: Where the records are; a `northbib.library.Store`.
        options: What is asked for; what is not is up to the article's front matter.

    Raises:
        ArticleError: It is not in the encoding that it says it is in.
        NotFoundError: It cites works that are not in the library, each a finding of the error; or
            there is no such style or locale.
        StyleError: The style is not usable.
        UsageError: It cannot be written in that markup.
    """
    options = options or Options()
    _check_markup(markup, options)
    article = Article.read(data, name, markup)
    found = scan(article.text, markup)
    works = works_of(article, found.clusters, library, keep_unknown=options.keep_unknown)
    front = front_matter(article.text) if markup in ("markdown", "mdx") else FrontMatter()
    settings = settings_of(options, front, Path(name))
    style = csl.Style.load(settings.style, options.styles)
    setter = Setter(works, style, settings, options.engine)
    places = placed(works.clusters, found.notes, in_notes=setter.cites_in_notes)
    making = _Making(article, setter, settings, options.to or markup)
    text = making.text(setter.set(places), works)
    written = making.finished(text, front, fragment=options.fragment)
    return Rendered(written, len(places), making.entries, tuple(setter.warnings))


def _check_markup(markup: Markup, options: Options) -> None:
    to = options.to or markup
    if markup not in FORMS:
        raise UsageError(
            f"citations in {markup} are not read", hint=f"they are in {', '.join(FORMS)}"
        )
    if to != markup and (to != "html" or markup != "markdown"):
        raise UsageError(
            f"an article in {markup} is written in {markup}, not in {to}",
            hint="leave --to out, and convert the outcome with pandoc, docutils or asciidoctor"
            if markup != "markdown"
            else "--to html is possible; pandoc converts to the others",
        )
    if options.fragment and to != "html":
        raise UsageError("--fragment is for HTML", hint="say --to html")


class _Making:
    """The new text of an article in the making."""

    def __init__(self, article: Article, setter: Setter, settings: Settings, to: str) -> None:
        self.entries = 0
        self._article = article
        self._setter = setter
        self._settings = settings
        self._to = to
        self._writer = writer(to)
        self._notes = Notes(article.text, article.markup)
        self._line_end = article.lines.line_end(0)

    def text(self, citations: Sequence[SetCluster], works: Works) -> str:
        """Give the text with citations, notes and list."""
        text = self._article.text
        marks = {id(each): _mark(each) for each in citations if self._stands_high(each)}
        in_order = sorted(marks.values(), key=lambda mark: mark.start)
        settle(text, in_order, moves=self._moves(), into_quotes=self._quotes_take_stops())
        edits = [edit for each in citations for edit in self._edits(each, marks.get(id(each)))]
        edits += self._without_uncited(works)
        return edited(text, [*edits, *self._list()])

    def finished(self, text: str, front: FrontMatter, *, fragment: bool) -> bytes:
        """Give the bytes of the new article."""
        if self._to != "html":
            return self._article.encoded.encode(self._article.encoded.fitted(text))
        body: str = _html().body(text[front.end :])
        page: str = body if fragment else _html().page(body, front.values)
        return page.encode()

    def _stands_high(self, each: SetCluster) -> bool:
        """Tell whether a citation is a number of a note, or set like one."""
        return each.in_note or (bool(each.text) and _is_superscript(each.text))

    def _moves(self) -> bool:
        after = self._settings.after_punctuation
        return self._setter.cites_in_notes if after is None else after

    def _quotes_take_stops(self) -> bool:
        return self._setter.locale in _QUOTES_TAKE_STOPS

    def _edits(self, each: SetCluster, mark: Mark | None) -> list[Edit]:
        """Give what is to be changed for a citation."""
        source = self._article.text
        start, end = each.cluster.start, each.cluster.end
        before = source[start - 1 : start] if start else ""
        written = self._written(each.text, before, source[end : end + 1])
        if mark is None:
            return [Edit(start, end, written)]
        after = source[mark.end : mark.end + 1]
        edits = []
        if mark.quote is not None:
            edits.append(Edit(mark.quote, mark.quote, mark.inside))
        if each.in_note:
            beside = (mark.before or written or source[max(0, mark.start - 1) : mark.start])[-1:]
            note = joined(self._note(each.citation), beside, after, self._to)
            written = f"{written}{mark.before}{note}"
        else:
            written = f"{mark.before}{written}"
        return [*edits, Edit(min(start, mark.start), mark.end, written)]

    def _note(self, citation: Inlines) -> str:
        if self._to == "asciidoc":  # Its bracket would close the note.
            citation = _replaced(citation, "]", self._setter.guard.spare)
        return self._notes.write(self._write(citation, "("))

    def _written(self, content: Inlines, before: str, after: str) -> str:
        return joined(self._write(content, before), before, after, self._to) if content else ""

    def _write(self, content: Inlines, before: str) -> str:
        """Write inline nodes; what begins a block at the start of a line does not elsewhere."""
        guard = self._setter.guard
        lead = "" if before in ("", "\n", "\r") else _LEADS.get(self._to, ",")
        written = self._writer.write_inline((Text(lead), *content) if content else ())
        written = written.removeprefix(lead)
        if self._to == "html":
            written = _html().as_markdown(written)
        return guard.opened(written).replace(guard.spare, "&#93;")

    def _without_uncited(self, works: Works) -> list[Edit]:
        """Take out what lists works without printing anything, with its line if it has one."""
        lines = self._article.lines
        edits = []
        for each in works.clusters:
            if each.form != "uncited" or each.end == each.start:
                continue
            start, end = each.start, each.end
            rest = lines.after(end)
            if not lines.before(start).strip() and not rest.strip():
                start, end = start - len(lines.before(start)), end + len(rest)
            edits.append(Edit(start, end, ""))
        return edits

    def _list(self) -> list[Edit]:
        text = self._article.text
        blocks = self._blocks()
        place, *more = list_places(text, self._article.markup, whole=self._to == "html")
        written = self._write_blocks(blocks, place) if blocks else ""
        if not place.asked:
            return self._definitions(text, place, written)
        listed = [Edit(place.start, place.end, self._in_place(written, place))]
        for other in more:
            again = self._write_blocks(_without_anchors(blocks), other) if blocks else ""
            listed.append(Edit(other.start, other.end, self._in_place(again, other)))
        return [*listed, *self._definitions(text, place, "")]

    def _blocks(self) -> tuple[ItemList, ...]:
        locale = self._setter.locale
        web = Web() if self._to == "html" else None
        dresser = Dresser(ListSpec(locale=locale, web=web), Words(locale))
        items = tuple(
            replace(dresser.item(self._setter.record(key), content), cited_at=anchors)
            for key, content, anchors in self._setter.entries()
        )
        self.entries = len(items)
        return (ItemList(items),) if items else ()

    def _write_blocks(self, blocks: Sequence[Block], place: ListPlace) -> str:
        heading = self._settings.heading
        if heading and not place.asked:
            blocks = (Heading(_HEADING_LEVEL, (Text(heading),)), *blocks)
        written = self._writer.write_blocks(blocks).rstrip("\n")
        return f"{place.heading}\n\n{written}" if place.heading else written

    def _in_place(self, written: str, place: ListPlace) -> str:
        """Give what is to stand where the article asks for the list."""
        if place.indent is not None:
            return between(written, self._article.markup, place.indent, self._line_end)
        return self._apart(written, place) if written else ""

    def _apart(self, written: str, place: ListPlace) -> str:
        """Put blank lines around a list in the middle of an article."""
        text = self._article.text
        before = text[max(0, place.start - 4) : place.start]
        after = text[place.end : place.end + 4]
        opening = "" if not before or before.endswith(("\n\n", "\r\n\r\n")) else "\n\n"
        closing = "" if not after.strip() or after.startswith(("\n\n", "\r\n\r\n")) else "\n\n"
        if before.endswith(("\n", "\r")) and opening:
            opening = "\n"
        if after.startswith(("\n", "\r")) and closing:
            closing = "\n"
        return self._with_line_ends(f"{opening}{written}{closing}")

    def _definitions(self, text: str, place: ListPlace, written: str) -> list[Edit]:
        """Put the texts of notes at the end, after the list if it stands there."""
        definitions = self._notes.definitions
        parts = [written] if written else []
        parts += ["\n\n".join(definitions)] if definitions else []
        if not parts:
            return []
        at = place.start if not place.asked else len(text)
        ending = "\n" if text[:at].endswith(("\n", "\r")) else "\n\n"
        if not text[:at].strip():
            ending = ""
        tail = "\n" if text.endswith(("\n", "\r")) or not text else ""
        tail = "\n\n" if at < len(text) else tail
        return [Edit(at, at, self._with_line_ends(ending + "\n\n".join(parts) + tail))]

    def _with_line_ends(self, written: str) -> str:
        return written.replace("\n", self._line_end)


def _without_anchors(lists: Sequence[ItemList]) -> list[ItemList]:
    """Give lists that stand in an article once more: citations lead to the first one only."""
    return [
        replace(each, items=tuple(replace(item, key="", cited_at=()) for item in each.items))
        for each in lists
    ]


def _html() -> ModuleType:
    """Give the module that writes pages, which needs a reader of Markdown."""
    return import_module("northbib.embed.rendered.html")


def _mark(each: SetCluster) -> Mark:
    if each.in_note and each.text:
        return Mark(each.cluster.end, each.cluster.end)
    return Mark(each.cluster.start, each.cluster.end)


def _is_superscript(content: Inlines) -> bool:
    first = content[0]
    while not isinstance(first, Text):
        if isinstance(first, Styled) and first.kind == "superscript":
            return True
        if not first.children:
            return False
        first = first.children[0]
    return False


def _replaced(content: Inlines, sign: str, other: str) -> Inlines:
    return tuple(
        Text(node.text.replace(sign, other))
        if isinstance(node, Text)
        else replace(node, children=_replaced(node.children, sign, other))
        for node in content
    )
