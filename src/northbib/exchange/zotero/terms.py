"""The words of Zotero: item types, fields and creators <-> types and variables of CSL.

Sources: Zotero's schema (item types, fields, creators and what they are in CSL) and the
vocabularies in which it writes them as RDF.
"""

from __future__ import annotations

__all__ = [
    "CONTAINERS",
    "CREATORS",
    "FIELDS",
    "NODE_TYPES",
    "OWN_CREATORS",
    "TYPES",
    "TYPE_OF",
    "TYPE_OF_NODE",
]

TYPES: dict[str, str] = {
    "article": "preprint",
    "article-journal": "journalArticle",
    "article-magazine": "magazineArticle",
    "article-newspaper": "newspaperArticle",
    "bill": "bill",
    "book": "book",
    "broadcast": "tvBroadcast",
    "chapter": "bookSection",
    "classic": "book",
    "collection": "book",
    "dataset": "dataset",
    "document": "document",
    "entry": "encyclopediaArticle",
    "entry-dictionary": "dictionaryEntry",
    "entry-encyclopedia": "encyclopediaArticle",
    "figure": "artwork",
    "graphic": "artwork",
    "hearing": "hearing",
    "interview": "interview",
    "legal_case": "case",
    "legislation": "statute",
    "manuscript": "manuscript",
    "map": "map",
    "motion_picture": "film",
    "musical_score": "book",
    "pamphlet": "book",
    "paper-conference": "conferencePaper",
    "patent": "patent",
    "performance": "presentation",
    "personal_communication": "letter",
    "post": "forumPost",
    "post-weblog": "blogPost",
    "regulation": "statute",
    "report": "report",
    "review": "journalArticle",
    "review-book": "journalArticle",
    "software": "computerProgram",
    "song": "audioRecording",
    "speech": "presentation",
    "standard": "standard",
    "thesis": "thesis",
    "treaty": "statute",
    "webpage": "webpage",
}
"""CSL type -> Zotero's item type; `document` for what is not here."""

_ALSO = {
    "email": "personal_communication",
    "encyclopediaArticle": "entry-encyclopedia",
    "instantMessage": "personal_communication",
    "journalArticle": "article-journal",
    "book": "book",
    "podcast": "song",
    "presentation": "speech",
    "radioBroadcast": "broadcast",
    "artwork": "graphic",
    "statute": "legislation",
    "videoRecording": "motion_picture",
}
TYPE_OF = {native: kind for kind, native in TYPES.items()} | _ALSO
"""Zotero's item type -> CSL type."""

NODE_TYPES: dict[str, tuple[str, str]] = {
    "artwork": ("bib:Illustration", ""),
    "audioRecording": ("bib:Recording", ""),
    "bill": ("bib:Legislation", ""),
    "blogPost": ("bib:Document", "z:Blog"),
    "book": ("bib:Book", ""),
    "bookSection": ("bib:BookSection", "bib:Book"),
    "case": ("bib:Document", "bib:CourtReporter"),
    "computerProgram": ("bib:Data", ""),
    "conferencePaper": ("rdf:Description", "bib:Journal"),
    "dataset": ("bib:Data", ""),
    "dictionaryEntry": ("rdf:Description", "bib:Book"),
    "document": ("bib:Document", ""),
    "encyclopediaArticle": ("rdf:Description", "bib:Book"),
    "film": ("bib:MotionPicture", ""),
    "forumPost": ("bib:Document", "z:Forum"),
    "hearing": ("bib:Report", ""),
    "interview": ("bib:Interview", ""),
    "journalArticle": ("bib:Article", "bib:Journal"),
    "letter": ("bib:Letter", ""),
    "magazineArticle": ("bib:Article", "bib:Periodical"),
    "manuscript": ("bib:Manuscript", ""),
    "map": ("bib:Image", ""),
    "newspaperArticle": ("bib:Article", "bib:Newspaper"),
    "patent": ("bib:Patent", ""),
    "presentation": ("bib:ConferenceProceedings", ""),
    "report": ("bib:Report", ""),
    "statute": ("bib:Legislation", ""),
    "thesis": ("bib:Thesis", ""),
    "tvBroadcast": ("bib:Recording", ""),
    "webpage": ("bib:Document", "z:Website"),
}
"""Zotero's item type -> type of the node, and of that of what it is in."""

