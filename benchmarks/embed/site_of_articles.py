"""Makes a site: articles with sections over a library of made-up entries, the same for one seed.

    python benchmarks/embed/site_of_articles.py /tmp/site --articles 1000 --entries 10000

The articles have the length of blog posts, 6 to 14 kB of Markdown with headings, lists, quotes,
links and code. Half of the sections name 3 to 12 keys, the others ask for a topic and years.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from generate import WORDS, bibliography

__all__ = ["make_site"]

_KEY = re.compile(r"^@\w+\{(?!j\d+ =)([^,=\s]+),$", re.MULTILINE)
_STYLES = ("northbib-further-reading", "apa", "harvard-cite-them-right", "chicago-author-date")


def make_site(folder: Path, articles: int, sections: int, entries: int) -> None:
    """Write the library to `bibliographies/` and the articles to `content/`."""
    library = folder / "bibliographies"
    library.mkdir(parents=True)
    text = "".join(bibliography(entries, 1))
    (library / "works.bib").write_text(text, encoding="utf-8")
    keys = _KEY.findall(text)
    random = Random(articles)  # noqa: S311 - repeatable
    for number in range(articles):
        path = folder / "content" / f"{number // 100:02}" / f"article-{number:04}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_article(random, number, sections, keys), encoding="utf-8")


def _article(random: Random, number: int, sections: int, keys: list[str]) -> str:
    parts = [f"---\ntitle: Article {number}\n---\n\n# Article {number}\n"]
    for place in range(sections):
        parts += [f"\n## Part {place + 1}\n", *(_block(random) for _ in range(9))]
        words = _request(random, keys)
        parts.append(f"\n<!-- northbib:begin {words} -->\n<!-- northbib:end -->\n")
    return "".join(parts)


def _block(random: Random) -> str:
    kind = random.random()
    if kind < 0.7:
        return f"\n{_text(random, 60)} [{_text(random, 2)}](https://example.org/{kind:.6f}).\n"
    if kind < 0.85:
        return "\n" + "".join(f"- {_text(random, 12)}\n" for _ in range(4))
    if kind < 0.95:
        return f"\n> {_text(random, 30)}\n"
    return f"\n```sh\n{_text(random, 6)}\n```\n"


def _text(random: Random, count: int) -> str:
    return " ".join(random.choices(WORDS, k=count))


def _request(random: Random, keys: list[str]) -> str:
    style = f"style={random.choice(_STYLES)}"
    kind = random.random()
    if kind < 0.5:
        return f"keys={','.join(random.sample(keys, random.randint(3, 12)))} {style}"
    year = random.randint(1950, 2005)
    topic = random.choice(WORDS)
    if kind < 0.8:
        return f"topic:{topic} year:{year}-{year + 10} {style} group=type limit=15"
    return f"topic:{topic} year:2012-{random.randint(2014, 2017)} {style} sort=-year limit=8"


def main() -> None:
    """Make the site in a folder that is not there yet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--sections", type=int, default=3)
    parser.add_argument("--entries", type=int, default=10_000)
    options = parser.parse_args()
    make_site(options.folder, options.articles, options.sections, options.entries)


if __name__ == "__main__":
    main()
