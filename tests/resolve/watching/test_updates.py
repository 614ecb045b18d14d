"""What registries tell of works: retractions, corrections, published preprints, newer editions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from loopback import Answer
from watched_library import entry

from northbib.resolve.watching.editions import edition_number

if TYPE_CHECKING:
    from loopback import Handler
    from watched_library import Watched

LEE = "10.1080/00343404.2016.1196289"
KRUGMAN = "10.1086/261763"
OTHER = "10.1093/oxrep/grt019"
ISBN = "9781859352694"
LATER = "9780719075520"
ARXIV = "1707.08567"


def article(key: str, doi: str, **fields: str) -> str:
    """Give the source of an article with a DOI."""
    return entry(key, "article", doi=doi, **fields)


def told(notice: str, kind: str, source: str = "publisher") -> dict[str, Any]:
    """Give an update as Crossref tells it, in the work or in the notice."""
    updated = {"date-parts": [[2012, 5, 8]], "date-time": "2012-05-08T00:00:00Z"}
    return {
        "DOI": notice,
        "type": kind,
        "label": kind.title(),
        "source": source,
        "updated": updated,
    }


class Crossref:
    """Crossref as it answers lists of DOIs, lists of notices, and questions for one work."""

    def __init__(self, watched: Watched) -> None:
        self.works: dict[str, dict[str, Any]] = {}
        self.notices: list[dict[str, Any]] = []
        self.status = 200
        watched.server.serve("/crossref/works", self._list)
        self._watched = watched
        watched.server.serve("/doi/", Answer(b"the resolver"))

    def knows(self, doi: str, **fields: object) -> None:
        """Let it have a work."""
        self.works[doi] = {"DOI": doi.upper(), "title": ["A title"]} | fields
        message = {"status": "ok", "message": self.works[doi]}
        self._watched.serve_json(f"/crossref/works/{quote(doi)}", message)

    def _list(self, handler: Handler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        wanted = [each.partition(":") for each in query["filter"][0].split(",")]
        names = {value.lower() for _, _, value in wanted}
        if wanted[0][0] == "doi":
            items = [work for name, work in self.works.items() if name in names]
        else:
            items = [
                notice
                for notice in self.notices
                if any(each["DOI"].lower() in names for each in notice["update-to"])
            ]
        message = {"total-results": len(items), "items": items}
        body = json.dumps({"status": "ok", "message": message}).encode()
        Answer(body, self.status, "application/json")(handler)


@pytest.fixture
def crossref(watched: Watched) -> Crossref:
    return Crossref(watched)


@pytest.mark.parametrize(
    ("kind", "code", "severity"),
    [
        ("retraction", "retracted", "error"),
        ("partial_retraction", "retracted", "error"),
        ("withdrawal", "retracted", "error"),
        ("removal", "retracted", "error"),
        ("expression_of_concern", "expression-of-concern", "warning"),
        ("correction", "corrected", "info"),
        ("erratum", "corrected", "info"),
        ("corrigendum", "corrected", "info"),
        ("addendum", "corrected", "info"),
        ("new_version", "newer-version", "info"),
        ("a kind of tomorrow", "corrected", "info"),
    ],
)
def test_an_update_is_told_by_the_work_or_by_the_notice(
    watched: Watched, crossref: Crossref, kind: str, code: str, severity: str
) -> None:
    watched.hold(article("lee", LEE), article("other", KRUGMAN))
    crossref.knows(KRUGMAN)
    crossref.knows(LEE, **{"updated-by": [told(OTHER, kind)]})
    in_work = watched.check("--updates")
    crossref.knows(LEE)
    crossref.notices = [{"DOI": OTHER, "update-to": [told(LEE, kind)]}]
    in_notice = watched.check("--updates")
    assert in_work == in_notice
    assert [(each["key"], each["code"], each["severity"]) for each in in_work] == [
        ("lee", code, severity)
    ]
    assert "2012-05-08" in in_work[0]["message"]
    assert OTHER in in_work[0]["message"]
    assert watched.status == 1


def test_one_update_is_told_once_whoever_tells_it(watched: Watched, crossref: Crossref) -> None:
    twice = [told(OTHER, "retraction"), told(OTHER, "retraction", "retraction-watch")]
    crossref.knows(LEE, **{"updated-by": twice})
    crossref.notices = [{"DOI": OTHER, "update-to": [told(LEE.upper(), "retraction")]}]
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == ["retracted"]
    assert "says Retraction Watch and the publisher" in watched.findings[0]["message"]


def test_a_work_that_is_said_to_be_a_new_version_of_itself_is_fine(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE, **{"updated-by": [told(LEE, "new_version")]})
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == []
    assert watched.told("--updates") == "1 entry: no faults; 1 work, all checked\n"


def test_a_work_that_is_retracted_by_a_notice_at_its_own_doi_is_retracted(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE, **{"updated-by": [told(LEE, "retraction", "retraction-watch")]})
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == ["retracted"]


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("RETRACTED: A title", ["retracted"]),
        ("Retracted Article: A title", ["retracted"]),
        ("[Withdrawn] A title", ["retracted"]),
        ("Retracted statements and what came of them", []),
        ("Removed from power", []),
    ],
)
def test_a_title_that_says_retracted_is_believed(
    watched: Watched, crossref: Crossref, title: str, codes: list[str]
) -> None:
    crossref.knows(LEE, title=[title])
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == codes
    crossref.knows(LEE, title=[title], **{"updated-by": [told(OTHER, "retraction")]})
    assert watched.codes("--updates") == ["retracted"]


def test_forty_works_are_two_questions(watched: Watched, crossref: Crossref) -> None:
    # The prefix that Crossref keeps for tests.
    names = [f"10.5555/{number}" for number in range(200)]
    for name in names:
        crossref.works[name] = {"DOI": name, "title": ["A title"]}
    watched.hold(*(article(f"k{number}", name) for number, name in enumerate(names)))
    assert watched.codes("--updates") == []
    assert len(watched.server.asked) == 2 * len(names) / 40


def test_a_preprint_that_crossref_says_is_published_is_told(
    watched: Watched, crossref: Crossref
) -> None:
    related = {"is-preprint-of": [{"id-type": "doi", "id": LEE.upper(), "asserted-by": "subject"}]}
    crossref.knows(KRUGMAN, type="posted-content", subtype="preprint", relation=related)
    watched.hold(entry("preprint", doi=KRUGMAN))
    assert watched.codes("--updates") == ["preprint-published"]
    assert watched.findings[0]["fix"] == f"northbib add {LEE} adds it"
    crossref.knows(LEE, relation={"has-preprint": [{"id-type": "doi", "id": KRUGMAN}]})
    watched.hold(entry("preprint", doi=KRUGMAN), article("lee", LEE))
    assert watched.codes("--updates") == ["preprint-published"]
    assert watched.findings[0]["fix"] == "that is lee in this library"


def test_what_crossref_could_not_be_asked_is_unchecked(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE)
    crossref.knows(KRUGMAN)
    crossref.status = 503
    watched.hold(article("lee", LEE), article("krugman", KRUGMAN))
    assert watched.codes("--updates") == ["unchecked-update", "unchecked-update"]
    assert watched.status == 1
    assert "2 works, 2 unchecked" in watched.told("--updates")


def test_if_only_the_notices_cannot_be_asked_that_is_said_too(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE, **{"updated-by": [told(OTHER, "correction")]})
    crossref.status = 503
    watched.hold(article("lee", LEE))
    assert sorted(watched.codes("--updates")) == ["corrected", "unchecked-update"]


def test_a_list_that_is_refused_is_asked_one_by_one(watched: Watched, crossref: Crossref) -> None:
    crossref.knows(LEE, **{"updated-by": [told(OTHER, "retraction")]})
    crossref.knows(KRUGMAN)
    crossref.status = 400
    watched.hold(article("lee", LEE), article("krugman", KRUGMAN))
    assert "retracted" in watched.codes("--updates")


def test_a_doi_with_a_comma_is_asked_for_alone(watched: Watched, crossref: Crossref) -> None:
    name = "10.5555/1,2"
    crossref.knows(name, **{"updated-by": [told(OTHER, "retraction")]})
    watched.hold(article("lee", name))
    assert watched.codes("--updates") == ["retracted", "unchecked-update"]


def datacite(watched: Watched, name: str, **attributes: object) -> None:
    """Let DataCite have a resource, and nobody else know it."""
    watched.serve_json(f"/doi/ra/{name.partition('/')[0]}", [{"DOI": name, "RA": "DataCite"}])
    data = [{"id": name, "attributes": {"doi": name, **attributes}}]
    watched.serve_json("/datacite/dois", {"data": data})


def related(relation: str, name: str) -> list[dict[str, str]]:
    """Give a relation in DataCite's JSON."""
    return [
        {
            "relationType": relation,
            "relatedIdentifier": name.upper(),
            "relatedIdentifierType": "DOI",
        }
    ]


