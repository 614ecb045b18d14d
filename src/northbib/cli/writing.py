"""Records on their way from parts of files into one file, or to standard output."""

from __future__ import annotations

import os
import sys
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Any

from northbib.cli.session import FOUND, note
from northbib.cli.session import report as say
from northbib.errors import ConflictError, InputError, NotFoundError, UsageError
from northbib.exchange.conversion import Batch, Count
from northbib.exchange.losses import Loss
from northbib.exchange.running import run, skip
from northbib.findings import Finding
from northbib.library.disk.files import file_error, write_pieces
from northbib.library.keys.keyed import Keyed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from northbib.cli.losses import Report
    from northbib.exchange.conversion import Conversion
    from northbib.exchange.protocol import Read
    from northbib.exchange.resuming import Partial
    from northbib.exchange.running import Part

__all__ = ["check_apart", "check_place", "write", "write_resumed"]

_IN_MEMORY = 1 << 24
_COPIED = 1 << 16


def write(
    parts: Iterable[Part],
    conversion: Conversion,
    report: Report,
    jobs: int = 1,
    *,
    of_several: bool = False,
) -> int:
    """Write what parts of files hold, all of it or nothing, and say what there is to say.

    Args:
        parts: The parts.
        conversion: How.
        report: Takes what is told.
        jobs: The number of processes.
        of_several: Whether they are of several files, which may have the same keys.

    Returns:
        The exit status.
    """
    count, keys = Count(), Keyed()
    pieces = _pieces(parts, conversion, report, count, keys, jobs)
    output = report.output
    if output is not None:
        check_place(output)
    if output is not None and (output.is_file() or not output.exists()):
        write_pieces(output, chain(pieces, _checked(report)))
    else:
        _write_through(pieces, report)
    if of_several:
        _say_repeated(keys.repeated)
    return _said(report, count)


def _say_repeated(count: int) -> None:
    if count:
        keys = "1 key is" if count == 1 else f"{count} keys are"
        fix = "northbib import tells works that are there already from new ones"
        message = f"{keys} there more than once, and most programs know works by their keys"
        say([Finding(code="repeated-key", severity="warning", message=message, fix=fix)])


def write_resumed(
    parts: Iterator[Part], conversion: Conversion, report: Report, partial: Partial, jobs: int
) -> int:
    """Write as `write` does, and go on where an earlier run was interrupted.

    The losses of what that run did are said before all others, as if there had been one run.
    """
    keys = partial.keys(Keyed())
    skip(parts, partial.stand.parts)
    report.go_on(partial.stand.rejected)
    for loss in partial.losses():
        report.take(Batch(told=(loss,)))
    head, foot = conversion.frame
    if not partial.stand.parts:
        partial.write(head)
    try:
        for batch in run(parts, conversion, keys, jobs):
            report.take(batch)
            partial.keep(told for told in batch.told if isinstance(told, Loss))
            if batch.data:
                has_before = partial.stand.count.written > 0
                partial.write((batch.between if has_before else b"") + batch.data)
            partial.done(batch, report.rejected_size)
            partial.save()
    except BaseException:
        partial.save(at_once=True)
        partial.close()
        raise
    partial.write(foot)
    try:
        report.check()
    except ConflictError:
        partial.discard()
        raise
    partial.finish()
    return _said(report, partial.stand.count)


def _pieces(
    parts: Iterable[Part],
    conversion: Conversion,
    report: Report,
    count: Count,
    keys: Keyed,
    jobs: int,
) -> Iterator[bytes]:
    def done(batch: Batch) -> None:
        count.add(batch)
        report.take(batch)

    if conversion.is_whole:
        yield from conversion.whole(_reads(parts, keys), done)
        return
    head, foot = conversion.frame
    yield head
    for batch in run(parts, conversion, keys, jobs):
        if batch.data:
            yield batch.between if count.written else b""
            yield batch.data
        done(batch)
    yield foot


def _reads(parts: Iterable[Part], keys: Keyed) -> Iterator[Read]:
    for part in parts:
        yield from keys.give(part.read())


def _write_through(pieces: Iterable[bytes], report: Report) -> None:
    """Send pieces to standard output or a device; where nothing may be lost, after the last."""
    with SpooledTemporaryFile(_IN_MEMORY) as kept:
        if report.is_strict:
            for piece in pieces:
                kept.write(piece)
            report.check()
            kept.seek(0)
            pieces = iter(lambda: kept.read(_COPIED), b"")
        if report.output is None:
            _send(pieces, sys.stdout.buffer)
            return
        try:
            # Without a buffer, which would be written once more, and in vain, where this fails.
            with report.output.open("wb", buffering=0) as device:
                _send(pieces, device)
        except OSError as error:
            raise file_error(error, report.output, "written") from error


def _send(pieces: Iterable[bytes], stream: Any) -> None:
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            rest = rest[stream.write(rest) :]
    stream.flush()


def check_place(output: Path) -> None:
    """Refuse to write where there is no folder, or where one stands.

    Raises:
        NotFoundError: There is no such folder.
        InputError: It is a folder itself.
        StoreError: Nothing can be called so.
    """
    try:
        has_folder, is_folder = output.parent.is_dir(), output.is_dir()
    except OSError as error:
        raise file_error(error, output, "written") from error
    if not has_folder:
        raise NotFoundError(f"there is no folder {output.parent}", where=output, hint="make it")
    if is_folder:
        raise InputError("this is a folder", where=output, hint="name a file in it")


def check_apart(output: Path, sources: Iterable[str | int | Path], said: str) -> None:
    """Refuse to write over what is read, by whatever name: what was not understood would be gone.

    Args:
        output: The file to write.
        sources: Paths, or descriptors of open files.
        said: What they are.

    Raises:
        UsageError: The output is one of them.
    """
    # Devices and pipes can be read and written at once.
    if os.path.isfile(output) and any(_is_same(output, source) for source in sources):  # noqa: PTH113
        raise UsageError(f"this is {said}", where=output, hint="name another file with -o")


def _is_same(output: Path, source: str | int | Path) -> bool:
    try:
        return os.path.samestat(output.stat(), os.stat(source))  # noqa: PTH116
    except OSError:
        # What is not there is not written over.
        return False


def _checked(report: Report) -> Iterator[bytes]:
    report.check()
    yield b""


def _said(report: Report, count: Count) -> int:
    report.close(count)
    if report.output is not None:
        what = "record" if count.written == 1 else "records"
        note(f"wrote {count.written} {what} to {report.output}")
    return 0 if count.is_whole else FOUND
