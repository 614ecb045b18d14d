"""Commands that take the words of a query, some of which begin with a minus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from northbib.library import Store

__all__ = ["QUERY_HELP", "QueryCommand", "unmatched"]

QUERY_HELP = """\
A QUERY is words and fields, all of which must be found:

\b
  powerhouse            the word, or a part of one
  rege*                 the beginning of a word
  "northern powerhouse" the words side by side
  author:lee title:ruins topic:transport type:report in:BIBLIOGRAPHY key:KEY
  year:2010-2016 year:>=2010 date:2015-01..2015-06
  has:doi no:url        that a field is set, or is not
  is:duplicate          that the work or the key is there more than once
  title:/north(ern)? power/
                        a regular expression
  journaltitle:regional any field of BibLaTeX or variable of CSL
  -word, not word       what is not to be found
  a b or c, (a or b) c  a and b together, or c; brackets group

Case and accents do not count: paraic finds Páraic, strasse finds Straße. Quotes, brackets, stars
and < > have to reach northbib: 'title:"levelling up"'.
"""
"""What `--help` says of queries."""

_HIDDEN = "\N{NULL}"


class QueryCommand(click.Command):
    """A command whose arguments may be query words such as `-type:report`.

    A word of one minus and at least two more characters is a word of the query, so that it need
    not be told apart from options by `--`. It is none where it is the value of an option, as in
    `--sort -year`, or an option of one letter with a file name, as in `-olist.md`.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hide negative words from the parser of options, and bring them back behind it."""
        options = {
            name: option
            for option in self.get_params(ctx)
            if isinstance(option, click.Option)
            for name in (*option.opts, *option.secondary_opts)
        }
        rest = super().parse_args(ctx, list(_hidden(args, options)))
        for name, value in ctx.params.items():
            if isinstance(value, tuple):
                ctx.params[name] = tuple(
                    word.removeprefix(_HIDDEN) if isinstance(word, str) else word for word in value
                )
        return rest


def _hidden(args: Sequence[str], options: Mapping[str, click.Option]) -> Iterator[str]:
    is_value = False
    for word in args:
        if is_value or not _is_negative(word, options):
            yield word
        else:
            yield _HIDDEN + word
        option = None if is_value else options.get(word)
        is_value = option is not None and not option.is_flag and not option.count


def _is_negative(word: str, options: Mapping[str, click.Option]) -> bool:
    if len(word) < 3 or word[0] != "-" or word[1] == "-":
        return False
    names_file = word[:2] in options and ("." in word or "/" in word) and ":" not in word
    return not names_file


def unmatched(store: Store, words: str) -> str:
    """Say that a query finds nothing, and what it may have meant."""
    near = store.near(words)
    return f"no record matches {words}" + (f"; {near}" if near else "")
