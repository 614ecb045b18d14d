"""What must hold in a style beyond any schema: its macros are there and come to an end.

Source: CSL 1.0.2, "Macro" and "Text": a `macro` attribute names a macro of the same style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.xml import CSL, line_of
from northbib.findings import Finding
from northbib.records.near import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["called_macros", "faults", "macro_faults"]

# Forty macros that each call the next one twice would take years. The largest published style,
# Chicago with notes, comes to a million elements when each call is counted.
_MOST_ELEMENTS = 5_000_000
# To look for a near name takes a millisecond for some hundred macros.
_MOST_HINTS = 50
_MOST_COMPARED = 2000


def faults(root: _Element, file: str | None = None) -> list[Finding]:
    """Find what keeps an independent style from working, in the order of the file.

    That is: no `citation`, a `citation` or `bibliography` without `layout`, and `macro_faults`.
    """
    found = [*_missing_parts(root, file), *macro_faults(root, file)]
    return sorted(found, key=lambda finding: finding.line or 0)


def macro_faults(root: _Element, file: str | None = None) -> list[Finding]:
    """Find calls of macros that are not there, rings of macros, and macros without measure."""
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{CSL}macro")}
    calls = {
        name: [called for called in called_macros(macro) if called in macros]
        for name, macro in macros.items()
    }
    return [
        *_unknown_macros(root, macros, file),
        *_too_large(macros, calls, file),
        *_rings(macros, calls, file),
    ]


def called_macros(element: _Element) -> list[str]:
    """Give the names of the macros that an element and those in it call, once for each call."""
    callers = element.iter(f"{CSL}text", f"{CSL}key")
    return [name for caller in callers if (name := caller.get("macro")) is not None]


def _missing_parts(root: _Element, file: str | None) -> Iterator[Finding]:
    if root.find(f"{CSL}citation") is None:
        yield _fault("no-citation", "the style has no citation element", root, file)
    for part in ("citation", "bibliography"):
        element = root.find(f"{CSL}{part}")
        if element is not None and element.find(f"{CSL}layout") is None:
            yield _fault("no-layout", f"the {part} has no layout", element, file)


def _unknown_macros(
    root: _Element, macros: Mapping[str, _Element], file: str | None
) -> Iterator[Finding]:
    hints = _MOST_HINTS if len(macros) <= _MOST_COMPARED else 0
    for element in root.iter(f"{CSL}text", f"{CSL}key"):
        name = element.get("macro")
        if name is not None and name not in macros:
            hint = did_you_mean(name, macros) if hints > 0 else None
            hints -= 1
            yield _fault("unknown-macro", f"there is no macro {name!r}", element, file, hint)


def _too_large(
    macros: Mapping[str, _Element], calls: Mapping[str, list[str]], file: str | None
) -> Iterator[Finding]:
    sizes: dict[str, int] = {}
    for name in _inside_out(calls):
        sizes[name] = sum(1 for _ in macros[name].iter()) + sum(sizes[c] for c in calls[name])
        if sizes[name] > _MOST_ELEMENTS:
            message = f"the macro {name!r} comes to more than {_MOST_ELEMENTS:,} elements"
            yield _fault("macro-too-large", message, macros[name], file)
            return


def _rings(
    macros: Mapping[str, _Element], calls: Mapping[str, list[str]], file: str | None
) -> Iterator[Finding]:
    done = set(_inside_out(calls))
    left = {
        name: [called for called in called_by if called not in done]
        for name, called_by in calls.items()
        if name not in done
    }
    # Of those that never end, those that none of the others calls only lead to a ring.
    for name in _inside_out(_reversed(left)):
        del left[name]
    said: set[str] = set()
    for name in left:
        ring = [] if name in said else _ring(name, left)
        if ring:
            said.update(ring)
            way = " → ".join(map(repr, (*ring, name))) if len(ring) > 1 else ""
            message = f"the macro {name!r} calls itself{way and f': {way}'}"
            yield _fault("macro-cycle", message, macros[name], file)


def _inside_out(calls: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the macros that come to an end, each after those that it calls."""
    callers = _reversed(calls)
    waiting = {name: len(set(called)) for name, called in calls.items()}
    ready = [name for name, count in waiting.items() if count == 0]
    for name in ready:  # Grows while it is gone through.
        for caller in callers[name]:
            waiting[caller] -= 1
            if waiting[caller] == 0:
                ready.append(caller)
    return ready


def _reversed(calls: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    callers: dict[str, list[str]] = {name: [] for name in calls}
    for name, called in calls.items():
        for one in dict.fromkeys(called):
            if one in callers:
                callers[one].append(name)
    return callers


def _ring(name: str, calls: Mapping[str, Iterable[str]]) -> list[str]:
    """Give the shortest way from a macro to one that calls it; empty if there is none."""
    came_from: dict[str, str] = {}
    todo = [name]
    for caller in todo:  # Grows while it is gone through.
        for called in calls[caller]:
            if called == name:
                way = [caller]
                while way[-1] != name:
                    way.append(came_from[way[-1]])
                return way[::-1]
            if called not in came_from and called in calls:
                came_from[called] = caller
                todo.append(called)
    return []


def _fault(
    code: str, message: str, element: _Element, file: str | None, fix: str | None = None
) -> Finding:
    line = line_of(element)
    return Finding(code=code, severity="error", message=message, file=file, line=line, fix=fix)
