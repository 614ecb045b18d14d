"""Bibliographies that hypothesis makes up, of many layouts, with what people leave in them."""

from __future__ import annotations

from hypothesis import strategies as st

_WORDS = ["works", "Łódź", "naïve", "{B}races", "a = b,", "me@host", "% no comment", "\\&", "漢"]
_PLAIN = st.lists(st.sampled_from(_WORDS), max_size=3).map(" ".join)
_VALUES = (
    _PLAIN.map("{{{}}}".format)
    | _PLAIN.map('"{}"'.format)
    | st.sampled_from(
        ["2017", "jan", "m # { x}", '"a" # "b"', "nowhere", "{}", "{\n  two\n  lines}"]
    )
)
_NAMES = st.sampled_from(["author", "title", "NOTE", "year", "date-added", "x"])
_LAYOUTS = st.sampled_from(
    [
        ("@{}{{{},", "\n  {} = {}", ",", ",\n}}"),
        ("@{}{{{},", "\n  {:<12} = {}", ",", "\n}}"),
        ("@{}({},", "\n\t{}={}", ",", "\n)"),
        ("@{}{{{}, ", "{} = {}", ", ", "}}"),
        ("@ {} {{ {}\n", " , {} = {}", "\n", "\n }}"),
    ]
)


@st.composite
def entries(draw: st.DrawFn, key: str) -> str:
    """Give an entry of this key."""
    head, field, between, end = draw(_LAYOUTS)
    kind = draw(st.sampled_from(["Article", "book", "www-x", "XDATA"]))
    fields = draw(st.lists(st.tuples(_NAMES, _VALUES), max_size=4))
    body = between.join(field.format(name, value) for name, value in fields)
    return head.format(kind, key) + body + (end.format() if fields else end[-1])


_OTHERS = st.sampled_from(
    [
        "@string{m = {Macro}}",
        '@STRING(M = "again")',
        "@preamble{{\\def\\x{}}}",
        "@comment{jabref-meta: databaseType:biblatex;}",
        "@Comment me",
        "% Encoding: UTF-8",
        "text with @ and me@host.org",
        "@book{broken, title = {never",
        "@book{comma title = {x} note = {y}}",
        "\x00\x01",
    ]
)
_GAPS = st.sampled_from(["\n", "\n\n", "\n\n\n", "", " ", "\n \n\t\n"])


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Give the text of a bibliography, in which a blank line sets entries off or not."""
    count = draw(st.integers(0, 5))
    pieces = [draw(st.sampled_from(["", "\n", "% a head\n\n"]))]
    for number in range(count):
        if draw(st.integers(0, 3)) == 0:
            pieces += [draw(_OTHERS), "\n"]
        pieces += [draw(entries(f"key{number}")), draw(_GAPS)]
    pieces.append(draw(st.sampled_from(["", "", "% the end", "% the end\n", "\n\n"])))
    return "".join(pieces)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1")
EOLS = ("\n", "\r\n", "\r")


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Give the bytes of a bibliography in some encoding, with line ends of some kind or mixed."""
    text = draw(texts())
    eol = draw(st.sampled_from([*EOLS, "mixed"]))
    if eol == "mixed":
        lines = text.split("\n")
        text = "".join(line + draw(st.sampled_from(EOLS)) for line in lines[:-1]) + lines[-1]
    else:
        text = text.replace("\n", eol)
    return text.encode(draw(st.sampled_from(ENCODINGS)), "replace")
