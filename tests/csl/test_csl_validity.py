"""Each fault of a style is found at its line, said in plain words, and alone."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from northbib.csl import Style, check
from northbib.csl.conformance import schema_faults
from northbib.csl.installed import schema, style_package
from northbib.csl.xml import parse
from northbib.errors import NotFoundError, StyleError

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACE = "http://purl.org/net/xbiblio/csl"
PARENT = "http://www.zotero.org/styles/apa"

SOUND = f"""<style xmlns="{NAMESPACE}" class="in-text" version="1.0">
  <info>
    <title>A title</title>
    <id>urn:northbib:style:test</id>
    <updated>2026-01-31T12:00:00+00:00</updated>
  </info>
  <macro name="m">
    <text variable="title"/>
  </macro>
  <citation>
    <layout>
      <text macro="m"/>
    </layout>
  </citation>
</style>
"""

DEPENDENT = f"""<style xmlns="{NAMESPACE}" version="1.0">
  <info>
    <title>A title</title>
    <id>urn:northbib:style:test</id>
    <link href="{PARENT}" rel="independent-parent"/>
    <updated>2026-01-31T12:00:00+00:00</updated>
  </info>
</style>
"""

TEXT = '<text variable="title"/>'
CALL = '<text macro="m"/>'
MACRO = '<macro name="m">'
SINGLE = "<single>in</single><multiple>in</multiple>"

SCHEMA = {
    "unknown element": (TEXT, "<bold/>", 8, "unknown-element", "CSL has no element <bold>"),
    "near element": (TEXT, "<txt/>", 8, "unknown-element", "no element <txt>; did you mean text"),
    "element of CSL-M": (TEXT, f"{TEXT}<institution/>", 8, "unknown-element", "<institution>"),
    "element of another namespace": (
        TEXT,
        f"{TEXT}<text xmlns='urn:x'/>",
        8,
        "unknown-element",
        "CSL has no element <text>",
    ),
    "element elsewhere": (
        TEXT,
        f"{TEXT}<name/>",
        8,
        "misplaced-element",
        "<name> may not stand in <macro>; it may in <author>, <contributor> and <names>",
    ),
    "sort too late": (
        "</layout>",
        "</layout><sort><key variable='title'/></sort>",
        13,
        "misplaced-element",
        "<sort> must stand before <layout> in <citation>",
    ),
    "else before if": (
        TEXT,
        f"<choose><else>{TEXT}</else></choose>",
        8,
        "missing-element",
        "<choose> needs <if>",
    ),
    "two titles": (
        "<id>",
        "<title>B</title><id>",
        4,
        "repeated-element",
        "there may be only one <title> in <info>",
    ),
    "unknown attribute": (
        TEXT,
        '<text variable="title" colour="red"/>',
        8,
        "unknown-attribute",
        "<text> has no attribute colour",
    ),
    "near attribute": (
        TEXT,
        '<text variable="title" sufix="."/>',
        8,
        "unknown-attribute",
        "did you mean suffix",
    ),
    "attribute of another element": (
        TEXT,
        '<text variable="title" delimiter="."/>',
        8,
        "unknown-attribute",
        "<text> has no attribute delimiter",
    ),
    "attributes that exclude each other": (
        TEXT,
        '<text variable="title" value="Title"/>',
        8,
        "attribute-conflict",
        '<text> may not have value="Title" beside variable="title"',
    ),
    "value": (
        TEXT,
        '<text variable="title" font-weight="heavy"/>',
        8,
        "bad-value",
        "font-weight of <text> may be normal, bold or light, not 'heavy'",
    ),
    "truth": (
        TEXT,
        '<text variable="title" quotes="yes"/>',
        8,
        "bad-value",
        "quotes of <text> must be true or false, not 'yes'",
    ),
    "number": (
        "<citation>",
        '<citation et-al-min="many">',
        10,
        "bad-value",
        "et-al-min of <citation> must be a whole number, not 'many'",
    ),
    "date": (
        "2026-01-31T12:00:00+00:00",
        "yesterday",
        5,
        "bad-value",
        "<updated> must be a date and time",
    ),
    "one word of a list": (
        TEXT,
        f'<choose><if type="book boook">{TEXT}</if></choose>',
        8,
        "unknown-type",
        "CSL 1.0.2 has no type 'boook'; did you mean book",
    ),
    "condition": (
        TEXT,
        f'<choose><if variable="titel">{TEXT}</if></choose>',
        8,
        "unknown-variable",
        "CSL 1.0.2 has no variable 'titel'; did you mean title",
    ),
    "variable": (
        TEXT,
        '<text variable="titel"/>',
        8,
        "unknown-variable",
        "CSL 1.0.2 has no text or number variable 'titel'; did you mean title",
    ),
    "variable of another kind": (
        TEXT,
        '<text variable="author"/>',
        8,
        "wrong-variable",
        "author is not a text or number variable; <names> is for it",
    ),
    "term": (
        TEXT,
        '<text term="et-all"/>',
        8,
        "unknown-term",
        "CSL 1.0.2 has no term 'et-all'; did you mean et-al",
    ),
    "field": (
        "<id>",
        '<category field="alchemy"/><id>',
        4,
        "unknown-field",
        "CSL 1.0.2 has no field 'alchemy'",
    ),
    "no attribute": (TEXT, "<names/>", 8, "missing-attribute", "<names> needs the attribute var"),
    "none of some attributes": (
        TEXT,
        "<text/>",
        8,
        "missing-attribute",
        "<text> needs one of the attributes macro, term, value or variable",
    ),
    "no class": (
        ' class="in-text"',
        "",
        1,
        "missing-attribute",
        "<style> needs the attribute class",
    ),
    "no child": ("<id>urn:northbib:style:test</id>", "", 2, "missing-element", "<info> needs <id>"),
    "none of some children": (
        TEXT,
        "<group/>",
        8,
        "missing-element",
        "<group> needs at least one of <names>, <date>, <label>",
    ),
    "text": (TEXT, f"{TEXT} and so on", 7, "stray-text", "<macro> may not hold text: 'and so on'"),
    "text beside forms of a term": (
        MACRO,
        f"<locale><terms>\n<term name='in'>in{SINGLE}</term></terms></locale>{MACRO}",
        8,
        "stray-text",
        "<term> may not hold text: 'in'",
    ),
}
"""What is changed in the sound style, to what; line, code and words of the one fault."""

BEYOND = {
    "unknown macro": (CALL, f"{CALL}<text macro='n'/>", 12, "unknown-macro", "no macro 'n'"),
    "unknown macro in a sort": (
        "<layout>",
        "<sort><key macro='mm'/></sort><layout>",
        11,
        "unknown-macro",
        "there is no macro 'mm'; did you mean m",
    ),
    "ring of one": (TEXT, CALL, 7, "macro-cycle", "the macro 'm' calls itself"),
    "ring of two": (
        f"{TEXT}\n  </macro>",
        "<text macro='n'/>\n  </macro>\n  <macro name='n'><text macro='m'/></macro>",
        7,
        "macro-cycle",
        "the macro 'm' calls itself: 'm' → 'n' → 'm'",
    ),
    "macro twice": (
        "<citation>",
        f"{MACRO}{TEXT}</macro><citation>",
        10,
        "repeated-macro",
        "the macro 'm' is already defined on line 7",
    ),
}

WARNINGS = {
    "unused macro": (
        "<citation>",
        f"<macro name='n'>{TEXT}</macro><citation>",
        10,
        "unused-macro",
        "neither citation nor bibliography comes to the macro 'n'",
    ),
    "term without a form": (
        TEXT,
        f"{TEXT}<text term='ordinal-77'/>",
        8,
        "undefined-term",
        "neither the style nor any locale defines the term ordinal-77",
    ),
}


def changed(case: tuple[str, str, int, str, str]) -> str:
    old, new, *_ = case
    assert SOUND.count(old) == 1
    return SOUND.replace(old, new)


def valid_by_libxml2(text: str) -> bool:
    validator = etree.RelaxNG(etree.parse(str(schema())))
    return bool(validator.validate(etree.fromstring(text).getroottree()))


def test_a_sound_style_has_no_faults(root: Path) -> None:
    assert check(SOUND) == []
    assert check(DEPENDENT) == []
    assert check(root / "styles/northbib-further-reading.csl") == []
    assert check("northbib-further-reading") == check(Style.load("apa")) == []


@pytest.mark.parametrize("name", SCHEMA)
def test_what_the_schema_forbids_is_said_in_words_at_its_line(name: str) -> None:
    _, _, line, code, words = SCHEMA[name]
    text = changed(SCHEMA[name])
    assert not valid_by_libxml2(text)
    (fault,) = [fault for fault in check(text) if not fault.code.endswith("-macro")]
    assert (fault.line, fault.code, fault.severity) == (line, code, "error")
    assert words in str(fault)


@pytest.mark.parametrize("name", BEYOND)
def test_what_no_schema_says_is_found_too(name: str) -> None:
    _, _, line, code, words = BEYOND[name]
    text = changed(BEYOND[name])
    assert valid_by_libxml2(text)
    faults = [fault for fault in check(text) if fault.severity == "error"]
    assert [(fault.line, fault.code) for fault in faults] == [(line, code)]
    assert words in str(faults[0])


@pytest.mark.parametrize("name", WARNINGS)
def test_what_does_no_harm_is_a_warning(name: str) -> None:
    _, _, line, code, words = WARNINGS[name]
    (warning,) = check(changed(WARNINGS[name]))
    assert (warning.line, warning.code, warning.severity) == (line, code, "warning")
    assert words in warning.message


def test_a_term_of_the_style_itself_or_of_any_locale_is_defined() -> None:
    own = "<locale xml:lang='fr'><terms><term name='ordinal-77'>e</term></terms></locale>"
    text = SOUND.replace(TEXT, f"{TEXT}<text term='ordinal-77'/>").replace(MACRO, f"{own}{MACRO}")
    assert check(text) == []
    elsewhere = SOUND.replace(TEXT, "<text term='ordinal-33'/><label variable='locator'/>")
    assert check(elsewhere) == []


def test_all_faults_of_a_style_are_found_in_one_run(root: Path) -> None:
    found = check(root / "examples/draft.csl")
    assert [fault.line for fault in found] == sorted(fault.line or 0 for fault in found)
    assert len(found) == 11


def test_a_fault_stands_where_its_tag_begins() -> None:
    text = SOUND.replace(TEXT, f'{TEXT}\n\n    <text\n      variable="title"\n      x="y"\n    />')
    assert [fault.line for fault in check(text)] == [10]
    wide = SOUND.replace(TEXT, "<bold/>").encode("utf-16")
    assert [fault.line for fault in check(wide)] == [8]
    long = SOUND.replace(MACRO, "\n" * 70_000 + MACRO).replace(TEXT, "<bold/>")
    assert [fault.code for fault in check(long)] == ["unknown-element"]


def test_a_parent_that_cannot_be_used_is_a_fault(tmp_path: Path) -> None:
    (absent,) = check(DEPENDENT.replace(PARENT, "http://www.zotero.org/styles/appa"))
    assert (absent.line, absent.code, absent.severity) == (5, "no-parent", "error")
    assert "did you mean" in str(absent)
    (dependent,) = check(DEPENDENT.replace(PARENT, "http://www.zotero.org/styles/2d-materials"))
    assert (dependent.line, dependent.code) == (5, "no-parent")
    (tmp_path / "mine.csl").write_text(SOUND, encoding="utf-8")
    assert check(DEPENDENT.replace(PARENT, "urn:northbib:style:test"), [tmp_path]) == []


def test_a_dependent_style_has_nothing_but_a_head() -> None:
    text = DEPENDENT.replace("</info>", "</info><citation><layout/></citation>")
    codes = {fault.code for fault in check(text)}
    assert codes == {"misplaced-element"}


def test_a_style_with_faults_that_do_no_harm_loads() -> None:
    for name in ("unknown attribute", "value", "variable", "text", "sort too late"):
        assert Style.load(changed(SCHEMA[name])).title == "A title"


@pytest.mark.parametrize("text", ["@book{lee,", "<style>", "<html/>", SOUND[:-9]])
def test_what_is_no_style_is_not_checked(text: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.csl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError) as raised:
        check(path)
    assert raised.value.where == str(path)
    with pytest.raises(NotFoundError):
        check(tmp_path / "absent.csl")


def test_chains_and_rings_of_many_macros_take_no_time() -> None:
    def style(count: int, last: str) -> str:
        calls = [f"<macro name='m{n}'><text macro='m{n + 1}'/></macro>" for n in range(count)]
        end = f"<macro name='m{count}'>{last}</macro>"
        return SOUND.replace("<citation>", f"{''.join(calls)}{end}<citation>")

    assert [fault.code for fault in check(style(20_000, TEXT)) if fault.severity == "error"] == []
    ring = check(style(2_000, "<text macro='m0'/>"))
    assert [fault.code for fault in ring if fault.severity == "error"] == ["macro-cycle"]


def published(seed: int, count: int) -> list[Path]:
    files = sorted((style_package() / "styles").glob("*.csl"))
    return random.Random(seed).sample(files, count)  # noqa: S311


def test_published_styles_have_no_errors() -> None:
    faulty = {
        path.stem: [str(fault) for fault in faults]
        for path in published(1066, 40)
        if (faults := [fault for fault in check(path) if fault.severity == "error"])
    }
    assert faulty == {}


TAGS = "text group names name label date if else macro layout sort key title foo single".split()
ATTRIBUTES = "variable macro term form delimiter match type name plural et-al-min foo".split()
VALUES = ["author", "title", "issued", "page", "long", "1", "true", "all", "a b", ""]


def mutate(root: etree._Element, kind: int, place: int, word: int) -> None:
    """Change one thing of a style."""
    elements = list(root.iter())[1:]
    element = elements[place % len(elements)]
    parent = element.getparent()
    assert parent is not None
    if kind == 0:
        element.set(ATTRIBUTES[word % len(ATTRIBUTES)], VALUES[place % len(VALUES)])
    elif kind == 1 and element.attrib:
        del element.attrib[list(element.attrib)[word % len(element.attrib)]]
    elif kind == 2:
        parent.remove(element)
    elif kind == 3:
        element.insert(0, etree.Element(f"{{{NAMESPACE}}}{TAGS[word % len(TAGS)]}"))
    elif kind == 4:
        parent.insert(word % len(parent), element)
    elif kind == 5:
        element.text = "text"
    else:
        element.tag = f"{{{NAMESPACE}}}{TAGS[word % len(TAGS)]}"


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    style=st.sampled_from([path.name for path in published(7, 8)]),
    changes=st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 10**6), st.integers(0, 10**6)), max_size=3
    ),
)
def test_faults_are_found_just_where_the_schema_is_broken(
    style: str, changes: list[tuple[int, int, int]]
) -> None:
    root = parse((style_package() / "styles" / style).read_bytes())
    for change in changes:
        mutate(root, *change)
    valid = etree.RelaxNG(etree.parse(str(schema()))).validate(root.getroottree())
    assert bool(schema_faults(root, dependent=False)) is not valid


def test_every_code_is_in_the_docs(root: Path) -> None:
    text = (root / "docs/styles.md").read_text(encoding="utf-8")
    section = text.partition("## Check a style\n")[2].partition("\n## ")[0]
    shown = set(re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE))
    cases = {**SCHEMA, **BEYOND, **WARNINGS}
    tested = {case[3] for case in cases.values()} | {"no-parent", "not-a-style", "no-such-style"}
    assert tested | {"macro-too-large"} == shown
