"""Front matter: what an article says about itself, as far as citing goes.

Only values that stand on one line, lists of them, and blocks of text are read; for more than that
nothing of ours asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

__all__ = ["FrontMatter", "after_front_matter", "front_matter"]

_FENCED = re.compile(
    r"""
    (?P<fence>---|\+\+\+)[ \t]*+(?:\r\n?+|\n)     # the first line of the file
    (?![ \t]*+[\r\n])                           # a blank one after it makes it a thematic break
    (?P<body>(?:[^\r\n]*+(?:\r\n?+|\n))*?)
    (?:(?P=fence)|\.\.\.)[ \t]*+(?=[\r\n]|\Z)
    """,
    re.VERBOSE,
)
_YAML = re.compile(r"(?P<name>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*))?$")
_TOML = re.compile(r"(?P<name>[\w-]+)[ \t]*=[ \t]*(?P<value>.*)$")
_COMMENT = re.compile(r"\s+#.*$")
_BLOCK = re.compile(r"[|>][+-]?\d?$")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before an article.

    Attributes:
        end: Where it ends in the text; 0 where there is none.
        values: Names of the top level -> their values as text; the items of a list and the lines
            of a block are joined by spaces.
    """

    end: int = 0
    values: dict[str, str] = field(default_factory=dict)

    def flag(self, name: str) -> bool | None:
        """Give a value that is true or false, None if it is neither."""
        return {"true": True, "yes": True, "false": False, "no": False}.get(
            self.values.get(name, "").lower()
        )


def after_front_matter(text: str) -> int:
    """Give where the front matter of a Markdown article ends; 0 without one."""
    match = _FENCED.match(text)
    return match.end() if match else 0


def front_matter(text: str) -> FrontMatter:
    """Read the front matter of a Markdown article, YAML or TOML."""
    match = _FENCED.match(text)
    if match is None:
        return FrontMatter()
    pattern = _YAML if match["fence"] == "---" else _TOML
    values: dict[str, list[str]] = {}
    current: list[str] = []
    for line in match["body"].splitlines():
        own = pattern.match(line)
        if own is None:
            if line[:1] in (" ", "\t", "-"):
                current.append(line.strip().removeprefix("- ").strip())
            continue
        current = values.setdefault(own["name"], [])
        value = _COMMENT.sub("", own["value"] or "").strip()
        current += [] if _BLOCK.match(value) else [value]
    return FrontMatter(match.end(), {name: _joined(parts) for name, parts in values.items()})


def _joined(parts: list[str]) -> str:
    text = " ".join(_unquoted(part) for part in parts if part)
    return text[1:-1].strip() if text[:1] == "[" and text[-1:] == "]" and "@" not in text else text


def _unquoted(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return text[1:-1] if quoted else text
