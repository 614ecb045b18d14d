"""Figures against what BibTeX and other programs read, kept from falling."""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from northbib import exchange
from northbib.bibtex import Document, entry_source, records
from northbib.bibtex.dates import read_date
from northbib.bibtex.inheritance import Inherited
from northbib.bibtex.latex import to_plain, to_rich, to_verbatim
from northbib.bibtex.names import Parts, read_names, split_name
from northbib.bibtex.reading import read_record
from northbib.bibtex.tables import DATES, NAME_LISTS, is_verbatim
from northbib.records import plain
from northbib.records.vocabulary import NAME_VARIABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TYPEWRITER = str.maketrans("“”‘’\N{NO-BREAK SPACE}\N{THIN SPACE}", "\"\"''  ", "\N{SOFT HYPHEN}")


def loaded(path: Path) -> Any:
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    return json.loads(path.read_text(encoding="utf-8"))


def test_all_latex_strings_are_read_as_they_print(shared: Path) -> None:
    wrong = [
        case["id"]
        for case in loaded(shared / "bib-mapping" / "latex-strings.json")
        if to_plain(case["latex"]).translate(TYPEWRITER) != case["text"].translate(TYPEWRITER)
    ]
    assert wrong == []


def test_all_names_are_split_as_bibtex_splits_them(shared: Path) -> None:
    cases = loaded(shared / "bib-mapping" / "names.json")
    expected = [Parts(case["first"], case["von"], case["last"], case["jr"]) for case in cases]
    assert [split_name(case["name"]) for case in cases] == expected


def comparable(variable: str, value: Any) -> Any:
    """Pandoc changes the case of English titles, which we never do."""
    if isinstance(value, str):
        text = " ".join(plain(value).translate(TYPEWRITER).split())
        return text.casefold() if "title" in variable else text
    if isinstance(value, list):
        return [{part: comparable("", text) for part, text in name.items()} for name in value]
    return value


def compared(folder: Path) -> Iterator[tuple[str, Any, Any]]:
    """Give each variable that a case expects: its name, what is expected and what we read."""
    for path in sorted(folder.glob("*.json")):
        document = Document.parse(path.with_suffix(".bib").read_bytes())
        read = [record.to_csl() for _, record in records(document)]
        by_key = {item["id"]: item for item in read}
        for number, item in enumerate(loaded(path)["items"]):
            # biblatex-csl-converter numbers its items instead of keeping their keys.
            nth = read[number] if number < len(read) else {}
            ours = by_key.get(item["id"], {} if folder.name == "pandoc" else nth)
            for variable in item.keys() - {"id"}:
                wanted = comparable(variable, item[variable])
                yield variable, wanted, comparable(variable, ours.get(variable))


def test_the_fields_agree_with_pandocs_own_cases(shared: Path) -> None:
    found = [want == got for _, want, got in compared(shared / "bib-mapping" / "pandoc")]
    if not found:
        pytest.skip("there are no cases")
    assert sum(found) / len(found) >= 0.98


def is_known(variable: str, want: Any, got: Any) -> bool:
    """Whether a difference is of the kinds that csl_converter.md says we are right in."""
    if variable == "type":
        return bool(want == "article")
    if variable in ("author", "editor"):
        dropping = "non-dropping-particle", "dropping-particle"
        return got == [
            {dropping[1] if part == dropping[0] else part: text for part, text in name.items()}
            for name in want
        ] or any("literal" in name for name in want)
    return variable in ("collection-number", "language", "medium")


def test_the_fields_agree_with_biblatex_csl_converter_but_for_known_kinds(shared: Path) -> None:
    found = list(compared(shared / "bib-mapping" / "biblatex-csl-converter"))
    if not found:
        pytest.skip("there are no cases")
    agreed = sum(want == got for _, want, got in found)
    known = sum(want != got and is_known(variable, want, got) for variable, want, got in found)
    assert agreed / len(found) >= 0.855
    assert (agreed + known) / len(found) >= 0.96


ROUTES = ["biblatex", "csl-json biblatex", "bibtex", "csl-json bibtex", "bibtex biblatex"]


@pytest.mark.parametrize("dialect", ["biblatex", "bibtex"])
@pytest.mark.parametrize("route", ROUTES)
def test_every_field_of_the_samples_for_exchange_comes_back_whole(
    shared: Path, monkeypatch: pytest.MonkeyPatch, dialect: str, route: str
) -> None:
    folder = shared / "exchange" / "yardstick"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not there")
    monkeypatch.syspath_prepend(str(folder))
    parse_bib = import_module("rt.canon").parse_bib
    score = import_module("rt.run").score
    data = (folder / "samples" / f"samples.{dialect}.bib").read_bytes()
    items = exchange.read(data, "samples.bib", "biblatex").records
    *through, last = route.split()
    for name in through:
        items = exchange.read(exchange.write(items, name), name, name).records
    verdicts, _ = score(parse_bib(data.decode())[0], exchange.write(items, last).decode())
    not_of_bibtex = {"TYPE"} if "bibtex" in route.split() else set()
    assert [row for row in verdicts if row[2] != "ok" and row[1] not in not_of_bibtex] == []


def said(name: str, value: str) -> Any:
    """Give what the value of a field says, however it is written."""
    if name in NAME_VARIABLES or name in NAME_LISTS:
        return read_names(value)
    if name in DATES:
        return read_date(value)
    if is_verbatim(name):
        return re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", to_verbatim(value))
    if name == "keywords":
        value = ", ".join(word.strip() for word in value.split(",") if word.strip())
    text = " ".join(plain(to_rich(value)).split())
    return re.sub(r"\s*[-–—]+\s*", "-", text).replace(" and ", "; ")


def test_every_field_of_real_files_comes_back_under_its_name(shared: Path) -> None:
    alone = Inherited(Document.parse(""))
    fields, lost = 0, []
    for path in sorted((shared / "bib-corpus").glob("*.bib"))[7::25]:
        document = Document.parse(path.read_bytes())
        for entry in document.entries:
            if not entry.key or entry.type in ("xdata", "set"):
                continue
            before = alone.fields(entry)
            record = read_record(entry.type, "k", before)
            ((_, again),) = records(Document.parse(entry_source(record)))
            after = dict(Document.parse(entry_source(record)).entries[0])
            dated = again.values.get("issued") == record.values.get("issued")
            for name, value in before.items():
                fields += 1
                in_date = name in ("year", "month", "day") and "date" in after and dated
                if said(name, value) and not in_date:
                    lost += [(path.name, entry.key, name)] * (
                        said(name, value) != said(name, after.get(name, ""))
                    )
    if not fields:
        pytest.skip("there is no corpus")
    assert len(lost) <= fields / 2_000, lost


def test_real_files_are_written_as_they_were_read(shared: Path) -> None:
    paths = sorted((shared / "bib-corpus").glob("*.bib"))[::20]
    if not paths:
        pytest.skip("there is no corpus")
    for path in paths:
        data = path.read_bytes()
        document = Document.parse(data, path.name)
        assert document.to_bytes() == data, path.name
        assert len(records(document)) <= len(document.entries)
        assert all(problem.file == path.name for problem in document.problems)
