"""A bug in curator that one file shows is a finding on that file, and hides nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import warm
from checks.failing import CODE, TARGET, badly_fixed, environment, forget, register, rule_of

from curator.calibrations.types.defects import Defects
from curator.checks.model.rule import RULES, Rule
from curator.checks.renderers import FORMATS
from curator.cli.main import main
from curator.errors import FormatError

pytestmark = pytest.mark.bugs

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SENSOR = "ExampleCam/transmission_sensor/s00/20200101T000000.ecsv"
MISNAMED = "ExampleCam/defects/s00/later.ecsv"
FILE_VERBS = {
    "check": ["check"],
    "files": ["check", TARGET, DEFECTS, MISNAMED],
    "staged": ["check", "--staged"],
    "change": ["check", "--from", "main"],
}
MATRIX = [
    (scope, verb)
    for scope in ("file", "path", "tree", "set")
    for verb in FILE_VERBS
    # Of files that are named, rules about sets see what stands beside them.
    if (scope, verb) not in (("set", "files"), ("set", "change"))
] + [("change", "change")]


@pytest.fixture
def failing() -> Iterator[Callable[[Rule], None]]:
    yield register
    RULES.pop(CODE, None)
    forget()


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def start(templates: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository on a branch with a mistake in one file, a fixable one in another, and a misnamed one."""
    root = Path(shutil.copytree(templates["dmtn148"], tmp_path_factory.mktemp("unjudged") / "r"))
    for words in (["add", "-A"], ["commit", "-qm", "Begin"], ["branch", "-M", "main"]):
        git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    git(root, "checkout", "-qb", "work")
    defects = root / DEFECTS
    defects.write_text(defects.read_text().replace("310 1200", "3100 1200"))
    sensor = root / SENSOR
    sensor.write_bytes(sensor.read_bytes().replace(b"\n", b"\r\n"))
    shutil.copy(root / DEFECTS, root / MISNAMED)
    (root / TARGET).write_text((root / TARGET).read_text() + "# a change\n")
    for words in (["add", "-A"], ["commit", "-qm", "Change"]):
        git(root, "-c", "user.name=A", "-c", "user.email=a@example.org", *words)
    return root


@pytest.fixture
def root(start: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(start, tmp_path / "r"))


@pytest.fixture(scope="module")
def known() -> dict[str, dict[str, set[str]]]:
    """What each verb finds where no rule fails."""
    return {}


def said(root: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, set[str]]]:
    """Return the exit status of a check, and the paths of the findings of each rule."""
    status = main(["-C", str(root), *words, "--format", "json"])
    found: dict[str, set[str]] = {}
    for one in json.loads(capsys.readouterr().out)["findings"]:
        found.setdefault(one["code"], set()).add(one["path"])
    return status, found


