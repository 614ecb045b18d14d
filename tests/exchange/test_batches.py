"""Files that are written batch by batch are those that are written at once."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from northbib.cli.losses import Report
from northbib.cli.writing import write_resumed
from northbib.errors import ConflictError
from northbib.exchange import FORMATS, read
from northbib.exchange.conversion import Batch, Conversion
from northbib.exchange.protocol import Rejected
from northbib.exchange.resuming import Partial
from northbib.exchange.running import Reads, run
from northbib.library.keys.keyed import Keyed
from northbib.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRITTEN = [name for name, entry in FORMATS.items() if entry.writes]


def joined(conversion: Conversion, parts: list[Reads], jobs: int = 1) -> bytes:
    head, foot = conversion.frame
    data = b""
    for batch in run(parts, conversion, Keyed(), jobs):
        data += (batch.between if data and batch.data else b"") + batch.data
    return head + data + foot


def in_parts(records: list[Record], size: int) -> list[Reads]:
    return [Reads(tuple(records[at : at + size])) for at in range(0, len(records), size)]


@pytest.mark.parametrize("name", WRITTEN)
def test_batches_make_the_file_that_is_written_at_once(name: str, collection: list[Record]) -> None:
    conversion = Conversion(FORMATS[name])
    if conversion.is_whole:
        pytest.skip("files of this format are written at once")
    some = collection[:23]
    together = joined(conversion, [Reads(tuple(some))])
    assert joined(conversion, in_parts(some, 5)) == together
    assert joined(conversion, [Reads(()), *in_parts(some, 1)]) == together


def test_several_processes_write_what_one_does(collection: list[Record]) -> None:
    parts = in_parts([*collection, Record("", "book", {"title": "A title"})], 40)
    conversion = Conversion(FORMATS["ris"])
    assert joined(conversion, parts, jobs=2) == joined(conversion, parts)


def test_a_record_that_cannot_be_written_is_set_aside_and_the_others_are_not(
    collection: list[Record],
) -> None:
    long = collection[0].replace(values={"title": "Long", "abstract": " ".join(["word"] * 30_000)})
    batch = Conversion(FORMATS["marc"]).batch([collection[1], long, collection[2]])
    assert batch.written == 2
    (told,) = batch.told
    assert isinstance(told, Rejected)
    assert "99999 bytes" in told.finding.message
    (kept,) = read(told.data, "x.rejected", "biblatex").records
    assert kept.values == long.values


def convert(*arguments: str | Path, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "northbib", "convert", *map(str, arguments)]
    return subprocess.Popen(command, stderr=stderr)


def many(collection: list[Record], count: int) -> bytes:
    items = []
    for number in range(count):
        record = collection[number % len(collection)]
        items.append({**record.to_csl(), "id": f"{record.key}-{number}"})
    return json.dumps(items).encode()


def test_a_conversion_that_was_killed_goes_on_and_ends_with_the_same_bytes(
    tmp_path: Path, collection: list[Record]
) -> None:
    source, output = tmp_path / "many.json", tmp_path / "many.mods"
    source.write_bytes(many(collection, 6000))
    state = tmp_path / "many.mods.state"
    # Nobody reads what the first one says, which is more than a pipe holds.
    first = convert(source, "-o", output, "--resume", "--explain", stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not state.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert not output.exists()
    assert json.loads(state.read_bytes())["stand"]["parts"] > 0
    second = convert(source, "-o", output, "--resume", "--explain")
    _, said = second.communicate()
    assert second.returncode == 0, said
    assert b"wrote 6000 records" in said
    uninterrupted = tmp_path / "at-once.mods"
    _, said_at_once = convert(source, "-o", uninterrupted, "--explain").communicate()
    assert said.replace(b"many.mods", b"at-once.mods") == said_at_once
    assert output.read_bytes() == uninterrupted.read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {
        "many.json",
        "many.mods",
        "at-once.mods",
    }


def interrupted(parts: list[Reads], after: int) -> Iterator[Reads]:
    yield from parts[:after]
    raise KeyboardInterrupt


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize("as_json", [False, True])
def test_losses_before_an_interrupt_are_told_as_if_there_had_been_none(
    tmp_path: Path,
    collection: list[Record],
    capsys: pytest.CaptureFixture[str],
    *,
    is_strict: bool,
    as_json: bool,
) -> None:
    output, conversion = tmp_path / "x.tsv", Conversion(FORMATS["leganto"], explain=True)
    parts = in_parts(collection[:30], 10)

    def written(some: Iterator[Reads]) -> int | None:
        report = Report(output, explains=True, is_strict=is_strict, as_json=as_json)
        try:
            return write_resumed(some, conversion, report, Partial(output, {}), 1)
        except ConflictError:
            return None

    whole = written(iter(parts))
    data, said = output.read_bytes() if output.exists() else b"", capsys.readouterr()
    output.unlink(missing_ok=True)
    with pytest.raises(KeyboardInterrupt):
        written(interrupted(parts, 2))
    capsys.readouterr()
    assert written(iter(parts)) == whole == (None if is_strict else 0)
    assert capsys.readouterr() == said
    assert "lost" in said.out + said.err
    assert (output.read_bytes() if output.exists() else b"") == data
    assert [file.name for file in tmp_path.iterdir()] == ([] if is_strict else ["x.tsv"])


class Cut:
    """A part that is interrupted where it stands in the way of the next stretch of bytes."""

    def read(self) -> list[Record]:
        raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 2])
@pytest.mark.parametrize("name", ["csl-json", "mods", "ris", "leganto", "csv"])
def test_what_is_gone_on_with_has_the_bytes_of_one_go_and_keys_that_were_free(
    tmp_path: Path, collection: list[Record], name: str, after: int
) -> None:
    keyless = [record.replace(key="") for record in collection[:30]]
    parts, conversion = in_parts([*keyless, *keyless[::-1]], 15), Conversion(FORMATS[name])

    def written(some: Iterator[Reads | Cut], output: Path) -> bytes:
        report = Report(output, explains=False, is_strict=False, as_json=False)
        write_resumed(some, conversion, report, Partial(output, {}), 1)
        return output.read_bytes()

    whole = written(iter(parts), tmp_path / "whole")
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            written(iter([*parts[:after], Cut()]), tmp_path / "x")
    assert written(iter(parts), tmp_path / "x") == whole
    assert sorted(file.name for file in tmp_path.iterdir()) == ["whole", "x"]


def test_another_input_is_not_gone_on_with(tmp_path: Path) -> None:
    output = tmp_path / "x.ris"
    partial = Partial(output, {"input": {"a.bib": "1"}})
    partial.write(b"some")
    partial.done(Batch(), 0)
    partial.write(b"what is not done")
    partial.save(at_once=True)
    partial.close()
    with pytest.raises(ConflictError):
        Partial(output, {"input": {"a.bib": "2"}})
    again = Partial(output, {"input": {"a.bib": "1"}})
    assert again.stand.size == 4
    again.discard()


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupt_leaves_no_file_and_says_130(tmp_path: Path, collection: list[Record]) -> None:
    output = tmp_path / "many.mods"
    command = [sys.executable, "-m", "northbib", "convert", "-", "-o", str(output)]
    run_ = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert run_.stdin is not None
    # As long as the input is open, the conversion is not done.
    run_.stdin.write(many(collection, 2000))
    run_.stdin.flush()
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".northbib-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    run_.send_signal(signal.SIGINT)
    run_.communicate()
    assert run_.returncode == 130
    assert list(tmp_path.iterdir()) == []
