"""Commands for people who share a library: diff, and the merge driver of git."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from northbib.bibtex.merging import MARKER_SIZE, merge, merge_by_line
from northbib.cli.session import FOUND, note, print_json, styled
from northbib.library.disk.files import read_bytes, write_atomically
from northbib.library.sharing.differences import KINDS, differences
from northbib.library.sharing.states import read_state, state_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.bibtex.merging import Merged
    from northbib.cli.session import Session
    from northbib.library.sharing.differences import Change, FieldChange

__all__ = ["diff_command", "merge_driver_command"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("merge-driver")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path", required=False)
@click.option(
    "--marker-size",
    type=click.IntRange(min=1),
    default=MARKER_SIZE,
    show_default=True,
    metavar="N",
    help="Length of the marks of a conflict.",
)
def merge_driver_command(
    base: Path, ours: Path, theirs: Path, path: str | None, marker_size: int
) -> int:
    """Merge a bibliography for git, by entry and field.

    OURS and THEIRS are versions of BASE; the result is written to OURS. PATH is what the file is
    called. `northbib init --git` has git call this. Exit status 1 if conflicts are left, which
    stand in OURS between the usual marks.
    """
    merged = _merged(read_bytes(base), read_bytes(ours), read_bytes(theirs), marker_size)
    write_atomically(ours, merged.data)
    for conflict in merged.conflicts:
        note(f"{path or ours}:{conflict.line}: conflict: {conflict.what}")
    return FOUND if merged.conflicts else 0


def _merged(base: bytes, ours: bytes, theirs: bytes, marker_size: int) -> Merged:
    try:
        return merge(base, ours, theirs, marker_size)
    except Exception as error:  # noqa: BLE001 - whatever is wrong here must not lose a version
        note(f"this is a bug in northbib: {type(error).__name__}: {error}; merged by line instead")
        return merge_by_line(base, ours, theirs, marker_size)


@click.command("diff")
@click.argument("old", metavar="[A]", default="HEAD")
@click.argument("new", metavar="[B]", required=False)
@click.option("--source", is_flag=True, help="Tell also of what is only written in another way.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff_command(session: Session, old: str, new: str | None, source: bool, as_json: bool) -> int:
    """Show what differs between two states of a library, by entry and field.

    A and B are files, folders, revisions of git (HEAD~1), or REVISION:PATH. A revision alone is
    that of the library.  [default: A is HEAD, B the library as it is]

    Values are compared as BibTeX reads them. Exit status 0 if nothing differs, 1 if something does.
    """
    one = read_state(old, session.path)
    other = state_of(session.path) if new is None else read_state(new, session.path)
    found = differences(one, other, source=source)
    if as_json:
        print_json([_as_json(change) for change in found])
    else:
        for change in found:
            _show(change)
        note(_summed_up(found))
    return FOUND if found else 0


_PREPOSITIONS = {"added": "to", "removed": "from"}
_COLOURS = {"added": "green", "removed": "red"}
_NOUNS = {"broken": "the broken entry", "entry": "", "macro": "@string"}
_LINE = 72


def _show(change: Change) -> None:
    """Print a change: a line for what happened, and one or two for each field."""
    kinds = change.kinds
    verb = styled(" and ".join(kinds), fg=_COLOURS.get(kinds[0], "yellow"))
    title = f": {change.title}" if change.title else ""
    click.echo(f"{verb} {_thing(change)} {_where(change)}{title}")
    for field in change.fields:
        _show_field(field)


def _thing(change: Change) -> str:
    noun = _NOUNS.get(change.what, f"a {change.what}" if change.what != "text" else "text")
    old, new = change.old, change.new
    keys = dict.fromkeys(place.key for place in (old, new) if place and place.key)
    return " ".join(word for word in (noun, " -> ".join(keys)) if word)


def _where(change: Change) -> str:
    files = dict.fromkeys(place.file for place in (change.old, change.new) if place)
    if len(files) > 1:
        return "from {} to {}".format(*files)
    return f"{_PREPOSITIONS.get(change.kinds[0], 'in')} {change.place.file}"


def _show_field(field: FieldChange) -> None:
    name, old, new = field
    if old is not None and new is not None and len(name) + len(old) + len(new) < _LINE:
        click.echo(f"  {name}: {styled(old, fg='red')} -> {styled(new, fg='green')}")
        return
    if old is not None:
        click.echo(f"  - {name}: {styled(old, fg='red')}")
    if new is not None:
        click.echo(f"  + {name}: {styled(new, fg='green')}")


def _as_json(change: Change) -> dict[str, Any]:
    return {
        "what": change.what,
        "changes": list(change.kinds),
        "old": change.old and change.old._asdict(),
        "new": change.new and change.new._asdict(),
        "title": change.title or None,
        "fields": [field._asdict() for field in change.fields],
    }


def _summed_up(found: Sequence[Change]) -> str:
    counts = Counter(kind for change in found for kind in change.kinds)
    return ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]) or "no differences"
