"""Bibliographic formats: one module each, in one table."""

from northbib.exchange.formats import FORMATS, Format, Reading, format_of, read, write

__all__ = ["FORMATS", "Format", "Reading", "format_of", "read", "write"]
