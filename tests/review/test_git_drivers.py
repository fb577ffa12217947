"""git itself merges and shows calibrations, in every way in which it calls a driver, and also without one."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from curator.cli.main import main
from curator.review.git.git_drivers import ATTRIBUTES, MERGE_DRIVER, find_program, settings

HEADER = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: x0, unit: pix, datatype: int32}
# - {name: y0, unit: pix, datatype: int32}
# - {name: width, unit: pix, datatype: int32}
# - {name: height, unit: pix, datatype: int32}
# meta: !!omap
# - {OBSTYPE: defects}
# - {DEFECTS_SCHEMA: Defects}
# - {DEFECTS_VERSION: 2.0}
# - {INSTRUME: myCam}
# - {DETECTOR: 0}
# - {CALIBDATE: '2020-01-01T00:00:00'}
# schema: astropy-2.0
x0 y0 width height
"""
PATH = "myCam/defects/s00/20200101T000000.ecsv"
ROWS = "10 1 1 1\n20 1 1 1\n"
OURS, THEIRS = "30 1 1 1\n", "31 1 1 1\n"
BOTH = HEADER + ROWS + OURS + THEIRS


class Place:
    """A repository, and git in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.file = root / PATH
        self.path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    def git(self, *words: str, status: int | None = 0) -> str:
        """Return what git prints on both streams."""
        done = subprocess.run(
            ["git", *words],
            cwd=self.root,
            env={**os.environ, "PATH": self.path},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert status is None or done.returncode == status, done.stdout
        return done.stdout

    def write(self, rows: str, header: str = HEADER) -> None:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(header + rows)

    def commit(self, rows: str, header: str = HEADER) -> None:
        self.write(rows, header)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "edit")

    def branch(self, name: str, start: str, rows: str, header: str = HEADER) -> None:
        self.git("checkout", "-q", "-b", name, start)
        self.commit(rows, header)

    def forget_program(self) -> None:
        """Let the settings name a program that is gone: then the PATH counts."""
        for name, value in settings("/nowhere/curator").items():
            self.git("config", name, value)

    @property
    def text(self) -> str:
        return self.file.read_text()


@pytest.fixture
def bare_place(tmp_path: Path) -> Place:
    """A repository where git has not been set up."""
    place = Place(tmp_path / "repository")
    place.root.mkdir()
    place.git("init", "-q", "-b", "main")
    place.commit(ROWS)
    return place


@pytest.fixture
def place(bare_place: Place) -> Place:
    assert main(["-C", str(bare_place.root), "git", "setup"]) == 0
    return bare_place


@pytest.fixture
def parted(place: Place) -> Place:
    """Two branches that both add a row at the end, on ``main``."""
    place.branch("side", "main", ROWS + THEIRS)
    place.git("checkout", "-q", "main")
    place.commit(ROWS + OURS)
    return place


@pytest.mark.parametrize(
    "words",
    [
        ["merge", "-q", "side"],
        ["rebase", "-q", "side"],
        ["cherry-pick", "side"],
        ["merge", "-q", "-s", "recursive", "side"],
    ],
    ids=" ".join,
)
def test_two_rows_at_one_place_are_both_there(parted: Place, words: list[str]) -> None:
    parted.git(*words)
    assert parted.text == BOTH
    assert parted.git("status", "--porcelain") == ""


def test_a_stash_is_merged(place: Place) -> None:
    place.write(ROWS + THEIRS)
    place.git("stash", "-q")
    place.commit(ROWS + OURS)
    place.git("stash", "pop", "-q")
    assert place.text == BOTH


def test_a_renamed_file_is_merged_with_the_edit(place: Place) -> None:
    place.branch("side", "main", ROWS + THEIRS)
    place.git("checkout", "-q", "main")
    place.commit(ROWS + OURS)
    new = PATH.replace("2020", "2021")
    place.git("mv", PATH, new)
    place.git("commit", "-q", "-m", "rename")
    place.git("merge", "-q", "side")
    assert (place.root / new).read_text() == BOTH
    assert not place.file.exists()


def test_a_file_that_both_added_is_merged(place: Place) -> None:
    new = place.root / PATH.replace("2020", "2021")
    for name, rows in (("side", THEIRS), ("other", OURS)):
        place.git("checkout", "-q", "-b", name, "main")
        new.write_text(HEADER + ROWS + rows)
        place.git("add", "-A")
        place.git("commit", "-q", "-m", "add")
    place.git("merge", "-q", "side")
    assert new.read_text() == BOTH


def test_histories_that_cross_are_merged(parted: Place) -> None:
    parted.git("branch", "old", "main")
    parted.git("merge", "-q", "side", "-m", "first")
    parted.git("checkout", "-q", "side")
    parted.git("merge", "-q", "old", "-m", "second")
    parted.commit(ROWS + OURS + THEIRS + "40 1 1 1\n")
    parted.git("checkout", "-q", "main")
    parted.commit("5 1 1 1\n" + ROWS + OURS + THEIRS)
    assert len(parted.git("merge-base", "--all", "main", "side").split()) == 2
    parted.git("merge", "-q", "side")
    assert parted.text == HEADER + "5 1 1 1\n" + ROWS + OURS + THEIRS + "40 1 1 1\n"


def test_histories_that_cross_with_a_conflict_leave_a_conflict(place: Place) -> None:
    place.branch("side", "main", "10 1 1 7\n20 1 1 1\n")
    place.git("checkout", "-q", "main")
    place.commit("10 1 1 8\n20 1 1 1\n")
    place.git("branch", "old", "main")
    for branch, other, rows in (
        ("main", "side", "10 1 1 7\n20 1 1 1\n"),
        ("side", "old", "10 1 1 8\n20 1 1 1\n"),
    ):
        place.git("checkout", "-q", branch)
        place.git("merge", other, status=1)
        place.commit(rows)
    place.git("checkout", "-q", "main")
    place.git("merge", "side", status=1)
    assert "<<<<<<<" in place.text
    assert "10 1 1 7" in place.text
    assert "10 1 1 8" in place.text


def crossed(place: Place, on_main: str, on_side: str) -> None:
    """Let two branches set a box to two sizes, and each merge the other one and settle it in its own way."""
    place.branch("side", "main", "10 1 1 7\n20 1 1 1\n")
    place.git("checkout", "-q", "main")
    place.commit("10 1 1 8\n20 1 1 1\n")
    place.git("branch", "old", "main")
    for branch, other, rows in (("main", "side", on_main), ("side", "old", on_side)):
        place.git("checkout", "-q", branch)
        place.git("merge", other, status=1)
        place.commit(rows)
    place.git("checkout", "-q", "main")
    assert len(place.git("merge-base", "--all", "main", "side").split()) == 2


def test_where_histories_cross_only_what_was_settled_in_two_ways_is_a_conflict(place: Place) -> None:
    crossed(place, "10 1 1 7\n20 1 1 1\n" + OURS, "10 1 1 8\n20 1 1 1\n" + THEIRS)
    said = place.git("merge", "side", status=1)
    assert "by lines" not in said
    assert re.search(r"both changed x0=10 y0=1 .*: ours 10 1 1 7, theirs 10 1 1 8\n", said)
    marked = "<<<<<<< ours\n10 1 1 7\n=======\n10 1 1 8\n>>>>>>> theirs\n"
    assert place.text == HEADER + marked + "20 1 1 1\n" + OURS + THEIRS


def test_where_histories_cross_what_was_settled_alike_is_merged(place: Place) -> None:
    crossed(place, "10 1 1 9\n20 1 1 1\n" + OURS, "10 1 1 9\n20 1 1 1\n" + THEIRS)
    assert "by lines" not in place.git("merge", "side", "-m", "again")
    assert place.text == HEADER + "10 1 1 9\n20 1 1 1\n" + OURS + THEIRS


def test_where_histories_cross_a_box_that_one_settled_and_the_other_removed_is_a_conflict(
    place: Place,
) -> None:
    crossed(place, "10 1 1 7\n20 1 1 1\n" + OURS, "20 1 1 1\n" + THEIRS)
    said = place.git("merge", "side", status=1)
    assert re.search("theirs removed x0=10 .*, ours changed it to ", said)
    assert "<<<<<<< ours\n10 1 1 7\n=======\n>>>>>>> theirs\n" in place.text
    assert place.text.endswith("20 1 1 1\n" + OURS + THEIRS)


@pytest.mark.parametrize("style", ["merge", "diff3", "zdiff3"])
def test_the_style_of_conflicts_is_what_git_is_set_to(parted: Place, style: str) -> None:
    base = {"merge": "", "diff3": "||||||| base\n10 1 1 1\n", "zdiff3": "||||||| base\n10 1 1 1\n"}[style]
    parted.git("checkout", "-q", "side")
    parted.commit("10 1 1 7\n20 1 1 1\n" + THEIRS)
    parted.git("checkout", "-q", "main")
    parted.commit("10 1 1 8\n20 1 1 1\n" + OURS)
    marked = f"<<<<<<< ours\n10 1 1 8\n{base}=======\n10 1 1 7\n>>>>>>> theirs\n"
    parted.git("-c", f"merge.conflictStyle={style}", "merge", "side", status=1)
    assert parted.text == HEADER + marked + "20 1 1 1\n" + OURS + THEIRS
    parted.git("merge", "--abort")
    parted.git("config", "merge.conflictStyle", style)
    parted.git("merge", "side", status=1)
    assert parted.text == HEADER + marked + "20 1 1 1\n" + OURS + THEIRS
    assert "height=8" in parted.git("diff", "--no-ext-diff")


def test_a_base_with_a_conflict_is_shown_with_longer_markers(place: Place) -> None:
    crossed(place, "10 1 1 5\n20 1 1 1\n", "10 1 1 6\n20 1 1 1\n")
    place.git("config", "merge.conflictStyle", "diff3")
    place.git("merge", "side", status=1)
    _, _, base = place.text.partition("||||||| base\n")
    assert re.match(r"<{9}\n10 1 1 [78]\n={9}\n10 1 1 [78]\n>{9}\n=======\n10 1 1 6\n", base)
    # What git shows reads the sides of the outer conflict.
    shown = place.git("diff", "--no-ext-diff")
    assert "height=5" in shown
    assert "height=6" in shown


def expanded(line: str, values: dict[str, str]) -> str:
    """Return a driver as git 2.44 and later ones run it."""
    values = {**values, "%": "%"}
    return re.sub("%(.)", lambda found: values.get(found[1], found[0]), line)


@pytest.mark.parametrize("has_curator", [True, False])
def test_names_of_the_sides_stand_behind_the_markers(place: Place, tmp_path: Path, has_curator: bool) -> None:
    hostile = "$(touch ran) `touch ran` \\n'\" %X -q"
    for name, rows in (("o", "10 1 1 1\n"), ("a", "10 1 1 8\n"), ("b", "10 1 1 7\n")):
        (tmp_path / name).write_text(HEADER + rows)
    files = {one: shlex.quote(str(tmp_path / one.lower())) for one in "OAB"}
    for names in (("HEAD", "1234abc", hostile), ("", "", ""), ("%X", "%S", "%Y")):
        (tmp_path / "a").write_text(HEADER + "10 1 1 8\n")
        x, s, y = map(shlex.quote, names)
        driver = expanded(MERGE_DRIVER, {**files, "L": "7", "P": PATH, "X": x, "S": s, "Y": y})
        path = place.path if has_curator else "/usr/bin:/bin"
        done = subprocess.run(
            ["sh", "-c", driver],
            cwd=place.root,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 1, done.stderr
        assert ("by lines" in done.stderr) is not has_curator
        ours, _, theirs = names if names[0] == "HEAD" else ("ours", "base", "theirs")
        marked = f"<<<<<<< {ours}\n10 1 1 8\n=======\n10 1 1 7\n>>>>>>> {theirs}\n"
        assert (tmp_path / "a").read_text() == HEADER + marked
    assert not list(place.root.rglob("ran"))


def test_a_conflict_of_two_bases_is_not_told_where_git_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for names, count in (
        (("Temporary merge branch 1", "", "Temporary merge branch 2"), 0),
        (("a", "", "b"), 1),
    ):
        for name, rows in (("o", "10 1 1 1\n"), ("a", "10 1 1 8\n"), ("b", "10 1 1 7\n")):
            (tmp_path / name).write_text(HEADER + rows)
        files = [str(tmp_path / one) for one in "oab"]
        assert main(["git", "merge-driver", *files, "9", f"./{PATH}", *names]) == 1
        assert capsys.readouterr().err.count("both changed") == count


def test_a_conflict_is_marked_where_it_is_and_nowhere_else(parted: Place) -> None:
    parted.git("checkout", "-q", "side")
    parted.commit("10 1 1 7\n20 1 1 1\n" + THEIRS)
    parted.git("checkout", "-q", "main")
    parted.commit("10 1 1 8\n20 1 1 1\n" + OURS)
    said = parted.git("merge", "side", status=1)
    line = HEADER.count("\n") + 1
    assert (
        f"curator: {PATH}:{line}: both changed x0=10 y0=1 width=1 height=1: ours 10 1 1 8, theirs 10 1 1 7\n"
        in said
    )
    assert "by lines" not in said
    marked = "<<<<<<< ours\n10 1 1 8\n=======\n10 1 1 7\n>>>>>>> theirs\n"
    assert parted.text == HEADER + marked + "20 1 1 1\n" + OURS + THEIRS
    assert parted.git("status", "--porcelain") == f"UU {PATH}\n"
    # What is shown meanwhile is values too.
    assert "x0=10 y0=1 width=1 height=8" in parted.git("diff", "--no-ext-diff")


def test_the_size_of_markers_is_what_the_repository_says(parted: Place) -> None:
    attributes = parted.root / ".git/info/attributes"
    attributes.write_text(attributes.read_text() + "*.ecsv conflict-marker-size=12\n")
    parted.git("checkout", "-q", "side")
    parted.commit("10 1 1 7\n")
    parted.git("checkout", "-q", "main")
    parted.commit("10 1 1 8\n")
    parted.git("merge", "side", status=1)
    assert f"\n{'<' * 12} ours\n" in parted.text


def program(folder: Path, lines: str) -> Path:
    folder.mkdir()
    (folder / "curator").write_text(f"#!/bin/sh\n{lines}\n")
    (folder / "curator").chmod(0o755)
    return folder


@pytest.mark.parametrize("why", ["missing", "killed", "a bug", "broken", "unreadable"])
def test_without_curator_git_merges_by_lines(parted: Place, tmp_path: Path, why: str) -> None:
    parted.forget_program()
    if why == "missing":
        tools = tmp_path / "tools"
        tools.mkdir()
        for name in ("git", "sh", "cat"):
            (tools / name).symlink_to(Path("/usr/bin", name))
        parted.path = str(tools)
    elif why == "unreadable":
        text = "a\0b"
        for branch in ("side", "main"):
            parted.git("checkout", "-q", branch)
            parted.commit(f"{text}{branch}\n")
        parted.git("merge", "side", status=1)
        assert parted.git("status", "--porcelain") == f"UU {PATH}\n"
        assert parted.text == f"{HEADER}{text}main\n"
        return
    else:
        end = {"killed": "kill -9 $$", "a bug": "exit 3", "broken": "exit 1"}[why]
        parted.path = f"{program(tmp_path / 'bin', end)}{os.pathsep}{parted.path}"
    said = parted.git("merge", "side", status=1)
    assert f"merged by lines: {PATH}\n" in said
    assert "fatal" not in said
    assert parted.text == f"{HEADER}{ROWS}<<<<<<< ours\n{OURS}=======\n{THEIRS}>>>>>>> theirs\n"
    assert parted.git("status", "--porcelain") == f"UU {PATH}\n"
    # Nor does it stop git from showing a file.
    parted.git("merge", "--abort")
    for words in (["diff", "HEAD~1"], ["log", "-p", "-1"], ["show", "HEAD"], ["show", "--ext-diff", "HEAD"]):
        assert "30 1 1 1" in parted.git(*words), words


def test_a_driver_that_is_killed_in_the_middle_leaves_ours(parted: Place, tmp_path: Path) -> None:
    names = []
    for name, rows in (("base", ROWS), ("ours", ROWS + OURS), ("theirs", ROWS + THEIRS)):
        (tmp_path / name).write_text(HEADER + rows)
        names.append(str(tmp_path / name))
    code = (
        "import os, signal; from curator.formats.files import bounded_io; "
        "bounded_io.put_in_place = lambda *words, **more: os.kill(os.getpid(), signal.SIGKILL); "
        "from curator.review.git.merge_driver import merge_files; import sys; merge_files(*sys.argv[1:])"
    )
    done = subprocess.run([sys.executable, "-c", code, PATH, *names])
    assert done.returncode == -9
    assert (tmp_path / "ours").read_text() == HEADER + ROWS + OURS


def test_octopus_and_resolve_merge_by_lines(parted: Place) -> None:
    parted.git("merge", "-s", "resolve", "side", status=1)
    assert "<<<<<<<" in parted.text
    parted.git("reset", "-q", "--hard")
    parted.git("merge", "-s", "octopus", "side", status=2)


def test_diff_says_what_a_change_means_and_log_shows_values(parted: Place) -> None:
    parted.write(ROWS)
    said = parted.git("diff")
    assert f"{PATH}\n  1 pixel no longer masked" in said
    for words in (["log", "-p", "-1"], ["show", "HEAD"]):
        for _ in range(2):  # the second time from git's cache
            assert "\n+x0=30 y0=1 width=1 height=1\n" in parted.git(*words)
    assert "refs/notes/textconv/curator" in parted.git("show-ref")
    parted.file.unlink()
    assert "nothing applies instead" in parted.git("diff")
    new = parted.root / PATH.replace("2020", "2021")
    new.write_text(HEADER + ROWS)
    parted.git("add", "-A")
    assert "20210101T000000.ecsv" in parted.git("diff", "--cached", "-M")


def test_a_renamed_file_starts_at_another_time(parted: Place) -> None:
    later = PATH.replace("2020", "2021")
    parted.git("mv", PATH, later)
    said = parted.git("diff", "-M", "HEAD")
    assert "starts 2021-01-01T00:00:00 instead of 2020-01-01T00:00:00" in said
    assert f"renamed from {PATH}" in said


def test_what_git_calls_unchanged_stays_unchanged(place: Place) -> None:
    assert place.git("diff", "--exit-code") == ""
    place.file.touch()
    assert place.git("diff", "--exit-code") == ""
    place.write(ROWS.replace(" ", "  "))
    place.git("diff", "--quiet", status=1)
    assert "no change in content" in place.git("diff")


def test_patches_are_those_of_lines(parted: Place) -> None:
    assert "\n+30 1 1 1\n" in parted.git("format-patch", "--stdout", "-1")
    parted.write(ROWS)
    assert "\n-30 1 1 1\n" in parted.git("diff", "--no-ext-diff", "--no-textconv")


def test_parts_of_a_change_are_staged_as_lines(place: Place) -> None:
    place.write("5 1 1 1\n" + ROWS + "30 1 1 1\n")
    done = subprocess.run(
        ["git", "add", "-p"], cwd=place.root, input="s\ny\nn\n", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert place.git("show", "--no-textconv", f":{PATH}") == HEADER + "5 1 1 1\n" + ROWS
    assert "30 1 1 1" in place.git("diff", "--no-ext-diff", "--no-textconv")


def test_blame_tells_who_wrote_a_row(parted: Place) -> None:
    head = parted.git("rev-parse", "--short=7", "HEAD").strip()
    shown = parted.git("blame", "--abbrev=6", PATH).splitlines()
    assert [line for line in shown if line.startswith(head)][-1].endswith("x0=30 y0=1 width=1 height=1")
    assert parted.git("blame", "--no-textconv", PATH).splitlines()[-1].endswith("30 1 1 1")


def test_every_work_tree_of_a_repository_is_set_up(parted: Place, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    parted.git("worktree", "add", "-q", str(other.root), "side")
    other.git("merge", "-q", "--no-edit", "main")
    assert other.text == BOTH


def test_setup_changes_nothing_twice_and_remove_restores(
    bare_place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    root = bare_place.root
    info = root / ".git/info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_bytes(b"*.fits binary\r\n# no newline")
    before = {path: path.read_bytes() for path in (info / "attributes", root / ".git/config")}

    def run(*words: str) -> str:
        assert main(["-C", str(root), "git", "setup", *words]) == 0
        return capsys.readouterr().out

    assert all(line in run() for line in ATTRIBUTES)
    after = {path: path.read_bytes() for path in before}
    assert "already" in run()
    assert {path: path.read_bytes() for path in before} == after
    for name, value in settings(find_program()).items():
        assert bare_place.git("config", name) == f"{value}\n"
    assert "no longer" in run("--remove")
    assert {path: path.read_bytes() for path in before} == before
    assert "did not" in run("--remove")
    assert bare_place.git("status", "--porcelain") == ""


def test_setup_says_where_git_will_not_find_curator(
    bare_place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(sys, "executable", "/usr/bin/python3")
        assert main(["-C", str(bare_place.root), "git", "setup"]) == 0
    assert "git will not find curator: it merges and shows by lines" in capsys.readouterr().err
    assert main(["-C", str(bare_place.root), "git", "setup"]) == 0
    assert capsys.readouterr().err == ""


def test_git_finds_curator_outside_the_path(parted: Place) -> None:
    parted.path = "/usr/bin:/bin"
    assert "\n+x0=30 y0=1 width=1 height=1\n" in parted.git("log", "-p", "-1")
    assert "1 pixel newly masked" in parted.git("diff", "HEAD~")
    parted.git("merge", "-q", "side")
    assert parted.text == BOTH


def test_the_program_may_have_any_name(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "a b%O'$c"
    folder.mkdir()
    (folder / "curator").symlink_to(find_program())
    for name, value in settings(str(folder / "curator")).items():
        place.git("config", name, value)
    place.path = "/usr/bin:/bin"
    place.branch("side", "main", ROWS + THEIRS)
    place.git("checkout", "-q", "main")
    place.commit(ROWS + OURS)
    assert "\n+x0=30 y0=1 width=1 height=1\n" in place.git("log", "-p", "-1")
    assert "1 pixel newly masked" in place.git("diff", "HEAD~")
    place.git("merge", "-q", "side")
    assert place.text == BOTH


def test_setup_drops_the_lines_that_git_kept_without_curator(parted: Place) -> None:
    parted.forget_program()
    path, parted.path = parted.path, "/usr/bin:/bin"
    assert "\n+30 1 1 1\n" in parted.git("log", "-p", "-1")
    parted.path = path
    assert "\n+30 1 1 1\n" in parted.git("log", "-p", "-1")  # kept
    assert main(["-C", str(parted.root), "git", "setup"]) == 0
    assert "\n+x0=30 y0=1 width=1 height=1\n" in parted.git("log", "-p", "-1")
    parted.git("notes", "--ref=textconv/curator", "add", "-m", "of another time")
    assert main(["-C", str(parted.root), "git", "setup"]) == 0
    assert "textconv" not in parted.git("show-ref")


def test_setup_for_all_repositories(
    bare_place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "dotfiles"
    mine.write_text("*.png binary\n")
    settings = Path(os.environ["XDG_CONFIG_HOME"], "git")
    settings.mkdir()
    (settings / "attributes").symlink_to(mine)
    assert main(["git", "setup", "--global"]) == 0
    bare_place.branch("side", "main", ROWS + THEIRS)
    bare_place.git("checkout", "-q", "main")
    bare_place.commit(ROWS + OURS)
    bare_place.git("merge", "-q", "side")
    assert bare_place.text == BOTH
    assert main(["git", "setup", "--global", "--remove"]) == 0
    assert mine.read_text() == "*.png binary\n"
    assert bare_place.git("config", "merge.curator.driver", status=1) == ""


def test_names_from_a_repository_run_nothing(place: Place) -> None:
    name = "myCam/defects/$(touch ran);`touch ran`'\"/20200101T000000.ecsv"
    file = place.root / name
    file.parent.mkdir()
    for branch, rows in (("base", ""), ("side", THEIRS), ("other", OURS)):
        place.git("checkout", "-q", "-b", branch, "base" if rows else "main")
        file.parent.mkdir(exist_ok=True)
        file.write_text(HEADER + ROWS + rows)
        place.git("add", "-A")
        place.git("commit", "-q", "-m", "edit")
    place.git("merge", "-q", "side")
    assert file.read_text() == BOTH
    file.write_text(HEADER)
    place.git("diff")
    place.git("log", "-p")
    assert not list(place.root.rglob("ran"))


def test_the_driver_loads_no_package(tmp_path: Path) -> None:
    names = []
    for name, rows in (("base", ROWS), ("ours", ROWS + OURS), ("theirs", ROWS + THEIRS)):
        (tmp_path / name).write_text(HEADER + rows)
        names.append(str(tmp_path / name))
    code = "import sys; from curator.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    words = ["git", "merge-driver", *names, "7", f"./{PATH}"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert (tmp_path / "ours").read_text() == BOTH
    assert not loaded & {"numpy", "astropy", "git", "yaml", "ruamel", "jsonschema", "argparse", "dataclasses"}


CURVE = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: amp_name, datatype: string}
# - {name: wavelength, unit: nm, datatype: float32}
# - {name: efficiency, unit: '%', datatype: float64}
# meta: !!omap
# - {OBSTYPE: transmission_sensor}
amp_name wavelength efficiency
C00 300.1 1.5
C00 400.1 80.5
C00 500.1 90.25
"""
CROSSTALK = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: CT_COEFFS, datatype: string, subtype: 'float64[4]'}
# - {name: CT_VALID, datatype: string, subtype: 'bool[4]'}
# meta: !!omap
# - {OBSTYPE: crosstalk}
CT_COEFFS CT_VALID
[0.0,1e-05,2e-05,0.0] [false,true,true,false]
"""


@pytest.mark.parametrize(
    ("kind", "text", "old", "new", "said"),
    [
        ("defects", HEADER, "defects}", "defects}\n# - {ORIGIN: summit}", "ORIGIN added: summit"),
        ("defects", HEADER + ROWS, "20 1 1 1", "20 1 2 1", "boxes: 1 resized"),
        ("transmission_sensor", CURVE, "80.5", "80.6", "0.1 percentage points at most"),
        ("crosstalk", CROSSTALK, "2e-05", "3e-05", "+1 electron from a source of 100,000"),
    ],
)
def test_a_short_difference_loads_no_package_and_a_header_no_camera(
    bare_place: Place, kind: str, text: str, old: str, new: str, said: str
) -> None:
    (bare_place.root / "curator.yaml").write_text(
        "schema_version: 1\nrepository: obs_my_data\nprofile: obs_base\ncameras: [myCam]\n"
    )
    camera = bare_place.root / "myCam/camera/19700101T000000.yaml"
    camera.parent.mkdir(parents=True, exist_ok=True)
    camera.write_text("name: myCam\n")
    names = [bare_place.root / name for name in ("before", "after")]
    for name, content in zip(names, (text, text.replace(old, new)), strict=True):
        name.write_text(content)
    code = "import sys; from curator.cli.main import main; main(sys.argv[1:]); print(*sys.modules)"
    path = f"myCam/{kind}/s00/20200101T000000.ecsv"
    words = ["git", "diff-driver", path, str(names[0]), "0", "100644", str(names[1]), "1", "100644"]
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=bare_place.root,
        capture_output=True,
        text=True,
        check=True,
    )
    *lines, last = done.stdout.splitlines()
    loaded = {name.partition(".")[0] for name in last.split()}
    assert said in " ".join(" ".join(lines).split())
    assert not loaded & {"numpy", "astropy", "git", "yaml", "ruamel", "jsonschema", "argparse", "dataclasses"}
    assert not loaded & {"inspect", "subprocess", "textwrap", "typing"}
    is_of_pixels = kind == "crosstalk" or "20 1 2 1" in new
    assert ("curator.calibrations.cameras.camera" in last.split()) == is_of_pixels


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["merge-driver", "a"], "merge-driver takes 5 or 8 arguments, not 1"),
        (["merge-driver", "a", "b", "c", "x", "d"], "the length of conflict markers is 'x'"),
        (["textconv", "a", "--remove"], "textconv takes 1 arguments, not 2"),
        (["setup", "a"], "setup takes 0 arguments, not 1"),
    ],
)
def test_wrong_words_are_a_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["git", *words]) == 2
    assert said in capsys.readouterr().err
