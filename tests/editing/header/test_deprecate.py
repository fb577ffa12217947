from __future__ import annotations

import difflib
import json
import os
from datetime import datetime
from pathlib import Path

import pytest
from editing.texts import git

from curator.calibrations.header.deprecation import Deprecation, deprecations_of
from curator.calibrations.types.base import read_text
from curator.cli.main import main
from curator.editing.header.certify import certify
from curator.editing.header.deprecate import deprecate, undo
from curator.editing.new.new import new
from curator.errors import CuratorError
from curator.formats.read import read_document
from curator.repository.catalogue.catalogue import Catalogue, Entry
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

STARTS = [datetime(2020, 1, 1), datetime(2022, 1, 1), datetime(2024, 1, 1)]
FIRST, SECOND, THIRD = (f"myCam/defects/s00/{start:%Y%m%d}T000000.ecsv" for start in STARTS)
BAD = Deprecation(datetime(2022, 3, 1), datetime(2022, 4, 1), "a light leak")


@pytest.fixture(params=["dmtn148", "obs_base"])
def root(request, template, monkeypatch) -> Path:
    made = template(request.param)
    monkeypatch.chdir(made)
    repo = Repository.find(made)
    for start in STARTS[1:]:
        new(repo, "defects", detector="S00", start=start, now=datetime(2025, 1, 2))
    return made


def entries(root: Path) -> dict[str, Entry]:
    tree = Repository.find(root).worktree()
    return {str(one.path): one for one in Catalogue.of(tree, load_config(tree)).entries}


def days(entry: Entry) -> list[str]:
    return [
        f"{start:%Y-%m-%d}/{end:%Y-%m-%d}" if end else f"{start:%Y-%m-%d}/" for start, end in entry.ranges
    ]


@pytest.mark.parametrize(
    "path",
    [
        SECOND,
        "myCam/crosstalk/s00/20200101T000000.ecsv",
        "myCam/crosstalk/s01/20200101T000000.yaml",
        "myCam/linearizer/s00/20200101T000000.yaml",
    ],
)
def test_only_its_lines_are_added_and_the_content_is_the_same(root, path):
    before = (root / path).read_bytes()
    digest = read_text(path, before).content_digest()
    reasons = ['it\'s wrong: "very"', "another # 'reason' — ü"]
    intervals = [(datetime(2023, 1, 1, 0, 0, 0, 500), None), (None, datetime(2022, 6, 1))]
    for (start, end), reason in zip(intervals, reasons, strict=True):
        deprecate(Repository.find(root), [path], Deprecation(start, end, reason))
    after = (root / path).read_bytes()
    lines = [one.decode().splitlines() for one in (before, after)]
    changes = [line for line in difflib.ndiff(*lines) if line[0] != " "]
    assert len(changes) == 3
    assert all(line[0] == "+" for line in changes)
    said = deprecations_of(read_document(path, after).header)
    assert said == tuple(
        Deprecation(start, end, reason) for (start, end), reason in zip(intervals, reasons, strict=True)
    )
    assert read_text(path, after).content_digest() == digest
    assert read_text(path, after) == read_text(path, before)
    undo(Repository.find(root), [path], intervals[0])
    undo(Repository.find(root), [path])
    assert (root / path).read_bytes() == before


def test_the_interval_is_a_gap_and_the_rest_is_used_as_before(root):
    (made,) = deprecate(Repository.find(root), [SECOND], BAD)
    assert [(one.start, one.end) for one in made.gaps] == [(BAD.start, BAD.end)]
    found = entries(root)
    assert days(found[FIRST]) == ["2020-01-01/2022-01-01"]
    assert days(found[SECOND]) == ["2022-01-01/2022-03-01", "2022-04-01/2024-01-01"]
    assert (found[SECOND].status, found[SECOND].end) == ("certified", STARTS[2])


