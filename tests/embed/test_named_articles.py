"""Which files are meant by folders, patterns and paths."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from small_library import small_library

from northbib.embed.files import Articles
from northbib.embed.paths import named
from northbib.errors import NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

PAIR = "<!-- northbib:begin keys=lee2017cards style=apa -->\n<!-- northbib:end -->\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "a.md", "b.html", "c.txt", "_site/a.html",
        "content/z.md", "content/a/b.rst", "content/.drafts/x.md",
        "node_modules/x/README.md", ".github/x.md", "env/pyvenv.cfg", "env/lib/x.md",
    ):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAIR)
    return tmp_path


def paths(*names: str) -> list[str]:
    return [each.path for each in named(names)]


@pytest.mark.usefixtures("site")
def test_a_folder_stands_for_its_articles_but_for_hidden_ones_and_installed_ones() -> None:
    assert paths("content") == ["content/z.md", "content/a/b.rst"]
    assert paths(".") == [
        "a.md",
        "b.html",
        "_site/a.html",
        "content/z.md",
        "content/a/b.rst",
    ]
    assert paths("content/.drafts") == ["content/.drafts/x.md"]


def test_what_git_ignores_is_left_out(site: Path) -> None:
    (site / ".gitignore").write_text("_site/\nz.md\n")
    try:
        subprocess.run(["git", "init", "-q", "."], check=True)
    except FileNotFoundError:
        pytest.skip("git is not installed")
    assert paths(".") == ["a.md", "b.html", "content/a/b.rst"]
    assert paths("content") == ["content/a/b.rst"]
    assert paths("content/z.md") == ["content/z.md"]


@pytest.mark.usefixtures("site")
def test_a_pattern_is_expanded_where_no_shell_did_it() -> None:
    assert paths("*.md") == ["a.md"]
    assert paths("content/**/*.*") == ["content/a/b.rst", "content/z.md"]
    assert paths("**/*.md") == ["a.md", "content/z.md", "env/lib/x.md", "node_modules/x/README.md"]
    with pytest.raises(NotFoundError, match="stands for no article"):
        paths("*.tex")


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(site: Path) -> None:
    (site / "a[1].md").write_text(PAIR)
    assert paths("a[1].md") == ["a[1].md"]


@pytest.mark.usefixtures("site")
def test_a_path_is_taken_as_it_is_even_if_nothing_is_there() -> None:
    assert [tuple(each) for each in named(["gone.md", "c.txt"])] == [
        ("gone.md", True),
        ("c.txt", True),
    ]


def test_what_was_found_and_has_no_section_is_left_out(site: Path) -> None:
    (site / "content" / "z.md").write_text("No section.\n")
    (site / "bibliographies").mkdir()
    library = small_library(site / "bibliographies")
    (site / "content" / "a" / "b.rst").unlink()
    with Articles(library) as articles:
        assert list(articles.refresh(named(["content"]))) == []
    with Articles(library) as articles:
        (result,) = articles.refresh(named(["content/z.md"]))
    assert result.sections == ()


def test_a_file_that_comes_in_several_ways_is_one_article(site: Path) -> None:
    (site / "bibliographies").mkdir()
    library = small_library(site / "bibliographies")
    with Articles(library) as articles:
        results = list(articles.refresh(named(["a.md", "./a.md", "*.md", "."])))
    assert [str(result.path) for result in results].count("a.md") == 1
