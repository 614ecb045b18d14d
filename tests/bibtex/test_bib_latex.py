"""LaTeX in values becomes the text that a reader would see."""

from __future__ import annotations

import pytest
from generated import marked, texts
from hypothesis import given
from hypothesis import strategies as st

from northbib.bibtex.latex import to_plain, to_rich, to_verbatim
from northbib.bibtex.source import to_source, verbatim

PIECES = [
    *("{", "}", "~", "-", "--", " ", "'", "a", "U", "<"),
    *(r"\"", r"\v", r"\&", r"\ss", r"{\o}", r"{\"u}", r"\c{c}", r"{\v r}", "{DNA}"),
]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain & simple 50%", "plain & simple 50%"),
        (r"G{\"o}del, G\"odel and G\"{o}del", "Gödel, Gödel and Gödel"),
        (r"\'{\i}ndice {\'\i}ndice \'\i", "índice índice í"),
        (r"Erd\H{o}s \v Skoda Fran\c{c}ois \t{oo}", "Erdős Škoda François o͡o"),
        (r"\~{\^e} \^{} \~{}", "ễ ^ ~"),
        (r"\OE uvre {\ss} \L{}\'od\'z \aa", "Œuvre ß Łódź å"),
        ("``Quoted'' and `single' cat's", "“Quoted” and ‘single’ cat's"),
        (r"1939--1945 --- J.~K. -{}-", "1939–1945 — J.\N{NO-BREAK SPACE}K. --"),
        (r"\& \% \$ \# \_ \{ \} \textbackslash{} \textasciitilde", r"& % $ # _ { } \ ~"),
        (r"\emph{a \textbf{b}} {\sc c} {\em d}", "<i>a <b>b</b></i> <sc>c</sc> <i>d</i>"),
        (r"H\textsubscript{2}O, x\textsuperscript 2", "H<sub>2</sub>O, x<sup>2</sup>"),
        (r"\enquote{a \enquote{b}} \mkbibquote{c}", "“a ‘b’” “c”"),
        (r"\url{http://x.org/a_b%20c~d} \href{http://x.org}{a}", "http://x.org/a_b%20c~d a"),
        (r"$\alpha$-decay in $H_2O$ and $x^{10}$", "α-decay in H<sub>2</sub>O and x<sup>10</sup>"),
        (r"$\mathcal{O}(n \log n)$ \ensuremath{\beta} $\frac{1}{2}$", "O(n log n) β 1/2"),
        ("between $5 and $10, or $7", "between $5 and $10, or $7"),
        (r"data\-base \TeX\ live\LaTeX{} x \foo{bar}", "database TeX liveLaTeX x bar"),
        (r"$\aleph_0 \subseteq \hbar$", "ℵ<sub>0</sub> ⊆ħ"),
        (r"{\noopsort{1973c}}1981", "1981"),
        ("stray } and {open", "stray and open"),
        (r"\bibstring{newseries} \mkbibquote{x}", "new series “x”"),
        (r"An entry with \arabic{author} authors", "An entry with authors"),
        (
            r"Dvo{\v r}{\'a}k, Fran{\c c}ois~X \& {\O}re",
            "Dvořák, François\N{NO-BREAK SPACE}X & Øre",
        ),
        ("a $<$ b, <x> and \\textless{}y", "a < b, <x> and <y"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_latex_is_read_as_it_prints(source: str, text: str) -> None:
    assert to_rich(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The {DNA} of {{LaTeX}}", "The {DNA} of {LaTeX}"),
        (r"{\'E}cole {\em Very} \emph{The {UK}}", "École <i>Very</i> <i>The {UK}</i>"),
        ("{a {B} c} {} -{}-", "{a B c} --"),
        (r"{{\emph{E. coli}} x}", "{<i>E. coli</i> x}"),
        (r"$x_{a}$", "x<sub>a</sub>"),
    ],
)
def test_braces_in_a_title_protect_capitals_once(source: str, text: str) -> None:
    expected = text.replace("{", '<span class="nocase">').replace("}", "</span>")
    assert to_rich(source, protects=True) == expected


def test_plain_text_has_no_marks_but_keeps_what_looks_like_one() -> None:
    assert to_plain(r"\emph{a} {\bf b} \enquote{c} <b> {D}") == "a b “c” <b> D"


def test_addresses_lose_only_the_escapes_of_old_files() -> None:
    assert to_verbatim(r"http://x.org/a\_b\%20{\textasciitilde}c") == "http://x.org/a_b%20~c"
    assert to_verbatim("http://x.org/a_b%20~c--d") == "http://x.org/a_b%20~c--d"


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("p < 0.05", "p $<$ 0.05"),
        ("<angle>", r"\textless{}angle\textgreater{}"),
        ("A & B: 50% of $5", r"A \& B: 50\% of \$5"),
        ("H<sub>2</sub>O", r"H\textsubscript{2}O"),
        ("a -- b", "a -{}- b"),
    ],
)
def test_text_is_written_so_that_every_latex_prints_it(text: str, source: str) -> None:
    assert to_source(text) == source


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), st.booleans())
def test_the_short_way_through_a_value_leads_where_the_long_one_does(
    source: str, protects: bool
) -> None:
    # A macro that is not known prints nothing, but only the long way can tell.
    source = " ".join(filter(None, source.split(" ")))
    assert to_rich(source, protects=protects) == to_rich(source + r"\nosuch", protects=protects)


@given(texts | marked)
def test_rich_text_reads_back_from_its_source(text: str) -> None:
    assert to_rich(to_source(text, protects=True), protects=True) == text


@given(st.sampled_from([r"http://x.org/\{", "a{b", "C:\\x\\", "a{b}c", "http://x.org/a_b%20~c"]))
def test_an_address_never_unbalances_an_entry(text: str) -> None:
    source = verbatim(text)
    assert source.count("{") == source.count("}")
    assert not source.endswith("\\")


@given(st.text("\\{}$~`'-_^&%ab \n"))
def test_any_source_can_be_read(source: str) -> None:
    assert isinstance(to_rich(source, protects=True), str)
    assert "<" not in to_plain(source)
