"""A reading list: records selected elsewhere are sorted, grouped, cut and rendered here."""

from northbib.lists.reading_list import Citation, ReadingList, cite, reading_list, render
from northbib.lists.spec import ListSpec

__all__ = ["Citation", "ListSpec", "ReadingList", "cite", "reading_list", "render"]
