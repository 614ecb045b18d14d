"""Writes a bibliography of N made-up entries, the same for the same seed.

    python benchmarks/store/generate.py 100000 --seed 1 -o /tmp/works.bib

The entries have the shape of what is in libraries: types, numbers of authors, lengths of titles
and abstracts, words of which few are frequent and many are rare, delimiters and layout of several
programs, `@string` macros, LaTeX accents, braces around capitals, books that chapters refer to.
Names, titles and identifiers belong to no work: DOIs have Crossref's prefix for tests, addresses
are at example.org. 100,000 entries make 78 MB.
"""

from __future__ import annotations

import argparse
import sys
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["bibliography"]

SMALL = "a an and as at by for from in of on the to under with without between across".split()
WORDS = """
analysis approach archive austerity boundary capital capacity care city climate coast college
commerce community comparison conflict council culture data decline deliberation democracy design
devolution dialect disease district economy education election empire energy engine enquiry estate
evidence exchange factory famine farming finance flood forest frontier geography government grammar
growth harbour health heritage history household housing identity industry inequality influence
inquiry institution investment island journey justice knowledge labour landscape language law
learning legacy legislation library logic machine manuscript market measure memory method migration
mining model mountain museum narrative network northern number observation parish parliament policy
politics population port poverty power practice print problem production property protest quality
railway reform region regulation religion rent report research resistance response revolution risk
river rural scale school science settlement ship society soil state statistics storm strategy street
structure study survey system taxation technique theory town trade tradition transport treaty union
university urban value village vote wage water weather welfare wool work
""".split()
PROPER = "{Britain} {Durham} {EU} {European} {Irish} {Leeds} {NHS} {Northern} {Yorkshire}".split()
GIVEN = """
Ada Agnes Alan Anna Bertha Bruno Carl Clara David Edith Emma Erik Fatima Frida George Hannah Hugo
Ida Ingrid Ivan Jane Jo{\\~a}o José Karen Laura Liam Luis Maria Mei Miriam Neil Olga Omar Paul
Priya Ravi Rosa Ruth Sean Sofia Søren Tomáš Ursula Victor Wei Yuki Zoë J. A.~B. M.
""".split()
FAMILY = """
Abbott Adams Ahmed Almeida Andersson Baker Bauer Becker Bell Bianchi Brown Carter Chen Clark Cohen
Costa Davies {Dvo\\v{r}\\'ak} Evans Fischer Garc{\\'\\i}a García Gray Haas Hall Hansen Harris Hughes
Ito Jensen Jones Kaur Keller Khan Kim Kowalski Kumar Lee Lindström Lopez M{\\"u}ller Müller Nagy
Nguyen Novák O'Brien Olsen Park Patel Petrov Rossi Sato Schmidt Silva Singh Smith Suzuki Taylor
Thompson Walker Wang Wilson Wright Yang Zhang {van~Dijk} {de~Vries} Østergaard Þórsson Ştefan Weiß
""".split()
SYLLABLES = """
al an ar bel ber cor dan den el er fal for gan gel hal in kel lan lor mar mer nor on or pal ran rel
sal sen tal tor ul ver wal win
""".split()
PLACES = "Berlin Cambridge Durham Leeds London Manchester Paris Princeton Sheffield Wien".split()
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
TYPES = {
    "article": 52,
    "inproceedings": 20,
    "book": 9,
    "incollection": 8,
    "techreport": 3,
    "phdthesis": 3,
    "misc": 3,
    "online": 2,
}
BOOKS = 50
"""Of so many of the latest books a chapter may name one as its `crossref`."""


class Layout(NamedTuple):
    """How one program writes an entry."""

    indent: str
    width: int
    opening: str
    closing: str
    last_comma: bool
    capital: bool


LAYOUTS = (
    Layout("  ", 13, "{", "}", last_comma=True, capital=False),
    Layout("  ", 0, "{", "}", last_comma=False, capital=False),
    Layout("\t", 0, "{", "}", last_comma=True, capital=False),
    Layout("    ", 12, '"', '"', last_comma=False, capital=True),
    Layout("  ", 10, "{", "}", last_comma=False, capital=True),
)


