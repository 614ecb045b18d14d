"""How titles and names are filed: without a leading article, and by the family name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from northbib.lists.words import Words
    from northbib.records import Name, Record

__all__ = ["ARTICLES", "SortKey", "filed", "name_key"]

SortKey = tuple[int | str, ...]

ARTICLES: dict[str, tuple[str, ...]] = {
    "ca": ("el", "els", "la", "les", "un", "una", "l'"),
    "cy": ("y", "yr"),
    "da": ("en", "et"),
    "de": ("der", "die", "das", "ein", "eine"),
    "en": ("a", "an", "the"),
    "es": ("el", "la", "los", "las", "un", "una"),
    "fr": ("le", "la", "les", "un", "une", "l'"),
    "it": ("il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "l'", "un'"),
    "nb": ("en", "ei", "et"),
    "nl": ("de", "het", "een"),
    "nn": ("ein", "ei", "eit"),
    "pt": ("o", "a", "os", "as", "um", "uma"),
    "sv": ("en", "ett"),
}
"""Language of a work -> the articles that its title is filed without.

Of a work that names no language, those are the English ones.
"""

_APOSTROPHES = str.maketrans("’ʼ", "''")
_NOT_IN_WORD = "\"'“”‘’«»„‚([¿¡"


def filed(text: str, record: Record | None, words: Words) -> SortKey | None:
    """Give the key of a title or a label; None where there is nothing to sort by.

    Args:
        text: The text.
        record: The work whose title it is; None for text that has no article.
        words: The language of the list.
    """
    if not text:
        return None
    if record is not None:
        text = _without_article(text, record.plain("language"))
    key = words.sortable(text)
    return (key,) if key else None


def name_key(name: Name, words: Words) -> str:
    """Give the key of a name: the family name counts before the given name.

    A body is filed without its English article.
    """
    if name.literal:
        return words.sortable(_without_article(name.literal, "en"))
    family, _, rest = name.sort_form.partition(", ")
    # What stands between the two is before the space between two words of a family name.
    return f"{words.sortable(family)}\t{words.sortable(rest)}".strip("\t")


def _without_article(text: str, tag: str) -> str:
    language = tag.replace("_", "-").partition("-")[0].lower() or "en"
    if language not in ARTICLES:
        return text
    first, _, rest = text.lstrip(_NOT_IN_WORD).partition(" ")
    word = first.translate(_APOSTROPHES).lower()
    articles = ARTICLES[language]
    if word in articles and rest.strip():
        return rest
    elided = next((each for each in articles if each[-1] == "'" and word.startswith(each)), "")
    return text.lstrip(_NOT_IN_WORD)[len(elided) :] if elided and len(word) > len(elided) else text
