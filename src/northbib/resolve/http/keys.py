"""The user's keys: from the environment, or from the keyring of the desktop if it is installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["KEYRING_SERVICE", "Keys"]

KEYRING_SERVICE = "northbib"


class Keys:
    """Keys by the account of a service; each is looked up once, when it is wanted."""

    def __init__(self, given: Mapping[str, str], *, keyring: bool) -> None:
        self._known: dict[str, str] = dict(given)
        self._keyring = keyring and find_spec("keyring") is not None
        self._lock = Lock()

    def of(self, account: str) -> str:
        """Give the key of an account; "" if there is none."""
        with self._lock:
            if account not in self._known:
                self._known[account] = _from_keyring(account) if self._keyring else ""
            return self._known[account]

    def are_in(self, data: bytes) -> bool:
        """Whether one of the keys in use stands in data that a host sent."""
        with self._lock:
            return any(key.encode() in data for key in self._known.values() if key)


def _from_keyring(account: str) -> str:
    keyring = import_module("keyring")
    try:
        found: str | None = keyring.get_password(KEYRING_SERVICE, account)
    except import_module("keyring.errors").KeyringError:
        # A keyring that is locked, or a machine without one, is as good as no key.
        return ""
    return found or ""
