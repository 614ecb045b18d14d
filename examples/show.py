"""Show an article in the terminal, and write it as an HTML page.

Usage: python examples/show.py ARTICLE.md PAGE.html
"""

from __future__ import annotations

import html
import sys
from pathlib import Path

from markdown_it import MarkdownIt
from rich.console import Console
from rich.markdown import Markdown

PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 40rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.5 Georgia, serif; }}
h1, h2, h3 {{ line-height: 1.2; }}
li {{ margin: 0.4rem 0; }}
</style>
</head>
<body>
<article>
{body}</article>
</body>
</html>
"""


def page(article: str) -> str:
    """Give the HTML page of a Markdown article."""
    title = next(line[2:] for line in article.splitlines() if line.startswith("# "))
    body = MarkdownIt("commonmark").render(article)
    return PAGE.format(title=html.escape(title), body=body)


def main(source: str, target: str) -> None:
    """Show the article and write its page."""
    article = Path(source).read_text(encoding="utf-8")
    Console().print(Markdown(article))
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    Path(target).write_text(page(article), encoding="utf-8")
    print(f"\nThe page to open: {target}")


if __name__ == "__main__":
    main(*sys.argv[1:])
