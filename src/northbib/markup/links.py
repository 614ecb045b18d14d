"""What is put into a tree that an engine gave: links, and where the title of the work stands.

Links never nest: what is inside a link already is left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.markup.inline import merge, parse_inline
from northbib.markup.tree import (
    Inline,
    Inlines,
    Link,
    Reference,
    Styled,
    Text,
    text_of,
    with_children,
)
from northbib.records.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["cite_title", "has_link", "link_addresses", "link_title"]

# No white space, straight or curly quotes, invisible signs or East Asian punctuation. DOIs of the
# nineties have `<` and `>` in them: 10.1002/(SICI)…<1::AID-…>3.0.CO;2-#.
_IN_DOI = r"[^\s\"“”‘’«»\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3000-\u303f\uff00-\uffef]"
_IN_URL = _IN_DOI.replace("[^", "[^<>")
_ADDRESS = re.compile(
    r"(?<![^\W_])(?:"
    rf"(?:https?://(?:dx\.)?doi\.org/|doi:[ \u00a0]?)10\.\d{{4,9}}(?:\.\d+)*/{_IN_DOI}+"
    rf"|https?://\w{_IN_URL}*)",
    re.IGNORECASE,
)
_TRAILING = frozenset(".,;:!?'*…·")
_BRACKETS = {")": "(", "]": "[", "}": "{", ">": "<"}

_CLOSING = frozenset("\"'’”»")

_RUN = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]")
# Styles turn quotes inside quotes from double to single, and locales to their own.
_LOOSE = str.maketrans(dict.fromkeys('"„‟«»‹›‚‛', "'") | dict.fromkeys("\t\n\r", " "))


def has_link(content: Iterable[Inline]) -> bool:
    """Tell whether there is a link at any depth."""
    return any(
        isinstance(node, Link) or (isinstance(node, Styled) and has_link(node.children))
        for node in content
    )


def link_addresses(content: Iterable[Inline]) -> Inlines:
    """Make links of the http and https addresses and the `doi:10.…` names that the text shows.

    Punctuation at the end of an address and brackets that it does not open are not part of it. A
    `doi:` name leads to https://doi.org/. A link stands inside the style that its address has.
    """
    return tuple(_with_addresses(merge(content)))


def link_title(content: Inlines, title: str, url: str) -> Inlines:
    """Make a link of the first run of the text that is the title.

    Args:
        content: The text of an entry or a citation.
        title: A title as records have it, which may have inline markup.
        url: Where the link leads.

    Returns:
        The tree with the link, which stands around a style that covers just the title and inside
        one that covers more. The tree as it was if the title is not there as whole words, compared
        without case, accents and kinds of quotes, or has a link in it or around it.
    """
    run = _title_in(content, title)
    if run is None:
        return content
    return _wrap(content, *run, lambda inside: () if has_link(inside) else (Link(url, inside),))


def cite_title(content: Inlines, title: str) -> Inlines:
    """Mark the first run of the text that is the title as the title of a work.

    Args:
        content: The text of an entry.
        title: A title as records have it, which may have inline markup.

    Returns:
        The tree with `work-title` around a link or a style that covers just the title, and inside
        one that covers more; as it was if the title is not there.
    """
    run = _title_in(content, title)
    if run is None:
        return content
    return _wrap(content, *run, lambda inside: (Styled("work-title", inside),))


def _title_in(content: Inlines, title: str) -> tuple[int, int] | None:
    text = text_of(content)
    name = text_of(parse_inline(title)).strip()
    found = _find(text, name) or _find(text, name.rstrip(". "))
    if found is None and name[-1:] in _CLOSING:
        # Some styles move the full stop or comma that follows inside the quotation marks.
        moved = (_find(text, f"{name[:-1]}{sign}{name[-1]}") for sign in ".,")
        found = next(filter(None, moved), None)
    return found


def _with_addresses(content: Inlines) -> Iterator[Inline]:
    for node in content:
        if isinstance(node, Text):
            yield from _split(node)
        elif isinstance(node, Link | Reference):
            yield node
        else:
            yield with_children(node, tuple(_with_addresses(node.children)))


def _split(node: Text) -> Iterator[Inline]:
    text = node.text
    position = 0
    if "//" not in text and "10." not in text:
        yield node
        return
    for match in _ADDRESS.finditer(text):
        found = _without_trailing(match.group())
        if position < match.start():
            yield Text(text[position : match.start()])
        yield Link(_url(found), (Text(found),))
        position = match.start() + len(found)
    if position < len(text):
        yield Text(text[position:])


def _without_trailing(found: str) -> str:
    surplus = {close: found.count(close) - found.count(open_) for close, open_ in _BRACKETS.items()}
    end = len(found)
    while found[end - 1] in _TRAILING or surplus.get(found[end - 1], 0) > 0:
        end -= 1
        if found[end] in surplus:
            surplus[found[end]] -= 1
    return found[:end]


def _url(found: str) -> str:
    if found[:4].lower() == "http":
        return found
    # DOI Handbook, 2.5.2.4: `%`, `"`, `#`, `<`, `>` and the like are encoded in an address.
    return "https://doi.org/" + quote(found[4:].strip(), safe="/:;()!*,'@&=+$")


def _find(text: str, name: str) -> tuple[int, int] | None:
    """Give start and end of the name in the text, None if it is not there as whole words."""
    if not name:
        return None
    hay, origins = _folded(text)
    needle, _ = _folded(name)
    start = hay.find(needle)
    while start >= 0:
        end = start + len(needle)
        if _is_break(hay, origins, start) and _is_break(hay, origins, end):
            return origins[start], origins[end]
        start = hay.find(needle, start + 1)
    return None


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Fold a text, and give for each character of the outcome, and its end, where it came from."""
    if text.isascii():
        return fold(text).translate(_LOOSE), range(len(text) + 1)
    runs: list[str] = []
    origins: list[int] = []
    for match in _RUN.finditer(text):
        run = fold(match.group())
        runs.append(run)
        if run.isascii() and len(run) == match.end() - match.start():
            origins.extend(range(match.start(), match.end()))
        else:
            origins.extend([match.start()] * len(run))
    origins.append(len(text))
    return "".join(runs).translate(_LOOSE), origins


