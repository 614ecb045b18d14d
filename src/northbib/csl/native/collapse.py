"""Cites of a cluster joined: groups by author, ranges of numbers, suffixes in a row.

Source: CSL 1.0.2, "Cite Grouping", "Cite Collapsing".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.context import Cite
from northbib.csl.native.richtext import parse_rich
from northbib.csl.native.textcase import capitalize_term
from northbib.csl.native.tokens import AS_IS, CLOSE, END_QUOTE, plain_text, reference

if TYPE_CHECKING:
    from northbib.csl.native.context import Context
    from northbib.csl.native.registry import Entry, Registry
    from northbib.csl.native.tokens import Tokens

__all__ = ["cluster_tokens"]


class _Rendered:
    """A cite with what was rendered of it."""

    __slots__ = ("cite", "context", "entry", "names", "tokens")

    def __init__(self, cite: Cite, entry: Entry, tokens: Tokens, context: Context) -> None:
        self.cite = cite
        self.entry = entry
        self.tokens = tokens
        self.context = context
        found = context.first_names
        self.names = "" if found is None else plain_text(tokens[found[0] : found[1]])


def cluster_tokens(registry: Registry, pairs: list[tuple[Cite, Entry]]) -> Tokens:
    """Render the cites of a cluster, in this order, joined but without the layout's affixes."""
    rendered = [_Rendered(cite, entry, *registry.cite_tokens(entry, cite)) for cite, entry in pairs]
    area = registry.style.citation
    collapse = area.options.get("collapse", "")
    if collapse == "citation-number":
        return _by_number(registry, rendered)
    if collapse or "cite-group-delimiter" in area.options:
        for each in rendered:
            if each.cite.without_author:
                each.names = _names_left_out(registry, each)
        return _by_names(registry, rendered, collapse)
    out: Tokens = []
    for index, each in enumerate(rendered):
        _append(out, _with_affixes(registry, each, not index), area.delimiter)
    return out


def _names_left_out(registry: Registry, each: _Rendered) -> str:
    """Give the names of a cite that is set without them, by which it still has its group."""
    context = registry.context(each.entry, each.cite, True)
    tokens = registry.style.citation.render(context)
    found = context.first_names
    return "" if found is None else plain_text(tokens[found[0] : found[1]])


def _append(out: Tokens, tokens: Tokens, delimiter: str) -> None:
    if tokens:
        if out and delimiter:
            # By citeproc-js what stands between cites does not move into quotes.
            out.extend((AS_IS, delimiter))
        out.extend(tokens)


def _with_affixes(registry: Registry, each: _Rendered, first: bool) -> Tokens:
    """Put the user's words around a cite; a term at its start may need a capital."""
    cite = each.cite
    tokens = list(each.tokens)
    if not tokens:
        return tokens
    before = cite.prefix
    if registry.style.is_note and (_ends_sentence(before) if before else first):
        capitalize_term(tokens)
    tokens = _referring(cite, tokens)
    if cite.prefix:
        head = _own_words(cite.prefix)
        tokens[:0] = head if cite.prefix[-1].isspace() else [*head, " "]
    if cite.suffix:
        space = cite.suffix[0].isalnum()
        tail = [AS_IS, *_own_words(cite.suffix)]
        tokens += [" ", *tail] if space else tail
    return tokens


def _referring(cite: Cite, tokens: Tokens) -> Tokens:
    """Make what is set of a cite lead to its entry, if the cite asks for that."""
    return [reference(cite.id, cite.anchor), *tokens, CLOSE] if cite.anchor else tokens


def _own_words(text: str) -> Tokens:
    """Read the user's words, whose punctuation stays where it is."""
    tokens: Tokens = []
    for token in parse_rich(text):
        tokens.append(token)
        if not isinstance(token, str) and token.kind == END_QUOTE:
            tokens.append(AS_IS)
    return tokens


def _ends_sentence(text: str) -> bool:
    """Tell whether words before a cite, more than one, end like a sentence."""
    text = text.strip()
    return " " in text and text.endswith((".", "!", "?"))


def _by_number(registry: Registry, rendered: list[_Rendered]) -> Tokens:
    """Join runs of three numbers or more.

    Source: CSL 1.0.2, "Cite Collapsing", citation-number.
    """
    delimiter = registry.style.citation.delimiter
    after = registry.style.citation.options.get("after-collapse-delimiter", delimiter)
    out: Tokens = []
    index = 0
    joint = delimiter
    while index < len(rendered):
        end = index
        while end + 1 < len(rendered) and _follows(registry, rendered[end], rendered[end + 1]):
            end += 1
        first = _with_affixes(registry, rendered[index], not index)
        if end - index > 1:
            last = _with_affixes(registry, rendered[end], False)
            _append(out, [*first, "–", *last], joint)
            joint = after
            index = end + 1
        else:
            _append(out, first, joint)
            joint = delimiter
            index += 1
    return out


