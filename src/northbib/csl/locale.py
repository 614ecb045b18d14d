"""Locales: which there are, and which one a style is set in.

Source: CSL 1.0.2, "Locale Fallback".
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from northbib.csl.installed import locale_folder
from northbib.errors import NotFoundError
from northbib.records.near import did_you_mean

__all__ = ["DEFAULT_LOCALE", "choose_locale", "locale_files", "locales"]

DEFAULT_LOCALE = "en-US"
"""The locale of a style that asks for none, and the last to be asked for a term."""


def locales() -> list[str]:
    """Give the tags of all locales that have a file, in order."""
    return sorted(
        path.stem.removeprefix("locales-") for path in locale_folder().glob("locales-*.xml")
    )


def choose_locale(asked: str | None, default: str = "") -> str:
    """Give the locale to render in.

    Args:
        asked: A tag such as `en-GB`, or a language such as `de`; case does not count and `_`
            stands for `-`. None for the style's own.
        default: The style's `default-locale`, "" if it has none.

    Raises:
        NotFoundError: There is no locale of that tag or language; the hint has near ones.
    """
    if asked is None:
        return default or DEFAULT_LOCALE
    known = {tag.lower(): tag for tag in (*_primary_dialects(), *locales())}
    tag = known.get(asked.strip().replace("_", "-").lower())
    if tag is None:
        raise NotFoundError(
            f"there is no locale {asked!r}",
            hint=did_you_mean(asked, known.values()) or "tags look like en-GB or de-DE",
        )
    return tag


def locale_files(tag: str) -> list[str]:
    """Give the tags of the locale files that a locale draws on, best first.

    A dialect draws on the main dialect of its language, and all draw on en-US.
    """
    available = set(locales())
    main = _primary_dialects().get(tag.split("-", maxsplit=1)[0], "")
    return [file for file in dict.fromkeys((tag, main, DEFAULT_LOCALE)) if file in available]


@cache
def _primary_dialects() -> dict[str, Any]:
    data = (locale_folder() / "locales.json").read_bytes()
    return dict(json.loads(data)["primary-dialects"])
