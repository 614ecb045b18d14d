"""Names as BibTeX and biblatex write them <-> names of a record.

A name is cut into its parts as BibTeX does it (btxdoc, section 4; bibtex.web, "format.name$").
biblatex's extended format (`family=…, given=…`), its options of a whole list and its `useprefix`
follow the biblatex manual 3.20, sections 2.3.3, 3.1.3 and 3.14; a particle is one that drops unless
`useprefix` says not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from northbib.bibtex.latex import to_plain
from northbib.bibtex.source import escape
from northbib.bibtex.values import is_balanced
from northbib.records import Name

__all__ = [
    "Parts",
    "list_text",
    "names_text",
    "read_names",
    "split_list",
    "split_name",
    "write_names",
]

_OTHERS = Name(literal="others")
_WORD = r"[^\W\d_][^\s,=\"{}\\~$`'-]*"
_SIMPLE = re.compile(rf"([^\W\d_]+), ({_WORD}(?: {_WORD})*)")
_AND = re.compile(r"[ \t\r\n]+and(?=[ \t\r\n])", re.IGNORECASE)
_AND_OR_BRACE = re.compile(r"\\.|[{}]|(?<=[ \t\r\n])and(?=[ \t\r\n])", re.IGNORECASE | re.DOTALL)
_PIECE = re.compile(r"[{}]|,|[ \t\r\n~]+")
_GROUP = re.compile(r"\\.|[{}]", re.DOTALL)
_PAIR_END = re.compile(r"[{},\"]")
_HYPHENATED = re.compile(r"([^\W\d_A-Z]+-)([^\W\d_].*)", re.DOTALL)
_MACRO = re.compile(r"\{\\([a-zA-Z]*)")
_LOWER_MACROS = frozenset("i j oe ae aa o l ss".split())
_UPPER_MACROS = frozenset("OE AE AA O L".split())
_EXTENDED = re.compile(r"\s*\"?[a-z][a-z-]*\s*=")
_EXTENDED_IN_BRACES = re.compile(r"\{\s*\"?(?:family|given|prefix|suffix)\s*=")
_LIST_OPTION = re.compile(
    r"(useprefix|\w*name(?:key)?template(?:name)?|sortnamekeyscheme|no(?:hash|sort)others"
    r"|uniquelist|uniquename|(?:min|max)(?:bib|cite|alpha|sort|item)?names)\s*=\s*([^,{}=]*)"
)
_MEMBERS = {
    "family": "family",
    "given": "given",
    "suffix": "suffix",
    "dropping-particle": "dropping_particle",
    "non-dropping-particle": "non_dropping_particle",
}
_TOLD_APART = 1 << 13
"""How many names are kept in memory with their parts: those of a library come back again."""

_SHORT = 120
"""Names of this length and more are not."""


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
    if ("{" in source or "}" in source) and not is_balanced(source):
        literal = to_plain(source)
        return (Name(literal=literal),) if literal else ()
    pieces = split_list(source)
    if "=" in source:
        pieces, useprefix = _without_options(pieces, useprefix=useprefix)
    names = [
        _read_kept(piece, useprefix) if len(piece) < _SHORT else _read(piece, useprefix)
        for piece in pieces
        if piece
    ]
    return tuple([name for name in names if name is not None])


_NOBODY = Name()


def _without_options(pieces: list[str], *, useprefix: bool) -> tuple[list[str], bool]:
    """Take out what stands in a list of names for an option of the list."""
    names = []
    for piece in pieces:
        option = _LIST_OPTION.fullmatch(piece)
        if option is None:
            names.append(piece)
        elif option[1] == "useprefix":
            useprefix = option[2].strip().lower() == "true"
    return names, useprefix


def split_list(source: str) -> list[str]:
    """Cut a name list at every `and`, in any case, that stands outside of braces."""
    if "{" not in source:
        # Most lists are cut right without a pattern, in a third of the time.
        pieces = source.split(" and ")
        if len(pieces) <= source.lower().count("and"):
            pieces = _AND.split(source)
        return list(map(str.strip, pieces))
    names, depth, start = [], 0, 0
    for match in _AND_OR_BRACE.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match[0].lower() == "and":
            names.append(source[start : match.start()].strip())
            start = match.end()
    return [*names, source[start:].strip()]


def split_name(source: str) -> Parts:
    """Split one name into its parts as BibTeX does; commas beyond the second count as spaces."""
    sections = _words(source)
    if len(sections) == 1:
        first, von, last = _in_order(sections[0])
        jr: list[str] = []
    else:
        von, last = _von_and_last(sections[0])
        jr = sections[1] if len(sections) > 2 else []
        first = [word for section in sections[2 if jr else 1 :] for word in section]
    # BibTeX takes a hyphen for the end of a word, so that "al-Khwarizmi" begins with a particle.
    hyphenated = _HYPHENATED.fullmatch(last[0]) if last else None
    if hyphenated is not None and hyphenated[1].islower() and not hyphenated[2][0].islower():
        von = [*von, hyphenated[1].removesuffix("-")]
        last = [hyphenated[2], *last[1:]]
    return Parts(" ".join(first), " ".join(von), " ".join(last), " ".join(jr))


def _words(source: str) -> list[list[str]]:
    """Cut a name at its commas, and what is between them at spaces and ties, outside of braces."""
    if "{" not in source:
        sections = [part.replace("~", " ").split() for part in source.split(",")]
    else:
        sections, depth, start = [[]], 0, 0
        for match in _PIECE.finditer(source):
            depth += (match[0] == "{") - (match[0] == "}")
            if depth or match[0] in "{}":
                continue
            sections[-1] += [source[start : match.start()]] * (match.start() > start)
            start = match.end()
            if match[0] == ",":
                sections.append([])
        sections[-1] += [source[start:]] * (start < len(source))
    while len(sections) > 1 and not sections[-1]:
        sections.pop()
    while len(sections) > 1 and not sections[0]:
        del sections[0]
    return sections


def _in_order(words: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Cut a name without commas: first, von, last."""
    for start, word in enumerate(words[:-1]):
        if _is_particle(word):
            von, last = _von_and_last(words[start:])
            return words[:start], von, last
    return words[:-1], [], words[-1:]


