"""The grammar of a `.bib` file, as regular expressions over its bytes.

Source: bibtex.web, the program itself (sections "Reading the database file(s)" and "scan_char"):
which bytes a name may have, what white space is, that a backslash shields no brace, that quotes end
at the first quote outside of braces. Names may begin with a figure here.

All repeats are possessive, so that a match takes time in proportion to its length whether it
succeeds or not. Groups in groups are matched to a depth of `DEPTH`; what is nested deeper is read
by counting, in `northbib.bibtex.body`.
"""

from __future__ import annotations

import re

__all__ = [
    "ASSIGNMENT",
    "BRACE",
    "CLOSING",
    "COMMENT_LINE",
    "FIELD",
    "GROUP",
    "HEADER",
    "KEY",
    "KEYLESS",
    "KEY_WITH_BLANKS",
    "NAME",
    "QUOTE_OR_BRACE",
    "SPACE",
    "WELL_FORMED",
    "WORD",
]

DEPTH = 4

_ID = rb"[^\x00-\x20\x7f\"#%'(),={}]"


def _group(depth: int) -> bytes:
    pattern = rb"\{[^{}]*+\}"
    for _ in range(depth):
        pattern = rb"\{[^{}]*+(?:" + pattern + rb"[^{}]*+)*+\}"
    return pattern


_QUOTED = rb'"[^{}"]*+(?:' + _group(DEPTH - 2) + rb'[^{}"]*+)*+"'
_PART = rb"(?:" + _group(DEPTH) + rb"|" + _QUOTED + rb"|" + _ID + rb"++)"
_FIELDS = rb"(?!#)(?:(?:,\s*+" + _ID + rb"++\s*+=|#)\s*+" + _PART + rb"\s*+)*+,?+\s*+"

CLOSING = {b"{": b"}", b"(": b")"}

HEADER = re.compile(rb"@\s*+((?!@)" + _ID + rb"++)?+(?:\s*+([{(]))?+")
"""An `@`, the name after it (group 1) and what opens the block (group 2), as far as there."""

WELL_FORMED = {
    b"{": re.compile(rb"\s*+([^\s,{}=\"]++)\s*+" + _FIELDS + rb"\}"),
    b"(": re.compile(rb"\s*+([^\s,{}=\"()]++)\s*+" + _FIELDS + rb"\)"),
}
"""An entry behind what opens it, without a fault; group 1 is its key."""

FIELD = re.compile(
    rb",\s*+(" + _ID + rb"++)\s*+=\s*+(" + _PART + rb")((?:\s*+#\s*+" + _PART + rb")*+)"
)
"""A field of a well-formed entry: name, first part of the value, the parts joined to it."""

KEY = {b"{": re.compile(rb"[^\s,{}]*+"), b"(": re.compile(rb"[^\s,]*+")}
KEY_WITH_BLANKS = re.compile(rb"([^\s,={}\"@]++(?:[ \t]++[^\s,={}\"@]++)++)[ \t]*+(?=,)")
KEYLESS = re.compile(rb"[A-Za-z][\w-]*+\s*+=\s*+[{\"\w]")
"""A field where a key should be."""

NAME = re.compile(_ID + rb"++")
ASSIGNMENT = re.compile(rb"(" + _ID + rb"++)\s*+=\s*+")
GROUP = re.compile(_group(DEPTH))
BRACE = re.compile(rb"[{}]")
QUOTE_OR_BRACE = re.compile(rb"[\"{}]")
SPACE = re.compile(rb"\s*+")
WORD = re.compile(rb"[^\s,{}()\"%@]++")
COMMENT_LINE = re.compile(rb"%[^\r\n]*+")
