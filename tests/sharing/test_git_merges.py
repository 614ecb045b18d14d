"""What the real git makes of two people's changes, with northbib as its merge driver."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import repositories
from repositories import BASE

from northbib.bibtex import Document

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from repositories import Repository

outside = repositories.outside
repository = repositories.repository

NEW = "\n@book{{{0},\n  title = {{{0}}},\n}}\n"
OURS = BASE.replace("Lee, Neil", "Lee, N.") + NEW.format("ours")
THEIRS = BASE.replace("{2010}", "{2011}") + NEW.format("theirs")
BOTH = BASE.replace("Lee, Neil", "Lee, N.").replace("{2010}", "{2011}") + "".join(
    map(NEW.format, ("ours", "theirs"))
)


def branched(repository: Repository, ours: str, theirs: str) -> None:
    """Commit one text on main and another one on a branch."""
    repository.git("switch", "--quiet", "--create", "branch")
    repository.commit(theirs, "theirs")
    repository.git("switch", "--quiet", "main")
    repository.commit(ours, "ours")


def test_a_merge_has_the_changes_of_both(repository: Repository) -> None:
    branched(repository, OURS, THEIRS)
    repository.git("merge", "--quiet", "branch")
    assert repository.file.read_text() == BOTH
    assert repository.git("status", "--porcelain") == ""


def test_a_rebase_and_a_cherry_pick_have_them_too(repository: Repository) -> None:
    branched(repository, OURS, THEIRS)
    repository.git("switch", "--quiet", "--create", "picked", "main")
    repository.git("cherry-pick", "branch")
    assert repository.file.read_text() == BOTH
    repository.git("switch", "--quiet", "branch")
    repository.git("rebase", "--quiet", "main")
    assert repository.file.read_text() == BOTH


def test_a_pull_between_clones_has_them_too(repository: Repository, tmp_path: Path) -> None:
    repository.git("clone", "--quiet", str(repository.folder), str(tmp_path / "clone"))
    clone = repositories.Repository(tmp_path / "clone", repository.environment)
    assert clone.northbib("init", "--git", "my library")[0] == 0
    assert clone.git("status", "--porcelain") == ""
    repository.commit(THEIRS, "theirs")
    clone.commit(OURS, "ours")
    clone.git("pull", "--quiet", "--no-rebase")
    assert clone.file.read_text() == BOTH


def test_git_stops_at_a_conflict_of_a_field(repository: Repository) -> None:
    branched(
        repository,
        BASE.replace("{2010}", "{2011}") + NEW.format("ours"),
        BASE.replace("{2010}", "{2012}") + NEW.format("theirs"),
    )
    run = repository.run("git", "merge", "branch")
    assert run.returncode == 1
    assert repository.conflicted() == ["my library/works.bib"]
    assert "my library/works.bib:10: conflict: year of hatherley2010ruins" in run.stderr
    text = repository.file.read_text()
    conflict = "<<<<<<< ours\n  year  = {2011},\n=======\n  year  = {2012},\n>>>>>>> theirs\n"
    added = NEW.format("ours") + NEW.format("theirs")
    assert text == BASE.replace("  year  = {2010},\n", conflict) + added
    assert len(Document.parse(text).entries) == 4
    assert repository.run("git", "diff", "--check").returncode != 0


def test_conflicts_of_several_bases_are_merged_too(repository: Repository) -> None:
    """Two merges in both directions: git merges the bases first, conflicts and all."""
    year = "{2010}"
    branched(repository, BASE.replace(year, "{2011}"), BASE.replace(year, "{2012}"))
    repository.git("tag", "ours")
    repository.run("git", "merge", "branch")
    repository.commit(BASE.replace(year, "{2013}"), "solved")
    repository.git("switch", "--quiet", "branch")
    repository.run("git", "merge", "ours")
    repository.commit(BASE.replace(year, "{2014}"), "solved")
    repository.commit(BASE.replace(year, "{2014}") + NEW.format("theirs"), "more")
    run = repository.run("git", "merge", "main")
    assert run.returncode == 1
    text = repository.file.read_text()
    for part in ("2013", "2014", "theirs", "<<<<<<<", ">>>>>>>"):
        assert part in text


def test_changed_on_one_side_and_removed_on_the_other(repository: Repository) -> None:
    entry = "\n@book{hatherley" + BASE.partition("@book{hatherley")[2]
    branched(repository, BASE.replace(entry, ""), BASE.replace("{2010}", "{2011}"))
    assert repository.run("git", "merge", "branch").returncode == 1
    assert repository.conflicted()
    assert "{2011}" in repository.file.read_text()


def test_without_northbib_git_merges_by_line(repository: Repository) -> None:
    driver = repository.git("config", "merge.northbib.driver").strip()
    gone = driver.replace(sys.executable, "/no/such/python")
    assert gone != driver
    repository.git("config", "merge.northbib.driver", gone)
    branched(repository, BASE.replace("Neil", "N."), THEIRS)
    repository.git("merge", "--quiet", "branch")
    assert repository.file.read_text() == THEIRS.replace("Neil", "N.")
    repository.git("reset", "--quiet", "--hard", "HEAD~1")
    repository.commit(OURS.replace("{2010}", "{2012}"), "ours")
    assert repository.run("git", "merge", "branch").returncode == 1
    assert repository.conflicted()
    assert "<<<<<<< ours" in repository.file.read_text()
    assert "@book{theirs" in repository.file.read_text()


def test_the_command_merges_files_by_itself(outside: Repository) -> None:
    for name, text in (("base", BASE), ("ours", OURS), ("theirs", THEIRS)):
        (outside.folder / name).write_text(text)
    assert outside.northbib("merge-driver", "base", "ours", "theirs") == (0, "", "")
    assert (outside.folder / "ours").read_text() == BOTH
    assert (outside.folder / "theirs").read_text() == THEIRS
    status, _, said = outside.northbib("merge-driver", "base", "nothing", "theirs")
    assert status == 3
    assert said.startswith("northbib: nothing: cannot be read")


def test_a_fault_of_the_merge_leaves_both_versions_in_a_conflict(
    outside: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from northbib.cli import sharing
    from northbib.cli.app import run

    def faulty(*_: object) -> None:
        raise ValueError("x")

    monkeypatch.setattr(sharing, "merge", faulty)
    files = [outside.folder / name for name in ("base", "ours", "theirs")]
    for file, text in zip(files, (BASE, OURS, THEIRS), strict=True):
        file.write_text(text)
    assert run(["merge-driver", *map(str, files)]) == 1
    assert "a bug in northbib" in capsys.readouterr().err
    text = files[1].read_text()
    for part in ("@book{ours", "@book{theirs", "{2011}", "Lee, N.", "<<<<<<< ours\n"):
        assert part in text


def test_hunks_of_a_diff_are_headed_by_the_entry(repository: Repository) -> None:
    fields = "".join(f"  note{n} = {{x}},\n" for n in range(9))
    long = BASE.replace("  year  =", f"{fields}  year  =")
    repository.commit(long, "long")
    repository.file.write_text(long.replace("= {2010}", "= {2011}"))
    assert re.search(r"^@@ .* @@ @book\{hatherley2010ruins$", repository.git("diff"), re.MULTILINE)
