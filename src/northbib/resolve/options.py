"""The options of resolving, by name: how each is read from the environment and from a library."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.errors import UsageError
from northbib.records.identifiers import web_address
from northbib.resolve.http.services import SERVICES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["OPTIONS", "keys_in", "options_in", "options_of_library"]

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_PREFIX = "NORTHBIB_"


@dataclass(frozen=True, slots=True)
class Option:
    """An option: the attribute that it sets, how it is read, and whether a library may set it."""

    attribute: str
    read: Callable[[object], object]
    lendable: bool = True


class _WrongError(Exception):
    """A value that makes no sense, and what it should have been."""


def _number(value: object) -> float:
    try:
        number = float(str(value)) if not isinstance(value, bool) else 0.0
    except ValueError:
        number = 0.0
    if not 0 < number < 1e12:
        raise _WrongError("a positive number")
    return number


def _count(value: object) -> int:
    if not (number := _number(value)).is_integer():
        raise _WrongError("a whole number above 0")
    return int(number)


def _number_or_none(value: object) -> float:
    return 0.0 if str(value).strip() in ("0", "0.0") else _number(value)


def _count_or_none(value: object) -> int:
    return 0 if str(value).strip() == "0" else _count(value)


def _flag(value: object) -> bool:
    text = str(value).strip().lower()
    if text not in _YES | _NO:
        raise _WrongError("1 or 0")
    return text in _YES


def _mailto(value: object) -> str:
    text = str(value)
    if text.count("@") != 1 or not text.isascii() or not text.isprintable() or " " in text:
        raise _WrongError("an e-mail address")
    return text


def _file(value: object) -> Path | None:
    text = str(value)
    return None if text.lower() in _NO else Path(text).expanduser()


def _base(value: object) -> str:
    text = str(value)
    if text.lower() in _NO:
        return ""
    if web_address(text) is None:
        raise _WrongError("an http or https address, or off")
    return text.rstrip("/") + "/"


OPTIONS = {
    "mailto": Option("mailto", _mailto),
    "timeout": Option("total_timeout", _number),
    "max_bytes": Option("max_bytes", _count),
    "max_redirects": Option("max_redirects", _count_or_none),
    "retries": Option("retries", _count_or_none),
    "max_wait": Option("max_wait", _number_or_none),
    "per_host": Option("per_host", _count),
    "at_once": Option("at_once", _count),
    "site_rate": Option("site_rate", _number_or_none),
    "offline": Option("offline", _flag),
    "refresh": Option("refresh", _flag),
    "keyring": Option("keyring", _flag, lendable=False),
    "allow_private": Option("allow_private", _flag, lendable=False),
    "cache": Option("cache", _file, lendable=False),
}


def options_in(environment: Mapping[str, str]) -> dict[str, Any]:
    """Read the options among the variables of the environment.

    Returns:
        Attribute of `Settings` -> value; `bases` is always there.

    Raises:
        UsageError: One of them makes no sense; it is named.
    """
    names = (*OPTIONS, *(f"{service}_url" for service in SERVICES))
    given = {name: environment.get(_variable(name), "").strip() for name in names}
    return _read({name: text for name, text in given.items() if text}, _variable)


def options_of_library(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Read the options in the settings of a library, as `options_in` does.

    Raises:
        UsageError: One of them is not known, is not for a library to say, or makes no sense.
    """
    table = settings.get("resolve", {})
    if not isinstance(table, dict):
        raise UsageError("[resolve] in the settings of the library is not a table")
    names = (*OPTIONS, *(f"{service}_url" for service in SERVICES))
    for name in table:
        where = f"[resolve] {name} in the settings of the library"
        if name.endswith("_key") or (name in OPTIONS and not OPTIONS[name].lendable):
            raise UsageError(
                f"{where}: that is not for a library to say", hint=f"set {_variable(name)} instead"
            )
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean {near[0]}?" if near else None
            raise UsageError(f"{where}: there is no such option", hint=hint)
    return _read(table, lambda name: f"[resolve] {name}")


def _read(given: Mapping[str, object], called: Callable[[str], str]) -> dict[str, Any]:
    """Read options to attributes; `called` gives the name of one in messages."""
    values: dict[str, Any] = {}
    bases: dict[str, str] = {}
    for name, value in given.items():
        try:
            if name in OPTIONS:
                values[OPTIONS[name].attribute] = OPTIONS[name].read(value)
            else:
                bases[name.removesuffix("_url")] = _base(value)
        except _WrongError as error:
            raise UsageError(f"{called(name)} is not {error}: {value!r}") from error
    return {**values, "bases": bases}


def keys_in(environment: Mapping[str, str]) -> dict[str, str]:
    """Read the keys of services, `NORTHBIB_OPENALEX_KEY` and the like, by account.

    Raises:
        UsageError: One of them holds what cannot be sent.
    """
    takers = {service.account for service in SERVICES.values() if service.key is not None}
    given = {name: environment.get(_variable(f"{name}_key"), "").strip() for name in takers}
    for name, key in given.items():
        if not key.isascii() or not key.isprintable():
            # Without the value, which is a secret.
            raise UsageError(f"{_variable(f'{name}_key')} holds characters that no key has")
    return {name: key for name, key in given.items() if key}


def _variable(name: str) -> str:
    return _PREFIX + name.upper()
