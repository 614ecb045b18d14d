"""MARC 21 bibliographic records, whatever the file that they come in.

Source: https://www.loc.gov/marc/bibliographic. `northbib.exchange.marc` has the records in ISO
2709, `northbib.exchange.marcxml` in XML.
"""
