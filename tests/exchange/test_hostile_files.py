"""Files of a hundred megabytes that are meant to do harm: an error with a place, in bounded time
and memory. Smaller ones, in every format, are in `test_hostile_input`."""

from __future__ import annotations

import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("no_litter")

MEMORY = 1 << 30
SECONDS = 60
MB = 1 << 20

HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "deep JSON": ("csl-json", lambda: b"[" * 500_000),
    "deep braces": ("biblatex", lambda: b"@book{a, title = " + b"{" * 500_000),
    "one line of BibTeX": ("biblatex", lambda: b"@book{a, title = {" + b"x" * (100 * MB)),
    "one line of text": ("biblatex", lambda: b"x" * (100 * MB)),
    "one line of RIS": ("ris", lambda: b"TY  - BOOK\nTI  - " + b"x" * (100 * MB)),
    "one line of MARC": ("marc", lambda: b"00100nam a2200000 a 4500" + b"x" * (100 * MB)),
    "one line of JSON": ("csl-json", lambda: b'[{"title": "' + b"x" * (100 * MB)),
    "one line of XML": ("marcxml", lambda: b"<collection><record>" + b"x" * (100 * MB)),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.long
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_an_error_with_its_place(name: str, tmp_path: Path) -> None:
    format_name, made = HOSTILE[name]
    file = tmp_path / "hostile"
    file.write_bytes(made())
    command = [sys.executable, "-m", "northbib", "convert", str(file), "--from", format_name]
    run = subprocess.run(
        [*command, "--to", "ris", "-o", str(tmp_path / "out.ris")],
        capture_output=True,
        check=False,
        preexec_fn=limited,
    )
    said = run.stderr.decode()
    file.unlink()
    assert run.returncode in (1, 3), said[-500:]
    assert str(file) in said
    assert "Traceback" not in said
    assert "this is a bug" not in said
    assert not list(tmp_path.glob(".northbib-*"))
