"""Acts by their short title ("Localism Act 2011"), looked up at legislation.gov.uk.

Source: https://legislation.github.io/data-documentation/, "Identifier URIs".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from lxml import html as lxml_html

from northbib.errors import InputError, NotFoundError
from northbib.records import fold
from northbib.resolve.citations_of_law import law_in_address
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.payload import text_of

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "choices", "read", "recognises", "requests"]

NAME = "legislation"
SURE = 0.97
_TITLE = re.compile(
    r"(?:the )?[A-Z].{2,200}\s(?:Act|Measure|Order|Regulations|Rules|Scheme)\s"
    r"(?:\([A-Za-z ]+\)\s)?\d{4}"
)


def recognises(identifier: Identifier) -> bool:
    """Take words that end like the short title of a law."""
    return identifier.kind == "text" and bool(_TITLE.fullmatch(identifier.value))


def requests(identifier: Identifier, address_of: AddressOf) -> tuple[Request, ...]:
    """Ask for the law of that title."""
    url = f"{address_of(NAME)}id?title={quote(identifier.value, safe='')}"
    return (Request(url, accept="text/html", keep="record"),)


def read(response: Response, identifier: Identifier) -> Answer:
    """Read where the title leads, which is a lead; several laws are offered as a choice.

    Raises:
        NotFoundError: There are several laws of that title, or none.
    """
    if found := law_in_address(response.url):
        return Answer((), response.url, (), (Identifier("law", found),))
    laws = choices(response)
    same = [path for path, title in laws if fold(title) == fold(identifier.value)]
    if len(same) == 1:
        return Answer((), response.url, (), (Identifier("law", same[0]),))
    if not laws:
        raise NotFoundError("there is no law of that title", where=response.url)
    named = "; ".join(f"{path} is the {title}" for path, title in laws[:5])
    raise NotFoundError(
        f"{len(laws)} laws have a title like it", where=response.url, hint=f"give one: {named}"
    )


def choices(response: Response) -> list[tuple[str, str]]:
    """Give the laws between which an answer with status 300 lets one choose: path and title."""
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