def test_with_a_fall_back_the_one_before_is_used(root):
    (made,) = deprecate(Repository.find(root), [SECOND], BAD._replace(fall_back=True))
    assert made.gaps == ()
    assert days(entries(root)[FIRST]) == ["2020-01-01/2022-01-01", "2022-03-01/2022-04-01"]
    deprecate(Repository.find(root), [SECOND, THIRD], Deprecation(None, None, "all bad", True))
    found = entries(root)
    assert days(found[FIRST]) == ["2020-01-01/"]
    assert [found[one].status for one in (SECOND, THIRD)] == ["deprecated", "deprecated"]


def test_a_second_one_for_the_same_time_takes_the_place_of_the_first(root):
    for reason in ("first", "second"):
        deprecate(Repository.find(root), [SECOND], BAD._replace(reason=reason))
    header = read_document(SECOND, (root / SECOND).read_bytes()).header
    assert header["DEPRECATED"] == ["2022-03-01T00:00:00/2022-04-01T00:00:00: second"]


def test_a_file_that_is_not_used_then_is_left_as_it_is(root):
    made = deprecate(Repository.find(root), [FIRST, SECOND, THIRD], BAD)
    assert [one.is_idle for one in made] == [True, False, True]
    assert b"DEPRECATED" not in (root / FIRST).read_bytes()
    with pytest.raises(CuratorError, match="is not used then"):
        deprecate(Repository.find(root), [FIRST, THIRD], BAD)


def test_what_cannot_be_done_leaves_every_file_as_it_was(root):
    repo = Repository.find(root)
    certify(repo, [FIRST], end=datetime(2021, 12, 1))
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    for paths, wanted, complaint in (
        ([SECOND], BAD._replace(fall_back=True), "ends 2021-12-01T00:00:00"),
        ([THIRD, FIRST], Deprecation(None, None, "bad", True), "no earlier calibration"),
        ([THIRD, "myCam/nothing.ecsv"], BAD, "no such file"),
        ([THIRD, "curator.yaml"], BAD, "is not at the path"),
        ([SECOND], BAD._replace(reason=" "), "no reason"),
        ([SECOND], BAD._replace(reason="two\nlines"), "in one line of"),
        ([SECOND], BAD._replace(reason="x" * 1001), "1000"),
        ([SECOND], BAD._replace(end=BAD.start), "is empty"),
        ([], BAD, "no files given"),
    ):
        with pytest.raises(CuratorError, match=complaint) as caught:
            deprecate(repo, paths, wanted)
        if wanted.fall_back:
            assert "--fall-back" in caught.value.hint
        assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before
    with pytest.raises(CuratorError, match="is not deprecated"):
        undo(repo, [SECOND, THIRD])


def test_what_a_killed_run_left_is_completed_by_the_next(root):
    """A kill leaves each file old or new: here one is done, and one is not."""
    repo = Repository.find(root)
    texts = {path: (root / path).read_bytes() for path in (SECOND, THIRD)}
    always = Deprecation(None, None, "bad")
    deprecate(repo, [SECOND], always)
    deprecate(repo, [SECOND, THIRD], always)
    assert [(root / path).read_text().count("bad") for path in (SECOND, THIRD)] == [1, 1]
    undo(repo, [THIRD])
    assert undo(repo, [SECOND, THIRD]) == (SECOND,)
    assert {path: (root / path).read_bytes() for path in (SECOND, THIRD)} == texts


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_an_error_or_an_interruption_takes_back_what_was_written(root, monkeypatch, failure):
    before = {path: path.read_bytes() for path in root.rglob("*.ecsv")}
    replace, calls = os.replace, []

    def failing(*args):
        calls.append(args)
        if len(calls) == 2:
            raise failure
        replace(*args)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises((CuratorError, KeyboardInterrupt)):
        deprecate(Repository.find(root), [SECOND, THIRD], Deprecation(None, None, "bad"))
    assert len(calls) > 2
    assert {path: path.read_bytes() for path in root.rglob("*.ecsv")} == before


def test_a_malformed_entry_is_named_with_its_line_and_nothing_is_added(root):
    deprecate(Repository.find(root), [SECOND], BAD)
    text = (root / SECOND).read_text().replace("2022-04-01T00:00:00: a light", "2022-04-01T00:00:00 a light")
    (root / SECOND).write_text(text)
    with pytest.raises(CuratorError, match="entry 1") as caught:
        deprecate(Repository.find(root), [SECOND], BAD)
    assert "DEPRECATED" in text.splitlines()[caught.value.line - 1]