def _von_and_last(words: list[str]) -> tuple[list[str], list[str]]:
    for end in range(len(words) - 1, 0, -1):
        if _is_particle(words[end - 1]):
            return words[:end], words[end:]
    return [], words


def _is_particle(word: str) -> bool:
    """Whether the first letter that counts is a small one; in braces only that of a macro does."""
    if word[0].isalpha():
        return word[0].islower()
    depth = 0
    for position, character in enumerate(word):
        if character == "{":
            if depth == 0 and (macro := _MACRO.match(word, position)) is not None:
                return _is_small(macro[1], word[macro.end() :])
            depth += 1
        elif character == "}":
            depth -= 1
        elif depth == 0 and character.isalpha():
            return character.islower()
    return False


def _is_small(macro: str, rest: str) -> bool:
    if macro in _LOWER_MACROS or macro in _UPPER_MACROS:
        return macro in _LOWER_MACROS
    return next((letter.islower() for letter in rest if letter.isalpha()), False)


def list_text(source: str) -> str:
    """Give a name list as text for which CSL has no variable, braces around bodies kept."""
    if "\\" not in source and "$" not in source and "~" not in source:
        return source
    return names_text(read_names(source))


def names_text(names: tuple[Name, ...]) -> str:
    """Give a name list as text, braces around bodies."""
    return " and ".join(map(_in_text, names))


def _in_text(name: Name) -> str:
    if name.literal:
        return name.literal if name == _OTHERS else f"{{{name.literal}}}"
    last = " ".join(part for part in (name.dropping_particle, name.family) if part)
    return ", ".join(part for part in (last, name.suffix, name.given) if part)


def write_names(names: tuple[Name, ...], *, useprefix: bool) -> str:
    """Give the source of a name list; each name is written in the first form that reads back.

    Args:
        names: The names, in order.
        useprefix: What the entry's option `useprefix` says.
    """
    written = [
        # The source is found in a fifth of the time by two texts than by a name.
        _write_person(name.family, name.given, useprefix)
        if name.family and name.given and not _has_more(name)
        else _write(name, useprefix)
        for name in names
    ]
    if len(names) > 1 and names[-1].literal and names[-1] == _OTHERS:
        written[-1] = "others"
    return " and ".join(written)


