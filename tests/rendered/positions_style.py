"""A style in notes that says of each citation where it stands."""

__all__ = ["POSITIONS"]

POSITIONS = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" default-locale="en-US">
  <info>
    <title>Positions</title>
    <id>http://www.example.org/positions</id>
    <updated>2024-01-01T00:00:00+00:00</updated>
  </info>
  <citation et-al-min="4" et-al-use-first="1" near-note-distance="2">
    <layout suffix="." delimiter="; ">
      <choose>
        <if position="ibid-with-locator"><text value="ibid"/></if>
        <else-if position="ibid"><text value="same"/></else-if>
        <else-if position="near-note"><text value="near"/></else-if>
        <else-if position="subsequent">
          <text value="again, note "/><text variable="first-reference-note-number"/>
        </else-if>
        <else>
          <group delimiter=", ">
            <names variable="author"><name form="short"/></names><text variable="title"/>
          </group>
        </else>
      </choose>
      <group prefix=", " delimiter=" ">
        <label variable="locator" form="short"/><text variable="locator"/>
      </group>
    </layout>
  </citation>
</style>
"""
