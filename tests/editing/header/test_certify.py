from __future__ import annotations

import os
import signal
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
import warm

from curator.checks.run.engine import check
from curator.cli.main import main
from curator.editing.header.certify import certify
from curator.editing.new.new import new
from curator.errors import CuratorError
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

START = datetime(2025, 4, 30, 12)
END = datetime(2025, 6, 30, 12)


@pytest.fixture(params=["dmtn148", "obs_base"])
def root(request, template, monkeypatch) -> Path:
    made = template(request.param)
    monkeypatch.chdir(made)
    return made


def begin(root: Path, detector: str = "S01", kind: str = "defects") -> str:
    """Write a file that nobody certified, as far as the profile lets that be, and return its path."""
    start = datetime(2025, 1, 2, 3, 4, 5)
    return new(Repository.find(root), kind, detector=detector, start=start, certified=False, now=start).path


def codes(root: Path) -> list[str]:
    snapshot = Repository.find(root).worktree()
    return [one.code for one in check(snapshot, load_config(snapshot)).findings]


@pytest.mark.parametrize("kind", ["defects", "linearizer"])
def test_start_and_end_are_written_and_nothing_is_found_afterwards(root, kind):
    path = begin(root, kind=kind)
    before = (root / path).read_text()
    (made,) = certify(Repository.find(root), [path], start=START, end=END)
    assert made.path == path.replace("20250102T030405", "20250430T120000")
    assert (made.start, made.end) == (START, END)
    assert not (root / path).exists()
    after = (root / made.path).read_text()
    kept = [line for line in before.splitlines() if "CALIB" not in line]
    assert [line for line in after.splitlines() if "CALIB" not in line and "VALID" not in line] == kept
    assert sum("VALID" in line for line in after.splitlines()) == 2
    assert codes(root) == []


def test_without_a_start_the_name_says_it(root):
    path = begin(root)
    (made,) = certify(Repository.find(root), [path])
    assert (made.path, made.before, made.start) == (path, path, datetime(2025, 1, 2, 3, 4, 5))
    assert "VALIDSTART: '2025-01-02T03:04:05'" in (root / path).read_text().replace('"', "'")
    before = (root / path).read_bytes()
    certify(Repository.find(root), [path])
    assert (root / path).read_bytes() == before


def test_an_end_is_taken_out_again(root):
    path = begin(root)
    certify(Repository.find(root), [path])
    before = (root / path).read_bytes()
    certify(Repository.find(root), [path], end=END)
    assert b"VALIDEND" in (root / path).read_bytes()
    certify(Repository.find(root), [path], no_end=True)
    assert (root / path).read_bytes() == before


def test_a_file_that_cannot_be_certified_leaves_all_as_they_were(root):
    paths = [begin(root), begin(root, "S10")]
    taken = begin(root, "S11")
    (made,) = certify(Repository.find(root), [taken], start=START)
    with (root / made.path).open("a") as file:
        file.write("1 2 3 4\n")
    begin(root, "S11")
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    for bad, options in (
        ([*paths, taken.replace("defects", "nothing")], {}),
        ([*paths, begin_again(root)], {"start": START}),
        (paths, {"end": datetime(2025, 1, 1)}),
        (paths, {"end": END, "no_end": True}),
        ([], {}),
    ):
        with pytest.raises(CuratorError):
            certify(Repository.find(root), bad, **options)
        assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before


def begin_again(root: Path) -> str:
    """Return the file of S11 that would take the name of another one."""
    (found,) = root.rglob("defects/s11/20250102T030405.ecsv")
    return str(found.relative_to(root))


def test_the_verb_takes_dates_in_tai_and_says_what_it_renamed(root, capsys):
    path = begin(root)
    words = [
        "certify",
        path,
        "--start",
        "2025-04-30T12:00:37",
        "--end",
        "2025-06-30T12:00:37",
        "--scale",
        "tai",
    ]
    assert main(words) == 0
    said = capsys.readouterr()
    assert said.out == path.replace("20250102T030405", "20250430T120000") + "\n"
    # A file that git does not know is none for `git add` once it is gone.
    assert said.err == f"  was {path}\n"
    subprocess.run(["git", "add", "-A"], check=True)
    assert main(["certify", said.out.strip(), "--start", "2025-04-30T13:00:00"]) == 0
    assert capsys.readouterr().err == f"  was {said.out.strip()}; git add both\n"
    subprocess.run(["git", "add", said.out.strip()], check=True)
    assert main(["select", "--type", "defects", "--detector", "S01", "--date", "2025-05-01"]) == 0
    assert main(["certify", path]) == 2
    assert main(["certify", said.out.strip(), "--start", "2025-04-30T12:00:00.5"]) == 2


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
@pytest.mark.parametrize(("name", "count"), [("replace", 1), ("replace", 2), ("unlink", 2)])
def test_an_error_or_an_interruption_takes_back_what_was_done(root, monkeypatch, failure, name, count):
    paths = [begin(root), begin(root, "S10")]
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    real, calls = getattr(os, name), []

    def failing(*args, **options):
        calls.append(args)
        if name == "replace" and len(calls) == count:
            real(*args, **options)  # done, but nobody has heard of it
            raise failure
        if name == "unlink" and len(calls) == count:
            raise failure
        return real(*args, **options)

    monkeypatch.setattr(os, name, failing)
    with pytest.raises((CuratorError, OSError, KeyboardInterrupt)):
        certify(Repository.find(root), paths, start=START)
    assert len(calls) >= count
    assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before


