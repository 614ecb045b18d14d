"""The command that looks for faults: check."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from northbib.cli.fetching import fetching_options
from northbib.cli.querying import QueryCommand, unmatched
from northbib.cli.reporting import coloured, format_options, print_report, summed_up
from northbib.cli.session import FOUND, note, print_json, report, styled
from northbib.errors import UsageError
from northbib.library.check import check
from northbib.library.checking.choice import choice_of
from northbib.library.checking.replacing import with_replacements
from northbib.library.mending import mend
from northbib.library.rules import GROUPS, all_codes, rule
from northbib.library.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.cli.session import Session
    from northbib.findings import Finding
    from northbib.library.check import Found
    from northbib.library.checking.choice import Choice
    from northbib.library.checking.rule import Rule
    from northbib.library.mending import Mended

__all__ = ["check_command", "print_found", "say_mended"]

_WIDEST = len("warning")
_EXACT = ("json", "sarif")
"""Formats that tell what a fix replaces."""


@click.command("check", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--fix", is_flag=True, help="Put right what needs no person, in one change.")
@click.option("--select", multiple=True, metavar="CODE", help="Ask this rule alone; repeatable.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave a rule out; repeatable.")
@click.option("--links", is_flag=True, help="Ask over the network where the links lead.")
@click.option(
    "--archive", is_flag=True, help="--links, and look for archived copies of live ones, too."
)
@click.option("--save", is_flag=True, help="--archive, and have copies taken where there are none.")
@click.option(
    "--updates", is_flag=True, help="Ask registries for retractions, corrections, new editions."
)
@fetching_options
@format_options
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--explain", metavar="CODE", help="Say what a rule is about, with an example.")
@click.option("--rules", "lists_rules", is_flag=True, help="List all rules.")
@click.pass_obj
def check_command(
    session: Session,
    query: tuple[str, ...],
    fix: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    links: bool,
    archive: bool,
    save: bool,
    updates: bool,
    form: str,
    as_json: bool,
    explain: str | None,
    lists_rules: bool,
) -> int:
    """Look for what is wrong with the library, or with what a query finds.

    Each line names file, line, column, severity and the code of the rule. Exit status 0 if
    nothing was found, 1 if something was. For the words of a QUERY see `northbib list --help`.

    A comment before an entry makes an exception for it: `% northbib: ignore CODE`. Rules are left
    out, weighed otherwise or excepted for keys in `.northbib.toml` beside the bibliographies.

    With --links or --updates it is the network that is asked, and not the rules about text. What
    could not be found out is a finding, too; exit status 5 if nobody at all could be reached.
    """
    if explain is not None:
        click.echo(_explained(rule(explain)), nl=False)
        return 0
    if lists_rules:
        _list_rules(as_json=as_json)
        return 0
    store = session.silent_store
    choice = choice_of(read_settings(store.root), store.root, select, ignore)
    words = " ".join(query)
    form = "json" if as_json else form
    kinds = {"links": links or archive or save, "updates": updates}
    _refuse_unasked(select, kinds)
    if any(kinds.values()):
        module = import_module("northbib.cli.links_and_updates")
        wishes = module.Wishes(**kinds, archive=archive, save=save)
        status: int = module.watch_over(session, words, choice, wishes, fix=fix, form=form)
        return status
    status = _fix(session, words, choice) if fix else 0
    checked = check(store, words, choice)
    findings = print_found(form, checked.found, checked.rules)
    if form == "text":
        is_empty = words and not (checked.entries or findings)
        said = unmatched(store, words) if is_empty else None
        note(said or summed_up(findings, checked.entries, "entry", "entries"))
    return FOUND if checked.found else status


def print_found(form: str, found: Sequence[Found], rules: Sequence[Rule]) -> list[Finding]:
    """Print a report of what was found, and give the findings."""
    findings = [with_replacements(each) if form in _EXACT else each.finding for each in found]
    print_report(form, findings, [each.help() for each in rules])
    return findings


def _refuse_unasked(select: Sequence[str], kinds: Mapping[str, bool]) -> None:
    for each in map(rule, select):
        if each.asks and not kinds[each.asks]:
            raise UsageError(
                f"{each.code} asks over the network", hint=f"add --{each.asks} to ask for it"
            )


def _fix(session: Session, query: str, choice: Choice) -> int:
    return say_mended(session, mend(session.silent_store, query, choice))


def say_mended(session: Session, mended: Mended) -> int:
    """Say what was put right, and give the exit status."""
    if mended.change is None:
        note("nothing to fix")
        return 0
    count = len(mended.findings)
    entries = len({(finding.file, finding.key) for finding in mended.findings})
    note(
        f"fixed {count} fault{'' if count == 1 else 's'}"
        f" in {entries} {'entry' if entries == 1 else 'entries'};"
        f" northbib undo {mended.change.number} takes it back"
    )
    report(session.silent_store.notices)
    return FOUND if session.silent_store.notices else 0


def _list_rules(*, as_json: bool) -> None:
    rules = [rule(code) for code in all_codes()]
    if as_json:
        names = ("code", "severity", "sentence", "reason", "bad", "good", "fix")
        print_json([{name: getattr(each, name) for name in names} for each in rules])
        return
    width = max(len(each.code) for each in rules)
    for group, codes in GROUPS.items():
        click.echo(styled(group, bold=True))
        for each in map(rule, codes):
            severity = coloured(each.severity) + " " * (_WIDEST - len(each.severity))
            mark = "fix" if each.fix else "   "
            click.echo(f"  {each.code.ljust(width)}  {severity}  {mark}  {each.sentence}")


def _explained(each: Rule) -> str:
    lines = [
        f"{styled(each.code, bold=True)}, {coloured(each.severity)}",
        "",
        each.sentence,
        each.reason,
    ]
    for title, example in (("Wrong:", each.bad), ("Right:", each.good)):
        if example:
            lines += ["", title, *(f"    {text}" for text in example.splitlines())]
    if each.fix:
        lines += ["", f"Fix: {each.fix}."]
    return "\n".join(lines) + "\n"
