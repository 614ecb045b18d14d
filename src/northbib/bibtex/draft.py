"""A record on its way from an entry, or into one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from northbib.bibtex.latex import to_plain
from northbib.records.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from northbib.records import Value

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """What has been read or written so far, and what has not.

    A reader takes what it understands out of `fields` and puts it into `values`. Where the writer
    would by itself write a field in another way than it was (another field of the same meaning, a
    key for a word, a title in two parts), the reader keeps what was written in `extra`, under the
    name of the field; the writer goes back to that as long as it says the same.

    Attributes:
        type: The CSL type.
        fields: Field name -> source; the fields not read yet, or those written so far.
        values: CSL variable -> value; those read so far, or those not written yet.
        extra: Field name -> plain text; likewise.
        useprefix: Whether particles stay with the family name.
    """

    type: str
    fields: dict[str, str]
    values: dict[str, Value]
    extra: dict[str, str]
    useprefix: bool = False

    @property
    def has_staying_particle(self) -> bool:
        """Whether a name has a particle that stays with the family name."""
        for value in self.values.values():
            if isinstance(value, tuple):
                for name in value:
                    if name.non_dropping_particle:
                        return True
        return False

    def keep_name(self, name: str, usual: str, others: Iterable[str], text: str) -> None:
        """Keep which of several fields of one meaning was read.

        Args:
            name: The field that was read.
            usual: The one that would be written.
            others: All of them.
            text: What it says.
        """
        if name != usual:
            self.extra[name] = plain(text)
        elif plain(text) in [to_plain(self.fields[each]) for each in others if each in self.fields]:
            self.extra[usual] = plain(text)

    def name_kept(self, usual: str, others: Iterable[str], text: str) -> str:
        """Give the field, of several of one meaning, that a text was read from; see `keep_name`."""
        if not self.extra:
            return usual
        said = plain(text)
        if self.extra.get(usual) != said:
            for name in others:
                if name != usual and self.extra.get(name) == said:
                    del self.extra[name]
                    return name
        self.extra.pop(usual, None)
        return usual