@pytest.mark.usefixtures("crossref")
@pytest.mark.parametrize(
    ("relation", "kind", "codes"),
    [
        ("IsPreviousVersionOf", "Dataset", ["newer-version"]),
        ("IsObsoletedBy", "Software", ["newer-version"]),
        ("IsNewVersionOf", "Dataset", []),
        ("IsVersionOf", "Dataset", []),
        ("IsVersionOf", "Preprint", ["preprint-published"]),
        ("IsPreprintOf", "Text", ["preprint-published"]),
        ("IsCitedBy", "Preprint", []),
    ],
)
def test_versions_are_told_by_datacite(
    watched: Watched, relation: str, kind: str, codes: list[str]
) -> None:
    types = {"resourceTypeGeneral": kind}
    datacite(watched, OTHER, types=types, relatedIdentifiers=related(relation, LEE))
    watched.hold(entry("data", "dataset", doi=OTHER))
    assert watched.codes("--updates") == codes


@pytest.mark.usefixtures("crossref")
def test_data_that_was_withdrawn_is_told(watched: Watched) -> None:
    datacite(watched, OTHER, dates=[{"dateType": "Withdrawn", "date": "2016-12-23"}])
    watched.hold(entry("data", "dataset", doi=OTHER))
    assert watched.codes("--updates") == ["retracted"]


