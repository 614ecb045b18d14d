"""What earlier runs have found out is used where it holds, and never where it does not."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
from small_library import BIBTEX, small_library

from northbib.embed import cache, rendering
from northbib.embed.files import Articles, Embedded
from northbib.embed.paths import Named
from northbib.embed.remembering import Remembered
from northbib.embed.states import settled_stamp_of, stamp_of
from northbib.library import Store
from northbib.library.disk.files import read_bytes
from northbib.lists import reading_list

if TYPE_CHECKING:
    from pathlib import Path

END = "<!-- northbib:end -->\n"


def section(words: str) -> str:
    return f"<!-- northbib:begin {words} -->\n{END}\n"


class Site:
    """A folder with a library and articles, and a count of what is made in a run."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        (folder / "bibliographies").mkdir()
        self.library = folder / "bibliographies"
        small_library(self.library)
        self.styles: tuple[Path, ...] = ()
        self.read: list[str] = []
        self.rendered: list[tuple[str, ...]] = []
        patch.setattr(rendering, "reading_list", self._reading_list)

    def _reading_list(self, records: Any, spec: Any, *args: Any, **kwargs: Any) -> Any:
        works = list(records)
        self.rendered.append(tuple(work.key for work in works))
        return reading_list(works, spec, *args, **kwargs)

    def article(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *names: str, write: bool = False) -> list[Embedded]:
        """Make a run as of a new process, and note what is read and rendered in it."""
        self.rendered.clear()
        store = Store(self.library)
        remembered = Remembered(store, self.styles)
        remembered.problems()
        with Articles(store, self.styles, remembered=remembered) as articles:
            files = [Named(name, is_meant=True) for name in names]
            results = list(articles.refresh(files, hold=write))
            for _ in articles.write():
                pass
        self.read = [str(result.path) for result in results if result.before is not None]
        return results

    def stale(self, *names: str) -> list[str]:
        return [str(result.path) for result in self.run(*names) if result.changed]

    def settle(self, *names: str) -> None:
        """Write articles and have them remembered."""
        self.run(*names, write=True)
        assert self.stale(*names) == []
        assert self.stale(*names) == []
        assert (self.read, self.rendered) == ([], [])


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("northbib.embed.states.is_settled", lambda _: True)
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path, monkeypatch)


@pytest.fixture
def two(site: Site) -> tuple[str, str]:
    """Two articles of two sections each, all of which are up to date and remembered."""
    lee = section("keys=lee2017cards style=apa")
    site.article("one.md", lee + section("keys=act2011localism style=apa"))
    site.article("two.md", section("topic:regeneration style=ieee") + lee)
    site.settle("one.md", "two.md")
    return "one.md", "two.md"


def bib(site: Site, old: str, new: str) -> None:
    assert old in BIBTEX
    path = site.library / "north.bib"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def test_nothing_is_read_or_rendered_where_nothing_changed(
    site: Site, two: tuple[str, str]
) -> None:
    results = site.run(*two)
    assert [len(result.sections) for result in results] == [2, 2]
    assert (site.read, site.rendered) == ([], [])


def test_only_what_shows_a_changed_entry_is_rendered(site: Site, two: tuple[str, str]) -> None:
    bib(site, "New Ruins", "Old Ruins")
    assert site.stale(*two) == ["two.md"]
    assert site.read == ["two.md"]
    assert site.rendered == [("hatherley2010ruins",)]


def test_an_entry_that_no_section_shows_makes_nothing_be_rendered(
    site: Site, two: tuple[str, str]
) -> None:
    bib(site, "Northern Veto", "Southern Veto")
    assert site.stale(*two) == []
    assert (site.read, site.rendered) == ([], [])
    assert site.stale(*two) == []


def test_a_new_entry_that_a_query_finds_is_noticed(site: Site, two: tuple[str, str]) -> None:
    bib(site, "keywords     = {english-devolution, northern-identity}", "keywords = {regeneration}")
    assert site.stale(*two) == ["two.md"]


def test_a_change_of_case_or_space_in_the_library_is_noticed(
    site: Site, two: tuple[str, str]
) -> None:
    bib(site, "Guide to the New Ruins", "Guide to the NewRuins")
    assert site.stale(*two) == ["two.md"]


