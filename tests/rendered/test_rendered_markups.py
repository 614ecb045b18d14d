"""What articles in each markup become is read by that markup's own programs without complaint."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from northbib.embed.citations import clusters
from northbib.embed.rendered import Options, render_article
from northbib.library import Store

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

ROOT = Path(__file__).parents[2]
STYLES = ("apa", "chicago-notes-bibliography", "ieee", "nature")
ARTICLES: dict[Markup, str] = {
    "rst": """\
Title
=====

As :cite:t:`lee2017cards` says, *so* :cite:p:`{see}lee2017cards{p. 480}`. Own [#own]_.
Two :cite:`lee2017cards,hatherley2010ruins`\\ s; ``:cite:`x```.

.. :cite:`nobody`

.. [#own] My note :cite:p:`lee2017cards`.

.. bibliography::
   :style: plain

End.
""",
    "asciidoc": """\
= Title

As citenp:[lee2017cards] says, _so_ cite:[lee2017cards(480), see hatherley2010ruins].

----
cite:[nobody]
----

Own.footnote:[As cite:[lee2017cards] has it.]

== References

bibliography::[]

End.
""",
    "latex": """\
\\documentclass{article}
\\usepackage[T1]{fontenc}
\\usepackage{hyperref}
\\begin{document}
As \\textcite[480]{lee2017cards} says, \\emph{so} \\parencite[see][4--5]{lee2017cards}. % \\cite{no}
\\verb|\\cite{nobody}| \\citeauthor{lee2017cards}\\footnote{Own \\cite{lee2017cards}.}
and \\footcite{lee2017cards}.
\\nocite{hatherley2010ruins}

\\printbibliography

End.
\\end{document}
""",
    "typst": """\
= Title

As #cite(<lee2017cards>, form: "prose") says, _so_ @lee2017cards[p. 480]. `@nobody` // @nobody
Own.#footnote[As @lee2017cards has it.] Two @lee2017cards @hatherley2010ruins(x).

#bibliography("x.bib", title: [Works])

End.
""",
    "org": """\
* Title

As [cite/t:@lee2017cards] says, /so/ [cite:see @lee2017cards p. 480; @hatherley2010ruins].
Own.[fn:1] =[cite:@nobody]=

[fn:1] As [cite:@lee2017cards] has it.

#+print_bibliography:

End.
""",
}
CASES = [(markup, style) for markup in ARTICLES for style in STYLES]


def rendered(markup: Markup, style: str) -> str:
    store = Store(ROOT / "bibliographies")
    data = ARTICLES[markup].encode()
    return render_article(data, "a", markup, store, Options(style=style)).data.decode()


@pytest.mark.parametrize(("markup", "style"), CASES)
def test_citations_are_set_and_works_listed(markup: Markup, style: str) -> None:
    text = rendered(markup, style)
    assert [each for each in clusters(text, markup) if each.sure] == []
    assert "A Guide to the New Ruins" in text.replace("\n", " ")
    assert text.count("nobody") == ARTICLES[markup].count("nobody")
    before, _, _ = text.rpartition("End.")
    assert "478" in before
    assert "print" not in text
    assert "bibliography" not in text


@pytest.mark.parametrize("style", STYLES)
def test_docutils_reads_it(style: str) -> None:
    core = pytest.importorskip("docutils.core")
    complaints = io.StringIO()
    settings = {"report_level": 2, "warning_stream": complaints, "output_encoding": "unicode"}
    html = core.publish_string(rendered("rst", style), writer="html5", settings_overrides=settings)
    assert complaints.getvalue() == ""
    assert 'href="#ref-lee2017cards"' in html
    assert "End." in html


@pytest.mark.parametrize("style", STYLES)
def test_asciidoctor_reads_it(style: str) -> None:
    if shutil.which("asciidoctor") is None:
        pytest.skip("asciidoctor is not installed")
    done = subprocess.run(
        ["asciidoctor", "--embedded", "-"],
        input=rendered("asciidoc", style).encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    html = done.stdout.decode()
    assert 'href="#ref-lee2017cards"' in html
    assert 'id="ref-lee2017cards"' in html
    assert "footnote:" not in html
    assert "xref:" not in html


@pytest.mark.parametrize("program", ["pdflatex", "lualatex"])
@pytest.mark.parametrize("style", STYLES)
def test_latex_reads_it(style: str, program: str, tmp_path: Path) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    (tmp_path / "a.tex").write_text(rendered("latex", style), encoding="utf-8")
    done = subprocess.run(
        [program, "-interaction=nonstopmode", "-halt-on-error", "a.tex"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    log = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, log
    assert "Undefined control sequence" not in log


@pytest.mark.parametrize("style", STYLES)
def test_typst_reads_it(style: str) -> None:
    typst = pytest.importorskip("typst")
    assert typst.compile(rendered("typst", style).encode()).startswith(b"%PDF")


@pytest.mark.parametrize("style", STYLES)
def test_pandoc_reads_the_org_article(style: str) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    done = subprocess.run(
        [pypandoc.get_pandoc_path(), "-f", "org", "-t", "plain", "--wrap=none"],
        input=rendered("org", style).encode(),
        capture_output=True,
        check=True,
    )
    assert done.stderr == b""
    assert "[fn:" not in done.stdout.decode()
    assert "Guide to the New Ruins of Great Britain" in done.stdout.decode()
