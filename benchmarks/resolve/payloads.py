"""How much of what recorded answers of services say is read right, by source and field.

    payloads.py [--manifest ../shared/resolve/data/manifest.jsonl] [--worst]

Each answer is read by the source that would ask for it; each field that the manifest expects is
compared with what is claimed for it. An answer that is an error must give no record.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from northbib.errors import NorthbibError
from northbib.records import Date, Name, fold, plain
from northbib.resolve.http.results import Response
from northbib.resolve.recognition import Identifier
from northbib.resolve.sources import load
from northbib.resolve.sources.crossref import claims_of_work, works_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from northbib.resolve.claims import Claim

Row = dict[str, Any]
MANIFEST = Path(__file__).resolve().parents[3] / "shared" / "resolve" / "data" / "manifest.jsonl"

# Kind of payload in the manifest -> the source that reads it.
READERS = {
    "crossref-work": "crossref",
    "datacite-doi": "datacite",
    "openalex-work": "openalex",
    "arxiv-atom": "arxiv",
    "pubmed-xml": "pubmed",
    "zenodo-record": "zenodo",
    "zenodo-work": "zenodo",
    "govuk-content-item": "govuk",
    "clml": "legislation",
    "akoma-ntoso": "legislation",
    "hansard-xml": "hansard",
    "crossref-journal": "issn",
    "medra-onixdoi": "medra",
    "csl-json": "agency",
    "csl-json-raw": "agency",
    "s2-paper": "semantic_scholar",
    "unpaywall-v2": "unpaywall",
    "oai-dc": "oai",
    "eprints3-xml": "eprints",
    "ncbi-idconv": "idconv",
}
# Field of the manifest -> field of a claim.
FIELDS = {
    "container": "container-title",
    "sitting_date": "issued",
    "first_title": "title",
    "first_column": "page",
    "date": "issued",
    "year": "issued",
    "updated": "modified",
    "delivered_on": "event-date",
    "resource_type": "genre",
    "arxiv": "number",
}
TAKEN = (
    "type title author editor issued container publisher volume issue page DOI ISSN ISBN PMID URL"
    " abstract language number genre jurisdiction version year updated delivered_on resource_type"
    " sitting_date first_title first_column arxiv people subtitle"
).split()


def claims_of_row(row: Row, folder: Path) -> tuple[Claim, ...]:
    """Read an answer; () where it gives no record."""
    response = _response(row, folder)
    reader = READERS.get(row["payload"])
    try:
        if row["payload"] == "crossref-work-list":
            return claims_of_work(works_in(response)[0], response.url)
        if reader is None or row["status"] >= 400:
            return ()
        return load(reader).read(response, _identifier(row)).claims
    except NorthbibError:
        return ()


def judged(row: Row, claims: tuple[Claim, ...]) -> Iterator[tuple[str, bool, str, str]]:
    """Give for each field that is expected whether it is right, what came, and what was to come."""
    expected = _expected(row)
    if expected is None:
        return
    if not expected:
        yield "none", not any(c.field == "title" for c in claims), str(claims[:1]), ""
        return
    for field in TAKEN:
        wanted = _texts(expected.get(field) or "")
        if not any(wanted):
            continue
        name = "author" if field == "people" else FIELDS.get(field, field)
        got = [_texts(_plain(claim.value)) for claim in claims if claim.field == name]
        if field == "publisher" and not any(_same(each, wanted, field) for each in got):
            got += [_texts(str(c.value)) for c in claims if c.field == "site"]
        if field == "subtitle":
            got = [_texts(str(c.value)) for c in claims if c.field == "title"]
        yield field, any(_same(each, wanted, field) for each in got), str(got), str(wanted)


def main() -> None:
    """Print the share of fields read right, for each service and each field."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifest", type=Path, default=MANIFEST)
    parser.add_argument("--worst", action="store_true", help="list what is read wrong")
    options = parser.parse_args()
    if not options.manifest.exists():
        sys.exit(f"{options.manifest}: there is no such file")
    shares = measure(options.manifest, worst=options.worst)
    for name, (right, whole) in sorted(shares.items()):
        print(f"{name:32} {right:5} of {whole:5}  {right / whole:.3f}")


