"""What must hold in a style beyond any schema: its macros are there and come to an end.

Source: CSL 1.0.2, "Macro" and "Text": a `macro` attribute names a macro of the same style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from northbib.csl.xml import CSL, line_of
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["faults"]

# Forty macros that each call the next one twice would take years. The largest published style,
# Chicago with notes, comes to a million elements when each call is counted.
_MOST_ELEMENTS = 5_000_000


def faults(root: _Element, file: str | None = None) -> list[Finding]:
    """Find what keeps an independent style from working, in the order of the file.

    That is: no `citation`, a `citation` or `bibliography` without `layout`, a macro that is called
    but not there, macros that call each other in a ring or multiply beyond measure.
    """
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{CSL}macro")}
    found = [*_missing_parts(root, file), *_unknown_macros(root, macros, file)]
    if not found:
        found += _endless_macros(macros, file)
    return sorted(found, key=lambda finding: finding.line or 0)


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
    for element in root.iter(f"{CSL}text", f"{CSL}key"):
        name = element.get("macro")
        if name is not None and name not in macros:
            yield _fault("unknown-macro", f"there is no macro {name!r}", element, file)


def _endless_macros(macros: Mapping[str, _Element], file: str | None) -> Iterator[Finding]:
    calls = {name: _called(macro) for name, macro in macros.items()}
    sizes: dict[str, int] = {}
    waiting = dict(calls)
    while waiting:
        ready = [name for name, called in waiting.items() if not waiting.keys() & set(called)]
        if not ready:
            name = next(name for name in waiting if _reaches_itself(name, calls))
            yield _fault("macro-cycle", f"the macro {name!r} calls itself", macros[name], file)
            return
        for name in ready:
            size = sum(1 for _ in macros[name].iter()) + sum(sizes[c] for c in waiting.pop(name))
            sizes[name] = size
            if size > _MOST_ELEMENTS:
                message = f"the macro {name!r} comes to more than {_MOST_ELEMENTS:,} elements"
                yield _fault("macro-too-large", message, macros[name], file)
                return


def _called(element: _Element) -> list[str]:
    return [text.get("macro", "") for text in element.iter(f"{CSL}text") if text.get("macro")]


def _reaches_itself(name: str, calls: Mapping[str, list[str]]) -> bool:
    seen: set[str] = set()
    todo = list(calls[name])
    while todo:
        called = todo.pop()
        if called == name:
            return True
        if called not in seen:
            seen.add(called)
            todo += calls[called]
    return False


def _fault(code: str, message: str, element: _Element, file: str | None) -> Finding:
    line = line_of(element)
    return Finding(code=code, severity="error", message=message, file=file, line=line)
