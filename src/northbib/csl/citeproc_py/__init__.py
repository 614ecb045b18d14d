"""citeproc-py as an engine, with guards around what it cannot take.

It is the reference that other engines are compared with. What it does not do at all, such as
disambiguation and collapsing, is not added here.
"""

from northbib.csl.citeproc_py.session import session

__all__ = ["session"]