def _follows(registry: Registry, first: _Rendered, second: _Rendered) -> bool:
    if second.entry.number != first.entry.number + 1:
        return False
    return not any(
        each.cite.prefix or each.cite.suffix or _has_locator(registry, each)
        for each in (first, second)
    )


def _has_locator(registry: Registry, each: _Rendered) -> bool:
    """Tell whether a cite shows where in the work; a style may have no place for it."""
    if not each.cite.locator:
        return False
    tokens, _ = registry.cite_tokens(each.entry, Cite(each.cite.id))
    return plain_text(tokens) != plain_text(each.tokens)


def _by_names(registry: Registry, rendered: list[_Rendered], collapse: str) -> Tokens:
    """Bring cites with the same names together, and show the names once.

    Source: CSL 1.0.2, "Cite Grouping".
    """
    groups: dict[object, list[_Rendered]] = {}
    # A cluster that the style does not sort stays in the order in which it was written.
    regroup = bool(registry.style.citation.keys)
    parted = 0
    for number, each in enumerate(rendered):
        if not regroup and number and rendered[number - 1].names != each.names:
            parted = number
        groups.setdefault((parted, each.names or number), []).append(each)
    area = registry.style.citation
    options = area.options
    # The specification has ", " for all; for notes the suite has the delimiter of the layout.
    default = area.delimiter if registry.style.is_note or not collapse else ", "
    within = options.get("cite-group-delimiter", default)
    out: Tokens = []
    joint = area.delimiter
    for number, group in enumerate(groups.values()):
        tokens = _group(registry, group, collapse, within, not number)
        _append(out, tokens, joint)
        collapsed = bool(collapse) and len(group) > 1
        joint = (
            options.get("after-collapse-delimiter", area.delimiter) if collapsed else area.delimiter
        )
    return out


def _group(
    registry: Registry, group: list[_Rendered], collapse: str, delimiter: str, first: bool
) -> Tokens:
    out: Tokens = _with_affixes(registry, group[0], first)
    if not collapse:
        for each in group[1:]:
            _append(out, _with_affixes(registry, each, False), delimiter)
        return out
    index = 1
    by_suffix = collapse.startswith("year-suffix") and registry.style.citation.flag(
        "disambiguate-add-year-suffix"
    )
    while index < len(group):
        before, each = group[index - 1], group[index]
        if by_suffix and _same_year(registry, before, each):
            index = _suffixes(registry, group, index, collapse, out)
        else:
            _append(out, _without_names(registry, each), delimiter)
            index += 1
    return out


def _without_names(registry: Registry, each: _Rendered) -> Tokens:
    context = registry.context(each.entry, each.cite, True)
    context.without_names = True
    tokens = registry.style.citation.render(context)
    return _with_affixes(registry, _Rendered(each.cite, each.entry, tokens, context), False)


def _same_year(registry: Registry, first: _Rendered, second: _Rendered) -> bool:
    for each in (first, second):
        if each.cite.locator or not each.entry.suffix:
            return False
    if first.cite.suffix or second.cite.prefix:
        return False
    return _bare(registry, first) == _bare(registry, second)


def _bare(registry: Registry, each: _Rendered) -> str:
    context = registry.context(each.entry, each.cite, True)
    context.without_suffix = True
    return plain_text(registry.style.citation.render(context))


def _suffixes(
    registry: Registry, group: list[_Rendered], start: int, collapse: str, out: Tokens
) -> int:
    """Write the suffixes of the cites of one year; give the place after them."""
    area = registry.style.citation
    default = area.options.get("cite-group-delimiter", area.delimiter)
    delimiter = area.options.get("year-suffix-delimiter", default)
    end = start
    while end + 1 < len(group) and _same_year(registry, group[end], group[end + 1]):
        end += 1
    if collapse == "year-suffix-ranged":
        return _ranged(group, start, end, delimiter, out)
    for each in group[start : end + 1]:
        suffix = _referring(each.cite, [each.entry.suffix])
        out.extend((delimiter, *suffix, *parse_rich(each.cite.suffix)))
    return end + 1


def _ranged(group: list[_Rendered], start: int, end: int, delimiter: str, out: Tokens) -> int:
    runs: list[list[str]] = [[group[start - 1].entry.suffix]]
    for each in group[start : end + 1]:
        if _index(each.entry.suffix) == _index(runs[-1][-1]) + 1:
            runs[-1].append(each.entry.suffix)
        else:
            runs.append([each.entry.suffix])
    for number, run in enumerate(runs):
        rest = run[1:] if not number else run
        if len(run) > 2:
            if number:
                out.extend((delimiter, run[0]))
            out.extend(("–", run[-1]))
        else:
            for suffix in rest:
                out.extend((delimiter, suffix))
    return end + 1


def _index(suffix: str) -> int:
    value = 0
    for letter in suffix:
        value = value * 26 + ord(letter) - 96
    return value
