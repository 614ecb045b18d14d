"""What is known of well-known sites: their name, and what kind of work stands under which path.

Facts of this table are those that a page does not state about itself, or states wrongly. One line
has one host, or a part of one; of several that fit, the first counts. Sources: the sites
themselves; GOV.UK content types, https://docs.publishing.service.gov.uk/document-types.html;
legislation.gov.uk, "URI structure", https://legislation.github.io/data-documentation/.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SITES", "Site"]


@dataclass(frozen=True, slots=True)
class Site:
    """A site, or a part of one.

    Attributes:
        host: Its host name or the end of it.
        name: What it calls itself, "" if its pages say so.
        type: The CSL type of its works, "" if its pages say so.
        path: What the beginning of the path must match for this to hold (a regular expression).
        genre: What its works are called, where CSL has no type for them.
    """

    host: str
    name: str = ""
    type: str = ""
    path: str = ""
    genre: str = ""


_NEWS, _MAGAZINE, _BLOG = "article-newspaper", "article-magazine", "post-weblog"

# host, name, path: national and regional press, broadcasters and press agencies.
_NEWSPAPERS = r"""
abc.net.au|ABC News|/news/
aljazeera.com|Al Jazeera|
apnews.com|AP News|
bbc.co.uk|BBC Sport|/sport/
bbc.com|BBC Sport|/sport/
bbc.co.uk|BBC News|/news
bbc.com|BBC News|/news
belfastlive.co.uk|Belfast Live|
belfasttelegraph.co.uk|Belfast Telegraph|
birminghammail.co.uk|Birmingham Live|
birminghampost.co.uk|Birmingham Post|
bloomberg.com|Bloomberg|/(?:news|opinion)
bristolpost.co.uk|Bristol Live|
business-live.co.uk|Business Live|
businessinsider.com|Business Insider|
cambridge-news.co.uk|Cambridgeshire Live|
cbc.ca|CBC News|/news/
cbsnews.com|CBS News|
channel4.com|Channel 4 News|/news/
chroniclelive.co.uk|Chronicle Live|
cityam.com|City AM|
cnbc.com|CNBC|
cnn.com|CNN|
coventrytelegraph.net|Coventry Live|
csmonitor.com|The Christian Science Monitor|
dailymail.co.uk|Mail Online|
dailypost.co.uk|North Wales Live|
dailyrecord.co.uk|Daily Record|
dailystar.co.uk|Daily Star|
dw.com|DW|
edinburghlive.co.uk|Edinburgh Live|
edinburghnews.scotsman.com|Edinburgh Evening News|
euronews.com|Euronews|/(?:[\w-]+/)?\d{4}/
examinerlive.co.uk|Yorkshire Live|
express.co.uk|Express.co.uk|
france24.com|France 24|
ft.com|Financial Times|/content
glasgowlive.co.uk|Glasgow Live|
hulldailymail.co.uk|Hull Live|
huffingtonpost.co.uk|HuffPost UK|
huffpost.com|HuffPost|
independent.co.uk|The Independent|
inews.co.uk|The i Paper|
irishtimes.com|The Irish Times|
itv.com|ITV News|/news
lancs.live|Lancs Live|
latimes.com|Los Angeles Times|
leeds-live.co.uk|Leeds Live|
leicestermercury.co.uk|Leicestershire Live|
lep.co.uk|Lancashire Post|
liverpoolecho.co.uk|Liverpool Echo|
manchestereveningnews.co.uk|Manchester Evening News|
metro.co.uk|Metro|
mirror.co.uk|The Mirror|
morningstaronline.co.uk|Morning Star|
msn.com|MSN|/[a-z-]+/(?:news|money|sport)
nbcnews.com|NBC News|
newcastleherald.com.au|Newcastle Herald|
news.sky.com|Sky News|
northern-times.co.uk|Northern Times|
nottinghampost.com|Nottinghamshire Live|
npr.org|NPR|/\d{4}/
nypost.com|New York Post|
nytimes.com|The New York Times|/\d{4}/
politico.com|Politico|
politico.eu|Politico|/article/
politics.co.uk|Politics.co.uk|
politicshome.com|PoliticsHome|
pressandjournal.co.uk|The Press and Journal|
reuters.com|Reuters|
rfi.fr|RFI|
rte.ie|RTÉ|/news/
scmp.com|South China Morning Post|
scotsman.com|The Scotsman|
sfchronicle.com|San Francisco Chronicle|
smh.com.au|The Sydney Morning Herald|
standard.co.uk|The Standard|
stokesentinel.co.uk|Stoke-on-Trent Live|
sunderlandecho.com|Sunderland Echo|
teessidelive.co.uk|Teesside Live|
gazettelive.co.uk|Teesside Live|
telegraph.co.uk|The Telegraph|
theargus.co.uk|The Argus|
theatlantic.com|The Atlantic|
theboltonnews.co.uk|The Bolton News|
thecourier.co.uk|The Courier|
theglobeandmail.com|The Globe and Mail|
theguardian.com|The Guardian|
guardian.co.uk|The Guardian|
heraldscotland.com|The Herald|
thenational.scot|The National|
thenationalnews.com|The National|
thenorthernecho.co.uk|The Northern Echo|
thescottishsun.co.uk|The Scottish Sun|
thestar.co.uk|The Star|
thesun.co.uk|The Sun|
thetelegraphandargus.co.uk|Telegraph & Argus|
telegraphindia.com|The Telegraph|
thetimes.co.uk|The Times|
thetimes.com|The Times|
thejournal.co.uk|The Journal|
usatoday.com|USA Today|
voanews.com|VOA|
walesonline.co.uk|WalesOnline|
washingtonpost.com|The Washington Post|
washingtontimes.com|The Washington Times|
wsj.com|The Wall Street Journal|/(?:articles|[\w-]+/[\w-]+/[\w-]+)
yorkpress.co.uk|York Press|
yorkshireeveningpost.co.uk|Yorkshire Evening Post|
yorkshirepost.co.uk|The Yorkshire Post|
arstechnica.com|Ars Technica|
bdaily.co.uk|Bdaily|
buzzfeednews.com|BuzzFeed News|
cnet.com|CNET|
computerweekly.com|ComputerWeekly.com|
computing.co.uk|Computing|
constructionenquirer.com|Construction Enquirer|
engadget.com|Engadget|
eveningstandard.co.uk|Evening Standard|
gizmodo.com|Gizmodo|
insidermedia.com|Insider Media|
localgov.co.uk|LocalGov|
lgcplus.com|Local Government Chronicle|
publicfinance.co.uk|Public Finance|
publictechnology.net|PublicTechnology|
mashable.com|Mashable|
placenorthwest.co.uk|Place North West|
prolificnorth.co.uk|Prolific North|
qz.com|Quartz|
researchprofessionalnews.com|Research Professional News|
slate.com|Slate|
techcrunch.com|TechCrunch|
techmonitor.ai|Tech Monitor|
techradar.com|TechRadar|
thebusinessdesk.com|TheBusinessDesk.com|
theregister.com|The Register|
theregister.co.uk|The Register|
theverge.com|The Verge|
timeshighereducation.com|Times Higher Education|
tes.com|Tes|/magazine
uktech.news|UKTN|
verdict.co.uk|Verdict|
vice.com|Vice|
vox.com|Vox|
wired-gov.net||/wg/news
wired.co.uk|WIRED UK|
wired.com|WIRED|
zdnet.com|ZDNET|
"""

_MAGAZINES = """
economist.com|The Economist|
forbes.com|Forbes|
fortune.com|Fortune|
hbr.org|Harvard Business Review|
nationalgeographic.co.uk|National Geographic|
nationalgeographic.com|National Geographic|
newscientist.com|New Scientist|
newsweek.com|Newsweek|
newstatesman.com|New Statesman|
newyorker.com|The New Yorker|
lrb.co.uk|London Review of Books|
nybooks.com|The New York Review of Books|
prospectmagazine.co.uk|Prospect|
rollingstone.com|Rolling Stone|
scientificamerican.com|Scientific American|
smithsonianmag.com|Smithsonian Magazine|
spectator.co.uk|The Spectator|
spectator.org|The American Spectator|
spiegel.de|Der Spiegel|
technologyreview.com|MIT Technology Review|
theneweuropean.co.uk|The New European|
thehousemagazine.com|The House|
thenation.com|The Nation|
time.com|Time|
unherd.com|UnHerd|
tribunemag.co.uk|Tribune|
"""

_PRESS_WIRES = r"""
accesswire.com|ACCESSWIRE|
bignewsnetwork.com|Big News Network|
businesswire.com|Business Wire|
einpresswire.com|EIN Presswire|
globenewswire.com|GlobeNewswire|
mynewsdesk.com|Mynewsdesk|/[\w-]+/[\w-]+/pressreleases/
newswire.ca|CNW|
newswire.com|Newswire|
openpr.com|openPR|
pressat.co.uk|Pressat|
pressbox.co.uk|Pressbox|
prlog.org|PRLog|
prnewswire.co.uk|PR Newswire|
prnewswire.com|PR Newswire|
prweb.com|PRWeb|
realwire.com|RealWire|
responsesource.com|ResponseSource|
sourcewire.com|SourceWire|
"""

_PREPRINTS = """
arxiv.org|arXiv|/(?:abs|pdf|html)/
biorxiv.org|bioRxiv|/content/
chemrxiv.org|ChemRxiv|
eartharxiv.org|EarthArXiv|
lingbuzz.net|LingBuzz|
medrxiv.org|medRxiv|/content/
osf.io|OSF Preprints|/preprints/
papers.ssrn.com|SSRN|
ssrn.com|SSRN|
preprints.org|Preprints|/manuscript/
psyarxiv.com|PsyArXiv|
researchsquare.com|Research Square|/article/
techrxiv.org|TechRxiv|
"""

_BLOGS = r"""
blogspot.com||
blogspot.co.uk||
blogs.lse.ac.uk||
livejournal.com||
medium.com||
substack.com||/p/
typepad.com||
wordpress.com||/\d{4}/
ghost.io||
"""

_REPORTS = """
centreforcities.org|Centre for Cities|/(?:publication|reader)/
civitas.org.uk|Civitas|/publications/
demos.co.uk|Demos|/research/
ifs.org.uk|Institute for Fiscal Studies|/publications/
instituteforgovernment.org.uk|Institute for Government|/publications?/
ippr.org|IPPR|/(?:research/publications|publications|articles)/
jrf.org.uk|Joseph Rowntree Foundation|/report/
nao.org.uk|National Audit Office|/reports?/
nber.org|National Bureau of Economic Research|/papers/
nesta.org.uk|Nesta|/report/
niesr.ac.uk|NIESR|/publications/
policyexchange.org.uk|Policy Exchange|/publication/
rand.org|RAND Corporation|/pubs/
resolutionfoundation.org|Resolution Foundation|/publications/
thersa.org|RSA|/reports?/
kingsfund.org.uk|The King’s Fund|/(?:insight-and-analysis/)?(?:reports|publications)/
"""

_OTHERS = (
    Site("legislation.gov.uk", "legislation.gov.uk", "legislation", r"/(?:id/)?\w+/[\w-]+/\d+"),
    Site("www.gov.uk", "GOV.UK", "speech", r"/government/speeches/"),
    Site("www.gov.uk", "GOV.UK", "dataset", r"/government/statistical-data-sets/"),
    Site(
        "www.gov.uk",
        "GOV.UK",
        "report",
        r"/government/(?:publications|consultations|statistics|calls-for-evidence|case-studies)/",
    ),
    Site("www.gov.uk", "GOV.UK", "article", r"/government/(?:news|world-location-news)/"),
    Site("www.gov.uk", "GOV.UK", "webpage"),
    Site("ons.gov.uk", "Office for National Statistics", "dataset", r"/.*/datasets/"),
    Site("ons.gov.uk", "Office for National Statistics", "report", r"/.*/(?:bulletins|articles)/"),
    Site("ons.gov.uk", "Office for National Statistics"),
    Site("data.gov.uk", "data.gov.uk", "dataset", r"/dataset/"),
    Site("gov.scot", "Scottish Government", "report", r"/publications/"),
    Site("gov.scot", "Scottish Government", "article", r"/news/", "News story"),
    Site("gov.wales", "Welsh Government"),
    Site("commonslibrary.parliament.uk", "House of Commons Library", "report", r"/[\w-]+-[\w-]+/"),
    Site("commonslibrary.parliament.uk", "House of Commons Library"),
    Site("lordslibrary.parliament.uk", "House of Lords Library", "report", r"/[\w-]+-[\w-]+/"),
    Site("lordslibrary.parliament.uk", "House of Lords Library"),
    Site("post.parliament.uk", "Parliamentary Office of Science and Technology", "report"),
    Site("researchbriefings.parliament.uk", "UK Parliament", "report"),
    Site("researchbriefings.files.parliament.uk", "UK Parliament", "report"),
    Site("hansard.parliament.uk", "Hansard", "hearing", r"/(?:commons|lords)/\d{4}"),
    Site("api.parliament.uk", "Hansard", "hearing", r"/historic-hansard/"),
    Site("bills.parliament.uk", "UK Parliament", "bill", r"/bills/\d"),
    Site("committees.parliament.uk", "UK Parliament", "report", r"/publications/\d"),
    Site("publications.parliament.uk", "UK Parliament", "bill", r"/pa/bills/"),
    Site("publications.parliament.uk", "UK Parliament", "hearing", r"/pa/\w+/\w+/\w*hansrd"),
    Site("publications.parliament.uk", "UK Parliament", "report", r"/pa/"),
    Site("parliament.uk", "UK Parliament"),
    Site("parliament.scot", "Scottish Parliament"),
    Site("congress.gov", "Congress.gov", "bill", r"/bill/"),
    Site("wikipedia.org", "Wikipedia", "entry-encyclopedia", r"/wiki/"),
    Site("britannica.com", "Encyclopædia Britannica", "entry-encyclopedia"),
    Site("plato.stanford.edu", "Stanford Encyclopedia of Philosophy", "entry-encyclopedia"),
    Site("theses.hal.science", "", "thesis"),
    Site("tel.archives-ouvertes.fr", "", "thesis"),
    Site("etheses.whiterose.ac.uk", "", "thesis"),
    Site("ethos.bl.uk", "", "thesis"),
    Site("ndltd.org", "", "thesis"),
    Site("github.com", "GitHub", "software", r"/[\w.-]+/[\w.-]+/?$"),
    Site("pypi.org", "PyPI", "software", r"/project/"),
    Site("youtube.com", "YouTube", "motion_picture", r"/watch"),
    Site("vimeo.com", "Vimeo", "motion_picture", r"/\d+"),
    Site("tumblr.com", "", "post", r"/post/"),
    Site("twitter.com", "Twitter", "post", r"/\w+/status/"),
    Site("x.com", "X", "post", r"/\w+/status/"),
)


def _listed(lines: str, kind: str, genre: str = "") -> tuple[Site, ...]:
    rows = (row.split("|", 2) for row in lines.strip().splitlines())
    return tuple(Site(host, name, kind, path, genre) for host, name, path in rows)


SITES: tuple[Site, ...] = (
    *_listed(_NEWSPAPERS, _NEWS),
    *_listed(_MAGAZINES, _MAGAZINE),
    *_listed(_PRESS_WIRES, "article", "Press release"),
    *_listed(_PREPRINTS, "article"),
    *_listed(_BLOGS, _BLOG),
    *_listed(_REPORTS, "report"),
    *_OTHERS,
)
"""All sites."""
