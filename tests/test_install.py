"""The wheel works in an empty environment, in a folder that knows nothing of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


# What is said to the Python that runs the tests is not for the one that has northbib installed.
OWN = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in OWN}
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    built = run(*pip, "wheel", "--quiet", "--no-deps", "-w", folder, root, cwd=folder)
    if built.returncode and "No matching distribution" in built.stderr:
        pytest.skip("the package index cannot be reached, which building a wheel needs")
    assert built.returncode == 0, built.stderr
    return next(folder.glob("northbib-*.whl"))


@pytest.fixture(scope="module")
def northbib(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    environment = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=environment)
    pip = [sys.executable, "-m", "pip", "--python", str(environment / "bin/python")]
    options = ["--disable-pip-version-check", "--no-compile", "-q"]
    installed = run(*pip, "install", *options, wheel, cwd=environment)
    assert installed.returncode == 0, installed.stderr
    return environment / "bin/northbib"


def test_the_wheel_carries_the_house_style_and_the_mark_of_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "northbib/styles/northbib-further-reading.csl" in names
    assert "northbib/py.typed" in names
    assert not [name for name in names if name.startswith(("tests", "bibliographies"))]


def test_an_installed_northbib_renders_a_file_elsewhere(
    northbib: Path, root: Path, tmp_path: Path
) -> None:
    shutil.copy(root / "bibliographies/northern-transport.bib", tmp_path / "trains.bib")
    assert run(northbib, "--help", cwd=tmp_path).returncode == 0
    styles = run(northbib, "styles", "further", "reading", cwd=tmp_path)
    assert "northbib-further-reading" in styles.stdout
    assert len(run(northbib, "styles", cwd=tmp_path).stdout.splitlines()) > 10_000
    rendered = run(northbib, "render", "trains.bib", cwd=tmp_path)
    assert "High Speed North Mar 2016 National Infrastructure Commission" in rendered.stdout
    assert rendered.stderr == ""
    apa = run(northbib, "render", "trains.bib", "--style", "apa", "--to", "markdown", cwd=tmp_path)
    assert "*High Speed North*" in apa.stdout
