"""The bibliography: entries in order, repeated authors, alignment of the second field.

Source: CSL 1.0.2, "Bibliography-specific Options".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.textcase import capitalize_term
from northbib.csl.native.tokens import (
    BLOCK,
    CLOSE,
    NOT_PRINTED,
    Affix,
    Token,
    Tokens,
    display,
    plain_text,
)
from northbib.progress import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from northbib.csl.native.context import Context, NamesDone
    from northbib.csl.native.registry import Entry, Registry
    from northbib.csl.native.style import Area

__all__ = ["bibliography"]


def bibliography(registry: Registry, order: Collection[Entry]) -> Iterator[Tokens]:
    """Render each entry of an order, not yet flattened; what a style has no word for is empty."""
    area = registry.style.bibliography
    if area is None:
        return
    substitutes = "subsequent-author-substitute" in area.options
    align = area.options.get("second-field-align")
    previous: _Authors | None = None
    for entry in counted(order, "setting"):
        context = registry.context(entry, None, False)
        tokens = _aligned(registry, context) if align else area.render(context)
        if not tokens:
            yield [f"{entry.number}. ", NOT_PRINTED] if area.numbered else []
            continue
        capitalize_term(tokens, str(entry.number))
        if substitutes:
            authors = _authors(tokens, context)
            if authors is not None and previous is not None:
                _replace(tokens, context, previous, authors, area)
            previous = authors
        if not isinstance(tokens[0], str) and tokens[0].kind == BLOCK:
            _trim(tokens)
        style = area.format
        marks: list[Token] = [*style.marks]
        tokens[:0] = marks
        if style.prefix:
            head = tokens[len(marks)]
            inside = not isinstance(head, str) and head.kind == BLOCK
            tokens.insert(len(marks) + inside, style.prefix)
        if style.suffix:
            _append_inside(tokens, Affix(style.suffix))
        tokens.extend([CLOSE] * len(style.marks))
        yield tokens


def _trim(tokens: Tokens) -> None:
    """Take the space from the head of an entry that has lost its first field."""
    for index, token in enumerate(tokens):
        if isinstance(token, str) and token:
            tokens[index] = token.lstrip(" ")
            if tokens[index]:
                return


def _append_inside(tokens: Tokens, text: str) -> None:
    """Put the layout's suffix at the end of the last display block, if there is one."""
    if tokens[-1] is CLOSE and _ends_block(tokens):
        tokens.insert(len(tokens) - 1, text)
    else:
        tokens.append(text)


def _ends_block(tokens: Tokens) -> bool:
    depth = 0
    for token in reversed(tokens):
        if isinstance(token, str):
            continue
        if token is CLOSE:
            depth += 1
        elif token.kind in (1, BLOCK):
            depth -= 1
            if not depth:
                return token.kind == BLOCK
    return False


def _aligned(registry: Registry, context: Context) -> Tokens:
    """Set the first field apart from the rest.

    Source: CSL 1.0.2, "Whitespace", second-field-align.
    """
    area = registry.style.bibliography
    if area is None:
        return []
    out: Tokens = []
    children = iter(area.bind(context.item.shape))
    for child in children:
        child(context, out)
        if out:
            break
    first: Tokens = [display("left-margin"), *out, CLOSE]
    rest: Tokens = []
    for child in children:
        child(context, rest)
    return [*first, display("right-inline"), *rest, CLOSE] if rest else out


class _Authors:
    __slots__ = ("keys", "text")

    def __init__(self, text: str, keys: list[object]) -> None:
        self.text = text
        self.keys = keys


def _authors(tokens: Tokens, context: Context) -> _Authors | None:
    found = context.first_names
    if found is None or found[0] < 0 or context.anonymous:
        return None
    keys: list[object] = []
    if context.names_done:
        keys = [name.key for name in context.names_done[0].names]
    # "et al." and labels are no names, and so they are not compared.
    shown = [each for done in _lists(context) for each in done.ranges] or [_range(context)]
    return _Authors("\n".join(plain_text(tokens[start:end]) for start, end in shown), keys)


def _lists(context: Context) -> list[NamesDone]:
    """Give the lists of names that stand first, without those further on in the entry."""
    start, end = context.first_names or (0, 0)
    return [
        done
        for done in context.names_done
        if done.ranges and start <= done.ranges[0][0] and done.end <= end
    ]


def _range(context: Context) -> tuple[int, int]:
    """Give where the names stand, without a label if they are of one variable."""
    lists = _lists(context)
    if len(lists) == 1:
        return lists[0].ranges[0][0], lists[0].end
    return context.first_names or (0, 0)


def _replace(
    tokens: Tokens, context: Context, previous: _Authors, authors: _Authors, area: Area
) -> None:
    """Replace names that the entry before has too.

    Source: CSL 1.0.2, "Reference Grouping".
    """
    text = area.options["subsequent-author-substitute"]
    rule = area.options.get("subsequent-author-substitute-rule", "complete-all")
    replacement: Tokens = [text] if text else []
    ranges = context.names_done[0].ranges if context.names_done else []
    same = authors.text == previous.text
    if not ranges or rule == "complete-all":
        if same:
            start, end = _range(context)
            tokens[start:end] = replacement
            # A label that stays keeps what stands around it.
            if not replacement and context.first_names == (start, end):
                _drop_affixes(tokens, start)
        return
    if rule == "complete-each":
        count = len(ranges) if same else 0
    else:
        count = _alike(authors.keys, previous.keys)
        count = min(count, 1) if rule == "partial-first" else count
    for first, last in reversed(ranges[:count]):
        tokens[first:last] = replacement


def _drop_affixes(tokens: Tokens, start: int) -> None:
    """Take away the punctuation that stood after names of which nothing is left."""
    if start and isinstance(tokens[start - 1], str):
        return
    while start < len(tokens):
        token = tokens[start]
        if not isinstance(token, str) or any(map(str.isalnum, token)):
            return
        del tokens[start]


def _alike(keys: list[object], others: list[object]) -> int:
    """Give how many names are the same from the first one on."""
    count = 0
    for one, two in zip(keys, others, strict=False):
        if one != two:
            break
        count += 1
    return count
