"""Recorded answers of services, read against what is known to be right."""

from __future__ import annotations

import runpy
from pathlib import Path

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "resolve" / "payloads.py"


def test_recorded_answers_are_read_right_and_errors_give_no_record(shared: Path) -> None:
    measure = runpy.run_path(str(BENCHMARK))["measure"]
    shares = measure(shared / "resolve" / "data" / "manifest.jsonl")
    right, whole = shares["all"]
    assert right >= 0.99 * whole
    assert shares["field none"][0] == shares["field none"][1]
    assert whole > 1000
