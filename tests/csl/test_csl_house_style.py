"""The house style cites as the article does that northbib grew out of."""

from __future__ import annotations

from typing import Any

import pytest

from northbib.csl import HOUSE_STYLE, Processor, Style, check
from northbib.records import Date


def work(id_: str, type_: str, title: str, issued: str, **variables: str) -> dict[str, Any]:
    return {
        "id": id_,
        "type": type_,
        "title": title,
        "issued": Date.from_edtf(issued).to_csl(),
        **{name.replace("_", "-"): value for name, value in variables.items()},
    }


NORTHERN = work(
    "cellanjones2014northern",
    "article-newspaper",
    "Can a northern tech cluster take off?",
    "2014-10-23",
    container_title="BBC News",
    container_title_short="BBC",
    URL="https://www.bbc.co.uk/news/technology-29737066",
)
TECHNORTH = work(
    "dpmo2014technorth",
    "webpage",
    "Deputy Prime Minister launches TechNorth",
    "2014-10-23",
    container_title="Wired-Gov",
    URL="http://wired-gov.net/wg/news.nsf/articles/"
    "Deputy+Prime+Minister+launches+TechNorth+24102014162545",
)
POWER = work(
    "lambert2014power",
    "post-weblog",
    "Power. Performance. Potential. Leeds Economic Conference",
    "2014-07-05",
    container_title="IP North West",
)
UNLEASHING = work(
    "cgc2014unleashing",
    "report",
    "Unleashing Metro Growth: Final recommendations of the City Growth Commission",
    "2014-10",
    publisher="RSA",
    publisher_place="London",
)
SUMMIT = work(
    "lambert2014summit",
    "post-weblog",
    "Northern Futures Summit",
    "2014-11-08",
    container_title="IP Yorkshire",
    URL="https://ipyorkshire.blogspot.com/2014/11/",
)
SEED = [NORTHERN, SUMMIT, UNLEASHING, POWER, TECHNORTH]
LEE = work(
    "lee2017cards",
    "article-journal",
    "Powerhouse of cards? Understanding the ‘Northern Powerhouse’",
    "2017",
    container_title="Regional Studies",
    volume="51",
    issue="3",
    page="478-489",
    DOI="10.1080/00343404.2016.1196289",
)
LOCALISM = work(
    "act2011localism", "legislation", "Localism Act 2011", "2011-11-15", number="2011 c. 20"
)

GOLDEN = {
    "text": """\
Power. Performance. Potential. Leeds Economic Conference 5 July 2014 IP North West
Unleashing Metro Growth: Final recommendations of the City Growth Commission Oct 2014 RSA
Can a northern tech cluster take off? 23 Oct 2014 BBC
Deputy Prime Minister launches TechNorth 23 Oct 2014 Wired-Gov
Northern Futures Summit 8 Nov 2014 IP Yorkshire""",
    "html": """\
<i>Power. Performance. Potential. Leeds Economic Conference</i> 5 July 2014 IP North West
<i>Unleashing Metro Growth: Final recommendations of the City Growth Commission</i> Oct 2014 RSA
<a href="https://www.bbc.co.uk/news/technology-29737066"><i>Can a northern tech cluster take \
off?</i></a> 23 Oct 2014 BBC
<a href="http://wired-gov.net/wg/news.nsf/articles/Deputy+Prime+Minister+launches+TechNorth+\
24102014162545"><i>Deputy Prime Minister launches TechNorth</i></a> 23 Oct 2014 Wired-Gov
<a href="https://ipyorkshire.blogspot.com/2014/11/"><i>Northern Futures Summit</i></a> 8 Nov 2014 \
IP Yorkshire""",
    "markdown": """\
*Power. Performance. Potential. Leeds Economic Conference* 5 July 2014 IP North West
*Unleashing Metro Growth: Final recommendations of the City Growth Commission* Oct 2014 RSA
[*Can a northern tech cluster take off?*](https://www.bbc.co.uk/news/technology-29737066) \
23 Oct 2014 BBC
[*Deputy Prime Minister launches TechNorth*](http://wired-gov.net/wg/news.nsf/articles/\
Deputy+Prime+Minister+launches+TechNorth+24102014162545) 23 Oct 2014 Wired-Gov
[*Northern Futures Summit*](https://ipyorkshire.blogspot.com/2014/11/) 8 Nov 2014 IP Yorkshire""",
}


def lines(*items: dict[str, Any], to: str = "text", locale: str | None = None) -> list[str]:
    processor = Processor(Style.load(HOUSE_STYLE), items, locale=locale, to=to)
    written = [entry.text for entry in processor.bibliography()]
    assert processor.warnings == []
    return written


def test_the_style_is_valid_csl_and_ours() -> None:
    style = Style.load(HOUSE_STYLE)
    assert check(style) == []
    assert b"<name>northbib</name>" in style.source
    assert style.licence == "https://opensource.org/license/mit"
    assert style.has_bibliography


@pytest.mark.parametrize("to", GOLDEN)
def test_the_works_that_the_article_names_are_cited_as_it_does(to: str) -> None:
    assert "\n".join(lines(*SEED, to=to)) == GOLDEN[to]


def test_a_journal_article_stays_one_line() -> None:
    assert lines(LEE) == [
        "Powerhouse of cards? Understanding the ‘Northern Powerhouse’ 2017 Regional Studies"
    ]


def test_an_act_is_cited_by_title_and_number() -> None:
    assert lines(LOCALISM) == ["Localism Act 2011 (2011 c. 20)"]
    without = {name: value for name, value in LOCALISM.items() if name != "number"}
    assert lines(without) == ["Localism Act 2011 15 Nov 2011"]


def test_works_without_a_date_come_last_and_have_none() -> None:
    undated = {name: value for name, value in SUMMIT.items() if name != "issued"}
    assert lines(undated, LEE, NORTHERN)[-1] == "Northern Futures Summit IP Yorkshire"


@pytest.mark.parametrize(
    ("month", "shown"),
    list(enumerate("Jan Feb Mar Apr May June July Aug Sept Oct Nov Dec".split(), start=1)),
)
def test_months_are_short_and_have_no_full_stop(month: int, shown: str) -> None:
    item = work("a", "webpage", "A title", f"2014-{month:02}-05", container_title="GOV.UK")
    assert lines(item) == lines(item, locale="en-US") == [f"A title 5 {shown} 2014 GOV.UK"]


def test_other_languages_have_their_own_dates() -> None:
    ends = {
        locale: lines(NORTHERN, locale=locale)[0].removeprefix(NORTHERN["title"])
        for locale in ("de", "fr-FR", "es")
    }
    assert ends == {
        "de": " 23. Oktober 2014 BBC",
        "fr-FR": " 23 octobre 2014 BBC",
        "es": " 23 de octubre de 2014 BBC",
    }


def test_a_range_of_dates_is_written_once() -> None:
    item = work("a", "webpage", "A title", "2014-11-06/2014-11-08", container_title="GOV.UK")
    assert lines(item) == ["A title 6–8 Nov 2014 GOV.UK"]


def test_a_citation_has_title_date_and_locator() -> None:
    processor = Processor(Style.load(HOUSE_STYLE), [LEE, NORTHERN], to="markdown")
    cluster = [{"id": "lee2017cards", "locator": "480"}, {"id": "cellanjones2014northern"}]
    assert processor.cite(cluster) == (
        "*Powerhouse of cards? Understanding the ‘Northern Powerhouse’* 2017, p 480; "
        "*Can a northern tech cluster take off?* 23 Oct 2014"
    )
