"""The names that tables give their columns, and the types of works in them.

Sources: the exports of PubMed, Scopus, Web of Science, SpringerLink, IEEE Xplore, ProQuest, Zotero,
Calibre and WorldCat, of Talis Aspire ("Data dictionary: Items" of its Advanced MIS, and the report
"All list items") and Leganto, and the tags of RIS.
"""

from __future__ import annotations

import re

__all__ = ["KINDS", "LABELS", "NAMES"]

_SIGNS = re.compile(r"[^a-z0-9]+")

LABELS: dict[str, str] = {
    "key": "Key",
    "type": "Type",
    "title": "Title",
    "author": "Authors",
    "editor": "Editors",
    "translator": "Translators",
    "issued": "Date",
    "year": "Year",
    "container-title": "Publication title",
    "collection-title": "Series",
    "page": "Pages",
    "page-first": "Start page",
    "page-last": "End page",
    "part-title": "Chapter/Article Title",
    "publisher-place": "Place of publication",
    "keywords": "Keywords",
    "importance": "Importance",
    "annotation": "Student note",
}
"""Column -> what stands on top of it; all others are called as they are."""

_SYNONYMS: dict[str, str] = {
    "key": "key|citation key|bibtex key|id|cite key|citekey|label",
    "type": "type|item type|content type|document type|resource type|publication type|ty|dt|pt|"
    "reference type|material type|citation type|format",
    "title": "title|item title|article title|document title|ti|t1|name|book title|chapter title|"
    "citation title|title of work|publication",
    "part-title": "chapter article title",
    "title-short": "short title|title short|st",
    "author": "author|authors|author s|au|a1|creator|creators|author names|by|item author|"
    "citation author|author full names|book authors",
    "editor": "editor|editors|ed|a2|book editors|volume editors",
    "translator": "translator|translators",
    "issued": "date|publication date|date published|issued|published|pd|da|"
    "citation publication date|"
    "online date|date of publication",
    "year": "year|publication year|py|y1|year of publication|pub year|copyright year",
    "container-title": "publication title|container title|journal|journal title|journal book|"
    "source title|source|so|jo|jf|t2|publication name|newspaper|website|"
    "citation journal title|journal name|periodical|magazine|container|host title",
    "container-title-short": "journal abbreviation|abbreviated journal|abbreviated source title|"
    "container title short|iso abbreviation|journal iso abbreviation|j2|ji",
    "collection-title": "series|series title|book series title|collection title|t3|se",
    "collection-number": "series number|number in series|collection number",
    "volume": "volume|vol|vl|journal volume|citation volume",
    "issue": "issue|journal issue|is|no|citation issue|issue number",
    "number": "number|article number|art no|report number|ar|document number",
    "page": "page|pages|page range|citation pages|page numbers|pp|pagination",
    "page-first": "start page|first page|page start|sp|bp|citation start page",
    "page-last": "end page|last page|page end|ep|citation end page",
    "number-of-pages": "number of pages|page count|num pages|total pages|extent",
    "edition": "edition|et|citation edition|ed no",
    "publisher": "publisher|pb|pu|citation publisher|institution|university|imprint",
    "publisher-place": "place|place of publication|publisher place|publisher location|cy|city|"
    "citation place of publication|publisher city|publication place|location",
    "ISBN": "isbn|isbn 13|isbn13|isbn13s|isbn s|isbns|citation isbn|print isbn|bn",
    "ISBN-10": "isbn 10|isbn10|isbn10s",
    "ISSN": "issn|issn s|issns|print issn|citation issn|sn|eissn|e issn",
    "DOI": "doi|item doi|do|di|citation doi|digital object identifier|doi link",
    "PMID": "pmid|pubmed id|pm|accession number pubmed",
    "PMCID": "pmcid|pmc id",
    "URL": "url|link|web address|ur|ul|document url|pdf link|online resource|citation source1|"
    "access url",
    "URL-primary": "primary web address",
    "URL-online": "online resource web address",
    "accessed": "accessed|access date|date accessed|urldate|last accessed",
    "language": "language|languages|language of original document|la",
    "keywords": "keywords|keyword|tags|manual tags|author keywords|kw|de|subjects|subject|topics",
    "abstract": "abstract|ab|summary|n2|abstract note",
    "note": "note|notes|extra|n1|comments",
    "annotation": "student note|note for student|note for students|public note|"
    "citation public note|notes for students",
    "importance": "importance|priority|essential recommended",
    "call-number": "call number|shelfmark|class number|classmark",
    "genre": "genre|thesis type|kind",
    "event-title": "conference title|conference name|event title|event|meeting name",
    "event-place": "conference location|event place",
    "archive": "archive|database|repository",
    "northbib": "northbib",
}
"""Column -> names that it goes by, in small letters, the signs between words as spaces."""

NAMES: dict[str, str] = {
    _SIGNS.sub(" ", name): column
    for column, names in _SYNONYMS.items()
    for name in (_SIGNS.sub(" ", column.lower()), *names.split("|"))
}

KINDS: dict[str, str] = {
    "article": "article-journal",
    "audio document": "song",
    "audio visual document": "motion_picture",
    "audio recording": "song",
    "blog post": "post-weblog",
    "blogpost": "post-weblog",
    "book": "book",
    "book chapter": "chapter",
    "book section": "chapter",
    "booksection": "chapter",
    "cartographic material": "map",
    "case": "legal_case",
    "chapter": "chapter",
    "computer program": "software",
    "conference article": "paper-conference",
    "conference paper": "paper-conference",
    "conference proceedings": "paper-conference",
    "conferencepaper": "paper-conference",
    "data set": "dataset",
    "dissertation": "thesis",
    "document": "document",
    "ebook": "book",
    "film": "motion_picture",
    "journal": "periodical",
    "journal article": "article-journal",
    "journalarticle": "article-journal",
    "legal case document": "legal_case",
    "legislation": "legislation",
    "letter": "personal_communication",
    "magazine article": "article-magazine",
    "magazinearticle": "article-magazine",
    "monograph": "book",
    "newspaper article": "article-newspaper",
    "newspaperarticle": "article-newspaper",
    "podcast": "broadcast",
    "preprint": "article",
    "presentation": "speech",
    "proceedings paper": "paper-conference",
    "report": "report",
    "research article": "article-journal",
    "review": "article-journal",
    "review article": "article-journal",
    "statute": "legislation",
    "thesis": "thesis",
    "video": "motion_picture",
    "web page": "webpage",
    "web site": "webpage",
    "webpage": "webpage",
    "website": "webpage",
}
"""What tables call a type of work -> CSL type; the names of CSL are known as well."""
