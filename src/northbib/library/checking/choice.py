"""Which rules are asked, how much they weigh, and what is excepted from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, get_args

from northbib.errors import UsageError
from northbib.findings import Severity
from northbib.library.rules import all_codes, checked_codes, rule
from northbib.library.settings import settings_file

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.library.checking.rule import Asks, Rule

__all__ = ["Choice", "choice_of"]

_KNOWN = ("select", "ignore", "severity", "keys")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a check is to do.

    Attributes:
        select: The codes of the rules to ask; empty for all.
        ignore: The codes of the rules not to ask.
        severity: Code -> severity in place of the rule's own.
        keys: Citation key, or a pattern with `*` and `?` -> the codes that are excepted for it.
        file: The settings that it comes from, for messages.
    """

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: str | None = None

    def rules(self, *asks: Asks) -> list[Rule]:
        """Give the rules to ask.

        Args:
            asks: Those that ask for this over the network; without it, those that need none.
                `select` says nothing of a kind of which it names no rule.
        """
        kinds = asks or ("",)
        of_kind = [rule(code) for code in all_codes() if rule(code).asks in kinds]
        selected = [each for each in of_kind if each.code in self.select]
        return [each for each in selected or of_kind if each.code not in self.ignore]

    def exceptions(self, key: str) -> list[tuple[str, str]]:
        """Give the patterns that a key matches, each with a code that it excepts."""
        return [
            (pattern, code)
            for pattern, codes in self.keys.items()
            if fnmatchcase(key, pattern)
            for code in codes
        ]


def choice_of(
    settings: Mapping[str, Any], root: Path, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> Choice:
    """Read the table `check` of a library's settings, and what a command adds to it.

    Args:
        settings: What `northbib.library.settings.read_settings` gives.
        root: The folder or the file that the library is.
        select: Codes of the rules to ask, in place of those of the settings.
        ignore: Codes of further rules not to ask.

    Raises:
        UsageError: There is no such rule, severity or setting.
    """
    file = settings_file(root)
    table = settings.get("check", {})
    try:
        _check_shape(table)
        own = Choice(
            checked_codes(table.get("select", ())),
            checked_codes(table.get("ignore", ())),
            {
                rule(code).code: _severity(value)
                for code, value in table.get("severity", {}).items()
            },
            {key: tuple(_codes(codes)) for key, codes in table.get("keys", {}).items()},
            str(file),
        )
    except UsageError as error:
        raise UsageError(error.message, where=file, hint=error.hint) from error
    selected = checked_codes(select)
    return Choice(
        selected or own.select,
        (own.ignore - selected) | checked_codes(ignore),
        own.severity,
        own.keys,
        own.file,
    )


def _check_shape(table: object) -> None:
    if not isinstance(table, Mapping):
        raise UsageError("check is no table", hint="write it as [check]")
    unknown = next((name for name in table if name not in _KNOWN), None)
    if unknown is not None:
        hint = f"there are {', '.join(_KNOWN)}"
        raise UsageError(f"[check] knows no setting {unknown!r}", hint=hint)
    for name in ("select", "ignore"):
        if not _is_list(table.get(name, [])):
            raise UsageError(
                f"{name} of [check] is no list of codes", hint=f'write {name} = ["..."]'
            )
    for name in ("severity", "keys"):
        if not isinstance(table.get(name, {}), Mapping):
            raise UsageError(f"{name} of [check] is no table", hint=f"write it as [check.{name}]")


def _is_list(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _severity(value: object) -> Severity:
    for severity in get_args(Severity):
        if value == severity:
            return severity  # type: ignore[no-any-return]
    names = ", ".join(get_args(Severity))
    raise UsageError(f"there is no severity {value!r}", hint=f"choose one of {names}")


def _codes(value: object) -> Iterable[str]:
    codes = [value] if isinstance(value, str) else value
    if not _is_list(codes):
        raise UsageError("the exceptions of a key are no list of codes")
    return codes  # type: ignore[return-value]
