"""A few real works as records."""

from __future__ import annotations

from typing import Any

from northbib.records import Record

ITEMS: tuple[dict[str, Any], ...] = (
    {
        "id": "lee2017cards",
        "type": "article-journal",
        "title": "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
        "author": [{"family": "Lee", "given": "Neil"}],
        "issued": {"date-parts": [[2017]]},
        "container-title": "Regional Studies",
        "volume": "51",
        "issue": "3",
        "page": "478-489",
        "DOI": "10.1080/00343404.2016.1196289",
        "keyword": "northern-powerhouse, agglomeration",
    },
    {
        "id": "lee2016serc",
        "type": "report",
        "title": "Powerhouse of Cards? Understanding the 'Northern Powerhouse'",
        "author": [{"family": "Lee", "given": "Neil"}],
        "issued": {"date-parts": [[2016, 1]]},
        "publisher": "Spatial Economics Research Centre, LSE",
        "keyword": "northern-powerhouse, agglomeration",
    },
    {
        "id": "cellanjones2014northern",
        "type": "article-newspaper",
        "title": "Can a northern tech cluster take off?",
        "author": [{"family": "Cellan-Jones", "given": "Rory"}],
        "issued": {"date-parts": [[2014, 10, 23]]},
        "container-title": "BBC News",
        "URL": "https://www.bbc.co.uk/news/technology-29737066",
        "keyword": "tech-clusters, agglomeration",
    },
    {
        "id": "act2011localism",
        "type": "legislation",
        "title": "Localism Act 2011",
        "author": [{"literal": "United Kingdom"}],
        "issued": {"date-parts": [[2011, 11, 15]]},
        "URL": "https://www.legislation.gov.uk/ukpga/2011/20/contents",
        "keyword": "english-devolution, metro-mayors",
    },
    {
        "id": "sandford2009veto",
        "type": "book",
        "title": "The Northern Veto",
        "editor": [{"family": "Sandford", "given": "Mark"}],
        "issued": {"date-parts": [[2009]]},
        "publisher": "Manchester University Press",
        "keyword": "english-devolution, northern-identity",
    },
    {
        "id": "hatherley2010ruins",
        "type": "book",
        "title": "A Guide to the New Ruins of Great Britain",
        "author": [{"family": "Hatherley", "given": "Owen"}],
        "issued": {"date-parts": [[2010]]},
        "publisher": "Verso",
        "keyword": "regeneration, northern-identity",
    },
)


WORKS = [Record.from_csl(item) for item in ITEMS]
"""Six works, in no order."""

UNDATED = Record(key="undated", type="document", values={"title": "A title"})
"""A record that has hardly anything."""
