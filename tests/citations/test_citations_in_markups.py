"""Citations are read in each markup's own way of citing, and nowhere in code or comments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from northbib.embed.citations import Cluster, clusters

if TYPE_CHECKING:
    from northbib.embed.markups import Markup

Told = list[str]


def told(found: list[Cluster]) -> Told:
    """Tell citations in short: form, then for each work `prefix|-key|label locator|suffix`."""
    return [
        f"{each.form}{' note' if each.note else ''}{'' if each.sure else ' ?'}: "
        + "; ".join(
            f"{cite.prefix}|{'-' if cite.suppress_author else ''}{cite.key}"
            f"|{cite.label} {cite.locator}".rstrip()
            + f"|{cite.suffix}"
            for cite in each.cites
        )
        for each in found
    ]


MYST = [
    ("{cite:p}`a`", ["parenthetical: |a||"]),
    ("{cite}`a,b`", ["parenthetical: |a||; |b||"]),
    ("{cite:t}`a; b`", ["narrative: |a||; |b||"]),
    ("{cite:ps}`a`, {cite:ct}`b`", ["parenthetical: |a||", "narrative: |b||"]),
    ("{cite:p}`{see}a{p. 3}`", ["parenthetical: see|a|page 3|"]),
    ("{cite:p}`{see}a{p. 3 and passim},b`", ["parenthetical: see|a|page 3| and passim; |b||"]),
    ("{cite:p}`a{our italics}`", ["parenthetical: |a||, our italics"]),
    ("{cite:p}`see <a>`", ["parenthetical: see|a||"]),
    ("{cite:year}`a` {cite:author}`a`", ["bare: |-a||", "author: |a||"]),
    ("{cite:alp}`a` {cite:title}`a`", ["bare: |a||", "title: |a||"]),
    ("{footcite}`a` {cite:empty}`b`", ["parenthetical note: |a||", "uncited: |b||"]),
    ("``{cite}`a` `` {doc}`a` {cite:p}`` {cite:p}`a", []),
    (
        "{cite}`a` and [@b] and @c",
        ["parenthetical: |a||", "parenthetical: |b||", "narrative: |c||"],
    ),
    ("```{note}\nAs @a says.\n```\n", ["narrative: |a||"]),
    (":::{tip}\n[@a]\n:::\n", ["parenthetical: |a||"]),
    ("```{code-block} python\n@a\n```\n", []),
]
MARKDOWN = [
    ("[@a, p. 3]\r\n\r\n@b\r\n", ["parenthetical: |a|page 3|", "narrative: |b||"]),
    ("https://example.org/@a me@example.org <https://example.org/@a>", []),
    ("@fig:one, [@sec-two]", ["narrative ?: |fig:one||", "parenthetical ?: |sec-two||"]),
    ("---\nnocite: '@a, [@b]'\n---\n@c", ["uncited: |a||", "uncited: |b||", "narrative: |c||"]),
    ("---\nnocite: |\n  @*\n---\n", ["uncited: |*||"]),
    ("---\ntitle: '@a'\n---\n", []),
    ("+++\nnocite = '@a'\n+++\n", ["uncited: |a||"]),
    ("{% raw %}@a{% endraw %} @b", ["narrative: |b||"]),
    ("{% highlight text %}\n@a\n{% endhighlight %}", []),
    ("---\nlang: de\n---\n[@a, S. 5] [@a, p. 5]", 2 * ["parenthetical: |a|page 5|"]),
    ("---\nlang: fr-FR\n---\n[@a, chap. 2 et 3]", ["parenthetical: |a|chapter 2| et 3"]),
    ("[@a, S. 5]", ["parenthetical: |a||, S. 5"]),
    ("[@a][@b]", ["parenthetical: |a||", "parenthetical: |b||"]),
    ("[@a and @b]", ["parenthetical: |a||; and|b||"]),
    ("<script>\n'@a'\n</script>\n\n<code>@b</code>", []),
    (
        "<!-- northbib:begin keys=a -->\n\n- @a\n\n<!-- northbib:end -->\n\n@b",
        ["narrative: |b||"],
    ),
]
MDX = [
    ("As [@a, p. 3] and @b.", ["parenthetical: |a|page 3|", "narrative: |b||"]),
    ("{/* @a */} @b\n\nimport x from '@c/d'\n\nexport const y = '@e'\n", ["narrative: |b||"]),
]
RST = [
    (":cite:`a` :cite:p:`a,b`", ["parenthetical: |a||", "parenthetical: |a||; |b||"]),
    (":cite:t:`a` :cite:ts:`b`", ["narrative: |a||", "narrative: |b||"]),
    (":cite:p:`{see}a{p. 3}`", ["parenthetical: see|a|page 3|"]),
    (":cite:year:`a` :cite:yearpar:`a`", ["bare: |-a||", "parenthetical: |-a||"]),
    (":footcite:p:`a` :cite:empty:`b`", ["parenthetical note: |a||", "uncited: |b||"]),
    ("``:cite:`a``` :doc:`a`", []),
    (".. comment :cite:`a`\n   :cite:`b`\n\n:cite:`c`", ["parenthetical: |c||"]),
    ("..\n   :cite:`a`\n\n.. _target: https://example.org/\n", []),
    ("Code::\n\n   :cite:`a`\n\n:cite:`b`", ["parenthetical: |b||"]),
    (".. code:: python\n\n   :cite:`a`\n\n.. note::\n\n   :cite:`b`\n", ["parenthetical: |b||"]),
    (
        ".. [#n] See :cite:`a`.\n.. |x| replace:: :cite:`b`\n",
        ["parenthetical: |a||", "parenthetical: |b||"],
    ),
    ("* list::\n\n     :cite:`a`\n\n  :cite:`b`", ["parenthetical: |b||"]),
]
ASCIIDOC = [
    ("cite:[a]", ["parenthetical: |a||"]),
    ("cite:[a(480), see b]", ["parenthetical: |a|page 480|; see|b||"]),
    ("cite:[a(3--5), b(chap. 2)]", ["parenthetical: |a|page 3-5|; |b|chapter 2|"]),
    (
        "citenp:[a] citet:[a] citep:[a]",
        ["narrative: |a||", "narrative: |a||", "parenthetical: |a||"],
    ),
    ("cite:a[480]", ["parenthetical: |a|page 480|"]),
    ("cite:See[a(3)]", ["parenthetical: See|a|page 3|"]),
    ("cite:[a]+[b, page=3]", ["parenthetical: |a||; |b|page 3|"]),
    ("nocite:[a] citeyear:[a]", ["uncited: |a||", "bare: |-a||"]),
    ("----\ncite:[a]\n----\n\n....\ncite:[b]\n....\n\ncite:[c]", ["parenthetical: |c||"]),
    ("// cite:[a]\n\n////\ncite:[b]\n////\n", []),
    ("[source]\ncite:[a]\n\n `+cite:[b]+` cite:[c]", []),
    ("```ruby\ncite:[a]\n```\n\\cite:[b] `cite:[c]`", []),
    (" literal cite:[a]\n\n* item cite:[b]", ["parenthetical: |b||"]),
]
LATEX = [
    (r"\cite{a}", ["parenthetical: |a||"]),
    (r"\cite[see][p. 4]{a,b}", ["parenthetical: see|a||; |b|page 4|"]),
    (
        r"\cite[4]{a} \cite[our italics]{a}",
        ["parenthetical: |a|page 4|", "parenthetical: |a||, our italics"],
    ),
    (r"\parencite*{a} \citeyear{a}", ["parenthetical: |-a||", "bare: |-a||"]),
    (
        r"\textcite[3]{a} \citet{a} \Citet*{a}",
        ["narrative: |a|page 3|", "narrative: |a||", "narrative: |a||"],
    ),
    (r"\citep[see][]{a} \citealp{a}", ["parenthetical: see|a||", "bare: |a||"]),
    (r"\footcite[4]{a} \autocite{a}", ["parenthetical note: |a|page 4|", "parenthetical: |a||"]),
    (r"\citeauthor{a} \citetitle{a}", ["author: |a||", "title: |a||"]),
    (r"\nocite{*} \nocite{a,b}", ["uncited: |*||", "uncited: |a||; |b||"]),
    (
        r"\cites(see)(and more)[3]{a}[cf.][4]{b}",
        ["parenthetical: see|a|page 3|; cf.|b|page 4|, and more"],
    ),
    ("\\cite\n  [3]\n  {a}", ["parenthetical: |a|page 3|"]),
    ("% \\cite{a}\n\\%\\cite{b}\\\\% \\cite{c}\n", ["parenthetical: |b||"]),
    ("\\begin{verbatim}\n\\cite{a}\n\\end{verbatim}\\verb|\\cite{b}|\\verb*+\\cite{c}+", []),
    ("\\begin{lstlisting}[language=TeX]\n\\cite{a}\n\\end{lstlisting}", []),
    (r"\newcommand{\citex}{\cite} \citestyle{a} \citation{a}", []),
    (r"\renewcommand{\cite}[1]{#1} \def\citep{x}", []),
    ("\\end{document}\n\\cite{a}", []),
    (r"\cite{a", []),
]
TYPST = [
    ("@a", ["parenthetical ?: |a||"]),
    ("@a[p. 480] @b", ["parenthetical ?: |a|page 480|; |b||"]),
    ("@a, @b.", ["parenthetical ?: |a||", "parenthetical ?: |b||"]),
    (
        "@a.b: @c:d. @e-f",
        ["parenthetical ?: |a.b||", "parenthetical ?: |c:d||", "parenthetical ?: |e-f||"],
    ),
    ('#cite(<a>, supplement: [p. 4], form: "prose")', ["narrative: |a|page 4|"]),
    ('#cite(label("a b"))', ["parenthetical: |a b||"]),
    ('#cite(<a>, form: "author") #cite(<a>, form: "year")', ["author: |a||", "bare: |-a||"]),
    ("#cite(<a>, form: none)", ["uncited: |a||"]),
    ("`@a` ```\n@b\n``` // @c\n/* @d /* @e */ @f */ \\@g", []),
    ("https://example.org/@a a@b.org", []),
]
ORG = [
    ("[cite:@a]", ["parenthetical: |a||"]),
    ("[cite:see @a p. 3; @b]", ["parenthetical: see|a|page 3|; |b||"]),
    ("[cite/t:@a] [cite/text/c:@a]", ["narrative: |a||", "narrative: |a||"]),
    (
        "[cite/na:@a] [cite/a:@a] [cite/n:@a]",
        ["parenthetical: |-a||", "author: |a||", "uncited: |a||"],
    ),
    ("[cite:see;@a;and others]", ["parenthetical: see|a|| and others"]),
    ("[cite:@a, pp. 3--5 and [more]]", ["parenthetical: |a|page 3--5| and [more]"]),
    ("# [cite:@a]\n: [cite:@b]\n#+title: [cite:@c]\n=[cite:@d]= ~[cite:@e]~", []),
    ("#+begin_src org\n[cite:@a]\n#+end_src\n#+BEGIN_EXAMPLE\n[cite:@b]\n#+END_EXAMPLE\n", []),
    ("#+begin_quote\n[cite:@a]\n#+end_quote", ["parenthetical: |a||"]),
    ("a@b.org @c [cite: no key]", []),
]
CASES: dict[Markup, list[tuple[str, Told]]] = {
    "markdown": [*MYST, *MARKDOWN],
    "mdx": MDX,
    "rst": RST,
    "asciidoc": ASCIIDOC,
    "latex": LATEX,
    "typst": TYPST,
    "org": ORG,
}


@pytest.mark.parametrize(
    ("markup", "source", "expected"),
    [(markup, *case) for markup, cases in CASES.items() for case in cases],
)
def test_a_markup_is_read_in_its_own_way(markup: Markup, source: str, expected: Told) -> None:
    assert told(clusters(source, markup)) == expected


@pytest.mark.parametrize("markup", CASES)
def test_line_ends_change_nothing(markup: Markup) -> None:
    for source, _ in CASES[markup]:
        text = source.replace("\r\n", "\n")
        assert told(clusters(text.replace("\n", "\r\n"), markup)) == told(clusters(text, markup))


_SIGNS = st.text(
    alphabet=st.sampled_from(list("[]{}()@abc;,:.-*_`~=%#\\/<>$^!&|\"' \n\r\t0é\0\U000f0001")),
    max_size=60,
)
_WORDS = st.sampled_from(
    [
        "[@a]", "@a ", "[see @a, p. 3; @b]", "\\cite{a}", "\\cites(", ":cite:`a`", "cite:[a]",
        "@a[p. 3]", "#cite(<a>)", "[cite:@a]", "```", "----", "..", "::", "\\begin{verbatim}",
        "#+begin_src", "/*", "^[", "[^1]", "\n\n[^1]: ", "footnote:[", "\\footnote{", "[fn:1]",
        "#footnote[", "\n---\n", "{cite:p}`", "<!--", "-->", "northbib:begin", "northbib:end",
    ]
)  # fmt: skip
_TEXTS = st.lists(st.one_of(_SIGNS, _WORDS), max_size=8).map("".join)


@pytest.mark.parametrize("markup", CASES)
@given(text=_TEXTS)
def test_any_text_is_read_and_every_place_is_in_it(markup: Markup, text: str) -> None:
    done = 0
    for cluster in clusters(text, markup):
        assert cluster.cites
        if cluster.form == "uncited" and cluster.end == 0:
            continue
        assert done <= cluster.start < cluster.end <= len(text)
        done = cluster.end
        for cite in cluster.cites:
            assert cite.key
            assert cluster.start <= cite.place < cluster.end
