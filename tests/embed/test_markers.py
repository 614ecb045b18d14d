"""Which comments of an article are markers, and what is wrong with those that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from northbib.embed.article import Article
from northbib.embed.markers import sections

if TYPE_CHECKING:
    from northbib.embed.markups import Markup
    from northbib.findings import Finding

BEGIN = "<!-- northbib:begin q -->"
END = "<!-- northbib:end -->"
PAIR = f"{BEGIN}{END}"


def found(text: str, markup: Markup = "markdown") -> list[tuple[int, str | None]]:
    """Give the line of each section and what its lines are indented with."""
    article = Article.read(text.encode(), "article", markup)
    pairs, _, faults = sections(article)
    assert faults == []
    return [
        (article.lines.position(pair.begin.comment.start)[0], pair.begin.comment.indent)
        for pair in pairs
    ]


def wrong(text: str, markup: Markup = "markdown") -> list[Finding]:
    return sections(Article.read(text.encode(), "article", markup))[2]


def places(faults: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    return [(fault.code, fault.line, fault.column) for fault in faults]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{BEGIN}\n{END}\n", [(1, "")]),
        (PAIR, [(1, "")]),
        (f"{PAIR}\n{PAIR}\n", [(1, ""), (2, "")]),
        (f"Text\n{BEGIN}\n\n- an entry\n\n{END}\nmore\n", [(2, "")]),
        (f"  {BEGIN}\n  {END}\n", [(1, "  ")]),
        (f"- item\n\n  {BEGIN}\n\n  {END}\n", [(3, "  ")]),
        (f"- {BEGIN}\n  {END}\n", [(1, "  ")]),
        (f"12. {BEGIN}\n    {END}\n", [(1, "    ")]),
        (f"1.\t{BEGIN}\n\n\t{END}\n", [(1, "  \t")]),
        (f"> {BEGIN}\n> {END}\n", [(1, "> ")]),
        (f"> - {BEGIN}\n>   {END}\n", [(1, ">   ")]),
        (f"<div>\n{BEGIN}\n{END}\n</div>\n", [(2, "")]),
        (f"<!--northbib:begin q-->\n{END}", [(1, "")]),
        (f'!!! note "A title"\n\n    {BEGIN}\n    {END}\n', [(3, "    ")]),
        (f"??? tip\n    text\n\n    {BEGIN}\n    {END}\n", [(4, "    ")]),
        (f'=== "Tab"\n\n    - x\n\n        {BEGIN}\n        {END}\n', [(5, "        ")]),
        (f"```{{note}}\n:class: x\n\n{BEGIN}\n{END}\n```\n", [(4, "")]),
        (f"- x\n\n  :::{{tip}}\n  {BEGIN}\n  {END}\n  :::\n", [(4, "  ")]),
        (f"::::{{grid}}\n:::{{card}}\n{BEGIN}\n{END}\n:::\n::::\n", [(3, "")]),
        (f"::: {{.callout-note}}\n{BEGIN}\n{END}\n:::\n", [(2, "")]),
        ("<!-- northbib:begin\n  topic:x\n  style=apa\n-->\n<!--\nnorthbib:end\n-->\n", [(1, "")]),
    ],
)
def test_markers_of_markdown_are_found_with_their_indentation(
    text: str, expected: list[tuple[int, str]]
) -> None:
    assert found(text) == expected
    assert found(text.replace("\n", "\r\n")) == expected
    assert found(text.replace("\n", "\r")) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"```\n{PAIR}\n```\n",
        f"```markdown title=x\n{BEGIN}\n\n{END}\n```\n",
        f"~~~~\n```\n~~~\n{PAIR}\n~~~~\n",
        f"````\n```\n{PAIR}\n```\n````\n",
        f"- item\n\n  ```\n  {BEGIN}\n  {END}\n  ```\n",
        f"> ```\n> {BEGIN}\n> {END}\n> ```\n",
        f"```\n{PAIR}\n\nthe fence is not closed\n",
        f"    {BEGIN}\n    {END}\n",
        f"\t{BEGIN}\n\t{END}\n",
        f"- item\n\n      {PAIR}\n",
        f"Write `{BEGIN}` and ``{END}``.\n",
        f"Write `one\ntwo {BEGIN}` here.\n",
        f"# Heading `{PAIR}`\n",
        f"| a |\n|---|\n| `{PAIR}` |\n",
        f"\\{BEGIN} and \\{END}\n",
        f"<pre>\n{PAIR}\n\n{PAIR}\n</pre>\n",
        f"<script>\n{PAIR}\n</script>\n",
        f"<style>\n{PAIR}\n</style>\n",
        f"<textarea>\n{PAIR}\n</textarea>\n",
        f"<div><pre>\n\n{PAIR}\n\n</pre></div>\n",
        f"<div><code>\n{PAIR}\n</code></div>\n",
        f"text <code>{PAIR}</code>\n",
        f'text <b title="{BEGIN}">x</b>\n',
        f'[x]: /address "{PAIR}"\n',
        f"---\ntitle: {PAIR}\n---\n",
        f"---\nnote: |\n  {PAIR}\n\n  ```\n...\n",
        f"+++\ntitle = '{PAIR}'\n+++\n",
        f"{{% raw %}}\n\n{PAIR}\n\n{{% endraw %}}\n",
        f"{{%- highlight html linenos -%}}\n{PAIR}\n{{%- endhighlight -%}}\n",
        f"{{{{< highlight html >}}}}\n\n{PAIR}\n\n{{{{< /highlight >}}}}\n",
        f"{{{{% code %}}}}\n{PAIR}\n{{{{% /code %}}}}\n",
        f":::{{code-block}} html\n{PAIR}\n:::\n",
        f"```{{code-cell}}\n{PAIR}\n```\n",
        f"```{{r}}\n{PAIR}\n```\n",
        f"````{{note}}\n```html\n{PAIR}\n```\n````\n",
        f"!!! note\n\n        {PAIR}\n",
        f"    !!! note\n\n        {PAIR}\n",
        f"<!-- not ours, {BEGIN}\n",
        "<!-- northbib writes this list -->\n",
        "northbib:begin topic:x\n",
    ],
)
def test_what_markdown_shows_as_text_is_no_marker(text: str) -> None:
    assert found(text) == []
    assert found(text.replace("\n", "\r\n")) == []
    if not text.startswith(("---", "+++")):
        assert found("\n\n" + text) == []
        assert len(found(f"{PAIR}\n\n{text}")) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"An unclosed ` backtick.\n\n{PAIR}\n",
        f"An unclosed <code> tag.\n\n{PAIR}\n",
        f"---\n\n{PAIR}\n\n---\n",
        f"---\nno end of front matter\n\n{PAIR}\n",
        f"{{% raw %}} without an end\n\n{PAIR}\n",
        f"Write `{{% raw %}}` for that.\n\n{PAIR}\n\nAnd `{{% endraw %}}`.\n",
        f"```\ncode\n```\n{PAIR}\n",
        f"<pre>\ncode\n</pre>\n\n{PAIR}\n",
        f"a < b and 5 <6\n\n{PAIR}\n",
        f"\x00\u2028\x0b\x0c\n\n{PAIR}\n",
        f"---\ntitle: x\n---\n{PAIR}\n",
        f"<div title='\n\n{PAIR}\n",
    ],
)
def test_what_only_looks_like_code_hides_no_marker(text: str) -> None:
    assert len(found(text)) == 1
    assert len(found(text.replace("\n", "\r\n"))) == 1


@pytest.mark.parametrize(
    ("text", "indent"),
    [
        (f"<div>\n\t{BEGIN}\n\t{END}\n</div>", "\t"),
        (f"<p>no end tag\n{BEGIN}\n{END}\n<p>next</p>", ""),
        (f"<table><tr><td>{PAIR}</td></tr></table>", ""),
        (f"<p><b>forgotten</p>{PAIR}", ""),
        (f"  <div>{BEGIN}<ul></ul>{END}</div>", "  "),
        (f"<div title='>'>{PAIR}</div>", ""),
        (f"<p don't>{PAIR} isn't it", ""),
        (f"a < b, 1 <2 {PAIR}", ""),
        (f"<!doctype html><title>{BEGIN}</title>{PAIR}", ""),
        (f"<!-- -- > --!>{PAIR}", ""),
        (f"<!-->{PAIR}", ""),
        (f"<pre>x</pre><code>y</code></pre></code>{PAIR}", ""),
        (f"<p>a <code>forgotten</p><div>{PAIR}</div>", ""),
        (f"<PRE>{BEGIN}</PRE><Script>{BEGIN}</SCRIPT >{PAIR}", ""),
        (f"<scripty>{PAIR}</scripty>", ""),
        (f'<?xml version="1.0"?>\n<script src="x"/><pre/>{PAIR}', ""),
        (f"<template>{PAIR}</template>", ""),
        (f"<a href=x/y>{PAIR}</a>", ""),
    ],
)
def test_markers_of_html_are_found_with_their_indentation(text: str, indent: str) -> None:
    assert [one for _, one in found(text, "html")] == [indent]


@pytest.mark.parametrize(
    "text",
    [
        f"<pre>{PAIR}</pre>",
        f"<pre>\n<b>x</b>\n{PAIR}\n</pre>",
        f"<code>{PAIR}</code>",
        f"<pre><code>{PAIR}</code>{PAIR}</pre>",
        f"<script>{PAIR}</script>",
        f"<script>\n// </scripty>\n{PAIR}",
        f"<style>{PAIR}</style>",
        f"<textarea>{PAIR}</textarea>",
        f"<title>{PAIR}</title>",
        f'<p title="{PAIR}">',
        f"<p title='{PAIR}' class=x>",
        f"<p title = '{PAIR}'>",
        f"<![CDATA[{PAIR}]]>",
        f"<plaintext>{PAIR}",
        "&lt;!-- northbib:begin q --&gt;",
        "<p class=x",
    ],
)
def test_what_html_shows_as_text_is_no_marker(text: str) -> None:
    assert found(text, "html") == []
    assert len(found(f"{PAIR}{text}", "html")) == 1


def test_one_mistake_makes_one_fault_with_line_and_column() -> None:
    assert places(wrong(f"a\n\n{BEGIN}\n")) == [("unmatched-begin", 3, 1)]
    assert places(wrong(f"a\n\n  {END}\n")) == [("unmatched-end", 3, 3)]
    assert places(wrong(f"{BEGIN}\n{BEGIN}\n{END}\n{END}\n")) == [("nested-begin", 2, 1)]
    assert places(wrong(f"{BEGIN}\n{BEGIN}\n{END}\n")) == [("nested-begin", 2, 1)]
    assert places(wrong(f"{BEGIN}\n{END}\n{END}\n")) == [("unmatched-end", 3, 1)]


def test_all_faults_are_found_at_once() -> None:
    text = f"{END}\n<!-- northbib:stop -->\n<!-- northbib:end now -->\n{BEGIN}\n<!-- northbib:end"
    assert places(wrong(text)) == [
        ("unknown-marker", 2, 1),
        ("words-after-end", 3, 19),
        ("open-marker", 5, 1),
        ("unmatched-end", 1, 1),
        ("unmatched-end", 3, 1),
    ]


@pytest.mark.parametrize(
    "text",
    [f"See {BEGIN} here.\n{END}", f"text\n    {BEGIN}\n    {END}", f"- [ ] {BEGIN}\n\n{END}"],
)
def test_a_marker_in_running_text_is_a_fault(text: str) -> None:
    (fault,) = wrong(text)
    assert fault.code == "marker-in-text"
    assert fault.fix == "put it on a line of its own, with a blank line before it"


@pytest.mark.parametrize(
    ("text", "within"),
    [
        (f"<p>\n{BEGIN}\n{END}\n</p>", "<p>"),
        (f"<p>a <b>b {PAIR}</b></p>", "<b>"),
        (f"<h2>{PAIR}</h2>", "<h2>"),
        (f"<ul>{PAIR}</ul>", "<ul>"),
        (f"<table><tr>{PAIR}</tr></table>", "<tr>"),
        (f"<head>{PAIR}</head>", "<head>"),
        (f"<details><summary>{PAIR}</summary></details>", "<summary>"),
    ],
)
def test_a_marker_where_html_has_no_lists_is_a_fault(text: str, within: str) -> None:
    fault = wrong(text, "html")[0]
    assert fault.message == f"northbib:begin stands in {within}, where no list can stand"
    assert fault.fix == f"put it outside of {within}"
    assert (fault.line, fault.column) == Article.read(
        text.encode(), "article", "html"
    ).lines.position(text.index("<!--"))


def test_a_quotation_mark_that_is_not_closed_is_a_fault() -> None:
    text = f'<!-- northbib:begin title:"a b -->\n{END}'
    assert places(wrong(text)) == [("open-quote", 1, 27)]


def test_columns_count_characters_and_not_bytes_or_a_byte_order_mark() -> None:
    text = f"\ufeff<p>£€</p>{END}"
    assert places(wrong(text, "html")) == [("unmatched-end", 1, 10)]


@pytest.mark.parametrize("piece", ["<a ", "<!--", "``````` `", '<x y="', "> ", "{% raw %}", "["])
@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_a_long_hostile_article_has_no_markers(piece: str, markup: Markup) -> None:
    assert wrong(f"northbib: {piece * 20_000}", markup) == []
