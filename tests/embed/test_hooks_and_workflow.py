"""The hooks for pre-commit and the workflow for others' repositories do what they are for."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from small_library import BIBTEX

from northbib.embed.markups import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

yaml = pytest.importorskip("yaml")

PAIR = "<!-- northbib:begin keys=lee2017cards style=apa -->\n<!-- northbib:end -->\n"
BIN = Path(sys.executable).parent


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a library and an article that is not up to date, freshly checked out."""
    folder = tmp_path / "checkout"
    (folder / "bibliographies").mkdir(parents=True)
    (folder / "bibliographies" / "north.bib").write_text(BIBTEX, encoding="utf-8")
    (folder / "content").mkdir()
    (folder / "content" / "one.md").write_text(PAIR)
    (folder / "README.md").write_text("# No section\n")
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    path = f"{BIN}{os.pathsep}{kept['PATH']}"
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PRE_COMMIT_HOME": str(tmp_path / "hooks")}
    return {**kept, "PATH": path, **cache, **more}


def hooks(root: Path) -> dict[str, dict[str, Any]]:
    text = (root / ".pre-commit-hooks.yaml").read_text("utf-8")
    return {hook["id"]: hook for hook in yaml.safe_load(text)}


def test_pre_commit_takes_the_hooks(root: Path) -> None:
    pytest.importorskip("pre_commit")
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def test_the_hooks_run_for_every_kind_of_article_and_for_the_library(root: Path) -> None:
    for name in ("northbib-embed", "northbib-embed-check"):
        pattern = re.compile(hooks(root)[name]["files"])
        assert all(pattern.search(f"content/a{ending}") for ending in EXTENSIONS)
        assert all(pattern.search(name) for name in ("b/works.bib", "styles/own.csl", "A.MD"))
        assert not pattern.search("setup.py")


@pytest.fixture
def run_hook(
    root: Path, checkout: Path, tmp_path: Path
) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Runs a hook in the checkout as pre-commit does, with the northbib of this environment."""
    pytest.importorskip("pre_commit")
    for hook in hooks(root).values():
        hook["language"] = "system"
    local = [{**hook, "language": "system"} for hook in hooks(root).values()]
    config = {"repos": [{"repo": "local", "hooks": local}]}
    (checkout / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")

    def run(name: str) -> subprocess.CompletedProcess[str]:
        subprocess.run(["git", "add", "-A"], cwd=checkout, check=True)
        return subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", name, "--all-files"],
            cwd=checkout,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_the_hooks_check_and_write_as_pre_commit_runs_them(
    checkout: Path, run_hook: Callable[[str], subprocess.CompletedProcess[str]]
) -> None:
    stale = run_hook("northbib-embed-check")
    assert (stale.returncode, "content/one.md:1: error" in stale.stdout) == (1, True), stale.stdout
    assert (checkout / "content" / "one.md").read_text() == PAIR
    wrote = run_hook("northbib-embed")
    assert (wrote.returncode, "files were modified by this hook" in wrote.stdout) == (1, True)
    assert "Powerhouse of cards" in (checkout / "content" / "one.md").read_text()
    assert run_hook("northbib-embed").returncode == 0
    assert run_hook("northbib-embed-check").returncode == 0
    checked = run_hook("northbib-check")
    assert "Traceback" not in checked.stdout


def workflow(root: Path) -> dict[Any, Any]:
    text = (root / ".github" / "workflows" / "northbib.yml").read_text("utf-8")
    loaded: dict[Any, Any] = yaml.safe_load(text)
    return loaded


def run_workflow(
    root: Path, checkout: Path, tmp_path: Path, **given: object
) -> list[subprocess.CompletedProcess[str]]:
    """Run the steps of the workflow, each in a shell as GitHub starts it, until one fails."""
    called = workflow(root)[True]["workflow_call"]
    inputs = {name: each.get("default") for name, each in called["inputs"].items()} | given
    (job,) = workflow(root)["jobs"].values()

    def put(text: object) -> str:
        return re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda m: str(inputs[m[1]]), str(text))

    env = environment(tmp_path, **{name: put(value) for name, value in job["env"].items()})
    done = []
    for step in job["steps"]:
        if "run" not in step or put(step.get("if", "True")) != "True":
            continue
        assert "${{" not in step["run"], "what is given must not become code"
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done.append(
            subprocess.run(
                command, cwd=checkout, env=env, capture_output=True, text=True, check=False
            )
        )
        if done[-1].returncode:
            break
    return done


def test_the_workflow_fails_where_a_list_is_stale_and_marks_its_section(
    root: Path, checkout: Path, tmp_path: Path
) -> None:
    *_, last = run_workflow(root, checkout, tmp_path)
    assert last.returncode == 1, last.stderr
    assert last.stdout.startswith("::error file=content/one.md,line=1,title=stale-section::")
    assert (checkout / "content" / "one.md").read_text() == PAIR


def test_the_workflow_passes_where_all_is_up_to_date(
    root: Path, checkout: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "northbib", "embed", "content"]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    done = run_workflow(root, checkout, tmp_path)
    assert [each.returncode for each in done] == [0, 0], done[-1].stderr
    done = run_workflow(root, checkout, tmp_path, articles="content/**/*.md README.md")
    assert done[-1].returncode == 0, done[-1].stderr


def test_the_workflow_checks_another_library_and_stops_where_it_is_faulty(
    root: Path, checkout: Path, tmp_path: Path
) -> None:
    (checkout / "bibliographies").rename(checkout / "refs")
    done = run_workflow(root, checkout, tmp_path, library="refs")
    assert "::error file=content/one.md,line=1,title=stale-section" in done[-1].stdout
    (checkout / "refs" / "north.bib").write_text("@book{x,\n", encoding="utf-8")
    done = run_workflow(root, checkout, tmp_path, library="refs", **{"check-library": True})
    assert len(done) == 2
    assert "::error file=refs/north.bib" in done[-1].stdout


def test_the_workflow_is_one_by_github_s_schema(root: Path) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    path = ".github/workflows/northbib.yml"
    subprocess.run([*command, "vendor.github-workflows", path], cwd=root, check=True)
