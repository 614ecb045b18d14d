"""Three versions of a bibliography that hypothesis makes up: a file, and edits by two people."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

FIELDS = ("title", "note", "year", "eprint", "keywords", "Series")
WORDS = ("alpha", "beta", "{G}amma", "delta, eta", "Łódź", "a = b")
TEXTS = ("% a comment", "% another", "loose text", "@preamble{{x}}", "@comment{jabref-meta: x:y;}")


@dataclass
class Item:
    """An entry: its fields, layout, and the lines above it."""

    key: str
    type: str
    fields: dict[str, str]
    layout: int = 0
    lead: str = ""
    number: str = ""

    def __post_init__(self) -> None:
        # So that none is taken for another one with a new key.
        self.number = self.number or self.key

    def write(self) -> str:
        """Give its text."""
        between, end = ((",\n  ", ",\n}"), (", ", "}"), (",\n\t", "\n}"))[self.layout]
        body = between.join(
            [
                f"{self.key}",
                f"uid = {{{self.number}}}",
                *(f"{n} = {v}" for n, v in self.fields.items()),
            ]
        )
        return f"{self.lead}@{self.type}{{{body}{end}"


@dataclass
class File:
    """A bibliography: entries and texts in order."""

    parts: list[Item | str] = field(default_factory=list)
    gap: str = "\n\n"

    @property
    def items(self) -> list[Item]:
        """The entries."""
        return [part for part in self.parts if isinstance(part, Item)]

    def write(self) -> bytes:
        """Give its bytes."""
        parts = [part if isinstance(part, str) else part.write() for part in self.parts]
        return (self.gap.join(parts) + "\n").encode()

    def copy(self) -> File:
        """Give another one that can be changed."""
        return File(
            [
                p
                if isinstance(p, str)
                else Item(p.key, p.type, dict(p.fields), p.layout, p.lead, p.number)
                for p in self.parts
            ],
            self.gap,
        )


values = st.sampled_from(WORDS).map("{{{}}}".format) | st.sampled_from(["2017", '"q"', "jan"])
layouts = st.integers(0, 2)
fields = st.dictionaries(st.sampled_from(FIELDS), values, max_size=4)
leads = st.sampled_from(["", "", "% note\n"])


def items(key: str) -> st.SearchStrategy[Item]:
    """Give entries of a key."""
    types = st.sampled_from(["article", "book"])
    return st.builds(Item, st.just(key), types, fields, layouts, leads)


@st.composite
def bases(draw: st.DrawFn) -> File:
    """Give a file."""
    count = draw(st.integers(0, 5))
    parts: list[Item | str] = []
    for number in range(count):
        if draw(st.integers(0, 4)) == 0:
            parts.append(draw(st.sampled_from(TEXTS)))
        parts.append(draw(items(f"k{number}")))
    return File(parts)


KINDS = ("add", "set", "set", "unset", "remove", "move", "layout", "sort", "text", "type", "gap")


@st.composite
def edits(draw: st.DrawFn, base: File, person: str, kinds: tuple[str, ...] = KINDS) -> File:
    """Give a file as a person has edited it."""
    file = base.copy()
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(kinds))
        if kind == "add":
            key = draw(st.sampled_from([f"{person}{number}", f"both{number}"]))
            if key not in [part.key for part in file.items]:
                file.parts.insert(draw(st.integers(0, len(file.parts))), draw(items(key)))
        elif kind == "text":
            text = draw(st.sampled_from(TEXTS))
            file.parts.insert(draw(st.integers(0, len(file.parts))), text)
        elif kind == "sort":
            file.parts.sort(key=lambda part: part if isinstance(part, str) else part.key)
        elif kind == "gap":
            file.gap = draw(st.sampled_from(["\n", "\n\n", "\n\n\n"]))
        elif file.items:
            _edit(draw, file, draw(st.sampled_from(file.items)), kind)
    return file


def _edit(draw: st.DrawFn, file: File, entry: Item, kind: str) -> None:
    if kind == "set":
        entry.fields[draw(st.sampled_from(FIELDS))] = draw(values)
    elif kind == "unset" and entry.fields:
        del entry.fields[draw(st.sampled_from(sorted(entry.fields)))]
    elif kind == "remove":
        file.parts.remove(entry)
    elif kind == "move":
        file.parts.remove(entry)
        file.parts.insert(draw(st.integers(0, len(file.parts))), entry)
    elif kind == "layout":
        entry.layout = draw(layouts)
    elif kind == "type":
        entry.type = draw(st.sampled_from(["article", "book", "online"]))
    elif kind == "rename":
        entry.key += "x"


@st.composite
def triples(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> tuple[bytes, bytes, bytes]:
    """Give a file and how two people have edited it."""
    base = draw(bases())
    ours, theirs = draw(edits(base, "ours", kinds)), draw(edits(base, "theirs", kinds))
    return base.write(), ours.write(), theirs.write()
