"""Commands that write a library in one way: rekey, tidy."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from northbib.bibtex.encoding import detect
from northbib.cli.editing import noticed
from northbib.cli.querying import QueryCommand, unmatched
from northbib.cli.session import FOUND, note, print_json, report, styled
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
    from northbib.library.rekeying import Rekeyed
    from northbib.library.tidying import Result

__all__ = ["rekey_command", "tidy_command"]


_NO_END = "\n\\ No newline at end of file\n"


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
    elif query and not done.renamed and not done.left and not store.find(" ".join(query)):
        note(unmatched(store, " ".join(query)))
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
        is_unmatched = words and result.is_empty
        note(unmatched(store, " ".join(words)) if is_unmatched else "everything is tidy")
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
