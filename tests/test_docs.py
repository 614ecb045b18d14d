"""Every command line in the README and in docs/ runs, and prints what is shown there.

A block that is fenced as `console` holds commands after `$ ` and what they print. A line `...`
stands for any lines. A command that ends in `# status N` ends with that exit status. The blocks of
a page run in order, in one folder that holds copies of bibliographies/ and examples/, with a
server on loopback in the place of doi.org.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import program
from northbib.cli.app import COMMANDS, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
ITEMS = {
    "10.1086/261763": {
        "type": "journal-article",
        "title": "Increasing Returns and Economic Geography",
        "author": [{"family": "Krugman", "given": "Paul"}],
        "issued": {"date-parts": [[1991, 6]]},
        "container-title": "Journal of Political Economy",
        "volume": "99",
        "issue": "3",
        "page": "483-499",
        "DOI": "10.1086/261763",
    }
}


@dataclass(frozen=True)
class Step:
    """A command of a page, and what the page says that it prints."""

    page: Path
    line: int
    command: str
    status: int
    shown: str


def steps(page: Path) -> list[Step]:
    """Give the commands of a page, in order."""
    found: list[Step] = []
    inside = False
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        if line.lstrip().startswith("```"):
            inside = line.strip() == "```console"
        elif inside and line.startswith("$ "):
            command, _, status = line[2:].partition("  # status ")
            found.append(Step(page, number, command, int(status or 0), ""))
        elif inside:
            last = found[-1]
            shown = f"{last.shown}{line}\n"
            found[-1] = Step(page, last.line, last.command, last.status, shown)
    return found


class Resolver(BaseHTTPRequestHandler):
    """Answers as doi.org does when it is asked for CSL-JSON."""

    def do_GET(self) -> None:
        item = ITEMS.get(self.path.lstrip("/").replace("%2F", "/"))
        body = json.dumps(item).encode()
        self.send_response(200 if item else 404)
        self.send_header("Content-Type", "application/vnd.citationstyles.csl+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def doi_url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Resolver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "bibliographies", tmp_path / "bibliographies")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_run_and_print_what_it_shows(
    page: Path, folder: Path, doi_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folders = (str(Path(program.path()).parent), str(Path(sys.executable).parent))
    environment = {
        "PATH": os.pathsep.join((*folders, os.environ["PATH"])),
        "HOME": str(tmp_path_factory.mktemp("home")),
        "LANG": "C.UTF-8",
        "NORTHBIB_DOI_URL": doi_url,
        "NORTHBIB_ALLOW_PRIVATE": "1",
    }
    for step in steps(page):
        run = subprocess.run(
            ["bash", "-c", step.command],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        place = f"{page.name}:{step.line}: {step.command}\n{run.stdout}"
        assert run.returncode == step.status, place
        if step.shown.strip():
            assert re.fullmatch(pattern(step.shown), run.stdout.rstrip() + "\n"), place


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page: Path, folder: Path) -> None:
    blocks = re.findall(
        r"^```python\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    for block in blocks:
        run = subprocess.run(
            [sys.executable, "-c", block], cwd=folder, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{page.name}:\n{block}\n{run.stderr}"


def pattern(shown: str) -> str:
    """Give the regular expression of a shown output, where a line `...` is any lines."""
    lines = shown.rstrip().splitlines()
    return "".join(
        r"(?:.*\n)*" if line.strip() == "..." else re.escape(line) + r"[ \t]*\n" for line in lines
    )


def test_the_readme_and_docs_show_every_command() -> None:
    shown = {
        word
        for page in PAGES
        for step in steps(page)
        for word in re.findall(r"northbib (?:--library \S+ )?([a-z][a-z-]*)", step.command)
    }
    assert set(COMMANDS) <= shown


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    command = cli.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.get_short_help_str(limit=200) == COMMANDS[name][1]
    for parameter in command.params:
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"{name} {parameter.opts} has no help"


def test_every_link_between_pages_leads_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "examples/show.py", "examples/technorth.md", str(tmp_path / "page.html")],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    printed = "\n".join(line.rstrip() for line in run.stdout.splitlines()[:-1])
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.partition("```text\n")[2].partition("\nThe page to open")[0]
    assert shown.strip()
    assert shown.strip() in printed
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
