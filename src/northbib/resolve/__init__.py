"""A DOI or a web address in, a whole record out, with the source of each of its fields.

The rooms, in the order in which a request walks through them: `recognition` says what was typed,
`sources` know whom to ask, `fetch` asks over the network, `csl_json` and `page` read the answers
(pure functions of bytes, headers and address), and `merge` makes one record out of their claims.

Importing this package costs neither requests nor lxml: they come with the first `resolve`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from northbib.resolve.claims import Claim, Resolution
from northbib.resolve.recognition import Identifier, recognise
from northbib.resolve.settings import Settings

if TYPE_CHECKING:
    from northbib.records import Record
    from northbib.resolve.resolver import resolve

__all__ = ["Claim", "Identifier", "Resolution", "Settings", "recognise", "resolve"]


def __getattr__(name: str) -> Any:
    if name == "resolve":
        return import_module("northbib.resolve.resolver").resolve
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Callable(ModuleType):
    # `northbib.resolve` names this package and, by contract, a function that gives a record.
    def __call__(self, source: str, **options: Any) -> Record:
        resolution: Resolution = self.resolve(source, **options)
        return resolution.record


sys.modules[__name__].__class__ = _Callable
