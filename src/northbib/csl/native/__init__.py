"""northbib's own CSL engine.

A style and its chain of locales are compiled once (`style`, `compile`, `locale`) to closures, which
write a flat stream of text and marks (`tokens`) for an item (`item`, `people`, `dates`, `numbers`,
`pages`, `richtext`). A document (`document`) holds clusters (`positions`) and works (`registry`),
keeps cites apart (`disambiguate`), joins them (`collapse`) and lists the works (`bibliography`,
`sorting`). One last step settles punctuation, quotes and formats (`flatten`, `punctuation`), and a
stream becomes a tree (`tree`) or the HTML of the official test suite (`suite_html`).
"""

from northbib.csl.native.session import session

__all__ = ["session"]
