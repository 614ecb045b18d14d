"""The command that finds works that are there twice, and merges them: duplicates."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from northbib.cli.editing import noticed
from northbib.cli.querying import QueryCommand, unmatched
from northbib.cli.session import FOUND, note, print_json, styled
from northbib.errors import UsageError
from northbib.library.duplicates.library import find, is_clear, plans
from northbib.library.duplicates.merging import LONGER, merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session
    from northbib.library import Store, Stored
    from northbib.library.duplicates.combining import Conflict
    from northbib.library.duplicates.library import Copies
    from northbib.library.duplicates.merging import Merged, Plan

__all__ = ["duplicates_command"]


@click.command("duplicates", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--merge", "merges", is_flag=True, help="Make one entry of each work.")
@click.option(
    "--prefer",
    default="",
    metavar="KEY|longer",
    help="Of values that differ keep those of this entry, or the longer ones.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def duplicates_command(
    session: Session, query: tuple[str, ...], merges: bool, prefer: str, as_json: bool
) -> int:
    """Find records that are of one work, and merge them.

    Each group comes with how sure it is, and why. With a QUERY, only groups that have a record
    which it finds.

    At a terminal, --merge shows each group and asks. Elsewhere it merges those that share an
    identifier and differ in nothing that counts, and lists the others. No field is lost: what only
    one entry has is taken over, old keys become aliases (ids), and entries that name them name the
    one that stays. Exit status 1 if duplicates are left.
    """
    if prefer and not merges:
        raise UsageError("--prefer says how to merge", hint="give --merge too")
    store = session.silent_store
    session.report(each for each in store.problems if each.code != "duplicate-key")
    found = plans(store, _found(store, query, prefer), prefer)
    if merges and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        return _ask(session, found)
    is_named = prefer not in ("", LONGER)
    clear = [pair for pair in found if merges and is_clear(*pair, is_named=is_named)]
    left = [pair for pair in found if pair not in clear]
    merged = merge(store, [(copies.records, prefer) for copies, _ in clear]) if clear else []
    if as_json:
        groups = [_group_as_json(copies, plan) for copies, plan in left]
        print_json({"merged": [_merged_as_json(each) for each in merged], "duplicates": groups})
    else:
        _show_merged(merged)
        for copies, plan in left:
            click.echo(_group(copies, plan if merges else None))
        if query and not found and not store.find(" ".join(query)):
            note(unmatched(store, " ".join(query)))
        else:
            _sum_up(left)
    return noticed(session) or (FOUND if left else session.status)


def _found(store: Store, query: Sequence[str], prefer: str) -> list[Copies]:
    found = find(store, " ".join(query))
    if not prefer or prefer == LONGER:
        return found
    chosen_ones = [copies for copies in found if _member(copies, prefer)]
    if not chosen_ones:
        raise UsageError(f"{prefer!r} has no duplicates", hint="northbib duplicates lists them")
    return chosen_ones


def _member(copies: Copies, key: str) -> Stored | None:
    wanted = key.lower()
    return next((each for each in copies.records if each.record.key.lower() == wanted), None)


def _group(copies: Copies, plan: Plan | None) -> str:
    """Give a group for people: how sure it is and why, and a line for each record."""
    reasons = ", ".join((*copies.reasons, *(f"but {text}" for text in copies.objections)))
    certain = " certain" if copies.group.is_certain else ""
    lines = [f"{styled(f'{copies.group.score:.2f}{certain}', bold=True)}  {reasons}"]
    keys = [stored.record.key for stored in copies.records]
    places = [f"{stored.file}:{stored.line}" for stored in copies.records]
    key_width, place_width = max(map(len, keys)), max(map(len, places))
    for stored, key, place in zip(copies.records, keys, places, strict=True):
        shown = styled(key.ljust(key_width), fg="cyan")
        lines.append(f"  {shown}  {place.ljust(place_width)}  {_work(stored)}")
    if plan is not None:
        lines += [f"  {conflict}" for conflict in plan.conflicts if conflict.is_grave]
        lines += [f"  not merged: {_why_not(copies, plan)}"]
    return "\n".join(lines)


def _work(stored: Stored) -> str:
    record = stored.record
    names = record.names("author") or record.names("editor")
    who = ", ".join(name.family or name.literal for name in names[:2])
    year = "" if record.year is None else str(record.year)
    head = " ".join(part for part in (who, "et al." if len(names) > 2 else "", year) if part)
    return ": ".join(part for part in (head, record.title) if part)


def _why_not(copies: Copies, plan: Plan) -> str:
    either = " or --prefer longer" if copies.group.is_certain else ""
    if plan.obstacle:
        return plan.obstacle + (f"; --prefer KEY{either} decides" if plan.is_open else "")
    why = "something speaks against it" if copies.objections else "they are only alike"
    return f"{why}; --prefer KEY merges them, and at a terminal --merge asks"


def _show_merged(merged: Sequence[Merged]) -> None:
    for each in merged:
        gone = " and ".join(each.gone) or "its copy"
        click.echo(f"merged {gone} into {each.key}")
        for conflict in each.conflicts:
            click.echo(f"  {conflict}")


def _sum_up(left: Sequence[tuple[Copies, Plan]]) -> None:
    count = len(left)
    if count:
        records = sum(len(copies.records) for copies, _ in left)
        note(f"{count} {'work' if count == 1 else 'works'} with {records} records")
    else:
        note("no duplicates")


def _group_as_json(copies: Copies, plan: Plan) -> dict[str, Any]:
    return {
        "score": round(copies.group.score, 4),
        "certain": copies.group.is_certain,
        "reasons": list(copies.reasons),
        "objections": list(copies.objections),
        "obstacle": plan.obstacle or None,
        "conflicts": [_conflict_as_json(conflict) for conflict in plan.conflicts],
        "records": [
            {
                "key": stored.record.key,
                "bibliography": stored.bibliography,
                "file": str(stored.file),
                "line": stored.line,
            }
            for stored in copies.records
        ],
    }


def _merged_as_json(merged: Merged) -> dict[str, Any]:
    conflicts = [_conflict_as_json(conflict) for conflict in merged.conflicts]
    return {"key": merged.key, "gone": list(merged.gone), "conflicts": conflicts}


def _conflict_as_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "field": conflict.field,
        "kept": conflict.kept,
        "left": conflict.left,
        "source": conflict.source,
    }


def _ask(session: Session, found: Sequence[tuple[Copies, Plan]]) -> int:
    """Show each group and ask; all that is to be merged is merged at the end, in one change."""
    wishes: list[tuple[Sequence[Stored], str]] = []
    for place, (copies, plan) in enumerate(found, 1):
        click.echo(f"\n{place} of {len(found)}: {_group(copies, None)}")
        if plan.obstacle and not plan.is_open:
            click.echo(f"  cannot be merged: {plan.obstacle}")
            continue
        for conflict in plan.conflicts:
            click.echo(f"  {conflict}")
        answer = _answer(copies, plan)
        if answer == "q":
            break
        if answer:
            wishes.append((copies.records, answer))
    _show_merged(merge(session.store, wishes) if wishes else [])
    return noticed(session) or (FOUND if len(wishes) < len(found) else 0)


def _answer(copies: Copies, plan: Plan) -> str:
    """Ask what is to become of a group: the key whose values stay, `longer`, "" or `q`."""
    key = plan.kept.entry.key
    question = f"merge into {key}? y, n, l for the longer values, another key, q to stop asking"
    while True:
        answer = click.prompt(question, default="n").strip()
        if answer in ("y", "yes"):
            return key
        if answer in ("n", "no"):
            return ""
        if answer in ("l", LONGER):
            return LONGER
        if answer in ("q", "quit"):
            return "q"
        if (stored := _member(copies, answer)) is not None:
            return stored.record.key
        note(f"{answer!r} is none of that")
