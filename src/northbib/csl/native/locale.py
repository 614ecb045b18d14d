"""Locales: terms, localised dates and options, from files and from the style itself.

Source: CSL 1.0.2, "Locale Files - Structure", "Locale Fallback".
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final

from lxml import etree

from northbib.csl.installed import locale_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.etree import _Element

__all__ = ["DatePart", "Locale", "load_locale"]

CSL: Final = "{http://purl.org/net/xbiblio/csl}"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_OTHERS: Final = "ordinal-04"
_FALLBACK: Final = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}


@dataclass(slots=True)
class Locale:
    """The terms and options of one language.

    Attributes:
        tag: The language tag, such as `en-GB`.
        terms: (name, form) -> (singular, plural).
        gendered: (name, form, gender) -> (singular, plural).
        genders: Name of a term -> its grammatical gender.
        ordinals: Name of an ordinal term -> how much of the number must match.
        dates: `text` and `numeric` -> (delimiter, attributes of date parts in order).
        options: Attributes of `cs:style-options`.
    """

    tag: str
    terms: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    gendered: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)
    ordinals: dict[str, str] = field(default_factory=dict)
    dates: dict[str, DatePart] = field(default_factory=dict)
    options: dict[str, str] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language without its region."""
        return self.tag.split("-")[0]

    def term(self, name: str, form: str = "long", plural: bool = False) -> str | None:
        """Give a term in a form, or in the form that it falls back to; None if it has none.

        Source: CSL 1.0.2, "Terms", fallback of forms.
        """
        wanted: str | None = form
        while wanted is not None:
            found = self.terms.get((name, wanted))
            if found is not None:
                return found[plural]
            wanted = _FALLBACK.get(wanted)
        return None

    def gendered_term(self, name: str, gender: str) -> str | None:
        """Give a term in the form for a gender, else the neutral one."""
        found = self.gendered.get((name, "long", gender)) if gender else None
        return found[0] if found else self.term(name)

    def _read_old_ordinals(self) -> None:
        """Take the fourth ordinal for that of all numbers but 1, 2 and 3, and 21, 22 and so on.

        Source: CSL 1.0.2, "Ordinal Suffixes", the original CSL 1.0 scheme.
        """
        for name in ("ordinal", "ordinal-11", "ordinal-12", "ordinal-13"):
            for key, value in list(self.terms.items()):
                if key[0] == _OTHERS:
                    self.terms[name, key[1]] = value
            for (term, form, gender), value in list(self.gendered.items()):
                if term == _OTHERS:
                    self.gendered[name, form, gender] = value
            self.ordinals[name] = "last-two-digits"

    def flag(self, option: str) -> bool:
        """Tell whether an option is set to true."""
        return self.options.get(option) == "true"

    def merge(self, other: Locale) -> None:
        """Take over what another locale says, which has precedence."""
        if "ordinal" in other.ordinals or _OTHERS in other.ordinals:
            # Who defines the suffix of all other numbers redefines each; by citeproc-js a locale
            # that defines but some of them adds to those there are.
            for name in self.ordinals:
                self.terms.pop((name, "long"), None)
            self.gendered = {
                key: value for key, value in self.gendered.items() if key[0] not in self.ordinals
            }
            self.ordinals = {}
        self.terms.update(other.terms)
        self.gendered.update(other.gendered)
        self.genders.update(other.genders)
        self.ordinals.update(other.ordinals)
        if _OTHERS in other.ordinals and "ordinal" not in other.ordinals:
            self._read_old_ordinals()
        self.dates.update(other.dates)
        self.options.update(other.options)


@dataclass(frozen=True, slots=True)
class DatePart:
    """A date format, or a part of one: its attributes and what is in it."""

    attributes: dict[str, str]
    parts: tuple[DatePart, ...] = ()


def load_locale(tag: str, in_style: Iterable[_Element] = ()) -> Locale:
    """Give the terms, dates and options of a language.

    Args:
        tag: A language tag; one that no file is of falls back to its language, then to en-US.
        in_style: The `cs:locale` elements of a style; those for other languages are passed over.
    """
    locale = Locale(tag)
    language = tag.split("-", maxsplit=1)[0]
    main = _primary().get(language, "")
    for name in dict.fromkeys(("en-US", main, tag)):
        found = _from_file(name) if name else None
        if found is not None:
            locale.merge(found)
    wanted: dict[str, list[_Element]] = {"": [], language: [], tag: []}
    for element in in_style:
        wanted.get(element.get(LANG) or "", []).append(element)
    for elements in wanted.values():
        for element in elements:
            locale.merge(_from_element(element, tag))
    return locale


@cache
def _primary() -> dict[str, str]:
    data = (locale_folder() / "locales.json").read_bytes()
    return dict(json.loads(data)["primary-dialects"])


@cache
def _from_file(tag: str) -> Locale | None:
    path = locale_folder() / f"locales-{tag}.xml"
    if not tag.replace("-", "").isalnum() or not path.is_file():
        return None
    return _from_element(etree.parse(path).getroot(), tag)


def _from_element(root: _Element, tag: str) -> Locale:
    locale = Locale(tag)
    for element in root:
        if element.tag == f"{CSL}style-options":
            locale.options.update({str(key): str(value) for key, value in element.items()})
        elif element.tag == f"{CSL}date":
            locale.dates[element.get("form", "text")] = _date(element)
        elif element.tag == f"{CSL}terms":
            for term in element.iterfind(f"{CSL}term"):
                _read_term(locale, term)
    return locale


def _date(element: _Element) -> DatePart:
    attributes = {str(key): str(value) for key, value in element.items()}
    return DatePart(attributes, tuple(_date(part) for part in element.iterfind(f"{CSL}date-part")))


def _read_term(locale: Locale, element: _Element) -> None:
    name = element.get("name", "")
    form = element.get("form", "long")
    single = element.find(f"{CSL}single")
    multiple = element.find(f"{CSL}multiple")
    if single is None and multiple is None:
        text = element.text or ""
        text = _tidy(text)
        value = (text, text)
    else:
        one = _tidy(single.text or "") if single is not None else ""
        value = (one, _tidy(multiple.text or "") if multiple is not None else one)
    gender = element.get("gender-form")
    if gender is None:
        locale.terms[name, form] = value
    else:
        locale.gendered[name, form, gender] = value
    if "gender" in element.attrib:
        locale.genders[name] = element.get("gender", "")
    if name.startswith("ordinal"):
        default = "last-two-digits" if name[8:] >= "10" else "last-digit"
        locale.ordinals[name] = element.get("match", default)


def _tidy(text: str) -> str:
    """Give the text of a term with its apostrophes curved; mere layout of the file is no text."""
    if not text.strip() and "\n" in text:
        return ""
    text = text.replace("'", "’")
    return unescape(text) if "&" in text and ";" in text else text
