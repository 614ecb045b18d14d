"""What can be set about resolving: whom to ask, who asks, and how much is too much.

An option stands in the environment as `NORTHBIB_OPTION`, and in the table `[resolve]` of a
library's settings as `option`; what a caller gives goes before the environment, and that before
the library. A library may come from elsewhere: it cannot open the private network, name files or
hold keys, and a service at an address that it names is told neither key nor e-mail address.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from northbib.errors import UsageError
from northbib.resolve.http.services import SERVICES
from northbib.resolve.options import keys_in, options_in, options_of_library
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Settings"]

_CACHE = "answers.sqlite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to reach the sources.

    Attributes:
        bases: Base addresses in place of a service's own, by the service's name, with a slash at
            the end; "" for a service that is not to be asked.
        borrowed: The names of those that a library's settings gave.
        keys: The user's keys, by the name of the service.
        keyring: Whether keys are looked up in the keyring of the desktop, too.
        mailto: The user's e-mail address, told to the services that ask for one, "" for none.
        connect_timeout: Seconds until a connection must stand.
        read_timeout: Seconds of silence after which a host is given up.
        total_timeout: Seconds for one request in all, redirects and further tries included, but
            not the time spent in waiting for one's turn.
        max_bytes: The size of an answer that is still read, before and after decompression.
        max_redirects: The number of redirects that are followed: publishers' doors take more than
            the five of a plain site.
        allow_private: Whether loopback, private and link-local addresses may be asked.
        retries: How often something that may pass is tried again.
        backoff: Seconds before the first further try, doubled before each one after it.
        max_wait: The most seconds that are waited because a host asks for it.
        per_host: Requests under way at one host at the same time.
        at_once: Requests under way in all.
        site_rate: Requests a second to a site that is no service we know; 0 for as many as come.
        cache: The file that keeps answers; None to keep none.
        offline: Whether to ask nobody, and to take what is kept however old it is.
        refresh: Whether to ask again for what is kept.
    """

    bases: Mapping[str, str] = field(default_factory=dict)
    borrowed: frozenset[str] = frozenset()
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    keyring: bool = False
    mailto: str = ""
    connect_timeout: float = 5.0
    read_timeout: float = 15.0
    total_timeout: float = 30.0
    max_bytes: int = 10_000_000
    max_redirects: int = 8
    allow_private: bool = False
    retries: int = 3
    backoff: float = 1.0
    max_wait: float = 60.0
    per_host: int = 2
    at_once: int = 8
    site_rate: float = 1.0
    cache: Path | None = None
    offline: bool = False
    refresh: bool = False

    def __post_init__(self) -> None:
        if self.offline and self.refresh:
            raise UsageError("offline, nothing can be asked again", hint="leave one of them out")

    def url(self, service: str) -> str:
        """Give the base address of a service, with a slash at its end; "" if it has none."""
        return self.bases.get(service, SERVICES[service].url)

    @property
    def user_agent(self) -> str:
        """What every host is told."""
        return f"northbib/{__version__}"

    @property
    def polite_user_agent(self) -> str:
        """What services are told that give better service to those they can write to."""
        return f"{self.user_agent} (mailto:{self.mailto})" if self.mailto else self.user_agent

    @classmethod
    def from_environment(
        cls,
        environment: Mapping[str, str] = os.environ,
        *,
        library: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Settings:
        """Gather the settings.

        Args:
            environment: The variables of the environment.
            library: The settings of the library, whole, as `read_settings` gives them.
            given: Attributes that go before both.

        Raises:
            UsageError: An option is not known, or its value makes no sense; it is named.
        """
        lent = options_of_library(library or {})
        own = options_in(environment)
        bases, mine = lent.pop("bases"), own.pop("bases")
        values: dict[str, Any] = {
            "cache": Path(platformdirs.user_cache_dir("northbib", appauthor=False)) / _CACHE,
            "keyring": True,
            **lent,
            **own,
            "keys": keys_in(environment),
            "bases": {**bases, **mine},
            "borrowed": frozenset(bases) - frozenset(mine),
            **given,
        }
        total = values.get("total_timeout", _DEFAULTS.total_timeout)
        for shorter in ("connect_timeout", "read_timeout"):
            values.setdefault(shorter, min(getattr(_DEFAULTS, shorter), total))
        return cls(**values)


# The slots of the class shadow its defaults, so they are read from an instance.
_DEFAULTS = Settings()
