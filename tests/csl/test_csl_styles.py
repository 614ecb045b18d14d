"""Styles are found by name, path, address and text; what is not usable CSL is refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from northbib.csl import Style
from northbib.csl.sources import LARGEST
from northbib.errors import NotFoundError, StyleError

pytestmark = pytest.mark.usefixtures("no_litter")

NAMESPACE = "http://purl.org/net/xbiblio/csl"
LAYOUT = "<citation><layout><text variable='title'/></layout></citation>"


def style_text(body: str = LAYOUT, attributes: str = "class='in-text' version='1.0'") -> str:
    return f"<style xmlns='{NAMESPACE}' {attributes}>\n{body}\n</style>"


def dependent(parent: str) -> str:
    link = f"<link rel='independent-parent' href='http://www.zotero.org/styles/{parent}'/>"
    return style_text(f"<info><title>A title</title>{link}</info>", "version='1.0'")


def test_a_style_keeps_what_its_head_says() -> None:
    style = Style.load("apa")
    assert (style.name, style.id) == ("apa", "http://www.zotero.org/styles/apa")
    assert style.link == "http://www.zotero.org/styles/apa"
    assert style.title.startswith("APA Style")
    assert "American Psychological Association" in style.title_short
    assert {"psychology", "law"} <= set(style.fields)
    assert style.licence == "http://creativecommons.org/licenses/by-sa/3.0/"
    assert style.rights.startswith("This work is licensed under")
    assert (style.class_, style.parent, style.has_bibliography) == ("in-text", None, True)


@pytest.mark.parametrize(
    "source",
    [
        "apa",
        "APA",
        " apa ",
        "http://www.zotero.org/styles/apa",
        "https://www.zotero.org/styles/apa",
        "www.zotero.org/styles/apa",
        "zotero.org/styles/apa.csl",
        "urn:any:apa",
    ],
)
def test_one_style_has_many_addresses(source: str) -> None:
    assert Style.load(source).name == "apa"


def test_a_name_may_be_written_as_words() -> None:
    assert Style.load("Harvard Cite Them Right").name == "harvard-cite-them-right"


def test_a_dependent_style_resolves_to_its_parent_and_keeps_its_own_head() -> None:
    style = Style.load("2d-materials")
    assert (style.title, style.parent) == ("2D Materials", "institute-of-physics-numeric")
    assert style.xml == Style.load("institute-of-physics-numeric").xml
    assert style.source != style.xml


def test_a_style_loads_from_a_path_from_text_and_from_bytes(tmp_path: Path) -> None:
    text = f"<?xml version='1.0' encoding='utf-16'?>{style_text()}"
    path = tmp_path / "mine.csl"
    path.write_text(style_text(), encoding="utf-8")
    assert Style.load(path).name == Style.load(str(path)).name == "mine"
    assert Style.load(path).file == str(path)
    assert Style.load(text).has_bibliography is False
    assert Style.load(style_text().encode("utf-16")).file is None


def test_a_folder_of_styles_comes_before_the_published_ones(tmp_path: Path) -> None:
    (tmp_path / "apa.csl").write_text(style_text(), encoding="utf-8")
    assert Style.load("apa", [tmp_path]).file == str(tmp_path / "apa.csl")
    (tmp_path / "child.csl").write_text(dependent("apa"), encoding="utf-8")
    assert Style.load("child", [tmp_path]).xml == style_text().encode()


def test_an_unknown_name_is_answered_with_near_ones() -> None:
    with pytest.raises(NotFoundError, match="harvard-cite-them-right") as raised:
        Style.load("harvard-cite-them-wright")
    assert raised.value.exit_status == 4


@pytest.mark.parametrize("name", ["", "x" * 5000, "\0", "..", "no such style at all"])
def test_what_is_no_name_of_a_style_is_not_found(name: str) -> None:
    with pytest.raises(NotFoundError):
        Style.load(name)


def test_a_path_that_is_not_there_is_named() -> None:
    with pytest.raises(NotFoundError, match=r"no/such/apa\.csl: .*did you mean apa"):
        Style.load("no/such/apa.csl")
    with pytest.raises(NotFoundError):
        Style.load(Path())


HOSTILE = {
    "not XML": ("@book{lee,\n}", "not well-formed"),
    "not closed": (style_text()[:-5], "not well-formed"),
    "another root": ("<html/>", "not a CSL style: its root is <html>"),
    "another namespace": ("<style version='1.0'/>", "not a CSL style"),
    "no version": (style_text(attributes="class='note'"), "no version"),
    "CSL 0.8": (style_text(attributes="version='0.8.1'"), "version '0.8.1'"),
    "document type": (f"<!DOCTYPE style>{style_text()}", "document type"),
    "entity": (
        "<!DOCTYPE style [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>"
        + style_text("<info><title>&e;</title></info>"),
        "document type",
    ),
    "many entities": (
        "<!DOCTYPE style [<!ENTITY a 'aaaaaaaaaa'>"
        + "".join(
            f"<!ENTITY {new} '{f'&{old};' * 10}'>"
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "]>"
        + style_text("<info><title>&i;</title></info>", "version='1.0' class='&i;'"),
        "not well-formed",
    ),
    "too deep": (style_text("<group>" * 1000 + "</group>" * 1000), "not well-formed"),
    "too large": (style_text(" " * LARGEST), "larger than"),
    "no citation": (style_text(""), "no citation"),
    "no layout": (style_text("<citation/>"), "no layout"),
    "no macro": (style_text(LAYOUT.replace("variable", "macro")), "no macro 'title'"),
    "no parent": (dependent("there-is-no-such-style"), "parent style"),
    "dependent parent": (dependent("2d-materials"), "itself dependent"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_is_not_usable_csl_is_refused(case: str, tmp_path: Path) -> None:
    text, message = HOSTILE[case]
    path = tmp_path / "bad.csl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError, match=message) as raised:
        Style.load(path)
    assert raised.value.where == str(path)


def test_an_error_names_the_line() -> None:
    broken = style_text(f"{LAYOUT}\n\n<macro name='m'><text macro='nope'/></macro>")
    with pytest.raises(StyleError) as raised:
        Style.load(broken)
    assert raised.value.line == 4
    with pytest.raises(StyleError) as raised:
        Style.load("<style>\n\n<info></style>")
    assert raised.value.line == 3


def test_macros_in_a_ring_are_refused() -> None:
    ring = "".join(
        f"<macro name='{name}'><text macro='{called}'/></macro>"
        for name, called in (("a", "b"), ("b", "c"), ("c", "b"))
    )
    with pytest.raises(StyleError, match=r"macro '[bc]' calls itself"):
        Style.load(style_text(ring + LAYOUT))


def test_macros_that_multiply_beyond_measure_are_refused() -> None:
    layers = "".join(
        f"<macro name='m{n}'><text macro='m{n + 1}'/><text macro='m{n + 1}'/></macro>"
        for n in range(40)
    )
    with pytest.raises(StyleError, match="elements"):
        Style.load(style_text(f"{layers}<macro name='m40'/>{LAYOUT}"))


def test_a_style_of_ones_own_goes_by_its_id(tmp_path: Path) -> None:
    head = "<info><title>Ours</title><id>urn:uuid:our-style&amp;co</id></info>"
    (tmp_path / "file.csl").write_text(style_text(head + LAYOUT), encoding="utf-8")
    assert Style.load("urn:uuid:our-style&co", [tmp_path]).name == "file"
    assert Style.load("urn:northbib:style:northbib-further-reading").class_ == "in-text"
    child = dependent("x").replace("http://www.zotero.org/styles/x", "urn:uuid:our-style&amp;co")
    assert Style.load(child, [tmp_path]).parent == "file"
    with pytest.raises(NotFoundError):
        Style.load("urn:uuid:our-style", [tmp_path])


def test_a_dependent_style_keeps_all_of_its_own_head() -> None:
    style = Style.load("2d-materials")
    assert style.id == style.link == "http://www.zotero.org/styles/2d-materials"
    assert style.fields == ("physics",)
    assert style.licence == "http://creativecommons.org/licenses/by-sa/3.0/"
    assert style.rights.startswith("This work is licensed under")
    assert style.title_short == ""
