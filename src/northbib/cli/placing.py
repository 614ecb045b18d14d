"""`embed --init`, which puts the markers of a section into an article."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.session import FOUND, report
from northbib.embed.article import Article
from northbib.embed.cited import cited_in
from northbib.embed.comments import Comment
from northbib.embed.files import Embedded
from northbib.embed.markers import BEGIN, Marker, words_of
from northbib.embed.markups import markup_of
from northbib.embed.pending import Pending
from northbib.embed.placing import quoted, with_section
from northbib.embed.rendering import ListMaker
from northbib.embed.request import asked
from northbib.errors import NotFoundError, UsageError
from northbib.library.disk.files import read_bytes

if TYPE_CHECKING:
    from northbib.cli.refreshing import Wishes
    from northbib.cli.session import Session

__all__ = ["article_at", "finish", "run"]

_NOWHERE = Comment(start=0, end=0, body=0, text="", indent="")


def run(session: Session, wishes: Wishes) -> int:
    """Put markers into an article; give the exit status.

    Args:
        session: The run of the command line.
        wishes: The article, and after it the words of the section.
    """
    path, *words = wishes.names
    article, data = article_at(path)
    request = quoted(words) or _default(session, article)
    _check(session, article, request)
    after, line = with_section(article, request)
    said = f"{path}:{line}: markers put in; northbib embed {path} writes the list"
    return finish([(Embedded(path, before=data, after=after), said)], diff=wishes.diff)


def _check(session: Session, article: Article, words: str) -> None:
    """Refuse the words of a section of which no list could be made.

    Raises:
        UsageError: An option or the query makes no sense.
        NotFoundError: A key or the style is not there.
    """
    found = asked(article, Marker(BEGIN, words_of(words), _NOWHERE), session.styles)
    for fault in found.faults:
        raise UsageError(fault.message, hint=fault.fix)
    for wrong in ListMaker(session.silent_store, session.styles).faults(found.request):
        raise wrong.error


def article_at(path: str) -> tuple[Article, bytes]:
    """Read an article; give it and its bytes.

    Raises:
        NorthbibError: It is not there, or cannot be read.
    """
    markup = markup_of(path)
    if not Path(path).exists():
        raise NotFoundError("there is no such article", where=path)
    data = read_bytes(Path(path))
    return Article.read(data, path, markup), data


def finish(changes: list[tuple[Embedded, str]], *, diff: bool) -> int:
    """Show changes or write them, each with what is said of it; give the exit status."""
    if diff:
        for change, _ in changes:
            click.echo(change.diff, nl=False)
        return FOUND if any(change.changed for change, _ in changes) else 0
    pending = Pending()
    try:
        for change, _ in changes:
            pending.add(change.path, change.before or b"", change.after or b"")
        said = iter(changes)
        status = 0
        for (_, finding), (_, sentence) in zip(pending.write(), said, strict=True):
            if finding is None:
                click.echo(sentence)
            else:
                report([finding])
                status = FOUND
    finally:
        pending.close()
    return status


def _default(session: Session, article: Article) -> str:
    """Give what a section lists where that is not said.

    That is what the article cites, else the only bibliography there is.
    """
    names = list(session.silent_store.bibliographies)
    if any(cite.sure for cite in cited_in(article)):
        return "cited=yes"
    if len(names) == 1:
        return f"in:{names[0]}"
    raise UsageError(
        "say what the section is to list",
        hint=f"such as: northbib embed --init {article.name} topic:NAME",
    )
