"""What is said of records that are converted: losses, faults, and records set aside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from northbib.cli.session import note, report
from northbib.errors import ConflictError, InputError
from northbib.exchange.losses import Loss
from northbib.exchange.protocol import Rejected

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from northbib.exchange.conversion import Batch, Count, Told

__all__ = ["Report", "set_aside"]

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
        rejected_size: The length of the file of records set aside.
    """

    def __init__(
        self, output: Path | None, *, explains: bool, is_strict: bool, as_json: bool
    ) -> None:
        self.output = output
        self.explains = explains
        self.is_strict = is_strict
        self.rejected_size = 0
        self._as_json = as_json
        self._losses: list[tuple[str, Loss]] = []
        self._gone = 0
        self._rejected: BinaryIO | None = None

    def go_on(self, rejected_size: int) -> None:
        """Go on where an earlier run was interrupted that had set so much aside."""
        self.rejected_size = rejected_size
        if rejected_size and self.output is not None:
            self._rejected = _opened(self.output, "r+b")
            self._rejected.truncate(rejected_size)
            self._rejected.seek(rejected_size)

    def take(self, batch: Batch, file: str = "") -> None:
        """Take in what is to be said of a batch; what is no loss is said at once.

        Args:
            batch: The batch.
            file: The file that it goes into, where there are several.
        """
        for told in batch.told:
            self._tell(told, file)

    def _tell(self, told: Told, file: str) -> None:
        if isinstance(told, Loss):
            self._gone += told.how != "note"
            if self.explains or told.how != "note":
                self._lose(told, file)
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
        if not (self.is_strict and self._gone):
            return
        if self._as_json:
            self._print(0, 0)
        else:
            for file, loss in self._losses:
                note(_sentence(loss, file))
        fields = "1 field" if self._gone == 1 else f"{self._gone} fields"
        raise ConflictError(
            f"{fields} would be lost, and nothing was written",
            where=self.output,
            hint="leave --strict out, or write another format",
        )

    def close(self, count: Count) -> None:
        """Say the rest, when all is written."""
        if self._as_json:
            self._print(count.written, count.rejected)
        if self._rejected is not None:
            are = "1 record was" if count.rejected == 1 else f"{count.rejected} records were"
            note(f"{are} set aside, in {self._rejected.name}")
            self._rejected.close()

    def _print(self, written: int, rejected: int) -> None:
        losses = [
            {**({"file": file} if file else {}), "key": e.key, "field": e.name, "how": e.how}
            for file, e in self._losses
        ]
        said = {"written": written, "rejected": rejected, "losses": losses}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2), err=self.output is None)

    def _lose(self, loss: Loss, file: str) -> None:
        if self.is_strict or self._as_json:
            self._losses.append((file, loss))
        else:
            note(_sentence(loss, file))

    def _set_aside(self, told: Rejected) -> None:
        if self.output is None or not told.data:
            return
        if self._rejected is None:
            self._rejected = _opened(self.output, "wb")
        data = f"% {told.finding}\n".encode() + told.data.rstrip() + b"\n\n"
        self._rejected.write(data)
        self._rejected.flush()
        self.rejected_size += len(data)


def set_aside(output: Path) -> Path:
    """Give the file that keeps the records which do not go into an output."""
    return output.with_name(f"{output.name}.rejected")


def _opened(output: Path, mode: str) -> BinaryIO:
    path = set_aside(output)
    try:
        return path.open(mode)  # type: ignore[return-value]
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=path) from error


def _sentence(loss: Loss, file: str) -> str:
    return ": ".join(filter(None, (file, loss.key, loss.name, _SAID[loss.how])))
