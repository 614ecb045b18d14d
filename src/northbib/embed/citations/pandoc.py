"""Citations in running text as pandoc writes them: `[see @key, p. 3; @other]`, `@key [p. 3]`.

The text of a block is read once. Brackets become frames with the keys and semicolons that stand in
them; which of them are citations is told when all are closed, since only then it is known what
comes after them.

Source: Pandoc User's Guide, "Citation syntax"; what it leaves open is as the program does it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from northbib.embed.citations.frames import Found, Frame, Key
from northbib.embed.citations.locators import ENGLISH, located
from northbib.embed.citations.model import Cite, Cluster
from northbib.embed.code_spans import CodeSpans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from northbib.embed.citations.model import Form

__all__ = ["Reader", "keys_in"]

_KEY = r"""
    (?:[^\W_]|_)(?:\w|(?:[:.\#$%&+?<>~/-]|(?:[:/](?=/))+)(?=\w)|[:/](?=/))*+
"""
_SIGN = re.compile(
    rf"""
      (?P<escape>\\[!-/:-@\[-`{{-~])
    | (?P<tex>\\[A-Za-z]++\*?+(?=[\[{{]))
    | (?P<role>\{{(?P<name>[A-Za-z][\w:-]*+)\}}(?=`))
    | (?P<ticks>`++)
    | (?P<math>\$\$?+)
    | (?P<comment><!--)
    | (?P<auto><[A-Za-z][A-Za-z0-9+.-]*+:[^\s<>]*+>)
    | (?P<tag></?[A-Za-z](?:[^<>"']|"[^"]*+"|'[^']*+')*+>)
    | (?P<url>\b(?:https?|ftp)://[^\s<>\]]++)
    | (?P<reference>\[\^[^\s\[\]]++\])
    | (?P<note>\^\[)
    | (?P<open>!?\[)
    | (?P<close>\])
    | (?P<semicolon>;)
    | (?P<key>-?@(?:(?P<plain>{_KEY}|\*)|(?=\{{)))
    """,
    re.VERBOSE,
)
_TEX_ARGUMENT = re.compile(r"\[[^\]\r\n]*+\]|\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}")
_TICKS = re.compile("`++")
_FORMULA = re.compile(r"(?:[^$\\]|\\.)++\$", re.DOTALL)
_RAW_ELEMENT = re.compile(r"<(pre|script|style|textarea|code)\b", re.IGNORECASE)
_DESTINATION = re.compile(
    r"""
    \(\s*+ (?: <[^<>\r\n]*+> | [^\s()<>]*+(?:\([^\s()]*+\)[^\s()]*+)*+ )
    (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?+ \s*+\)
    """,
    re.VERBOSE,
)
_ATTRIBUTES = re.compile(r"\{(?:[.#][^\s{}]|[\w:-]+=)[^{}]*+\}|\{\}")
_SPACES = re.compile(r"[ \t]*(?:(?:\r\n?|\n)[ \t>]*)?")
_LINE_START = re.compile(r"(?:\r\n?|\n)[ \t>]*+")
_BEFORE_KEY = re.compile(r"[^\W_]|\.")
_LONGEST_KEY = 500


class Reader:
    """Reads the running text of one article.

    Args:
        text: The article.
        examples: Labels of numbered examples, `(@label)`, which are referred to like keys.
        labels: What may stand before a locator -> the CSL locator term.
    """

    def __init__(
        self,
        text: str,
        examples: frozenset[str] = frozenset(),
        labels: Mapping[str, str] = ENGLISH,
    ) -> None:
        self.text = text
        self.found = Found()
        self._examples = examples
        self._labels = labels
        self._code = CodeSpans(text)
        self._brackets: set[int] = set()
        self._unclosed: set[str] = set()
        self._key_end = 0
        self._last = {mark: text.rfind(mark) for mark in ("-->", "$")}

    def read(self, start: int, end: int) -> None:
        """Read the text of a block."""
        self._unclosed = set()
        outer = Frame(start, end)
        frames = [outer]
        place = start
        while match := _SIGN.search(self.text, place, end):
            place = self._sign(match, frames, end)
        self._resolve(outer)

    def _sign(self, match: re.Match[str], frames: list[Frame], end: int) -> int:
        """Take in a sign; give where to go on."""
        kind = match.lastgroup if match.lastgroup not in ("name", "plain") else ""
        place = match.end()
        if match["key"] is not None:
            return self._key(match, frames)
        if kind in ("open", "note"):
            opening = place - 1 if kind == "open" else match.start()
            frame = Frame(opening, note=kind == "note")
            frames[-1].parts.append(frame)
            frames.append(frame)
        elif kind == "close":
            return self._close(place, frames, end)
        elif kind == "semicolon":
            frames[-1].parts.append(match.start())
        elif kind == "reference":
            self.found.references.append(match.span())
        else:
            return self._skip(match, place, end)
        return place

    def _skip(self, match: re.Match[str], place: int, end: int) -> int:
        """Give where code, a formula, a comment or a tag ends; roles are noted on the way."""
        if match["role"] is not None:
            place = self._role(match, end)
        elif match["ticks"] is not None:
            place = self._code.end_of(match.start(), len(match["ticks"]), end) or place
        elif match["math"] is not None:
            place = self._after_math(match["math"], place, end)
        elif match["comment"] is not None:
            closing = self.text.find("-->", place, end) if place <= self._last["-->"] else -1
            place = closing + len("-->") if closing >= 0 else place
        elif match["tag"] is not None:
            place = self._after_raw(match["tag"], place, end)
        elif match["tex"] is not None:
            place = self._after_tex(match["tex"], place, end)
        return place

    def _role(self, match: re.Match[str], end: int) -> int:
        ticks = _TICKS.match(self.text, match.end())
        length = len(ticks[0]) if ticks else 0
        close = self._code.end_of(match.end(), length, end)
        if close is None:
            return match.end()
        inside = (match.end() + length, close - length)
        self.found.roles.append((match.start(), close, match["name"], *inside))
        return close

    def _after_math(self, mark: str, place: int, end: int) -> int:
        """Give where a formula ends: `$` touches it on both sides, and no digit comes after."""
        text = self.text
        if place > self._last["$"]:
            return place
        if mark == "$$":
            closing = text.find("$$", place, end)
            return closing + 2 if closing >= 0 else place - 1
        formula = _FORMULA.match(text, place, end)
        if formula is None or text[place].isspace() or text[formula.end() - 2].isspace():
            return place
        return place if text[formula.end() : formula.end() + 1].isdigit() else formula.end()

    def _after_raw(self, tag: str, place: int, end: int) -> int:
        match = _RAW_ELEMENT.match(tag)
        if match is None or tag.endswith("/>"):
            return place
        closing = re.compile(rf"</{match[1]}\b", re.IGNORECASE).search(self.text, place, end)
        return closing.start() if closing else place

    def _after_tex(self, command: str, place: int, end: int) -> int:
        while match := _TEX_ARGUMENT.match(self.text, place, end):
            if command == "\\begin":
                return self._after_environment(match, end)
            place = match.end()
        return place

    def _after_environment(self, name: re.Match[str], end: int) -> int:
        if name[0] in self._unclosed:
            return name.end()
        closing = self.text.find(f"\\end{name[0]}", name.end(), end)
        if closing < 0:
            self._unclosed.add(name[0])
        return closing if closing >= 0 else name.end()

    def _key(self, match: re.Match[str], frames: list[Frame]) -> int:
        start, end = match.span()
        after_word = start and start != self._key_end and _BEFORE_KEY.match(self.text, start - 1)
        if after_word:
            if match[0][0] != "-":
                return end
            start += 1
        key = match["plain"]
        if key is None:
            close = self._braced(end)
            if close is None:
                return end
            key, end = self.text[end + 1 : close], close + 1
        if not key or key in self._examples:
            return end
        self._key_end = end
        frames[-1].parts.append(Key(start, end, key, self.text[start] == "-"))
        frames[-1].cites = True
        return end

    def _braced(self, opening: int) -> int | None:
        """Give where the brace of a key closes; there is no white space in it."""
        depth = 0
        for at in range(opening, min(opening + _LONGEST_KEY, len(self.text))):
            sign = self.text[at]
            if sign.isspace():
                return None
            depth += (sign == "{") - (sign == "}")
            if not depth:
                return at
        return None

    def _close(self, place: int, frames: list[Frame], end: int) -> int:
        if len(frames) == 1:
            return place
        frame = frames.pop()
        frame.end = place
        self._brackets.add(frame.start)
        frames[-1].cites = frames[-1].cites or frame.cites
        if frame.note:
            self.found.notes.append((frame.start + 2, place - 1))
            return place
        link = _DESTINATION.match(self.text, place, end)
        return link.end() if link else place

    def _resolve(self, outer: Frame) -> None:
        """Tell for each frame what it is, those around others first."""
        waiting = [outer]
        while waiting:
            frame = waiting.pop()
            parts = iter(frame.parts)
            held: Key | None = None
            for part in parts:
                if held is not None:
                    taken = isinstance(part, Frame) and self._narrative(held, part)
                    if not taken:
                        self._add(held.start, held.end, [self._cite(held, "", "")], "narrative")
                    held = None
                    if taken:
                        continue
                if isinstance(part, Key):
                    held = part
                elif isinstance(part, Frame) and not self._group(part):
                    waiting.append(part)
            if held is not None:
                self._add(held.start, held.end, [self._cite(held, "", "")], "narrative")

    def _group(self, frame: Frame) -> bool:
        """Add a frame as a citation, if it is one."""
        if not self._can_cite(frame):
            return False
        cites = self._cites(frame, frame.start + 1, frame.parts)
        if cites is None:
            return False
        self._add(frame.start, frame.end, cites, "parenthetical")
        return True

    def _can_cite(self, frame: Frame) -> bool:
        """Tell whether a frame is no link, image, note or span, by what stands around it."""
        if not frame.closed or frame.note or not frame.parts:
            return False
        return not self._goes_on(frame.end)

    def _goes_on(self, place: int) -> bool:
        sign = self.text[place : place + 1]
        if sign == "(":
            return _DESTINATION.match(self.text, place) is not None
        if sign == "[":
            # pandoc takes the first of `[@a][@b]` for the text of a link that leads nowhere.
            return place in self._brackets and not self.text.startswith(("[@", "[-@"), place)
        return sign == "{" and _ATTRIBUTES.match(self.text, place) is not None

    def _narrative(self, key: Key, frame: Frame) -> bool:
        """Add a key with the frame that comes right after it, if that goes with it."""
        space = _SPACES.match(self.text, key.end)
        if space is None or space.end() != frame.start or not frame.closed or frame.note:
            return False
        if self._goes_on(frame.end):
            return False
        first = self._cite(key, "", "")
        rest = self._cites(frame, frame.start + 1, frame.parts) if frame.parts else None
        if rest is None:
            if self.text[frame.end : frame.end + 1] in ("(", "["):
                return False
            bare = self._bare(key, frame)
            if bare is None:
                return False
            first, rest = bare
        self._add(key.start, frame.end, [first, *rest], "narrative")
        return True

    def _bare(self, key: Key, frame: Frame) -> tuple[Cite, list[Cite]] | None:
        """Read `[p. 3; see @other]` after a key."""
        semicolon = next((part for part in frame.parts if isinstance(part, int)), None)
        end = frame.end - 1 if semicolon is None else semicolon
        before = [part for part in frame.parts if _place(part) < end]
        suffix = _on_one_line(self.text[frame.start + 1 : end]).strip()
        if not suffix or any(isinstance(part, Key) for part in before):
            return None
        first = self._cite(key, "", suffix)
        if semicolon is None:
            return first, []
        rest = self._cites(frame, semicolon + 1, frame.parts[frame.parts.index(semicolon) + 1 :])
        return None if rest is None else (first, rest)

    def _cites(self, frame: Frame, start: int, parts: list[Key | Frame | int]) -> list[Cite] | None:
        """Read works with semicolons between; None where a part names no work."""
        cites: list[Cite] = []
        keys: list[Key] = []
        for part in (*parts, frame.end - 1):
            if isinstance(part, Key):
                keys.append(part)
            elif isinstance(part, Frame):
                if part.cites:
                    return None
            else:
                if not keys or not self._is_level(start, keys[0].start):
                    return None
                cites += self._several(start, keys, part)
                keys, start = [], part + 1
        return cites

    def _is_level(self, start: int, end: int) -> bool:
        """Tell whether no emphasis is left open in a prefix."""
        before = self.text[start:end]
        return not (before.count("*") % 2 or before.count("~~") % 2)

    def _several(self, start: int, keys: list[Key], end: int) -> Iterator[Cite]:
        """Give the works of a part, which is one as a rule; what is between is a prefix."""
        for key, following in zip(keys, [*keys[1:], None], strict=True):
            prefix = _on_one_line(self.text[start : key.start]).strip()
            start = key.end
            suffix = _on_one_line(self.text[key.end : end]).rstrip() if following is None else ""
            yield self._cite(key, prefix, suffix)

    def _cite(self, key: Key, prefix: str, suffix: str) -> Cite:
        locator, label, rest = located(suffix, self._labels)
        return Cite(key.key, prefix, locator, label, rest, key.suppress, key.start)

    def _add(self, start: int, end: int, cites: list[Cite], form: Form) -> None:
        if form == "narrative" and cites[0].suppress_author:
            form = "parenthetical"
        self.found.clusters.append(Cluster(start, end, tuple(cites), form))


def _on_one_line(source: str) -> str:
    """Write source without line ends, and without what containers put before each line."""
    return _LINE_START.sub(" ", source)


def _place(part: Key | Frame | int) -> int:
    return part if isinstance(part, int) else part.start


def keys_in(text: str) -> list[Cite]:
    """Give the works that a text names in any way, in order, such as the value of `nocite`."""
    reader = Reader(text)
    reader.read(0, len(text))
    clusters = sorted(reader.found.clusters, key=lambda cluster: cluster.start)
    return [cite for cluster in clusters for cite in cluster.cites]
