"""Files that break off, lie, or want to do harm, in every format, through the command line.

A process of its own, with a limit on its memory and time, goes through the files of a command.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import pytest

from northbib.exchange import FORMATS, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from northbib.records import Record

MEMORY = 3 << 29
SECONDS = 120
SECONDS_OF_A_FILE = 5.0

READ = [name for name, entry in FORMATS.items() if entry.reads]
WRITTEN = [name for name in READ if FORMATS[name].writes]
XML = ("endnote-xml", "mods", "marcxml", "zotero-rdf", "word-xml", "dc", "qdc", "jats", "tei")
XML_ONLY_READ = ("pubmed-xml", "primo")
YAML = {
    "csl-yaml": b"references:\n- id: a\n  type: book\n  title: %s\n",
    "hayagriva": b"a:\n  type: book\n  title: %s\n",
    "cff": b"cff-version: 1.2.0\nmessage: x\ntitle: %s\nauthors: []\n",
}
FOREIGN = {
    "marc": ("jsonas", "xmlas"),
    "biblatex": ("jsonas", "xmlas"),
    "ris": ("jsonas", "xmlas"),
    "mods": ("jsonas", "xmlas"),
    "csv": ("jsonas", "xmlas"),
    "csl-json": ("jsonas", "xmlas"),
    "hayagriva": ("xmlas",),
    "wos": ("jsonas", "xmlas"),
    "enw": ("jsonas", "xmlas"),
}
OTHERS = {"jsonas": b'{"a": 1}', "xmlas": b'<?xml version="1.0"?><nothing/>'}

_TEN_TIMES = "".join(f"<!ENTITY a{n} '" + f"&a{n - 1};" * 10 + "'>" for n in range(1, 9))
_DOCTYPES = {
    "laughs": f'[<!ENTITY a0 "ha">{_TEN_TIMES}]',
    "outside": '[<!ENTITY a8 SYSTEM "file:///etc/passwd">]',
    "elsewhere": 'SYSTEM "file:///etc/passwd"',
    "parameter": '[<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]',
}

DRIVER = """
import contextlib, io, json, sys, time
from pathlib import Path
from northbib.cli.app import main

command, folder, room = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
for file in sorted(folder.iterdir()):
    name = file.name.split(".")[0]
    end = ["--to", "ris", "-o", str(room / "out.ris")] if command == "convert" else []
    library = [] if command == "convert" else ["--library", str(room)]
    said, begun = io.StringIO(), time.process_time()
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            main([*library, command, str(file), "--from", name, *end])
    except SystemExit as end:
        status = end.code
    left = sorted(path.name for path in room.iterdir() if path.name != ".northbib")
    for path in room.iterdir():
        if path.is_file():
            path.unlink()
    taken = time.process_time() - begun
    print(json.dumps([file.name, status, left, taken, said.getvalue()]), flush=True)
