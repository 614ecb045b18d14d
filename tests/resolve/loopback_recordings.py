"""Recorded answers, served by a real server under the addresses that they were recorded from."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from loopback import Answer, Loopback

from northbib.resolve.http.transport import GuardedAdapter

if TYPE_CHECKING:
    from pathlib import Path

    import requests

__all__ = ["Recorded", "Recordings"]

_OURS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection"})
_TOOL = re.compile(r"[?&]tool=northbib$")
_TYPES = {".json": "application/json", ".xml": "application/xml", ".txt": "text/plain"}


class Recorded(GuardedAdapter):
    """Sends every request to the loopback server, with the true address in its path."""

    def __init__(self, server: Loopback) -> None:
        super().__init__(8)
        self._server = server

    def send(self, request: requests.PreparedRequest, *rest: Any, **options: Any) -> Any:
        true = _TOOL.sub("", str(request.url))
        request.url = self._server.url + path_of(true)
        answer = super().send(request, *rest, **options)
        answer.url = request.url = true
        return answer


class Recordings:
    """The rows of the manifest that have an address, by that address."""

    def __init__(self, data: Path) -> None:
        lines = (data / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        self.rows = {
            row["recorded_from"]: row
            for row in rows
            if _is_address(row["recorded_from"]) and row.get("method") != "POST"
        }
        self._data = data

    def serve(self, server: Loopback) -> None:
        """Serve them all."""
        for url, row in self.rows.items():
            server.serve(path_of(url), self.answer(row))

    def answer(self, row: dict[str, Any]) -> Answer:
        """Give the recorded answer of a row."""
        stated = {name.lower(): text for name, text in (row.get("response_headers") or {}).items()}
        headers = {name: text for name, text in stated.items() if name not in _OURS}
        default = _TYPES.get("." + row["file"].rpartition(".")[2], "text/html; charset=utf-8")
        kind = headers.pop("content-type", default)
        body = (self._data / row["file"]).read_bytes()
        return Answer(body, row.get("status") or 200, kind, headers)


def path_of(url: str) -> str:
    """Give the path under which the server has a recording."""
    parts = urlsplit(url)
    query = f"%3F{parts.query}" if parts.query else ""
    return f"/{parts.scheme}/{parts.netloc}{parts.path}{query}".replace(" ", "%20")


def _is_address(text: str) -> bool:
    return text.startswith("http") and " " not in text and "…" not in text
