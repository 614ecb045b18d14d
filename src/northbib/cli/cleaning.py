"""Commands that clean a library: duplicates, rekey, tidy."""

from __future__ import annotations

import difflib
import sys
from typing import TYPE_CHECKING, Any

import click

from northbib.bibtex.encoding import detect
from northbib.cli.editing import noticed
from northbib.cli.querying import QueryCommand
from northbib.cli.session import FOUND, note, print_json, report, styled
from northbib.errors import UsageError
from northbib.library.duplicates.library import find, is_clear, plans
from northbib.library.duplicates.merging import LONGER, merge
from northbib.library.keys import Pattern
from northbib.library.keys.setting import key_pattern
from northbib.library.rekeying import rekey
from northbib.library.tidy.rules import NOT_BY_DEFAULT, RULES
from northbib.library.tidy.settings import chosen, settings_of
from northbib.library.tidying import tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from northbib.cli.session import Session
    from northbib.findings import Finding
    from northbib.library import Store, Stored
    from northbib.library.duplicates.combining import Conflict
    from northbib.library.duplicates.library import Copies
    from northbib.library.duplicates.merging import Merged, Plan
    from northbib.library.rekeying import Rekeyed
    from northbib.library.tidying import Result

__all__ = ["duplicates_command", "rekey_command", "tidy_command"]


_NO_END = "\n\\ No newline at end of file\n"


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
    clear = [pair for pair in found if merges and is_clear(*pair)]
    left = [pair for pair in found if pair not in clear]
    merged = merge(store, [(copies.records, prefer) for copies, _ in clear]) if clear else []
    if as_json:
        groups = [_group_as_json(copies, plan) for copies, plan in left]
        print_json({"merged": [_merged_as_json(each) for each in merged], "duplicates": groups})
    else:
        _show_merged(merged)
        for copies, plan in left:
            click.echo(_group(copies, plan if merges else None))
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
    if plan.obstacle:
        decides = "; --prefer KEY or --prefer longer decides" if plan.is_open else ""
        return f"{plan.obstacle}{decides}"
    why = "they are only alike" if not copies.objections else "something speaks against it"
    return f"{why}; at a terminal --merge asks"


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


@click.command("rekey", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--pattern", metavar="P", help="What keys are made of.")
@click.option("--dry-run", is_flag=True, help="Show what would be renamed; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def rekey_command(
    session: Session, query: tuple[str, ...], pattern: str | None, dry_run: bool, as_json: bool
) -> int:
    """Give records new citation keys, made by a pattern.

    The pattern is that of --pattern, else `pattern` below [keys] in .northbib.toml, else
    who + year.default("nd") + word. A key that the pattern makes already stays. An old key becomes
    an alias (ids), by which the record is found still, and entries that name it name the new one.
    Exit status 1 if a record could not be given a key.
    """
    store = session.store
    made = Pattern.parse(pattern) if pattern is not None else key_pattern(store.root)
    done = rekey(store, " ".join(query), made, dry_run=dry_run)
    if as_json:
        print_json([{"old": each.old, "new": each.new} for each in done.renamed])
    else:
        _show_rekeyed(done, dry_run=dry_run)
    report(done.left)
    return noticed(session) or (FOUND if done.left else 0)


def _show_rekeyed(done: Rekeyed, *, dry_run: bool) -> None:
    for each in done.renamed:
        click.echo(f"{each.old} -> {each.new}")
    count = len(done.renamed)
    would = "would be renamed" if dry_run else "renamed"
    others = f", {done.redirected} that name them changed" if done.redirected else ""
    note(f"{count} {'record' if count == 1 else 'records'} {would}{others}")


@click.command("tidy", cls=QueryCommand)
@click.argument("words", nargs=-1, metavar="[BIBLIOGRAPHY|QUERY]...")
@click.option("--check", "checks", is_flag=True, help="Write nothing; say what is not tidy.")
@click.option("--diff", "shows_diff", is_flag=True, help="Write nothing; show what would change.")
@click.option("--only", multiple=True, metavar="RULE", help="Follow this rule alone; repeatable.")
@click.option("--also", multiple=True, metavar="RULE", help="Follow this rule too; repeatable.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave this rule out; repeatable.")
@click.option("--rules", "lists_rules", is_flag=True, help="List all rules.")
@click.pass_obj
def tidy_command(
    session: Session,
    words: tuple[str, ...],
    checks: bool,
    shows_diff: bool,
    only: tuple[str, ...],
    also: tuple[str, ...],
    skip: tuple[str, ...],
    lists_rules: bool,
) -> int:
    """Lay out bibliographies in one way, and write each thing in one form.

    Names of bibliographies tidy these as a whole; a QUERY tidies the records that it finds; without
    either, all bibliographies are tidied. Nothing is lost: comments, macros and text stay, and so
    do entries that are broken. With --check or --diff the exit status is 1 if something would
    change.
    """
    if lists_rules:
        _list_rules()
        return 0
    store = session.store
    settings = chosen(settings_of(store.root), only, also, skip)
    dry_run = checks or shows_diff
    result = tidy(store, words, settings, dry_run=dry_run)
    if shows_diff:
        _show_diff(result)
    elif checks:
        _show_findings(result)
    else:
        for bibliography, _, tidied in result.files:
            click.echo(f"tidied {bibliography.file}: {_entries(tidied.findings)}")
    if not result.files:
        note("everything is tidy")
    return noticed(session) or (FOUND if result.files and dry_run else 0)


def _list_rules() -> None:
    width = max(map(len, RULES))
    for name, meaning in RULES.items():
        off = " (only if asked for)" if name in NOT_BY_DEFAULT else ""
        click.echo(f"{name.ljust(width)}  {meaning}{off}")


def _show_diff(result: Result) -> None:
    for bibliography, before, tidied in result.files:
        old, new = _lines(before), _lines(tidied.data)
        file = str(bibliography.file)
        for line in difflib.unified_diff(old, new, file, file):
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            ended = (
                line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
            )
            click.echo(styled(ended, fg=colour) if colour else ended, nl=False)


def _lines(data: bytes) -> list[str]:
    return detect(data).decode(data).splitlines(keepends=True)


def _show_findings(result: Result) -> None:
    for _, _, tidied in result.files:
        for finding in tidied.findings:
            click.echo(f"{finding.file}:{finding.line or 1}: {finding.message}")


def _entries(findings: Sequence[Finding]) -> str:
    count = sum(finding.key is not None for finding in findings)
    return f"{count} {'entry' if count == 1 else 'entries'}"