TYPE_OF_NODE: dict[str, str] = {
    "bib:Article": "article-journal",
    "bib:Book": "book",
    "bib:BookSection": "chapter",
    "bib:ConferenceProceedings": "paper-conference",
    "bib:Data": "dataset",
    "bib:Document": "document",
    "bib:Illustration": "graphic",
    "bib:Image": "graphic",
    "bib:Interview": "interview",
    "bib:Legislation": "legislation",
    "bib:Letter": "personal_communication",
    "bib:Manuscript": "manuscript",
    "bib:MotionPicture": "motion_picture",
    "bib:Patent": "patent",
    "bib:Recording": "song",
    "bib:Report": "report",
    "bib:Thesis": "thesis",
}
"""Type of a node that names no item type -> CSL type."""

CONTAINERS = frozenset(
    "article-journal article-magazine article-newspaper review review-book".split()
)
"""CSL types whose number is that of an issue."""

FIELDS: dict[str, tuple[str, str]] = {
    "title": ("item", "dc:title"),
    "title-short": ("item", "z:shortTitle"),
    "container-title": ("container", "dc:title"),
    "container-title-short": ("container", "dcterms:alternative"),
    "volume": ("container", "prism:volume"),
    "issue": ("container", "prism:number"),
    "number": ("item", "prism:number"),
    "version": ("item", "prism:edition"),
    "edition": ("item", "prism:edition"),
    "page": ("item", "bib:pages"),
    "number-of-pages": ("item", "z:numPages"),
    "number-of-volumes": ("item", "z:numberOfVolumes"),
    "section": ("section", "dc:title"),
    "collection-title": ("series", "dc:title"),
    "publisher": ("publisher", "foaf:name"),
    "event-title": ("event", "dc:title"),
    "language": ("item", "z:language"),
    "abstract": ("item", "dcterms:abstract"),
    "genre": ("item", "dc:type"),
    "medium": ("item", "z:medium"),
    "license": ("item", "dc:rights"),
    "archive": ("item", "z:archive"),
    "archive_location": ("item", "dc:coverage"),
    "source": ("item", "z:libraryCatalog"),
    "authority": ("item", "z:court"),
    "jurisdiction": ("item", "z:country"),
    "status": ("item", "z:status"),
    "scale": ("item", "z:scale"),
    "dimensions": ("item", "z:runningTime"),
    "references": ("item", "z:references"),
}
"""CSL variable -> the node in which it is, and its property."""

CREATORS: dict[str, str] = {
    "bib:authors": "author",
    "bib:editors": "editor",
    "bib:contributors": "contributor",
    "z:translators": "translator",
    "z:seriesEditors": "collection-editor",
    "z:bookAuthors": "container-author",
    "z:composers": "composer",
    "z:directors": "director",
    "z:guests": "guest",
    "z:interviewers": "interviewer",
    "z:performers": "performer",
    "z:producers": "producer",
    "z:recipients": "recipient",
    "z:reviewedAuthors": "reviewed-author",
    "z:scriptwriters": "script-writer",
    "z:artists": "author",
    "z:cartographers": "author",
    "z:castMembers": "performer",
    "z:cosponsors": "contributor",
    "z:interviewees": "author",
    "z:inventors": "author",
    "z:podcasters": "author",
    "z:presenters": "author",
    "z:programmers": "author",
    "z:sponsors": "author",
    "z:wordsBys": "contributor",
}
"""Property that holds creators -> CSL name variable; the first of one variable is written."""

OWN_CREATORS: dict[str, str] = {
    "artwork": "z:artists",
    "bill": "z:sponsors",
    "computerProgram": "z:programmers",
    "interview": "z:interviewees",
    "map": "z:cartographers",
    "patent": "z:inventors",
    "presentation": "z:presenters",
}
"""Zotero's item type -> the property that holds its first creators, if they are not authors."""
