"""The command import: records of files, taken into the library once it is seen what they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from northbib.bibtex import Document, records
from northbib.cli.editing import noticed
from northbib.cli.input_files import opened
from northbib.cli.looking_up import today
from northbib.cli.session import FOUND, note, print_json, report, styled
from northbib.cli.short import in_short
from northbib.cli.terminal import can_ask, safe
from northbib.exchange.converting import read_stream
from northbib.exchange.formats import format_named
from northbib.exchange.protocol import Rejected
from northbib.exchange.recognising import HEAD, format_of
from northbib.library.adding import unmended
from northbib.library.importing import Arriving, Incoming, carry_out, counts, plan
from northbib.records import Record
from northbib.resolve.provenance import Origin, begin_anew, text_of_value, write_origins

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from northbib.cli.session import Session
    from northbib.exchange.formats import Format

__all__ = ["import_command"]

_BIBTEX = frozenset({"biblatex", "bibtex"})
_STATUSES = ("new", "same", "changed", "duplicate")
_COLOURS = {"new": "green", "changed": "yellow", "duplicate": "red"}


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--to", "bibliography", metavar="NAME", help="The bibliography that they go to.")
@click.option("--from", "from_name", metavar="FORMAT", help="Format of the files.")
@click.option("--tag", "topics", multiple=True, metavar="TOPIC", help="Give new ones this topic.")
@click.option("--update", is_flag=True, help="Take over what differs in records that are there.")
@click.option("--anyway", is_flag=True, help="Add duplicates as well, under keys of their own.")
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print what is found as JSON.")
@click.pass_obj
def import_command(
    session: Session,
    files: tuple[str, ...],
    bibliography: str | None,
    from_name: str | None,
    topics: tuple[str, ...],
    update: bool,
    anyway: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Import the records of files, and show first what is new, changed or there already.

    FILE is a file in any format that is read, or `-` for standard input. A record is compared with
    the one of its key; one with another key is a duplicate if it shares an identifier or is alike.
    A field that the record lacks is no difference. Entries of BibTeX keep their own text.

    With --update, records that are there take over what differs, but for their type.

    At a terminal you are asked once. Elsewhere what is new is written; changes only with --update,
    duplicates only with --anyway, and the exit status is 1 where something was left. All is one
    change, which `northbib undo` takes back.
    """
    entry = format_named(from_name) if from_name else None
    arriving, failed = _arriving(files, entry)
    incoming = plan(session.store, arriving)
    if as_json:
        print_json([_as_json(each) for each in incoming])
    else:
        _show(incoming)
    if not dry_run and not as_json and can_ask():
        agreed, update = _asked(incoming, update=update, anyway=anyway)
        if not agreed:
            return FOUND
    done = carry_out(
        session.store,
        incoming,
        bibliography,
        tags=topics,
        update=update,
        anyway=anyway,
        dry_run=dry_run,
    )
    if done and not dry_run:
        _remember(session, done)
        note(_imported(done, session.store.target(bibliography).name))
    is_left = failed or any(_is_left(each, update=update, anyway=anyway) for each in incoming)
    return noticed(session) or (FOUND if is_left else session.status)


def _is_left(each: Incoming, *, update: bool, anyway: bool) -> bool:
    if each.status == "changed":
        # Another type would make another entry of it, which a person decides.
        return not update or any(one.field == "type" for one in each.differences)
    return each.status == "duplicate" and not anyway


def _arriving(files: Sequence[str], entry: Format | None) -> tuple[list[Arriving], bool]:
    """Read files; say whether a record could not be read."""
    arriving: list[Arriving] = []
    failed = False
    for file in files:
        with opened(file) as stream:
            name = "<stdin>" if file == "-" else file
            known = entry or format_of(stream.peek(HEAD), name)
            if known.name in _BIBTEX:
                document = Document.parse(stream.read(), name)
                problems = unmended(document)
                report(problems)
                failed = failed or any(each.severity == "error" for each in problems)
                arriving += _entries(document, name)
                continue
            for found in read_stream(stream, name, known):
                if isinstance(found, Record):
                    arriving.append(Arriving(found, name))
                else:
                    failed = failed or isinstance(found, Rejected)
                    report([found.finding if isinstance(found, Rejected) else found])
    return arriving, failed


