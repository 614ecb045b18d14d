"""The letters or figures that a text must have side by side if a regular expression fits it."""

from __future__ import annotations

import re

__all__ = ["needed"]

_SHORTEST = 3
_TOKEN = re.compile(
    r"""(?P<run>[A-Za-z]+|[0-9]+)
      | (?P<escaped>\\(?:[dDsSwWbBAZ]|[^\w]))
      | (?P<set>\[\^?\]?(?:[^\]\[\\]|\\.)*\])
      | (?P<group>\((?:\?(?:[:=!]|<[=!]))?(?![?*]))
      | (?P<quantifier>[*?]|\{[^}]*\})
      | (?P<other>[^\\(\[])""",
    re.VERBOSE | re.DOTALL,
)


def needed(pattern: str) -> str:
    """Give the longest run of letters, or of figures, in lower case; "" if none is sure.

    Only what stands outside of groups counts, and nothing where there are alternatives, or signs
    that are not understood here.
    """
    runs: list[str] = []
    depth = at = 0
    while at < len(pattern):
        token = _TOKEN.match(pattern, at)
        if token is None or (token["other"] == "|" and not depth):
            return ""
        at = token.end()
        if token["group"]:
            depth += 1
        elif token["other"] == ")":
            depth -= 1
        if depth:
            continue
        # An empty run keeps apart those that something stands between.
        if token["quantifier"] and runs:
            runs[-1] = runs[-1][:-1]
        runs.append(token["run"] or "")
    longest = max(runs, key=len, default="")
    return longest.lower() if len(longest) >= _SHORTEST else ""
