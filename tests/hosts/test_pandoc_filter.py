"""The filter of pandoc: its own citations, from our library, in what pandoc writes."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from northbib.hosts.pandoc import filtered

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """As @lee2017cards [p. 480] says [see @krugman1991increasing, and *more*].

Again [-@lee2017cards; @nobody2000]. A note.[^1] Twice [@lee2017cards].

[^1]: See @lee2017cards.
"""


def pandoc(text: str, to: str, *arguments: str, filter_path: Path | None = None) -> str:
    program = pytest.importorskip("pypandoc").get_pandoc_path()
    through = ["--filter", str(filter_path)] if filter_path else []
    run = subprocess.run(
        [program, "-f", "markdown", "-t", to, "--wrap=none", *through, *arguments],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout + run.stderr


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Give the filter as a program, as it is once the package is installed."""
    path = tmp_path / "northbib-pandoc"
    path.write_text(
        f"#!{sys.executable}\nfrom northbib.hosts.pandoc import main\nmain()\n", encoding="utf-8"
    )
    path.chmod(0o755)
    return path


def rendered(root: Path, program: Path, to: str, *arguments: str, text: str = ARTICLE) -> str:
    library = f"northbib.library={root / 'bibliographies'}"
    return pandoc(text, to, "-M", library, *arguments, filter_path=program)


def test_citations_are_set_and_listed(root: Path, program: Path) -> None:
    said = rendered(root, program, "plain", "-M", "csl=apa")
    assert "As Lee (2017, p. 480) says (see Krugman, 1991, and more)." in said
    assert "See Lee (2017)." in said
    assert said.count("Increasing Returns and Economic Geography") == 1
    assert "nobody2000" in said.split("northbib-pandoc:")[1]


def test_html_leads_from_citations_to_entries(root: Path, program: Path) -> None:
    html = rendered(root, program, "html", "-M", "csl=apa")
    assert 'href="#ref-lee2017cards"' in html
    assert 'id="ref-lee2017cards" class="csl-entry" role="listitem"' in html
    assert 'id="refs" class="references csl-bib-body" role="list"' in html
    assert html.count("<em>Regional Studies</em>") == 1


def test_a_place_for_the_list_is_filled(root: Path, program: Path) -> None:
    text = "---\nnocite: '@*'\ncsl: apa\n---\n\n::: {#refs}\n:::\n\nThe end.\n"
    html = rendered(root, program, "html", text=text)
    assert html.index("Krugman") < html.index("The end.")
    assert html.count("csl-entry") > 150


def test_a_style_with_notes_makes_notes(root: Path, program: Path) -> None:
    style = "csl=chicago-shortened-notes-bibliography"
    text = "One [@lee2017cards]. Two [@krugman1991increasing, p. 484].\n"
    said = rendered(root, program, "markdown-citations", "-M", style, text=text)
    assert "One.[^1] Two.[^2]" in said
    assert "[^2]: " in said


def test_the_language_of_the_document_is_that_of_its_citations(root: Path, program: Path) -> None:
    text = "[@lee2017cards, p. 480]\n"
    said = rendered(root, program, "plain", "-M", "csl=apa", "-M", "lang=de-DE", text=text)
    assert "(Lee, 2017, S. 480)" in said


def test_a_document_that_cites_nothing_stays_as_it_is(root: Path) -> None:
    document = {
        "pandoc-api-version": [1, 23],
        "meta": {"northbib.library": {"t": "MetaString", "c": str(root / "bibliographies")}},
        "blocks": [{"t": "Para", "c": [{"t": "Str", "c": "A"}]}],
    }
    before = json.dumps(document)
    done, warnings = filtered(document)
    assert (json.dumps(done), warnings) == (before, [])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("no json", "no document of pandoc"),
        ('{"meta": {}, "blocks": []}', "bibliographies"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    program: Path, tmp_path: Path, given: str, said: str
) -> None:
    run = subprocess.run(
        [str(program), "html"],
        input=given,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 1
    assert said in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stderr.count("\n") == 1