def test_a_file_that_nobody_certified_can_be_deprecated(template, monkeypatch):
    root = template("dmtn148")
    monkeypatch.chdir(root)
    path = new(Repository.find(root), "defects", detector="S01", now=datetime(2025, 1, 2, 3, 4, 5)).path
    (made,) = deprecate(Repository.find(root), [path], Deprecation(None, None, "a test"))
    assert not made.gaps
    assert entries(root)[path].status == "uncertified"


def test_the_verb_says_what_it_does_and_every_question_knows_of_it(root, capsys):
    words = ["deprecate", SECOND, "--from", "2022-03-01T00:00:37", "--to", "2022-04-01T00:00:37"]
    assert main([*words, "--scale", "tai"]) == 2
    assert "no reason given" in capsys.readouterr().err
    assert main([*words, "--scale", "tai", "--reason", "a light leak"]) == 0
    said = capsys.readouterr()
    assert said.out == SECOND + "\n"
    assert "now nothing is valid from 2022-03-01 00:00:00 until 2022-04-01 00:00:00" in said.err
    ask = ["--type", "defects", "--detector", "S00", "--date", "2022-03-05"]
    assert main(["select", *ask]) == 1
    capsys.readouterr()
    assert main(["why", *ask]) == 1
    assert f"{SECOND}\n    is deprecated then: a light leak" in capsys.readouterr().out
    assert main(["coverage", "--type", "defects", "--detector", "S00", "--format", "json"]) == 1
    (covered,) = json.loads(capsys.readouterr().out)["coverage"]
    assert covered["gaps"] == [["2022-03-01T00:00:00", "2022-04-01T00:00:00"]]
    assert main(["show", SECOND]) == 0
    assert "2022-03-01T00:00:00/2022-04-01T00:00:00: a light leak" in capsys.readouterr().out
    assert main([*words, "--scale", "tai", "--reason", "a light leak", "--fall-back"]) == 0
    capsys.readouterr()
    assert main(["select", *ask]) == 0
    assert capsys.readouterr().out == FIRST + "\n"
    assert main(["deprecate", SECOND, "--undo", "--reason", "x"]) == 2
    assert main(["deprecate", SECOND, "--undo"]) == 0
    assert main(["select", *ask]) == 0
    assert capsys.readouterr().out.endswith(SECOND + "\n")


def test_an_export_carries_it_and_comes_back_to_its_text(root, capsys, tmp_path):
    from curator.export.manifest.manifest import read_manifest

    deprecate(Repository.find(root), [SECOND], BAD._replace(reason="a light leak " * 20))
    deprecate(Repository.find(root), [THIRD], Deprecation(None, None, "all wrong", True))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Deprecate")
    assert main(["export", str(tmp_path / "out")]) == 0
    rows = {row.gitpath: row for row in read_manifest(tmp_path / "out").rows}
    assert (rows[THIRD].status, rows[THIRD].ranges) == ("deprecated", "")
    assert rows[SECOND].ranges == ("2022-01-01T00:00:00/2022-03-01T00:00:00 2022-04-01T00:00:00/..")
    file = tmp_path / "out" / rows[SECOND].path
    assert main(["verify", str(file)]) == 0
    capsys.readouterr()
    assert main(["restore", str(file)]) == 0
    assert capsys.readouterr().out.encode() == (root / SECOND).read_bytes()
    assert main(["show", str(file)]) == 0
    assert "2022-03-01T00:00:00/2022-04-01T00:00:00: a light leak" in capsys.readouterr().out
    from astropy.io import fits

    with fits.open(file) as hdus:
        assert hdus[0].header["DEPRECATED"].startswith("2022-03-01T00:00:00/2022-04-01T00:00:00: a light")
        assert "DEPRECATED" not in hdus[1].header
        assert hdus[0].header["CONTENT"] == rows[SECOND].content
