"""Zotero: its RDF, its words, and CSL-JSON as it takes it."""
