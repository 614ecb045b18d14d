"""Thousands of styles are searched by words, from a cache that may be missing, stale or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.csl import Style, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder of these tests alone; gives the file in it."""
    folder = tmp_path_factory.mktemp("cache") / "northbib"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "user_cache_dir", lambda _name, **_: str(folder))
        yield folder / "styles.json"


def names_of(words: str) -> list[str]:
    return [hit.name for hit in catalogue.search(words)]


def test_all_published_styles_and_our_own_have_a_name() -> None:
    names = catalogue.names()
    assert len(names) > 10_000
    assert names == sorted(set(names))
    assert {"apa", "2d-materials", "northbib-further-reading"} <= set(names)


def test_the_exact_name_comes_first_then_names_that_begin_so_then_titles() -> None:
    hits = names_of("apa")
    assert hits[0] == "apa"
    assert hits.index("apa-6th-edition") < hits.index("jaapa")
    assert names_of("harvard cite them right")[0] == "harvard-cite-them-right"


def test_all_words_must_match_in_name_title_or_field_without_case_and_accents() -> None:
    assert "apa" in names_of("AMERICAN psychological association")
    assert "apa" in names_of("apa social_science")
    assert names_of("ecole") == names_of("École")
    assert names_of("apa zzzz") == []


def test_words_may_come_as_a_list_and_none_at_all_finds_every_style() -> None:
    assert catalogue.search(["further", "reading"])[0].name == "northbib-further-reading"
    assert sorted(names_of("")) == catalogue.names()


def test_a_hit_tells_title_fields_and_parent() -> None:
    hit = next(hit for hit in catalogue.search("2d-materials") if hit.name == "2d-materials")
    assert hit.title == "2D Materials"
    assert hit.fields == ("physics",)
    assert hit.parent == "institute-of-physics-numeric"


def test_what_the_catalogue_says_is_what_the_style_says() -> None:
    for hit in catalogue.search("geography")[:40]:
        style = Style.load(hit.name)
        said = (style.title, style.fields, style.parent, style.title_short)
        assert (hit.title, hit.fields, hit.parent, hit.title_short) == said


def test_a_broken_or_stale_cache_is_made_anew(cache: Path) -> None:
    wanted = names_of("regional studies")
    for damaged in (b"", b"{", b"[]", b'{"stamp": [], "styles": []}', b"\xff"):
        cache.write_bytes(damaged)
        assert names_of("regional studies") == wanted
    before = cache.read_bytes()
    names_of("regional studies")
    assert cache.read_bytes() == before
    assert [path.name for path in cache.parent.iterdir()] == ["styles.json"]


def test_a_cache_that_cannot_be_written_does_no_harm(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setattr(catalogue, "user_cache_dir", lambda _name, **_: str(blocked / "northbib"))
    assert names_of("apa")[0] == "apa"


def test_styles_of_a_folder_are_found_and_hide_published_ones(tmp_path: Path) -> None:
    (tmp_path / "apa.csl").write_text("<title>Mine &amp; yours</title>", encoding="utf-8")
    (tmp_path / "broken.csl").write_bytes(b"\xff\xfe\x00")
    found = {hit.name: hit.title for hit in catalogue.search("", [tmp_path, tmp_path / "absent"])}
    assert found["apa"] == "Mine & yours"
    assert found["broken"] == "broken"
