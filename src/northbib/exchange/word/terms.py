"""The kinds, parts and people of Word's sources <-> the types and variables of CSL.

Source: ECMA-376, part 1, 22.6 (bibliography), and what JabRef adds to it.
"""

from __future__ import annotations

__all__ = [
    "ALL_CONTAINERS",
    "ALL_PUBLISHERS",
    "ALSO_NUMBERS",
    "CONTAINER",
    "CONTAINERS",
    "GENRES",
    "JABREF",
    "MAIN",
    "NUMBERS",
    "PUBLISHERS",
    "ROLES",
    "ROLE_OF",
    "TEXTS",
    "TYPES",
    "TYPE_OF",
    "TYPE_OF_ENTRY",
]

TYPES: dict[str, str] = {
    "article": "Misc",
    "article-journal": "JournalArticle",
    "article-magazine": "ArticleInAPeriodical",
    "article-newspaper": "ArticleInAPeriodical",
    "bill": "Misc",
    "book": "Book",
    "broadcast": "Film",
    "chapter": "BookSection",
    "classic": "Book",
    "collection": "Book",
    "dataset": "ElectronicSource",
    "document": "Misc",
    "entry": "BookSection",
    "entry-dictionary": "BookSection",
    "entry-encyclopedia": "BookSection",
    "event": "Misc",
    "figure": "Art",
    "graphic": "Art",
    "hearing": "Misc",
    "interview": "Interview",
    "legal_case": "Case",
    "legislation": "Misc",
    "manuscript": "Misc",
    "map": "Art",
    "motion_picture": "Film",
    "musical_score": "Misc",
    "pamphlet": "Book",
    "paper-conference": "ConferenceProceedings",
    "patent": "Patent",
    "performance": "Performance",
    "periodical": "Book",
    "personal_communication": "Misc",
    "post": "DocumentFromInternetSite",
    "post-weblog": "DocumentFromInternetSite",
    "regulation": "Misc",
    "report": "Report",
    "review": "JournalArticle",
    "review-book": "JournalArticle",
    "software": "ElectronicSource",
    "song": "SoundRecording",
    "speech": "Performance",
    "standard": "Report",
    "thesis": "Report",
    "treaty": "Misc",
    "webpage": "InternetSite",
}
"""CSL type -> SourceType."""

TYPE_OF = {
    "ArticleInAPeriodical": "article-magazine",
    "JournalArticle": "article-journal",
    "Book": "book",
    "BookSection": "chapter",
    "ConferenceProceedings": "paper-conference",
    "Report": "report",
    "SoundRecording": "song",
    "Performance": "performance",
    "Art": "graphic",
    "DocumentFromInternetSite": "webpage",
    "InternetSite": "webpage",
    "Internet": "webpage",
    "Film": "motion_picture",
    "Interview": "interview",
    "Patent": "patent",
    "ElectronicSource": "dataset",
    "Case": "legal_case",
    "Misc": "document",
    "Proceedings": "paper-conference",
}
"""SourceType, and what others write for one -> CSL type."""

TYPE_OF_ENTRY = {
    "booklet": "pamphlet",
    "dataset": "dataset",
    "mastersthesis": "thesis",
    "manual": "book",
    "online": "webpage",
    "phdthesis": "thesis",
    "proceedings": "book",
    "software": "software",
    "standard": "standard",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
"""BibTeX entry type, which JabRef writes -> CSL type, where that says more than the SourceType."""

TEXTS: dict[str, str] = {
    "title": "Title",
    "title-short": "ShortTitle",
    "volume": "Volume",
    "issue": "Issue",
    "page": "Pages",
    "number-of-volumes": "NumberVolumes",
    "edition": "Edition",
    "chapter-number": "ChapterNumber",
    "publisher-place": "City",
    "URL": "URL",
    "version": "Version",
    "medium": "Medium",
    "event-title": "ConferenceName",
}
"""CSL variable -> element, whatever the type."""

CONTAINERS: dict[str, str] = {
    "article-journal": "JournalName",
    "article-magazine": "PeriodicalTitle",
    "article-newspaper": "PeriodicalTitle",
    "broadcast": "BroadcastTitle",
    "chapter": "BookTitle",
    "entry": "BookTitle",
    "entry-dictionary": "BookTitle",
    "entry-encyclopedia": "BookTitle",
    "legal_case": "Reporter",
    "paper-conference": "BookTitle",
    "post": "InternetSiteTitle",
    "post-weblog": "InternetSiteTitle",
    "review": "JournalName",
    "review-book": "JournalName",
    "song": "AlbumTitle",
    "webpage": "InternetSiteTitle",
}
"""CSL type -> element of what the work is published in."""

CONTAINER = "PublicationTitle"
ALL_CONTAINERS = (*dict.fromkeys(CONTAINERS.values()), CONTAINER, "BookTitle")

PUBLISHERS: dict[str, str] = {
    "broadcast": "Broadcaster",
    "legal_case": "Court",
    "motion_picture": "ProductionCompany",
    "performance": "Theater",
    "post": "ProductionCompany",
    "post-weblog": "ProductionCompany",
    "song": "ProductionCompany",
    "thesis": "Institution",
    "webpage": "ProductionCompany",
}
"""CSL type -> element of who published the work."""

ALL_PUBLISHERS = (
    "Publisher",
    "Institution",
    "ProductionCompany",
    "Court",
    "Broadcaster",
    "Distributor",
    "Theater",
    "Station",
    "Department",
)

NUMBERS = {"patent": "PatentNumber", "legal_case": "CaseNumber", "song": "RecordingNumber"}
ALSO_NUMBERS = (*NUMBERS.values(), "AbbreviatedCaseNumber", "Number")
GENRES = {"thesis": "ThesisType", "report": "ThesisType", "patent": "Type"}

JABREF: dict[str, str] = {
    "abstract": "BIBTEX_Abstract",
    "status": "BIBTEX_Pubstate",
    "collection-title": "BIBTEX_Series",
    "number-of-pages": "BIBTEX_PageTotal",
    "annote": "BIBTEX_Annote",
    "DOI": "DOI",
}
"""CSL variable -> element that is read, though the schema has none."""

MAIN: dict[str, str] = {
    "graphic": "Artist",
    "interview": "Interviewee",
    "map": "Artist",
    "motion_picture": "Director",
    "patent": "Inventor",
    "performance": "Writer",
    "song": "Performer",
}
"""CSL type -> element of those whom citations name, where that is not `Author`."""

ROLES: dict[str, str] = {
    "editor": "Editor",
    "translator": "Translator",
    "container-author": "BookAuthor",
    "compiler": "Compiler",
    "composer": "Composer",
    "director": "Director",
    "interviewer": "Interviewer",
    "performer": "Performer",
    "producer": "ProducerName",
    "script-writer": "Writer",
}
"""CSL name variable -> element."""

ROLE_OF = {element: role for role, element in ROLES.items()} | {
    "Author": "author",
    "Artist": "author",
    "Conductor": "performer",
    "Counsel": "contributor",
    "Interviewee": "author",
    "Inventor": "author",
    "ProducerName": "producer",
}
