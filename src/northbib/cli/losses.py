"""What is said of records that are converted: losses, faults, and records set aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from northbib.cli.session import note, report
from northbib.errors import ConflictError
from northbib.exchange.losses import Loss
from northbib.exchange.protocol import Rejected

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from northbib.exchange.conversion import Count, Told

__all__ = ["Report"]

_SAID = {
    "note": "kept in a note",
    "changed": "written as something else",
    "lost": "lost",
}


class Report:
    """Takes what a conversion tells, and says it as it was asked to.

    Attributes:
        output: The file that is written, None for standard output.
        explains: Whether losses are named.
        is_strict: Whether a loss keeps the file from being written.
    """

    def __init__(
        self, output: Path | None, *, explains: bool, is_strict: bool, as_json: bool
    ) -> None:
        self.output = output
        self.explains = explains
        self.is_strict = is_strict
        self._as_json = as_json
        self._losses: list[Loss] = []
        self._gone = 0
        self._rejected: BinaryIO | None = None

    def tell(self, told: Told) -> None:
        """Take one thing in; what is no loss is said at once."""
        if isinstance(told, Loss):
            self._gone += told.how != "note"
            if self.explains or told.how != "note":
                self._lose(told)
        elif isinstance(told, Rejected):
            report([told.finding])
            self._set_aside(told)
        else:
            report([told])

    def check(self) -> None:
        """Hold the writing back where it may lose nothing and did.

        Raises:
            ConflictError: A field would be lost.
        """
        if self.is_strict and self._gone:
            for loss in self._losses:
                note(_sentence(loss))
            fields = "1 field" if self._gone == 1 else f"{self._gone} fields"
            raise ConflictError(
                f"{fields} would be lost, and nothing was written",
                where=self.output,
                hint="leave --strict out, or write another format",
            )

    def close(self, count: Count) -> None:
        """Say the rest, when all is written."""
        if self._as_json:
            losses = [{"key": e.key, "field": e.name, "how": e.how} for e in self._losses]
            said = {"written": count.written, "rejected": count.rejected, "losses": losses}
            click.echo(json.dumps(said, ensure_ascii=False, indent=2), err=self.output is None)
        if self._rejected is not None:
            note(f"{count.rejected} records could not be read; they are in {self._rejected.name}")
            self._rejected.close()

    def _lose(self, loss: Loss) -> None:
        if self.is_strict or self._as_json:
            self._losses.append(loss)
        else:
            note(_sentence(loss))

    def _set_aside(self, told: Rejected) -> None:
        if self.output is None or not told.data:
            return
        if self._rejected is None:
            name = f"{self.output.name}.rejected"
            self._rejected = self.output.with_name(name).open("wb")
        self._rejected.write(f"% {told.finding}\n".encode() + told.data.rstrip() + b"\n\n")


def _sentence(loss: Loss) -> str:
    return f"{loss.key}: {loss.name}: {_SAID[loss.how]}"
