"""Trees that no engine would make, and how they must look to whoever reads what was written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from northbib.markup.tree import Inline, Inlines, Kind, Link, Styled, Text
from northbib.markup.visible import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Small enough that what matters meets often: signs of Markdown, HTML, TeX, pandoc and GFM, line
# starts, spaces of all kinds, right-to-left, invisible and unwritable characters, symbols that are
# punctuation in one version of CommonMark and not in the other.
SIGNS = [
    *"*_`~^$|\\#[](){}<>&!@:;=+-.,?%'\"/0aZ",
    *("**", "__", "```", "~~", "$$", "![", "](", "[^1]", "[x] ", "[@a]", "--", "---", "==="),
    *("1.", "1) ", "12345. ", "(i) ", "c. ", "- ", "+ ", "* ", "> ", "# ", "###", ":::", "!!!"),
    *("<i>", "</i>", "<b", "<!--", "-->", "<!-- northbib:end -->", "<?", "</", "<p>", "<script>"),
    *("&amp;", "&amp", "&#42;", "&#x2a;", "&lt;", "&nbsp;", "{{", "}}", "{%", "{.a}"),
    *("http://a.b/", "https://a.b/_c_", "<https://a.b>", "www.a.b", "a@b.c", "javascript:a"),
    *(" ", "  ", "    ", "\t", "\n", "\r\n", "\n\n", "\v", "\x85", "\u2028", "\u00a0", "\u2003"),
    *(
        "é",
        "e\u0301",
        "ß",
        "İ",
        "א",
        "مرحبا",
        "中",
        "。",
        "“",
        "”",
        "—",
        "€",
        "😀",
        "👩\u200d💻",
        "𐄀",
    ),
    *("\u200b", "\u200f", "\u202e", "\u2066", "\u2069", "\ufeff", "\u00ad"),
    *("\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\ufdd0", "\uffff", "\U0001ffff"),
]
KINDS: list[Kind] = [
    "emphasis",
    "strong",
    "small-caps",
    "superscript",
    "subscript",
    "underline",
    "no-case",
]

texts = st.lists(st.sampled_from(SIGNS), max_size=8).map("".join)
urls = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(
            ["http://a.b/", "https://doi.org/10.1080/", "HTTPS://a.b?", "mailto:a@b.c"]
        ),
        st.lists(st.sampled_from([*"()[]<>&\\*_`~$'\" é%", "&amp;", "%20", "\n"])).map("".join),
    ),
) | st.sampled_from(["javascript:alert(1)", "\x01java\nscript:a", "data:text/html,a", "a", ""])


def _nodes(children: st.SearchStrategy[Inlines]) -> st.SearchStrategy[Inline]:
    return st.builds(Styled, st.sampled_from(KINDS), children) | st.builds(Link, urls, children)


_leaves: st.SearchStrategy[Inline] = st.builds(Text, texts)
trees: st.SearchStrategy[Inlines] = st.lists(
    st.recursive(
        _leaves,
        lambda nodes: _nodes(st.lists(nodes, max_size=4).map(tuple)),
        max_leaves=8,
    ),
    max_size=5,
).map(tuple)

# A character, the styles that it stands in with how often, and whether it stands in a link.
Sign = tuple[str, tuple[tuple[str, int], ...], bool]
_REPEATABLE = ("superscript", "subscript")


def looks(runs: Iterable[tuple[str, Counter[str]]]) -> list[Sign]:
    """Give the characters of runs of text with their look, all but white space, which has none."""
    return [
        (
            sign,
            tuple(
                sorted(
                    (name, count if name in _REPEATABLE else 1)
                    for name, count in styles.items()
                    if count and name != "link"
                )
            ),
            styles["link"] > 0,
        )
        for text, styles in runs
        for sign in text
        if not sign.isspace()
    ]


def runs_of(
    content: Inlines, styles: Counter[str] | None = None
) -> Iterator[tuple[str, Counter[str]]]:
    """Give the runs of text of a tree with the styles that show, as `looks` takes them."""
    around = Counter[str]() if styles is None else styles
    for node in content:
        if isinstance(node, Text):
            yield one_line(node.text), around
        elif isinstance(node, Link):
            followed = node.url.lower().startswith(("http://", "https://", "mailto:"))
            yield from runs_of(node.children, around + Counter({"link": int(followed)}))
        elif isinstance(node, Styled):
            shown = int(node.kind != "no-case")
            yield from runs_of(node.children, around + Counter({node.kind: shown}))
