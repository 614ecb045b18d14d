"""What a list says by itself, in its language, and how text sorts in that language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.lists import translations
from northbib.lists.labels import LANGUAGES, OTHER, TYPES, UNDATED
from northbib.records.collation import collation_key

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Words"]

_ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a list, and the order of its text.

    Attributes:
        locale: The tag of the list's locale.
    """

    locale: str = _ENGLISH

    def sortable(self, text: str) -> str:
        """Give a key by which text sorts in this language; "" for a text without letters."""
        return collation_key(text, self.locale)

    def type(self, csl_type: str) -> str:
        """Give the heading for works of a type."""
        own = translations.TYPES.get(self._language, {}).get(csl_type)
        return own or self._term(csl_type) or TYPES[csl_type]

    def language(self, tag: str) -> str:
        """Give the heading for works in a language, the tag itself if it has no name."""
        return LANGUAGES.get(tag.replace("_", "-").partition("-")[0].lower(), tag)

    def decade(self, first: int, *, is_before: bool = False) -> str:
        """Give the heading for ten years.

        Args:
            first: The first of them; of those before the common era, the last.
            is_before: Whether they are before the common era.
        """
        if is_before:
            return self._era(f"{first}s" if self._is_english else f"{first + 9}–{first}")
        if self._is_english:
            return f"{first}s"
        return translations.DECADES.get(self._language, f"{{}}–{first + 9}").format(first)

    def year(self, year: int) -> str:
        """Give the heading for a year, 0 being the year 1 BC."""
        return str(year) if year > 0 else self._era(str(1 - year))

    @property
    def other(self) -> str:
        """The heading for works that belong to no group."""
        return self._own[0]

    @property
    def undated(self) -> str:
        """The heading for works without a date."""
        return self._term("no date") or UNDATED

    @property
    def open_access(self) -> str:
        """What marks a work that all can read."""
        return self._own[1]

    @property
    def archived(self) -> str:
        """What leads to the archived copy of a work."""
        return self._own[2]

    def _era(self, years: str) -> str:
        return f"{years} {self._found('bc') or 'BC'}"

    def _term(self, name: str) -> str:
        """Give a term of the CSL locale as a heading, "" where it is English or there is none."""
        term = self._found(name)
        return term[:1].upper() + term[1:]

    def _found(self, name: str) -> str:
        return "" if self._is_english else _terms(self.locale)(name)

    @property
    def _own(self) -> tuple[str, str, str]:
        english = (OTHER, "open access", "archived")
        return translations.WORDS.get(self._language, english)

    @property
    def _is_english(self) -> bool:
        return self._language == _ENGLISH

    @property
    def _language(self) -> str:
        language = self.locale.partition("-")[0].lower()
        return "nb" if language in ("nn", "no") else language


@lru_cache(maxsize=16)
def _terms(locale: str) -> Callable[[str], str]:
    """Give what gives the terms of a CSL locale that are not those of the English one."""
    load = import_module("northbib.csl.native.locale").load_locale
    own, english = load(locale), load("en-US")

    def term(name: str) -> str:
        found: str | None = own.term(name, plural=True)
        return "" if found is None or found == english.term(name, plural=True) else found

    return term
