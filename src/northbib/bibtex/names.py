"""Names as BibTeX and biblatex write them <-> names of a record.

bibtexparser cuts a name into its parts, as BibTeX does (btxdoc, section 4). biblatex's extended
format (`family=…, given=…`) and its `useprefix` follow the biblatex manual 3.20, sections 2.3.3
and 3.1.3; a particle is one that drops unless `useprefix` says not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bibtexparser.middlewares.names import parse_single_name_into_parts

from northbib.bibtex.latex import to_plain
from northbib.bibtex.source import escape
from northbib.bibtex.values import is_balanced, split_at_commas
from northbib.records import Name

__all__ = ["Parts", "read_names", "split_list", "split_name", "write_names"]

_OTHERS = Name(literal="others")
_WORD = r"[^\W\d_][^\s,=\"{}\\~$`'-]*"
_SIMPLE = re.compile(rf"([^\W\d_]+), ({_WORD}(?: {_WORD})*)")
_EXTENDED = re.compile(r"\s*(family|given|prefix|suffix|useprefix|[a-z-]+)(?:-i)?\s*=\s*")
_AND = re.compile(r"\\.|[{}]|(?<=[ \t\r\n])and(?=[ \t\r\n])", re.IGNORECASE | re.DOTALL)
_HYPHENATED = re.compile(r"([^\W\d_A-Z]+-)([^\W\d_].*)", re.DOTALL)
_MEMBERS = {
    "family": "family",
    "given": "given",
    "suffix": "suffix",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
}


@dataclass(frozen=True, slots=True)
class Parts:
    """A name as BibTeX splits it, each part as its source."""

    first: str = ""
    von: str = ""
    last: str = ""
    jr: str = ""


def read_names(source: str, *, useprefix: bool = False) -> tuple[Name, ...]:
    """Read a name list.

    Args:
        source: The value of a field such as `author`; `and others` becomes the body "others".
        useprefix: Whether particles stay with the family name (biblatex option `useprefix`).
    """
    if not is_balanced(source):
        literal = to_plain(source)
        return (Name(literal=literal),) if literal else ()
    names = (_read(name, useprefix=useprefix) for name in split_list(source) if name)
    return tuple(name for name in names if name != Name())


def split_list(source: str) -> list[str]:
    """Cut a name list at every `and`, in any case, that stands outside of braces."""
    names, depth, start = [], 0, 0
    for match in _AND.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0].lower() == "and":
            names.append(source[start : match.start()].strip())
            start = match.end()
    return [*names, source[start:].strip()]


def split_name(source: str) -> Parts:
    """Split one name into its parts as BibTeX does."""
    found = parse_single_name_into_parts(source, strict=False)
    von, last = list(found.von), list(found.last)
    # BibTeX takes a hyphen for the end of a word, so that "al-Khwarizmi" begins with a particle.
    hyphenated = _HYPHENATED.fullmatch(last[0]) if last else None
    if hyphenated is not None and hyphenated[1].islower() and not hyphenated[2][0].islower():
        von.append(hyphenated[1].removesuffix("-"))
        last[0] = hyphenated[2]
    return Parts(" ".join(found.first), " ".join(von), " ".join(last), " ".join(found.jr))


def write_names(names: tuple[Name, ...], *, useprefix: bool) -> str:
    """Give the source of a name list; each name is written in the first form that reads back.

    Args:
        names: The names, in order.
        useprefix: What the entry's option `useprefix` says.
    """
    written = [_write(name, useprefix=useprefix) for name in names]
    if names[-1:] == (_OTHERS,) and names[1:]:
        written[-1] = "others"
    return " and ".join(written)


def _read(source: str, *, useprefix: bool) -> Name:
    simple = _SIMPLE.fullmatch(source)
    if simple is not None:
        return Name(family=simple[1], given=simple[2])
    if source == "others":
        return _OTHERS
    if _is_one_group(source):
        return Name(literal=_text(source))
    if "=" in source and _EXTENDED.match(source):
        return _read_extended(source, useprefix=useprefix)
    parts = split_name(source)
    particle = _text(parts.von)
    if particle and f"{parts.von}-{parts.last}" in source:
        particle += "-"
    return Name(
        family=_text(parts.last),
        given=_text(parts.first),
        suffix=_text(parts.jr),
        non_dropping_particle=particle if useprefix else "",
        dropping_particle="" if useprefix else particle,
    )


def _read_extended(source: str, *, useprefix: bool) -> Name:
    members: dict[str, str] = {}
    for piece in split_at_commas(source):
        name, _, value = piece.partition("=")
        members.setdefault(name.strip(), _text(value.strip().strip('"')))
    if "prefix" in members:
        stays = members.get("useprefix", str(useprefix)).lower() == "true"
        particle = "non-dropping-particle" if stays else "dropping-particle"
        members.setdefault(particle, members["prefix"])
    return Name(**{_MEMBERS[name]: value for name, value in members.items() if name in _MEMBERS})


def _is_one_group(source: str) -> bool:
    if not (source.startswith("{") and source.endswith("}")):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", source, re.DOTALL):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.end() == len(source)
    return False


def _text(source: str) -> str:
    return to_plain(source).strip()


def _write(name: Name, *, useprefix: bool) -> str:
    if name.literal:
        return "{" + escape(name.literal) + "}"
    for candidate in (_classic(name), _classic(name, braced=True)):
        if _reads_as(candidate, name, useprefix=useprefix):
            return candidate
    return _extended(name)


def _reads_as(source: str, name: Name, *, useprefix: bool) -> bool:
    return is_balanced(source) and read_names(source, useprefix=useprefix) == (name,)


def _classic(name: Name, *, braced: bool = False) -> str:
    family = escape(name.family)
    particle = escape(name.dropping_particle or name.non_dropping_particle)
    last = "{" + family + "}" if braced else family
    if particle:
        last = f"{particle}{'' if particle.endswith('-') else ' '}{last}"
    return ", ".join(part for part in (last, escape(name.suffix), escape(name.given)) if part)


def _extended(name: Name) -> str:
    members = {member: getattr(name, attribute) for member, attribute in _MEMBERS.items()}
    return ", ".join(f"{member}={{{escape(value)}}}" for member, value in members.items() if value)
