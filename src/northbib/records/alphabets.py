"""Where the letters of each alphabet stand that others have not, or have elsewhere.

A run such as `z æ=ä ø=ö å=aa` says: after all that begins with z come æ, ø and å, each a letter of
its own; ä counts as æ, and two a as å. Letters of other kinds are those of the alphabet that all
languages start from, or count as their base letter with an accent.

Source: Unicode CLDR 48, root collation and its tailorings, at the first (primary) level; Basque
after the order of its academy. Chinese and Japanese characters have no alphabet, and stand by
their code points.
"""

from __future__ import annotations

__all__ = ["ALPHABETS", "OWN_SCRIPT", "ROOT"]

ROOT = (
    "e ə",
    "h=ħ",
    "i ı",
    "n ŋ",
    "t ŧ",
    "z þ",
    "а ә",
    "г=ґ ғ",
    "д ђ",
    "е є",
    "з ѕ",
    "и і=ї й ј",
    "к қ",
    "л љ",
    "н ң њ",
    "о ө",
    "т ћ",
    "у ү ұ",
    "ч џ",
)
"""The order from which those of all languages start."""

_DANISH = ("th=þ", "y=ü=ű", "z æ=ä ø=ö=ő å=aa")
_NORWEGIAN = ("th=þ", "y=ü=ű", "z æ=ä=ę ø=ö=ő=œ å=aa")
_SOUTH_SLAVIC = ("c č ć", "d dž đ", "l lj", "n nj", "s š", "z ž")
_SPANISH = ("n ñ",)
_TURKIC = ("c ç", "g ğ", "h ı", "o ö", "s ş", "u ü")

ALPHABETS: dict[str, tuple[str, ...]] = {
    "az": (*_TURKIC, "e ə", "h x ı", "k q", "z w"),
    "be": ("е ё", "у ў"),
    "bs": _SOUTH_SLAVIC,
    "cs": ("c č", "h ch", "r ř", "s š", "z ž"),
    "cy": ("c ch", "d dd", "f ff", "g ng", "l ll", "p ph", "r rh", "t th"),
    "da": _DANISH,
    "es": _SPANISH,
    "et": ("s š z=ź=ż ž", "w õ ä ö ü"),
    "eu": _SPANISH,
    "fi": ("n=ŋ", "t=ŧ", "y=ü", "z þ å ä=æ ö=ø"),
    "fo": _NORWEGIAN,
    "gl": _SPANISH,
    "hr": _SOUTH_SLAVIC,
    "hu": (
        "c cs",
        "d dz dzs",
        "g gy",
        "l ly",
        "n ny",
        "o ö=ő",
        "s sz",
        "t ty",
        "u ü=ű",
        "z zs",
    ),
    "is": ("a á", "d ð", "e é", "i í", "o ó", "u ú", "y ý", "z þ æ=ä ö=ø å"),
    "lt": ("c č", "i=y=ý", "s š", "z ž"),
    "lv": (
        "a ā",
        "c č",
        "e ē",
        "g ģ",
        "i y ī",
        "k ķ",
        "l ļ",
        "n ņ",
        "o ō",
        "r ŗ",
        "s š",
        "u ū",
        "z ž",
    ),
    "mk": ("д ђ ѓ", "т ћ ќ", "и=й і=ї ј"),
    "mt": ("b ċ", "f ġ", "g għ", "h ħ", "y ż"),
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "pl": ("a ą", "c ć", "e ę", "l ł", "n ń", "o ó", "s ś", "z ź ż"),
    "ro": ("a ă â", "i î", "s ș=ş", "t ț=ţ"),
    "sk": ("a ä", "c č", "h ch", "o ô", "r ř", "s š", "z ž"),
    "sl": ("c č ć", "d đ", "s š", "z ž"),
    "sq": ("c ç", "d dh", "e ë", "g gj", "l ll", "n nj", "r rr", "s sh", "t th", "x xh", "z zh"),
    "sr": ("и=й і=ї ј",),
    "sr-latn": _SOUTH_SLAVIC,
    "sv": ("th=þ", "y=ü=ű", "z å ä=æ=ę ö=ø=ő=œ=ô"),
    "tl": ("n ñ ng",),
    "tr": _TURKIC,
    "uk": ("г ґ", "и і ї й ј"),
    "vi": ("a ă â", "d đ", "e ê", "o ô ơ", "u ư"),
}
"""Language -> runs of its letters."""

OWN_SCRIPT = frozenset("ar be bg el fa he hi hy ka km ko mk mn pa ru sr th uk ur".split())
"""Languages in whose lists the letters of their own script come before the Latin ones."""
