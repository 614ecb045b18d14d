"""The command import: records of files, taken into the library once it is seen what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from northbib.bibtex.parts import Sourced, Unread
from northbib.cli.editing import noticed
from northbib.cli.input_files import named_parts
from northbib.cli.looking_up import today
from northbib.cli.session import FOUND, note, print_json_list, report, styled
from northbib.cli.short import in_short
from northbib.cli.terminal import can_ask, safe
from northbib.exchange.biblatex import Entries
from northbib.exchange.formats import format_named
from northbib.exchange.protocol import Rejected
from northbib.library.importing import Arriving, carry_out, plan
from northbib.records import Record
from northbib.resolve.provenance import Origin, begin_anew, text_of_value, write_origins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.cli.session import Session
    from northbib.exchange.formats import Format
    from northbib.findings import Finding
    from northbib.library.importing import Incoming, Plan, Status

__all__ = ["import_command"]

_STATUSES: tuple[Status, ...] = ("new", "same", "changed", "duplicate")
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

    With --update, records that are there take over what differs, and their type with it. An entry
    that others take fields from keeps its type, and is named.

    At a terminal you are asked once. Elsewhere what is new is written; changes only with --update,
    duplicates only with --anyway, and the exit status is 1 where something was left. All is one
    change, which `northbib undo` takes back.
    """
    entry = format_named(from_name) if from_name else None
    source = _Source(files, entry)
    incoming = plan(session.store, source.arriving())
    if as_json:
        print_json_list(_as_json(each) for each in incoming)
    else:
        _show(incoming)
    if not dry_run and not as_json and can_ask():
        agreed, update = _asked(incoming.counts, update=update, anyway=anyway)
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
        note(_imported(done.counts, session.store.target(bibliography).name))
    number = incoming.counts
    is_left = (number["changed"] and not update) or (number["duplicate"] and not anyway)
    return noticed(session) or (FOUND if is_left or source.has_failed else session.status)


class _Source:
    """The files that records arrive in.

    Attributes:
        has_failed: Whether a record could not be read.
    """

    def __init__(self, files: Sequence[str], entry: Format | None) -> None:
        self._files = files
        self._entry = entry
        self.has_failed = False

    def arriving(self) -> Iterator[Arriving]:
        """Give the records one by one, and say what is found in place of some."""
        for name, part in named_parts(self._files, self._entry, "comparing, MB"):
            if isinstance(part, Entries):
                yield from self._entries(part, name)
                continue
            for found in part.read():
                if isinstance(found, Record):
                    yield Arriving(found, name)
                else:
                    self._say(found)

    def _entries(self, part: Entries, name: str) -> Iterator[Arriving]:
        """Give the entries of BibTeX; those that are no works have nothing but their keys."""
        keyless: set[int] = set()
        for found in part.part.sourced():
            if isinstance(found, Sourced):
                record = found.record or Record(found.entry.key, "document")
                keyless.update(() if found.entry.key else [found.line])
                yield Arriving(record, name, found.line, found.entry)
            elif isinstance(found, Unread):
                self._say(Rejected(found.finding, found.data))
            elif found.code != "entry-without-key" or found.line not in keyless:
                # Those without a key are given one.
                self._say(found)

    def _say(self, found: Finding | Rejected) -> None:
        finding = found.finding if isinstance(found, Rejected) else found
        is_lost = isinstance(found, Rejected) or finding.severity == "error"
        self.has_failed = self.has_failed or is_lost
        report([finding])


def _show(incoming: Plan) -> None:
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
    note(_summary(incoming.counts))


def _summary(number: Mapping[Status, int]) -> str:
    return ", ".join(f"{number[status]} {status}" for status in _STATUSES)


def _asked(number: Mapping[Status, int], *, update: bool, anyway: bool) -> tuple[bool, bool]:
    """Ask once what is to be written; give whether anything is, and whether changes are."""
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


def _imported(number: Mapping[Status, int], name: str) -> str:
    parts = [f"added {number['new']} to {name}"] if number["new"] else []
    parts += [f"changed {number['changed']}"] if number["changed"] else []
    return ", ".join(parts) + "; northbib undo takes it back"


def _remember(session: Session, done: Plan) -> None:
    """Keep which file the fields come from, and when."""
    folder, day = session.store.folder, today().isoformat()
    begin_anew(folder, (each.record.key for each in done.of("new")))
    write_origins(folder, (origin for each in done for origin in _origins(each, day)))


def _origins(each: Incoming, day: str) -> Iterator[Origin]:
    names = {one.field for one in each.differences} if each.status == "changed" else None
    source = f"file:{each.arriving.file if each.arriving else ''}"
    for name, value in each.record.values.items():
        if names is None or name in names:
            yield Origin(each.record.key, name, text_of_value(value), source, day)


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
