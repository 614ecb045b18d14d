"""What a host is told of who asks: the User-Agent, the e-mail address and the key that it wants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from northbib.resolve.http.services import SERVICES, Rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.http.keys import Keys
    from northbib.resolve.http.services import Service
    from northbib.resolve.settings import Settings

__all__ = ["Manners", "without_secrets"]

_SECRETS = frozenset({"api_key", "apikey", "access_token", "mailto"})


def without_secrets(url: str) -> str:
    """Give an address without parameters that say who asks."""
    parts = urlsplit(url)
    kept = [p for p in parts.query.split("&") if p.partition("=")[0].lower() not in _SECRETS]
    return urlunsplit(parts._replace(query="&".join(kept)))


class Manners:
    """Knows each host's terms.

    A service at another address than its own is a mirror: it is told what the service would be, if
    the user named it, and nothing if the settings of a library did.
    """

    def __init__(self, settings: Settings, keys: Keys) -> None:
        self._settings = settings
        self._keys = keys
        self._hosts = {
            host: service
            for service in SERVICES.values()
            for host in (urlsplit(service.url).hostname, *service.also)
            if host is not None and service.name not in settings.bases
        }
        self._mirrors = sorted(
            ((base, SERVICES[name]) for name, base in settings.bases.items() if base),
            key=lambda pair: -len(pair[0]),
        )

    def service(self, url: str) -> Service | None:
        """Give the service at an address; None for a site."""
        mirrored = self._mirrored(url)
        return mirrored or self._hosts.get(urlsplit(url).hostname or "")

    def is_own(self, url: str) -> bool:
        """Whether the user named this address, which may then lead into a private network."""
        service = self._mirrored(url)
        return service is not None and service.name not in self._settings.borrowed

    def lane(self, url: str) -> str:
        """Give the name of the lane of requests to an address."""
        service = self.service(url)
        if service is None or self._mirrored(url):
            return urlsplit(url).netloc
        return service.account

    def rate(self, url: str) -> Rate:
        """Give how fast an address may be asked."""
        settings = self._settings
        service = self.service(url)
        if service is None:
            return Rate(settings.site_rate, settings.per_host, burst=4)
        if self._mirrored(url):
            return Rate(0, settings.per_host)
        rate = service.polite if service.polite and settings.mailto else service.rate
        if service.key is not None and service.key.rate and self._keys.of(service.account):
            rate = service.key.rate
        return replace(rate, at_once=rate.at_once or settings.per_host)

    def told(self, url: str) -> tuple[str, dict[str, str]]:
        """Give the address with the parameters that the host wants, and the headers.

        What is personal goes to the services that ask for it, and over TLS, or to an address that
        the user named.
        """
        headers = {"User-Agent": self._settings.user_agent}
        service = self.service(url)
        if service is None or not (url.startswith("https:") or self.is_own(url)):
            return url, headers
        if service.name in self._settings.borrowed:
            return url, headers
        parameters = self._contact(service, headers) | self._key(service, url, headers)
        return _with(url, parameters), headers

    def untold(self, url: str) -> str:
        """Give an address that a host sent back, without what it had been told."""
        service = self.service(url)
        parts = urlsplit(url)
        own = _SECRETS | ({service.contact, service.tool} if service else set())
        if service is not None and service.key is not None:
            own |= {service.key.parameter}
        pairs = [p for p in parts.query.split("&") if p.partition("=")[0].lower() not in own - {""}]
        return urlunsplit(parts._replace(query="&".join(pairs)))

    def _mirrored(self, url: str) -> Service | None:
        return next((service for base, service in self._mirrors if url.startswith(base)), None)

    def _contact(self, service: Service, headers: dict[str, str]) -> dict[str, str]:
        mailto = self._settings.mailto
        parameters = {service.tool: "northbib"} if service.tool else {}
        if service.contact == "agent":
            headers["User-Agent"] = self._settings.polite_user_agent
        elif service.contact and mailto:
            parameters[service.contact] = mailto
        return parameters

    def _key(self, service: Service, url: str, headers: dict[str, str]) -> dict[str, str]:
        place = service.key
        below = url.removeprefix(self._settings.url(service.name))
        if place is None or not below.startswith(place.path):
            return {}
        key = self._keys.of(service.account)
        if not key:
            return {}
        if place.header:
            headers[place.header] = place.form.format(key)
            return {}
        return {place.parameter: place.form.format(key)}


def _with(url: str, parameters: Mapping[str, str]) -> str:
    if not parameters:
        return url
    parts = urlsplit(url)
    there = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    added = urlencode([pair for pair in parameters.items() if pair[0] not in there])
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, added)))))
