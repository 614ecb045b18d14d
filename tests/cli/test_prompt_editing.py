"""Editing records in an editor: what is saved, what is refused, and that nothing is lost."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

import program
from northbib.bibtex.encoding import Encoding
from northbib.library import Store
from northbib.library.bibliography import Bibliography
from northbib.library.extracts import Extract, _bytes_of, changed, put_back, take_out, text_of
from terminals import NORTHBIB, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable

LIBRARY = b"""\
% A comment
@string{acm = "ACM Press"}

@book{one,
  title = {First},   % as it is
  publisher = acm # { (UK)},
  month = jan,
}
text between
@article{two, title = "Second", crossref = {one}}

@book{three,
\ttitle={Third},
\tauthor={Caf\xc3\xa9, A.}
}
"""

Edit: TypeAlias = "Callable[..., Terminal]"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a library of one file."""
    (tmp_path / "works.bib").write_bytes(LIBRARY)
    return tmp_path


@pytest.fixture
def edit(here: Path) -> Edit:
    """Runs `northbib edit` with a script for an editor, whose first argument is the file."""

    def run(script: str, *arguments: str) -> Terminal:
        editor = here / "editor"
        editor.write_text(f'#!/bin/sh\nfile="$1"\ncd "{here}"\n{script}\n', encoding="utf-8")
        editor.chmod(0o755)
        return Terminal(
            here, NORTHBIB, "edit", *arguments, columns=200, env={"EDITOR": str(editor)}
        )

    return run


def drafts(here: Path) -> list[str]:
    return [file.read_text("utf-8") for file in here.glob("state/northbib/edits/*")]


def now(here: Path) -> bytes:
    return (here / "works.bib").read_bytes()


def undo(here: Path) -> None:
    environment = {
        "XDG_STATE_HOME": str(here / "state"),
        "XDG_CACHE_HOME": str(here / "cache"),
        "PATH": "",
    }
    subprocess.run(
        [program.path(), "undo"], cwd=here, env=environment, check=True, capture_output=True
    )


def test_what_is_saved_changes_its_own_bytes_and_can_be_undone(here: Path, edit: Edit) -> None:
    terminal = edit("cp $file seen; sed -i 's/Third/Troisi\u00e8me/' $file", "three")
    assert terminal.end() == 0
    assert terminal.lines[terminal.row - 1] == "edited three in works"
    assert (here / "seen").read_text("utf-8").startswith("@book{three,\n\ttitle={Third},")
    assert now(here) == LIBRARY.replace(b"Third", "Troisi\u00e8me".encode())
    assert drafts(here) == []
    undo(here)
    assert now(here) == LIBRARY


def test_macros_of_the_file_and_parents_are_known(here: Path, edit: Edit) -> None:
    assert edit("sed -i s/First/Changed/ $file", "one").end() == 0
    assert edit("sed -i s/Second/Changed/ $file", "two").end() == 0
    assert now(here) == LIBRARY.replace(b"First", b"Changed").replace(b"Second", b"Changed")


def test_several_records_are_one_change_in_any_order(here: Path, edit: Edit) -> None:
    script = (
        "awk -v RS= '{ row[NR] = $0 } END { print row[2] \"\\n\\n\" row[1] }' $file > new\n"
        "sed -i 's/First/1st/; s/Third/3rd/' new; mv new $file"
    )
    terminal = edit(script, "one", "three")
    assert terminal.end() == 0, terminal.text
    assert "edited one in works\nedited three in works" in terminal.text
    assert now(here) == LIBRARY.replace(b"First", b"1st").replace(b"Third", b"3rd")
    undo(here)
    assert now(here) == LIBRARY


