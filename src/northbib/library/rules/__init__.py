"""The rules of `northbib check`: each is a module with one function, named after its code."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from northbib.errors import UsageError
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.library.checking.rule import Rule

__all__ = ["GROUPS", "all_codes", "checked_codes", "rule"]

GROUPS: dict[str, tuple[str, ...]] = {
    "Files and entries": (
        "unreadable-file",
        "not-text",
        "not-utf-8",
        "unclosed-entry",
        "entry-without-key",
        "broken-entry",
        "not-an-entry",
        "entry-in-text",
        "stray-text",
        "conflict-marker",
        "undefined-macro",
        "unused-exception",
    ),
    "Keys, types and fields": (
        "duplicate-key",
        "bad-key",
        "unknown-type",
        "missing-field",
        "misspelt-field",
        "duplicate-field",
        "empty-field",
        "label-in-field",
        "unknown-language",
        "repeated-keyword",
        "keyword-separator",
        "keyword-case",
    ),
    "References between entries": (
        "missing-parent",
        "missing-member",
        "circular-crossref",
        "duplicate-identifier",
    ),
    "Identifiers and addresses": (
        "bad-doi",
        "doi-prefix",
        "doi-in-url",
        "bad-isbn",
        "bad-issn",
        "bad-eprint",
        "bad-url",
        "url-tracking",
        "escaped-address",
    ),
    "Dates and pages": (
        "impossible-date",
        "unreadable-date",
        "date-form",
        "contradicting-dates",
        "unknown-month",
        "pages-backwards",
        "page-dash",
    ),
    "Names": (
        "empty-name",
        "name-commas",
        "name-separator",
        "doubtful-suffix",
        "typed-et-al",
        "glued-initials",
        "all-caps-name",
        "unbraced-organisation",
    ),
    "Text": (
        "all-caps-title",
        "unprotected-capitals",
        "mojibake",
        "lost-character",
        "invisible-character",
        "not-nfc",
        "html-entity",
        "html-markup",
        "unbalanced-braces",
        "unescaped-character",
        "unknown-command",
        "straight-quotes",
    ),
    "Links, asked with --links": (
        "dead-link",
        "soft-404",
        "parked-domain",
        "moved-link",
        "unsafe-link",
        "closed-link",
        "archived-link",
        "unarchived-link",
        "unchecked-link",
    ),
    "Updates, asked with --updates": (
        "retracted",
        "expression-of-concern",
        "corrected",
        "preprint-published",
        "newer-edition",
        "newer-version",
        "unchecked-update",
    ),
}
"""What rules are about -> their codes."""


def all_codes() -> tuple[str, ...]:
    """Give the codes of all rules, in the order of `GROUPS`."""
    return tuple(code for codes in GROUPS.values() for code in codes)


@cache
def rule(code: str) -> Rule:
    """Give a rule.

    Raises:
        UsageError: There is none of that code; the hint names near ones.
    """
    if code not in all_codes():
        hint = did_you_mean(code, all_codes()) or "northbib check --rules lists all"
        raise UsageError(f"no rule is called {code!r}", hint=hint)
    found: Rule = import_module(f"{__name__}.{code.replace('-', '_')}").RULE
    return found


def checked_codes(codes: Iterable[str]) -> frozenset[str]:
    """Give codes as a set.

    Raises:
        UsageError: One of them is no rule's.
    """
    return frozenset(rule(code).code for code in codes)
