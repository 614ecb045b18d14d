"""Measure how fast the citations of an article are read, and that the time grows as the text does.

Usage: python benchmarks/citations/reading.py

Prints CPU seconds for an article of 10 MB in each markup, then for texts that are made to hurt in
two sizes: the ratio of the two should be near 2.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from northbib.embed.citations import clusters

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

PROSE = "Firms gather where skills, capital, customers and suppliers already are, `so` it is said. "
CITED: dict[Markup, str] = {
    "markdown": "As [see @lee2017cards, p. 480; @b] and @c [p. 3] say.[^1]",
    "rst": "As :cite:p:`{see}lee2017cards{p. 480},b` and :cite:t:`c` say.",
    "asciidoc": "As cite:[lee2017cards(480), see b] and citenp:[c] say.",
    "latex": "As \\parencite[see][480]{lee2017cards} and \\textcites{b}[3]{c} say.",
    "typst": 'As @lee2017cards[p. 480] and #cite(<c>, form: "prose") say.',
    "org": "As [cite:see @lee2017cards p. 480; @b] and [cite/t:@c] say.",
}
HOSTILE: dict[Markup, tuple[str, ...]] = {
    "markdown": (
        *("[", "]", "@a", "@a [", "[@a ", "[@a](", "[@a, (1(", "^[@a", "` ``", "$ a", "<a b='"),
        *("<!-- ", "@{a", "\\", "\\begin{a}", "[^1]: a\n", "- [@a]\n", "> ", "<div>\n"),
    ),
    "rst": (":cite:`", "``", "::\n\n", ".. [#a] "),
    "asciidoc": ("cite:[", "cite:a", "----\n", "`+", "footnote:[", "pass:["),
    "latex": ("\\cite{a", "\\cite[", "\\cites(", "%", "\\verb|", "\\begin{verbatim}"),
    "typst": ("@a", "@a[", "#cite(", "/*", "`", "@a "),
    "org": ("[cite:", "[cite:@a;", "=a", "[fn:", "#+begin_src\n"),
}
ARTICLE = 10_000_000
SMALL = 100_000


def spent(text: str, markup: Markup) -> float:
    """Give the CPU seconds that reading takes."""
    started = time.process_time()
    clusters(text, markup)
    return time.process_time() - started


def main() -> None:
    """Measure, and print a line each."""
    for markup, cited in CITED.items():
        paragraph = f"{PROSE * 4}{cited}\n\n"
        text = paragraph * (ARTICLE // len(paragraph))
        print(f"{markup:9} {len(text) / 1e6:5.1f} MB {spent(text, markup):6.2f} s", flush=True)
    for markup, parts in HOSTILE.items():
        for part in parts:
            small, large = (
                spent(part * (size // len(part)), markup) for size in (SMALL, 2 * SMALL)
            )
            ratio = large / small if small else 0
            print(f"{markup:9} {part!r:20} {small:6.3f} {large:6.3f} s  {ratio:4.1f}", flush=True)


if __name__ == "__main__":
    main()
