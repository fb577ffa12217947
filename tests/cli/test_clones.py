"""Sparse checkouts, filters, partial clones: a verb answers as in a full clone, or says why not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from examples import EXAMPLE_FILES
from repository.made import Made, git

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
BFK = "ExampleCam/bfk/s00/20200101T000000.yaml"
ASKED = ["--type", "bfk", "--camera", "ExampleCam", "--detector", "S00", "--date", "2021-01-01"]
Capture = pytest.CaptureFixture[str]
Answer = tuple[int, str, str]


@pytest.fixture
def full(template: Path, tmp_path: Path) -> Made:
    """A repository with two commits, which says nothing to git of how its files end."""
    shutil.copytree(template, tmp_path / "full", ignore=shutil.ignore_patterns(".git"))
    made = Made.at(tmp_path / "full")
    (made.root / ".gitattributes").unlink()
    made.commit("Begin the repository with its template")
    text = (made.root / DEFECTS).read_text()
    (made.root / DEFECTS).write_text(text.replace("1517 3301 4 6", "1517 3301 4 7"))
    made.commit("Mask one row more of a hot column")
    made.git("config", "uploadpack.allowFilter", "true")
    return made


@pytest.fixture
def ask(capsys: Capture) -> Callable[..., Answer]:
    def run(made: Made, *words: str) -> Answer:
        capsys.readouterr()
        status = main(["-C", str(made.root), *words])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def clone(full: Made, *options: str) -> Made:
    target = full.root.parent / "clone"
    git(full.root.parent, "clone", "-q", *options, f"file://{full.root}", str(target))
    return Made(target)


def by_cone(made: Made) -> None:
    made.git("sparse-checkout", "set", "ExampleCam/camera", "ExampleCam/defects")


def by_sparse_index_4(made: Made) -> None:
    made.git("config", "index.version", "4")
    made.git("sparse-checkout", "set", "--sparse-index", "ExampleCam/camera", "ExampleCam/defects")


def without_camera(made: Made) -> None:
    made.git("sparse-checkout", "set", "--no-cone", "/curator.yaml", "/ExampleCam/defects/")


def by_hand_in_a_split_index(made: Made) -> None:
    made.git("update-index", "--split-index")
    made.git("update-index", "--skip-worktree", BFK, "ExampleCam/camera/20200101T000000.yaml")
    shutil.rmtree(made.root / "ExampleCam/bfk")
    shutil.rmtree(made.root / "ExampleCam/camera")


SPARSE = [by_cone, by_sparse_index_4, without_camera, by_hand_in_a_split_index]


@pytest.mark.parametrize("leave_out", SPARSE)
def test_what_a_sparse_checkout_leaves_out_is_as_the_index_has_it(
    leave_out: Callable[[Made], None], full: Made, ask: Callable[..., Answer]
) -> None:
    sparse = clone(full)
    leave_out(sparse)
    away = sum(one.startswith("S ExampleCam/") for one in sparse.git("ls-files", "-t").split("\n"))
    assert away
    assert sparse.git("status", "--short") == ""
    for words in (["check"], ["check", "--no-cache", "ExampleCam"], ["check", BFK]):
        status, out, _ = ask(sparse, *words, "--format", "json")
        expected = json.loads(ask(full, *words, "--format", "json")[1])
        count = away if BFK not in words else 1
        expected["asides"] = [f"{count} of them are not checked out, so their content comes from the index"]
        assert (status, json.loads(out)) == (0, expected)
    for words in (["select", *ASKED], ["why", *ASKED], ["coverage", "--format", "json"]):
        status, out, said = ask(sparse, *words)
        assert (status, out) == ask(full, *words)[:2]
        assert f"{away} calibration" in said
        assert "content comes from git's index" in said
    manifests = []
    for made in (full, sparse):
        out = made.root.parent / f"export of {made.root.name}"
        assert main(["-C", str(made.root), "export", str(out)]) == 0
        manifests.append(sorted(one.name for one in out.rglob("*.fits")))
    assert len(manifests[0]) == EXAMPLE_FILES
    assert manifests[0] == manifests[1]


def test_a_mistake_in_what_is_not_checked_out_is_found(full: Made, ask: Callable[..., Answer]) -> None:
    text = (full.root / BFK).read_text()
    full.write(BFK, text.replace("DETECTOR: 0", "DETECTOR: 1"))
    full.commit("Give the kernel to another detector by mistake")
    sparse = clone(full)
    by_cone(sparse)
    assert "CUR203" in ask(sparse, "check")[1]
    # Nothing is written where git would not look.
    before = sorted(sparse.root.glob("ExampleCam/**/*"))
    for words in (
        ["note", "-m", "A remark", str(sparse.root / BFK)],
        ["fix", "--migrate", "obs_base"],
        ["certify", "--start", "2020-02-01", str(sparse.root / BFK)],
    ):
        status, out, said = ask(sparse, *words)
        assert status, (out, said)
        assert "not checked out" in said, said
        assert "git sparse-checkout" in said, said
    assert sorted(sparse.root.glob("ExampleCam/**/*")) == before
    assert sparse.git("status", "--short") == ""


def crlf_by_setting(made: Made) -> None:
    made.git("config", "core.autocrlf", "true")


def crlf_by_attribute(made: Made) -> None:
    made.write(".git/info/attributes", "*.ecsv text eol=crlf\n*.yaml text eol=crlf\n")


def ident(made: Made) -> None:
    made.write(".git/info/attributes", "*.ecsv ident\n*.yaml ident\n")


def encoding(made: Made) -> None:
    made.write(".git/info/attributes", "*.ecsv text working-tree-encoding=UTF-16\n")


def program(made: Made) -> None:
    """A filter as Git LFS has it: a program that would leave a trace, and what it wrote is in the index."""
    made.write(".git/info/attributes", "*.ecsv filter=big\n")
    trace = made.root.parent / "trace"
    made.git("config", "filter.big.smudge", "sed s/^/@/")
    made.git("config", "filter.big.clean", f"touch '{trace}'; sed s/^@//")
    made.git("config", "filter.big.required", "true")


@pytest.mark.parametrize("convert", [crlf_by_setting, crlf_by_attribute, ident, encoding, program])
def test_modified_is_what_git_says(
    convert: Callable[[Made], None], full: Made, ask: Callable[..., Answer]
) -> None:
    full.write(DEFECTS, (full.root / DEFECTS).read_text().replace("# meta:", "# meta: # $Id$"))
    full.write("ExampleCam/notes.yaml", "# $Id$\nx: 1\n")
    full.commit("Write down who wrote it")
    made = clone(full)
    convert(made)
    shutil.rmtree(made.root / "ExampleCam")
    made.git("checkout", "-q", "HEAD", "--", "ExampleCam")
    differ = git(made.root, "hash-object", "--no-filters", DEFECTS).decode().strip()
    assert differ != made.git("rev-parse", f"HEAD:{DEFECTS}")
    assert made.git("status", "--short") == ""
    trace = made.root.parent / "trace"
    trace.unlink(missing_ok=True)
    assert made.repo.uncommitted() == []
    (made.root / DEFECTS).write_bytes((made.root / DEFECTS).read_bytes() + b"1 1 1 1\n")
    assert made.repo.uncommitted() == [DEFECTS]
    assert not trace.exists()
    assert made.git("status", "--short").split() == ["M", DEFECTS]


@pytest.mark.parametrize("convert", [crlf_by_setting, crlf_by_attribute])
def test_line_ends_that_git_writes_are_no_mistake_and_others_are(
    convert: Callable[[Made], None], full: Made, ask: Callable[..., Answer]
) -> None:
    made = clone(full)
    convert(made)
    shutil.rmtree(made.root / "ExampleCam")
    made.git("checkout", "-q", "HEAD", "--", "ExampleCam")
    assert b"\r\n" in (made.root / DEFECTS).read_bytes()
    for words in (["check"], ["check", "--no-cache"], ["check", DEFECTS]):
        assert ask(made, *words)[:2] == (0, ask(full, *words)[1])
    assert "Nothing to fix" in ask(made, "fix")[1]
    assert main(["-C", str(made.root), "export", str(made.root.parent / "out")]) == 0
    assert "converts it at checkout" in ask(made, "fix", "--migrate", "obs_base")[2]
    made.git("config", "core.autocrlf", "false")
    made.write(".git/info/attributes", "")
    for words in (["check"], ["check", DEFECTS]):
        assert "CUR005" in ask(made, *words)[1]


def test_a_filter_whose_name_reads_like_a_setting_runs_no_program(full: Made) -> None:
    made = clone(full)
    trace = made.root.parent / "trace"
    made.git("config", "filter.a=b.clean", f"touch '{trace}'; cat")
    made.write(".git/info/attributes", "*.ecsv filter=a=b\n")
    (made.root / DEFECTS).write_bytes((made.root / DEFECTS).read_bytes() + b"1 1 1 1\n")
    assert made.repo.uncommitted() == [DEFECTS]
    assert not trace.exists()


BEFORE = [
    ["check", "--rev", "HEAD~1"],
    ["check", "--from", "HEAD~1"],
    ["select", *ASKED, "--rev", "HEAD~1"],
    ["why", *ASKED, "--rev", "HEAD~1"],
    ["coverage", "--rev", "HEAD~1"],
    ["export", "../out", "--rev", "HEAD~1"],
    ["fingerprint", "HEAD~1"],
]


@pytest.mark.parametrize(
    ("what", "words"),
    [*(("blob:none", words) for words in BEFORE), *(("tree:0", words) for words in BEFORE[:3])],
)
def test_a_partial_clone_answers_or_names_the_command_that_brings_what_is_missing(
    words: list[str], what: str, full: Made, ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = clone(full, f"--filter={what}")
    monkeypatch.chdir(made.root)
    assert ask(made, "check")[0] == 0
    status, out, said = ask(made, *words)
    assert (status, out) == (2, ""), out
    message, hint = said.strip().split("\n")
    assert "missing from this partial clone" in message
    command = hint.strip().removeprefix("hint: ").partition(" brings")[0]
    made.git(*command.split()[1:])
    assert ask(made, *words)[0] == ask(full, *words)[0] == 0


def test_a_partial_sparse_clone_checks_what_is_checked_out(full: Made, ask: Callable[..., Answer]) -> None:
    made = clone(full, "--filter=blob:none", "--no-checkout")
    by_cone(made)
    made.git("checkout", "-q", "main")
    assert ask(made, "check", DEFECTS)[0] == 0
    status, _, said = ask(made, "check")
    assert status == 2
    assert "missing from this partial clone" in said
