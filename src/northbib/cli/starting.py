"""The command that starts a library, and sets git up for it: init."""

from __future__ import annotations

from os.path import realpath, relpath
from pathlib import Path
from typing import TYPE_CHECKING

import click

from northbib.cli.session import FOUND, note, report
from northbib.library import Store
from northbib.library.sharing.git import top_folder
from northbib.library.sharing.setting_up import set_up

if TYPE_CHECKING:
    from northbib.cli.session import Session

__all__ = ["init_command"]

_DEFAULT = Path("bibliographies")


@click.command("init")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--git", "for_git", is_flag=True, help="Set git up to merge entries and fields.")
@click.pass_obj
def init_command(session: Session, folder: Path | None, for_git: bool) -> int:
    """Start a library in a folder.

    DIR is made if it is not there.  [default: the folder of --library, else bibliographies/]

    With --git, `.gitattributes` at the top of the repository tells git to merge .bib files by entry
    and field, and the repository's configuration tells it how: commit the one, and do the other
    once in each clone. What is there already is left as it is.
    """
    target = folder or _target(session, for_git=for_git)
    if for_git:
        top_folder(target)
    made = Store.init(target)
    click.echo(f"made {made}" if made else f"{target} is a library already; nothing was changed")
    return _set_git_up(target) if for_git else 0


def _target(session: Session, *, for_git: bool) -> Path:
    """Give the folder of the library; with git, this one if there are bibliographies in it."""
    is_library = session.path != Path() or (for_git and session.silent_store.bibliographies)
    return session.path if is_library else _DEFAULT


def _set_git_up(library: Path) -> int:
    done = set_up(library)
    if done.attributes:
        click.echo(f"wrote {relpath(done.attributes, realpath('.'))}; commit it")
    if done.settings:
        click.echo(f"set {', '.join(done.settings)} in the repository's configuration")
    if not done.attributes and not done.settings:
        note("git is set up already")
    if done.problem:
        report([done.problem])
        return FOUND
    return 0