def test_a_deleted_bibliography_entry_is_a_fault_again(site: Site, two: tuple[str, str]) -> None:
    bib(site, "@article{lee2017cards,", "@article{lee2017,")
    errors = [result.error for result in site.run(*two)]
    assert [error is not None for error in errors] == [True, True]


def test_an_article_that_changed_is_read_and_its_lists_are_not_made_again(
    site: Site, two: tuple[str, str]
) -> None:
    path = site.folder / "one.md"
    path.write_text(f"More.\n\n{path.read_text('utf-8')}", encoding="utf-8")
    assert site.stale(*two) == []
    assert (site.read, site.rendered) == (["one.md"], [])


def test_a_section_of_an_article_with_old_size_and_old_time_is_noticed(
    site: Site, two: tuple[str, str]
) -> None:
    path = site.folder / "one.md"
    before = path.stat()
    data = path.read_bytes()
    with path.open("r+b") as file:
        file.write(data.replace(b"Powerhouse of cards", b"Powerhouse of bards"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    )
    (one, _) = site.run(*two)
    assert one.edited


def test_what_changed_a_moment_ago_is_read_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("northbib.embed.states.is_settled", lambda _: False)
    looked: list[str] = []

    def looking(path: Path) -> bytes:
        looked.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr("northbib.embed.remembering.read_bytes", looking)
    site.article("one.md", section("keys=lee2017cards style=apa"))
    site.settle("one.md")
    looked.clear()
    assert site.stale("one.md") == []
    assert (looked, site.rendered) == (["one.md"], [])
    monkeypatch.setattr("northbib.embed.states.is_settled", lambda _: True)
    assert site.stale("one.md") == []
    looked.clear()
    assert site.stale("one.md") == []
    assert looked == []


def test_a_clock_that_was_set_back_makes_stamps_untrusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("x")
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 86_400 * 10**9)
    assert settled_stamp_of(path.stat()) == ""
    monkeypatch.setattr(time, "time_ns", lambda: now + 86_400 * 10**9)
    assert settled_stamp_of(path.stat()) == stamp_of(path.stat())