def measure(manifest: Path, *, worst: bool = False) -> dict[str, tuple[int, int]]:
    """Give for `all`, each service and each field how many are right, of how many."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for text in manifest.read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if row["kind"] != "api":
            continue
        for field, right, got, wanted in judged(row, claims_of_row(row, manifest.parent)):
            for name in ("all", f"service {row['service']}", f"field {field}"):
                counts[name][0] += right
                counts[name][1] += 1
            if worst and not right:
                print(f"{row['id']}: {field}: {got[:150]}, expected {wanted[:150]}")
    return {name: (right, whole) for name, (right, whole) in counts.items()}


def _response(row: Row, folder: Path) -> Response:
    headers = {str(k).lower(): str(v) for k, v in (row.get("response_headers") or {}).items()}
    body = (folder / row["file"]).read_bytes()
    if row["payload"] == "csl-json-raw":
        items = json.loads(body)
        body = json.dumps(items[0] if isinstance(items, list) else items).encode()
    return Response(row["recorded_from"], row["status"], body, headers)


def _identifier(row: Row) -> Identifier:
    expected = row.get("expected") or {}
    if isinstance(expected, dict) and expected.get("DOI"):
        return Identifier("doi", str(expected["DOI"]).lower())
    return Identifier("url", row["recorded_from"])


def _expected(row: Row) -> Row | None:
    """Give the fields that are expected of a row, {} for no record, None where nothing is told."""
    expected = row.get("expected")
    if not isinstance(expected, dict):
        return None
    if expected.get("error") or expected.get("items") == [] or row["status"] >= 400:
        return {}
    if row["payload"] not in READERS and row["payload"] != "crossref-work-list":
        return None
    for member, adapt in _ADAPTERS.items():
        if member in expected:
            return adapt(expected[member])
    is_title_page = row["payload"] == "hansard-xml" and "sitting_date" not in expected
    if is_title_page or (expected.get("type") == "webpage" and not expected.get("title")):
        return {}
    return _without_own_words(row, dict(expected))


def _without_own_words(row: Row, kept: Row) -> Row:
    """Leave out what the manifest has in the words of the service, and what is no claim."""
    if row["payload"] == "govuk-content-item" and kept.get("type") != "speech":
        # A minister who is named by news is what it is about, and not its author.
        kept.pop("people", None)
    if row["service"] == "openalex" or kept.get("type") == "hansard":
        kept.pop("type", None)
    if kept.get("resource_type") == "publication":
        # Zenodo says more by the subtype, which is what is read.
        del kept["resource_type"]
    return kept


def _of_arxiv(items: list[Row]) -> Row:
    # The version of a preprint is a field of its own.
    return {**items[0], "arxiv": re.sub(r"v\d+$", "", items[0]["arxiv"])}


def _of_csl(item: Row) -> Row:
    if not item.get("title"):
        return {}
    kept = {k: v for k, v in item.items() if k in TAKEN and k not in ("URL", "type", "number")}
    return {**kept, "container": item.get("container-title")}


def _of_fatcat(release: Row) -> Row:
    people = [c["raw_name"] for c in release["contribs"] if "extra" not in c]
    return {
        "title": release["title"],
        "author": [{"literal": name} for name in people],
        "year": release["release_year"],
        "publisher": release.get("publisher"),
        "language": release.get("language"),
        "DOI": release["ext_ids"]["doi"],
    }


def _of_papis(found: Row) -> Row:
    people = [
        {"family": a.get("family"), "given": a.get("given")} for a in found.get("author_list", [])
    ]
    return {
        "title": found.get("title"),
        "author": people,
        "year": found.get("year"),
        "volume": found.get("volume"),
        "issue": found.get("issue"),
        "DOI": found.get("doi"),
    }


_ADAPTERS: dict[str, Callable[[Any], Row]] = {
    "first": dict,
    "items": _of_arxiv,
    "pruned": lambda items: _of_csl(items[0]),
    "fatcat_release": _of_fatcat,
    "papis_out": _of_papis,
    "records": lambda records: {"DOI": records[0].get("doi"), "PMID": records[0].get("pmid")},
}


def _plain(value: object) -> object:
    if isinstance(value, Date):
        return value.start.edtf() if value.start else ""
    return [str(n) for n in value if isinstance(n, Name)] if isinstance(value, tuple) else value


def _texts(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    if isinstance(value, dict):
        if "date-parts" in value:
            parts = [str(p) for p in (value["date-parts"] or [[]])[0] if p]
            return ["-".join(p.zfill(2) if i else p for i, p in enumerate(parts))]
        if not any(value.get(k) for k in ("literal", "family", "name")):
            return []
        literal = value.get("literal") or value.get("name")
        return [literal or f"{value.get('given') or ''} {value['family']}"]
    return [plain(str(value))]


def _same(got: list[str], wanted: list[str], field: str) -> bool:
    if field in ("author", "editor", "people"):
        return sorted(map(_name_words, got)) == sorted(map(_name_words, wanted))
    if field == "year":
        return [t[:4] for t in got] == wanted
    if field in ("ISSN", "ISBN", "arxiv"):
        return any(_bare(g) in _bare(w) or _bare(w) in _bare(g) for g in got for w in wanted)
    if field == "abstract":
        return bool(got) and _bare(got[0])[:60] == _bare(wanted[0])[:60]
    if field == "subtitle":
        return _bare(wanted[0]) in _bare(got[0])
    one, other = [_bare(t) for t in got], [_bare(t) for t in wanted]
    return one == other or (field == "title" and bool(one) and one[0].startswith(other[0]))


def _name_words(name: str) -> str:
    name = re.sub(r"\(.*?\)|\b(?:the )?rt hon\b|\b(?:MP|Sir)\b", " ", name, flags=re.IGNORECASE)
    if name.count(",") == 1:
        name = " ".join(reversed(name.split(",")))
    return " ".join(re.sub(r"[^\w]+", " ", fold(name.replace("&amp;", "&"))).split())


def _bare(text: str) -> str:
    text = re.sub(r"<[^>]+>|&amp;(?:amp;)*", " ", text)
    return re.sub(r"[^\w]+|_", "", fold(text))


if __name__ == "__main__":
    main()
