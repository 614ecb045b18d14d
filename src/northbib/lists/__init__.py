"""A reading list: records selected elsewhere are sorted, grouped, cut and rendered here."""

from northbib.lists.options import list_spec
from northbib.lists.reading_list import Citation, ReadingList, cite, reading_list, render
from northbib.lists.spec import ListSpec
from northbib.lists.web import Web

__all__ = [
    "Citation",
    "ListSpec",
    "ReadingList",
    "Web",
    "cite",
    "list_spec",
    "reading_list",
    "render",
]