def test_a_style_that_is_edited_is_noticed_whatever_its_times(site: Site, root: Path) -> None:
    own = (root / "styles" / "northbib-further-reading.csl").read_text("utf-8")
    (site.folder / "styles").mkdir()
    style = site.folder / "styles" / "mine.csl"
    style.write_text(own, encoding="utf-8")
    site.styles = (site.folder / "styles",)
    site.article("one.md", section("keys=hatherley2010ruins style=mine"))
    site.settle("one.md")
    before = style.stat()
    style.write_text(own.replace('font-style="italic"', 'font-weight="bold"'), encoding="utf-8")
    os.utime(style, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert site.stale("one.md") == ["one.md"]


def test_a_style_of_one_s_own_that_comes_before_a_published_one_is_noticed(
    site: Site, root: Path
) -> None:
    (site.folder / "styles").mkdir()
    site.styles = (site.folder / "styles",)
    site.article("one.md", section("keys=hatherley2010ruins style=apa"))
    site.settle("one.md")
    own = (root / "styles" / "northbib-further-reading.csl").read_bytes()
    (site.folder / "styles" / "apa.csl").write_bytes(own)
    assert site.stale("one.md") == ["one.md"]


def test_a_style_that_comes_to_lie_beside_the_article_is_noticed(site: Site, root: Path) -> None:
    own = (root / "styles" / "northbib-further-reading.csl").read_text("utf-8")
    (site.folder / "posts").mkdir()
    (site.folder / "own.csl").write_text(own, encoding="utf-8")
    site.article("posts/one.md", section("keys=hatherley2010ruins style=own.csl"))
    site.settle("posts/one.md")
    other = own.replace('font-style="italic"', 'font-weight="bold"')
    (site.folder / "posts" / "own.csl").write_text(other, encoding="utf-8")
    assert site.stale("posts/one.md") == ["posts/one.md"]


@pytest.mark.parametrize("words", ["locale=de-DE", "engine=citeproc-py", "ordered=yes", "limit=1"])
def test_an_option_that_is_added_is_noticed(site: Site, words: str) -> None:
    first = "topic:northern-identity style=apa"
    site.article("one.md", section(first))
    site.settle("one.md")
    path = site.folder / "one.md"
    path.write_text(path.read_text("utf-8").replace(first, f"{first} {words}"), "utf-8")
    site.run("one.md")
    assert site.read == ["one.md"]


def test_another_version_of_the_program_begins_anew(
    site: Site, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "__version__", "99.0")
    assert site.stale(*two) == []
    assert len(site.rendered) == 3


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_memory_is_begun_anew(site: Site, two: tuple[str, str], damage: bytes) -> None:
    (file,) = (site.folder / "cache" / "northbib" / "embed").iterdir()
    file.write_bytes(damage)
    assert site.stale(*two) == []
    assert site.read == ["one.md", "two.md"]
    assert site.stale(*two) == []
    assert site.read == []


def test_a_memory_that_cannot_be_kept_is_done_without(
    site: Site, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("no-folder", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(site.folder / "no-folder"))
    assert site.stale(*two) == []
    assert site.read == ["one.md", "two.md"]


def test_nothing_is_remembered_of_a_run_during_which_the_library_changed(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.article("one.md", section("keys=hatherley2010ruins style=apa"))
    site.run("one.md", write=True)

    render = site._reading_list

    def changing(*given: Any, **named: Any) -> Any:
        result = render(*given, **named)
        bib(site, "New Ruins", "Old Ruins")
        return result

    path = site.folder / "cache" / "northbib" / "embed"
    for file in path.iterdir():
        file.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(rendering, "reading_list", changing)
        site.run("one.md")
    assert site.stale("one.md") == ["one.md"]


def test_an_article_with_an_edited_section_is_told_of_every_time(
    site: Site, two: tuple[str, str]
) -> None:
    path = site.folder / "one.md"
    path.write_text(path.read_text("utf-8").replace("Powerhouse", "Poorhouse"), "utf-8")
    for _ in range(2):
        (one, _) = site.run(*two)
        assert [finding.code for finding in one.findings] == ["edited-section"]


def test_warnings_of_an_article_are_said_again_though_it_is_not_read(site: Site) -> None:
    site.article("one.md", section("topic:transport"))
    site.run("one.md", write=True)
    first = site.run("one.md")
    second = site.run("one.md")
    assert site.read == []
    assert [each.findings for each in first] == [each.findings for each in second]
    assert second[0].findings[0].file == "one.md"


def test_problems_of_the_library_are_said_again_though_it_is_not_read(site: Site) -> None:
    (site.library / "twin.bib").write_text(BIBTEX, encoding="utf-8")
    first = Remembered(Store(site.library))
    told = first.problems()
    first.cache.save()
    first.cache.close()
    store = Store(site.library)
    again = Remembered(store)
    assert again.problems() == told
    assert told
    assert "_contents" not in vars(store)
    again.cache.close()


def test_two_libraries_have_a_memory_each(site: Site, two: tuple[str, str]) -> None:
    other = site.folder / "other"
    other.mkdir()
    (other / "north.bib").write_text(BIBTEX.replace("New Ruins", "Old Ruins"), "utf-8")
    site.library = other
    assert site.stale(*two) == ["two.md"]
    site.library = site.folder / "bibliographies"
    assert site.stale(*two) == []


def test_notes_beside_the_article_are_noticed(site: Site) -> None:
    notes = site.folder / "notes.txt"
    notes.write_text("# hatherley2010ruins\nA walk.\n", encoding="utf-8")
    site.article("one.md", section("keys=hatherley2010ruins style=apa notes=notes.txt"))
    site.settle("one.md")
    notes.write_text("# hatherley2010ruins\nA talk.\n", encoding="utf-8")
    assert site.stale("one.md") == ["one.md"]


def test_what_an_article_cites_is_looked_up_again_where_the_library_changed(site: Site) -> None:
    site.article("one.md", "See [@lee2017cards].\n\n" + section("cited=yes style=apa"))
    site.settle("one.md")
    bib(site, "New Ruins", "Old Ruins")
    assert site.stale("one.md") == []
    bib(site, "Powerhouse of cards", "Powerhouse of bards")
    assert site.stale("one.md") == ["one.md"]


def test_a_list_without_what_an_earlier_one_has_depends_on_that(site: Site) -> None:
    site.article(
        "one.md",
        section("topic:regeneration style=apa")
        + section("topic:northern-identity unlisted=yes style=apa"),
    )
    site.settle("one.md")
    bib(site, "{english-devolution, northern-identity}", "{english-devolution, regeneration}")
    assert site.stale("one.md") == ["one.md"]
