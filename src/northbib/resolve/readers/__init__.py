"""Readers of a page: one module for each way to say something in it, each giving claims.

`parts` takes a page apart, once. `metas` reads the meta elements by the tables of `highwire`,
`bepress`, `dublin_core`, `prism`, `eprints`, `opengraph`, `twitter`, `analytics` and `plain`.
`json_ld` and `items` (microdata, RDFa) give nodes that `schema_org` reads. `microformats`, `coins`,
`unapi` and `links` stand for themselves; `platforms` tells kinds of pages by the software behind
them; `bylines` and `times` read what people see, by the lines that `around` gives.
"""
