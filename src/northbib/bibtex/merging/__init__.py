"""Three-way merges of bibliographies, by entry and by field, byte for byte where one side changed.

merged = merge(base, ours, theirs)       # bytes of three versions of a file
merged.data                              # the merged file, with marks where it needs a person
merged.conflicts                         # what they are about, each with its line
"""

from __future__ import annotations

from northbib.bibtex.merging.files import Merged, merge, merge_by_line
from northbib.bibtex.merging.output import MARKER_SIZE

__all__ = ["MARKER_SIZE", "Merged", "merge", "merge_by_line"]
