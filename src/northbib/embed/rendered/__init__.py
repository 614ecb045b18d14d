"""Articles with their citations set by a style, written to a new file.

from northbib.embed.rendered import Options, render_article

done = render_article(data, "article.md", "markdown", store, Options(style="apa"))
done.data
"""

from northbib.embed.rendered.rendering import Rendered, render_article
from northbib.embed.rendered.settings import Options

__all__ = ["Options", "Rendered", "render_article"]