def _entries(document: Document, name: str) -> Iterator[Arriving]:
    """Give the entries of BibTeX; those that are no works have nothing but their keys."""
    of_entry = dict(records(document))
    for entry in document.entries:
        record = of_entry.get(entry) or Record(entry.key, "document")
        yield Arriving(record, name, entry.line, entry)


def _show(incoming: Sequence[Incoming]) -> None:
    for each in incoming:
        if each.status == "same":
            continue
        status = styled(each.status.ljust(9), fg=_COLOURS[each.status])
        key = styled(each.record.key or "-", fg="cyan")
        click.echo(f"{status}  {key}  {safe(in_short(each.record))}")
        if each.there is not None and each.status == "duplicate":
            place = f"{each.there.file}:{each.there.line}" if each.there.line else each.there.file
            click.echo(f"  is {each.there.key} at {place}: {', '.join(each.reasons)}")
        elif each.reasons:
            click.echo(f"  {', '.join(each.reasons)}")
        if each.status == "changed":
            for one in each.differences:
                ours = f"{safe(one.ours)!r} -> " if one.ours else ""
                click.echo(f"  {one.field}: {ours}{safe(one.theirs)!r}")
    note(_summary(incoming))


def _summary(incoming: Sequence[Incoming]) -> str:
    number = counts(incoming)
    return ", ".join(f"{number[status]} {status}" for status in _STATUSES)  # type: ignore[index]


def _asked(incoming: Sequence[Incoming], *, update: bool, anyway: bool) -> tuple[bool, bool]:
    """Ask once what is to be written; give whether anything is, and whether changes are."""
    number = counts(incoming)
    new = number["new"] + (number["duplicate"] if anyway else 0)
    changed = number["changed"]
    if not new and not changed:
        return True, update
    if not changed or update:
        what = f"{new} new" + (f" and {changed} changed" if changed else "")
        return click.confirm(f"import {what}?", default=False, err=True), update
    question = f"import {new} new? y, n, or u to take over what differs in {changed} as well"
    answer = click.prompt(question, default="n", err=True).strip().lower()
    return answer in ("y", "yes", "u"), answer == "u"


def _imported(done: Sequence[Incoming], name: str) -> str:
    number = Counter("changed" if each.status == "changed" else "new" for each in done)
    parts = [f"added {number['new']} to {name}"] if number["new"] else []
    parts += [f"changed {number['changed']}"] if number["changed"] else []
    return ", ".join(parts) + "; northbib undo takes it back"


def _remember(session: Session, done: Sequence[Incoming]) -> None:
    """Keep which file the fields come from, and when."""
    folder, day = session.store.folder, today().isoformat()
    begin_anew(folder, [each.record.key for each in done if each.status == "new"])
    origins = []
    for each in done:
        names = {one.field for one in each.differences} if each.status == "changed" else None
        source = f"file:{each.arriving.file if each.arriving else ''}"
        origins += [
            Origin(each.record.key, name, text_of_value(value), source, day)
            for name, value in each.record.values.items()
            if names is None or name in names
        ]
    write_origins(folder, origins)


def _as_json(each: Incoming) -> dict[str, Any]:
    there = each.there
    return {
        "key": each.record.key,
        "status": each.status,
        "there": None
        if there is None
        else {"key": there.key, "file": str(there.file), "line": there.line},
        "reasons": list(each.reasons),
        "differences": [
            {"field": one.field, "ours": one.ours, "theirs": one.theirs} for one in each.differences
        ],
    }
