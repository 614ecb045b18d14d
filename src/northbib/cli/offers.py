"""What there is to complete: keys, topics, bibliographies, fields, types, styles and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from click.shell_completion import CompletionItem

from northbib.records import fold

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.library.glance import Glance

__all__ = ["OF_METAVAR", "OF_PARAMETER", "Offer", "joined", "words"]

Item = CompletionItem[Any]

Offer = Callable[["Session", str], Iterable[Item]]
"""Gives what a word, as far as it is there, can be in the library of a session."""

_MOST = 500
_LAST_TERM = re.compile(r'(?:"[^"]*"|[^\s"(])*(?:"[^"]*)?\Z')
_TERM = re.compile(r'(?P<field>[^\W\d_][\w-]*):(?P<quote>"?)(?P<value>.*)', re.DOTALL)
_PLAIN = re.compile(r"[^\s()\"*/]+")


def words(known: Iterable[str]) -> Offer:
    """Give what offers words of a list that is known already."""
    return _listed(lambda _session: known)


def joined(*offers: Offer) -> Offer:
    """Give what offers all that some others do."""
    return lambda session, typed: (item for offer in offers for item in offer(session, typed))


def _listed(known: Callable[[Session], Iterable[str]], type_: str = "plain") -> Offer:
    """Give what offers the words of a list that begin with what was typed."""

    def offer(session: Session, typed: str) -> Iterator[Item]:
        wanted = fold(typed)
        values = (value for value in known(session) if fold(value).startswith(wanted))
        return (CompletionItem(value, type_) for value in values)

    return offer


def _of(module: str, name: str) -> Callable[[Session], Iterable[str]]:
    """Give what reads a list of words from a module, which only then is imported."""

    def read(_session: Session) -> Iterable[str]:
        found = getattr(import_module(f"northbib.{module}"), name)
        return found() if callable(found) else found  # type: ignore[no-any-return]

    return read


def _glance(session: Session) -> Glance:
    glance: Glance = import_module("northbib.library.glance").Glance(session.path)
    return glance


def _keys(session: Session, typed: str) -> Iterator[Item]:
    for key, title in _glance(session).keys(typed, _MOST).items():
        yield CompletionItem(key, help=title or None)


_topics = _listed(lambda session: _glance(session).topics())
_bibliographies = _listed(lambda session: _glance(session).bibliographies)


def _styles(session: Session) -> Iterable[str]:
    names: list[str] = import_module("northbib.csl.catalogue").names(session.styles)
    return names


def _files(_session: Session, typed: str) -> Iterator[Item]:
    yield CompletionItem(typed, "file")


def _types(_session: Session) -> Iterable[str]:
    tables = import_module("northbib.bibtex.tables")
    vocabulary = import_module("northbib.records.vocabulary")
    return sorted({*vocabulary.TYPES, *tables.TYPE_OF_ENTRY, *tables.SUBTYPES})


def _fields(_session: Session) -> Iterable[str]:
    names: set[str] = import_module("northbib.library.searching.fields").known_names()
    return sorted(names)


def _assigned(session: Session) -> Iterable[str]:
    return (f"{name}=" for name in _fields(session))


def _query(session: Session, typed: str) -> Iterator[Item]:
    """Offer fields for the last word of a query, or what one can have in it."""
    match = _LAST_TERM.search(typed)
    start = match.start() if match else len(typed)
    before, term = typed[:start], typed[start:]
    if term[:1] == "-":
        before, term = f"{before}-", term[1:]
    for item in _term(session, term):
        yield CompletionItem(f"{before}{item.value}", item.type, item.help)


def _term(session: Session, term: str) -> Iterator[Item]:
    match = _TERM.fullmatch(term)
    fields = import_module("northbib.library.searching.fields")
    if match is None:
        for name, field in fields.FIELDS.items():
            if name.startswith(term.lower()):
                yield CompletionItem(f"{name}:", "open", field.meaning)
        return
    field = fields.field(match["field"].lower())
    offer = _OF_FIELD.get(field.kind) if field is not None else None
    for item in offer(session, match["value"]) if offer is not None else ():
        is_plain = _PLAIN.fullmatch(item.value) and not match["quote"]
        value = item.value if is_plain else f'"{item.value}"'
        yield CompletionItem(f"{match['field']}:{value}", item.type, item.help)


def _ordered(session: Session, typed: str) -> Iterator[Item]:
    """Offer the last of several fields of a list with commas, each of which may have a minus."""
    comma = typed.rfind(",") + 1
    sign = "-" if typed[comma : comma + 1] == "-" else ""
    offer = _listed(_of("lists.fields", "FIELDS"))
    for item in offer(session, typed[comma + len(sign) :]):
        yield CompletionItem(f"{typed[:comma]}{sign}{item.value}")


_known_fields = _listed(_fields)
_known_types = _listed(_types)

_OF_FIELD: Mapping[str, Offer] = {
    "topic": _topics,
    "bibliography": _bibliographies,
    "key": _keys,
    "type": _known_types,
    "has": _known_fields,
    "no": _known_fields,
    "is": _listed(_of("library.searching.fields", "STATES")),
}
"""Kind of a field of a query -> what it can have."""

OF_METAVAR: Mapping[str, Offer] = {
    "KEY": _keys,
    "QUERY": _query,
    "TOPIC": _topics,
    "NAME": _bibliographies,
    "BIBLIOGRAPHY": _bibliographies,
    "FIELD": _known_fields,
    "FIELD=VALUE": _listed(_assigned, "open"),
    "TYPE": _known_types,
    "FORMAT": _listed(_of("exchange", "FORMATS")),
    "STYLE": _listed(_styles),
    "TAG": _listed(_of("csl.locale", "locales")),
    "CODE": _listed(_of("library.rules", "all_codes")),
    "RULE": _listed(_of("library.tidy.rules", "RULES")),
    "SOURCE": _files,
    "FILE": _files,
    "ARTICLE": _files,
}
"""What a parameter takes, by the word that `--help` has for it."""

OF_PARAMETER: Mapping[tuple[str, str], Offer] = {
    ("render", "sources"): joined(_bibliographies, _query, _files),
    ("render", "group"): _listed(_of("lists.fields", "GROUPS")),
    ("render", "sort"): _ordered,
    ("styles", "words"): joined(words(["check", "show"]), _listed(_styles)),
    ("check", "files"): joined(_listed(_styles), _files),
}
"""What a parameter of one command takes where the word for it says too little."""
