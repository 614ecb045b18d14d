"""The programs that northbib is measured beside; they are installed under build/peers.

Usage: python benchmarks/csl/peers.py   installs what is missing
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PEERS = ROOT / "build" / "peers"
NODE_FOLDER = PEERS / "node"
PYTHON_FOLDER = PEERS / "csl"
PACKAGES = ("pypandoc_binary>=1.17", "typst>=0.15")


class MissingPeerError(Exception):
    """A program to measure beside is not there."""


def node() -> tuple[list[str], dict[str, str]]:
    """Give the command and the environment that run a script with citeproc-js at hand.

    Raises:
        MissingPeerError: node or the package is not installed.
    """
    program = shutil.which("node")
    modules = NODE_FOLDER / "node_modules"
    if program is None or not (modules / "citeproc").is_dir():
        raise MissingPeerError("citeproc-js is not installed: python benchmarks/csl/peers.py")
    return [program, "--stack-size=4000"], {**os.environ, "NODE_PATH": str(modules)}


def python() -> Path:
    """Give the interpreter that has pandoc and typst.

    Raises:
        MissingPeerError: It is not installed.
    """
    program = PYTHON_FOLDER / "bin" / "python"
    if not program.exists():
        raise MissingPeerError("pandoc and typst are missing: python benchmarks/csl/peers.py")
    return program


def install() -> None:
    """Install citeproc-js from npm, pandoc and typst from PyPI."""
    NODE_FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, NODE_FOLDER / name)
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=NODE_FOLDER, check=True)
    subprocess.run([sys.executable, "-m", "venv", PYTHON_FOLDER], check=True)
    pip = [str(PYTHON_FOLDER / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    subprocess.run([*pip, "--disable-pip-version-check", *PACKAGES], check=True)


if __name__ == "__main__":
    install()
