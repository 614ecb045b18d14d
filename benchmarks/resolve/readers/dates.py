"""Dates of other tools as CSL-JSON has them."""

from typing import Any


def parts(date: object) -> dict[str, Any]:
    """Give a date as CSL-JSON has it, empty if it is none."""
    numbers = [int(part) for part in str(date or "")[:10].split("-") if part.isdigit()]
    return {"date-parts": [numbers]} if numbers else {}
