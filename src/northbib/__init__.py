"""northbib: a library of BibTeX, complete records, and reading lists in any citation style."""

from northbib.version import __version__

__all__ = ["__version__"]