"""


def in_xml(sample: bytes) -> Iterator[tuple[str, bytes]]:
    body = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", sample)
    root = re.search(rb"<([\w:.-]+)", body)
    text = re.search(rb'[>"]([A-Za-z][^<>&"]{5,})[<"]', body)
    assert root is not None
    assert text is not None
    named = body[: text.start(1)] + b"&a8;" + body[text.end(1) :]
    for kind, declared in _DOCTYPES.items():
        yield kind, f"<!DOCTYPE {root[1].decode()} {declared}>".encode() + named
    inside = body.find(b">", root.start()) + 1
    deep = b"<x>" * 50_000 + b"</x>" * 50_000
    yield "deep", body[:inside] + deep + body[inside:]


def packed(name: str, size: int, count: int) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(name.format(number), b"\0" * size)
    return data.getvalue()


def hostile(collection: list[Record]) -> Iterator[tuple[str, str, bytes]]:
    """Give files that no record is to be taken from: format, kind and bytes."""
    garbage = Random(3).randbytes(20_000)  # noqa: S311 - the same bytes each time
    samples = {name: write(collection[:6], name) for name in WRITTEN}
    for name in READ:
        yield name, "empty", b""
        yield name, "blank", b"\n \n"
        if name != "marc":
            yield name, "garbage", garbage
        yield from ((name, kind, OTHERS[kind]) for kind in FOREIGN.get(name, ()))
    for name in XML:
        yield from ((name, kind, data) for kind, data in in_xml(samples[name]))
    yield from ((name, "laughs", packed_doctype(name)) for name in XML_ONLY_READ)
    bomb = b"x0: &x0 [lol,lol,lol,lol,lol,lol,lol,lol,lol]\n" + b"".join(
        b"x%d: &x%d [%s]\n" % (n, n, b",".join([b"*x%d" % (n - 1)] * 9)) for n in range(1, 10)
    )
    for name, sample in YAML.items():
        if name != "cff":
            yield name, "tag", sample % b'!!python/object/apply:os.system ["true"]'
            yield name, "itself", sample % b"&a [*a]"
            yield name, "deep", sample % (b"[" * 50_000)
        yield name, "bomb", bomb + sample % b"*x9"
    for name, inner in (("xlsx", "xl/sheet{}.xml"), ("docx-citations", "word/document{}.xml")):
        yield name, "bomb", packed(inner, 40 << 20, 8)
        yield name, "many", packed(inner, 1, 3000)
        yield name, "cut", packed(inner, 1000, 9)[:400]
    for name in ("csl-json", "schema-org"):
        yield name, "deep", b'{"@context": "https://schema.org", "@graph": ' + b"[" * 100_000
        yield name, "digits", b'[{"id": "a", "name": "b", "volume": ' + b"9" * 5000 + b"}]"
    rdf = samples["zotero-rdf"]
    place = rdf.find(b">", rdf.find(b"<rdf:RDF")) + 1
    many = b" ".join(b'a%d="1"' % number for number in range(100_000))
    yield "zotero-rdf", "attributes", rdf[:place] + b"<x " + many + b"/>" + rdf[place:]


def packed_doctype(name: str) -> bytes:
    root = {"pubmed-xml": "PubmedArticleSet", "primo": "PrimoNMBib"}[name]
    declared = f"<!DOCTYPE {root} {_DOCTYPES['laughs']}>"
    return f"{declared}<{root}><PubmedArticle>&a8;</PubmedArticle></{root}>".encode()


def broken(collection: list[Record]) -> Iterator[tuple[str, str, bytes]]:
    """Give files that some records can be taken from, and not all."""
    for name in (*XML, "cff", "biblatex", "marc"):
        data = write(collection[:6], name)
        yield name, "cut", data[: len(data) * 6 // 10]


def lying(collection: list[Record]) -> Iterator[tuple[str, str, bytes]]:
    """Give files of MARC that say wrong things of themselves, and hold six records each."""
    data = write(collection[:6], "marc")
    for kind, length in (("long", b"99999"), ("short", b"00030"), ("words", b"abcde")):
        yield "marc", kind, length + data[5:]
    for kind, base in (("base-long", b"99999"), ("base-none", b"00000")):
        yield "marc", kind, data[:12] + base + data[17:]
    yield "marc", "directory", data[:24] + b"245999999999" + data[36:]


def tried(
    command: str, files: Iterator[tuple[str, str, bytes]], folder: Path
) -> Iterator[tuple[str, int, list[str], str]]:
    """Run a command on files, and give what became of each."""
    cases, room = folder / "cases", folder / "room"
    cases.mkdir()
    room.mkdir()
    for name, kind, data in files:
        (cases / f"{name}.{kind}").write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, command, str(cases), str(room)],
        capture_output=True,
        check=False,
        preexec_fn=limited,
    )
    lines = run.stdout.splitlines()
    assert len(lines) == len(list(cases.iterdir())), run.stderr.decode()[-500:]
    for line in lines:
        case, status, left, taken, said = json.loads(line)
        assert taken < SECONDS_OF_A_FILE, case
        assert "Traceback" not in said
        assert "this is a bug" not in said, said
        yield case, status, left, said


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize(
    ("command", "step"),
    [("convert", 1), ("import", 5), pytest.param("import", 1, marks=pytest.mark.long)],
)
def test_what_is_no_file_of_the_format_is_an_error_with_its_place(
    command: str, step: int, tmp_path: Path, collection: list[Record]
) -> None:
    pytest.importorskip("openpyxl")
    # Both commands read in the same way.
    files = islice(hostile(collection), 0, None, step)
    for case, status, left, said in tried(command, files, tmp_path):
        assert (case, status, left) == (case, 3, []), said
        assert case in said


@pytest.mark.parametrize("command", ["convert", pytest.param("import", marks=pytest.mark.long)])
def test_what_breaks_off_is_said_and_the_status_is_1(
    command: str, tmp_path: Path, collection: list[Record]
) -> None:
    for case, status, left, said in tried(command, broken(collection), tmp_path):
        assert (case, status) == (case, 1), said
        assert left
        assert case in said


def test_records_of_marc_are_found_whatever_they_say_of_their_lengths(
    tmp_path: Path, collection: list[Record]
) -> None:
    for case, status, left, said in tried("convert", lying(collection), tmp_path):
        assert (case, status, left) == (case, 0, ["out.ris"]), said
        assert "wrote 6 records" in said


def long_lines(collection: list[Record], size: int) -> Iterator[tuple[str, str, bytes]]:
    for name in WRITTEN:
        if FORMATS[name].is_text:
            yield name, "long", write(collection[:1], name)[:150] + b"x" * size


@pytest.mark.parametrize("size", [5 << 20, pytest.param(100 << 20, marks=pytest.mark.long)])
def test_one_line_of_many_megabytes_takes_no_more_than_it_needs(
    size: int, tmp_path: Path, collection: list[Record]
) -> None:
    for case, status, _, said in tried("convert", long_lines(collection, size), tmp_path):
        assert status in (0, 1, 3), (case, said)
