"""Notes on works that belong to one list: a text file with a heading for each work.

    # lee2017cards
    The shortest way into the debate.

    Its figures are those of 2016.

    # sandford2009veto
    On the referendum that failed.

A heading is `#`, a space and a citation key. What follows is plain text, in which CSL-JSON's
inline markup (`<i>`, `<b>`, `<sup>`, `<sub>`, `<sc>`) counts; a blank line begins a paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import InputError, NotFoundError
from northbib.library.disk.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

__all__ = ["Note", "notes_of", "parse_notes", "read_notes"]

_HEADING = re.compile(r"#+[ \t]+@?(?P<key>\S.*?)[ \t]*#*")
_KEY = re.compile(r"[^\s,{}]+")
_LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a work.

    Attributes:
        key: The citation key.
        paragraphs: Its paragraphs, each on one line, with CSL-JSON's inline markup.
        line: The line of its heading in the file, 0 if it is in none.
    """

    key: str
    paragraphs: tuple[str, ...]
    line: int = 0


def read_notes(path: Path) -> tuple[Note, ...]:
    """Read a file of notes.

    Raises:
        NotFoundError: There is no such file.
        InputError: It cannot be read, or is not what a file of notes is; names the line.
    """
    if not path.exists():
        hint = "make it: for each work a line such as `# KEY`, and the note below"
        raise NotFoundError("there is no such file of notes", where=path, hint=hint)
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise InputError("this is no file of notes", where=path, hint="name a text file")
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("the notes are not UTF-8", where=path, hint="save them so") from error
    return parse_notes(text, path)


def parse_notes(text: str, where: Path | str | None = None) -> tuple[Note, ...]:
    """Read notes.

    Args:
        text: The text of a file of notes.
        where: Its name, for what is wrong with it.

    Raises:
        InputError: There is text before the first heading, a heading that is no key, or a key
            that stands there twice.
    """
    found: dict[str, Note] = {}
    before, *parts = _parts(text)
    if any(line.strip() for _, line in before):
        number = next(number for number, line in before if line.strip())
        raise _wrong("this text stands before the first heading", where, number)
    for (number, heading), *lines in parts:
        key = _key(heading, found, where, number)
        found[key.lower()] = Note(key, _paragraphs(line for _, line in lines), number)
    return tuple(found.values())


def _parts(text: str) -> list[list[tuple[int, str]]]:
    """Part numbered lines before each heading, of which only the key is left."""
    parts: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _HEADING.fullmatch(line)
        if heading is None:
            parts[-1].append((number, line))
        else:
            parts.append([(number, heading["key"])])
    return parts


def notes_of(given: Mapping[str, str] | Iterable[Note]) -> tuple[Note, ...]:
    """Give notes that may come as texts by key, as a Python program has them."""
    if not hasattr(given, "items"):
        return tuple(given)
    return tuple(Note(key, _paragraphs(text.splitlines())) for key, text in given.items())


def _key(text: str, found: Mapping[str, Note], where: Path | str | None, line: int) -> str:
    if not _KEY.fullmatch(text):
        raise _wrong(f"the heading {text!r} is no citation key", where, line)
    if text.lower() in found:
        earlier = found[text.lower()].line
        raise _wrong(f"there is a note on {text} at line {earlier} already", where, line)
    return text


def _wrong(message: str, where: Path | str | None, line: int) -> InputError:
    hint = "a note is a line such as `# KEY`, and text below it"
    return InputError(message, where=where, line=line, hint=hint)


def _paragraphs(lines: Iterable[str]) -> tuple[str, ...]:
    joined = "\n".join(line.strip() for line in lines)
    parts = (" ".join(part.split()) for part in re.split(r"\n{2,}", joined))
    return tuple(part for part in parts if part)
