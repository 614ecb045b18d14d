"""A MARC record in plain parts, whatever the file that it comes in or goes into."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LEADER", "Field", "Marc"]

LEADER = 24
"""Characters of a leader."""

_FIRST_DATA_FIELD = "010"


class Field(NamedTuple):
    """A field of a record.

    Attributes:
        tag: Its three characters.
        data: What a control field holds, "" for others.
        indicators: The two of a data field.
        subfields: Its codes with what they say, in their order.
    """

    tag: str
    data: str = ""
    indicators: str = "  "
    subfields: Sequence[tuple[str, str]] = ()

    @property
    def is_control(self) -> bool:
        """Whether it holds data and no subfields."""
        return self.tag < _FIRST_DATA_FIELD

    def texts(self, *codes: str) -> list[str]:
        """Give what the subfields of some codes say, in their order in the field."""
        return [text for code, text in self.subfields if code in codes]


class Marc:
    """A record: a leader and fields, which are found by their tags.

    Args:
        leader: Its 24 characters.
        fields: Its fields, in their order.
    """

    __slots__ = ("_by_tag", "fields", "leader")

    def __init__(self, leader: str, fields: Iterable[Field]) -> None:
        self.leader = leader
        self.fields = tuple(fields)
        self._by_tag: dict[str, list[Field]] = {}
        for field in self.fields:
            self._by_tag.setdefault(field.tag, []).append(field)

    def __contains__(self, tag: str) -> bool:
        """Tell whether there is a field of a tag."""
        return tag in self._by_tag

    def first(self, tag: str) -> Field | None:
        """Give the first field of a tag, None if there is none."""
        found = self._by_tag.get(tag)
        return found[0] if found else None

    def having(self, *tags: str) -> Sequence[Field]:
        """Give the fields of some tags, in their order in the record."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], ())
        there = [tag for tag in tags if tag in self._by_tag]
        if len(there) < 2:
            return self._by_tag[there[0]] if there else ()
        return [field for field in self.fields if field.tag in there]

    def data(self, tag: str) -> str:
        """Give what the first control field of a tag holds, "" if there is none."""
        field = self.first(tag)
        return "" if field is None else field.data