def test_nothing_changed_is_nothing_written(here: Path, edit: Edit) -> None:
    terminal = edit("touch $file", "one")
    assert terminal.end() == 0
    assert terminal.lines[terminal.row - 1] == "nothing was changed"
    assert drafts(here) == []


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sed -i 's/{Third},/{Third,/' $file", ":1:1: the entry three is not closed"),
        ("sed -i 's/{Third},/{Third}/' $file", ":3:2: a comma is missing before"),
        ("echo '@book{four,}' >> $file", "there are 2 entries here where there was 1"),
        ("echo 'notes' >> $file", ":5: only the entry itself is edited here"),
        ("echo '@string{a = {b}}' >> $file", ":5: only the entry itself is edited here"),
        ("echo > $file", "northbib remove three removes it"),
        ("sed -i 's/{three,/{one,/' $file", ":1: the key one is taken by another record"),
        ("sed -i 's/{three,/{th~ree,/' $file", "'th~ree' cannot be a citation key"),
        ("printf '\\377' >> $file", "this is not UTF-8"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_or_edited_again(
    here: Path, edit: Edit, script: str, said: str
) -> None:
    mended = f"test -e again && sed -i '/Third/,$d' $file && exit; touch again; {script}"
    terminal = edit(mended, "three")
    terminal.wait_for("edit again? [Y/n]:")
    assert said in terminal.output
    terminal.type("n\n")
    assert terminal.end() == 1
    assert now(here) == LIBRARY
    (kept,) = here.glob("state/northbib/edits/*")
    assert f"what you wrote is kept in {kept}" in terminal.text


def test_a_mistake_can_be_mended(here: Path, edit: Edit) -> None:
    script = (
        "test -e again && { sed -i 's/{3rd,/{3rd},/' $file; exit; }; touch again\n"
        "sed -i 's/{Third},/{3rd,/' $file"
    )
    terminal = edit(script, "three")
    terminal.wait_for("edit again?")
    terminal.type("\n")
    assert terminal.end() == 0
    assert now(here) == LIBRARY.replace(b"Third", b"3rd")
    assert drafts(here) == []


def test_a_doubt_is_said_and_can_be_overruled(here: Path, edit: Edit) -> None:
    for answer, status in (("n\nn\n", 1), ("y\n", 0)):
        terminal = edit("sed -i 's/title={Third},/title={Third}, title={T},/' $file", "three")
        assert "has the field title twice" in terminal.wait_for("save it as it is?")
        terminal.type(answer)
        assert terminal.end() == status
    assert now(here) == LIBRARY.replace(b"{Third},", b"{Third}, title={T},")


def test_a_new_key_is_asked_for_and_follows_everywhere(here: Path, edit: Edit) -> None:
    terminal = edit("sed -i 's/{one,/{uno,/; s/First/Primo/' $file", "one")
    terminal.wait_for("rename one to uno")
    terminal.type("n\n")
    terminal.wait_for("edit again?")
    terminal.type("n\n")
    assert terminal.end() == 1
    assert now(here) == LIBRARY
    terminal = edit("sed -i 's/{one,/{uno,/; s/First/Primo/' $file", "one")
    terminal.wait_for("rename one to uno")
    terminal.type("\n")
    assert terminal.end() == 0
    renamed = LIBRARY.replace(b"{one,", b"{uno,").replace(b"First", b"Primo")
    renamed = renamed.replace(b"crossref = {one}", b"crossref = {uno}")
    assert now(here) == renamed.replace(b"= jan,\n", b"= jan,\n  ids = {one},\n")
    undo(here)
    assert now(here) == LIBRARY


def test_what_another_program_changed_meanwhile_stays(here: Path, edit: Edit) -> None:
    theirs = LIBRARY.replace(b"Third", b"Theirs")
    terminal = edit("sed -i s/Third/Mine/ $file; sed -i s/Third/Theirs/ works.bib", "three")
    assert terminal.end() == 1
    assert "three has been changed by another program meanwhile" in terminal.text
    assert now(here) == theirs
    assert "Mine" in drafts(here)[0]
    # A change elsewhere is none of ours.
    terminal = edit("sed -i s/Theirs/Mine/ $file; sed -i s/First/Theirs/ works.bib", "three")
    assert terminal.end() == 0
    assert now(here) == LIBRARY.replace(b"Third", b"Mine").replace(b"First", b"Theirs")


def test_an_editor_that_fails_or_is_not_there_changes_nothing(here: Path, edit: Edit) -> None:
    terminal = edit("sed -i s/Third/Mine/ $file; exit 3", "three")
    assert terminal.end() == 1
    assert "the variables VISUAL and EDITOR say which editor to use" in terminal.text
    assert "Mine" in drafts(here)[0]
    gone = Terminal(here, NORTHBIB, "edit", "three", env={"VISUAL": "/nowhere/ed"})
    assert gone.end() == 1
    assert now(here) == LIBRARY


def test_ctrl_c_keeps_what_was_written(here: Path, edit: Edit) -> None:
    terminal = edit("sed -i s/Third/Mine/ $file; touch ready; sleep 30", "three")
    terminal.wait_for(lambda _: (here / "ready").exists())
    terminal.type("\x03")
    assert terminal.end() == 130
    assert "what you wrote is kept in" in terminal.text
    assert now(here) == LIBRARY
    assert "Mine" in drafts(here)[0]


def test_a_full_disk_or_a_read_only_library_keeps_the_text(here: Path, edit: Edit) -> None:
    terminal = edit("sed -i s/Third/Mine/ $file; rm works.bib; mkdir works.bib", "three")
    assert terminal.end() != 0
    assert "what you wrote is kept in" in terminal.text
    assert "Mine" in drafts(here)[0]


def test_without_a_terminal_no_editor_opens(here: Path) -> None:
    run = subprocess.run(
        [program.path(), "edit", "one"],
        cwd=here,
        input="",
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert "--set FIELD=VALUE" in run.stderr


@pytest.mark.parametrize("eol", [b"\n", b"\r\n", b"\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_line_ends_and_encodings_stay(tmp_path: Path, eol: bytes, encoding: str) -> None:
    text = LIBRARY.decode("utf-8").replace("\n", eol.decode())
    file = tmp_path / "works.bib"
    file.write_bytes(text.encode(encoding))
    store = Store(tmp_path)
    extracts = take_out(store, ["three"])
    written = text_of(extracts)
    assert "\r" not in written
    new = written.replace("Third},", "Third},\n\tnote={new é},")
    changes = changed(store, extracts, new, "draft")
    assert changes.problems == ()
    put_back(store, changes)
    expected = text.replace("{Third},", "{Third}," + eol.decode() + "\tnote={new é},")
    assert file.read_bytes() == expected.encode(encoding)


def test_lines_that_stay_keep_bytes_and_ends_that_are_not_like_the_others(tmp_path: Path) -> None:
    source = b"@book{a,\r\n  title = {A},\n  note = {caf\xe9},\r  year = 2014\r\n}\n"
    file = tmp_path / "works.bib"
    file.write_bytes(b"% \xc3\xa9\n" + source)
    store = Store(tmp_path)
    extracts = take_out(store, ["a"])
    changes = changed(store, extracts, text_of(extracts).replace("{A}", "{B}"), "draft")
    put_back(store, changes)
    assert file.read_bytes() == b"% \xc3\xa9\n" + source.replace(b"{A},\n", b"{B},\r\n")


LINES = st.lists(st.text("ab é\u65e5", max_size=4), min_size=1, max_size=8)
ENDS = st.sampled_from(["\n", "\r\n"])


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "", "é"]), ENDS), max_size=8), LINES)
@pytest.mark.parametrize("encoding", [Encoding(), Encoding("utf-16-le")], ids=["8", "16"])
def test_any_lines_come_out_as_they_were_written(
    encoding: Encoding, before: list[tuple[str, str]], after: list[str]
) -> None:
    data = encoding.encode("".join(line + end for line, end in before) + "}")
    bibliography = Bibliography.new(Path("works.bib"), "works")
    extract = Extract("a", "", data, bibliography, 1)
    same = "\n".join([*(line for line, _ in before), "}"])
    assert _bytes_of(extract, same, encoding) == data
    written = encoding.decode(_bytes_of(extract, "\n".join(after), encoding))
    assert re.sub(r"\r\n|\r", "\n", written) == "\n".join(after)


def test_what_the_encoding_cannot_hold_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "works.bib"
    file.write_bytes(b"@book{a, title = {caf\xe9}}\n")
    terminal = Terminal(
        tmp_path,
        NORTHBIB,
        "edit",
        "a",
        columns=200,
        env={"EDITOR": "sed -i 's/caf/\u65e5\u672c/'"},
    )
    assert "cannot be written in a windows-1252 file" in terminal.wait_for("edit again?")
    terminal.type("n\n")
    assert terminal.end() == 1
    assert file.read_bytes() == b"@book{a, title = {caf\xe9}}\n"
