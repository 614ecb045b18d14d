"""What BibTeX itself reads in a file: its own program, with a style that prints what it has."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PROGRAM = shutil.which("bibtex")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NAME = re.compile(r"[a-zA-Z][\w:+/*.-]*", re.ASCII)
_PRINT = """\
FUNCTION {default.type} {
  "<@" cite$ * ">" * write$ newline$
%s}
READ
ITERATE {call.type$}
"""
_FIELD = '  %s missing$ \'skip$ { "<=%s>" %s * "<|>" * write$ newline$ } if$\n'
_ENTRY = re.compile(r"<@(.*?)>(.*?)(?=<@|\Z)", re.DOTALL)
_VALUE = re.compile(r"<=(.*?)>(.*?)<\|>", re.DOTALL)


def can_print(name: str) -> bool:
    """Whether a style can ask for a field of this name."""
    return bool(_NAME.fullmatch(name)) and name != "crossref"


def read_by_bibtex(data: bytes, fields: Iterable[str], folder: Path) -> dict[str, dict[str, str]]:
    """Give key in lower case -> fields, with one space for all white space.

    Bytes are given as Latin-1. Fields that an entry has by `crossref` are among its own.
    """
    names = sorted({name.lower() for name in fields if can_print(name)})
    style = f"ENTRY {{ {' '.join(names)} }} {{}} {{}}\n"
    style += "".join(f'MACRO {{{month[:3].lower()}}} {{"{month}"}}\n' for month in _MONTHS)
    style += _PRINT % "".join(_FIELD % (name, name, name) for name in names)
    (folder / "print.bst").write_text(style, encoding="ascii")
    # At the end of the file, BibTeX reads no second block on a line.
    (folder / "works.bib").write_bytes(data + b"\n\n\n")
    aux = "\\citation{*}\n\\bibdata{works}\n\\bibstyle{print}\n"
    (folder / "run.aux").write_text(aux, encoding="ascii")
    assert PROGRAM is not None
    subprocess.run([PROGRAM, "run"], cwd=folder, capture_output=True, check=False, timeout=120)
    printed = (folder / "run.bbl").read_bytes().decode("latin-1")
    return {
        _spaced(key).lower(): {name: _spaced(value) for name, value in _VALUE.findall(values)}
        for key, values in _ENTRY.findall(printed)
    }


def _spaced(text: str) -> str:
    # Lines of more than 79 signs are broken behind a `%` where they have no blank.
    return " ".join(text.replace("%\n", "").split())
