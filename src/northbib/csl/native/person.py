"""One name, its parts in the order of its script and form.

Source: CSL 1.0.2, "Name-part Order", "Name-part Formatting".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.native.initials import initials
from northbib.csl.native.richtext import parse_rich
from northbib.csl.native.textcase import apply_case
from northbib.csl.native.tokens import CLOSE

if TYPE_CHECKING:
    from northbib.csl.native.formatting import Format
    from northbib.csl.native.name_options import NameOptions
    from northbib.csl.native.people import Name
    from northbib.csl.native.tokens import Tokens

__all__ = ["PersonWriter", "is_eastern_char"]

_GLUE = "'’-ʼ‘"


class PersonWriter:
    """Writes single names in the way of one `cs:name`."""

    __slots__ = ("_family", "_given", "_language", "_options", "_plain")

    def __init__(
        self, options: NameOptions, family: Format | None, given: Format | None, language: str
    ) -> None:
        self._options = options
        self._language = language
        self._family = family
        self._given = given
        self._plain = family is None and given is None

    def write(self, name: Name, out: Tokens, inverted: bool, level: int, sorting: bool) -> None:
        """Write a name.

        Args:
            name: The name.
            out: Where to.
            inverted: Whether the family name comes first.
            level: 0 for the form that the style asks for, 1 for initials, 2 for given names
                in full.
            sorting: Whether it is for a sort key, in which the particle may stand last.
        """
        options = self._options
        if name.literal:
            # By citeproc-js the affixes of a family name are not those of a body.
            self._part(name.literal, self._family, out, affixes=False)
        elif name.static or _is_eastern(name):
            self._family_first(name, out, level)
        elif options.form == "short" and not level:
            self._short(name, out, inverted, sorting)
        else:
            given = self._given_names(name, level)
            if inverted:
                self._inverted(name, given, out, sorting)
            else:
                self._in_order(name, given, out)

    def _short(self, name: Name, out: Tokens, inverted: bool, sorting: bool) -> None:
        """Write a family name; an inverted one has a demoted particle behind it."""
        demote = self._options.demote
        if sorting and demote != "never":
            self._part(name.family, self._family, out)
        elif inverted and demote == "display-and-sort" and name.particle:
            self._part(name.family, self._family, out)
            out.append(self._options.separator)
            self._part(name.particle, self._family, out)
        else:
            self._part(_joined(name.particle, name.family), self._family, out)

    def _given_names(self, name: Name, level: int) -> str:
        options = self._options
        after = options.initialize_with
        if after is None or not name.given:
            return name.given
        shorten = options.initialize and level < 2
        if level == 2 and options.initialize:
            return name.given
        if not shorten and not options.hyphens and "-" in name.given:
            return initials(name.given.replace("-", " "), after, True, False)
        return initials(name.given, after, options.hyphens, shorten)

    def _suffix(self, name: Name) -> str:
        """Give "Jr." without its stop where initials have none."""
        after = self._options.initialize_with
        return (
            name.suffix.replace(".", "") if after is not None and "." not in after else name.suffix
        )

    def _in_order(self, name: Name, given: str, out: Tokens) -> None:
        suffix = (", " if name.comma else " ") + self._suffix(name) if name.suffix else ""
        if self._plain:
            whole = name.family
            if name.particle or name.dropping:
                whole = _joined(name.dropping, _joined(name.particle, whole))
            _text(_joined(given, whole) + suffix, out)
            return
        family = self._family
        if given:
            self._part(given, self._given, out)
            out.append(" ")
        if family is not None and family.prefix:
            out.append(family.prefix)
        if name.dropping:
            self._part(name.dropping, self._given, out, affixes=False)
            self._space_after(name.dropping, out)
        if name.particle:
            self._part(name.particle, family, out, affixes=False)
            self._space_after(name.particle, out)
        self._part(name.family, family, out, affixes=False)
        if suffix:
            out.append(suffix)
        if family is not None and family.suffix:
            out.append(family.suffix)

    def _space_after(self, particle: str, out: Tokens) -> None:
        if particle[-1] not in _GLUE:
            out.append(" ")

    def _inverted(self, name: Name, given: str, out: Tokens, sorting: bool) -> None:
        options = self._options
        demoted = options.demote == "display-and-sort" or (sorting and options.demote != "never")
        separator = options.separator
        family = name.family if demoted else _joined(name.particle, name.family)
        last = name.particle if demoted else ""
        if self._plain:
            text = family
            rest = " ".join(part for part in (given, name.dropping, last) if part)
            if rest:
                text += separator + rest
            _text(text + separator + self._suffix(name) if name.suffix else text, out)
            return
        self._part(family, self._family, out)
        if given or name.dropping or last:
            out.append(separator)
            self._enclosed(given, name.dropping, last, out)
        if name.suffix:
            out.append(separator)
            _text(self._suffix(name), out)

    def _enclosed(self, given: str, dropping: str, particle: str, out: Tokens) -> None:
        """Write given names with demoted particles inside the affixes of the given names."""
        style = self._given
        if style is not None and style.prefix:
            out.append(style.prefix)
        space = False
        for text, part in ((given, style), (dropping, style), (particle, self._family)):
            if text:
                if space:
                    out.append(" ")
                self._part(text, part, out, affixes=False)
                space = True
        if style is not None and style.suffix:
            out.append(style.suffix)

    def _family_first(self, name: Name, out: Tokens, level: int) -> None:
        """Write a name of which the family name comes first in any form."""
        self._part(name.family, self._family, out, affixes=False)
        if name.given and (self._options.form != "short" or level):
            if not _is_eastern(name):
                out.append(" ")
            self._part(name.given, self._given, out, affixes=False)

    def _part(
        self,
        text: str,
        style: Format | None,
        out: Tokens,
        affixes: bool = True,
    ) -> None:
        if style is None:
            _text(text, out)
            return
        if affixes and style.prefix:
            out.append(style.prefix)
        out.extend(style.marks)
        start = len(out)
        _text(text, out)
        if style.case:
            apply_case(style.case, out, start, True, self._language)
        out.extend([CLOSE] * len(style.marks))
        if affixes and style.suffix:
            out.append(style.suffix)


def _text(text: str, out: Tokens) -> None:
    if "'" in text or "<" in text or '"' in text:
        out.extend(parse_rich(text))
    else:
        out.append(text)


def _joined(first: str, second: str) -> str:
    """Join a particle and what it belongs to."""
    if not first or not second:
        return first or second
    return first + second if first[-1] in _GLUE or first[-1] == " " else f"{first} {second}"


def _is_eastern(name: Name) -> bool:
    """Tell whether a name is in a script in which the family name always comes first."""
    if not name.given or name.family.isascii():
        return False
    return all(is_eastern_char(char) for char in name.family + name.given if not char.isspace())


def is_eastern_char(char: str) -> bool:
    """Tell whether a character is Chinese, Japanese or Korean."""
    return "\u2e80" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or char >= "\U00020000"
