"""How sure a claim is: the share of such claims that were right on pages read by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from northbib.resolve.claims import Claim

__all__ = ["SURENESS", "sureness_of"]

# For what the pages had fewer than five claims of.
_UNMEASURED = 0.8

SURENESS: Mapping[tuple[str, str], float] = {
    ("DOI", "page:dc"): 0.96,
    ("DOI", "page:highwire"): 0.96,
    ("DOI", "page:url"): 0.93,
    ("DOI", "page:jsonld"): 0.88,
    ("DOI", "page:meta"): 0.88,
    ("DOI", "page:og"): 0.86,
    ("DOI", "page:prism"): 0.86,
    ("author", "page:highwire"): 0.96,
    ("author", "page:jsonld"): 0.95,
    ("author", "page:meta"): 0.95,
    ("author", "page:byline"): 0.94,
    ("author", "page:microdata"): 0.92,
    ("author", "page:dc"): 0.88,
    ("author", "page:hentry"): 0.86,
    ("author", "page:twitter"): 0.75,
    ("issued", "page:jsonld"): 0.98,
    ("issued", "page:highwire"): 0.97,
    ("issued", "page:dc"): 0.96,
    ("issued", "page:og"): 0.95,
    ("issued", "page:microdata"): 0.94,
    ("issued", "page:time"): 0.85,
    ("issued", "site"): 0.9,
    ("issued", "page:meta"): 0.88,
    ("issued", "page:hentry"): 0.86,
    ("issued", "page:prism"): 0.86,
    ("issued", "page:online"): 0.8,
    ("issued", "page:url"): 0.71,
    ("site", "site"): 0.98,
    ("site", "page:og"): 0.97,
    ("site", "page:jsonld"): 0.92,
    ("site", "page:meta"): 0.88,
    ("site", "page:title"): 0.79,
    ("site", "page:host"): 0.62,
    ("title", "page:h1"): 0.99,
    ("title", "page:og"): 0.99,
    ("title", "page:twitter"): 0.98,
    ("title", "page:highwire"): 0.97,
    ("title", "page:dc"): 0.95,
    ("title", "page:meta"): 0.91,
    ("title", "site"): 0.9,
    ("title", "page:jsonld"): 0.88,
    ("title", "page:title"): 0.88,
    ("title", "page:hentry"): 0.86,
    ("title", "page:microdata"): 0.83,
    ("type", "site"): 0.97,
    ("type", "page:url"): 0.89,
    ("type", "page:hint"): 0.88,
    ("type", "page:highwire"): 0.86,
    ("type", "page:platform"): 0.86,
    ("type", "page:prism"): 0.86,
    ("type", "page:jsonld"): 0.82,
    ("type", "page:microdata"): 0.79,
    ("type", "page:dc"): 0.62,
    ("type", "page:og"): 0.57,
}
"""Field and source -> how often it was right, counted by benchmarks/resolve/claims.py.

Of n claims of which k were right, (k + 1) / (n + 2): few claims make nothing certain.
"""


def sureness_of(claim: Claim) -> float:
    """Give how often such a claim is right, 0 to 1."""
    source = "site" if claim.source.startswith("site:") else claim.source
    return SURENESS.get((claim.field, source), _UNMEASURED)
