"""Programs that publish articles, and what makes northbib at home in them.

Each is a module that only that program imports; what they share is `publishing`.
"""
