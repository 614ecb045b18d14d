"""What LaTeX macros stand for, as tables that the reader of values looks things up in.

The common ones are here; symbols of mathematics and everything rare come from pylatexenc, which is
asked only for a name that is not here.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any
from unicodedata import normalize

__all__ = [
    "ACCENTS",
    "DECLARATIONS",
    "DROPPED",
    "MATH_LETTERS",
    "STYLES",
    "SYMBOLS",
    "TRANSPARENT",
    "accented",
    "symbol",
]

ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "G": "\u030f",
    "U": "\u030e",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
    "t": "\u0361",
    "textcommabelow": "\u0326",
    "hat": "\u0302",
    "tilde": "\u0303",
    "bar": "\u0304",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "acute": "\u0301",
    "grave": "\u0300",
    "check": "\u030c",
    "breve": "\u0306",
}
"""Accent -> combining character."""

_SPACING = {
    "`": "`",
    "'": "´",
    "^": "^",
    "~": "~",
    "=": "¯",
    ".": "˙",
    '"': "¨",
    "u": "˘",
    "r": "˚",
    "v": "ˇ",
    "c": "¸",
    "k": "˛",
}
_DOTLESS = {"ı": "i", "ȷ": "j"}

SYMBOLS = {
    # Characters that LaTeX keeps for itself
    "&": "&",
    "%": "%",
    "$": "$",
    "#": "#",
    "_": "_",
    "{": "{",
    "}": "}",
    "textbackslash": "\\",
    "backslash": "\\",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textasciigrave": "`",
    "textbraceleft": "{",
    "textbraceright": "}",
    "lbrace": "{",
    "rbrace": "}",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textunderscore": "_",
    "textdollar": "$",
    "textquotesingle": "'",
    "textquotedbl": '"',
    "slash": "/",
    # Spaces and breaks
    " ": " ",
    "\n": " ",
    "\t": " ",
    "\\": " ",
    "newline": " ",
    "par": " ",
    "space": " ",
    ",": "\N{THIN SPACE}",
    "thinspace": "\N{THIN SPACE}",
    ":": " ",
    ";": " ",
    "quad": " ",
    "qquad": " ",
    "enspace": " ",
    "nobreakspace": "\N{NO-BREAK SPACE}",
    "addnbspace": "\N{NO-BREAK SPACE}",
    "-": "",
    "/": "",
    "!": "",
    "@": "",
    "*": "",
    "relax": "",
    "protect": "",
    # Letters
    "i": "ı",
    "j": "ȷ",
    "imath": "ı",
    "jmath": "ȷ",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ss": "ß",
    "SS": "ẞ",
    "th": "þ",
    "TH": "Þ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "NG": "Ŋ",
    "ij": "ĳ",
    "IJ": "Ĳ",
    # Punctuation and signs
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "lq": "‘",
    "rq": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "quotedblbase": "„",
    "glqq": "„",
    "grqq": "“",
    "glq": "‚",
    "grq": "‘",
    "guillemotleft": "«",
    "guillemotright": "»",
    "flqq": "«",
    "frqq": "»",
    "guilsinglleft": "‹",
    "guilsinglright": "›",
    "dots": "…",
    "ldots": "…",
    "textellipsis": "…",
    "cdots": "⋯",
    "S": "§",
    "P": "¶",
    "textsection": "§",
    "dag": "†",
    "ddag": "‡",
    "copyright": "©",
    "textcopyright": "©",
    "textregistered": "®",
    "texttrademark": "™",
    "pounds": "£",
    "textsterling": "£",
    "texteuro": "€",
    "euro": "€",
    "textdegree": "°",
    "degree": "°",
    "textperiodcentered": "·",
    "textbullet": "•",
    "textordfeminine": "ª",
    "textordmasculine": "º",
    "texttimes": "×",
    "textmu": "µ",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "TeX": "TeX",
    "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2ε",
    "BibTeX": "BibTeX",
    "XeTeX": "XeTeX",
    "XeLaTeX": "XeLaTeX",
    "LuaTeX": "LuaTeX",
    # Mathematics
    "left": "",
    "right": "",
    "big": "",
    "Big": "",
    "limits": "",
    "displaystyle": "",
    "log": "log",
    "ln": "ln",
    "exp": "exp",
    "sin": "sin",
    "cos": "cos",
    "tan": "tan",
    "min": "min",
    "max": "max",
    "lim": "lim",
    "sup": "sup",
    "inf": "inf",
    "det": "det",
    "dim": "dim",
    "arg": "arg",
    "deg": "deg",
    "prime": "′",
}
"""Macro -> what it prints."""

STYLES = {
    "emph": ("<i>", "</i>"),
    "textit": ("<i>", "</i>"),
    "textsl": ("<i>", "</i>"),
    "mkbibemph": ("<i>", "</i>"),
    "mkbibitalic": ("<i>", "</i>"),
    "textbf": ("<b>", "</b>"),
    "mkbibbold": ("<b>", "</b>"),
    "textsc": ("<sc>", "</sc>"),
    "textsuperscript": ("<sup>", "</sup>"),
    "mkbibsuperscript": ("<sup>", "</sup>"),
    "sp": ("<sup>", "</sup>"),
    "textsubscript": ("<sub>", "</sub>"),
    "mkbibsubscript": ("<sub>", "</sub>"),
    "sb": ("<sub>", "</sub>"),
    "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"),
    "sqrt": ("√", ""),
}
"""Macro with an argument -> what stands before and after that in rich text."""

DECLARATIONS = {
    "em": ("<i>", "</i>"),
    "it": ("<i>", "</i>"),
    "itshape": ("<i>", "</i>"),
    "sl": ("<i>", "</i>"),
    "slshape": ("<i>", "</i>"),
    "bf": ("<b>", "</b>"),
    "bfseries": ("<b>", "</b>"),
    "sc": ("<sc>", "</sc>"),
    "scshape": ("<sc>", "</sc>"),
}
"""Macro that sets the rest of its group -> what stands before and after that in rich text."""

TRANSPARENT = frozenset(
    """
    text textrm textsf texttt textnormal textup textmd mbox hbox fbox underline uline mathrm mathit
    mathsf mathtt mathbf boldsymbol operatorname uppercase lowercase MakeUppercase MakeLowercase
    textulc rm tt sf sffamily rmfamily ttfamily normalfont upshape mdseries small footnotesize
    large Large selectfont bibinfo natexlab
    """.split()
)
"""Macros that change the look alone; their argument stays."""

DROPPED = frozenset(
    """
    hspace vspace label index phantom hphantom vphantom vskip hskip kern color textcolor noopsort
    SortNoop arabic roman Roman alph Alph value
    """.split()
)
"""Macros that go together with their argument."""

MATH_LETTERS = {
    "mathbb": str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ"),
    "mathcal": str.maketrans({}),
    "mathscr": str.maketrans({}),
    "mathfrak": str.maketrans({}),
}
"""Macro that changes letters of mathematics -> letter and what it becomes."""


def accented(accent: str, text: str) -> str:
    """Put an accent on the first character of a text; on none, the accent stands alone.

    >>> accented("v", "Skoda")
    'Škoda'
    """
    if not text:
        return _SPACING.get(accent, "")
    first, rest = _DOTLESS.get(text[0], text[0]), text[1:]
    return normalize("NFC", first + ACCENTS[accent]) + rest


@cache
def symbol(name: str) -> str | None:
    """Give the character that a macro without argument stands for, None if it is not known."""
    if name in SYMBOLS:
        return SYMBOLS[name]
    found = getattr(_rare().get_macro_spec(name), "simplify_repl", None)
    return found if isinstance(found, str) and found and "%" not in found else None


@cache
def _rare() -> Any:
    # Loaded on the first rare macro: a library without one never pays for it.
    return import_module("pylatexenc.latex2text").get_default_latex_context_db()
