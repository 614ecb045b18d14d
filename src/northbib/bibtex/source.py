"""Rich text of a record -> the source of a BibTeX value, without its delimiters.

The text stays Unicode; only what LaTeX would take for a command is escaped. `latex.to_rich` reads
back what this writes.
"""

from __future__ import annotations

import re

from northbib.bibtex.latex import to_verbatim
from northbib.bibtex.values import is_balanced
from northbib.records.text import INLINE_TAG

__all__ = ["escape", "to_source", "verbatim"]

_ESCAPES = {
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "\N{NO-BREAK SPACE}": "~",
}
_BRACES = {"{": r"\{", "}": r"\}"}
_AS_THEY_ARE = {"{": "{", "}": "}"}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_SPECIAL = re.compile(
    r"[&%#$_\\~^`{}\N{NO-BREAK SPACE}]|[<>]|-(?=-)|'(?=')|[\t\r\n][ \t\r\n]*+| [ \t\r\n]++"
)
_ORDINARY = re.compile(r"(?:[A-Za-z0-9 ,.:;()/?!\"+*=@|\[\]\xc0-\xff]++|-(?!-)|'(?!'))*+")
"""Most values, which are known at a look as having nothing to escape, if no spaces run."""
_MACROS = {
    "<i>": r"\emph{",
    "<b>": r"\textbf{",
    "<sc>": r"\textsc{",
    "<sup>": r"\textsuperscript{",
    "<sub>": r"\textsubscript{",
}
_BEFORE_SIGN = re.compile(r"\\(?=[%&#_$~{} ])")
_SPAN_SMALL_CAPS = '<span style="font-variant:'


def to_source(text: str, *, protects: bool = False) -> str:
    """Give the source of rich text; markup that does not pair up is text.

    Args:
        text: Unicode with the inline markup of CSL-JSON.
        protects: Whether braces protect capitals here, as they do in titles of works; where they
            do not, `nocase` goes.
    """
    if "<" not in text:
        return escape(text)
    braces = _brace_macros(text)
    written: list[str] = []
    position = 0
    for start, end, macro in _macros(text, protects=protects):
        written += [_escape(text[position:start], braces), macro]
        position = end
    written.append(_escape(text[position:], braces))
    return "".join(written)


def escape(text: str, *, keeps_braces: bool = False) -> str:
    """Give the source of plain text.

    Args:
        text: Unicode.
        keeps_braces: Whether braces in pairs are meant as BibTeX has them, as in a list of names.
    """
    if _ORDINARY.fullmatch(text) and "  " not in text:
        return text
    braces = _brace_macros(text)
    return _escape(text, _AS_THEY_ARE if keeps_braces and braces is _BRACES else braces)


def verbatim(text: str) -> str:
    """Give the source of an address or identifier: as it is, if it reads back so.

    Braces and backslashes that BibTeX would stumble over are written as in URLs.
    """
    text = " ".join(text.split())
    if "\\" not in text and "{" not in text and "}" not in text:
        return text
    for source in (text, _BEFORE_SIGN.sub(r"\\\\", text)):
        if is_balanced(source) and to_verbatim(source) == text and not source.endswith("\\"):
            return source
    return text.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def _escape(text: str, braces: dict[str, str]) -> str:
    def written(match: re.Match[str]) -> str:
        found = match[0]
        if found in "-'":
            return found + "{}"
        if found in "<>":
            return _relation(match)
        return braces.get(found) or _ESCAPES.get(found, " ")

    return _SPECIAL.sub(written, text)


def _relation(match: re.Match[str]) -> str:
    # As they are, they would be other signs in the older encodings of LaTeX's fonts.
    text, sign = match.string, match[0]
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    if before == after == " ":
        return f"${sign}$"
    return r"\textless{}" if sign == "<" else r"\textgreater{}"


def _brace_macros(text: str) -> dict[str, str]:
    # BibTeX counts braces whether escaped or not, so that only those in pairs can stay braces.
    return _BRACES if is_balanced(text) else _LONE_BRACES


def _macros(text: str, *, protects: bool) -> list[tuple[int, int, str]]:
    """Give the tags that pair up, in order: where each stands and what is written for it."""
    found: list[tuple[int, int, str]] = []
    open_: list[re.Match[str]] = []
    for match in INLINE_TAG.finditer(text):
        tag = match[0]
        if not tag.startswith("</"):
            open_.append(match)
        elif open_ and re.match(r"<\w+", open_[-1][0])[0] == "<" + tag[2:-1]:  # type: ignore[index]
            opener = open_.pop()
            before, after = _braces(text, opener, protects=protects)
            found.append((opener.start(), opener.end(), before))
            found.append((match.start(), match.end(), after))
    return sorted(found)


def _braces(text: str, opener: re.Match[str], *, protects: bool) -> tuple[str, str]:
    tag = opener[0]
    if tag in _MACROS:
        return _MACROS[tag], "}"
    if tag.startswith(_SPAN_SMALL_CAPS):
        return _MACROS["<sc>"], "}"
    if not protects:
        return "", ""
    # A group that begins with a macro protects nothing, so that gets a group of its own.
    begins_with_macro = text[opener.end() : opener.end() + 1] in _ESCAPES or text.startswith(
        ("<", "{", "}"), opener.end()
    )
    return ("{{", "}}") if begins_with_macro else ("{", "}")