def _is_break(hay: str, origins: Sequence[int], at: int) -> bool:
    """Tell whether a run may begin or end here: neither in a word nor in a character."""
    if at in (0, len(hay)):
        return True
    in_word = hay[at - 1].isalnum() and hay[at].isalnum()
    return not in_word and origins[at - 1] != origins[at]


def _wrap(content: Inlines, start: int, end: int, around: Callable[[Inlines], Inlines]) -> Inlines:
    """Put something around the text from start to end, inside what reaches beyond it.

    Where `around` gives nothing, or a link would stand in a link, all stays as it was.
    """
    offset = 0
    for index, node in enumerate(content):
        length = len(text_of((node,)))
        first, last = start - offset, end - offset
        is_inside = first >= 0 and last <= length and last - first < length
        if is_inside and not isinstance(node, Text):
            inside = _wrap(node.children, first, last, around)
            if not isinstance(node, Styled) and has_link(inside):
                return content
            return (*content[:index], with_children(node, inside), *content[index + 1 :])
        offset += length
    before, rest = _cut(content, start)
    run, after = _cut(rest, end - start)
    made = around(run)
    return (*before, *made, *after) if made else content


def _cut(content: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """Cut a tree in two after so many characters, through a node if need be."""
    for index, node in enumerate(content):
        length = len(text_of((node,)))
        if at < length:
            left, right = _cut_node(node, at)
            return (*content[:index], *left), (*right, *content[index + 1 :])
        at -= length
    return content, ()


def _cut_node(node: Inline, at: int) -> tuple[Inlines, Inlines]:
    if at == 0:
        return (), (node,)
    if isinstance(node, Text):
        return (Text(node.text[:at]),), (Text(node.text[at:]),)
    left, right = _cut(node.children, at)
    return (with_children(node, left),), (with_children(node, right),)
