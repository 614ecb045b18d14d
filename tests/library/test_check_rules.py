"""Every rule of a check finds what it is about, and nothing else."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.library import Store
from northbib.library.check import check
from northbib.library.checking.choice import Choice
from northbib.library.mending import mend
from northbib.library.rules import GROUPS, all_codes, rule

if TYPE_CHECKING:
    from pathlib import Path

    from northbib.library.checking.rule import Rule

RULES = [rule(code) for code in all_codes()]
WITH_EXAMPLES = [each for each in RULES if each.bad]


def name_of(value: object) -> str:
    return getattr(value, "code", None) or str(value)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    library.mkdir()
    return library


def store_of(folder: Path, text: str, code: str = "") -> Store:
    encoding = "windows-1252" if code == "not-utf-8" else "utf-8"
    (folder / "a.bib").write_text(f"{text}\n", encoding=encoding)
    return Store(folder)


def codes_of(folder: Path, text: str, code: str = "") -> set[str]:
    return {finding.code for finding in check(store_of(folder, text, code)).findings}


@pytest.mark.parametrize("each", WITH_EXAMPLES, ids=name_of)
def test_a_rule_finds_its_wrong_example_and_not_its_right_one(each: Rule, folder: Path) -> None:
    assert each.code in codes_of(folder, each.bad, each.code)
    assert each.code not in codes_of(folder, each.good)


@pytest.mark.parametrize("each", [each for each in RULES if each.entry], ids=name_of)
def test_the_right_example_breaks_no_rule_about_text(each: Rule, folder: Path) -> None:
    incomplete = {"missing-field"}
    assert codes_of(folder, each.good) <= incomplete


@pytest.mark.parametrize("each", RULES, ids=name_of)
def test_a_rule_is_told_in_sentences(each: Rule) -> None:
    for sentence in (each.sentence, each.reason):
        assert re.fullmatch(r"[A-Z`&123bL].*[^.]\.", sentence, re.DOTALL), sentence
    assert not each.fix.endswith(".")
    assert each.bad != each.good or not each.bad


def test_a_rule_is_a_module_named_after_its_code(root: Path) -> None:
    modules = {path.stem for path in (root / "src/northbib/library/rules").glob("*.py")}
    assert modules - {"__init__"} == {code.replace("-", "_") for code in all_codes()}
    assert len(all_codes()) == len(set(all_codes()))
    for each in RULES:
        assert rule(each.code) is each


def test_no_group_of_rules_is_empty() -> None:
    assert all(GROUPS.values())


def test_every_fault_that_the_reader_finds_has_a_rule(root: Path) -> None:
    files = [*(root / "src/northbib/bibtex").glob("*.py")]
    files += [root / "src/northbib/library/bibliography.py"]
    codes = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "code":
                codes |= {each.value for each in ast.walk(node) if isinstance(each, ast.Constant)}
    assert codes <= set(all_codes())
    assert codes


def test_the_collection_has_no_faults(root: Path) -> None:
    assert check(Store(root / "bibliographies")).findings == []


def test_a_file_that_is_not_text_is_found(folder: Path) -> None:
    (folder / "a.bib").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    assert [finding.code for finding in check(Store(folder)).findings] == ["not-text"]


def test_a_file_that_cannot_be_read_is_found(folder: Path) -> None:
    (folder / "a.bib").symlink_to(folder / "gone")
    assert [finding.code for finding in check(Store(folder)).findings] == ["unreadable-file"]


FIXABLE = [each for each in WITH_EXAMPLES if each.fix]


@pytest.mark.parametrize("each", FIXABLE, ids=name_of)
def test_a_fix_puts_right_what_the_rule_found(each: Rule, folder: Path) -> None:
    only = Choice(select=frozenset({each.code}))
    store = store_of(folder, each.bad)
    if not any(found.edits for found in check(store, choice=only).found):
        pytest.skip("the example is one that only a person can put right")
    assert mend(store, "", only).findings
    assert check(Store(folder), choice=only).findings == []
    fixed = (folder / "a.bib").read_bytes()
    assert mend(Store(folder), "", only).change is None
    assert (folder / "a.bib").read_bytes() == fixed


def test_most_examples_are_ones_that_a_fix_puts_right(folder: Path) -> None:
    mended = [
        each.code
        for each in FIXABLE
        if any(
            found.edits
            for found in check(
                store_of(folder, each.bad), choice=Choice(select=frozenset({each.code}))
            ).found
        )
    ]
    assert {each.code for each in FIXABLE} - set(mended) <= {"bad-doi", "bad-isbn", "bad-issn"}, (
        mended
    )


FINE = [
    ("missing-field", "@book{a, editor = {Lee, Neil}, title = {A title}, date = {2014}}"),
    ("missing-field", "@report{a, author = {{One North}}, title = {A title}, date = {2014}}"),
    ("missing-field", ("@thesis{a, author = {Lee, Neil}, title = {T}, type = {PhD thesis},"
     " institution = {University of Manchester}, notseen = {date}}")),
    ("missing-field", "@inbook{a, author = {L}, title = {T}, chapter = 3, year = 2014}"),
    ("missing-field", ("@incollection{a, author = {L}, title = {T}, crossref = {b}}\n"
     "@collection{b, editor = {L}, title = {B}, date = {2014}}")),
    ("missing-field", ("@article{a, author = {L}, title = {T}, journaltitle = {J},"
     " pubstate = {forthcoming}}")),
    ("missing-field", "@thing{a, title = {T}}"),
    ("bad-doi", "@misc{a, doi = {10.1086/261763}}"),
    ("bad-doi", "@misc{a, doi = {https://doi.org/10.1086/261763}}"),
    ("bad-doi", "@misc{a, doi = {10.1002/(SICI)1099-1506(200003)7:2<67::AID-NLA186>3.3.CO;2-#}}"),
    ("bad-isbn", "@book{a, isbn = {978-1-5261-3359-5}}"),
    ("bad-isbn", "@book{a, isbn = {ISBN 0-521-82261-0}}"),
    ("bad-isbn", "@book{a, isbn = {0521822610 (hbk.), 9781526133595}}"),
    ("bad-isbn", "@book{a, isbn = {0521822610 9781526133595}}"),
    ("bad-isbn", "@book{a, isbn = {ISBN-13: 978 1 5261 3359 5}}"),
    ("bad-issn", "@article{a, issn = {0022-3808}}"),
    ("bad-issn", "@article{a, issn = {ISSN 0022-3808 (Print); 00223808}}"),
    ("impossible-date", "@misc{a, date = {2014-21/2016-02-29~}}"),
    ("impossible-date", "@misc{a, date = {-0044-03-15}}"),
    ("impossible-date", "@misc{a, date = {../2014}}"),
    ("unreadable-date", r"@misc{a, year = {\noopsort{1973c}1981}}"),
    ("unreadable-date", "@misc{a, year = {in press}}"),
    ("unreadable-date", "@misc{a, year = {c. 1850}}"),
    ("unreadable-date", "@misc{a, date = {1999-01-XX}}"),
    ("date-form", "@misc{a, date = {2014-10/}, urldate = {2014-10-23T10:00:00}}"),
    ("contradicting-dates", "@misc{a, date = {2014/2016}, year = {2015}}"),
    ("unknown-month", "@misc{a, year = 2014, month = {October}}"),
    ("unknown-month", "@misc{a, year = 2014, month = 10}"),
    ("unknown-month", '@misc{a, year = 2014, month = aug # "~13"}'),
    ("unknown-month", "@misc{a, year = 2014, month = {Spring}}"),
    ("pages-backwards", "@article{a, pages = {123--9}}"),
    ("pages-backwards", "@article{a, pages = {1021-35, 1040}}"),
    ("pages-backwards", "@article{a, pages = {LL16-04}}"),
    ("pages-backwards", "@article{a, pages = {12:1--12:15}}"),
    ("page-dash", "@article{a, pages = {483–499}}"),
    ("page-dash", "@article{a, pages = {I-3}}"),
    ("page-dash", "@article{a, pages = {3-1--3-24}}"),
    ("page-dash", r"@article{a, pages = {142{\textendash}154}}"),
    ("label-in-field", "@report{a, number = {No. 12}}"),
    ("label-in-field", "@article{a, pages = {S12--S18}}"),
    ("name-commas", "@book{a, author = {King, Jr., Martin Luther}}"),
    ("name-commas", "@book{a, author = {{Lee, Krugman, Smith, and Partners}}}"),
    ("name-commas", "@book{a, author = {family=Lee, given=Neil, given-i=N, prefix=de}}"),
    ("doubtful-suffix", r"@book{a, author = {Dumas, p{\`e}re, Alexandre}}"),
    ("doubtful-suffix", "@book{a, author = {Lee,, Neil and Krugman, III, Paul}}"),
    ("typed-et-al", "@book{a, author = {Lee, Neil and others}}"),
    ("typed-et-al", "@book{a, author = {Lee, Seetal}}"),
    ("glued-initials", "@book{a, author = {Lee, N. J. and Krugman, J.-P.}}"),
    ("glued-initials", "@book{a, author = {{J.P. Morgan}}}"),
    ("name-separator", "@book{a, author = {{Lee; Krugman} and Smith, J&auml;rvi}}"),
    ("empty-name", "@string{lee = {Lee, Neil}}\n@book{a, author = lee # { and Krugman, Paul}}"),
    ("all-caps-name", "@book{a, author = {{OECD} and Lee, N. and LI, Wei}}"),
    ("unbraced-organisation", "@book{a, author = {{University of Manchester} and Council, Ann}}"),
    ("all-caps-title", "@book{a, title = {OECD}}"),
    ("all-caps-title", "@book{a, title = {HS2: UK}}"),
    ("all-caps-title", "@book{a, title = {土居R}}"),
    ("unprotected-capitals", "@book{a, title = {A Non-Linear Title in Capitals}}"),
    ("unprotected-capitals", "@book{a, title = {{What the NHS needs}}}"),
    ("unprotected-capitals", r"@book{a, title = {The \emph{NHS} and $DNA$ in {TechNorth}}}"),
    ("unprotected-capitals", "@book{a, title = {L'Europe et l'État}}"),
    ("unprotected-capitals", "@book{a, booktitle = {Proceedings of the ACM}}"),
    ("mojibake", "@book{a, title = {«CAFÉ» and “IRMÔ, São Paulo, naïve}}"),
    ("mojibake", "@book{a, title = {Ελληνικά Русский Đorđe Åse}}"),
    ("html-entity", "@book{a, title = {R\\&D; AT\\&T}}"),
    ("html-markup", "@book{a, title = {If $a <b> c$ and x < y}}"),
    ("unescaped-character", r"@book{a, title = {R\&D is 5\% of $x_1$ at \url{a_b%20#c}}}"),
    ("unescaped-character", "@book{a, url = {https://example.org/a_b?c=1&d=%20}}"),
    ("unescaped-character", "@book{a, abstract = {50% of A & B}}"),
    ("straight-quotes", r'@book{a, title = {J{\"u}rgen and a 5" disk}}'),
    ("unbalanced-braces", r"@book{a, title = {A \{set\} of {things}}}"),
    ("unknown-command", r"@book{a, title = {\emph{A} \textbf{b} {\'e} \LaTeX{} \o{} \url{x}}}"),
    ("unknown-command", "@preamble{\"\\newcommand{\\mine}{x}\"}\n@book{a, title = {\\mine}}"),
    ("unknown-type", "@thesis{a, title = {T}}\n@xdata{b, title = {T}}\n@PhdThesis{c}"),
    ("misspelt-field", "@book{a, xpages = {1}, fjournal = {J}, notes = {N}, mdate = {2019-05-29}}"),
    ("misspelt-field", "@book{a, date-added = {2014}, groups = {a}, priority = {1}}"),
    ("undefined-macro", "@string{jpe = {Journal}}\n@article{a, journal = JPE, month = OCT}"),
    ("missing-parent", "@book{a, crossref = {B}}\n@book{b, title = {T}}"),
    ("missing-parent", "@book{a, crossref = {old}}\n@book{b, title = {T}, ids = {old}}"),
    ("duplicate-identifier", ("@inbook{a, doi = {10.1086/261763}, crossref = {b}}\n"
     "@book{b, doi = {10.1086/261763}}")),
    ("duplicate-identifier", ("@book{a, isbn = {0521822610}, volume = 1}\n"
     "@book{b, isbn = {0521822610}, volume = 2}")),
    ("bad-key", "@misc{DBLP:conf/a-b_c.d+e, title = {T}}"),
    ("bad-key", "@misc{smith&jones:2014, title = {T}}"),
    ("unknown-language", "@misc{a, langid = {ngerman}, language = {German and French}}"),
    ("unknown-language", "@misc{a, langid = {en-GB}, language = {eng}}"),
    ("repeated-keyword", "@misc{a, keywords = {manuals, etc.; Handbooks, manuals, etc.}}"),
    ("bad-url", "@misc{a, url = {https://de.wikipedia.org/wiki/Zürich}}"),
    ("bad-url", "@misc{a, url = {urn:nbn:de:101:1}}"),
    ("doi-in-url", "@misc{a, url = {https://www.jstor.org/stable/10.1086/261763}}"),
    ("bad-eprint", "@misc{a, eprint = {hep-th/9711200v2}, eprinttype = {arXiv}}"),
    ("bad-eprint", "@misc{a, eprint = {261763}, eprinttype = {jstor}}"),
    ("invisible-character", "@misc{a, title = {\u200fעברית\u200f}}"),
    ("not-nfc", "@misc{a, title = {Zürich}, file = {Zu\u0308rich.pdf}}"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), FINE, ids=name_of)
def test_a_rule_lets_pass_what_is_right(code: str, text: str, folder: Path) -> None:
    assert code not in codes_of(folder, text)


WRONG = [
    ("missing-field", "@online{a, title = {T}, date = {2014}}", "no url"),
    ("missing-field", "@article{a, title = {T}}", "no author, journaltitle and date"),
    ("bad-doi", "@misc{a, doi = {10.1086/261763.}}", "ends in '.'"),
    ("doi-prefix", "@misc{a, doi = {doi:10.1086/261763}}", "doi:"),
    ("doi-prefix", "@misc{a, doi = {http://doi.acm.org/10.1145/275487}}", "doi.acm.org"),
    ("bad-isbn", "@book{a, isbn = {0022-3808}}", "an ISSN"),
    ("bad-isbn", "@book{a, isbn = {052182261}}", "9 digits"),
    ("bad-issn", "@article{a, issn = {9781526133595}}", "an ISBN"),
    ("impossible-date", "@misc{a, year = 2014, month = 13}", "no month 13"),
    ("impossible-date", "@misc{a, year = 2014, month = 2, day = 31}", "no day 31"),
    ("impossible-date", "@misc{a, date = {2016/2014}}", "ends before it begins"),
    ("impossible-date", "@misc{a, date = {20144-01}, urldate = {2144}}", "far ahead"),
    ("date-form", "@misc{a, date = {2014/2/3}}", "2014/2/3"),
    ("date-form", "@misc{a, date = {199u}}", "199u"),
    ("pages-backwards", "@article{a, pages = {S19--S12}}", "S19--S12"),
    ("pages-backwards", "@article{a, pages = {129--3}}", "129--3"),
    ("unescaped-character", "@misc{a, title = {costs $5}}", "an odd $"),
    ("duplicate-key", "@misc{a, title = {T}}\n@misc{a, title = {T}}", "the same entry"),
    ("duplicate-key", "@misc{a, ids = {b}}\n@misc{b, title = {T}}", "alias b"),
    ("circular-crossref", ("@book{a, crossref = {b}}\n@book{b, crossref = {c}}\n"
     "@book{c, xdata = {a}}"), "a -> b -> c -> a"),
    ("circular-crossref", "@book{a, crossref = {a}}", "a -> a"),
    ("circular-crossref", ("@xdata{a, title = {xdata=b-title}}\n"
     "@xdata{b, title = {xdata=a-title}}"), "a -> b -> a"),
    ("unprotected-capitals", r"@misc{a, title = {Using \LaTeX\ with eBooks}}", r"\LaTeX, eBooks"),
    ("unbraced-organisation", "@misc{a, author = {Department of Trade and Industry}}", "Trade"),
    ("lost-character", "@misc{a, title = {A \x04 title}}", "U+0004"),
    ("unknown-language", "@misc{a, language = {xx}}", "ISO 639-1"),
    ("undefined-macro", "@misc{a, title = late}\n@string{late = {T}}", "late"),
    ("doi-in-url", "@misc{a, doi = {10.1086/261763}, url = {https://doi.org/10.1086/261764}}",
     "is the DOI"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "said"), WRONG, ids=name_of)
def test_a_rule_finds_what_is_wrong(code: str, text: str, said: str, folder: Path) -> None:
    only = Choice(select=frozenset({code}))
    messages = [finding.message for finding in check(store_of(folder, text), choice=only).findings]
    assert len([message for message in messages if said in message]) == 1, messages


FIXED = [
    ("mojibake", "title = {It’s â€œfineâ€\x9d in ZÃƒÂ¼rich}", "title = {It’s “fine” in Zürich}"),
    ("mojibake", "author = {RodrÃ\xadguez-Pose}", "author = {Rodríguez-Pose}"),
    ("html-entity", r"author = {J{\&quot;u}rgen}", r"author = {J{\"u}rgen}"),
    ("html-entity", r"title = {Yemen\&apos;s &#8217; A&amp;B}", r"title = {Yemen's ’ A\&B}"),
    ("html-entity", "url = {https://example.org/?a=1&amp;b=2}",
     "url = {https://example.org/?a=1&b=2}"),
    ("html-markup", "title = {<i>A<sub>2</sub></i> b}",
     r"title = {\emph{A\textsubscript{2}} b}"),
    ("typed-et-al", "author = {Lee, Neil, et. al.}", "author = {Lee, Neil and others}"),
    ("name-commas", "author = {Lee, N., Krugman, P. R.}", "author = {Lee, N. and Krugman, P. R.}"),
    ("doi-in-url", "doi = {10.1086/261763},\n  url = {https://doi.org/10.1086/261763}",
     "doi = {10.1086/261763}"),
    ("date-form", "date = {12 May 2014}", "date = {2014-05-12}"),
    ("date-form", "date = {1723?~}", "date = {1723%}"),
    ("url-tracking", "url = {https://example.org/a?utm_source=x&utm_medium=y#top}",
     "url = {https://example.org/a#top}"),
    ("url-tracking", "url = {https://example.org/a?b=1&gclid=x&c=2}",
     "url = {https://example.org/a?b=1&c=2}"),
    ("escaped-address", r"url = {https://example.org/\~{}lee/a{\_}b\%20}",
     "url = {https://example.org/~lee/a_b%20}"),
    ("bad-url", r"url = {\url{https://example.org/a}}", "url = {https://example.org/a}"),
    ("unprotected-capitals", "title = {NHS's DNA: an iPhone}",
     "title = {{NHS}'s {DNA}: an {iPhone}}"),
    ("bad-isbn", "isbn = {0022-3808}", "issn = {0022-3808}"),
    ("glued-initials", "author = {Lee, N.J. and Krugman, P.R.K.}",
     "author = {Lee, N. J. and Krugman, P. R. K.}"),
    ("empty-name", "author = {and Lee, Neil and}", "author = {Lee, Neil}"),
    ("straight-quotes", 'title = {"One" and "two"}', "title = {``One'' and ``two''}"),
    ("keyword-case", "keywords = {nhs, NHS}", "keywords = {NHS, NHS}"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "before", "after"), FIXED, ids=name_of)
def test_a_fix_writes_what_is_meant(code: str, before: str, after: str, folder: Path) -> None:
    store = store_of(folder, f"@misc{{a,\n  {before},\n}}")
    mend(store, "", Choice(select=frozenset({code})))
    text = (folder / "a.bib").read_text(encoding="utf-8")
    assert text == f"@misc{{a,\n  {after},\n}}\n"


LEFT = [
    ("empty-field", "note = {},\n  note = {kept}"),
    ("doi-in-url", "url = {https://doi.org/10.1086/261763},\n  url = {https://example.org}"),
    ("misspelt-field", "autor = {Lee, Neil},\n  author = {Krugman, Paul}"),
    ("typed-et-al", "author = {{Lee, Neil et al.}}"),
    ("invisible-character", "pages = {483\u00ad499}"),
    ("unescaped-character", "title = {A %\n  comment}"),
    ("mojibake", "title = {qualitÃ¯Â¿Â½}"),
    ("page-dash", 'pages = "483" # "-499"'),
]


@pytest.mark.parametrize(("code", "fields"), LEFT, ids=name_of)
def test_a_fix_leaves_what_it_could_damage(code: str, fields: str, folder: Path) -> None:
    text = f"@misc{{a,\n  {fields},\n}}\n"
    store = store_of(folder, text.rstrip("\n"))
    mend(store, "", Choice(select=frozenset({code})))
    assert (folder / "a.bib").read_text(encoding="utf-8") == text


def test_fixes_of_several_rules_meet_in_one_field_in_one_change(folder: Path) -> None:
    text = "@misc{a,\n  titel = {The <i>NHS</i> &amp; the DNA},\n  volume = {},\n}"
    mended = mend(store_of(folder, text), "", Choice())
    written = (folder / "a.bib").read_text(encoding="utf-8")
    assert written == "@misc{a,\n  title = {The \\emph{NHS} \\& the {DNA}},\n}\n"
    assert mended.change is not None
    store = Store(folder)
    store.undo()
    assert (folder / "a.bib").read_text(encoding="utf-8") == f"{text}\n"


def test_a_fix_changes_only_what_a_query_finds(folder: Path) -> None:
    text = "@misc{a, title = {The NHS}}\n@misc{b, title = {Our NHS}}\n"
    mend(store_of(folder, text.rstrip()), "key:b", Choice())
    expected = "@misc{a, title = {The NHS}}\n@misc{b, title = {Our {NHS}}}\n"
    assert (folder / "a.bib").read_text(encoding="utf-8") == expected


def test_a_character_that_the_file_cannot_hold_is_left(folder: Path) -> None:
    text = "@misc{a, title = {caf\xe9 &#1041;}}\n".encode("windows-1252")
    (folder / "a.bib").write_bytes(text)
    assert mend(Store(folder), "", Choice()).change is None
    assert (folder / "a.bib").read_bytes() == text


FIELDS = st.sampled_from(
    "author title doi url isbn issn date year month pages keywords language crossref".split()
)
SIGNS = st.text(alphabet="aZ0 ,.;&%$#_^\\{}\"'-–<>/:=~\u00c3\u00a9\u0301\u00ad", max_size=24)


@given(st.lists(st.tuples(FIELDS, SIGNS), max_size=5))
def test_whatever_stands_in_fields_a_check_ends_and_fixes_settle(
    tmp_path_factory: pytest.TempPathFactory, fields: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("library")
    text = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    store = store_of(folder, f"@article{{a,\n{text}}}\n@misc{{b, title = {{B}}}}")
    check(store)
    mend(store, "", Choice())
    settled = (folder / "a.bib").read_bytes()
    assert mend(Store(folder), "", Choice()).change is None
    assert (folder / "a.bib").read_bytes() == settled


@given(st.binary(max_size=200))
def test_any_bytes_are_checked(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("library")
    (folder / "a.bib").write_bytes(data)
    check(Store(folder))


@pytest.mark.parametrize(
    "value",
    ["{" * 20_000 + "}" * 20_000, "$" * 40_001, "Ã" * 40_000, "and " * 20_000, "a;" * 20_000,
     "\\url{" * 5_000 + "}" * 5_000, "<i>" * 10_000, "&amp" * 10_000, "1-" * 20_000, ", " * 20_000,
     "A.B." * 10_000, '"a' * 20_000, "et " * 20_000, "\\ensuremath{" * 4_000 + "}" * 4_000],
    ids=lambda value: value[:6],
)  # fmt: skip
def test_hostile_values_take_no_more_than_their_length_asks_for(value: str, folder: Path) -> None:
    names = ("author", "title", "pages", "keywords", "isbn", "url", "doi", "abstract", "date")
    check(store_of(folder, "\n".join(f"@book{{{name}, {name} = {{{value}}}}}" for name in names)))


@pytest.mark.long
def test_every_file_of_the_wild_is_checked(shared: Path) -> None:
    for path in sorted((shared / "bib-corpus").glob("*.bib")):
        check(Store(path))


def test_files_of_the_wild_are_checked(shared: Path) -> None:
    for path in sorted((shared / "bib-corpus").glob("*.bib"))[::25]:
        check(Store(path))
