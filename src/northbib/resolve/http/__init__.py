"""Asking hosts: politely, quickly, safely, and with every outcome as a value.

    with Fetcher(settings) as fetcher:
        result = fetcher.get(Request("https://api.crossref.org/works/10.1145/2832099.2832103",
                                     accept="application/json", keep="record"))
        if result.outcome == "found":
            read(result.response)

The rooms, in the order of a request: `fetcher` looks into the `cache`, waits in a lane of `limits`,
tries as `retries` say, follows redirects (`session`), and the sockets of `transport` lead to the
`networks` that may be asked, for as long as an `exchange` may last. `services` is the one table of
whom we know, and `manners` what each is told.

`results` and `services` are imported without requests.
"""

from __future__ import annotations
