"""The tables of the index.

`entry` is narrow, so that going through all entries reads little: what is long stands in `reading`
(the folded texts), `record` (the record as JSON) and `words` (the full-text index of `reading`).
The entries of a file stand in segments, and their offsets and lines count from the beginning of
their segment: a change within a file moves its later segments, not their entries.
"""

from __future__ import annotations

# ruff: noqa: S608 - the SQL is made of names of ours
from northbib.library.searching.reading import COLUMNS as TEXTS

__all__ = ["LOOKUPS", "ORDER", "PLACED", "SCHEMA", "TEXTS", "VERSION"]

VERSION = 2
"""Counts the layouts of the tables; the file of another layout is not used."""

PLACED = "entry JOIN segment ON segment.id = entry.segment JOIN file ON file.id = entry.file"
"""Entries with what says where they stand."""

ORDER = "ORDER BY file.number, segment.number, entry.offset"
"""The order of a library: file by file, and in a file from its beginning."""

SCHEMA = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    device INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    size INTEGER NOT NULL,
    modified INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    is_settled INTEGER NOT NULL,
    checksum INTEGER,
    macros BLOB,
    problems TEXT NOT NULL,
    head BLOB
);
CREATE TABLE segment (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL,
    line INTEGER NOT NULL
);
CREATE INDEX segment_file ON segment (file, number);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL,
    segment INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL,
    line INTEGER NOT NULL,
    digest BLOB NOT NULL,
    key TEXT NOT NULL,
    lower_key TEXT NOT NULL,
    folded_key TEXT,
    type TEXT,
    first INTEGER,
    last INTEGER,
    has INTEGER NOT NULL,
    crossref TEXT
);
CREATE TABLE parent (
    key TEXT NOT NULL, child INTEGER NOT NULL, PRIMARY KEY (key, child)
) WITHOUT ROWID;
CREATE INDEX parent_child ON parent (child);
CREATE TABLE mark (
    value TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (value, entry)
) WITHOUT ROWID;
CREATE TABLE span (
    variable INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
    entry INTEGER NOT NULL, PRIMARY KEY (variable, first, last, entry)
) WITHOUT ROWID;
CREATE TABLE topic (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE twin (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE repeat (mark TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE record (id INTEGER PRIMARY KEY, json TEXT, marks TEXT NOT NULL);
CREATE TABLE reading (id INTEGER PRIMARY KEY, {" TEXT NOT NULL, ".join(TEXTS)} TEXT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5 (
    {", ".join(TEXTS)},
    content = 'reading', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
CREATE VIRTUAL TABLE term USING fts5vocab (words, 'row');
CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, words TEXT NOT NULL);
"""
"""`head` of a file is the digest of what stands before its entries, once it is known that all its
macros do (`splicing`). `type` is NULL for an entry that is no work of its own (`@xdata`); `has` has
a bit for each field that is set (`rows.BITS`); `span` has numbers and dates (`spans`); `topic`
counts the entries that have a topic; `twin` has the keys, in lower case, that stand in several
files, and `repeat` what several works have in common (`repeats`). `hashsize` is how many bytes of
words are gathered before they are written: with SQLite's 1 MB, twice the time goes into putting the
pieces together."""

LOOKUPS = (
    "CREATE INDEX IF NOT EXISTS entry_segment ON entry (segment, offset)",
    "CREATE INDEX IF NOT EXISTS entry_days ON entry (first, last)",
    "CREATE INDEX IF NOT EXISTS entry_key ON entry (lower_key)",
    "CREATE INDEX IF NOT EXISTS entry_folded ON entry (folded_key) WHERE folded_key IS NOT NULL",
)
"""What finds entries by their place and key. In a new index these are made when all entries are
there, which takes a third of the time that it takes to keep them up entry by entry."""
