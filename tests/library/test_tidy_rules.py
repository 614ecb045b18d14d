"""The rules of tidying, one by one: what each puts right, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from northbib.errors import UsageError
from northbib.library.tidy import Settings, chosen, tidied
from northbib.library.tidy.rules import ENTRY_RULES, RULES, entry_rule


def by(rule: str, source: str, **settings: object) -> str:
    """Tidy a text by one rule alone."""
    wanted = replace(Settings(rules=frozenset({rule})), **settings)  # type: ignore[arg-type]
    return tidied(source.encode(), wanted).data.decode()


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("types", "@Article{k,title={A}}", "@article{k,title={A}}"),
        ("names", "@misc{k,TITLE={A}, x-Y = 1}", "@misc{k,title={A}, x-y = 1}"),
        ("spaces", "@misc{k,title={ A \n\t title  }}", "@misc{k,title={A title}}"),
        ("spaces", '@misc{k,title="A \r\n title"}', '@misc{k,title="A title"}'),
        ("people", "@misc{k,author={A  B  AND C\nand D}}", "@misc{k,author={A B and C and D}}"),
        ("months", "@misc{k,month={October}}", "@misc{k,month=oct}"),
        ("months", '@misc{k,month="Sept."}', "@misc{k,month=sep}"),
        ("months", "@misc{k,month=10}", "@misc{k,month=oct}"),
        ("months", "@misc{k,month={{03}}}", "@misc{k,month=mar}"),
        ("dates", "@misc{k,year=2014, month=oct, day=23}", "@misc{k,date={2014-10-23}}"),
        ("dates", "@misc{k,month={3},year={2014}}", "@misc{k,date={2014-03}}"),
        ("dates", "@misc{k,year={2014}}", "@misc{k,date={2014}}"),
        ("pages", "@misc{k,pages={478-489}}", "@misc{k,pages={478--489}}"),
        ("pages", "@misc{k,pages={478–89, S1 --- S4}}", "@misc{k,pages={478--89, S1--S4}}"),
        ("pages", "@misc{k,pages={1\\textendash 9}}", "@misc{k,pages={1--9}}"),
        (
            "doi",
            "@misc{k,doi={https://doi.org/10.1086/261763}}",
            "@misc{k,doi={10.1086/261763}}",
        ),
        ("doi", "@misc{k,doi={DOI: 10.1086/261763}}", "@misc{k,doi={10.1086/261763}}"),
        ("isbn", "@book{k,isbn={ISBN 0-521-82261-0}}", "@book{k,isbn={0521822610}}"),
        ("isbn", "@book{k,isbn={978-3-319-62560-7}}", "@book{k,isbn={9783319625607}}"),
        ("isbn", "@article{k,issn={00343404}}", "@article{k,issn={0034-3404}}"),
        (
            "urls",
            "@misc{k,url={\\url{https://www.gov.uk/a\\_b}}}",
            "@misc{k,url={https://www.gov.uk/a_b}}",
        ),
        ("keywords", "@misc{k,keywords={a,b ,\n {c, d},,}}", "@misc{k,keywords={a, b, {c, d}}}"),
        (
            "delimiters",
            '@misc(k,title="A {"} B",year=2014)',
            '@misc{k,title={A {"} B},year={2014}}',
        ),
        ("delimiters", '@misc{k,month="23~"#oct}', "@misc{k,month={23~} # oct}"),
        (
            "order",
            "@misc{k, note={N}, x={X}, title={T}, Author={A}}",
            "@misc{k, Author={A}, title={T}, note={N}, x={X}}",
        ),
        (
            "layout",
            "@misc{k , title={T},\n\n note ={N} , avery-long-name={X}}",
            "@misc{k,\n  title        = {T},\n  note         = {N},\n  avery-long-name = {X},\n}",
        ),
        ("layout", "@misc{k}", "@misc{k,\n}"),
        (
            "unicode",
            "@misc{k,title={Stra{\\ss}e \\v{S}koda {\\'{\\i}} \\o re \\'E \\c c}}",
            "@misc{k,title={Straße Škoda í øre É ç}}",
        ),
        ("unicode", '@misc{k,author={M{\\"u}ller, A.}}', "@misc{k,author={Müller, A.}}"),
        ("blank-lines", "@a{k}@b{l}\n\n\n\n@c{m}\n\n", "@a{k}\n\n@b{l}\n\n@c{m}\n"),
        ("line-ends", "@a{k}\r\n@b{l}\n@c{m}\n", "@a{k}\n@b{l}\n@c{m}\n"),
        ("line-ends", "@a{k}\r@b{l}\r", "@a{k}\n@b{l}\n"),
        ("line-ends", "@a{k}\r\n@b{l}\r\n@c{m}\n", "@a{k}\r\n@b{l}\r\n@c{m}\r\n"),
        ("sort", "@a{b}\n@a{C}\n@a{a}\n", "@a{a}\n@a{b}\n@a{C}\n"),
    ],
)
def test_a_rule_puts_right_what_it_is_about(rule: str, before: str, after: str) -> None:
    assert by(rule, before) == after
    assert by(rule, after) == after


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        ("spaces", "@misc{k,abstract={One.\n\n  Two.}, note={a  b}}"),
        ("spaces", "@misc{k,title={One\n\nTwo}}"),
        ("spaces", "@misc{k,title={50% of\n  all}}"),
        ("people", "@misc{k,author={A and  and B}}"),
        ("months", '@string{oct = "Oktober"}\n@misc{k,month={10}}'),
        ("months", '@misc{k,month="10~" # oct, x={10}}'),
        ("months", "@misc{k,month={Michaelmas}}"),
        ("dates", "@misc{k,year={2014}, date={2015}}"),
        ("dates", "@misc{k,year={n.d.}, month=oct}"),
        ("dates", "@misc{k,year={2014}, month=october}"),
        ("dates", "@misc{k,year={2014}, year={2015}}"),
        ("pages", "@misc{k,pages={3-1, A-12, 7}}"),
        ("pages", "@misc{k,pages={3,859-3,869}}"),
        ("doi", "@misc{k,doi={10.1086/261763}, url={https://doi.org/10.1086/261763}}"),
        ("isbn", "@book{k,isbn={0-521-82261-1}}"),
        ("isbn", "@book{k,isbn={0-521-82261-0 and more}}"),
        ("urls", "@misc{k,url={See \\url{https://www.gov.uk}}}"),
        ("unicode", "@misc{k,title={$\\'e$}, url={https://www.gov.uk/\\'e}}"),
        ("unicode", "@misc{k,title={\\emph{A} \\textendash{} \\LaTeX}}"),
        ("unicode", "@misc{k,title={\\\\'e}}"),
        ("order", "@misc{k, journal={A}, journaltitle={B}, journal={C}}"),
        ("delimiters", '@misc{k,title=macro # "{" }'),
        ("types", "@misc{k title={A}}"),
        ("layout", "@misc{k,title={A} % a note\n}"),
        ("layout", "% @misc{k,title={A}}"),
        ("layout", "@string{a={b}}\n@preamble{ {c} }\n@comment{ @misc{k,title={A}} }"),
        ("blank-lines", "a\n@a{k} b\n\n\n\n@c{m} c\n\n"),
        ("sort", "@a{b}\n% A heading\n\n@a{a}\n"),
        ("sort", '@a{b}\n@string{x="y"}\n@a{a, title=x}\n'),
        ("sort", "@a{b, crossref={c}}\n@a{c}\n"),
    ],
)
def test_a_rule_leaves_alone_what_it_cannot_know(rule: str, source: str) -> None:
    assert by(rule, source) == source


def test_comments_go_with_the_entry_below_them() -> None:
    source = "% Mine\n\n% B\n@a{b}\n\n% A\n@a{a}\n"
    assert by("sort", source) == "% Mine\n\n% A\n@a{a}\n\n% B\n@a{b}\n"


def test_entries_are_put_in_order_of_years_too() -> None:
    source = "@a{x, date={2014-10}}\n@a{y}\n@a{z, year=1996}\n@a{X, year=1990}\n"
    after = "@a{z, year=1996}\n@a{x, date={2014-10}}\n@a{X, year=1990}\n@a{y}\n"
    assert by("sort", source, sort="year") == after


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (
            "% Encoding: windows-1252\n@a{k, t={é}}".encode("cp1252"),
            "% Encoding: UTF-8\n@a{k, t={é}}",
        ),
        ("@a{k, t={é}}".encode("utf-16"), "@a{k, t={é}}"),
        ("@a{k, t={é}}".encode("utf-8-sig"), "@a{k, t={é}}"),
        ("@a{k, t={éüö}}".encode() + b"\n@a{l, t={\xe9}}", "@a{k, t={éüö}}\n@a{l, t={é}}"),
    ],
)
def test_files_become_utf_8(data: bytes, after: str) -> None:
    done = tidied(data, Settings(rules=frozenset({"encoding"}))).data
    assert done.decode() == after
    assert tidied(done, Settings(rules=frozenset({"encoding"}))).data == done


def test_a_file_in_another_encoding_can_keep_it() -> None:
    data = "@a{k, title={\\v{S}koda é}}\n@A{l,title={\\'e}}\n".encode("cp1252")
    settings = chosen(Settings(), also=["unicode"], skip=["encoding", "layout"])
    assert tidied(data, settings).data == "@a{k, title={Škoda é}}\n\n@a{l,title={é}}\n".encode(
        "cp1252"
    )


def test_what_the_encoding_of_a_file_cannot_hold_stays_as_it_was() -> None:
    data = "@a{k, title={\\v{c} é}}\n".encode("cp1252")
    assert tidied(data, Settings(rules=frozenset({"unicode"}))).data == data


def test_indent_and_column_can_be_set() -> None:
    source = "@misc{k,title={T},x={X}}"
    assert by("layout", source, indent=4, column=0) == "@misc{k,\n    title = {T},\n    x = {X},\n}"


def test_each_rule_says_what_it_sees_to_and_has_a_file_of_its_own() -> None:
    assert all(RULES.values())
    for name in ENTRY_RULES:
        assert entry_rule(name).__module__.endswith(f".{name}")


def test_findings_name_the_entry_its_line_and_the_rules() -> None:
    source = b"\n@Misc{k,title={A},\n}\n@misc{l,\n  title        = {A},\n}"
    found = tidied(source, name="works.bib").findings
    assert [(finding.line, finding.message) for finding in found] == [
        (2, "k is not tidy: types, layout"),
        (
            None,
            "not tidy apart from its entries: encoding, line ends, blank lines or order",
        ),
    ]


def test_a_file_whose_entries_are_only_out_of_order_is_not_tidy() -> None:
    source = b"@misc{b,\n}\n\n@misc{a,\n}\n"
    (finding,) = tidied(source, chosen(Settings(), also=["sort"]), name="works.bib").findings
    assert "order" in finding.message


def test_only_the_entries_that_are_asked_for_are_tidied() -> None:
    source = b"\n\n@Misc{k,title={A}}\r\n@Misc{L,title={B}}"
    done = tidied(source, chosen(Settings(), only=["types", "line-ends"]), only=["l"]).data
    assert done == b"\n\n@Misc{k,title={A}}\r\n@misc{L,title={B}}"


def test_a_rule_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean"):
        chosen(Settings(), skip=["layuot"])