class Maker:
    """Makes entries out of the numbers of one generator."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - repeatable
        rare = ("".join(self.random.choices(SYLLABLES, k=3)) for _ in range(60_000))
        self.words = list(dict.fromkeys([*SMALL, *WORDS, *PROPER, *rare]))
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.venues = [self.title(3) for _ in range(400)]
        self.books: list[str] = []

    def text(self, count: int) -> str:
        """Give so many words, the frequent ones more often."""
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=count))

    def title(self, count: int) -> str:
        """Give a title of so many words."""
        words = self.text(count)
        return words[0].upper() + words[1:]

    def names(self) -> str:
        """Give one to eight names, mostly up to three."""
        count = self.random.choices((1, 2, 3, 4, 5, 8), (34, 28, 18, 10, 6, 4))[0]
        family_first = self.random.random() < 0.6
        names = []
        for _ in range(count):
            given, family = self.random.choice(GIVEN), self.random.choice(FAMILY)
            names.append(f"{family}, {given}" if family_first else f"{given} {family}")
        return " and ".join(names)

    def entry(self, number: int) -> str:
        """Give the source of one entry; its number makes its key and DOI unique."""
        kind = self.random.choices(list(TYPES), list(TYPES.values()))[0]
        year = int(self.random.triangular(1900, 2026, 2018))
        author = self.names()
        family = "".join(filter(str.isascii, filter(str.isalpha, author.split(",")[0].split()[-1])))
        key = f"{family.lower()}{year}{self.random.choice(WORDS)}{number}"
        fields = {"author": author, "title": self.title(self.random.randint(3, 16))}
        fields |= self._publication(kind, year) | self._details(kind, number)
        if kind == "book":
            self.books = [*self.books[1 - BOOKS :], key]
        return _written(kind, key, fields, self.random.choice(LAYOUTS))

    def _publication(self, kind: str, year: int) -> dict[str, str]:
        fields = {"year": str(year)}
        if kind == "article":
            venue = self.random.randrange(len(self.venues))
            named = self.random.random() < 0.3
            fields["journal"] = f"# j{venue}" if named else self.venues[venue]
            fields |= {"volume": str(self.random.randint(1, 120)), "number": str(year % 12 + 1)}
        elif kind in ("inproceedings", "incollection"):
            fields["booktitle"] = f"Proceedings of the {self.title(self.random.randint(4, 9))}"
            if kind == "incollection" and self.books:
                fields["crossref"] = self.random.choice(self.books)
        else:
            fields |= {"publisher": f"{self.title(1)} Press", "address": self._choice(PLACES)}
        if self.random.random() < 0.3:
            fields["month"] = f"# {self._choice(MONTHS)}"
        return fields

    def _details(self, kind: str, number: int) -> dict[str, str]:
        fields = {}
        chance = self.random.random
        if kind in ("article", "inproceedings", "incollection"):
            first = self.random.randint(1, 900)
            fields["pages"] = f"{first}--{first + self.random.randint(1, 40)}"
        if chance() < 0.55:
            fields["doi"] = f"10.5555/{self._choice(WORDS)}.{number:06d}"
        if chance() < 0.35 or kind == "online":
            fields["url"] = f"https://example.org/{self._choice(WORDS)}/{number}?a=1&b=%7E2"
        if chance() < 0.4:
            fields["keywords"] = ", ".join(self.random.sample(WORDS, k=4))
        if chance() < 0.5:
            fields["abstract"] = f"{self.title(self.random.randint(40, 160))}."
        if chance() < 0.15:
            fields["note"] = self.title(6)
        return fields

    def _choice(self, texts: list[str]) -> str:
        return self.random.choice(texts)


def bibliography(count: int, seed: int) -> Iterator[str]:
    """Give the pieces of a bibliography of so many entries: a head with macros, then entries."""
    maker = Maker(seed)
    yield f"% {count} entries of no works\n\n"
    for number, venue in enumerate(maker.venues):
        yield f'@string{{j{number} = "{venue}"}}\n'
    for number in range(count):
        yield "\n"
        yield maker.entry(number)


def _written(kind: str, key: str, fields: dict[str, str], layout: Layout) -> str:
    lines = []
    for name, value in fields.items():
        label = name.upper() if layout.capital and name == "doi" else name
        bare = value.startswith("# ")
        source = value[2:] if bare else f"{layout.opening}{value}{layout.closing}"
        lines.append(f"{layout.indent}{label.ljust(layout.width)} = {source}")
    end = ",\n}\n" if layout.last_comma else "\n}\n"
    name = kind.capitalize() if layout.capital else kind
    body = ",\n".join(lines)
    return f"@{name}{{{key},\n{body}{end}"


def main() -> None:
    """Write the bibliography to a file or to standard output."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int, help="number of entries")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path, help="file; standard output if left out")
    options = parser.parse_args()
    pieces = bibliography(options.count, options.seed)
    stream = options.output.open("wb") if options.output else sys.stdout.buffer
    with stream:
        while piece := "".join(islice(pieces, 10_000)):
            stream.write(piece.encode())


if __name__ == "__main__":
    main()