@pytest.mark.usefixtures("crossref")
@pytest.mark.parametrize("agency", ["mEDRA", "Crossref", None])
def test_a_doi_of_which_nobody_tells_is_unchecked(watched: Watched, agency: str | None) -> None:
    answer = {"DOI": "10.1080", **({"RA": agency} if agency else {"status": "DOI does not exist"})}
    watched.serve_json("/doi/ra/10.1080", [answer])
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == ["unchecked-update"]


def feed(*entries: str) -> bytes:
    """Give a feed of arXiv."""
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f"<feed {spaces}>{''.join(entries)}</feed>".encode()


def arxiv_entry(name: str, inside: str = "") -> str:
    """Give an entry of it."""
    return f"<entry><id>http://arxiv.org/abs/{name}</id><title>A title</title>{inside}</entry>"


@pytest.mark.parametrize(
    ("version", "inside", "codes"),
    [
        ("v1", "", []),
        ("v1", f"<arxiv:doi>{LEE}</arxiv:doi>", ["preprint-published"]),
        ("v1", "<arxiv:journal_ref>A journal 51</arxiv:journal_ref>", ["preprint-published"]),
        ("v2", "<arxiv:comment>This paper has been withdrawn by the author</arxiv:comment>",
         ["newer-version", "retracted"]),
        ("v1", "<arxiv:comment>10 pages, on money withdrawn from banks</arxiv:comment>", []),
        ("v3", "", ["newer-version"]),
    ],
)  # fmt: skip
def test_what_arxiv_tells_of_preprints(
    watched: Watched, version: str, inside: str, codes: list[str]
) -> None:
    body = feed(arxiv_entry(f"{ARXIV}{version}", inside))
    watched.server.serve("/arxiv/api/query", Answer(body, type="application/atom+xml"))
    watched.hold(entry("preprint", eprint=f"{ARXIV}v1", eprinttype="arxiv"))
    assert sorted(watched.codes("--updates")) == codes


