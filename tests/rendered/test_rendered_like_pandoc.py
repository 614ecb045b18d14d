"""A rendered article reads as pandoc, with its own citation processor, makes it read."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from northbib.csl import Style
from northbib.embed.citations import clusters
from northbib.embed.rendered import Options, render_article
from northbib.library import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
POSITIONS = """\
---
lang: en-GB
---

First [see @lee2017cards, p. 480 *also*]. Then [@lee2017cards, 481], and "quoted" [@lee2017cards];
next [@hatherley2010ruins, ch. 2; @lee2017cards, p. 3] (see [@lee2017cards]). Own.[^x] And
[-@hatherley2010ruins]. *Set* [@mulholland2004reject]. Again [@mulholland2004reject, 5]?
[@ayres2018territory] begins a sentence, and [@berry2018developing] ends it.

- In a list [@clegg2014summit].

> In a quotation [@clegg2014summit, pp. 64-65].

[^x]: See [@lee2017cards, 5] for more, and [@hatherley2010ruins].
"""


def words(text: str) -> list[str]:
    """Give the lines of an article and of its notes, sorted, with quotes all alike."""
    alike = re.sub("[‘’“”]", "'", text.replace('"', "'"))
    alike = re.sub(r",(?=')|\.(?=')", "", alike).replace("',", "'").replace("'.", "'")
    alike = alike.replace("Pub. L. Nos ", "Pub. L. No. ").replace("\xa0", " ")
    alike = re.sub(r"\^\(([^()]*)\)", r"\1", alike)
    alike = alike.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789"))
    lines = [line.strip() for line in alike.split("\n")]
    return sorted(line for line in lines if line)


def without_narrative(source: str) -> str:
    """Give an article that names no authors."""
    for cluster in reversed(clusters(source, "markdown")):
        if cluster.form == "narrative":
            key = f"[@{cluster.cites[0].key}]"
            source = source[: cluster.start] + key + source[cluster.end :]
    return source


@pytest.fixture
def bibliography(tmp_path: Path) -> Path:
    path = tmp_path / "all.bib"
    parts = [each.read_text("utf-8") for each in sorted((ROOT / "bibliographies").glob("*.bib"))]
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


@pytest.mark.parametrize("style", ["apa", "chicago-notes", "chicago-author-date", "ieee", "nature"])
@pytest.mark.parametrize(
    "source", [(ROOT / "examples" / "devolution.md").read_text("utf-8"), POSITIONS]
)
def test_citations_read_as_pandoc_makes_them_read(
    source: str, style: str, bibliography: Path, run_pandoc: Callable[..., str], tmp_path: Path
) -> None:
    if style in ("ieee", "nature"):  # pandoc leaves the names out in a style of numbers.
        source = without_narrative(source)
    source = source.replace("---\n", "---\nsuppress-bibliography: true\n", 1)
    path = tmp_path / "style.csl"
    path.write_bytes(Style.load(style).xml)
    store = Store(ROOT / "bibliographies")
    ours = render_article(source.encode(), "a.md", "markdown", store, Options(style=style))
    plain = ("-t", "plain", "--wrap=none")
    by_us = run_pandoc(ours.data.decode(), "-f", "markdown-smart", *plain)
    by_pandoc = run_pandoc(
        source,
        "-f",
        "markdown-smart",
        *plain,
        "--citeproc",
        f"--csl={path}",
        f"--bibliography={bibliography}",
    )
    assert words(by_us) == words(by_pandoc)


@pytest.fixture
def run_pandoc() -> Callable[..., str]:
    pypandoc = pytest.importorskip("pypandoc", reason="pandoc is not installed")
    program = str(pypandoc.get_pandoc_path())

    def run(source: str, *options: str) -> str:
        done = subprocess.run(
            [program, *options], input=source.encode(), capture_output=True, check=True
        )
        return done.stdout.decode()

    return run
