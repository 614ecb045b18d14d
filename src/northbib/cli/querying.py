"""Commands that take the words of a query, some of which begin with a minus."""

from __future__ import annotations

import click

__all__ = ["QueryCommand"]

_HIDDEN = "\N{NULL}"


class QueryCommand(click.Command):
    """A command whose arguments may be query words such as `-type:report`.

    A word of one minus and at least two more characters is a word of the query, so that it need
    not be told apart from options by `--`; options are long, or of a single letter.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide negative words from the parser of options, and bring them back behind it."""
        rest = super().parse_args(ctx, [_hidden(word) for word in args])
        for name, value in ctx.params.items():
            if isinstance(value, tuple):
                ctx.params[name] = tuple(
                    word.removeprefix(_HIDDEN) if isinstance(word, str) else word for word in value
                )
        return rest


def _hidden(word: str) -> str:
    is_negative = len(word) > 2 and word[0] == "-" and word[1] != "-"
    return _HIDDEN + word if is_negative else word
