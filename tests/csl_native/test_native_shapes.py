"""What a style makes of an item does not depend on the other items that it has been bound for."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from northbib.csl import Processor, Style

STYLE = """
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><id>shapes</id><title>A style</title><updated>2026-01-01T00:00:00Z</updated></info>
  <macro name="editors">
    <names variable="editor"><label form="short" prefix=" (" suffix=")"/></names>
  </macro>
  <macro name="authors">
    <names variable="author">
      <label form="short" prefix=" [" suffix="]"/>
      <substitute><names variable="translator"/><text macro="editors"/></substitute>
    </names>
  </macro>
  <macro name="number">
    <choose>
      <if is-numeric="volume"><number variable="volume" form="ordinal" suffix=" vol."/></if>
      <else-if variable="volume"><text variable="volume"/></else-if>
      <else-if type="report thesis" variable="genre" match="all">
        <text variable="genre" text-case="capitalize-first"/>
      </else-if>
      <else-if variable="genre locator" match="any"><text value="a kind"/></else-if>
    </choose>
  </macro>
  <macro name="container">
    <group delimiter=" ">
      <text term="in"/>
      <text variable="container-title" form="short" font-style="italic"/>
      <text macro="editors"/>
    </group>
  </macro>
  <citation><layout><text macro="authors"/></layout></citation>
  <bibliography>
    <layout suffix=".">
      <group delimiter=". ">
        <text macro="authors"/>
        <choose>
          <if type="book" match="none"><text variable="title" quotes="true"/></if>
          <else><text variable="title" font-style="italic"/></else>
        </choose>
        <text macro="container"/>
        <text macro="number"/>
        <date variable="issued" form="numeric" date-parts="year"/>
      </group>
    </layout>
  </bibliography>
</style>
"""

FIELDS: dict[str, Any] = {
    "title": "A title",
    "author": [{"family": "Doe", "given": "Jane"}],
    "editor": [{"family": "Roe", "given": "Richard"}],
    "translator": [{"literal": "A body"}],
    "container-title": "A container",
    "container-title-short": "Cont.",
    "journalAbbreviation": "C.",
    "genre": "working paper",
    "volume": "2",
    "issued": {"date-parts": [[2001]]},
}
ITEMS = st.builds(
    lambda type_, fields, changed: {"type": type_, **{f: FIELDS[f] for f in fields}, **changed},
    st.sampled_from(["book", "report", "thesis", "chapter"]),
    st.sets(st.sampled_from(sorted(FIELDS))),
    st.dictionaries(
        st.sampled_from(["title", "volume", "genre", "issued", "author"]),
        st.sampled_from(["", "two", "II", None, []]),
        max_size=2,
    ),
)


def entries(items: list[dict[str, Any]]) -> list[str]:
    return [entry.text for entry in Processor(Style.load(STYLE.encode()), items).bibliography()]


@settings(max_examples=60, deadline=None)
@given(st.lists(ITEMS, max_size=6))
def test_items_set_together_read_as_each_alone(items: list[dict[str, Any]]) -> None:
    numbered = [{**item, "id": str(number)} for number, item in enumerate(items)]
    assert entries(numbered) == [entry for item in numbered for entry in entries([item])]


def test_items_of_one_shape_show_their_own_values() -> None:
    items = [
        {"id": number, "type": "book", "title": f"Title {number}", "volume": volume}
        for number, volume in (("1", "2"), ("2", "two"), ("3", "3"))
    ]
    assert entries(items) == [
        "<i>Title 1</i>. 2nd vol.",
        "<i>Title 2</i>. two.",
        "<i>Title 3</i>. 3rd vol.",
    ]


def test_an_older_name_of_a_variable_is_there_too() -> None:
    item = {"id": "a", "type": "chapter", "title": "T", "journalAbbreviation": "C."}
    assert entries([item]) == ["“T.” in <i>C.</i>"]


def test_names_in_a_macro_that_a_substitute_calls_have_labels_of_their_own() -> None:
    item = {"id": "a", "type": "book", "title": "T", "editor": FIELDS["editor"]}
    assert entries([item]) == ["Richard Roe (ed.). <i>T</i>."]


def test_macros_that_call_each_other_on_and_on_end() -> None:
    links = "".join(f'<macro name="m{n}"><text macro="m{n + 1}"/></macro>' for n in range(900))
    layout = '<layout><text macro="m0"/></layout>'
    xml = f"""
    <style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
      <info><id>deep</id><title>A style</title><updated>2026-01-01T00:00:00Z</updated></info>
      {links}<macro name="m900"><text variable="title"/></macro>
      <citation>{layout}</citation><bibliography>{layout}</bibliography>
    </style>
    """
    item = {"id": "a", "type": "book", "title": "T"}
    processor = Processor(Style.load(xml.encode()), [item])
    assert [entry.text for entry in processor.bibliography()] == ["T"]
    assert [warning.code for warning in processor.warnings] == ["not-set"]
