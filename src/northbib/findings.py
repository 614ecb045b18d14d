"""What a check, a reader or an engine has to say, as data.

Core code never prints: it returns findings, and the command line shows them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["Finding", "Replacement", "Severity"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A text to put in the place of a part of a file.

    Attributes:
        line: Line where that part begins, counted from 1.
        column: Column where it begins, counted from 1, in characters.
        end_line: Line where it ends.
        end_column: Column of the first character after it.
        text: What stands there instead.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault, or one thing worth knowing, and where it is.

    Attributes:
        code: A stable name in kebab case, for scripts (`duplicate-key`).
        severity: `error`, `warning` or `info`.
        message: One clause for a person, without a full stop at its end.
        file: Path or URL as the user gave it.
        line: Line in the file, counted from 1.
        column: Column in that line, counted from 1, in characters.
        key: Citation key of the record that it is about.
        fix: What to do about it, as one clause.
        replacements: What does it in the file, where that needs no person.
    """

    code: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    key: str | None = None
    fix: str | None = None
    replacements: tuple[Replacement, ...] = ()

    def __str__(self) -> str:
        """Give one line: `file:line:column: message; fix`."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        head = f"{place}: " if place else ""
        tail = f"; {self.fix}" if self.fix else ""
        return f"{head}{self.message}{tail}"

    def to_dict(self) -> dict[str, object]:
        """Give the fields that are set, for JSON."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}
