"""What a rule is, and what it has to say."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from northbib.reports import Help

if TYPE_CHECKING:
    from northbib.findings import Severity
    from northbib.library.checking.subject import Subject

__all__ = ["Asks", "Edits", "Fault", "Rule"]

Asks = Literal["", "links", "updates"]

Edits = Mapping[str, str | None]
"""Field -> its new BibTeX source without delimiters, None to take the field away."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule found in an entry.

    Attributes:
        message: One clause for a person, without a full stop at its end.
        field: The field at fault, as it is named in the file; "" for the entry as a whole.
        advice: What to do about it, as one clause.
        edits: What puts it right; empty where only a person can.
        repeat: Which one of several fields of that name, counted from 0.
    """

    message: str
    field: str = ""
    advice: str | None = None
    edits: Edits = dataclasses.field(default_factory=dict)
    repeat: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong with an entry, and how it is found.

    A rule without a function is one whose faults the reader of BibTeX finds, or, if it asks for
    something, `northbib.resolve.watching`.

    Attributes:
        code: Its name, in kebab case.
        severity: `error` for what breaks a document or a reference, `warning` for what is wrong
            in print or in exchange, `info` for what may be meant.
        sentence: What must be so.
        reason: What happens where it is not.
        bad: BibTeX that breaks it.
        good: The same, as it should be.
        fix: What `--fix` does about it; "" where only a person can put it right.
        entry: Looks at one entry.
        library: Looks at all entries together.
        asks: What has to be asked over the network for it, `links` or `updates`; "" for nothing.
    """

    code: str
    severity: Severity
    sentence: str
    reason: str
    bad: str
    good: str
    fix: str = ""
    entry: Callable[[Subject], Iterable[Fault]] | None = None
    library: Callable[[Sequence[Subject]], Iterable[tuple[Subject, Fault]]] | None = None
    asks: Asks = ""

    @property
    def is_read(self) -> bool:
        """Whether the reader of BibTeX finds its faults."""
        return self.entry is None and self.library is None and not self.asks

    def help(self) -> Help:
        """Give what reports say of it."""
        return Help(self.code, self.severity, self.sentence, self.reason)
