"""Each host builds a real site, and its readers find sections, citations and lists in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = """As @lee2017cards says [see @krugman1991increasing, p. 484].

`@lee2017cards` in code.

<!-- northbib:begin key:krugman1991increasing style=apa -->
<!-- northbib:end -->
"""


@pytest.fixture
def site(tmp_path: Path, root: Path) -> Path:
    """Give a folder with a library in it."""
    shutil.copytree(root / "bibliographies", tmp_path / "bibliographies")
    return tmp_path


def needs_entry_point(group: str) -> None:
    """Skip where the package was installed before it had this entry point."""
    if "northbib" not in entry_points(group=group).names:
        pytest.skip(f"northbib is installed without its entry point of {group}: install it anew")


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "default", "-m", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def assert_published(html: str) -> None:
    text = words(html)
    assert "As Lee (2017) says (see Krugman, 1991, p. 484)." in text
    assert "@lee2017cards in code" in text
    # Once in the section, once in the list of what is cited.
    assert text.count("Increasing Returns and Economic Geography") == 2
    assert text.count("Powerhouse of cards?") == 1
    assert 'href="#ref-lee2017cards"' in html


def test_mkdocs(site: Path) -> None:
    pytest.importorskip("mkdocs")
    needs_entry_point("mkdocs.plugins")
    source = f"# Page\n\n{ARTICLE}\nNobody knows [@nobody2000].\n"
    (site / "docs").mkdir()
    (site / "docs" / "index.md").write_text(source, encoding="utf-8")
    (site / "mkdocs.yml").write_text(
        "site_name: A\nplugins:\n  - northbib:\n      style: apa\n", encoding="utf-8"
    )
    said = run(site, "mkdocs", "build", "-d", "out")
    html = (site / "out" / "index.html").read_text(encoding="utf-8")
    assert_published(html)
    assert "[@nobody2000]" in html
    assert re.search(r"WARNING.*index\.md.*nobody2000", said)
    assert 'href="assets/northbib.css"' in html
    assert (site / "out" / "assets" / "northbib.js").is_file()
    assert (site / "docs" / "index.md").read_text(encoding="utf-8") == source


def test_python_markdown(site: Path) -> None:
    markdown = pytest.importorskip("markdown")
    needs_entry_point("markdown.extensions")
    settings = {"library": str(site / "bibliographies"), "style": "apa"}
    html = markdown.markdown(
        ARTICLE, extensions=["northbib"], extension_configs={"northbib": settings}
    )
    assert_published(html)


@pytest.mark.parametrize("markup", ["markdown", "rst"])
def test_pelican(site: Path, markup: str) -> None:
    pytest.importorskip("pelican")
    (site / "content").mkdir()
    if markup == "markdown":
        head = "Title: A\nDate: 2014-06-23\nSlug: a\n\n"
        (site / "content" / "a.md").write_text(head + ARTICLE, encoding="utf-8")
    else:
        head = "A\n=\n\n:date: 2014-06-23\n:slug: a\n\n"
        (site / "content" / "a.rst").write_text(head + REST, encoding="utf-8")
    (site / "settings.py").write_text(
        'PLUGINS = ["northbib.hosts.pelican"]\nNORTHBIB_STYLE = "apa"\nSITEURL = ""\n'
        'TIMEZONE = "UTC"\nPATH = "content"\nFEED_ALL_ATOM = None\nCATEGORY_FEED_ATOM = None\n',
        encoding="utf-8",
    )
    run(site, "pelican", "-s", "settings.py", "-o", "out")
    html = (site / "out" / "a.html").read_text(encoding="utf-8")
    if markup == "markdown":
        assert_published(html)
    else:
        assert_set(html)


REST = """As :cite:t:`lee2017cards` says :cite:p:`krugman1991increasing`.

