"""What can be set about resolving: whom to ask, who asks, and how much is too much."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.records.identifiers import web_address
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings"]

_YES = frozenset({"1", "true", "yes", "on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to reach the sources.

    Attributes:
        doi_url: Where DOIs are resolved, with a slash at its end.
        mailto: The user's e-mail address, told to the registries that ask for one, "" for none.
        connect_timeout: Seconds until a connection must stand.
        read_timeout: Seconds of silence after which a host is given up.
        total_timeout: Seconds for one request in all, redirects included.
        max_bytes: The size of an answer that is still read, before and after decompression.
        max_redirects: The number of redirects that are followed.
        allow_private: Whether loopback, private and link-local addresses may be asked.
    """

    doi_url: str = "https://doi.org/"
    mailto: str = ""
    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    total_timeout: float = 30.0
    max_bytes: int = 10_000_000
    max_redirects: int = 8
    allow_private: bool = False

    @property
    def user_agent(self) -> str:
        """What every host is told."""
        return f"northbib/{__version__}"

    @property
    def polite_user_agent(self) -> str:
        """What the registries are told, which give better service to those they can write to."""
        return f"{self.user_agent} (mailto:{self.mailto})" if self.mailto else self.user_agent

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read NORTHBIB_DOI_URL, _MAILTO, _TIMEOUT (seconds in all), _MAX_BYTES, _ALLOW_PRIVATE.

        Raises:
            UsageError: One of them is not an address, an e-mail address or a number.
        """
        given = {
            name: text
            for name in ("DOI_URL", "MAILTO", "TIMEOUT", "MAX_BYTES", "ALLOW_PRIVATE")
            if (text := environment.get(f"NORTHBIB_{name}", "").strip())
        }
        total = _positive("TIMEOUT", given, _DEFAULTS.total_timeout)
        return cls(
            doi_url=_base("DOI_URL", given, _DEFAULTS.doi_url),
            mailto=_mailto(given),
            connect_timeout=min(_DEFAULTS.connect_timeout, total),
            read_timeout=min(_DEFAULTS.read_timeout, total),
            total_timeout=total,
            max_bytes=int(_positive("MAX_BYTES", given, _DEFAULTS.max_bytes)),
            allow_private=given.get("ALLOW_PRIVATE", "").lower() in _YES,
        )


# The slots of the class shadow its defaults, so they are read from an instance.
_DEFAULTS = Settings()


def _base(name: str, given: Mapping[str, str], default: str) -> str:
    if name not in given:
        return default
    if web_address(given[name]) is None:
        raise UsageError(f"NORTHBIB_{name} is not an http or https address: {given[name]!r}")
    return given[name].rstrip("/") + "/"


def _mailto(given: Mapping[str, str]) -> str:
    mailto = given.get("MAILTO", "")
    if mailto and (mailto.count("@") != 1 or not mailto.isascii() or not mailto.isprintable()):
        raise UsageError(f"NORTHBIB_MAILTO is not an e-mail address: {mailto!r}")
    return mailto


def _positive(name: str, given: Mapping[str, str], default: float) -> float:
    try:
        number = float(given.get(name, default))
    except ValueError:
        number = 0.0
    if not 0 < number < 1e12:
        raise UsageError(f"NORTHBIB_{name} is not a positive number: {given[name]!r}")
    return number