def _has_more(name: Name) -> bool:
    """Tell whether a name has more to it than family and given names."""
    return bool(name.dropping_particle or name.non_dropping_particle or name.suffix or name.literal)


@lru_cache(maxsize=_TOLD_APART)
def _read_kept(source: str, useprefix: bool) -> Name | None:
    return _read(source, useprefix)


def _read(source: str, useprefix: bool) -> Name | None:
    """Read one name; None if there is nothing in it."""
    name = _read_any(source, useprefix=useprefix)
    return None if name == _NOBODY else name


def _read_any(source: str, *, useprefix: bool) -> Name:
    simple = _SIMPLE.fullmatch(source)
    if simple is not None:
        return Name(simple[1], simple[2])
    if source == "others":
        return _OTHERS
    if _is_one_group(source):
        if _EXTENDED_IN_BRACES.match(source) is None:
            return Name(literal=_text(source))
        source = source[1:-1]
    if "=" in source and _EXTENDED.match(source):
        name = _read_extended(source, useprefix=useprefix)
        if name != _NOBODY:
            return name
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
    for pair in _pairs(source):
        name, _, value = pair.strip().strip('"').partition("=")
        members.setdefault(name.strip(), _text(value.strip().strip('"')))
    if "prefix" in members:
        stays = members.get("useprefix", str(useprefix)).lower() == "true"
        particle = "non-dropping-particle" if stays else "dropping-particle"
        members.setdefault(particle, members["prefix"])
    return Name(**{_MEMBERS[name]: value for name, value in members.items() if name in _MEMBERS})


def _pairs(source: str) -> list[str]:
    """Cut at the commas that stand outside of braces and of quotes."""
    pairs, depth, start, quoted = [], 0, 0, False
    for match in _PAIR_END.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        quoted ^= match[0] == '"' and depth == 0
        if match[0] == "," and depth == 0 and not quoted:
            pairs.append(source[start : match.start()])
            start = match.end()
    return [*pairs, source[start:]]


def _is_one_group(source: str) -> bool:
    if not (source.startswith("{") and source.endswith("}")):
        return False
    depth = 0
    for match in _GROUP.finditer(source):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0:
            return match.end() == len(source)
    return False


def _text(source: str) -> str:
    return to_plain(source).strip() if source else ""


@lru_cache(maxsize=_TOLD_APART)
def _write_person(family: str, given: str, useprefix: bool) -> str:
    return _write(Name(family, given), useprefix)


@lru_cache(maxsize=_TOLD_APART)
def _write(name: Name, useprefix: bool) -> str:
    if name.literal:
        return "{" + escape(name.literal) + "}"
    for candidate in (_classic(name), _classic(name, braced=True)):
        if _reads_as(candidate, name, useprefix=useprefix):
            return candidate
    return _extended(name, useprefix=useprefix)


def _reads_as(source: str, name: Name, *, useprefix: bool) -> bool:
    return is_balanced(source) and read_names(source, useprefix=useprefix) == (name,)


def _classic(name: Name, *, braced: bool = False) -> str:
    family = escape(name.family)
    particle = escape(name.dropping_particle or name.non_dropping_particle)
    last = "{" + family + "}" if braced else family
    if particle:
        last = f"{particle}{'' if particle.endswith('-') else ' '}{last}"
    return ", ".join(part for part in (last, escape(name.suffix), escape(name.given)) if part)


def _extended(name: Name, *, useprefix: bool) -> str:
    """Write biblatex's extended format; of two particles, each has a member of its own name."""
    members = {member: getattr(name, attribute) for member, attribute in _MEMBERS.items()}
    if bool(name.dropping_particle) != bool(name.non_dropping_particle):
        stays = bool(members.pop("non-dropping-particle"))
        members["prefix"] = name.non_dropping_particle or members["dropping-particle"]
        del members["dropping-particle"]
        members["useprefix"] = "" if stays == useprefix else str(stays).lower()
    return ", ".join(f"{member}={{{escape(value)}}}" for member, value in members.items() if value)
