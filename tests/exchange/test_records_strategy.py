"""The records that other tests draw are hard."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from records_strategy import HARD, records

from northbib.records import Date, Name, Record


def test_a_sample_has_all_that_is_hard() -> None:
    sample: list[Record] = []

    @settings(
        max_examples=300,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(records)
    def draw(record: Record) -> None:
        sample.append(record)

    draw()
    values = [value for record in sample for value in record.values.values()]
    texts = [value for value in values if isinstance(value, str)]
    dates = [value for value in values if isinstance(value, Date)]
    names = [name for value in values if isinstance(value, tuple) for name in value]
    signs = set("".join(texts))
    assert set(HARD) <= signs
    assert any(ord(sign) > 0xFFFF for sign in signs)
    assert any("<i>" in text and "&" in text for text in texts)
    for part in ("dropping_particle", "non_dropping_particle", "suffix", "given", "literal"):
        assert any(isinstance(name, Name) and getattr(name, part) for name in names), part
    assert {(date.is_range, date.end is not None) for date in dates} == {
        (True, True),
        (True, False),
        (False, False),
    }
    days = [date.start for date in dates if date.start is not None]
    assert {bool(day.season) for day in days} == {True, False}
    assert {(bool(day.month), bool(day.day)) for day in days} == {
        (False, False),
        (True, False),
        (True, True),
    }
    assert any(date.circa for date in dates)
    assert {date.literal for date in dates} == {"", "n.d.", "forthcoming"}
    assert {len(record.keywords) for record in sample} == {0, 1, 2, 3}
    assert any(record.extra for record in sample)