@pytest.mark.parametrize(("scope", "verb"), MATRIX, ids=["-".join(one) for one in MATRIX])
def test_a_rule_that_raises_is_a_finding_beside_all_others(
    scope: str,
    verb: str,
    known: dict[str, dict[str, set[str]]],
    root: Path,
    failing: Callable[[Rule], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    if verb not in known:
        known[verb] = said(root, capsys, *FILE_VERBS[verb], "--no-cache")[1]
    before = known[verb]
    failing(rule_of(scope))
    status, found = said(root, capsys, *FILE_VERBS[verb], "--no-cache")
    unjudged = found.pop("CUR021")
    own = found.pop(CODE)
    assert status == 3
    assert found == before
    assert DEFECTS in before["CUR301"]
    assert unjudged == {{"path": MISNAMED, "tree": "curator.yaml"}.get(scope, TARGET)}
    # A rule about changes is asked about the files behind the one that it failed at.
    assert own == (
        {DEFECTS, MISNAMED, SENSOR, TARGET} if scope == "change" else unjudged - {"curator.yaml"} or {TARGET}
    )


@pytest.mark.parametrize("error", [MemoryError, RecursionError, FormatError, OSError, AssertionError])
def test_whatever_is_raised_names_the_rule_and_the_log(
    error: type[Exception],
    root: Path,
    failing: Callable[[Rule], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    failing(rule_of("file", error))
    assert main(["-C", str(root), "check", "--format", "json"]) == 3
    [finding] = [one for one in json.loads(capsys.readouterr().out)["findings"] if one["code"] == "CUR021"]
    assert f"rule {CODE} (said of the target) raised {error.__name__}" in finding["message"]
    log = Path(finding["message"].rpartition(" ")[2])
    assert "no good" in log.read_text()


def test_an_interruption_ends_the_check(root: Path, failing: Callable[[Rule], None]) -> None:
    failing(rule_of("file", KeyboardInterrupt))
    assert main(["-C", str(root), "check"]) == 130


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_shows_it_beside_the_others(
    form: str, root: Path, failing: Callable[[Rule], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(rule_of("file"))
    assert main(["-C", str(root), "check", "--format", form]) == 3
    shown = capsys.readouterr().out
    assert all(code in shown for code in ("CUR021", "CUR301", CODE))
    if form == "sarif":
        assert json.loads(shown)["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_nothing_silences_it(
    root: Path, failing: Callable[[Rule], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(rule_of("file"))
    with (root / "curator.yaml").open("a") as config:
        config.write("severities: {CUR021: 'off'}\nsuppressions: [{rule: CUR021, path: '**', reason: x}]\n")
    assert main(["-C", str(root), "baseline", "write"]) == 0
    capsys.readouterr()
    for words in ([], ["--select", "CUR301"], ["--ignore", "CUR021"], ["--ignore", "CUR"]):
        status, found = said(root, capsys, "check", *words)
        assert (status, found["CUR021"]) == (3, {TARGET})
    assert not any("CUR021" in file.read_text() for file in root.glob("*baseline*"))


def test_no_kept_result_holds_it(
    root: Path, failing: Callable[[Rule], None], capsys: pytest.CaptureFixture[str]
) -> None:
    for scope in ("file", "set"):
        failing(rule_of(scope))
        assert said(root, capsys, "check")[1]["CUR021"] == {TARGET}
        RULES.pop(CODE)
        forget()
        status, found = said(root, capsys, "check")
        assert (status, "CUR021" in found) == (1, False)


def test_a_bug_that_many_files_show_has_one_log(root: Path, failing: Callable[[Rule], None]) -> None:
    def everywhere(doc: Any, ctx: Any) -> Iterator[Any]:
        raise ZeroDivisionError
        yield

    failing(Rule(CODE, "fails everywhere", "error", "file", everywhere))
    assert main(["-C", str(root), "check"]) == 3
    assert len(list(Path(os.environ["XDG_STATE_HOME"], "curator").iterdir())) == 1


def test_a_camera_whose_reader_fails_is_one_finding_for_all_its_files(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(doc: object) -> None:
        raise KeyError("id")

    monkeypatch.setattr("curator.calibrations.cameras.camera.camera_from_document", fails)
    status, found = said(root, capsys, "check", "--no-cache")
    assert status == 3
    assert {path for path in found["CUR021"] if "/camera/" not in path} == set()
    assert found["CUR005"] == {SENSOR}


def test_worker_processes_say_it_too(root: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [warm.python(), "-m", "curator", "check", "--jobs", "2", "--format", "json", "--no-cache"],
        cwd=root,
        env={**os.environ, **environment(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    found = {(one["code"], one["path"]) for one in json.loads(run.stdout)["findings"]}
    assert run.returncode == 3
    assert found >= {("CUR021", TARGET), (CODE, TARGET), ("CUR301", DEFECTS), ("CUR005", SENSOR)}


@pytest.mark.parametrize("rule", [rule_of("file"), badly_fixed()], ids=["rule", "fix"])
def test_fix_mends_the_other_files_and_says_it(
    rule: Rule, root: Path, failing: Callable[[Rule], None], capsys: pytest.CaptureFixture[str]
) -> None:
    failing(rule)
    before = (root / TARGET).read_bytes()
    assert main(["-C", str(root), "fix", "--diff"]) == 3
    assert main(["-C", str(root), "fix"]) == 3
    assert b"\r" not in (root / SENSOR).read_bytes()
    assert (root / TARGET).read_bytes() == before
    shown = capsys.readouterr().out
    assert TARGET in shown
    assert "please report it" in shown


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_writer_that_raises_is_an_error_of_its_file_among_the_others(
    jobs: str, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(self: object) -> bytes:
        raise LookupError("no such column")

    (root / MISNAMED).unlink()
    git(root, "checkout", "-q", "main", "--", DEFECTS)
    git(root, "commit", "-qam", "Mend")
    out = tmp_path / "out"
    assert main(["-C", str(root), "export", str(out)]) == 0
    published = {one: one.read_bytes() for one in out.iterdir() if one.is_file()}
    for path, old, new in ((DEFECTS, "310 1200", "311 1200"), (SENSOR, "# datatype:", "# datatypes:")):
        file = root / path
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))
    git(root, "commit", "-qam", "Break")
    if jobs == "1":
        monkeypatch.setattr(Defects, "fits_parts", fails)
    else:
        site = tmp_path / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(
            "from curator.calibrations.types.defects import Defects\n"
            "def fails(self): raise LookupError('no such column')\n"
            "Defects.fits_parts = fails\n"
        )
        monkeypatch.setenv("PYTHONPATH", str(site))
    capsys.readouterr()
    assert main(["-C", str(root), "export", str(out), "--jobs", jobs]) == 3
    shown = capsys.readouterr().err
    assert f"{DEFECTS}: the writer raised LookupError; please report it" in shown
    assert f"curator: {SENSOR}" in shown
    assert {one: one.read_bytes() for one in out.iterdir() if one.is_file()} == published
