"""Certificates for the loopback server, good and bad, from an authority of our own."""

from __future__ import annotations

import datetime
import ssl
from typing import TYPE_CHECKING

import trustme

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Authority"]

_LONG_AGO = datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC)


class Authority:
    """An authority that a test may trust by the file `bundle`."""

    def __init__(self, folder: Path) -> None:
        self._authority = trustme.CA()
        self.bundle = folder / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.bundle))

    def good(self, *names: str) -> ssl.SSLContext:
        """Give a context with a certificate for these names, 127.0.0.1 if none."""
        return self._context(self._authority.issue_cert(*(names or ("127.0.0.1",))))

    def expired(self) -> ssl.SSLContext:
        """Give a context with a certificate whose time is over."""
        return self._context(self._authority.issue_cert("127.0.0.1", not_after=_LONG_AGO))

    def self_signed(self) -> ssl.SSLContext:
        """Give a context with a certificate of an authority that nobody knows."""
        return self._context(trustme.CA().issue_cert("127.0.0.1"))

    def _context(self, certificate: trustme.LeafCert) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context