def test_a_disk_that_is_full_changes_nothing_before_it_is_seen(root, monkeypatch):
    paths = [begin(root), begin(root, "S10")]
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    sync, calls = os.fsync, []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(os, "replace", lambda *_: pytest.fail("nothing may take its place yet"))
    with pytest.raises(CuratorError, match="No space left"):
        certify(Repository.find(root), paths, start=START)
    assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before
    assert not list(root.rglob("*.tmp"))


@pytest.mark.parametrize("name", ["replace", "unlink"])
@pytest.mark.parametrize("count", [1, 2])
def test_what_a_killed_run_left_is_completed_by_the_next(root, name, count):
    paths = [begin(root), begin(root, "S10")]
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    script = f"""
import os, signal
from datetime import datetime
from curator.editing.header.certify import certify
from curator.repository.repository import Repository

real, calls = os.{name}, []

def killed(*words):
    calls.append(words)
    if len(calls) == {count}:
        os.kill(os.getpid(), signal.SIGKILL)
    real(*words)

os.{name} = killed
certify(Repository.find(), {paths!r}, start={START!r})
""".replace("datetime.datetime(", "datetime(")
    done = subprocess.run([warm.python(), "-c", script], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    left = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    again = [path for path in paths if (root / path).exists()]
    made = certify(Repository.find(root), again, start=START)
    after = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    wanted = {root / path.replace("20250102T030405", "20250430T120000") for path in paths}
    assert wanted == after.keys() - before.keys()
    assert {one.path for one in made} <= {str(path.relative_to(root)) for path in wanted}
    assert not {root / path for path in paths} & after.keys()
    # Each was old or new, and whole.
    assert set(left.values()) <= {*before.values(), *after.values()}


@pytest.mark.parametrize(
    ("end", "scale", "stored"),
    [
        ("2025-06-30T12:00:00.25", "utc", "2025-06-30T12:00:00.250000"),
        ("2025-06-30T12:00:37.000001", "tai", "2025-06-30T12:00:00.000001"),
        ("2017-01-01T00:00:35.999999", "tai", "2016-12-31T23:59:59.999999"),
        ("1971-01-01T00:00:00", "tai", "1970-12-31T23:59:51.053838"),
        ("20250630T120000", "utc", "2025-06-30T12:00:00"),
    ],
)
def test_an_end_is_stored_in_utc_to_the_microsecond(root, end, scale, stored):
    from curator.repository.catalogue.catalogue import Catalogue

    path = begin(root)
    words = ["--start", "1970-01-01T00:00:08.000082", "--scale", "tai"]
    assert main(["certify", path, *words]) == 0
    path = path.replace("20250102T030405", "19700101T000000")
    assert main(["certify", path, "--end", end, "--scale", scale]) == 0
    assert stored in (root / path).read_text()
    tree = Repository.find(root).worktree()
    (entry,) = (one for one in Catalogue.of(tree, load_config(tree)).entries if str(one.path) == path)
    assert entry.ranges == ((datetime(1970, 1, 1), datetime.fromisoformat(stored)),)


@pytest.mark.parametrize(("date", "scale"), [("2016-12-31T23:59:60", "utc"), ("2017-01-01T00:00:36", "tai")])
def test_a_leap_second_is_refused_and_says_what_to_write(root, capsys, date, scale):
    path = begin(root)
    before = (root / path).read_bytes()
    for option in ("--start", "--end"):
        assert main(["certify", path, option, date, "--scale", scale]) == 2
        assert "2017-01-01T00:00:00" in capsys.readouterr().err
    assert (root / path).read_bytes() == before


def test_the_same_start_in_another_spelling_is_refused_with_both_names(root, capsys):
    first = begin(root)
    (made,) = certify(Repository.find(root), [first], start=START)
    other = made.path.replace("20250430T120000", "20250430t1200")
    (root / made.path).rename(root / other)
    second = begin(root)
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    assert main(["certify", second, "--start", "2025-04-30T12:00:00"]) == 2
    said = capsys.readouterr().err
    assert f"{second}: {other} starts at the same time" in said
    assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before


def test_an_end_behind_the_next_start_is_written_and_warned_of(root, capsys):
    first, second = begin(root), ""
    (made,) = certify(Repository.find(root), [first], start=START)
    second = begin(root)
    (later,) = certify(Repository.find(root), [second], start=END)
    assert main(["certify", made.path, "--end", "2025-06-30T12:00:00"]) == 0
    assert "two calibrations are valid" not in capsys.readouterr().err
    assert main(["certify", made.path, "--end", "2025-06-30T12:00:01"]) == 0
    said = capsys.readouterr().err
    assert f"{later.path} begins 2025-06-30 12:00:00 UTC, and {made.path} holds until" in said
    # The other way round: what is certified begins before the end of one that was there.
    assert main(["certify", later.path, "--start", "2025-06-30T11:00:00"]) == 0
    assert (
        said.count("two calibrations are valid at once")
        == capsys.readouterr().err.count("two calibrations are valid at once")
        == 1
    )


def test_a_file_that_is_not_there_is_named_and_nothing_is_written(root, capsys):
    there = begin(root)
    before = (root / there).read_bytes()
    gone = there.replace("20250102", "20250103")
    assert main(["certify", there, gone, "--start", "2025-04-30T12:00:00"]) == 2
    assert f"{gone}: there is no such file" in capsys.readouterr().err
    assert (root / there).read_bytes() == before
