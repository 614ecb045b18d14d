"""Ask a source: each of its requests in turn, until an answer to one of them is a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from northbib.errors import InputError, NorthbibError, NotFoundError
from northbib.resolve.uncertain import UncertainError

if TYPE_CHECKING:
    from northbib.resolve.claims import Answer
    from northbib.resolve.http.fetcher import Fetcher
    from northbib.resolve.http.results import Result
    from northbib.resolve.recognition import Identifier
    from northbib.resolve.sources import Source

__all__ = ["ask"]

_CHOICE, _MALFORMED = 300, 400


def ask(source: Source, identifier: Identifier, fetcher: Fetcher) -> Answer | None:
    """Ask one source about `identifier`.

    Returns:
        Its answer, each claim weighed by how sure the source is; None if it has nothing to ask.

    Raises:
        UncertainError: The source knows several works that may be meant.
        NotFoundError: The source says that there is no such thing.
        NetworkError: It could not be reached, or answered with an error.
        InputError: What it answered is not a record of a work.
    """
    failure: NorthbibError | None = None
    missing: set[str] = set()
    for request in source.requests(identifier, fetcher.settings.url):
        if request.url in missing:
            continue
        result = fetcher.get(request)
        if not _is_readable(result):
            failure = failure if isinstance(failure, NotFoundError) else _failure(result)
            if isinstance(failure, NotFoundError):
                missing.add(request.url)
            continue
        try:
            return _weighed(_read(source, result, identifier), source, _day(result))
        except UncertainError:
            # To ask in another way would not tell which one is meant.
            raise
        except (InputError, NotFoundError) as error:
            failure = error
    if failure is not None:
        raise failure
    return None


def _is_readable(result: Result) -> bool:
    # 300 lets one choose, and says between what.
    choice = result.response is not None and result.response.status == _CHOICE
    return result.outcome == "found" or choice


def _failure(result: Result) -> NorthbibError:
    # A service answers with 400 to an identifier of a form that it does not know.
    if result.response is not None and result.response.status == _MALFORMED:
        return NotFoundError("there is no such thing", where=result.url)
    return result.error()


def _read(source: Source, result: Result, identifier: Identifier) -> Answer:
    if result.response is None:
        raise result.error()
    return source.read(result.response, identifier)


def _day(result: Result) -> str:
    if result.fetched is None:
        return ""
    return datetime.fromtimestamp(result.fetched, UTC).astimezone().date().isoformat()


def _weighed(answer: Answer, source: Source, day: str) -> Answer:
    claims = tuple(
        replace(claim, confidence=round(claim.confidence * source.SURE, 3), day=day)
        for claim in answer.claims
    )
    return replace(answer, claims=claims)
