"""Queries: what can be asked, what it means, and how well a record answers to it."""
