"""Choosing records while typing: a line for the words of a query, and below it what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from prompt_toolkit.application import Application
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import ANSI, merge_formatted_text, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, Layout, Window
from prompt_toolkit.layout.processors import BeforeInput

from northbib.cli.terminal import height, width

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyPressEvent

    from northbib.cli.picking import Candidates

__all__ = ["pick"]

_MOST_ROWS = 12
_HELP = "Enter chooses, Tab marks, arrows move, Ctrl-C leaves"


def pick(candidates: Candidates, command: str) -> tuple[str, ...]:
    """Have a person choose among records, and give the keys of those that were chosen.

    Raises:
        click.Abort: The person left without choosing.
    """
    return _Picker(candidates, command).run()


class _Picker:
    """A choice that is being made.

    Attributes:
        place: The place of the record that the cursor is at, among those that were found.
        marked: The keys that were marked, in order.
    """

    def __init__(self, candidates: Candidates, command: str) -> None:
        self._candidates = candidates
        self._first = 0
        self._rows = max(min(_MOST_ROWS, height() - 3), 1)
        self.place = 0
        self.marked: dict[str, None] = {}
        words = Buffer(multiline=False, on_text_changed=self._search)
        line = BufferControl(words, input_processors=[BeforeInput(f"{command} ")])
        parts = (
            Window(line, height=1),
            Window(FormattedTextControl(self._list), height=self._rows, always_hide_cursor=True),
            Window(FormattedTextControl(self._status), height=1, style="class:status"),
        )
        self._application: Application[tuple[str, ...]] = Application(
            Layout(HSplit(parts)), key_bindings=self._bindings(), erase_when_done=True
        )

    def run(self) -> tuple[str, ...]:
        try:
            return self._application.run()
        except (KeyboardInterrupt, EOFError):
            raise click.Abort from None

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        steps = {"up": -1, "c-p": -1, "down": 1, "c-n": 1, "pageup": -self._rows}
        for key, step in {**steps, "pagedown": self._rows}.items():
            bindings.add(key)(lambda _event, step=step: self._move(step))
        bindings.add("tab")(lambda _event: self._mark())
        bindings.add("enter")(self._choose)
        for key in ("c-c", "c-d", "c-g", "escape"):
            bindings.add(key)(lambda event: event.app.exit(exception=KeyboardInterrupt))
        return bindings

    def _search(self, words: Buffer) -> None:
        self._candidates.search(words.text)
        self.place = self._first = 0

    def _move(self, step: int) -> None:
        last = len(self._candidates.found) - 1
        self.place = max(min(self.place + step, last), 0)
        self._first = max(min(self._first, self.place), self.place - self._rows + 1)

    def _mark(self) -> None:
        if not self._candidates.found:
            return
        key = self._candidates.found[self.place].key
        if key in self.marked:
            del self.marked[key]
        else:
            self.marked[key] = None
        self._move(1)

    def _choose(self, event: KeyPressEvent) -> None:
        found = self._candidates.found
        if self.marked:
            event.app.exit(result=tuple(self.marked))
        elif found:
            event.app.exit(result=(found[self.place].key,))

    def _list(self) -> StyleAndTextTuples:
        shown = self._candidates.lines(self._first, self._rows, width() - 2)
        found: StyleAndTextTuples = []
        for place, line in enumerate(shown, self._first):
            is_marked = self._candidates.found[place].key in self.marked
            style = "reverse" if place == self.place else ""
            text = merge_formatted_text(["* " if is_marked else "  ", ANSI(line), "\n"])
            found += to_formatted_text(text, style=style)
        return found

    def _status(self) -> str:
        count = len(self._candidates.found)
        place = self.place + 1 if count else 0
        marked = f", {len(self.marked)} marked" if self.marked else ""
        return self._candidates.remark or f"{place} of {count}{marked}; {_HELP}"
