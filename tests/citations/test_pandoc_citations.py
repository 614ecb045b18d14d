"""Citations in Markdown are those that pandoc reads, apart from a few that are listed here."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandoc_citations import Read, read_by_pandoc

from northbib.embed.citations import clusters

# Of keys and brackets without anything between them pandoc reads some and not others.
_GLUED = re.compile(r"@[\w.{}$-]*@|\]\[")
_MARKS = re.compile(r"[*_`\\]")

ALIKE = r"""
Blah @lee2017 [p. 33; see also @b] and -@lee2017.
[@lee2017, p. 480] [-@lee2017] [-@lee2017, {ix, 3}]
[see @a, pp. 33-35 and passim; @b]
[see *also* @a; @b, *passim*]
@{a.b} @{a;b} [see @{a}; -@{b}, p. 3] @{a b} @{a{b}c} @{a}}
@key, @key. @key: @key; @key! (@key) "@key" '@key' @key's
@a.b @a. @a: @a- @a/ @a/b @a//b @a/c. @a:b. @a::b @_a @1a @é @a--b @a__b
a@b.c me@example.org é@b 1@b a-@b a_@b
[@a] [@b] [@a;@b] [ @a ] [@a ;@b]
[foo; @a] [see foo; bar @a] [@a; see foo] [@a;; @b] [@a; @b;]
[see [foo] @a] [see [@a] ; @b] [@a, \] foo]
@a [@b] @a[@b] @a [p. 3][x] @a [] @a [ ] @a [p. 3; see foo] @a [x; @c] @a[b]
@a\n[p. 3]
@a\n\n[p. 3]
[@a\np. 3;\n@b]
[@a](url) [see @a](url "t") [@a]{.x} [@a](not a link [@a][x]
\@a \[@a] [\@a] -\@a
`@a` ``@b ` c`` `@a`{=html} [see `@x` @a, `]` b] `@a @b
$@a$ $5 @a $6 [see $[$ @a, $x]$] $$ @b $$ $ @a $
<span>@c</span> <b title="@e">@f</b> <!-- @d --> <http://x/@a> <a@b.c> a < b @c > d
\textcite{@a} \emph{x @b} @c
x[^1] and ^[see @b] ^[[see @c]]\n\n[^1]: see @a\n\n    and @d [@e]\n\nnot @f
x[^1][^2]\n\n[^1]: @a\n[^2]: @b
# Head @a {#x}\n\n- item @b\n- [@c]\n\n> quote @d\n> [see\n> @e]
```\n@a\n```\n\n    @b\n\n~~~ {.x}\n[@c]\n~~~\n\n@d
- item\n\n      @code\n\n  @text
<div>\n\n@a\n\n</div>\n\n<pre>\n@b\n</pre>\n\n<!--\n@c\n\n@d\n-->\n\n@e
---\ntitle: a @b\n---\n\n@c
| @a | [@b] |\n|----|------|\n| @c | @d |
(@foo) An example.\n\nAs (@foo) shows, and @bar.
[foo]: http://x/@a "t"\n\n[foo] @b
[*@a*] [*see @a*] [see *@a*; @b] *[@a]* **@b**
[x -@a y] [x - @a y] [see-@a] [see.@a]
[@doe99; see @b, *passim*, chap. 2] [@a{p. 3}] [@a{}, 99 years later]
[@x: y] [@a, (3)] [@a 33] [@a, § 5 foo]
![@a] ![see @a]
*see* [@a]; _b_ [@c]. ~~@d~~ ^@e^
"""


def _ours(text: str) -> Read:
    """Give our citations the way pandoc tells its own: a suffix with its locator."""
    result = []
    for cluster in clusters(text, "markdown"):
        works = []
        for number, cite in enumerate(cluster.cites):
            mode = "AuthorInText" if cluster.form == "narrative" and not number else ""
            mode = "SuppressAuthor" if cite.suppress_author else mode or "NormalCitation"
            works.append((cite.key, mode, cite.prefix, (cite.label, cite.locator, cite.suffix)))
        result.append(works)
    return result  # type: ignore[return-value]


def _located(read: Read) -> Read:
    from northbib.embed.citations.locators import located

    return [
        [
            (key, mode, _bare(prefix), tuple(_bare(part) for part in _reordered(located(suffix))))  # type: ignore[misc]
            for key, mode, prefix, suffix in cluster
        ]
        for cluster in read
    ]


def _reordered(parts: tuple[str, str, str]) -> tuple[str, str, str]:
    locator, label, rest = parts
    return label, locator, rest


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub("", text).replace("$", "").split())


def _comparable(read: Read) -> Read:
    return [
        [
            (key, mode, _bare(prefix), tuple(_bare(part) for part in rest))  # type: ignore[misc]
            for key, mode, prefix, rest in cluster
        ]
        for cluster in read
    ]


@pytest.mark.parametrize("line", ALIKE.strip().split("\n"))
def test_citations_are_those_of_pandoc(line: str) -> None:
    text = line.replace("\\n", "\n")
    assert sorted(_comparable(_ours(text))) == sorted(_located(read_by_pandoc(text)))


_PIECES = st.sampled_from(
    [
        *"[];,-$ \n().{}",
        " *see* ",
        "`@a`",
        "@a",
        "@b2",
        "-@a",
        "@{c d}",
        "@{c.d}",
        " see ",
        " p. 3",
        ", pp. 3-5 ",
        "word",
        "; ",
        "[@a]",
        "[see @b, p. 4]",
        "\\",
        "(x)",
        "{.c}",
        "^[",
        "@",
        "é",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, max_size=9).map("".join))
def test_made_up_texts_are_read_like_pandoc_reads_them(text: str) -> None:
    assume(not _GLUED.search(text))
    text = f"Start {text}"
    assert sorted(_comparable(_ours(text))) == sorted(_located(read_by_pandoc(text)))
