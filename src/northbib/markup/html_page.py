"""A page of HTML around a list, which needs nothing else to be read; and the files for other pages.

The page holds its stylesheet and its script itself, so that it can be sent, opened from a disk or
put on any server. A page with a content security policy links the two files instead.
"""

from __future__ import annotations

from importlib import resources

from northbib.errors import UsageError
from northbib.markup.html import write_inline
from northbib.markup.tree import Text

__all__ = ["ASSETS", "BIBTEX", "asset", "html_page"]

ASSETS = ("northbib.css", "northbib.js")
BIBTEX = 'class="northbib-bibtex"'
"""What a page has in it that the script is for."""

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he khw ks ps sd syr ug ur yi".split())


def asset(name: str) -> str:
    """Give a file that a page can link to: the stylesheet or the script (`ASSETS`).

    Raises:
        UsageError: There is no such file.
    """
    if name not in ASSETS:
        raise UsageError(f"there is no file {name!r}", hint=f"there are {' and '.join(ASSETS)}")
    return resources.files("northbib.markup").joinpath("assets", name).read_text("utf-8")


def html_page(body: str, title: str, language: str = "en") -> str:
    """Give a whole page.

    Args:
        body: What stands on it, as `northbib.markup.html` writes it.
        title: Its title, in plain text, which is its first heading too.
        language: Its language as a BCP 47 tag.
    """
    shown = write_inline((Text(title),))
    direction = "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
    script = f"<script>\n{asset('northbib.js')}</script>\n" if BIBTEX in body else ""
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{language}" dir="{direction}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{shown}</title>\n"
        f"<style>\n{asset('northbib.css')}</style>\n"
        "</head>\n"
        "<body>\n"
        '<main class="northbib-page">\n'
        f"<h1>{shown}</h1>\n"
        f"{body}"
        "</main>\n"
        f"{script}"
        "</body>\n"
        "</html>\n"
    )
