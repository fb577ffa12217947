"""`curator check`, as a user runs it."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import warm
from examples import EXAMPLE_FILES

from curator.cli.main import main

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SENSOR = "ExampleCam/transmission_sensor/s00/20200101T000000.ecsv"


def spoil(root: Path, path: str = DEFECTS, old: str = "310 1200", new: str = "3100 1200") -> None:
    file = root / path
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def findings(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    main([*words, "--format", "json"])
    return [one["code"] for one in json.loads(capsys.readouterr().out)["findings"]]


def test_nothing_wrong_is_status_0_and_one_line(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(repository), "check"]) == 0
    assert capsys.readouterr().out == f"{EXAMPLE_FILES} files checked: nothing found\n"


def test_named_files_with_nothing_wrong_say_so_in_one_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(repository), "check", DEFECTS, "README.md", "curator.yaml"]) == 0
    assert capsys.readouterr().out == "1 file checked: nothing found\n"


@pytest.mark.parametrize("words", [["--quiet", DEFECTS], [DEFECTS, "-q"], ["--quiet", "--strict"]])
def test_quiet_prints_nothing_unless_there_is_an_error_or_a_warning(
    repository: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["-C", str(repository), "check", *words]) == 0
    assert capsys.readouterr().out == ""
    with (repository / "curator.yaml").open("a") as config:
        config.write("severities: {CUR301: warning}\n")
    spoil(repository)
    assert main(["-C", str(repository), "check", *words]) == int("--strict" in words)
    assert "CUR301 (warning)" in capsys.readouterr().out
    assert main(["-C", str(repository), "check", "--quiet", "--format", "json"]) == 2
    assert "--quiet: the format is json" in capsys.readouterr().err


def test_an_error_is_status_1(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(repository)
    assert main(["-C", str(repository), "check", DEFECTS]) == 1
    assert f"{DEFECTS}:" in capsys.readouterr().out


def test_a_warning_counts_only_when_strict(repository: Path) -> None:
    spoil(repository, SENSOR, "A 600.0 91.991", "A 600.0 100.5")
    assert main(["-C", str(repository), "check"]) == 0
    assert main(["-C", str(repository), "check", "--strict"]) == 1


def test_json_paths_are_relative_to_the_repository_from_anywhere(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(repository)
    ways = [
        (repository, ["check", DEFECTS]),
        (repository / "ExampleCam", ["check", "defects/s00/20200101T000000.ecsv"]),
        (repository / "ExampleCam", ["check", "../ExampleCam/defects"]),
        (repository / "ExampleCam" / "defects", ["check", "."]),
        (repository / "ExampleCam", ["check"]),
        (repository.parent, ["check", str(repository / DEFECTS), "-C", str(repository)]),
        (repository.parent, ["-C", "repository", "check", DEFECTS]),
        (repository.parent, ["-C", "repository", "check", f"repository/{DEFECTS}"]),
        (repository.parent, ["-C", "repository", "check"]),
    ]
    for folder, words in ways:
        monkeypatch.chdir(folder)
        assert main([*words, "--format", "json"]) == 1, words
        [found] = json.loads(capsys.readouterr().out)["findings"]
        assert found["path"] == DEFECTS, words


def test_a_path_behind_a_link_to_the_repository_is_found(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository)
    link = repository.parent / "link"
    link.symlink_to(repository)
    assert findings(capsys, "-C", str(link), "check", str(link / DEFECTS)) == ["CUR301"]


@pytest.mark.parametrize("path", ["gone.ecsv", "ExampleCam/gone", "../elsewhere", "/etc/hostname"])
def test_a_path_that_is_not_there_or_elsewhere_is_wrong_usage(
    path: str, repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["-C", str(repository), "check", path]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_commit_and_the_index_are_read_as_they_were(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-C", str(repository), "check"]
    spoil(repository)
    assert findings(capsys, *where) == ["CUR301"]
    assert findings(capsys, *where, "--staged") == findings(capsys, *where, "--rev", "HEAD") == []
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    assert findings(capsys, *where, "--staged") == ["CUR301"]
    assert findings(capsys, *where, "--rev", "HEAD", DEFECTS) == []
    subprocess.run(["git", "commit", "-qm", "Mask a column"], cwd=repository, check=True)
    assert findings(capsys, *where, "--rev", "HEAD") == ["CUR301"]
    assert main([*where, "--rev", "HEAD", "--staged"]) == 2
    assert main([*where, "--rev", "nowhere"]) == 2


def test_a_configuration_elsewhere_stands_in_for_that_of_an_old_commit(
    repository: Path, template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "rm", "-q", "-r", "curator.yaml", "ExampleCam/camera"], cwd=repository, check=True)
    subprocess.run(["git", "commit", "-qm", "As it was before"], cwd=repository, check=True)
    where = ["-C", str(repository), "check", "--rev", "HEAD"]
    assert main(where) == 0
    assert "curator.yaml: assumed profile" in (said := capsys.readouterr().err)
    assert "curator adopt" in said
    assert main([*where, "--config", str(template / "curator.yaml")]) == 0
    assert capsys.readouterr().out == f"{EXAMPLE_FILES - 1} files checked: nothing found\n"


def test_codes_are_lists_or_repeated_and_unknown_ones_are_wrong_usage(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["-C", str(repository), "check"]
    spoil(repository)
    spoil(repository, DEFECTS, "DETECTOR: 0", "DETECTOR: 1")
    assert findings(capsys, *where, "--select", "cur2,CUR301") == ["CUR203", "CUR301"]
    assert findings(capsys, *where, "--select", "CUR2", "--select", "CUR0") == ["CUR203"]
    assert findings(capsys, *where, "--ignore", "CUR203") == ["CUR301"]
    assert main([*where, "--select", "CUR9"]) == 2
    assert main([*where, "--jobs", "0"]) == 2


def test_several_processes_say_the_same(repository: Path) -> None:
    source = repository / DEFECTS
    spoil(repository)
    for day in range(1, 29):
        for month in range(1, 4):
            text = source.read_text().replace(
                "VALIDSTART: '2020-01-01T", f"VALIDSTART: '2021-{month:02}-{day:02}T"
            )
            source.with_name(f"2021{month:02}{day:02}T000000.ecsv").write_text(text)
    command = [warm.python(), "-m", "curator", "-C", str(repository), "check"]
    alone, shared = (
        subprocess.run([*command, *more], capture_output=True, text=True, check=False)
        for more in ([], ["--jobs", "2"])
    )
    assert alone.stdout == shared.stdout
    assert "in 85 files: CUR301" in shared.stdout
    assert (shared.returncode, shared.stderr) == (1, "")


def test_annotations_for_github(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(repository)
    assert main(["-C", str(repository), "check", "--format", "github"]) == 1
    assert capsys.readouterr().out.startswith(f"::error file={DEFECTS},line=")


def test_outside_a_repository_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(tmp_path), "check"]) == 2
    assert "not in a git repository" in capsys.readouterr().err


def test_a_wrong_configuration_is_named_with_its_line(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(repository, "curator.yaml", "profile: dmtn148", "profile: dmtn184")
    assert main(["-C", str(repository), "check"]) == 2
    assert "curator.yaml:4:" in capsys.readouterr().err


def test_checking_one_file_imports_nothing_heavy_and_runs_no_git(repository: Path) -> None:
    code = (
        "import sys\n"
        "processes = ('subprocess.Popen', 'os.posix_spawn')\n"
        "sys.addaudithook(lambda event, args: sys.exit(9) if event in processes else None)\n"
        "from curator.cli.main import main\n"
        f"status = main(['check', {DEFECTS!r}, {SENSOR!r}])\n"
        "print(*sorted(sys.modules))\n"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert (done.returncode, done.stderr) == (0, "")
    loaded = set(done.stdout.split())
    heavy = {
        "typing",
        "numpy",
        "astropy",
        "git",
        "yaml",
        "ruamel",
        "jsonschema",
        "fastjsonschema",
        "logging",
        "subprocess",
    }
    heavy |= {
        "dataclasses",
        "inspect",
        "argparse",
        "json",
        "tempfile",
        "concurrent",
        "multiprocessing",
        "pathlib",
    }
    assert not heavy & loaded
    rules = {name.removeprefix("curator.checks.rules.") for name in loaded}
    content = {"content.boxes.table", "content.curves.table"}
    others = ("content.crosstalk", "content.linearizer", "content.bfk", "content.camera", "change")
    assert not any(name.startswith(others) for name in rules)
    assert rules >= {"file.unreadable", "header.keywords", *content}


def test_paths_alone_mean_what_they_mean_to_the_parser() -> None:
    from curator.cli.check.check import plain
    from curator.cli.terminal.helps import build_parser

    assert vars(plain(["a", "b"])) == vars(build_parser("check").parse_args(["a", "b"]))


def test_the_command_ends_with_the_status_of_its_verb(repository: Path) -> None:
    spoil(repository)
    command = [warm.python(), "-m", "curator", "-C", str(repository), "check", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert json.loads(done.stdout)["checked"] == EXAMPLE_FILES


def test_every_mistake_of_a_configuration_is_said(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = repository / "curator.yaml"
    config.write_text(config.read_text().replace("profile: dmtn148", "profile: dmtn") + "suppresions: []\n")
    assert main(["-C", str(repository), "check"]) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith("curator: ")]
    assert len(said) == 2
    assert "dmtn148 or obs_base" in " ".join(said)
    assert "did you mean suppressions?" in " ".join(said)


def test_the_command_that_fixes_is_named_as_it_is_typed(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(repository, DEFECTS, "INSTRUME", "instrume")
    main(["-C", str(repository), "check", DEFECTS, "--select", "CUR1"])
    last = capsys.readouterr().out.splitlines()[-1]
    command = f"curator -C {repository} fix {DEFECTS} --select CUR1"
    assert last == f"[*] 1 finding is fixable with `{command}`"
    assert main(shlex.split(command)[1:]) == 0
    capsys.readouterr()
    assert main(["-C", str(repository), "check", "--select", "CUR1"]) == 0
    assert "fixable" not in capsys.readouterr().out
    spoil(repository, DEFECTS, "INSTRUME", "instrume")
    monkeypatch.chdir(repository / "ExampleCam")
    main(["check"])
    assert capsys.readouterr().out.endswith("fixable with `curator fix`\n")
    main(["check", "--from", "HEAD", "--staged"])
    assert "fixable" not in capsys.readouterr().out
    subprocess.run(["git", "commit", "-qam", "Rename a keyword"], cwd=repository, check=True)
    main(["check", "--from", "HEAD~1"])
    assert capsys.readouterr().out.endswith("fixable with `curator fix defects/s00/20200101T000000.ecsv`\n")


def test_statistics_are_for_text_and_json(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(repository)
    where = ["-C", str(repository), "check", "--statistics"]
    assert main(where) == 1
    assert "CUR301  defect extends outside the sensor" in capsys.readouterr().out
    assert main([*where, "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["statistics"][0]["code"] == "CUR301"
    assert main([*where, "--format", "sarif"]) == 2
    assert "--format text or json" in capsys.readouterr().err


def test_no_file_checked_says_why(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "docs" / "empty").mkdir(parents=True)
    (repository / "docs" / "a.md").write_text("a\n")
    (repository / "docs" / "b.md").write_text("b\n")
    (repository / ".gitignore").write_text("scratch/\n")
    (repository / "scratch").mkdir()
    (repository / "scratch" / "a.ecsv").write_text("a\n")
    for words, reason in (
        (["README.md"], "README.md is not a calibration; calibrations are in ExampleCam/"),
        (["docs"], "none of the 2 files in docs is a calibration; calibrations are in ExampleCam/"),
        (["scratch"], "git ignores scratch: see .gitignore"),
        (["--from", "HEAD"], "no calibration was added or edited since HEAD"),
    ):
        assert main(["-C", str(repository), "check", *words]) == 0
        assert capsys.readouterr().out == f"0 files checked: nothing found; {reason}\n"
    shutil.rmtree(repository / "ExampleCam")
    main(["-C", str(repository), "check", "--no-cache"])
    assert "no file is in ExampleCam/, as curator.yaml declares" in capsys.readouterr().out


def test_a_repository_that_was_never_adopted_is_checked_by_what_adopt_would_write(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "curator.yaml").unlink()
    shutil.rmtree(repository / "ExampleCam" / "camera")
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    spoil(repository, DEFECTS, "310 1200", "310 -1200")
    before = sorted(repository.rglob("*"))
    assert main(["-C", str(repository), "check", "--format", "json"]) == 1
    said = capsys.readouterr()
    assert [each["code"] for each in json.loads(said.out)["findings"] if each["path"] == DEFECTS] == [
        "CUR305",
        "CUR301",
    ]
    assert "there is no curator.yaml: assumed profile dmtn148" in said.err
    assert "for camera ExampleCam; `curator adopt` makes this permanent" in said.err
    assert sorted(path for path in repository.rglob("*") if ".git" not in path.parts) == [
        path for path in before if ".git" not in path.parts
    ]
    assert main(["-C", str(repository), "check", DEFECTS]) == 1
    assert main(["-C", str(repository), "check", "ExampleCam/transmission_sensor"]) == 0


def test_a_repository_of_another_kind_says_what_was_looked_for_and_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "setup.py").write_text("\n")
    assert main(["-C", str(tmp_path), "check"]) == 2
    said = capsys.readouterr().err
    assert "no file at <camera>/<dataset type>/" in said
    assert "found setup.py" in said
    assert "`curator init`" in said


def test_values_that_are_not_known_get_a_suggestion(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words, suggestion in (
        (["check", "--select", "CRU301"], "did you mean CUR301?"),
        (["check", "--select", "CRU3"], "did you mean CUR3?"),
        (["check", "ExampelCam"], "did you mean ExampleCam?"),
        (["check", "ExampleCam/defect"], "did you mean ExampleCam/defects?"),
        (["rule", "CRU301"], "did you mean CUR301 (defect extends outside the sensor)?"),
        (["rule", "duplicate defects"], "did you mean CUR303 (duplicate defect)?"),
    ):
        assert main(["-C", str(repository), *words]) == 2
        assert suggestion in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--rev", "HEAD"], ["--staged"]])
def test_a_commit_or_the_index_of_a_repository_that_nobody_adopted_is_checked(
    words: list[str], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "curator.yaml").unlink()
    for command in (["add", "-A"], ["commit", "-qm", "Go without curator.yaml", "--allow-empty"]):
        subprocess.run(["git", "-C", str(repository), *command], check=True)
    status = main(["-C", str(repository), "check", *words])
    said = capsys.readouterr()
    assert (status, "there is no curator.yaml: assumed profile" in said.err) == (0, True), said.err
    assert "files checked" in said.out


@pytest.mark.parametrize("words", [["--rev", "HEAD"], ["--staged"]])
def test_a_curator_yaml_that_is_only_in_the_work_tree_is_not_replaced_by_an_assumed_one(
    words: list[str], repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repository / "curator.yaml").read_text()
    (repository / "curator.yaml").unlink()
    for command in (["add", "-A"], ["commit", "-qm", "Go without curator.yaml", "--allow-empty"]):
        subprocess.run(["git", "-C", str(repository), *command], check=True)
    (repository / "curator.yaml").write_text(text)
    assert main(["-C", str(repository), "check", *words]) == 2
    assert "there is no curator.yaml in" in capsys.readouterr().err


def test_a_change_of_a_repository_that_nobody_adopted_says_what_to_do(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "curator.yaml").unlink()
    for command in (["add", "-A"], ["commit", "-qm", "Go without curator.yaml", "--allow-empty"]):
        subprocess.run(["git", "-C", str(repository), *command], check=True)
    assert main(["-C", str(repository), "check", "--from", "HEAD"]) == 2
    said = capsys.readouterr().err
    assert "`curator adopt` writes one; commit it" in said
    assert "--config" not in said


def test_an_earlier_commit_without_a_configuration_takes_one_by_option(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subprocess.run(["git", "-C", str(repository), "rm", "-q", "--cached", "curator.yaml"], check=True)
    subprocess.run(["git", "-C", str(repository), "commit", "-qm", "Forget it"], check=True)
    where = ["-C", str(repository), "check"]
    assert main([*where, "--rev", "HEAD"]) == 2
    assert "git add curator.yaml, then git commit" in capsys.readouterr().err
    subprocess.run(["git", "-C", str(repository), "add", "curator.yaml"], check=True)
    subprocess.run(["git", "-C", str(repository), "commit", "-qm", "Bring it back"], check=True)
    assert main([*where, "--rev", "HEAD~1"]) == 2
    said = capsys.readouterr().err
    assert "git add" not in said
    assert "--config FILE uses another one, such as the curator.yaml of the working tree" in said
    assert main([*where, "--rev", "HEAD~1", "--config", str(repository / "curator.yaml")]) == 0
