"""Completion in shells: the scripts that they load, and the answers that these get.

A script hands the command line over as it stands, up to the cursor, and gets lines back: type,
value and meaning, with tabs between them.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from northbib.cli.command_line import read
from northbib.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    from northbib.cli.command_line import Line

__all__ = ["SHELLS", "answer", "completion_command"]

_BASH = r"""
_northbib_completion() {
    local kind value help
    COMPREPLY=()
    while IFS=$'\t' read -r kind value help; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            open) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(
        NORTHBIB_LINE=${COMP_LINE:0:COMP_POINT} NORTHBIB_BREAKS=$COMP_WORDBREAKS \
            _NORTHBIB_COMPLETE=bash "$1" 2>/dev/null
    )
}
complete -o nosort -F _northbib_completion northbib
"""

_ZSH = r"""
#compdef northbib
_northbib_completion() {
    local kind value help
    local -a plain open
    while IFS=$'\t' read -r kind value help; do
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            open) open+=("${value//:/\\:}${help:+:$help}") ;;
            plain) plain+=("${value//:/\\:}${help:+:$help}") ;;
        esac
    done < <(
        NORTHBIB_LINE="${(j: :)words[1,CURRENT-1]} $PREFIX" _NORTHBIB_COMPLETE=zsh \
            "${words[1]}" 2>/dev/null
    )
    (( $#open )) && _describe -V northbib open -U -S ''
    (( $#plain )) && _describe -V northbib plain -U
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _northbib_completion "$@"
else
    compdef _northbib_completion northbib
fi
"""

_FISH = r"""
function __northbib_complete
    set -l program (commandline -opc)[1]
    set -l line (commandline -cp | string collect)
    env NORTHBIB_LINE=$line _NORTHBIB_COMPLETE=fish $program 2>/dev/null |
        while read -l -d \t kind value help
            switch $kind
                case file
                    __fish_complete_path (commandline -ct)
                case dir
                    __fish_complete_directories (commandline -ct)
                case '*'
                    printf '%s\t%s\n' $value $help
            end
        end
end
complete --command northbib --no-files --keep-order --arguments '(__northbib_complete)'
"""

SHELLS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
"""Shell -> the script that it loads."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OPTION_VALUE = re.compile(r"--?[\w-]+=")
_SPECIAL = re.compile(r"([^\w@%+=:,./~-])")
_SPECIAL_IN_QUOTES = re.compile(r'(["$`\\])')


@click.command("completion")
@click.argument("shell", required=False, type=click.Choice(list(SHELLS)))
def completion_command(shell: str | None) -> None:
    r"""Print the script that completes commands in a shell.

    Commands, options, keys, topics, bibliographies, fields, types, styles and locales are
    completed. Without the name of a shell, it is that of the environment variable SHELL.

    \b
    bash   put into ~/.bashrc:  eval "$(northbib completion bash)"
    zsh    put into ~/.zshrc, behind compinit:  eval "$(northbib completion zsh)"
    fish   northbib completion fish > ~/.config/fish/completions/northbib.fish
    """
    name = shell or PurePath(os.environ.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError(
            f"nothing completes commands in {name or 'an unknown shell'}",
            hint=f"name one of {', '.join(SHELLS)}",
        )
    click.echo(SHELLS[name].lstrip("\n"), nl=False)


def answer(cli: click.Group, asked: str) -> int:
    """Answer a shell that asks for completions, and give the exit status.

    Args:
        cli: The program.
        asked: The shell; with `_source` behind it, it asks for its script, as packagers do.
    """
    shell = asked.removesuffix("_source")
    if shell not in SHELLS:
        return UsageError.exit_status
    if asked != shell:
        click.echo(SHELLS[shell].lstrip("\n"), nl=False)
        return 0
    from northbib.cli.completing import items  # noqa: PLC0415 - to print a script takes less

    line = read(os.environ.get("NORTHBIB_LINE", ""), os.environ.get("NORTHBIB_BREAKS", ""))
    lines = "".join(_lines(shell, line, items(cli, line.words, line.last)))
    sys.stdout.buffer.write(lines.encode("utf-8", "surrogateescape"))
    return 0


def _lines(shell: str, line: Line, found: Iterable[CompletionItem[Any]]) -> Iterable[str]:
    # What click gives for `--style=ap` is a style, where the shell asks for the whole word.
    option = _OPTION_VALUE.match(line.last)
    for item in found:
        value = f"{option[0]}{item.value}" if option else item.value
        if _CONTROL.search(value):
            continue
        if shell == "bash":
            value = _for_bash(value, line)
        meaning = " ".join((item.help or "").split())
        yield f"{item.type}\t{value}\t{_CONTROL.sub('', meaning)}\n"


def _for_bash(value: str, line: Line) -> str:
    """Give a value as bash puts it in: without what stands before it in the word, and quoted."""
    rest = value[line.cut :]
    if line.quote == "'":
        return rest.replace("'", r"'\''")
    special = _SPECIAL_IN_QUOTES if line.quote else _SPECIAL
    return special.sub(r"\\\1", rest)
