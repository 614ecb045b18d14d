"""Watching over what is in a library: whether its links lead somewhere, and its works still stand.

Links: `links` says what an entry leads to, and `asking` asks for each address once. `judging` says
what came of it: by the `redirects` on the way, and by what is `seen` of a page, which may say that
it is `missing`, be `closed`, or stand on a domain that is for sale (`parking`). `copies` finds what
archives have, `saving` has one take more, and `linking` makes faults of all that.

Updates: `works` says by what a work is known; `crossref`, `datacite`, `arxiv` and `editions` ask
about many at a time, and `updating` makes faults of what they have `told`.

`watch` does both for a library. What could not be established is never taken for fine: it is a
fault of its own.
"""

from __future__ import annotations
