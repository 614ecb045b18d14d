"""Names as web pages write them: people as people, bodies as bodies, none rather than wrong."""

from __future__ import annotations

import re

from northbib.records import Name, fold
from northbib.resolve.clean import line

__all__ = ["is_body", "person_or_body", "read_byline", "same_body"]

_BODY_WORDS = frozenset(
    """
    academy administration affairs agency alliance association associates authority board bureau
    campaign centre center city coalition college collaboration commission committee commons
    company confederation consortium corporation council county court dept department directorate
    executive federation forum foundation fund government group hm holdings hospital house inc
    initiative institute institution journal laboratory laboratories league library limited llc llp
    ltd ministry museum nations network northern office organisation organization parliament
    partners partnership party plc programme program project regulator research school secretariat
    service services society trust treasury union university
    """.split()
)
_STAFF = re.compile(
    r"\b(?:staff|reporters?|newsroom|news ?desk|editors?|editorial|team|correspondents?|admin"
    r"|administrator|webmaster|guest|contributors?|contributed|anonymous|unknown|user|redaction"
    r"|agenc(?:y|ies)|newspaper|wires?|author)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|[@/\\|_=<>{}#]|\.(?:com|org|net|uk|io)\b|\d")
_BY = re.compile(
    r"^(?:(?:written|posted|published|reported|words?|text|story|authored?)\s*)?(?:by|from)\b[\s:]*",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"^(?:(?:the\s+)?rt\.?\s+hon\.?|right\s+hon(?:ourable)?|dr|prof(?:essor)?|mrs?|ms|miss"
    r"|rev(?:erend)?|sir|dame)\b\.?\s+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_POST_NOMINAL = re.compile(
    r"(?:,?\s+(?:mp|mbe|obe|cbe|kc|qc|frs|fba|ph\.?d\.?|msc|ma|ba|m\.?d\.?|dphil))+\.?$",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s+(?:for|at|in|on|via|of)\s+.*$|\s+[-–—|].*$|\s*\(.*?\)")
_AGENCY = re.compile(
    r"\s+(?:associated press|press association|pa media|reuters|afp|bbc news)$", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:;|\band\b|\s&\s|\bwith\b|\bund\b)\s*")
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
_PARTICLE = frozenset(
    """
    af al bin da das de degli dei del della den der di do dos du el la le ten ter van von zu
    """.split()
)
_FAMILY_STARTS = frozenset("De Del Di Du La Le Van Von St".split())


def person_or_body(text: str, *, is_person: bool = False) -> Name | None:
    """Read one name: "Family, Given", "Given Family" or a body; None for what is no name.

    Args:
        text: The name as written.
        is_person: Whether the source says that it is a person.
    """
    text = _FULL_STOP.sub("", _BY.sub("", line(text)).strip(" ,;:•·-–—"))
    if not _may_be_name(text):
        return None
    if is_body(text):
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
    return _direct(words)


def read_byline(text: str, *, is_person: bool = False) -> tuple[Name, ...]:
    """Read all names of a byline: "By Jane Smith and John Brown, Political Editor"."""
    text = _BY.sub("", line(text))
    if len(text) > 400:
        return ()
    if is_body(text.partition(",")[0]) and ";" not in text and _ONE_BODY.search(text):
        name = person_or_body(text)
        return (name,) if name else ()
    names: list[Name] = []
    for part in _AND.split(text):
        names += _comma_separated(part, is_person=is_person)
    return tuple(dict.fromkeys(names))


def is_body(text: str) -> bool:
    """Whether a name is that of a body rather than of a person."""
    words = re.findall(r"[\w&]+", text)
    if any(word.lower() in _BODY_WORDS for word in words) or " of " in text or "&" in words:
        return True
    return len(words) == 1 and len(text) > 1 and text.isupper()


def same_body(one: str, other: str) -> bool:
    """Whether two names are those of the same body, give or take an article and a domain."""
    return bool(one and other) and _bare(one) == _bare(other)


def _bare(text: str) -> str:
    text = re.sub(r"^(?:the|www\.)\s*|\.(?:com|co\.uk|org|net|gov)\b", "", fold(text))
    return re.sub(r"\W+", "", text)


def _may_be_name(text: str) -> bool:
    if not 2 <= len(text) <= 120 or _ADDRESS.search(text):
        return False
    return bool(re.search(r"[^\W\d_]{2}", text)) and not _STAFF.search(text)


def _comma_separated(text: str, *, is_person: bool) -> list[Name]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) == 2 and (" " not in parts[0] or _SUFFIX.fullmatch(parts[1])):
        parts = [text]
    if is_body(text) and not all(" " in part for part in parts):
        parts = [text]
    names: list[Name] = []
    for number, part in enumerate(parts):
        if number and _ROLE.search(part):
            continue
        trimmed = part if is_body(part) else _AGENCY.sub("", _TAIL.sub("", part))
        name = person_or_body(trimmed, is_person=is_person)
        names += [name] if name else []
    return names


def _inverted(family: str, given: str) -> Name | None:
    if _SUFFIX.fullmatch(given):
        return _direct([*family.split(), given])
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
    if words and words[-1][:1].islower() and len(words) > 1:
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
