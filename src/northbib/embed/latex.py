r"""The comments of a LaTeX article that can be markers.

What follows a `%`, without those that are text: `\%`, `\verb` and its like, environments whose
content is taken as it is, what stands between `\iffalse` and `\fi` or after `\end{document}`.
Names of such environments that the article makes for itself are known too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.comments import Comment
from northbib.embed.lines import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["comments"]

_VERBATIM = frozenset(
    "verbatim Verbatim BVerbatim LVerbatim SaveVerbatim VerbatimOut spverbatim alltt lstlisting "
    "minted comment filecontents tcblisting listingcont luacode luacode* pycode pyblock pyconsole "
    "sagesilent sageblock asy dot2tex verbatimtab verbatimwrite xcomment".split()
)
_MAKES_VERBATIM = re.compile(
    r"\\(?:lstnewenvironment|DefineVerbatimEnvironment|(?:Re)?[Nn]ew(?:TCB|tcb)[Ll]isting"
    r"|excludecomment|specialcomment|NewListingEnvironment|newverbatim)\s*+(?:\[[^\]]*+\]\s*+)?+"
    r"\{(?P<name>[^{}]++)\}"
    r"|\\newminted(?:\[(?P<minted>[^\]]++)\])?+\{(?P<language>[^{}]++)\}"
)
# In these a paragraph cannot begin; in those after them it can again.
_WITHOUT_LISTS: dict[str, str] = dict.fromkeys(
    "tabular tabular* tabularx tabulary tabularray tblr longtable longtblr supertabular array "
    "xltabular tabbing".split(),
    "a table",
) | dict.fromkeys(
    "math displaymath equation equation* align align* alignat alignat* flalign flalign* gather "
    "gather* multline multline* eqnarray eqnarray* split cases matrix pmatrix bmatrix dmath "
    "dmath*".split(),
    "a formula",
)
_WITH_LISTS = frozenset("minipage varwidth".split())

_TOKEN = re.compile(
    r"""
    %(?P<comment>[^\r\n]*+)
    | \\(?P<environment>begin|end)\s*+\{(?P<name>[^{}\r\n]*+)\}
    | \\(?:verb|lstinline|mintinline|Verb|SaveVerb|py|pyv)(?![A-Za-z@])(?P<verb>\*?+)
    | \\(?P<word>[A-Za-z@]++)
    | \\(?P<math>[\[\]()]) | (?P<dollars>\$\$?+)
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)
_VERB_OPTIONS = re.compile(r"(?:[ \t]*+\[[^\]\r\n]*+\])?+(?P<braces>\{[^{}\r\n]*+\}(?=[^\s\w]))?+")
_CONDITION = re.compile(r"\\(?P<name>if(?!thenelse\b|f\b|next\b)[A-Za-z@]*+|fi)(?![A-Za-z@])")
_BLANK = re.compile(r"[ \t]*")


def comments(text: str) -> list[Comment]:
    """Give the comments of an article in their order, without those in verbatim text."""
    return list(_Reader(text).comments())


class _Reader:
    """Reads LaTeX once from the start to the end, and knows what is open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = Lines(text)
        self._verbatim = _VERBATIM | set(_verbatim_of(text))
        self._open: list[str] = []
        self._preamble = _begins_document(text)
        self._math = ""
        self._no_end: set[str] = set()

    def comments(self) -> Iterator[Comment]:
        place = 0
        while match := _TOKEN.search(self._text, place):
            place = match.end()
            if match["comment"] is not None:
                yield self._comment(match)
            elif match["environment"]:
                if match["environment"] == "end" and match["name"] == "document":
                    return
                place = self._environment(match)
            elif match["verb"] is not None:
                place = self._after_verb(match)
            elif match["word"] == "iffalse":
                place = self._after_condition(match.end())
            elif match["math"] or match["dollars"]:
                self._turn_math(match["math"] or match["dollars"])

    def _comment(self, match: re.Match[str]) -> Comment:
        start, body = match.start(), match.start("comment")
        text = match["comment"]
        signs = len(text) - len(text.lstrip("%"))
        before = self._lines.before(start)
        indent = before if _BLANK.fullmatch(before) else None
        within = self._within()
        return Comment(
            start,
            match.end(),
            body + signs,
            text[signs:],
            None if within else indent,
            within=within or "running text",
        )

    def _within(self) -> str:
        if self._preamble:
            return "the preamble"
        if self._math not in ("", "$"):
            return "a formula"
        inner = next((name for name in reversed(self._open)), "")
        return _WITHOUT_LISTS.get(inner, "")

    def _environment(self, match: re.Match[str]) -> int:
        name = match["name"]
        if match["environment"] == "end":
            if self._open and self._open[-1] == name:
                self._open.pop()
            return match.end()
        if name.rstrip("*") in self._verbatim or name in self._verbatim:
            return self._after(f"\\end{{{name}}}", match.end())
        self._preamble = self._preamble and name != "document"
        if name in _WITHOUT_LISTS or name in _WITH_LISTS:
            self._math = ""
            self._open.append(name)
        return match.end()

    def _after(self, mark: str, place: int) -> int:
        """Give the place after a mark; this one if the mark is not there."""
        if mark in self._no_end:
            return place
        found = self._text.find(mark, place)
        if found < 0:
            self._no_end.add(mark)
            return place
        return found + len(mark)

    def _after_verb(self, match: re.Match[str]) -> int:
        options = _VERB_OPTIONS.match(self._text, match.end())
        place = options.end() if options else match.end()
        sign = self._text[place : place + 1]
        if not sign or sign.isspace() or sign.isalpha():
            return place
        closing = "}" if sign == "{" else sign
        rest = self._lines.after(place)
        end = rest.find(closing, 1)
        return place + end + 1 if end > 0 else place

    def _after_condition(self, place: int) -> int:
        if "fi" in self._no_end:
            return place
        depth = 1
        for match in _CONDITION.finditer(self._text, place):
            depth += -1 if match["name"] == "fi" else 1
            if not depth:
                return match.end()
        self._no_end.add("fi")
        return place

    def _turn_math(self, sign: str) -> None:
        if self._math == "$" and sign != "[":
            # Two dollars then end one formula of a line and begin the next one.
            self._math = "$" if sign == "$$" else ""
        elif self._math not in ("", "$"):
            self._math = "" if sign == {"[": "]"}.get(self._math, self._math) else self._math
        elif sign in ("[", "$", "$$"):
            self._math = sign


def _verbatim_of(text: str) -> Iterator[str]:
    """Give the names of environments that the article itself makes verbatim."""
    for match in _MAKES_VERBATIM.finditer(text):
        yield match["name"] or match["minted"] or f"{match['language']}code"


def _begins_document(text: str) -> bool:
    return re.search(r"^[ \t]*\\begin\s*\{document\}", text, re.MULTILINE) is not None