.. northbib:begin key:krugman1991increasing style=apa
.. northbib:end
"""


def assert_set(html: str) -> None:
    text = words(html)
    assert "As Lee (2017) says (Krugman, 1991)." in text
    assert text.count("Powerhouse of cards?") == 1
    assert text.count("Increasing Returns and Economic Geography") == 2


def sphinx_site(site: Path, *extensions: str) -> Path:
    source = site / "source"
    source.mkdir()
    (source / "conf.py").write_text(
        f"extensions = {['northbib.hosts.sphinx', *extensions]!r}\n"
        'northbib_library = "../bibliographies"\nnorthbib_style = "apa"\nlanguage = "en"\n',
        encoding="utf-8",
    )
    return source


def test_sphinx(site: Path) -> None:
    pytest.importorskip("sphinx")
    source = sphinx_site(site)
    (source / "index.rst").write_text(f"A\n=\n\n{REST}", encoding="utf-8")
    (source / "more.rst").write_text(
        ":orphan:\n\nMore\n====\n\n.. northbib:: topic:transport\n   :group: type\n"
        "   :bibtex: yes\n   :id-prefix: more-\n",
        encoding="utf-8",
    )
    run(site, "sphinx", "-W", "-b", "html", "source", "out")
    assert_set((site / "out" / "index.html").read_text(encoding="utf-8"))
    html = (site / "out" / "more.html").read_text(encoding="utf-8")
    assert '<li id="more-nic2016hsn"' in html
    assert 'class="Z3988"' in html
    assert 'class="northbib-bibtex"' in html
    assert "_static/northbib.js" in html
    assert (site / "out" / "_static" / "northbib.css").is_file()
    run(site, "sphinx", "-W", "-b", "text", "source", "text")
    text = (site / "text" / "more.txt").read_text(encoding="utf-8")
    assert "High Speed North" in text
    assert "<li" not in text


def test_sphinx_says_where_something_is_wrong(site: Path) -> None:
    pytest.importorskip("sphinx")
    source = sphinx_site(site)
    (source / "index.rst").write_text(
        "A\n=\n\n:cite:p:`nobody2000`\n\n.. northbib:: topic:transport\n   :group: colour\n",
        encoding="utf-8",
    )
    said = run(site, "sphinx", "-b", "html", "source", "out")
    assert re.search(r"index\.rst:4.*nobody2000", said)
    assert re.search(r"index\.rst:6.*colour", said)


def test_sphinx_with_myst(site: Path) -> None:
    pytest.importorskip("myst_parser")
    source = sphinx_site(site, "myst_parser")
    (source / "index.md").write_text(
        "# A\n\nAs {cite:t}`lee2017cards` says {cite:p}`krugman1991increasing`.\n\n"
        "```{northbib} key:krugman1991increasing\n:style: apa\n```\n",
        encoding="utf-8",
    )
    run(site, "sphinx", "-b", "html", "source", "out")
    assert_set((site / "out" / "index.html").read_text(encoding="utf-8"))


def test_sphinx_reads_a_document_again_when_its_library_changed(site: Path) -> None:
    pytest.importorskip("sphinx")
    source = sphinx_site(site)
    (source / "index.rst").write_text("A\n=\n\n.. northbib:: key:lee2017cards\n", encoding="utf-8")
    run(site, "sphinx", "-b", "html", "source", "out")
    (path,) = [
        path
        for path in (site / "bibliographies").glob("*.bib")
        if "{lee2017cards," in path.read_text(encoding="utf-8")
    ]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Powerhouse of cards", "House of cards"), encoding="utf-8")
    run(site, "sphinx", "-b", "html", "source", "out")
    html = (site / "out" / "index.html").read_text(encoding="utf-8")
    assert "House of cards" in words(html)
    assert "Powerhouse of cards" not in words(html)


def test_sphinx_stops_where_there_is_no_library(site: Path) -> None:
    pytest.importorskip("sphinx")
    source = sphinx_site(site)
    (source / "index.rst").write_text("A\n=\n", encoding="utf-8")
    shutil.rmtree(site / "bibliographies")
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-b", "html", "source", "out"],
        cwd=site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "northbib_library: " in done.stderr
    assert "there is no such library" in done.stderr
