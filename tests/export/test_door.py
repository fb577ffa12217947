"""``curator export`` as it is typed: what it says, where, and how it ends."""

from __future__ import annotations

import os
import pty
import subprocess

import warm
from export.made import FIRST, SECOND, defects

from curator.cli.main import main
from curator.cli.terminal.unpushed import remark_unpushed


def _export(made, out, *options):
    return main(["-C", str(made.root), "export", str(out), *options])


def test_it_says_what_it_did_in_one_line(made, tmp_path, capsys):
    assert _export(made, tmp_path / "out") == 0
    said = capsys.readouterr()
    assert said.err == ""
    assert len(said.out.splitlines()) == 1
    assert "4 calibrations of obs_test_data" in said.out
    assert "(4 written, 0 kept)" in said.out
    assert _export(made, tmp_path / "out", "--prune") == 0
    assert "(0 written, 4 kept, 0 pruned)" in capsys.readouterr().out


def test_every_text_that_stops_it_has_a_line_with_file_line_and_keyword(made, tmp_path, capsys):
    made.write(FIRST, "rubbish\n")
    made.write(SECOND, defects("1 2 3 4", more="# - {SCALE: .nan}\n"))
    made.commit("Break two")
    assert _export(made, tmp_path / "out") == 1
    lines = [line for line in capsys.readouterr().err.splitlines() if "hint:" not in line]
    assert len(lines) == 3
    assert f"{FIRST}:1" in lines[0]
    assert f"{SECOND}:" in lines[1]
    assert "SCALE" in lines[1]
    assert "2 calibrations cannot be exported" in lines[2]


def test_what_is_not_committed_is_an_error_with_a_way_out(made, tmp_path, capsys):
    made.write(FIRST, defects())
    assert _export(made, tmp_path / "out") == 1
    said = capsys.readouterr().err
    assert FIRST in said
    assert "--rev" in said
    assert _export(made, tmp_path / "out", "--rev", "HEAD~1") == 0


def test_no_processes_at_all_is_wrong_usage(made, tmp_path, capsys):
    assert _export(made, tmp_path / "out", "--jobs", "0") == 2
    assert "0 jobs" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_bar_is_drawn_for_who_looks_and_wiped_at_the_end(made, tmp_path):
    ours, theirs = pty.openpty()
    # A bar appears after some time, which this export does not take.
    program = (
        "import sys; from curator.cli.terminal import progress; progress.DELAY = progress.INTERVAL = 0; "
    )
    program += "from curator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    command = [warm.python(), "-c", program, "-C", str(made.root), "export"]
    done = subprocess.run(
        [*command, str(tmp_path / "out")], stderr=theirs, stdout=subprocess.PIPE, check=True
    )
    os.close(theirs)
    drawn = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "4/4" in drawn
    assert drawn.endswith(" \r")
    assert b"4 written" in done.stdout
    quiet = subprocess.run([*command, str(tmp_path / "two")], capture_output=True, check=True)
    assert quiet.stderr == b""


def test_a_commit_that_no_remote_branch_has_is_to_be_pushed(made, tmp_path, capsys):
    def run(*words, verb="publish"):
        target = f"gen2:{tmp_path / 'CALIB'}"
        command = ["-C", str(made.root), verb, *(target if one == "TO" else one for one in words)]
        assert main(command) == 0, capsys.readouterr().err
        return capsys.readouterr().err

    subprocess.run(["git", "init", "-q", "--bare", tmp_path / "origin.git"], check=True)
    made.git("remote", "add", "origin", str(tmp_path / "origin.git"))
    # Nobody knows what a remote has that was never asked.
    assert run("HEAD", "TO", "--label", "a", "--create") == ""
    made.git("push", "-q", "origin", "HEAD:refs/heads/main")
    made.git("tag", "t0")
    assert run("HEAD", "TO", "--label", "b") == ""
    made.write(FIRST, defects("1 2 3 4"))
    sha = made.commit("Mask a box")
    made.git("tag", "t1")
    said = f"curator: commit {sha[:12]} is on no remote branch: push it so that others find it\n"
    assert run("HEAD", "TO", "--label", "u/ada/c") == ""
    assert run("HEAD", "TO", "--label", "c", "--dry-run") == ""
    assert run("HEAD", "TO", "--label", "c") == said
    out, plan = str(tmp_path / "out"), str(tmp_path / "plan.json")
    assert run(out, verb="export") == ""
    assert run(out, "TO", "--label", "d", "--dry-run", verb="ingest") == ""
    assert run(out, "TO", "--label", "d", verb="ingest") == said
    assert run(out, "TO", "--label", "e", "-o", plan, verb="plan") == ""
    assert run(plan, verb="apply") == said
    assert run(plan, verb="apply") == ""
    remark_unpushed(str(tmp_path), sha, "a")
    remark_unpushed(str(made.root), "0" * 40, "a")
    assert capsys.readouterr().err == ""
