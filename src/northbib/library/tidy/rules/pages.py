"""Page ranges with two hyphens, which TeX sets as an en dash: `483--499`.

A single hyphen may belong to one page (`A-12`, `3-1`), so that it is doubled only between numbers
that can be a range.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.library.tidy.form import inner, with_inner

if TYPE_CHECKING:
    from northbib.library.tidy.context import Context
    from northbib.library.tidy.form import Form

__all__ = ["tidy"]

_LIST = re.compile(r"(\s*[,;]\s*)")
_THOUSANDS = re.compile(r"\d,\d")
_RANGE = re.compile(
    r"(?P<head>[A-Za-z]*)(?P<first>\d+)\s*(?P<dash>-{1,3}|–|—|\\textendash\s*(?:\{\})?)\s*"
    r"(?P<head2>[A-Za-z]*)(?P<last>\d+)"
)


def tidy(form: Form, _context: Context) -> Form:
    """Write the dashes of page ranges as two hyphens."""
    return form.with_values(_dashed)


def _dashed(name: str, value: str) -> str:
    text = inner(value) if name == "pages" else None
    if text is None:
        return value
    # 3,859 may be one number.
    if _THOUSANDS.search(text):
        return value
    return with_inner(value, "".join(_range(each) for each in _LIST.split(text.strip())))


def _range(text: str) -> str:
    """Give one page or range of a list, as it should be; as it is, if it is something else."""
    match = _RANGE.fullmatch(text)
    if match is None:
        return text
    head, first, last = match["head"], match["first"], match["last"]
    if match["head2"] not in ("", head):
        return text
    # 483-99 is short for 483-499; 3-1 is page 1 of chapter 3.
    rises = len(last) < len(first) or int(last) > int(first)
    return f"{head}{first}--{match['head2']}{last}" if rises or match["dash"] != "-" else text
