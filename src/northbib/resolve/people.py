"""Names as web pages write them: people as people, bodies as bodies, none rather than wrong."""

from __future__ import annotations

import re
from functools import lru_cache

from northbib.records import Name, fold
from northbib.resolve.clean import line
from northbib.resolve.name_words import BODY_WORDS, INITIALS, NOT_IN_NAMES

__all__ = [
    "body",
    "is_body",
    "looks_like_person",
    "person_or_body",
    "read_byline",
    "same_body",
]

_STAFF = re.compile(
    r"\b(?:staff|reporters?|newsroom|news ?desk|editors?|editorial|team|correspondents?|admin"
    r"|administrator|webmaster|guest|contributors?|contributed|anonymous|unknown|user|redaction"
    r"|agencies|(?:news|press) agency|newspaper|wires?|authors?|newsletter|all rights|copyright"
    r"|sponsored|advertisement|minutes?|undefined)\b"
    r"|^agency$|^(?:read|view|share|more|sign|log|click|follow|subscribe|comments?|updated|published|posted"
    r"|last|various|see|about|contact|home|menu|search|the author|n/?a|none|null|test|default)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|[@/\\|_=<>{}#]|\.(?:com|org|net|uk|io)\b")
_DIGIT = re.compile(r"\d")
_BY = re.compile(
    r"^(?:(?:(?:guest )?(?:post|blog|article|opinion|review|analysis|comment|interview|speech)"
    r"|written|posted|published|reported|words?|text|story|authored?)\s*)?(?:by|from)\b[\s:]*"
    r"|^(?:authors?|author\(s\)|writers?|words|auteurs?|autor(?:en|es)?|von|par|por)\s*:\s*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"^\s*\S+@\S+\s+\(([^()]+)\)\s*$")
_HONORIFIC = re.compile(
    r"^(?:(?:the\s+)?rt\.?\s+hon\.?|right\s+hon(?:ourable)?|dr|prof(?:essor)?|mrs?|ms|miss"
    r"|rev(?:erend)?|sir|dame)\b\.?\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_POST_NOMINAL = re.compile(
    r"(?:,?\s+(?:mp|mbe|obe|cbe|kc|qc|frs|fba|ph\.?d\.?|msc|ma|ba|m\.?d\.?|dphil))+\.?$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"\s+(?:for|at|in|on|via|of)\s+.*$|\s+(?:[-–—|/•·>]|is (?:an?|the)\b).*$"
    r"|\s*\([^()]*\)|\s*@\w+.*$"
)
_MARKS = re.compile(r"(?<=[^\W\d_])[\d\s,*†‡§¶#]*[\d*†‡§¶#]+$")
_AGENCY = re.compile(
    r"\s+(?:associated press|press association|pa media|reuters|afp|bbc news)$", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:;|\band\b|\s&\s|\bwith\b|\bund\b|\bet\b(?! al)|\s\|\s)\s*")
_PRESS_AGENCY = re.compile(
    r"(?:the\s+)?(?:associated press|press association|pa(?: media)?|reuters|afp"
    r"|agence france.presse|bloomberg|bbc news|cnn|upi|ap)(?:\s+(?:in|news)\b.*)?",
    re.IGNORECASE,
)
_VANCOUVER = re.compile(r"[A-Z]{1,3}(?:-[A-Z])?")
_INITIALS_ONLY = re.compile(r"(?:[A-Z]\.?[\s-]?){1,4}")
# Family names that are words for bodies, too.
_SURNAMES_TOO = frozenset("board city hall house lab press times wire".split())
_ROLE = re.compile(
    r"\b(?:editor|correspondent|reporter|writer|columnist|professor|lecturer|director|fellow|analyst"
    r"|journalist|producer|presenter|chief|head|minister|secretary|researcher|economist|manager"
    r"|author|news|university|institute)\b",
    re.IGNORECASE,
)
_FULL_STOP = re.compile(r"(?<=\w{4})\.$")
_ONE_BODY = re.compile(
    r"^(?:the\s+)?(?:hm|house|department|ministry|office|institute|university|committee|centre)\b"
    r"|\b(?:for|of)\b|^[^,&]*$",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_ELIDED = re.compile(r"[a-z]['’][^\W\d_a-z]")
_LONGEST_NAME = 120
_PARTICLE = frozenset(
    """
    af al bin da das de degli dei del della den der di do dos du el la le ten ter van von zu
    """.split()
)
_FAMILY_STARTS = frozenset("De Del Di Du La Le Van Von St".split())
_NAME_WORD = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*|[^\W\d_a-z]\.?|[a-z](?=['’]))(?:[-'’.][^\W\d_]*)*,?"
)


def person_or_body(text: str, *, is_person: bool = False) -> Name | None:
    """Read one name: "Family, Given", "Given Family" or a body; None for what is no name.

    Args:
        text: The name as written.
        is_person: Whether the source says that it is a person.
    """
    text = _FULL_STOP.sub("", _BY.sub("", line(text)).strip(" ,;:•·-–—|&"))
    text = _MARKS.sub("", text) if len(text) <= _LONGEST_NAME else text
    if not _may_be_name(text):
        return None
    if is_body(text) and not (is_person and _is_surname_too(text)):
        return Name(literal=text)
    if text.count(",") == 1:
        family, given = (part.strip() for part in text.split(","))
        if family and given and not _ROLE.search(given):
            return _inverted(family, given)
        text = family
    text = _HONORIFIC.sub("", _HONORIFIC.sub("", _POST_NOMINAL.sub("", text)))
    words = text.split()
    if len(words) > 6 or (len(words) == 1 and not is_person):
        return None
    if is_person and len(words) > 1 and _is_vancouver(words):
        return _inverted(" ".join(words[:-1]), words[-1])
    return _direct(words)


def body(text: str) -> Name | None:
    """Read the name of what a source says is a body; it may hold a number. None for no name."""
    text = line(text)
    return Name(literal=text) if _may_be_name(text, is_body=True) else None


def read_byline(
    text: str, *, is_person: bool = False, is_scholarly: bool = False
) -> tuple[Name, ...]:
    """Read all names of a byline: "By Jane Smith and John Brown, Political Editor".

    Args:
        text: The byline.
        is_person: Whether the source says that it names people.
        is_scholarly: Whether many names may stand there, with initials and marks of footnotes.
    """
    if match := _MAIL.match(text):
        text = match[1]
    text = _BY.sub("", line(text))
    if len(text) > (20_000 if is_scholarly else 400):
        return ()
    parts = _AND.split(text)
    people = [part for part in parts if not _PRESS_AGENCY.fullmatch(part)] if parts[1:] else parts
    if people != parts:
        text, parts = " and ".join(people), people
    if is_body(text.partition(",")[0]) and ";" not in text and _ONE_BODY.search(text):
        name = person_or_body(text, is_person=is_person)
        return (name,) if name else ()
    names: list[Name] = []
    for part in parts:
        names += _comma_separated(part, is_person=is_person or is_scholarly)
    return tuple(dict.fromkeys(names))


def is_body(text: str) -> bool:
    """Whether a name is that of a body rather than of a person."""
    words = re.findall(r"[\w&]+", text)
    if any(word.lower() in BODY_WORDS for word in words) or " of " in text or "&" in words:
        return True
    if words and words[0].isupper() and words[0].lower() in INITIALS:
        return True
    return len(words) == 1 and len(text) > 1 and text.isupper()


def _is_surname_too(text: str) -> bool:
    words = [word.lower() for word in re.findall(r"[\w&]+", text)]
    bodily = [word for word in words if word in BODY_WORDS]
    return bodily == words[-1:] and words[-1] in _SURNAMES_TOO and words[0] not in INITIALS


def _is_vancouver(words: list[str]) -> bool:
    # "Lee N" and "Smith AB", as medical journals write names.
    is_name = len(words[0]) > 1 and not words[0].isupper() and "." not in words[0]
    is_initials = bool(_VANCOUVER.fullmatch(words[-1])) and not _SUFFIX.fullmatch(words[-1])
    return is_name and is_initials and len(words) <= 4


def same_body(one: str, other: str) -> bool:
    """Whether two names are those of the same body, give or take an article and a domain."""
    return bool(one and other) and _bare(one) == _bare(other)


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    text = re.sub(r"^(?:the|www\.)\s*|\.(?:com|co\.uk|org|net|gov)\b", "", fold(text))
    return re.sub(r"\W+", "", text)


def _may_be_name(text: str, *, is_body: bool = False) -> bool:
    if not 2 <= len(text) <= _LONGEST_NAME or _ADDRESS.search(text):
        return False
    if not is_body and _DIGIT.search(text):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text)) and not _STAFF.search(text)


