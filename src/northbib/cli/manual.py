"""The manual pages: one a command, made of the text that `--help` shows.

`python -m northbib.cli.manual FOLDER` writes them; `make man` does so in the project's own folder.
The markup is that of man(7), as groff and mandoc read it.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.app import COMMANDS, cli
from northbib.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["main", "pages"]

_NAME = "northbib"

_STATUSES = {
    "0": "Done.",
    "1": "Done, and something was found: a check that fails, a file that would change, a record"
    " that was not added.",
    "2": "Wrong usage.",
    "3": "Something cannot be read or written.",
    "4": "Something is not there.",
    "5": "The network, or a host in it, fails.",
    "70": "A bug in northbib.",
    "130": "Interrupted.",
}
_VARIABLES = {
    "NORTHBIB_LIBRARY": "The library, where --library names none.",
    "NORTHBIB_DEBUG": "If it is set, a bug shows where it is.",
    "VISUAL, EDITOR": "What edits records.",
    "PAGER, LESS": "What shows long lists on a terminal; an empty PAGER, or cat, is none.",
    "NO_COLOR": "If it is set, nothing is coloured.",
    "COLUMNS, LINES": "The size of the terminal, where it is to be another one.",
    "XDG_CACHE_HOME, XDG_STATE_HOME": "Where the index and the journal stand.",
}
_SPECIAL = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
_WIDTH = 68
_DASH = "\\-"
_METAVAR = re.compile(r"(?:\\-){1,2}[a-z](?:\w|\\-)*|[A-Z][A-Z=|]*\b")


def pages() -> dict[str, str]:
    """Give the manual pages by the names of their files."""
    root = click.Context(cli, info_name=_NAME, **cli.context_settings)
    found = {_NAME: _root_page(root)}
    for name, (_, line) in COMMANDS.items():
        command = cli.get_command(root, name)
        if command is None:
            continue
        subcommands = getattr(command, "subcommands", {})
        below = [f"{_NAME}-{name}-{sub}" for sub in subcommands]
        context = click.Context(command, root, name)
        found[f"{_NAME}-{name}"] = _page(context, f"{_NAME}-{name}", line, below)
        for page, sub in zip(below, subcommands.values(), strict=True):
            context = click.Context(sub, root, f"{name} {sub.name}")
            found[page] = _page(context, page, _first_line(sub), [f"{_NAME}-{name}"])
    return {f"{name}.1": text for name, text in found.items()}


def _first_line(command: click.Command) -> str:
    return inspect.cleandoc(command.help or "").partition("\n\n")[0].replace("\n", " ")


def _page(context: click.Context, name: str, line: str, see: Iterable[str]) -> str:
    return _joined(
        _top(context, name, line),
        _section("OPTIONS", _options(context)),
        _section("EXIT STATUS", ["All are listed in", _reference(_NAME, ".")]),
        _section("SEE ALSO", _references([_NAME, *see])),
    )


def _root_page(context: click.Context) -> str:
    commands = [(_reference(f"{_NAME}-{name}"), line) for name, (_, line) in COMMANDS.items()]
    return _joined(
        _top(context, _NAME, _first_line(context.command)),
        _section("OPTIONS", _options(context)),
        _section("COMMANDS", _tagged(commands)),
        _section("EXIT STATUS", _tagged(_in_bold(_STATUSES))),
        _section("ENVIRONMENT", _tagged(_in_bold(_VARIABLES))),
        _section("SEE ALSO", _references(["biber", "bibtex", "git", "pandoc"])),
    )


def _top(context: click.Context, name: str, line: str) -> Iterator[str]:
    yield f'.TH {_escaped(name.upper())} 1 "" "northbib {__version__}" "northbib manual"'
    yield from _section("NAME", [f"{_escaped(name)} \\- {_escaped(line.removesuffix('.'))}"])
    pieces = " ".join(context.command.collect_usage_pieces(context))
    usage = [f".B {_escaped(context.command_path)}", _with_metavars(pieces)]
    yield from _section("SYNOPSIS", usage)
    help_text = inspect.cleandoc(context.command.help or "")
    epilog = inspect.cleandoc(context.command.epilog or "")
    yield from _section("DESCRIPTION", _prose(f"{help_text}\n\n{epilog}"))


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield f".SH {title}"
        yield from found


def _prose(text: str) -> Iterator[str]:
    """Give paragraphs; one that click leaves as it is, after a backspace, is left so here too."""
    for number, paragraph in enumerate(re.split(r"\n{2,}", text.strip())):
        if number:
            yield ".PP"
        if paragraph.startswith("\b\n"):
            lines = paragraph.removeprefix("\b\n").splitlines()
            yield from (".nf", ".RS 4", *map(_line, lines), ".RE", ".fi")
        else:
            yield from _filled(paragraph)


def _options(context: click.Context) -> Iterator[str]:
    params = context.command.get_params(context)
    options = (param for param in params if isinstance(param, click.Option))
    records = (option.get_help_record(context) for option in options)
    return _tagged((_with_metavars(names), text) for names, text in filter(None, records))


def _tagged(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for tag, text in pairs:
        yield from (".TP", tag, *_filled(text))


def _in_bold(known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f".B {_escaped(word)}", text) for word, text in known.items())


def _with_metavars(names: str) -> str:
    """Show options in bold, and what stands for something else in italics."""
    return _METAVAR.sub(_styled, _escaped(names))


def _styled(match: re.Match[str]) -> str:
    return f"\\f{'B' if match[0].startswith(_DASH) else 'I'}{match[0]}\\fR"


def _references(names: list[str]) -> Iterator[str]:
    for name in names[:-1]:
        yield _reference(name, ",")
    yield _reference(names[-1])


def _reference(name: str, behind: str = "") -> str:
    return f".BR {_escaped(name)} (1){behind}"


def _filled(text: str) -> Iterator[str]:
    return map(_line, textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False))


def _line(text: str) -> str:
    escaped = _escaped(text)
    return f"\\&{escaped}" if escaped.startswith(".") else escaped


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in text)


def _joined(*parts: Iterable[str]) -> str:
    head = '.\\" Written by `python -m northbib.cli.manual`: change the text of --help instead.'
    return "\n".join([head, *(line for part in parts for line in part)]) + "\n"


def main(folder: Path) -> None:
    """Write the pages into a folder, and take those away that belong to no command any more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob(f"{_NAME}*.1"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python -m northbib.cli.manual FOLDER")
    main(Path(sys.argv[1]))
