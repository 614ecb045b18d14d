"""The words for locators in the language of an article: "S. 480", "chap. 3", "§ 5"."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from northbib.csl.locale import choose_locale
from northbib.embed.citations.locators import ENGLISH
from northbib.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["labels_for"]

_FORMS = ("long", "short", "symbol")


@lru_cache(maxsize=16)
def labels_for(language: str) -> Mapping[str, str]:
    """Give what may stand before a locator, in lower case -> the CSL locator term.

    Args:
        language: A language tag, such as the `lang` of front matter; English words are always
            known, and all there is where CSL has no locale for the language.
    """
    if not language or language.lower().startswith("en"):
        return ENGLISH
    try:
        tag = choose_locale(language)
    except NotFoundError:
        return ENGLISH
    # Locales are XML, which articles in English can do without.
    locale = import_module("northbib.csl.native.locale").load_locale(tag)
    found = dict(ENGLISH)
    for label in sorted(set(ENGLISH.values())):
        words = (locale.term(label, form, plural) for form in _FORMS for plural in (False, True))
        found.update((word.lower(), label) for word in words if word)
    return MappingProxyType(found)