def _comma_separated(text: str, *, is_person: bool) -> list[Name]:
    parts = _parts(text)
    names: list[Name] = []
    for number, part in enumerate(parts):
        if number and _ROLE.search(part):
            continue
        trimmed = part if is_body(part) else _AGENCY.sub("", _TAIL.sub("", part))
        name = person_or_body(trimmed, is_person=is_person)
        names += [name] if name else []
    return names


def _parts(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 2 and (" " not in parts[0] or _SUFFIX.fullmatch(parts[1])):
        return [text]
    if len(parts) % 2 == 0 and parts and all(map(_INITIALS_ONLY.fullmatch, parts[1::2])):
        # "Lee, N., Smith, A.B."
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if is_body(text) and not all(" " in part for part in parts):
        return [text]
    return parts


def _inverted(family: str, given: str) -> Name | None:
    if _SUFFIX.fullmatch(given):
        return _direct([*family.split(), given])
    if _POST_NOMINAL.fullmatch(f", {given}"):
        return _direct(family.split())
    given = _HONORIFIC.sub("", _POST_NOMINAL.sub("", given))
    words = family.split()
    particles = 0
    while particles < len(words) - 1 and words[particles] in _PARTICLE:
        particles += 1
    return Name(
        family=_cased(" ".join(words[particles:])),
        given=_cased(given),
        non_dropping_particle=" ".join(words[:particles]),
    )


def _direct(words: list[str]) -> Name | None:
    suffix = ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    if len(words) > 1 and words[-1][:1].islower() and not _ELIDED.match(words[-1]):
        return None
    if len(words) < 2:
        return Name(literal=words[0]) if words else None
    first = len(words) - 1
    while first > 1 and (words[first - 1] in _PARTICLE or words[first - 1] in _FAMILY_STARTS):
        first -= 1
    particles = first
    while particles < len(words) - 1 and words[particles] in _PARTICLE:
        particles += 1
    return Name(
        family=_cased(" ".join(words[particles:])),
        given=_cased(" ".join(words[:first])),
        non_dropping_particle=" ".join(words[first:particles]),
        suffix=suffix.strip(","),
    )


def _cased(text: str) -> str:
    # Bylines are often set in capitals; initials are not words.
    letters = re.sub(r"[^\w]", "", text)
    return text.title() if len(letters) > 3 and text.isupper() and "." not in text else text


def looks_like_person(text: str) -> bool:
    """Whether a text is nothing but what the name of one person looks like, in Latin letters.

    Two to five words, each with a capital or an initial, particles aside; no word for a body, a
    role or a part of a page.
    """
    words = _HONORIFIC.sub("", _POST_NOMINAL.sub("", text.strip())).split()
    if not 2 <= len(words) <= 5 or is_body(text) or not _may_be_name(text) or _ROLE.search(text):
        return False
    if any(word.lower().strip(".,") in NOT_IN_NAMES for word in words):
        return False
    return all(_NAME_WORD.fullmatch(word) or word in _PARTICLE for word in words)