def test_preprints_are_asked_for_together_however_they_are_named(watched: Watched) -> None:
    ids = [ARXIV, "astro-ph/0601001", "math/0309136"]
    body = feed(*(arxiv_entry(f"{name}v1", f"<arxiv:doi>{LEE}</arxiv:doi>") for name in ids))
    watched.server.serve("/arxiv/api/query", Answer(body, type="application/atom+xml"))
    watched.hold(
        entry("one", doi=f"10.48550/arXiv.{ARXIV}"),
        entry("two", url=f"https://arxiv.org/abs/{ids[1]}v1"),
        entry("three", eprint=ids[2], archiveprefix="arXiv"),
    )
    assert watched.codes("--updates") == ["preprint-published"] * 3
    assert len(watched.server.asked) == 1


def test_an_article_that_has_an_eprint_as_well_is_no_preprint(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE)
    watched.hold(article("lee", LEE, eprint=ARXIV, eprinttype="arxiv", journaltitle="A journal"))
    assert watched.codes("--updates") == []
    assert not any("arxiv" in path for path in watched.server.asked)


def test_a_preprint_that_arxiv_does_not_know_is_unchecked(watched: Watched) -> None:
    watched.server.serve("/arxiv/api/query", Answer(feed(), type="application/atom+xml"))
    watched.hold(entry("preprint", eprint=ARXIV, eprinttype="arxiv"))
    assert watched.codes("--updates") == ["unchecked-update"]


def shelve(watched: Watched, own: dict[str, Any], *others: dict[str, Any]) -> None:
    """Let Open Library have editions of one work, of which the first is ours."""
    details = {"works": [{"key": "/works/OL1W"}], **own}
    watched.serve_json("/openlibrary/api/books", {f"ISBN:{ISBN}": {"details": details}})
    entries = [{"isbn_13": [ISBN], **own}, *others]
    watched.serve_json(
        "/openlibrary/works/OL1W/editions.json", {"entries": entries, "size": len(entries)}
    )


ENGLISH = {"languages": [{"key": "/languages/eng"}]}
GERMAN = {"languages": [{"key": "/languages/ger"}]}


@pytest.mark.parametrize(
    ("other", "codes"),
    [
        ({"edition_name": "2nd ed.", "publish_date": "2014"}, ["newer-edition"]),
        ({"edition_name": "Second edition", "publish_date": "March 2014"}, ["newer-edition"]),
        ({"edition_name": "Rev. ed.", "publish_date": "2014"}, ["newer-edition"]),
        ({"edition_name": "2nd ed.", "publish_date": "2014", **ENGLISH}, ["newer-edition"]),
        ({"edition_name": "2. Aufl.", "publish_date": "2014", **GERMAN}, []),
        ({"publish_date": "2014"}, []),
        ({"edition_name": "1st ed.", "publish_date": "2014"}, []),
        ({"edition_name": "2nd ed.", "publish_date": "1999"}, []),
        ({"edition_name": "Paperback", "publish_date": "2014"}, []),
    ],
)
def test_a_newer_edition_is_one_that_says_so(
    watched: Watched, other: dict[str, Any], codes: list[str]
) -> None:
    own = {"publish_date": "2002", **(ENGLISH if "languages" in other else {})}
    shelve(watched, own, {"isbn_13": [LATER], **other})
    watched.hold(entry("book", "book", isbn=ISBN, date="2002"))
    assert watched.codes("--updates") == codes
    if codes:
        assert watched.findings[0]["fix"] == f"northbib add {LATER} adds it"


