"""What was typed or pasted: an identifier in any dress, a web address, or words of a citation.

One table says how identifiers are written as text, another how they stand in addresses; whatever
is neither is an address, or words, or refused at once. Sources: DOI Handbook, 2.2 and 3.8; ISBN
Users' Manual, 4; ISO 3297 (ISSN); "Understanding the arXiv identifier", info.arxiv.org; RFC 3986.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from northbib.errors import UsageError
from northbib.records.identifiers import doi, isbn
from northbib.resolve.addresses import clean_address, doi_in_address, fit_address, shown
from northbib.resolve.citations_of_law import law_in_address, law_in_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "Identifier",
    "Kind",
    "clean_address",
    "doi_in_address",
    "fit_address",
    "identifiers_in",
    "recognise",
]

Kind = Literal[
    "arxiv",
    "doi",
    "handle",
    "isbn",
    "issn",
    "law",
    "openalex",
    "pmcid",
    "pmid",
    "text",
    "url",
    "wikidata",
]

_HINT = (
    "give a DOI such as 10.1080/00343404.2016.1196289, an ISBN, an address such as "
    "https://www.gov.uk/, or three words of a title or more"
)

_DOI = re.compile(r"(?:doi\s*[:/]?\s*|info:doi/|urn:doi:)?10\.\d{4,9}", re.IGNORECASE)
_SHORT_DOI = re.compile(r"(?:doi\s*[:/]?\s*)?(10/[a-z0-9]{3,})", re.IGNORECASE)
_SHORT_DOI_PATH = re.compile(r"/(?:10/)?((?!(?:api|ra|help)$)[a-z0-9]{3,10})", re.IGNORECASE)
_RESOLVER = re.compile(
    r"(?:^|\.)(?:dx[.-])?doi[.-]org(?:$|\.|:)|^hdl[.-]handle[.-]net(?:$|\.|:)"
    r"|^api[.-]crossref[.-]org$|^api[.-]datacite[.-]org$"
)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?=\S)", re.IGNORECASE)
_BARE_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?", re.IGNORECASE)
_FILE_ENDING = re.compile(
    r"\.(?:bib|csl|csv|docx?|enw|html?|json|md|nbib|odt|pdf|py|ris|rst|rtf|te?xt?|tsv|xml|ya?ml)",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’«»"
_MARKDOWN_LINK = re.compile(
    r"\[[^\[\]]*\]\((https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)", re.IGNORECASE
)
_LABELS = frozenset("arxiv doi hdl info isbn issn openalex pmcid pmid urn wikidata".split())
_PAIRS = {"<": ">", "(": ")", "[": "]"}
_HYPHENS = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))
_FEWEST_WORDS, _FEWEST_LETTERS = 3, 10
_LONGEST_TEXT = 2000

# The archives of arXiv before April 2007.
_ARCHIVES = (
    r"(?:acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg"
    r"|comp-gas|cond-mat|cs|dg-ga|funct-an|gr-qc|hep-(?:ex|lat|ph|th)|math(?:-ph)?|mtrl-th|nlin"
    r"|nucl-(?:ex|th)|patt-sol|physics|plasm-ph|q-alg|q-bio|quant-ph|solv-int|stat|supr-con)"
)
_ARXIV = (
    r"(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|"
    + _ARCHIVES
    + r"(?:\.[a-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3})(v\d+)?"
)


@dataclass(frozen=True, slots=True)
class Identifier:
    """Something that can be asked about.

    Attributes:
        kind: What it is; `law` is legislation of the United Kingdom, `text` words of a citation.
        value: Its one spelling: a DOI in lower case, an ISBN as 13 digits, an ISSN with its hyphen,
            an arXiv id with its version if that was given, the digits of a PMID, `PMC` and digits,
            a handle, `W…`, `Q…`, the path of an Act at legislation.gov.uk (`ukpga/2016/1`), a web
            address without tracking, credentials and user's name, or words in one line.
    """

    kind: Kind
    value: str

    @property
    def written(self) -> str:
        """The text by which it is recognised again."""
        return {"pmid": "PMID:", "handle": "hdl:"}.get(self.kind, "") + self.value


def recognise(text: str) -> Identifier:
    """Say what `text` is.

    Takes identifiers bare, labelled (`doi:…`, `ISBN …`, `arXiv:…`, `PMID …`, `hdl:…`), as the
    address of a resolver, percent-encoded or through a library's proxy; citations of legislation
    (`2016 c. 1`, `SI 2017/430`); web addresses, which may lack their scheme; and titles or whole
    citations of three words or more.

    Raises:
        UsageError: It is none of these; or an address of another scheme than http and https; or a
            number with a wrong check digit.
    """
    text = _bare(text)
    if re.match(r"https?://", text, re.IGNORECASE):
        return _address(text)
    found = _doi(text) or _labelled(text)
    if found is not None:
        return found
    if (host := _BARE_HOST.match(text)) and _is_host(text, host.group()):
        return _address(f"https://{text}")
    scheme = _SCHEME.match(text)
    if scheme and not re.search(r"\s", text):
        if scheme[1].lower() in _LABELS:
            raise UsageError(f"this is no {scheme[1]} identifier: {shown(text)!r}", hint=_HINT)
        raise UsageError(
            f"an address that starts with {scheme[1]}: is not fetched",
            hint="give a DOI, or an address that starts with https: or http:",
        )
    return _words(text)


def identifiers_in(text: str) -> tuple[tuple[Identifier, ...], tuple[UsageError, ...]]:
    """Recognise each line of a list; empty lines and lines that begin with `#` are left out.

    A line may hold several identifiers with spaces, commas or semicolons between them.

    Returns:
        What was recognised, each once, and an error for each line that was not, with its number.
    """
    found: dict[Identifier, None] = {}
    errors: list[UsageError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            found.update(dict.fromkeys(_several(line)))
        except UsageError as error:
            error.line = number
            errors.append(error)
    return tuple(found), tuple(errors)


def _several(line: str) -> Iterator[Identifier]:
    parts = [part for part in re.split(r"[\s,;]+", line.strip()) if part]
    if len(parts) > 1:
        try:
            found = [recognise(part) for part in parts]
        except UsageError:
            found = []
        if found:
            yield from found
            return
    yield recognise(line)


def _bare(text: str) -> str:
    """Give a text without the quotes and brackets around it, and of a Markdown link its address."""
    text = text.strip().strip(_QUOTES)
    if link := _MARKDOWN_LINK.fullmatch(text):
        return link[1]
    while _is_enclosed(inside := text.rstrip(".,; ")):
        text = inside[1:-1].strip().strip(_QUOTES)
    return text.removeprefix("<").removesuffix(">").strip()


def _is_enclosed(text: str) -> bool:
    """Whether the bracket that a text begins with ends with the text."""
    opening, closing = text[:1], _PAIRS.get(text[:1])
    if closing is None or not text.endswith(closing) or len(text) > _LONGEST_TEXT:
        return False
    depth = 0
    for place, character in enumerate(text, 1):
        depth += (character == opening) - (character == closing)
        if depth == 0:
            return place == len(text)
    return False


def _doi(text: str) -> Identifier | None:
    if short := _SHORT_DOI.fullmatch(text.rstrip(".,;")):
        return Identifier("doi", short[1].lower())
    if _DOI.match(unquote(text)) and (found := doi(text)):
        return Identifier("doi", found)
    return None


def _labelled(text: str) -> Identifier | None:
    # What is copied from a PDF has hyphens of all lengths.
    number = text.rstrip(".,; ").translate(_HYPHENS)
    for kind, pattern, canonical in _WRITTEN:
        match = pattern.fullmatch(number)
        if match and (value := canonical(match)):
            return Identifier(kind, value)
    path = law_in_text(text)
    return Identifier("law", path) if path else None


def _words(text: str) -> Identifier:
    words = " ".join(text.split())
    letters = sum(character.isalpha() for character in words)
    few = len(words.split()) < _FEWEST_WORDS or letters < _FEWEST_LETTERS
    if few or len(words) > _LONGEST_TEXT or not words.isprintable() or "://" in words:
        raise UsageError(
            f"neither an identifier nor a web address nor a title: {shown(text)!r}", hint=_HINT
        )
    return Identifier("text", words)


def _address(text: str, depth: int = 0) -> Identifier:
    address = clean_address(text)
    parts = urlsplit(address)
    if depth < 2 and (inner := _behind_proxy(parts.path, parts.query)):
        return _address(inner, depth + 1)
    path = unquote(parts.path)
    if _RESOLVER.search(parts.netloc):
        named = doi(path)
        if named:
            return Identifier("doi", named)
        if short := _SHORT_DOI_PATH.fullmatch(path):
            return Identifier("doi", f"10/{short[1].lower()}")
    found = _in_address(parts.netloc, path, address)
    return found or Identifier("url", address)


def _behind_proxy(path: str, query: str) -> str:
    # EZproxy and its like: https://login.ezproxy.example.ac.uk/login?url=https://…
    if not path.endswith("/login"):
        return ""
    given = {name.lower(): value for name, value in parse_qsl(query)}
    inner = given.get("url") or given.get("qurl") or ""
    return inner if re.match(r"https?://", inner, re.IGNORECASE) else ""


def _in_address(netloc: str, path: str, address: str) -> Identifier | None:
    host = netloc.lower().removeprefix("www.")
    if law := law_in_address(address):
        return Identifier("law", law)
    for kind, where, pattern, canonical in _ADDRESSED:
        # A library's proxy writes hosts with hyphens: arxiv-org.ezproxy.example.ac.uk
        proxied = host.startswith(where.replace(".", "-") + ".")
        if host != where and not proxied:
            continue
        match = pattern.fullmatch(path.rstrip("/"))
        if match and (value := canonical(match)):
            return Identifier(kind, value)
    return None


def _is_host(text: str, host: str) -> bool:
    rest = text[len(host) :]
    if rest and rest[0] not in "/?#":
        return False
    ending = host[host.rfind(".") :]
    return bool(rest) or host.lower().startswith("www.") or not _FILE_ENDING.fullmatch(ending)


def _arxiv(match: re.Match[str]) -> str:
    name = match[1].lower()
    archive, slash, number = name.partition("/")
    # The class of an old id is no part of it: math.GT/0309136 is math/0309136.
    if slash:
        name = f"{archive.partition('.')[0]}/{number}"
    return name + (match[2] or "").lower()


def _isbn(match: re.Match[str]) -> str:
    number = isbn(match["number"])
    digits = sum(c.isalnum() for c in match["number"])
    # A bare run of ten digits may be anything; with hyphens or a label it is meant as an ISBN.
    if number is None and digits in (10, 13) and (match["label"] or digits == 13):
        raise UsageError(
            f"the check digit of this ISBN is wrong: {shown(match.group())}",
            hint="compare it with the book",
        )
    return number or ""


def _issn(match: re.Match[str]) -> str:
    digits = match["number"].replace("-", "").upper()
    total = sum((8 - i) * (10 if c == "X" else int(c)) for i, c in enumerate(digits))
    if total % 11 == 0:
        return f"{digits[:4]}-{digits[4:]}"
    if match["label"]:
        raise UsageError(
            f"the check digit of this ISSN is wrong: {shown(match.group())}",
            hint="compare it with the journal",
        )
    return ""


def _pmcid(match: re.Match[str]) -> str:
    return f"PMC{match[1]}"


def _upper(match: re.Match[str]) -> str:
    return match[1].upper()


def _as_is(match: re.Match[str]) -> str:
    return match[1]


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


# Kind, how it is written, and how its one spelling comes of it.
_WRITTEN: tuple[tuple[Kind, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("arxiv", _rule(r"(?:arxiv\s*[:\s]\s*)?" + _ARXIV + r"(?:\s*\[[\w.-]+\])?"), _arxiv),
    ("pmid", _rule(r"(?:pmid|pubmed)\s*[:\s]\s*([1-9]\d{0,8})"), _as_is),
    ("pmcid", _rule(r"(?:pmcid\s*[:\s]\s*)?pmc\s?(\d{3,9})(?:\.\d+)?"), _pmcid),
    (
        "isbn",
        _rule(
            r"(?P<label>(?:urn:)?isbn(?:[\s-]*1[03])?\s*[:=]?\s*)?"
            r"(?P<number>(?:97[89][\s-]?)?\d(?:[\s-]?\d){8}[\s-]?[\dx])"
            r"(?:\s*\((?:pbk|hbk|hardback|paperback|hardcover|cloth|e-?book|pdf|epub)\.?\))?"
        ),
        _isbn,
    ),
    (
        "issn",
        _rule(r"(?P<label>[ep]?-?issn(?:-l)?\s*[:=]?\s*)?(?P<number>\d{4}-\d{3}[\dx])"),
        _issn,
    ),
    ("handle", _rule(r"(?:hdl\s*:\s*|info:hdl/|handle\s*:\s*)(\d[\d.]*/[^\s<>\"]+)"), _as_is),
    ("handle", _rule(r"(20\.\d{3,5}(?:\.\d+)*/[^\s<>\"]+)"), _as_is),
    ("openalex", _rule(r"(?:openalex\s*:\s*)?(w\d{4,12})"), _upper),
    ("wikidata", _rule(r"(?:wikidata\s*:\s*)?(q[1-9]\d{1,11})"), _upper),
)

# Kind, host without www, path, and how its one spelling comes of it.
_ADDRESSED: tuple[tuple[Kind, str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("arxiv", "arxiv.org", _rule(r"/(?:abs|pdf|html|format|ps)/" + _ARXIV + r"(?:\.pdf)?"), _arxiv),
    (
        "arxiv",
        "export.arxiv.org",
        _rule(r"/(?:abs|pdf|html)/" + _ARXIV + r"(?:\.pdf)?"),
        _arxiv,
    ),
    ("pmid", "pubmed.ncbi.nlm.nih.gov", _rule(r"/([1-9]\d{0,8})"), _as_is),
    ("pmid", "ncbi.nlm.nih.gov", _rule(r"/pubmed/([1-9]\d{0,8})"), _as_is),
    ("pmid", "europepmc.org", _rule(r"/(?:article|abstract)/med/([1-9]\d{0,8})"), _as_is),
    ("pmcid", "ncbi.nlm.nih.gov", _rule(r"/pmc/articles/pmc(\d{3,9})(?:\.\d+)?(?:/.*)?"), _pmcid),
    ("pmcid", "pmc.ncbi.nlm.nih.gov", _rule(r"/articles/pmc(\d{3,9})(?:\.\d+)?(?:/.*)?"), _pmcid),
    ("pmcid", "europepmc.org", _rule(r"/articles?/(?:pmc/)?pmc(\d{3,9})"), _pmcid),
    ("openalex", "openalex.org", _rule(r"/(?:works/)?(w\d{4,12})"), _upper),
    ("openalex", "api.openalex.org", _rule(r"/(?:works/)?(w\d{4,12})"), _upper),
    ("wikidata", "wikidata.org", _rule(r"/(?:wiki|entity)/(q[1-9]\d{1,11})"), _upper),
    ("handle", "hdl.handle.net", _rule(r"/(\d[\d.]*/[^\s<>\"]+)"), _as_is),
    ("isbn", "openlibrary.org", _rule(r"/isbn/(?P<label>)(?P<number>[\dx-]+)"), _isbn),
    ("issn", "portal.issn.org", _rule(r"/resource/issn/(?P<label>)(?P<number>[\dx-]+)"), _issn),
)
