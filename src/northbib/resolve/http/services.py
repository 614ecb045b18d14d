"""The services that are asked, and how each wants to be asked: one table.

Rates are those of the services' own documents, or below them where a document gives none; what a
service says in the headers of its answers goes before them. A host that is not in the table is a
site, and asked as such.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SERVICES", "KeyPlace", "Rate", "Service"]


@dataclass(frozen=True, slots=True)
class Rate:
    """How fast a host may be asked.

    Attributes:
        per_second: Requests a second, 0 for as many as come.
        at_once: Requests under way at the same time, 0 for the setting `per_host`.
        burst: Requests that may come together after a pause.
    """

    per_second: float
    at_once: int = 0
    burst: int = 1


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """Where the key of a user goes.

    Attributes:
        header: The header that holds it, or "".
        parameter: The query parameter that holds it, or "".
        form: The text around it, with `{}` in its place.
        path: The beginning, below the base address, of the paths that need it.
        rate: The rate of those who have one, if it differs.
    """

    header: str = ""
    parameter: str = ""
    form: str = "{}"
    path: str = ""
    rate: Rate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service and its terms.

    Attributes:
        name: Its name in settings: `crossref` in `NORTHBIB_CROSSREF_URL`.
        url: Its base address, with a slash at its end; "" for one that a user runs.
        also: Further hosts of the same service.
        account: The name under which its requests are counted and its key is kept, which several
            services of one provider share.
        rate: The rate for everyone.
        polite: The rate for those who give an e-mail address, if it differs.
        contact: Where the user's e-mail address goes: `agent` for the User-Agent, the name of a
            query parameter, or "" for nowhere.
        tool: The query parameter that names this program, or "".
        key: Where the user's key goes, if it takes one.
        busy: Statuses besides 429 by which it says that it has had too many requests.
    """

    name: str
    url: str
    also: tuple[str, ...] = ()
    account: str = ""
    rate: Rate = Rate(2, burst=4)
    polite: Rate | None = None
    contact: str = ""
    tool: str = ""
    key: KeyPlace | None = None
    busy: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if not self.account:
            object.__setattr__(self, "account", self.name)


_NCBI_KEY = KeyPlace(parameter="api_key", rate=Rate(10))

_TABLE = (
    # https://www.doi.org/ states no rate.
    Service(name="doi", url="https://doi.org/", rate=Rate(10, 4), contact="agent"),
    # https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
    Service(
        name="crossref",
        url="https://api.crossref.org/",
        rate=Rate(5, 1),
        polite=Rate(10, 3),
        contact="agent",
        key=KeyPlace(header="Crossref-Plus-API-Token", form="Bearer {}"),
    ),
    # https://support.datacite.org/docs/rate-limit: 500, with an e-mail address 1000, in 5 minutes.
    Service(
        name="datacite",
        url="https://api.datacite.org/",
        also=("data.crosscite.org",),
        rate=Rate(1.5, burst=5),
        polite=Rate(3, burst=5),
        contact="agent",
    ),
    Service(name="medra", url="https://data.medra.org/", contact="agent"),
    # https://developers.openalex.org/guides/authentication: 100 a second, and a budget for the day.
    Service(
        name="openalex",
        url="https://api.openalex.org/",
        rate=Rate(10),
        contact="agent",
        key=KeyPlace(parameter="api_key"),
    ),
    Service(
        name="semantic_scholar",
        url="https://api.semanticscholar.org/",
        rate=Rate(1, 1),
        key=KeyPlace(header="x-api-key"),
    ),
    # https://unpaywall.org/products/api: 100,000 a day.
    Service(
        name="unpaywall",
        url="https://api.unpaywall.org/",
        rate=Rate(1, burst=10),
        contact="email",
    ),
    # https://info.arxiv.org/help/api/tou.html: one connection, three seconds between requests.
    Service(name="arxiv", url="https://export.arxiv.org/", rate=Rate(1 / 3, 1)),
    # https://www.ncbi.nlm.nih.gov/books/NBK25497/: 3 a second, 10 with a key.
    *(
        Service(
            name=name,
            url=url,
            account="ncbi",
            rate=Rate(3),
            contact="email",
            tool="tool",
            key=_NCBI_KEY,
        )
        for name, url in (
            ("ncbi", "https://api.ncbi.nlm.nih.gov/"),
            ("eutils", "https://eutils.ncbi.nlm.nih.gov/"),
            ("pmc", "https://pmc.ncbi.nlm.nih.gov/"),
        )
    ),
    # https://openlibrary.org/developers/api: 1 a second, 3 for those who say how to reach them.
    Service(
        name="openlibrary",
        url="https://openlibrary.org/",
        rate=Rate(1, burst=2),
        polite=Rate(3),
        contact="agent",
    ),
    Service(name="loc", url="https://lx2.loc.gov/", rate=Rate(1)),
    Service(name="k10plus", url="https://sru.k10plus.de/", rate=Rate(1)),
    Service(
        name="google_books",
        url="https://www.googleapis.com/",
        rate=Rate(1, burst=2),
        key=KeyPlace(parameter="key"),
    ),
    Service(name="govuk", url="https://www.gov.uk/", rate=Rate(5)),
    # https://legislation.github.io/data-documentation/: 3000 in 5 minutes, 403 beyond.
    Service(
        name="legislation",
        url="https://www.legislation.gov.uk/",
        rate=Rate(5),
        contact="agent",
        busy=frozenset({403}),
    ),
    # https://developer.parliament.uk/ states no rate.
    Service(name="bills", url="https://bills-api.parliament.uk/"),
    Service(name="hansard", url="https://hansard-api.parliament.uk/"),
    Service(name="committees", url="https://committees-api.parliament.uk/"),
    Service(name="questions", url="https://questions-statements-api.parliament.uk/"),
    Service(name="members", url="https://members-api.parliament.uk/"),
    Service(name="wayback", url="https://archive.org/", rate=Rate(1, burst=2)),
    Service(
        name="web_archive",
        url="https://web.archive.org/",
        rate=Rate(1, burst=2),
        key=KeyPlace(header="Authorization", form="LOW {}", path="save"),
    ),
    # http://timetravel.mementoweb.org/about/ states no rate.
    Service(name="memento", url="https://timetravel.mementoweb.org/", rate=Rate(1, burst=2)),
    Service(
        name="uk_government_archive",
        url="https://webarchive.nationalarchives.gov.uk/",
        rate=Rate(1, burst=2),
    ),
    Service(name="zenodo", url="https://zenodo.org/", rate=Rate(1, burst=4)),
    Service(name="orcid", url="https://pub.orcid.org/"),
    Service(name="handle", url="https://hdl.handle.net/"),
    Service(name="issn", url="https://portal.issn.org/", rate=Rate(1)),
    # https://foundation.wikimedia.org/wiki/Policy:User-Agent_policy
    Service(name="wikidata", url="https://www.wikidata.org/", contact="agent"),
    Service(name="citoid", url="https://en.wikipedia.org/", contact="agent"),
    Service(name="translation", url=""),
)

SERVICES: dict[str, Service] = {service.name: service for service in _TABLE}
"""All services by name."""
