r"""LaTeX accents and letters as Unicode: `{\"o}` is written `ö`, `\ss` is `ß`.

biblatex reads both; BibTeX sorts and shortens names right only with the former, so that this rule
is followed only where it is asked for. Formulas, addresses and all other macros stay as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_rich
from northbib.bibtex.macros import ACCENTS, SYMBOLS, accented
from northbib.bibtex.names import read_names
from northbib.bibtex.tables import TITLES, is_verbatim
from northbib.library.tidy.form import inner, with_inner
from northbib.library.tidy.rules.people import PEOPLE

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_LETTERS = {
    name: SYMBOLS[name]
    for name in "aa AA ae AE dh DH dj DJ i j l L ng NG o O oe OE ss th TH".split()
}
_BARE = r"(?:\\[ij](?![A-Za-z])|[^\W\d_])"
_ACCENT = rf"""\\(?:
    (?P<sign>[`'^"~=.]) [ ]* (?P<on>\{{ [ ]* {_BARE} [ ]* \}}|{_BARE})
    |(?P<name>[uvHcdbkr]) (?: [ ]* \{{ [ ]* (?P<in>{_BARE}) [ ]* \}} | [ ]+ (?P<behind>{_BARE}))
)"""
_LETTER = rf"\\(?P<letter>{'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])"
_WRITTEN = re.compile(
    rf"\\\\|\{{(?:{_ACCENT}|{_LETTER}[ ]*)\}}".replace("?P<", "?P<g_")
    + rf"|{_ACCENT}|{_LETTER}(?:\{{\}}|[ ]+)?",
    re.VERBOSE,
)


def tidy(form: Form, _context: Context) -> Form:
    """Write accents and letters as Unicode."""
    return form.with_values(_as_unicode)


def _as_unicode(name: str, value: str) -> str:
    text = inner(value)
    if text is None or "\\" not in text or "$" in text or is_verbatim(name) or name == "file":
        return value
    written = _WRITTEN.sub(_character, text)
    return with_inner(value, written) if _means_the_same(name, text, written) else value


def _character(match: re.Match[str]) -> str:
    found = {name.removeprefix("g_"): text for name, text in match.groupdict().items() if text}
    if "letter" in found:
        return _LETTERS[found["letter"]]
    accent = found.get("sign") or found.get("name")
    if accent is None or accent not in ACCENTS:
        return match[0]
    letter = (found.get("on") or found.get("in") or found.get("behind") or "").strip("{} ")
    character = accented(accent, letter.replace("\\i", "i").replace("\\j", "j"))
    return character if len(character) == 1 else match[0]


def _means_the_same(name: str, before: str, after: str) -> bool:
    if name in PEOPLE:
        return read_names(before) == read_names(after)
    protects = name in TITLES
    return to_rich(before, protects=protects) == to_rich(after, protects=protects)
