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

from northbib.errors import ConflictError
from northbib.exchange import FORMATS, read
from northbib.exchange.conversion import Conversion
from northbib.exchange.protocol import Rejected
from northbib.exchange.resuming import Partial
from northbib.exchange.running import Reads, run
from northbib.library.keys.keyed import Keyed
from northbib.records import Record

if TYPE_CHECKING:
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


def convert(*arguments: str | Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "northbib", "convert", *map(str, arguments)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


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
    first = convert(source, "-o", output, "--resume")
    deadline = time.monotonic() + 60
    while not state.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert not output.exists()
    assert json.loads(state.read_bytes())["stand"]["parts"] > 0
    second = convert(source, "-o", output, "--resume")
    _, said = second.communicate()
    assert second.returncode == 0, said
    assert b"wrote 6000 records" in said
    uninterrupted = tmp_path / "at-once.mods"
    convert(source, "-o", uninterrupted).communicate()
    assert output.read_bytes() == uninterrupted.read_bytes()
    assert {file.name for file in tmp_path.iterdir()} == {
        "many.json",
        "many.mods",
        "at-once.mods",
    }


def test_another_input_is_not_gone_on_with(tmp_path: Path) -> None:
    output = tmp_path / "x.ris"
    partial = Partial(output, {"input": {"a.bib": "1"}})
    partial.write(b"some")
    partial.save(at_once=True)
    partial.close()
    with pytest.raises(ConflictError):
        Partial(output, {"input": {"a.bib": "2"}})
    again = Partial(output, {"input": {"a.bib": "1"}})
    assert again.stand.size == 4
    again.discard()


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
def test_an_interrupt_leaves_no_file_and_says_130(tmp_path: Path, collection: list[Record]) -> None:
    source, output = tmp_path / "many.json", tmp_path / "many.mods"
    source.write_bytes(many(collection, 6000))
    run_ = convert(source, "-o", output)
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob(".northbib-*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    run_.send_signal(signal.SIGINT)
    run_.communicate()
    assert run_.returncode == 130
    assert [file.name for file in tmp_path.iterdir()] == ["many.json"]
