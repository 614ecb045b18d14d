"""Dates in the forms that styles and locales lay down.

Source: CSL 1.0.2, "Date", "Date-part", "Date Ranges", "AD and BC", "Seasons".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from northbib.csl.native.context import CALLED, FILLED
from northbib.csl.native.formatting import Format
from northbib.csl.native.numbers import ordinal
from northbib.csl.native.textcase import apply_case
from northbib.csl.native.tokens import CLOSE, strip_periods

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from northbib.csl.native.context import Context, Render
    from northbib.csl.native.date_text import Parts
    from northbib.csl.native.dates import Date
    from northbib.csl.native.locale import Locale
    from northbib.csl.native.tokens import Tokens

__all__ = ["PartSpec", "date_renderer", "localized_specs", "sortable"]

_INDEX: Final = {"year": 0, "month": 1, "day": 2}
_WANTED: Final = {
    "year-month-day": frozenset(("year", "month", "day")),
    "year-month": frozenset(("year", "month")),
    "year": frozenset(("year",)),
}


class PartSpec:
    """One part of a date format."""

    __slots__ = ("form", "format", "index", "range_delimiter")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.index = _INDEX[attributes.get("name", "year")]
        self.form = attributes.get("form", "")
        self.format = Format(attributes)
        self.range_delimiter = attributes.get("range-delimiter", "–")


def localized_specs(
    form: str, wanted: str, overrides: Sequence[Mapping[str, str]], locale: Locale
) -> tuple[list[PartSpec], str]:
    """Give the parts of a localised date, and the delimiter between them.

    Args:
        form: `text` or `numeric`.
        wanted: The attribute `date-parts`, "" for all of them.
        overrides: Attributes of `cs:date-part` elements that change the locale's.
        locale: Where the format comes from.
    """
    date = locale.dates.get(form)
    if date is None:
        return [], ""
    names = _WANTED.get(wanted, _WANTED["year-month-day"])
    changed = {part.get("name", ""): part for part in overrides}
    specs = []
    for part in date.parts:
        name = part.attributes.get("name", "")
        if name in names:
            extra = {
                key: value
                for key, value in changed.get(name, {}).items()
                if key not in {"prefix", "suffix"}
            }
            specs.append(PartSpec({**part.attributes, **extra}))
    return specs, date.attributes.get("delimiter", "")


def sortable(date: Date | None, parts: frozenset[int] = frozenset((0, 1, 2))) -> str:
    """Give a date as text that sorts in time, "" for none.

    Source: CSL 1.0.2, "Sorting", dates in sort keys.
    """
    if date is None or not date.start[0]:
        # A date in words is no time: by citeproc-js it sorts as none.
        return ""

    def write(ends: Parts) -> str:
        year, month, day = ends
        text = f"{year + 100000:06d}"
        text += f"{_sort_month(month):02d}" if 1 in parts else "00"
        return text + (f"{day:02d}" if 2 in parts else "00")

    start = write(date.start)
    # A space, since a collator would read numbers joined by a hyphen as one.
    return f"{start} {write(date.end)}" if date.end is not None else start


def _sort_month(month: int) -> int:
    """Give a month, 0 for a season: which comes first depends on the hemisphere."""
    return month if month < 13 else 0


def date_renderer(
    variable: str, specs: Sequence[PartSpec], delimiter: str, locale: Locale
) -> Render:
    """Make the renderer of a date in a format."""
    writer = _DateWriter(tuple(specs), delimiter, locale)
    sort_parts = frozenset(spec.index for spec in specs)

    def render(context: Context, out: Tokens) -> None:
        context.calls |= CALLED
        gone = context.substituted
        if gone is not None and variable in gone:
            return
        date = context.item.date(variable)
        if date is None:
            return
        start = len(out)
        if context.sorting:
            text = sortable(date, sort_parts)
            if text:
                out.append(text)
        elif date.literal:
            # citeproc-js gives a date in words where the year is asked for, and only there.
            if 0 in sort_parts:
                out.append(date.literal)
        else:
            writer.write(date, context, out)
        if len(out) > start:
            context.calls |= FILLED
            if context.used is not None:
                context.used.add(variable)

    return render


class _DateWriter:
    __slots__ = ("_delimiter", "_locale", "_specs")

    def __init__(self, specs: tuple[PartSpec, ...], delimiter: str, locale: Locale) -> None:
        self._specs = specs
        self._delimiter = delimiter
        self._locale = locale

    def write(self, date: Date, context: Context, out: Tokens) -> None:
        start = date.start
        end = date.end
        if end is None or end == start:
            self._run(self._specs, start, context, out)
            return
        shown = [spec for spec in self._specs if start[spec.index] or end[spec.index]]
        differ = [spec for spec in shown if start[spec.index] != end[spec.index]]
        if not differ:
            self._run(self._specs, start, context, out)
            return
        largest = min(differ, key=_order)
        ranged = [spec for spec in shown if spec.index >= largest.index]
        first, last = shown.index(ranged[0]), shown.index(ranged[-1])
        head, middle, tail = shown[:first], shown[first : last + 1], shown[last + 1 :]
        self._run(head, start, context, out)
        if head and self._delimiter:
            out.append(self._delimiter)
        self._run(middle, start, context, out, bare="tail")
        out.append(largest.range_delimiter)
        if end[0] or end[1]:
            self._run(middle, end, context, out, bare="head")
        if tail:
            if self._delimiter:
                out.append(self._delimiter)
            self._run(tail, start, context, out)

    def _run(
        self,
        specs: Sequence[PartSpec],
        parts: Parts,
        context: Context,
        out: Tokens,
        bare: str = "",
    ) -> None:
        """Write parts side by side.

        Args:
            specs: The parts that the format has.
            parts: Year, month and day.
            context: The context.
            out: Where to.
            bare: The end that goes without its affix: `head`, `tail` or none.
        """
        begin = len(out)
        present = [spec for spec in specs if parts[spec.index]]
        for number, spec in enumerate(present):
            style = spec.format
            mark = len(out)
            if mark > begin and self._delimiter:
                out.append(self._delimiter)
            if style.prefix and (bare != "head" or mark > begin):
                out.append(style.prefix)
            out.extend(style.marks)
            start = len(out)
            self._part(spec, parts, out)
            if len(out) == start:
                del out[mark:]
                continue
            if style.strip:
                strip_periods(out, start)
            if style.case:
                apply_case(style.case, out, start, True)
            if spec.index == 0:
                self._year_suffix(context, out)
            out.extend([CLOSE] * len(style.marks))
            if style.suffix and (bare != "tail" or number < len(present) - 1):
                out.append(style.suffix)

    def _part(self, spec: PartSpec, parts: Parts, out: Tokens) -> None:
        value = parts[spec.index]
        if spec.index == 0:
            out.append(self._year(value, spec.form))
        elif spec.index == 1:
            text = self._month(value, spec.form)
            if text:
                out.append(text)
        else:
            out.append(self._day(value, parts[1], spec.form))

    def _year(self, year: int, form: str) -> str:
        if form == "short" and abs(year) > 999:
            return f"{abs(year) % 100:02d}"
        if year < 0:
            return f"{-year}{self._locale.term('bc') or ''}"
        if year < 1000:
            return f"{year}{self._locale.term('ad') or ''}"
        return str(year)

    def _month(self, month: int, form: str) -> str:
        if month > 12:
            return self._locale.term(f"season-{month - 12:02d}") or ""
        if form == "numeric":
            return str(month)
        if form == "numeric-leading-zeros":
            return f"{month:02d}"
        return self._locale.term(f"month-{month:02d}", form or "long") or ""

    def _day(self, day: int, month: int, form: str) -> str:
        if form == "numeric-leading-zeros":
            return f"{day:02d}"
        if form == "ordinal":
            if day > 1 and self._locale.flag("limit-day-ordinals-to-day-1"):
                return str(day)
            gender = self._locale.genders.get(f"month-{month:02d}", "")
            return ordinal(day, gender, self._locale)
        return str(day)

    def _year_suffix(self, context: Context, out: Tokens) -> None:
        """Write the year suffix after the first year, unless the style places it itself.

        Source: CSL 1.0.2, "Disambiguation", disambiguate-add-year-suffix.
        """
        if context.date_seen or context.explicit_suffix:
            return
        context.date_seen = True
        if context.year_suffix and not context.without_suffix:
            out.append(context.year_suffix)


def _order(spec: PartSpec) -> int:
    return spec.index
