"""The laws between which legislation.gov.uk lets one choose, with status 300.

Source: https://legislation.github.io/data-documentation/, "Identifier URIs".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html as lxml_html

from northbib.errors import InputError
from northbib.records import Record
from northbib.resolve.citations_of_law import law_in_address
from northbib.resolve.sources.payload import text_of
from northbib.resolve.uncertain import Candidate, UncertainError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.resolve.http.results import Response

__all__ = ["choices", "uncertain"]


def choices(response: Response) -> list[tuple[str, str]]:
    """Give the laws that an answer names: path and title.

    Raises:
        InputError: It is no page.
    """
    try:
        tree = lxml_html.fromstring(response.body.decode("utf-8", "replace"))
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise InputError("legislation.gov.uk answered with an error", where=response.url) from error
    found: dict[str, str] = {}
    for link in tree.iter("a"):
        address = link.get("href") or ""
        address = f"https://www.legislation.gov.uk{address}" if address[:1] == "/" else address
        try:
            path = law_in_address(address)
        except ValueError:
            path = ""
        if path and (title := text_of(link)):
            found.setdefault(path, title)
    return list(found.items())


def uncertain(laws: Iterable[tuple[str, str]], message: str, where: str) -> UncertainError:
    """Give the error that offers laws to choose from."""
    candidates = [
        Candidate(path, Record("", "legislation", {"title": title})) for path, title in laws
    ]
    return UncertainError(message, candidates, where=where, what="one")
