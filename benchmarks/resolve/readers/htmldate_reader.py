"""The date of htmldate, which reads nothing else."""

from typing import Any

from dates import parts
from htmldate import find_date


def read(page: bytes, _headers: dict[str, str], url: str) -> dict[str, Any] | None:
    """Give the page's date as CSL-JSON."""
    text = page.decode("utf-8", "replace")
    return {"issued": parts(find_date(text, original_date=True, url=url))}
