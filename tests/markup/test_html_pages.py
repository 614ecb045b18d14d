"""Whole pages: valid, and open to everybody, in light and dark, from left and from right."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import html5lib
import pytest

import northbib
from northbib.errors import UsageError
from northbib.lists import list_spec, reading_list
from northbib.markup.html import write_blocks, write_inline
from northbib.markup.html_page import ASSETS, asset, html_page
from northbib.markup.tree import Block, Heading, Item, ItemList, Link, Paragraph, Reference, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

AXE = Path(__file__).with_name("axe.cjs")
NODE_MODULES = os.environ.get("NODE_PATH", "/usr/share/nodejs:/usr/lib/node_modules")
OPTIONS = {"group": "type", "style": "apa", "level": "2", "jsonld": "yes", "bibtex": "yes"}


def list_page(root: Path) -> str:
    """Give a page with all that a list can have, and a citation that leads to it."""
    store = northbib.open(root / "bibliographies")
    records = [stored.record for stored in store.find("topic:transport")]
    options = {**OPTIONS, "intro": "What to read first."}
    found = reading_list(records, list_spec(options, is_web=True))
    numbers = iter(range(len(records)))
    blocks = [_dressed(block, numbers) for block in found.blocks]
    first = next(block for block in blocks if isinstance(block, ItemList)).items[0]
    citation = write_inline((Reference(first.key, (Text("This"),), id="cite-0"),))
    return html_page(f"<p>{citation} says so.</p>\n{write_blocks(blocks)}", "A <list>", "en-GB")


def _dressed(block: Block, numbers: Iterator[int]) -> Block:
    if not isinstance(block, ItemList):
        return block
    return replace(block, items=tuple(_item(item, next(numbers)) for item in block.items))


def _item(item: Item, number: int) -> Item:
    return replace(
        item,
        annotation=(Paragraph((Text("A note on this work."),)),) if number % 2 else (),
        language="de" if number % 3 == 0 else "",
        cited_at=() if number else ("cite-0",),
    )


def right_to_left_page() -> str:
    title = (Text("عنوان الكتاب"),)
    arabic = Item("a", title, "ar", (Paragraph((Text("ملاحظة."),)),), bibtex="@book{a,\n}")
    english = Item("b", (Text("Lee, "), Link("https://www.gov.uk/", (Text("A title"),))), "en")
    heading = Heading(2, (Text("كتب"),), ("كتب",))
    return html_page(write_blocks((heading, ItemList((arabic, english)))), "قائمة", "ar")


@pytest.mark.parametrize("name", ["list", "right to left"])
def test_a_page_is_valid_html(root: Path, name: str) -> None:
    source = list_page(root) if name == "list" else right_to_left_page()
    html5lib.HTMLParser(strict=True).parse(source)
    ids = re.findall(r'\bid="([^"]*)"', source)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]*)"', source):
        assert target in ids
    body = source.partition("<body>")[2].partition("<script>")[0]
    assert "style=" not in body
    assert "doc-biblioentry" not in source


def test_a_page_says_its_language_and_direction() -> None:
    assert '<html lang="ar" dir="rtl">' in right_to_left_page()
    assert "<title>A &lt;b&gt;</title>" in html_page("", "A <b>")


def test_a_script_is_there_only_for_what_it_does() -> None:
    assert "<script>" in right_to_left_page()
    assert "<script>" not in html_page('<ul class="northbib">\n</ul>\n', "A list")


def test_the_files_for_other_pages() -> None:
    for name in ASSETS:
        assert "</script" not in asset(name)
        assert "</style" not in asset(name)
    with pytest.raises(UsageError):
        asset("../tree.py")


def test_the_checker_of_the_w3c_finds_nothing(root: Path, tmp_path: Path) -> None:
    folders = [Path(folder, "vnu-jar/build/dist/vnu.jar") for folder in NODE_MODULES.split(":")]
    jar = next((jar for jar in folders if jar.is_file()), None)
    java = shutil.which("java")
    if java is None or jar is None:
        pytest.skip("needs java and the npm package vnu-jar in NODE_PATH")
    for name, source in (("list.html", list_page(root)), ("rtl.html", right_to_left_page())):
        (tmp_path / name).write_text(source, encoding="utf-8")
    files = [str(path) for path in tmp_path.glob("*.html")]
    run = subprocess.run(
        [java, "-jar", str(jar), *files], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory, root: Path) -> list[dict[str, Any]]:
    """Let axe-core judge both pages; skips where what it needs is not there."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None:
        pytest.skip("needs chromium and node")
    environment = {**os.environ, "NODE_PATH": NODE_MODULES}
    needed = "require.resolve('axe-core'); require.resolve('playwright-core')"
    known = subprocess.run([node, "-e", needed], env=environment, capture_output=True, check=False)
    if known.returncode:
        pytest.skip("needs the npm packages axe-core and playwright-core in NODE_PATH")
    folder = tmp_path_factory.mktemp("pages")
    files = {"list.html": list_page(root), "rtl.html": right_to_left_page()}
    for name, source in files.items():
        (folder / name).write_text(source, encoding="utf-8")
    paths = [str(folder / name) for name in files]
    run = subprocess.run(
        [node, str(AXE), chromium, "", *paths],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    outcomes: list[dict[str, Any]] = json.loads(run.stdout)
    return outcomes


def test_an_accessibility_checker_finds_nothing(judged: list[dict[str, Any]]) -> None:
    assert [(one["file"], one["colorScheme"]) for one in judged] == [
        ("list.html", "light"),
        ("list.html", "dark"),
        ("rtl.html", "light"),
        ("rtl.html", "dark"),
    ]
    for one in judged:
        assert one["violations"] == []
        assert one["passes"] > 20
        # The sign on a link back is no word, of which the checker is not sure.
        assert not [each for each in one["incomplete"] if "doc-backlink" not in each]


def test_a_button_copies_the_bibtex_and_says_so(judged: list[dict[str, Any]]) -> None:
    for one in judged:
        assert one["errors"] == []
        assert one["names"][0].startswith("Copy BibTeX: ")
        assert one["status"] == "BibTeX copied"
