"""The words of schema.org for works, what they are in and who has a part in them <-> those of CSL.

Source: schema.org 29, CreativeWork and the types below it.
"""

from __future__ import annotations

__all__ = [
    "BODIES",
    "CONTAINERS",
    "ISSUED",
    "ISSUES",
    "MEMBERS",
    "NUMBERS",
    "PEOPLE",
    "PERIODICALS",
    "SERIES",
    "SITES",
    "TYPES",
    "TYPE_OF",
]

TYPES: dict[str, str] = {
    "article": "ScholarlyArticle",
    "article-journal": "ScholarlyArticle",
    "article-magazine": "Article",
    "article-newspaper": "NewsArticle",
    "bill": "Legislation",
    "book": "Book",
    "broadcast": "Episode",
    "chapter": "Chapter",
    "classic": "Book",
    "collection": "Collection",
    "dataset": "Dataset",
    "document": "DigitalDocument",
    "entry": "Article",
    "entry-dictionary": "Article",
    "entry-encyclopedia": "Article",
    "figure": "ImageObject",
    "graphic": "VisualArtwork",
    "legislation": "Legislation",
    "manuscript": "Manuscript",
    "map": "Map",
    "motion_picture": "Movie",
    "musical_score": "SheetMusic",
    "paper-conference": "ScholarlyArticle",
    "periodical": "Periodical",
    "personal_communication": "Message",
    "post": "SocialMediaPosting",
    "post-weblog": "BlogPosting",
    "regulation": "Legislation",
    "report": "Report",
    "review": "Review",
    "review-book": "Review",
    "software": "SoftwareApplication",
    "song": "MusicRecording",
    "thesis": "Thesis",
    "treaty": "Legislation",
    "webpage": "WebPage",
}
"""CSL type -> type of schema.org; `CreativeWork` for what is not here."""

CONTAINERS: dict[str, str] = {
    "article": "Periodical",
    "article-journal": "Periodical",
    "article-magazine": "Periodical",
    "article-newspaper": "Newspaper",
    "chapter": "Book",
    "entry": "Book",
    "entry-dictionary": "Book",
    "entry-encyclopedia": "Book",
    "figure": "Book",
    "paper-conference": "Book",
    "post": "WebSite",
    "post-weblog": "Blog",
    "review": "Periodical",
    "review-book": "Periodical",
    "webpage": "WebSite",
}
"""CSL type of a work -> type of what it is in; `CreativeWork` for what is not here."""

MEMBERS: dict[str, str] = {
    "title": "name",
    "title-short": "alternateName",
    "edition": "bookEdition",
    "number-of-pages": "numberOfPages",
    "page": "pagination",
    "version": "version",
    "license": "license",
    "language": "inLanguage",
    "abstract": "abstract",
}
"""CSL variable -> member that holds it as text."""

PEOPLE: dict[str, str] = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "illustrator": "illustrator",
    "director": "director",
    "composer": "composer",
    "contributor": "contributor",
}
"""CSL name variable -> member."""

NUMBERS: dict[str, str] = {"Report": "reportNumber", "Legislation": "legislationIdentifier"}
"""Type of schema.org -> member that holds the number of such a work."""

ISSUES: dict[str, tuple[str, str]] = {
    "volume": ("PublicationVolume", "volumeNumber"),
    "issue": ("PublicationIssue", "issueNumber"),
}
"""CSL variable -> type of the part of a periodical that it numbers, and member of the number."""

ISSUED = ("datePublished", "dateIssued", "legislationDate", "uploadDate")
"""Members that say when a work was issued; the first is written."""

BODIES = frozenset(
    """
    CollegeOrUniversity Corporation EducationalOrganization FundingAgency GovernmentOrganization
    GovernmentService Library LocalBusiness NGO NewsMediaOrganization Organization
    PerformingGroup PoliticalParty ResearchOrganization School
    """.split()
)
"""Types of those who are no persons."""

PERIODICALS = frozenset({"Magazine", "Newspaper", "Periodical", "ScholarlyJournal"})
SERIES = frozenset({"BookSeries", "CreativeWorkSeries"})
SITES = frozenset({"Blog", "WebSite"})

_ALSO: dict[str, str] = {
    "AboutPage": "webpage",
    "AdvertiserContentArticle": "article-magazine",
    "AnalysisNewsArticle": "article-newspaper",
    "Article": "article-magazine",
    "AudioObject": "song",
    "Audiobook": "book",
    "BackgroundNewsArticle": "article-newspaper",
    "Book": "book",
    "CollectionPage": "webpage",
    "CreativeWork": "document",
    "DiscussionForumPosting": "post",
    "FAQPage": "webpage",
    "HowTo": "webpage",
    "ItemPage": "webpage",
    "Legislation": "legislation",
    "LegislationObject": "legislation",
    "LiveBlogPosting": "article-newspaper",
    "MedicalScholarlyArticle": "article-journal",
    "MedicalWebPage": "webpage",
    "OpinionNewsArticle": "article-newspaper",
    "Photograph": "graphic",
    "PodcastEpisode": "broadcast",
    "PresentationDigitalDocument": "speech",
    "QAPage": "webpage",
    "RadioEpisode": "broadcast",
    "ReportageNewsArticle": "article-newspaper",
    "Review": "review",
    "ReviewNewsArticle": "article-newspaper",
    "SatiricalArticle": "article-magazine",
    "ScholarlyArticle": "article-journal",
    "SoftwareApplication": "software",
    "SoftwareSourceCode": "software",
    "SpecialAnnouncement": "webpage",
    "TVEpisode": "broadcast",
    "TechArticle": "article-magazine",
    "VideoObject": "motion_picture",
    "WebApplication": "software",
}
TYPE_OF: dict[str, str] = {name: kind for kind, name in reversed(TYPES.items())} | _ALSO
"""Type of schema.org -> the CSL type that it is read as."""
