"""The command that looks for faults: check."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from northbib.cli.querying import QueryCommand
from northbib.cli.reporting import coloured, format_options, print_report, summed_up
from northbib.cli.session import FOUND, note, print_json, report, styled
from northbib.library.check import check
from northbib.library.checking.choice import choice_of
from northbib.library.checking.replacing import with_replacements
from northbib.library.mending import mend
from northbib.library.rules import GROUPS, all_codes, rule
from northbib.library.settings import read_settings

if TYPE_CHECKING:
    from northbib.cli.session import Session
    from northbib.library.checking.choice import Choice
    from northbib.library.checking.rule import Rule

__all__ = ["check_command"]

_WIDEST = len("warning")
_EXACT = ("json", "sarif")
"""Formats that tell what a fix replaces."""


@click.command("check", cls=QueryCommand)
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--fix", is_flag=True, help="Put right what needs no person, in one change.")
@click.option("--select", multiple=True, metavar="CODE", help="Ask this rule alone; repeatable.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave a rule out; repeatable.")
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
    status = _fix(session, words, choice) if fix else 0
    checked = check(store, words, choice)
    form = "json" if as_json else form
    findings = checked.findings
    if form in _EXACT:
        findings = [with_replacements(each) for each in checked.found]
    print_report(form, findings, [each.help() for each in checked.rules])
    if form == "text":
        note(summed_up(findings, checked.entries, "entry", "entries"))
    return FOUND if checked.found else status


def _fix(session: Session, query: str, choice: Choice) -> int:
    mended = mend(session.silent_store, query, choice)
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
