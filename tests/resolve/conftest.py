"""What the tests of resolving share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from loopback import Loopback, loopback
from watched_library import Watched, stand_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep proxies, certificates and the cache of whoever runs the tests out of them."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NORTHBIB_CACHE", "off")
    monkeypatch.setenv("NORTHBIB_KEYRING", "off")


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as running:
        yield running


@pytest.fixture
def watched(
    server: Loopback,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Watched:
    """A library of one file, and the server in the place of all services."""
    for name, value in stand_in(server, tmp_path).items():
        monkeypatch.setenv(name, value)
    return Watched(server, tmp_path / "library.bib", capsys)
