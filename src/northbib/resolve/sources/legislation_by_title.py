"""Acts by their short title ("Localism Act 2011"), looked up at legislation.gov.uk.

Source: https://legislation.github.io/data-documentation/, "Identifier URIs".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from northbib.errors import NotFoundError
from northbib.records import fold
from northbib.resolve.citations_of_law import law_in_address
from northbib.resolve.claims import Answer
from northbib.resolve.http.results import Request
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources.law_choices import choices, uncertain

if TYPE_CHECKING:
    from northbib.resolve.http.results import Response
    from northbib.resolve.sources import AddressOf

__all__ = ["NAME", "SURE", "read", "recognises", "requests"]

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
        UncertainError: There are several laws of that title.
        NotFoundError: There is none.
    """
    if found := law_in_address(response.url):
        return Answer((), response.url, (), (Identifier("law", found),))
    laws = choices(response)
    same = [path for path, title in laws if fold(title) == fold(identifier.value)]
    if len(same) == 1:
        return Answer((), response.url, (), (Identifier("law", same[0]),))
    if not laws:
        raise NotFoundError("there is no law of that title", where=response.url)
    raise uncertain(laws, f"{len(laws)} laws have a title like it", identifier.value)
