"""A `url` with https leads to a host with a certificate to be trusted."""

from __future__ import annotations

from northbib.library.checking.rule import Rule

__all__ = ["RULE"]

RULE = Rule(
    code="unsafe-link",
    severity="warning",
    sentence="A `url` with https leads to a host with a certificate to be trusted.",
    reason="Browsers warn their readers off.",
    bad="",
    good="",
    asks="links",
)
