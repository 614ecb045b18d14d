"""The command formats: the table of formats, and that of the systems they are written for."""

from __future__ import annotations

from importlib import import_module
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from northbib.cli.session import print_json, styled
from northbib.cli.terminal import width
from northbib.exchange.formats import FORMATS, Format

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["formats_command"]

_INDENT = " " * 4
_NARROWEST = 24


@click.command("formats")
@click.option("--profiles", is_flag=True, help="List the systems that --profile writes for.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def formats_command(profiles: bool, as_json: bool) -> int:
    """List the bibliographic formats, with what each reads, writes and cannot hold."""
    if profiles:
        _show_profiles(as_json=as_json)
    elif as_json:
        print_json([_as_json(entry) for entry in FORMATS.values()])
    else:
        _show(("name", "", "endings", "format"), [_row(entry) for entry in FORMATS.values()])
    return 0


def _row(entry: Format) -> tuple[tuple[str, ...], list[str]]:
    """Give what stands in the columns, and what stands below in the last of them."""
    more = [f"cannot hold {entry.cannot}"] if entry.cannot else []
    cells = (entry.name, _directions(entry), " ".join(entry.extensions), entry.title)
    return cells, [entry.media_type, entry.specification, *more]


def _show(head: tuple[str, ...], rows: Sequence[tuple[tuple[str, ...], list[str]]]) -> None:
    cells_of = [head, *(cells for cells, _ in rows)]
    widths = [max(len(cells[at]) for cells in cells_of) for at in range(len(head) - 1)]
    room = max(width() - len(_INDENT), _NARROWEST)
    for cells, below in [(head, []), *rows]:
        first = [cell.ljust(size) for cell, size in zip(cells, widths, strict=False)]
        # Colours take no room of the column.
        name = styled(cells[0], bold=True) if below else cells[0]
        line = "  ".join((*first, cells[-1]))
        fits = len(line) <= width()
        line = line if fits else "  ".join(first)
        click.echo(f"{name}{line[len(cells[0]) :]}".rstrip())
        for text in below if fits else [cells[-1], *below]:
            for each in wrap(text, room, break_long_words=False, break_on_hyphens=False):
                click.echo(_INDENT + styled(each, dim=True))


def _show_profiles(*, as_json: bool) -> None:
    profiles = import_module("northbib.exchange.profiles").PROFILES.values()
    if as_json:
        print_json(
            [
                {"name": e.name, "title": e.title, "formats": list(e.formats), "takes": e.takes}
                for e in profiles
            ]
        )
        return
    rows = [((e.name, ", ".join(e.formats), e.title), [e.takes]) for e in profiles]
    _show(("name", "formats", "system"), rows)


def _directions(entry: Format) -> str:
    return "reads, writes" if entry.reads and entry.writes else "reads" if entry.reads else "writes"


def _as_json(entry: Format) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "reads": entry.reads,
        "writes": entry.writes,
        "extensions": list(entry.extensions),
        "media_type": entry.media_type,
        "specification": entry.specification,
        "cannot": entry.cannot,
    }
