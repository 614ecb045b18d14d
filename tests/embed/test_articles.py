"""Articles on disk: several in one run, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_library import small_library

import rights
from northbib.embed import embed_files, markup_of
from northbib.errors import ArticleError, InputError, NotFoundError, StoreError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.library import Store
    from rights import AsNobody

as_nobody = rights.as_nobody
open_folder = rights.open_folder

PAIR = "<!-- northbib:begin keys=lee2017cards style=apa -->\n<!-- northbib:end -->\n"


@pytest.fixture
def library(tmp_path: Path) -> Store:
    (tmp_path / "bibliographies").mkdir()
    return small_library(tmp_path / "bibliographies")


def article(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def state(path: Path) -> tuple[bytes, int, int]:
    """Give what a write would change, even one of the same bytes."""
    return path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino


def test_articles_are_written_and_a_second_run_changes_nothing(
    tmp_path: Path, library: Store
) -> None:
    one = article(tmp_path, "one.md", f"# One\n\n{PAIR}")
    two = article(tmp_path, "two.html", f"<h1>Two</h1>\r\n{PAIR}")
    first = embed_files([one, two], library, write=True)
    assert [result.changed for result in first] == [True, True]
    assert b"Powerhouse of cards?" in one.read_bytes()
    assert b"<ul" in two.read_bytes()
    before = [
        (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in (one, two)
    ]
    second = embed_files([one, two], library, write=True)
    assert [(result.changed, result.diff) for result in second] == [(False, ""), (False, "")]
    after = [
        (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in (one, two)
    ]
    assert after == before


def test_a_check_writes_nothing_and_shows_what_would_change(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "one.md", f"# One\n\n{PAIR}")
    before = path.read_bytes()
    (result,) = embed_files([path], library, write=False)
    assert path.read_bytes() == before
    assert result.changed
    assert result.path == path
    assert [section.line for section in result.sections] == [3]
    lines = result.diff.splitlines()
    assert lines[:2] == [f"--- {path}", f"+++ {path}"]
    assert [line[:8] for line in lines if line[:1] == "+"][1:] == ["+", "+- Lee, ", "+", "+<!-- no"]


def test_a_diff_shows_line_ends_only_where_nothing_else_changes(
    tmp_path: Path, library: Store
) -> None:
    path = article(tmp_path, "one.md", PAIR.replace("\n", "\r\n"))
    (result,) = embed_files([path], library, write=True)
    assert "\r" not in result.diff
    assert "\\r" not in result.diff
    path.write_bytes(path.read_bytes().replace(b"\r\n\r\n-", b"\r\n\n-"))
    (result,) = embed_files([path], library, write=False)
    assert result.changed
    assert [line for line in result.diff.splitlines()[2:] if line[:1] in "+-"] == [
        "-\\n",
        "+\\r\\n",
    ]


def test_a_fault_in_one_article_keeps_all_from_being_written(
    tmp_path: Path, library: Store
) -> None:
    good = article(tmp_path, "good.md", PAIR)
    bad = article(tmp_path, "bad.md", f"{PAIR}<!-- northbib:end -->\n")
    worse = article(tmp_path, "worse.html", PAIR.replace("lee2017cards", "lee2018"))
    missing = tmp_path / "missing.md"
    with pytest.raises(ArticleError, match="there are faults in 4 articles") as caught:
        embed_files([good, bad, worse, missing, tmp_path / "a.docx"], library, write=True)
    assert good.read_bytes() == PAIR.encode()
    assert [(f.code, f.file, f.line) for f in caught.value.findings] == [
        ("unmatched-end", str(bad), 3),
        ("unknown-key", str(worse), 1),
        ("no-such-article", str(missing), None),
        ("unknown-markup", str(tmp_path / "a.docx"), None),
    ]


def test_one_article_s_error_is_raised_as_it_is(tmp_path: Path, library: Store) -> None:
    with pytest.raises(NotFoundError, match="there is no such article"):
        embed_files([tmp_path / "missing.md"], library, write=True)
    with pytest.raises(UsageError, match="names no markup that can carry a section"):
        embed_files([tmp_path / "a.docx"], library, write=True)
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(InputError, match="cannot be read"):
        embed_files([tmp_path / "folder.md"], library, write=True)
    bad = article(tmp_path, "bad.md", "<!-- northbib:end -->\n")
    with pytest.raises(ArticleError) as caught:
        embed_files([bad], library, write=True)
    assert str(caught.value) == f"{bad}: there is a fault in its sections"


def test_an_article_named_twice_is_one_article(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "one.md", PAIR)
    assert len(embed_files([path, str(path)], library, write=True)) == 1


def test_a_link_to_an_article_stays_a_link(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "one.md", PAIR)
    link = tmp_path / "link.md"
    link.symlink_to(path.name)
    embed_files([link], library, write=True)
    assert link.is_symlink()
    assert b"Powerhouse" in path.read_bytes()


def test_no_article_is_written_if_one_is_write_protected(
    open_folder: Path, as_nobody: AsNobody
) -> None:
    (open_folder / "bibliographies").mkdir()
    store = small_library(open_folder / "bibliographies")
    good, locked = article(open_folder, "a.md", PAIR), article(open_folder, "b.md", PAIR)
    open_folder.chmod(0o777)
    good.chmod(0o666)
    locked.chmod(0o444)
    embed_files([good], store, write=False)  # what it imports may be closed to others
    with as_nobody(), pytest.raises(StoreError, match="permission denied"):
        embed_files([good, locked], store, write=True)
    assert good.read_bytes() == PAIR.encode()


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("a.md", "markdown"),
        ("a.b.MARKDOWN", "markdown"),
        ("x/a.qmd", "markdown"),
        ("a.Rmd", "markdown"),
        ("a.html", "html"),
        ("a.HTM", "html"),
        ("a.xhtml", "html"),
    ],
)
def test_the_name_says_the_markup(name: str, markup: str) -> None:
    assert markup_of(name) == markup


@pytest.mark.parametrize("name", ["a.docx", "a.wiki", "md", ".md", "a"])
def test_other_names_are_refused_with_those_that_go(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        markup_of(name)
    assert ".md, .markdown" in (caught.value.hint or "")
