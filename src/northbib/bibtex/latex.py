"""LaTeX in a value -> rich text of a record (`northbib.records.text`).

One pass over the tokens with a stack of open groups, so that neither depth nor length can hurt.
Braces protect capitals in titles and become `<span class="nocase">`; as in BibTeX, a group that
begins with a backslash protects nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from unicodedata import normalize

from northbib.bibtex.localisation import WORDS
from northbib.bibtex.macros import (
    ACCENTS,
    DECLARATIONS,
    DROPPED,
    MATH_LETTERS,
    STYLES,
    SYMBOLS,
    TRANSPARENT,
    accented,
    symbol,
)

__all__ = ["to_plain", "to_rich", "to_verbatim"]

_PLAIN_MACRO = re.compile(
    r"""\{\\(?:["'`^~=.][A-Za-z]|["'`^~=.cvHkudbr]\{[A-Za-z]\}|[cvHkudbr]\ [A-Za-z])\}
      | \{\\(?:ss|oe|OE|ae|AE|aa|AA|o|O|l|L)(?:\{\})?\}
      | (?<!\{)\\(?:["'`^~=.][A-Za-z]|["'`^~=.cvHkudbr]\{[A-Za-z]\}|[&%_\#])""",
    re.VERBOSE,
)
_SPACES = re.compile(r" {2,}")
_TOKEN = re.compile(
    r"\\([a-zA-Z]+)([ \t\r\n]*)|\\(.)|(\$\$?|---?|``|''|[{}~^_`'])|[^\\{}$~^_`'-]+|-|\\",
    re.DOTALL,
)
_PRINTED = {"---": "—", "--": "–", "``": "“", "''": "”", "~": "\N{NO-BREAK SPACE}"}
_SCRIPTS = {"^": ("<sup>", "</sup>"), "_": ("<sub>", "</sub>")}
_MATH_SIGNS = {"(": ")", "[": "]"}
_NOCASE = ("wrap", '<span class="nocase">', "</span>")
_QUOTES = (("“", "”"), ("‘", "’"))
_QUOTING = frozenset({"enquote", "mkbibquote", "textquote"})
_STRINGS = frozenset({"bibstring", "biblstring", "bibsstring", "bibcpstring", "biblcstring"})
_RAW = frozenset({"url", "path", "nolinkurl", "href"}) | _STRINGS
_HAS_RAW = re.compile(r"\\(?:url|path|nolinkurl|href|bib[a-z]*string)(?![a-zA-Z])")
_ESCAPED = re.compile(r"\\([%&#_$~{} ])|\\textasciitilde(?:\{\}|[ ])?|\{\\textasciitilde\}")
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_DOLLAR = re.compile(r"\\.|\$\$?", re.DOTALL)
_REACH = 64
"""How many pieces of output an accent looks at for the letter that it goes on."""

_Pending = tuple[str, str, str]
"""A macro that waits for its argument: its kind, and what the kind needs."""


def to_rich(source: str, *, protects: bool = False) -> str:
    """Give the rich text of a value, its characters composed (NFC).

    Args:
        source: LaTeX, with the delimiters of the value gone.
        protects: Whether braces protect capitals, as they do in titles of works.
    """
    text = source
    if _has_signs(source):
        text = _easily(source, protects=protects) or _Reader(source, protects=protects).read()
    return text if text.isascii() else normalize("NFC", text)


def to_plain(source: str) -> str:
    """Give the text of a value without markup: names, keywords and what is kept as plain text."""
    text = source
    if _has_signs(source):
        text = _easily(source) or _Reader(source, protects=False, marks=False).read()
    return text if text.isascii() else normalize("NFC", text)


def to_verbatim(source: str) -> str:
    """Give an address or identifier: as written, but for the escapes that old files put into it."""
    if "\\" not in source and "{" not in source:
        return source
    if (address := _URL.fullmatch(source)) is not None:
        source = address[1]
    text = _ESCAPED.sub(lambda match: match[1] or "~", source)
    return text[1:-1] if text[:1] == "{" and text[-1:] == "}" else text


def _easily(source: str, *, protects: bool = False) -> str | None:
    """Read a value of accents, dashes, ties and flat groups alone; None if there is more to it."""
    text = source
    if "\\" in source:
        text = _PLAIN_MACRO.sub(lambda match: _macro_alone(match[0]), source)
    if _has_hard_signs(text) or not _is_flat(text):
        return None
    if "--" in text:
        text = text.replace("---", "—").replace("--", "–")
    before, after = _NOCASE[1:] if protects else ("", "")
    text = text.replace("~", "\N{NO-BREAK SPACE}").replace("{", before).replace("}", after)
    return _with_single_spaces(text)


def _with_single_spaces(text: str) -> str:
    # The pattern stops at each space, of which nearly all are alone.
    return (_SPACES.sub(" ", text) if "  " in text else text).strip(" ")


# Every value of a library is asked these two. A pattern goes through a text sign by sign; `in`
# leaps, where it looks for one sign; and a loop over the signs costs more than to look for them.


def _has_signs(text: str) -> bool:
    """Tell whether a value is more than its own text."""
    return (
        "\\" in text
        or "{" in text
        or "}" in text
        or "$" in text
        or "~" in text
        or "`" in text
        or ("-" in text and "--" in text)
        or ("'" in text and "''" in text)
    )


def _has_hard_signs(text: str) -> bool:
    return "\\" in text or "$" in text or "`" in text or ("'" in text and "''" in text)


def _is_flat(text: str) -> bool:
    """Tell whether all groups are closed, not empty, and in no other group."""
    if "{" not in text:
        return "}" not in text
    outside, *groups = text.split("{")
    return "}" not in outside and all(group.count("}") == 1 and group[0] != "}" for group in groups)


@cache
def _macro_alone(source: str) -> str:
    return _Reader(source, protects=False).read()


@dataclass(slots=True)
class _Group:
    """An open group: where its output begins, and what is to be done with that at its end.

    Attributes:
        start: Index of the piece of output that is kept free for what goes before.
        opened: `{`, or the sign that began mathematics.
        pending: The macros that take the group as their argument.
        after: What the declarations in it put at its end.
        math: Whether it is mathematics.
        nocase: Whether its capitals are protected already.
        quotes: How many quotations it stands in.
        letters: The macro that changes its letters.
    """

    start: int
    opened: str
    pending: list[_Pending] = field(default_factory=list)
    after: str = ""
    math: bool = False
    nocase: bool = False
    quotes: int = 0
    letters: str = ""


class _Reader:
    """The state of one pass over a value."""

    def __init__(self, source: str, *, protects: bool, marks: bool = True) -> None:
        self.source = source
        self.protects = protects
        self.marks = marks
        self.out: list[str] = [""]
        self.groups = [_Group(0, "")]
        self.pending: list[_Pending] = []
        self.position = 0
        self.single_quotes = 0
        self.dollars = _dollars(source) if "$" in source else frozenset()
        self.ends = _group_ends(source) if _HAS_RAW.search(source) else {}

    def read(self) -> str:
        """Go through the tokens and give the rich text."""
        while (match := _TOKEN.match(self.source, self.position)) is not None:
            self.position = match.end()
            if match[1]:
                self._word(match[1], spaced=bool(match[2]))
            elif match[3]:
                self._sign(match[3])
            elif match[4]:
                self._special(match[4], match.start())
            else:
                self._text(match[0])
        while self.groups:
            self._close()
        return _with_single_spaces("".join(self.out))

    def _word(self, name: str, *, spaced: bool) -> None:
        """Carry out a macro whose name is a word."""
        waiting = self._waiting(name)
        if waiting is not None:
            self.pending.append(waiting)
        elif name in _RAW:
            self._raw(name)
        elif name in DECLARATIONS and not self.pending:
            before, after = DECLARATIONS[name] if self.marks else ("", "")
            self.out.append(before)
            self.groups[-1].after = after + self.groups[-1].after
        elif text := symbol(name):
            is_operator = self.groups[-1].math and len(text) > 1 and text.isascii()
            self._atom(text + " " if is_operator and spaced else text)

    def _waiting(self, name: str) -> _Pending | None:
        """Give the macro of that name if it takes an argument and we know what it does to it."""
        if name in ACCENTS:
            return ("accent", name, "")
        if name in STYLES:
            return ("wrap", *STYLES[name])
        if name in _QUOTING:
            self._skip_star()
            return ("wrap", *_QUOTES[self.groups[-1].quotes % 2])
        if name in DROPPED:
            self._skip_star()
            return ("drop", "", "")
        if name in MATH_LETTERS:
            return ("letters", name, "")
        return WAITING.get(name)

    def _skip_star(self) -> None:
        if self.source.startswith("*", self.position):
            self.position += 1

    def _raw(self, name: str) -> None:
        """Take an argument in which nothing is LaTeX; that of `href` is not printed."""
        end = self.ends.get(self.position)
        if end is not None:
            text = self.source[self.position + 1 : end]
            self.position = end + 1
            if name in _STRINGS:
                self._atom(WORDS.get(text.strip(), text))
            elif name != "href":
                self._atom(text)

    def _sign(self, sign: str) -> None:
        """Carry out a macro whose name is one character that is no letter."""
        if sign in ACCENTS:
            self.pending.append(("accent", sign, ""))
        elif sign in _MATH_SIGNS:
            self._open(_MATH_SIGNS[sign], math=True)
        elif sign in _MATH_SIGNS.values():
            if self.groups[-1].opened == sign:
                self._close()
        elif text := symbol(sign) if sign in SYMBOLS else sign:
            self._atom(text)

    def _special(self, found: str, position: int) -> None:
        """Carry out one of the characters that mean something to LaTeX."""
        group = self.groups[-1]
        if found == "{":
            self._open("{", math=group.math)
        elif found == "}":
            self._close_brace()
        elif found[0] == "$":
            self._dollar(found, position)
        elif found in _SCRIPTS and group.math:
            self.pending.append(("wrap", *_SCRIPTS[found]))
        elif found == "'" and group.math:
            self._atom("′")
        elif found == "`":
            self.single_quotes += 1
            self._text("‘")
        elif found == "'" and self.single_quotes and not self._letter_follows():
            self.single_quotes -= 1
            self._text("’")
        else:
            self._text(_PRINTED.get(found, found))

    def _letter_follows(self) -> bool:
        return self.source[self.position : self.position + 1].isalnum()

    def _dollar(self, sign: str, position: int) -> None:
        if position not in self.dollars:
            self._text(sign)
        elif any(group.opened == sign for group in self.groups[-2:]):
            while self.groups[-1].opened != sign:
                self._close()
            self._close()
        else:
            self._open(sign, math=True)

    def _text(self, text: str) -> None:
        """Put out a run of characters, of which a waiting macro takes the first."""
        if self.pending:
            text = text.lstrip(" \t\r\n")
            if not text:
                return
            self._atom(text[0])
            text = text[1:]
        letters = self.groups[-1].letters
        if letters:
            text = text.translate(MATH_LETTERS[letters])
        if text:
            self.out.append(text)

    def _atom(self, text: str) -> None:
        """Put out one thing, as the argument of the macros that wait for one."""
        if not self.pending:
            self.out.append(text)
            return
        pending, self.pending = self.pending, []
        for kind, name, _ in pending:
            if kind == "letters":
                text = text.translate(MATH_LETTERS[name])
        self.out += ["", text]
        self._apply(pending, len(self.out) - 2)

    def _open(self, opened: str, *, math: bool) -> None:
        outer, pending = self.groups[-1], self.pending
        group = _Group(len(self.out), opened, pending, "", math, outer.nocase, outer.quotes)
        group.letters = outer.letters
        for kind, name, _ in pending:
            group.quotes += name in ("“", "‘")
            group.math = kind == "math" or (group.math and kind != "text")
            group.letters = name if kind == "letters" else group.letters
        if not pending and opened == "{" and self._protects(group):
            group.pending, group.nocase = [_NOCASE], True
        self.pending = []
        self.out.append("")
        self.groups.append(group)

    def _protects(self, group: _Group) -> bool:
        begins_with_macro = self.source.startswith("\\", self.position)
        return self.protects and not (group.nocase or group.math or begins_with_macro)

    def _close_brace(self) -> None:
        while self.groups[-1].opened not in ("{", ""):
            self._close()
        if self.groups[-1].opened:
            self._close()

    def _close(self) -> None:
        if self.pending:
            self._atom("")
        group = self.groups.pop()
        if group.after:
            self.out.append(group.after)
        if group.pending != [_NOCASE] or any(self.out[group.start :]):
            self._apply(group.pending, group.start)

    def _apply(self, pending: list[_Pending], start: int) -> None:
        """Carry out macros on what was put out after `start`, the innermost first."""
        for kind, first, second in reversed(pending):
            if kind == "wrap" and (self.marks or first[:1] != "<"):
                self.out[start] = first + self.out[start]
                self.out.append(second)
            elif kind == "accent":
                self._accent(first, start)
            elif kind == "drop":
                del self.out[start + 1 :]
                self.out[start] = ""
            elif kind == "fraction":
                self.out.append("/")

    def _accent(self, accent: str, start: int) -> None:
        for index in range(start + 1, min(start + _REACH, len(self.out))):
            piece = self.out[index]
            if piece and not (piece[0] == "<" and piece[-1] == ">"):
                self.out[index] = accented(accent, piece)
                return
        self.out.append(accented(accent, ""))


WAITING: dict[str, _Pending] = {
    **dict.fromkeys(TRANSPARENT, ("none", "", "")),
    **dict.fromkeys(("text", "mbox", "textrm", "textnormal"), ("text", "", "")),
    "ensuremath": ("math", "", ""),
    "frac": ("fraction", "", ""),
    "NoCaseChange": _NOCASE,
}


def _dollars(source: str) -> frozenset[int]:
    """Give where the `$` stand that begin or end mathematics; others are signs of money."""
    found: list[int] = []
    opener: re.Match[str] | None = None
    for match in _DOLLAR.finditer(source):
        if match[0][0] == "\\":
            continue
        if opener is not None and opener[0] == match[0] and _is_math(source, opener, match):
            found += [opener.start(), match.start()]
            opener = None
        else:
            opener = match
    return frozenset(found)


def _is_math(source: str, opener: re.Match[str], closer: re.Match[str]) -> bool:
    # "between $5 and $10": a figure after both, and a space before the second.
    figures = source[opener.end()].isdigit() and source[closer.end() : closer.end() + 1].isdigit()
    return not (figures and source[closer.start() - 1].isspace())


def _group_ends(source: str) -> dict[int, int]:
    """Give the place of the `}` for each `{`."""
    ends: dict[int, int] = {}
    open_: list[int] = []
    for match in _BRACE.finditer(source):
        if match[0] == "{":
            open_.append(match.start())
        elif match[0] == "}" and open_:
            ends[open_.pop()] = match.start()
    return ends
