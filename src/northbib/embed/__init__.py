"""Generated sections in articles: between two markers, and nowhere else, an article is written.

<!-- northbib:begin topic:english-devolution style=apa group=type -->
<!-- northbib:end -->
"""

from northbib.embed.files import Embedded, embed_files
from northbib.embed.markups import Markup, markup_of
from northbib.embed.refresh import Refreshed, RefreshedSection, refresh

__all__ = [
    "Embedded",
    "Markup",
    "Refreshed",
    "RefreshedSection",
    "embed_files",
    "markup_of",
    "refresh",
]