def test_the_edition_that_the_record_names_counts(watched: Watched) -> None:
    shelve(watched, {"publish_date": "2002"}, {"edition_name": "2nd ed.", "publish_date": "2014"})
    watched.hold(entry("book", "book", isbn=ISBN, date="2002", edition="2"))
    assert watched.codes("--updates") == []


def test_a_book_that_open_library_does_not_know_is_unchecked(watched: Watched) -> None:
    watched.serve_json("/openlibrary/api/books", {})
    watched.hold(entry("book", "book", isbn=ISBN))
    assert watched.codes("--updates") == ["unchecked-update"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2nd ed.", 2),
        ("Second edition, revised", 2),
        ("3e éd.", 3),
        ("2", 2),
        ("10th anniversary ed.", 10),
        ("Reprint", None),
        ("", None),
        ("2014 printing", None),
    ],
)
def test_the_number_of_an_edition_is_read(text: str, number: int | None) -> None:
    assert edition_number(text) == number


def test_a_work_of_a_registered_kind_without_a_name_is_unchecked(watched: Watched) -> None:
    watched.hold(entry("article", "article", journaltitle="A journal"), entry("page"))
    assert watched.codes("--updates") == ["unchecked-update"]
    assert "2 entries have no DOI, arXiv id or ISBN to ask by" in watched.told("--updates")


def test_a_service_that_is_turned_off_leaves_works_unchecked(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CROSSREF", "ARXIV", "OPENLIBRARY"):
        monkeypatch.setenv(f"NORTHBIB_{name}_URL", "off")
    watched.hold(
        article("lee", LEE),
        entry("preprint", eprint=ARXIV, eprinttype="arxiv"),
        entry("book", "book", isbn=ISBN),
    )
    assert watched.codes("--updates") == ["unchecked-update"] * 3
    assert watched.server.asked == []


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b"{}", b'{"status":"ok","message":[]}'])
def test_an_answer_of_another_shape_leaves_works_unchecked(watched: Watched, body: bytes) -> None:
    answer = Answer(body, type="application/json")
    for path in (
        *("/crossref/works", f"/crossref/works/{LEE}", "/doi/ra/10.1080", "/datacite/dois"),
        *("/arxiv/api/query", "/openlibrary/api/books"),
    ):
        watched.server.serve(path, answer)
    watched.hold(
        article("lee", LEE),
        article("krugman", KRUGMAN),
        entry("preprint", eprint=ARXIV, eprinttype="arxiv"),
        entry("book", "book", isbn=ISBN),
    )
    assert set(watched.codes("--updates")) == {"unchecked-update"}
    assert {each["key"] for each in watched.findings} == {"lee", "krugman", "preprint", "book"}


def test_without_a_network_works_are_unchecked_and_the_status_says_so(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DOI", "CROSSREF", "WAYBACK"):
        monkeypatch.setenv(f"NORTHBIB_{name}_URL", "http://127.0.0.1:9/")
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates") == ["unchecked-update"]
    assert watched.status == 5


def test_offline_nothing_is_fine_that_was_not_asked_before(
    watched: Watched, crossref: Crossref
) -> None:
    crossref.knows(LEE)
    watched.hold(article("lee", LEE))
    assert watched.codes("--updates", "--offline") == ["unchecked-update"]
    assert watched.status == 1
    assert watched.server.asked == []


def test_links_and_updates_are_checked_together(watched: Watched, crossref: Crossref) -> None:
    crossref.knows(LEE, **{"updated-by": [told(OTHER, "retraction")]})
    watched.hold(article("lee", LEE))
    assert sorted(watched.codes("--links", "--updates")) == ["dead-link", "retracted"]
    summary = watched.told("--links", "--updates")
    assert "1 address, all checked; 1 work, all checked" in summary


def test_an_update_that_is_known_is_excepted(watched: Watched, crossref: Crossref) -> None:
    crossref.knows(LEE, **{"updated-by": [told(OTHER, "retraction")]})
    watched.hold(f"% northbib: ignore retracted -- it is what this is about\n{article('lee', LEE)}")
    assert watched.codes("--updates") == []
    assert watched.status == 0
