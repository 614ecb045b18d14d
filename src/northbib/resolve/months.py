"""Names of months and seasons in the languages of the web, without accents, in lower case."""

from __future__ import annotations

__all__ = ["MONTHS", "SEASONS"]

# One line a month: English, French, German, Spanish, Italian, Portuguese, Dutch, Welsh.
_MONTHS = """
january jan janvier janv januar enero gennaio janeiro januari ionawr
february feb fevrier fevr februar febrero febbraio fevereiro februari chwefror
march mar mars marz maerz marzo marco maart mawrth
april apr avril avr abril aprile ebrill
may mai mayo maggio maio mei
june jun juin juni junio giugno junho mehefin
july jul juillet juil juli julio luglio julho gorffennaf
august aug aout agosto augustus awst
september sept sep septembre septiembre settembre setembro medi
october oct octobre oktober okt octubre ottobre outubro hydref
november nov novembre noviembre novembro tachwedd
december dec decembre dezember dez diciembre dicembre dezembro desember rhagfyr
"""

MONTHS = {
    name: number
    for number, names in enumerate(_MONTHS.strip().splitlines(), start=1)
    for name in names.split()
}
"""Name of a month, or its short form -> 1 to 12."""

SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
"""Name of a season -> 1 to 4."""
