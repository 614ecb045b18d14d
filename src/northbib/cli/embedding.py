"""The command that writes reading lists into articles: embed."""

from __future__ import annotations

import shlex
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.clipboard import copy
from northbib.cli.querying import QueryCommand
from northbib.cli.refreshing import Wishes, refresh
from northbib.cli.reporting import format_options
from northbib.errors import UsageError
from northbib.library.disk.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from northbib.cli.session import Session

__all__ = ["embed_command"]

_MODES = {"check": "--check", "watch": "--watch", "starts": "--init", "clean": "--clean"}
_SEVERAL = "do one thing after the other"


@click.command("embed", cls=QueryCommand)
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--check", is_flag=True, help="Write nothing; status 1 if a section would change.")
@click.option("--diff", is_flag=True, help="Write nothing; show what would change, status 1 if so.")
@click.option("--force", is_flag=True, help="Write sections that were edited by hand as well.")
@click.option(
    "--watch", is_flag=True, help="Write again whenever an article or the library is saved."
)
@click.option(
    "--init",
    "starts",
    is_flag=True,
    help="Put markers into the first ARTICLE; the rest is the QUERY.",
)
@click.option("--clean", is_flag=True, help="Take sections out, with all that stands in them.")
@click.option("--keep-text", is_flag=True, help="With --clean: take out the markers only.")
@click.option("--clipboard", is_flag=True, help="Put the ARTICLE as it is then on the clipboard.")
@format_options
@click.pass_context
def embed_command(
    context: click.Context,
    articles: tuple[str, ...],
    check: bool,
    diff: bool,
    force: bool,
    watch: bool,
    starts: bool,
    clean: bool,
    keep_text: bool,
    clipboard: bool,
    form: str,
) -> int:
    r"""Write the generated sections of articles, or check them.

    An article is a file with marker comments, in Markdown, HTML or another markup:

    \b
    <!-- northbib:begin topic:english-devolution style=apa group=type -->
    <!-- northbib:end -->

    The words after begin are a query (see `northbib list --help`) and options. Only what stands
    between the markers is written; where one marker is wrong, no file is. A section that somebody
    edited by hand stays as it is.

    ARTICLE may be a folder, which stands for the articles in it and below, or a pattern such as
    'content/**/*.md'.
    """
    session: Session = context.obj
    _check_modes(context, diff=diff, keep_text=keep_text, form=form)
    wishes = Wishes(articles, _command(context, articles), check, diff, force, form)
    if starts or clean or watch:
        name = "placing" if starts else "clearing" if clean else "watching"
        run: Callable[..., int] = import_module(f"northbib.cli.{name}").run
        return run(session, wishes, **({"keep_text": keep_text} if clean else {}))
    status = refresh(session, wishes)
    if clipboard:
        copy(read_bytes(Path(articles[0])).decode("utf-8", "replace"), is_html=False)
    return status


def _check_modes(context: click.Context, *, diff: bool, keep_text: bool, form: str) -> None:
    """Refuse options that do not go together."""
    given = [option for name, option in _MODES.items() if context.params[name]]
    if len(given) > 1:
        raise UsageError(f"{' and '.join(given)} exclude each other", hint=_SEVERAL)
    if diff and given and given[0] in ("--check", "--watch"):
        hint = "--diff checks as well" if given[0] == "--check" else _SEVERAL
        raise UsageError(f"{given[0]} and --diff exclude each other", hint=hint)
    if keep_text and given != ["--clean"]:
        raise UsageError("--keep-text says what --clean leaves", hint="give both")
    if context.params["force"] and given and given[0] in ("--init", "--clean"):
        raise UsageError(f"{given[0]} and --force exclude each other", hint=_SEVERAL)
    if context.params["clipboard"]:
        _check_clipboard(context.params["articles"], [*given, *(["--diff"] if diff else [])])
    if form != "text" and given != ["--check"]:
        raise UsageError("--format is the form of what --check reports", hint="give both")


def _check_clipboard(articles: tuple[str, ...], modes: list[str]) -> None:
    """Refuse to put on the clipboard what is not one article that has just been written."""
    if modes:
        raise UsageError(f"{modes[0]} and --clipboard exclude each other", hint=_SEVERAL)
    if len(articles) != 1 or not Path(articles[0]).is_file():
        raise UsageError("the clipboard holds one article", hint="name one file")


def _command(context: click.Context, articles: tuple[str, ...]) -> str:
    """Give the command that writes what a check of these articles finds."""
    library = context.find_root().params.get("library")
    words = ["northbib", *(["--library", library] if library else []), "embed"]
    words += ["--force"] if context.params["force"] else []
    return shlex.join([*words, *articles])
