"""A library whose links lead to the loopback server, and `northbib check` run on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loopback import Answer

from northbib.cli.app import run
from northbib.resolve.http.services import SERVICES

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from loopback import Loopback

__all__ = ["TITLE", "Watched", "entry", "stand_in"]

TITLE = "Powerhouse of cards? Understanding the ‘Northern Powerhouse’"


def entry(key: str, entry_type: str = "online", **fields: str) -> str:
    """Give the source of an entry, with a title if it is given none."""
    given = {"title": TITLE, **fields}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in given.items())
    return f"@{entry_type}{{{key},\n{lines}}}\n"


def stand_in(server: Loopback, folder: Path) -> dict[str, str]:
    """Give the environment in which a server stands for all services."""
    options = {
        **{f"{name.upper()}_URL": f"{server.url}/{name}/" for name in SERVICES},
        "ALLOW_PRIVATE": "1",
        "SITE_RATE": "0",
        "RETRIES": "0",
        "TIMEOUT": "2",
        "KEYRING": "0",
    }
    return {
        **{f"NORTHBIB_{name}": value for name, value in options.items()},
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }


@dataclass
class Watched:
    """A library and the server.

    Attributes:
        server: Stands in for all services and sites.
        file: The one bibliography.
        notes: What the last run said on standard error.
        status: How it ended.
    """

    server: Loopback
    file: Path
    capsys: pytest.CaptureFixture[str]
    notes: str = ""
    status: int = -1
    findings: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The bibliography as it is now."""
        return self.file.read_text(encoding="utf-8")

    def hold(self, *entries: str) -> None:
        """Let the library have these entries."""
        self.file.write_text("\n".join(entries), encoding="utf-8")

    def serve_json(self, path: str, value: object, status: int = 200) -> None:
        """Let a service answer with JSON."""
        body = json.dumps(value).encode()
        self.server.serve(path, Answer(body, status, "application/json"))

    def check(self, *arguments: str) -> list[dict[str, Any]]:
        """Run `northbib check --json`, and give the findings."""
        self.capsys.readouterr()
        self.status = run(["--library", str(self.file), "check", "--json", *arguments])
        out, self.notes = self.capsys.readouterr()
        self.findings = json.loads(out) if out else []
        return self.findings

    def codes(self, *arguments: str) -> list[str]:
        """Run it, and give the codes of the findings."""
        return [each["code"] for each in self.check(*arguments)]

    def told(self, *arguments: str) -> str:
        """Run it for text, and give what it says on standard error."""
        self.capsys.readouterr()
        self.status = run(["--library", str(self.file), "check", *arguments])
        self.notes = self.capsys.readouterr().err
        return self.notes
