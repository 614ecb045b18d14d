"""What a style names and what it uses, of which a schema knows nothing: macros and terms.

Source: CSL 1.0.2, "Macro", "Terms", "Locale Fallback".
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from lxml import etree

from northbib.csl import grammar
from northbib.csl.installed import locale_folder
from northbib.csl.locale import DEFAULT_LOCALE, locales
from northbib.csl.structure import called_macros
from northbib.csl.xml import CSL, line_of
from northbib.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from northbib.findings import Severity

__all__ = ["reference_faults"]

_NEXT_FORM = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}
"""Form of a term -> the one that stands in for it."""

Term = tuple[str, str]
"""The name and the form of a term."""


def reference_faults(root: _Element, file: str | None = None) -> list[Finding]:
    """Find macros that are defined twice or never called, and terms that no locale defines."""
    return [
        *_repeated_macros(root, file),
        *_unused_macros(root, file),
        *_undefined_terms(root, file),
    ]


def _repeated_macros(root: _Element, file: str | None) -> Iterator[Finding]:
    first: dict[str, _Element] = {}
    for macro in root.iterfind(f"{CSL}macro"):
        name = macro.get("name", "")
        if name in first:
            line = line_of(first[name])
            message = f"the macro {name!r} is already defined on line {line}"
            yield _finding("repeated-macro", "error", message, macro, file)
        first.setdefault(name, macro)


def _unused_macros(root: _Element, file: str | None) -> Iterator[Finding]:
    macros = {macro.get("name", ""): macro for macro in root.iterfind(f"{CSL}macro")}
    todo = [name for part in root if part.tag != f"{CSL}macro" for name in called_macros(part)]
    used: set[str] = set()
    while todo:
        name = todo.pop()
        if name in macros and name not in used:
            used.add(name)
            todo += called_macros(macros[name])
    for name, macro in macros.items():
        if name not in used:
            message = f"neither citation nor bibliography comes to the macro {name!r}"
            yield _finding("unused-macro", "warning", message, macro, file)


def _undefined_terms(root: _Element, file: str | None) -> Iterator[Finding]:
    own = _terms(root)
    for element in root.iter(f"{CSL}text", f"{CSL}label"):
        wanted = [term for term in _wanted(element) if _is_of_csl(term)]
        if wanted and not any(_is_defined(term, own) for term in wanted):
            named = " or ".join(dict.fromkeys(name for name, _ in wanted))
            message = f"neither the style nor any locale defines the term {named}"
            if wanted[0][1] != "long":
                message += f" in the form {wanted[0][1]}"
            yield _finding("undefined-term", "warning", message, element, file)


def _wanted(element: _Element) -> list[Term]:
    """Give the terms of which an element needs one."""
    form = element.get("form", "long")
    term = element.get("term")
    if term is not None:
        return [(term, form)]
    if element.tag != f"{CSL}label":
        return []
    variables = element.get("variable")
    if variables is None:
        variables = next((names.get("variable") for names in element.iterancestors()), None) or ""
    # What a locator counts is said by the cite, so any locator term may be wanted.
    return [(name, form) for name in variables.split() if name != "locator"]


def _is_of_csl(term: Term) -> bool:
    """Tell whether CSL has a term, or a variable, of that name; the schema minds the others."""
    definitions = (grammar.definition(name) for name in ("terms", "variables"))
    return any(grammar.matches(definition, term[0]) for definition in definitions)


def _is_defined(term: Term, own: frozenset[Term]) -> bool:
    name, form = term
    forms = [form]
    while forms[-1] in _NEXT_FORM:
        forms.append(_NEXT_FORM[forms[-1]])
    names = (name, name.removesuffix("-number"))  # The term of `part-number` is `part`.
    wanted = {(one, each) for one in names for each in forms}
    # One locale has nearly all terms; reading the others takes time.
    known = (own, _terms_of(DEFAULT_LOCALE))
    return not all(map(wanted.isdisjoint, known)) or not wanted.isdisjoint(_terms_of_all())


@cache
def _terms_of_all() -> frozenset[Term]:
    return frozenset().union(*map(_terms_of, locales()))


@cache
def _terms_of(tag: str) -> frozenset[Term]:
    return _terms(etree.parse(locale_folder() / f"locales-{tag}.xml").getroot())


def _terms(root: _Element) -> frozenset[Term]:
    terms = root.iter(f"{CSL}term")
    return frozenset((term.get("name", ""), term.get("form", "long")) for term in terms)


def _finding(
    code: str, severity: Severity, message: str, element: _Element, file: str | None
) -> Finding:
    line = line_of(element)
    return Finding(code=code, severity=severity, message=message, file=file, line=line)
