"""What can go wrong with the files of articles, and what is left then."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_library import BIBTEX, small_library

import rights
from northbib.embed import embed_files
from northbib.embed.files import Articles
from northbib.embed.paths import Named, named
from northbib.embed.remembering import Remembered
from northbib.errors import ArticleError, NotFoundError, StoreError
from northbib.library import Store
from northbib.library.disk import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from rights import AsNobody

as_nobody = rights.as_nobody
open_folder = rights.open_folder

PAIR = "<!-- northbib:begin keys=lee2017cards style=apa -->\n<!-- northbib:end -->\n"


@pytest.fixture
def library(tmp_path: Path) -> Store:
    (tmp_path / "bibliographies").mkdir()
    return small_library(tmp_path / "bibliographies")


def article(folder: Path, name: str, text: str = PAIR) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def test_what_another_program_saved_meanwhile_stays(tmp_path: Path, library: Store) -> None:
    changed, other = article(tmp_path, "changed.md"), article(tmp_path, "other.md")
    with Articles(library) as articles:
        list(articles.refresh(named([str(changed), str(other)])))
        changed.write_text("Written meanwhile.\n")
        results = dict(articles.write())
    assert changed.read_text() == "Written meanwhile.\n"
    assert b"Powerhouse" in other.read_bytes()
    finding = results[changed]
    assert finding is not None
    assert (finding.code, finding.file) == ("changed-meanwhile", str(changed))
    assert results[other] is None


def test_what_is_saved_at_the_last_moment_stays(
    tmp_path: Path, library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = article(tmp_path, "a.md")
    swap = replacing.Replacement.swap

    def saved_before(self: replacing.Replacement) -> None:
        if path.read_bytes() == PAIR.encode():
            path.write_text("Written at the last moment.\n")
        swap(self)

    monkeypatch.setattr(replacing.Replacement, "swap", saved_before)
    (result,) = embed_files([path], library, write=True)
    assert path.read_text() == "Written at the last moment.\n"
    assert [finding.code for finding in result.findings] == ["changed-meanwhile"]


def test_a_file_that_appears_in_the_place_of_an_article_stays(
    tmp_path: Path, library: Store
) -> None:
    path = article(tmp_path, "a.md")
    with Articles(library) as articles:
        list(articles.refresh(named([str(path)])))
        path.unlink()
        with pytest.raises(StoreError, match=r"cannot be read|cannot be written|permission"):
            list(articles.write())
    assert not path.exists()


def test_a_link_that_leads_nowhere_is_told_as_one(tmp_path: Path, library: Store) -> None:
    (tmp_path / "a.md").symlink_to("gone.md")
    with pytest.raises(NotFoundError, match="this link leads to no article"):
        embed_files([tmp_path / "a.md"], library, write=True)
    assert (tmp_path / "a.md").is_symlink()
    assert not (tmp_path / "gone.md").exists()


def test_a_link_and_its_article_are_one_article(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "a.md")
    (tmp_path / "link.md").symlink_to(path.name)
    (result,) = embed_files([tmp_path / "link.md", path], library, write=True)
    assert result.findings == ()
    assert (tmp_path / "link.md").is_symlink()
    assert b"Powerhouse" in path.read_bytes()


def test_an_article_with_two_names_is_written_under_both(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "a.md")
    other = tmp_path / "b.md"
    other.hardlink_to(path)
    embed_files([path, other], library, write=True)
    assert b"Powerhouse" in path.read_bytes()
    assert path.read_bytes() == other.read_bytes()


def test_an_article_that_may_not_be_read_is_told(open_folder: Path, as_nobody: AsNobody) -> None:
    (open_folder / "bibliographies").mkdir()
    store = small_library(open_folder / "bibliographies")
    good, closed = article(open_folder, "a.md"), article(open_folder, "b.md")
    closed.chmod(0o000)
    good.chmod(0o666)
    open_folder.chmod(0o777)
    embed_files([good], store, write=False)  # what it imports may be closed to others
    with as_nobody(), pytest.raises(StoreError, match="permission denied"):
        embed_files([good, closed], store, write=True)
    assert good.read_bytes() == PAIR.encode()


def test_mode_and_times_of_an_article_that_stays_are_left_alone(
    tmp_path: Path, library: Store
) -> None:
    path = article(tmp_path, "a.md")
    path.chmod(0o640)
    embed_files([path], library, write=True)
    assert path.stat().st_mode & 0o777 == 0o640
    os.utime(path, ns=(1, 1))
    embed_files([path], library, write=True)
    assert path.stat().st_mtime_ns == 1


def test_a_large_article_is_written_at_one_place(tmp_path: Path, library: Store) -> None:
    block = "Some words of an article, *emphasis* and `code` among them.\n\n"
    text = block * (10 * 2**20 // len(block) // 2)
    path = article(tmp_path, "a.html", f"<p>{text}\n{PAIR}\n{text}")
    embed_files([path], library, write=True)
    data = path.read_bytes().decode()
    assert data.startswith(f"<p>{text}\n<!-- northbib:begin")
    assert data.endswith(f"<!-- northbib:end -->\n\n{text}")
    (again,) = embed_files([path], library, write=True)
    assert not again.changed


def test_two_thousand_sections_are_written_in_one_article(tmp_path: Path, library: Store) -> None:
    path = article(tmp_path, "a.md", "\n".join(f"Part {n}\n\n{PAIR}" for n in range(2_000)))
    (result,) = embed_files([path], library, write=True)
    assert len(result.sections) == 2_000
    assert path.read_text().count("Powerhouse of cards") == 2_000
    assert not embed_files([path], library, write=True)[0].changed


def test_a_key_that_was_deleted_is_a_fault_and_its_list_stays(
    tmp_path: Path, library: Store
) -> None:
    path = article(tmp_path, "a.md")
    embed_files([path], library, write=True)
    before = path.read_bytes()
    Store(library.root).remove(["lee2017cards"])
    with pytest.raises(ArticleError) as caught:
        embed_files([path], Store(library.root), write=True)
    assert [(each.code, each.key) for each in caught.value.findings] == [
        ("unknown-key", "lee2017cards")
    ]
    assert path.read_bytes() == before


def test_of_two_entries_with_one_key_the_first_counts(tmp_path: Path, library: Store) -> None:
    other = BIBTEX.replace("Powerhouse of cards", "Powerhouse of bards")
    (tmp_path / "bibliographies" / "zz.bib").write_text(other, encoding="utf-8")
    store = Store(library.root)
    path = article(tmp_path, "a.md")
    embed_files([path], store, write=True)
    assert "Powerhouse of cards" in path.read_text()
    assert "duplicate-key" in {finding.code for finding in store.problems}


def test_a_section_in_a_section_is_a_fault(tmp_path: Path, library: Store) -> None:
    begin, end = PAIR.splitlines(keepends=True)
    path = article(tmp_path, "a.md", f"{begin}{begin}{end}{end}")
    with pytest.raises(ArticleError) as caught:
        embed_files([path], library, write=True)
    assert [finding.code for finding in caught.value.findings] == ["nested-begin"]


def test_mixed_line_ends_byte_order_mark_and_no_last_newline_stay(
    tmp_path: Path, library: Store
) -> None:
    path = tmp_path / "a.md"
    before, after = b"\xef\xbb\xbfone\rtwo\r\n\r\n", b"\nthree\rfour"
    path.write_bytes(before + PAIR.replace("\n", "\r\n").encode() + after)
    embed_files([path], library, write=True)
    data = path.read_bytes()
    assert data.startswith(before + b"<!-- northbib:begin")
    assert data.endswith(b"<!-- northbib:end -->\r\n" + after)
    assert not embed_files([path], library, write=True)[0].changed


def test_an_encoding_that_lacks_a_character_is_a_fault_where_nothing_else_can_be_written(
    tmp_path: Path, library: Store
) -> None:
    (tmp_path / "bibliographies" / "x.bib").write_text("@book{x, title = {Ţară}}\n", "utf-8")
    path = tmp_path / "a.tex"
    before = "Ünicode\n\n% northbib:begin keys=x style=apa\n% northbib:end\n".encode("latin-1")
    path.write_bytes(before)
    with pytest.raises(ArticleError) as caught:
        embed_files([path], Store(library.root), write=True)
    assert [(each.code, each.line) for each in caught.value.findings] == [("poor-encoding", 3)]
    assert path.read_bytes() == before


def test_a_full_disk_leaves_the_article_as_it_was(
    tmp_path: Path, library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = article(tmp_path, "a.md")

    def full(descriptor: int, data: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(StoreError, match="no space left") as caught:
            embed_files([path], library, write=True)
    assert caught.value.hint == "make room on the disk, and try again"
    assert path.read_bytes() == PAIR.encode()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.md", "bibliographies"]


def test_a_kill_at_any_moment_leaves_the_old_article_or_the_new_one(
    tmp_path: Path, library: Store
) -> None:
    path = article(tmp_path, "a.md")
    embed_files([path], library, write=True)
    new = path.read_bytes()
    script = (
        "import os, signal, sys\n"
        "from northbib.embed import embed_files\n"
        "from northbib.library import Store\n"
        "def watched(name):\n"
        "    real = getattr(os, name)\n"
        "    def call(*given, **named):\n"
        "        global left\n"
        "        left -= 1\n"
        "        if left == 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return real(*given, **named)\n"
        "    setattr(os, name, call)\n"
        "store = Store(sys.argv[1])\n"
        "embed_files([sys.argv[2]], store, write=False)\n"
        "for line in sys.stdin:\n"
        "    child = os.fork()\n"
        "    if not child: break\n"
        "    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)\n"
        "else: sys.exit()\n"
        "left = int(line)\n"
        "for name in ('open', 'write', 'fsync', 'replace', 'rename', 'close'): watched(name)\n"
        "embed_files([sys.argv[2]], store, write=True)\n"
        "os._exit(0)\n"
    )
    command = [sys.executable, "-c", script, str(library.root), str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, bufsize=1) as run:
        assert run.stdin is not None
        assert run.stdout is not None
        for moment in range(1, 40):
            path.write_bytes(PAIR.encode())
            run.stdin.write(f"{moment}\n")
            ended = int(run.stdout.readline())
            assert path.read_bytes() in (PAIR.encode(), new)
            if ended == 0:
                break
            assert ended == -signal.SIGKILL
        else:
            pytest.fail("the run never came to its end")
    assert moment > 3


def test_memory_does_not_grow_with_the_articles(tmp_path: Path, library: Store) -> None:
    script = (
        "import resource, sys\n"
        "from northbib.embed.files import Articles\n"
        "from northbib.embed.paths import named\n"
        "from northbib.library import Store\n"
        "with Articles(Store(sys.argv[1])) as articles:\n"
        "    print(sum(1 for _ in articles.refresh(named(sys.argv[2:]))))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    text = PAIR + "Some words.\n" * 20_000
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    for number in range(3):
        article(tmp_path / "few", f"{number}.html", text)
    for number in range(120):
        article(tmp_path / "many", f"{number}.html", text)
    peaks = []
    for folder, count in (("few", 3), ("many", 120)):
        command = [sys.executable, "-c", script, str(library.root), str(tmp_path / folder)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert int(said[0]) == count
        peaks.append(int(said[1]))
    # 117 articles more are 28 MB more, and would be twice that if they were held.
    assert peaks[1] - peaks[0] < 8 * 1024


def test_a_name_that_is_no_unicode_is_an_article_too(
    tmp_path: Path, library: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    name = os.fsdecode(b"caf\xe9.md")
    try:
        path = article(tmp_path, name)
    except OSError:
        pytest.skip("this file system takes Unicode only")
    for changed in (True, False, False):
        store = Store(library.root)
        with Articles(store, remembered=Remembered(store)) as articles:
            (result,) = articles.refresh([Named(str(path), is_meant=True)])
            assert result.changed == changed
            list(articles.write())
