"""What forges run: the action, and the jobs of a new repository."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from examples import EXAMPLE_FILES
from forge import Forge, serve
from schemata import forge_schema, problems

from curator.cli.main import main
from curator.editing.new.template import fill_template
from curator.errors import ForgeError
from curator.review.forge.received import read_number, read_scoreboard
from curator.review.markdown import MARK

ROOT = Path(__file__).resolve().parents[3]
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
COMMENT = yaml.safe_load((ROOT / "comment/action.yml").read_text())
WORKFLOWS = (".github/workflows/check.yaml", ".github/workflows/scoreboard.yaml")
ADDRESSES = [
    "",
    "https://github.com/observatory/curator",
    "https://github.com/observatory/curator.git/",
    "/a/path",
]


def git(root: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def made(tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that fills in the template, given curator's address."""

    def make(address: str) -> Path:
        target = tmp_path / "made"
        answers = {"camera": "ExampleCam", "profile": "dmtn148", "repository": "obs_x_data", "hooks": address}
        facts = {"revision": "v0.1.0", "start": "2020-01-01T00:00:00", "created": "2020-01-01T00:00:00"}
        fill_template(str(target), {**answers, **facts, "calibdate": "2020-01-01T00:00:00"})
        return target

    return make


def test_the_action_is_one() -> None:
    assert problems(forge_schema("github-actions"), ACTION) == []
    assert problems(forge_schema("github-actions"), COMMENT) == []
    assert problems(forge_schema("github-actions"), {**ACTION, "runs": {"using": "composite"}})


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_jobs_of_a_new_repository_are_what_forges_take(address: str, made: Callable[[str], Path]) -> None:
    root = made(address)
    workflow = yaml.load((root / ".github/workflows/check.yaml").read_text(), yaml.BaseLoader)
    typed = yaml.safe_load((root / ".github/workflows/check.yaml").read_text())
    typed["on"] = typed.pop(True)  # YAML 1.1 reads the key as a truth
    assert problems(forge_schema("github-workflows"), typed) == []
    assert set(workflow["on"]) == {"push", "pull_request"}
    assert workflow["permissions"] == {"contents": "read"}
    job = yaml.safe_load((root / ".gitlab-ci.yml").read_text())
    assert problems(forge_schema("gitlab-ci"), job) == []
    uses = [step.get("uses", "") for step in workflow["jobs"]["check"]["steps"]]
    assert ("observatory/curator@v0.1.0" in uses) == address.startswith("https://github.com/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_workflow_that_comments_is_apart_and_may_do_nothing_else(
    address: str, made: Callable[[str], Path]
) -> None:
    text = (made(address) / WORKFLOWS[1]).read_text()
    workflow = yaml.load(text, yaml.BaseLoader)
    typed = yaml.safe_load(text)
    typed["on"] = typed.pop(True)
    assert problems(forge_schema("github-workflows"), typed) == []
    check = yaml.load((made(address) / WORKFLOWS[0]).read_text(), yaml.BaseLoader)
    # It is the one of the release branch, whatever a pull request holds.
    assert workflow["on"] == {"workflow_run": {"workflows": [check["name"]], "types": ["completed"]}}
    assert workflow["permissions"] == {}
    [job] = workflow["jobs"].values()
    assert job["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert job["if"] == "github.event.workflow_run.event == 'pull_request'"
    uses = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert "actions/checkout" not in uses
    is_action = address.startswith("https://github.com/")
    assert ("observatory/curator/comment" in uses) == is_action
    steps = [*job["steps"], *(COMMENT["runs"]["steps"] if is_action else ())]
    assert any(
        "curator.review.forge" in step.get("run", "") and step.get("continue-on-error") in ("true", True)
        for step in steps
    )


def test_the_comment_gets_what_the_check_left(made: Callable[[str], Path]) -> None:
    """Both ways name the artifact alike, and its two files."""
    root = made("")
    check, comment = (yaml.safe_load((root / name).read_text())["jobs"] for name in WORKFLOWS)
    for left, got in (
        (ACTION["runs"]["steps"], COMMENT["runs"]["steps"]),
        (check["check"]["steps"], comment["comment"]["steps"]),
    ):
        [upload] = [
            one for one in left if "upload-artifact" in one.get("uses", "") and "overwrite" in one["with"]
        ]
        [download] = [one for one in got if "download-artifact" in one.get("uses", "")]
        names = {
            upload["with"]["name"],
            download["with"]["name"].replace("${{ inputs.artifact }}", "curator-scoreboard"),
        }
        assert names == {"curator-scoreboard"}
        [script] = [one["run"] for one in got if "curator.review.forge" in one.get("run", "")]
        assert '"$RUNNER_TEMP/curator-scoreboard"' in script
        assert download["with"]["path"] == "${{ runner.temp }}/curator-scoreboard"
        assert download["with"]["run-id"] == "${{ github.event.workflow_run.id }}"
    assert COMMENT["inputs"]["artifact"]["default"] == "curator-scoreboard"


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_hooks_of_a_new_repository_are_taken_by_pre_commit(
    address: str, made: Callable[[str], Path]
) -> None:
    from pre_commit.clientlib import load_config

    [found] = load_config(made(address) / ".pre-commit-config.yaml")["repos"]
    ids = [hook["id"] for hook in found["hooks"]]
    assert ids[:2] == ["curator-fix", "curator-check"]


@pytest.mark.parametrize("address", ["", "file:///a/path"])
def test_a_new_repository_has_every_hook_in_either_way(address: str, made: Callable[[str], Path]) -> None:
    from curator.checks.generate.hooks import HOOKS

    config = yaml.safe_load((made(address) / ".pre-commit-config.yaml").read_text())
    rows = {one["id"]: one for one in config["repos"][0]["hooks"]}
    assert set(rows) == {one.id for one in HOOKS}
    if not address:
        assert {one.id: one.entry for one in HOOKS} == {name: row["entry"] for name, row in rows.items()}
        for key, wanted in (
            ("always_run", {one.id for one in HOOKS if one.always}),
            ("verbose", {one.id for one in HOOKS if one.shown}),
        ):
            assert {name for name, row in rows.items() if row.get(key)} == wanted


@pytest.mark.parametrize(
    "address", ["file:///srv/curator", "ssh://git@example.org/x.git", "git@example.org:group/curator.git"]
)
def test_pip_takes_the_address_in_the_jobs_of_a_new_repository(
    address: str, made: Callable[[str], Path]
) -> None:
    from pip._internal.req.constructors import install_req_from_line
    from pip._internal.vcs.git import Git

    root = made(address)
    texts = [(root / name).read_text() for name in (*WORKFLOWS, ".gitlab-ci.yml")]
    given = [shlex.split(line)[-1] for text in texts for line in re.findall("pip install .*", text)]
    assert len(given) == 3
    for word in given:
        link = install_req_from_line(word).link
        assert link is not None
        url, revision, _ = Git.get_url_rev_and_auth(link.url)
        wanted = address if "://" in address else f"ssh://{address.replace(':', '/')}"
        assert (url, revision) == (wanted, "v0.1.0")


def test_the_recipes_of_the_pages_are_what_adopt_writes() -> None:
    from curator.editing.new.automation_files import automation_files

    def shown(page: str) -> list[Any]:
        blocks = re.findall(
            r"```yaml\n((?:default_install|on:).*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL
        )
        return [yaml.load(block, yaml.BaseLoader) for block in blocks]

    address = "https://github.com/OWNER/curator"
    written = {
        path: yaml.load(text, yaml.BaseLoader)
        for path, text in automation_files(
            hooks=True, ci="github", address=address, branch="main", revision="REV"
        ).items()
    }
    assert shown("install.md") == [written[".pre-commit-config.yaml"]]
    [brief, comment] = shown("pull-requests.md")
    workflow = written[".github/workflows/check.yaml"]
    full = written[".github/workflows/scoreboard.yaml"]
    del full["name"], full["concurrency"], full["jobs"]["comment"]["timeout-minutes"]
    assert comment == full
    assert (brief["on"], brief["permissions"]) == (workflow["on"], workflow["permissions"])
    steps = [
        {key: step[key] for key in ("uses", "with") if key in step}
        for step in workflow["jobs"]["check"]["steps"]
    ]
    assert brief["jobs"]["check"]["steps"] == steps[:2]


def scripts(job: dict[str, Any]) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


def test_no_text_of_a_pull_request_is_put_into_a_shell_or_gets_a_secret(made: Callable[[str], Path]) -> None:
    root = made("")
    workflow, comment = ((root / name).read_text() for name in WORKFLOWS)
    for job in (
        ACTION["runs"],
        COMMENT["runs"],
        yaml.safe_load(workflow)["jobs"]["check"],
        yaml.safe_load(comment)["jobs"]["comment"],
    ):
        assert scripts(job)
        assert not any("${{" in script for script in scripts(job))
    for text in ((ROOT / "action.yml").read_text(), workflow):
        assert "pull_request_target" not in text
        assert "secrets." not in text
        assert ": write" not in text
    for text in ((ROOT / "comment/action.yml").read_text(), comment):
        assert "pull_request_target" not in text
        assert "secrets." not in text
        assert text.count(": write") == text.count("pull-requests: write")
        for branch in ("head_branch", "head_repository"):
            assert text.count(branch) == text.count("group:")  # a name, and no part of a script


class Runner:
    """Runs the steps of the action as GitHub does: inputs by environment, files for what they say."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root = root
        self.temp = folder
        # What the first step would have made.
        (folder / "curator" / "bin").mkdir(parents=True)
        (folder / "curator" / "bin" / "curator").symlink_to(Path(sys.executable).parent / "curator")

    def run(self, name: str = "check", **given: str) -> subprocess.CompletedProcess[str]:
        step = next(one for one in ACTION["runs"]["steps"] if one.get("id") == name)
        inputs = {name: facts.get("default", "") for name, facts in ACTION["inputs"].items()}
        names = {name.upper(): inputs.get(name, "") for name in inputs} | given
        assert set(step["env"]) <= {*names, "NUMBER", "PYTHONSAFEPATH"}
        env = {
            **os.environ,
            **{name: names.get(name, "1") for name in step["env"]},
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.temp / "summary"),
            "GITHUB_OUTPUT": str(self.temp / "output"),
        }
        # The options that GitHub gives to `shell: bash`.
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(command, cwd=self.root, env=env, capture_output=True, text=True, check=False)

    def said(self, name: str) -> str:
        return (self.temp / name).read_text()


BACKEND = """
from zipfile import ZipFile
NAME = "obs_curator-0.1.0"
def build_wheel(folder, *_):
    built = f"{NAME}-py3-none-any.whl"
    with ZipFile(f"{folder}/{built}", "w") as wheel:
        for name, lines in {
            "METADATA": ["Metadata-Version: 2.1", "Name: obs-curator", "Version: 0.1.0"],
            "WHEEL": ["Wheel-Version: 1.0", "Root-Is-Purelib: true", "Tag: py3-none-any"],
            "RECORD": [],
        }.items():
            wheel.writestr(f"{NAME}.dist-info/{name}", chr(10).join([*lines, ""]))
        wheel.writestr("installed.py", "SOURCE = " + repr(open("source.txt").read()))
    return built
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """A repository that pip builds a package named obs-curator from, with a tag and a later commit."""
    root = tmp_path / "owner" / "curator"
    root.mkdir(parents=True)
    git(root, "init", "-q")
    for name, text in {"backend.py": BACKEND, "pyproject.toml": PYPROJECT, "constraints.txt": ""}.items():
        (root / name).write_text(text)
    for source in ("tagged", "latest"):
        (root / "source.txt").write_text(source)
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", source)
        if source == "tagged":
            git(root, "tag", "v0.1.0")
    (root / "source.txt").write_text("checkout")
    return root


def test_the_action_installs_curator_without_a_package_index(published: Path, tmp_path: Path) -> None:
    step = next(one for one in ACTION["runs"]["steps"] if one.get("id") == "install")
    facts = {"SOURCE": str(published), "SERVER": f"file://{tmp_path}", "REPOSITORY": "owner/curator"}
    assert set(facts) | {"VERSION", "ADDRESS"} <= set(step["env"])
    script = step["run"]

    def install(**given: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **dict.fromkeys(step["env"], ""), **facts, **given}
        env |= {"RUNNER_TEMP": str(tmp_path), "PIP_NO_INDEX": "1", "PIP_FORCE_REINSTALL": "1"}
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)

    for given, source in (
        ({}, "checkout"),
        ({"VERSION": "0.1.0"}, "tagged"),
        ({"ADDRESS": f"file://{published}"}, "latest"),
        ({"VERSION": "v0.1.0", "ADDRESS": f"file://{published}"}, "tagged"),
    ):
        done = install(**given)
        assert done.returncode == 0, done.stderr
        # Made once; a runner makes it for every job.
        script = step["run"].replace('python -I -m venv "$RUNNER_TEMP/curator"', "true")
        asked = [tmp_path / "curator/bin/python", "-c", "import installed; print(installed.SOURCE)"]
        assert subprocess.run(asked, check=True, capture_output=True, text=True).stdout == f"{source}\n"
    refused = install(VERSION="0.1.0", REPOSITORY="")
    assert refused.returncode != 0
    assert "Set curator-address to the git address of curator" in refused.stderr


@pytest.fixture
def runner(repository: Path, tmp_path: Path) -> Runner:
    return Runner(repository, tmp_path / "runner")


def test_a_push_is_checked_as_a_whole(runner: Runner) -> None:
    passed = runner.run()
    assert (passed.returncode, passed.stdout) == (
        0,
        f"{EXAMPLE_FILES} files checked: 0 errors, 0 warnings\n",
    ), passed.stderr
    assert "**curator found nothing**" in runner.said("summary")
    with (runner.root / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    failed = runner.run(ARGS="--select\nCUR3\n\n")
    assert failed.returncode == 1
    assert failed.stdout.startswith(f"::error file={DEFECTS},line=")
    assert "CUR301" in runner.said("summary")
    sarif = runner.said("output").strip().splitlines()[-1].removeprefix("sarif=")
    assert json.loads(Path(sarif).read_text())["version"] == "2.1.0"
    assert runner.run(SUMMARY="false", TO="HEAD").returncode == 0  # what is committed is right


def test_what_a_pull_request_says_is_no_command(runner: Runner) -> None:
    evil = "$(touch pwned) `touch pwned` ; touch pwned"
    for given in ({"FROM": evil}, {"TO": evil}, {"FORMAT": evil}, {"ARGS": evil}):
        assert runner.run(**given).returncode == 2
    for given in ({"FROM": evil, "TO": "HEAD"}, {"FROM": "HEAD", "TO": evil}):
        assert runner.run("scoreboard", NUMBER=evil, **given).returncode == 2
    assert runner.run("scoreboard", NUMBER=evil, FROM="HEAD", TO="HEAD").returncode == 0
    with pytest.raises(ForgeError):
        read_number(str(runner.temp / "curator-scoreboard"))
    assert not list(runner.root.rglob("pwned"))


def test_a_repository_stands_in_for_no_module(runner: Runner) -> None:
    for name in ("pip", "venv", "json", "curator"):
        (runner.root / f"{name}.py").write_text("raise SystemExit('run from the repository')\n")
    assert runner.run().returncode == 0
    install = next(one for one in ACTION["runs"]["steps"] if one.get("id") == "install")
    assert install["run"].count("-I -m ") == 2
    made = subprocess.run(
        [sys.executable, "-I", "-m", "venv", "--help"], cwd=runner.root, capture_output=True, check=False
    )
    assert made.returncode == 0


def test_a_pull_request_is_compared_with_its_base(runner: Runner) -> None:
    base = git(runner.root, "rev-parse", "HEAD")
    with (runner.root / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    git(runner.root, "commit", "-qam", "Mask the edge")
    failed = runner.run(FROM=base)
    assert failed.returncode == 1, failed.stderr
    assert f"::error file={DEFECTS}" in failed.stdout
    assert "CUR301" in runner.said("summary")


def edited(root: Path, row: str) -> str:
    with (root / DEFECTS).open("a") as file:
        file.write(f"{row}\n")
    git(root, "commit", "-qam", "Mask")
    return git(root, "rev-parse", "HEAD")


def test_a_pull_request_leaves_its_scoreboard(runner: Runner) -> None:
    base = git(runner.root, "rev-parse", "HEAD")
    head = edited(runner.root, "200 17 1 300")
    done = runner.run("scoreboard", FROM=base, TO=head, NUMBER="12")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    folder = Path(runner.said("output").strip().removeprefix("folder="))
    assert read_number(str(folder)) == 12
    text = read_scoreboard(str(folder))
    assert "| Masked pixels | `ExampleCam/defects/s00/20200101T000000.ecsv` |" in text
    assert runner.said("summary") == text.removeprefix(f"{MARK}\n")
    # Without a summary nothing is added to it, and where the base is not there the check goes on.
    assert runner.run("scoreboard", FROM=base, TO=head, NUMBER="12", SUMMARY="false").returncode == 0
    assert runner.said("summary") == text.removeprefix(f"{MARK}\n")
    (runner.temp / "output").unlink()
    assert runner.run("scoreboard", FROM="f" * 40, TO=head, NUMBER="12").returncode == 2
    assert not (runner.temp / "output").exists()
    step = next(one for one in ACTION["runs"]["steps"] if one.get("id") == "scoreboard")
    assert step["continue-on-error"] is True


def test_the_jobs_of_a_new_repository_leave_a_scoreboard(
    made: Callable[[str], Path], tmp_path: Path, repository: Path
) -> None:
    root = made("")
    base = git(repository, "rev-parse", "HEAD")
    head = edited(repository, "200 17 1 300")
    steps = yaml.safe_load((root / WORKFLOWS[0]).read_text())["jobs"]["check"]["steps"]
    script = next(step["run"] for step in steps if step.get("id") == "scoreboard")
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "step"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "FROM": base,
        "TO": head,
        "NUMBER": "7",
    }
    command = ["bash", "-eo", "pipefail", "-c", script]
    subprocess.run(command, cwd=repository, env=env, check=True)
    folder = (tmp_path / "output").read_text().strip().removeprefix("folder=")
    assert read_number(folder) == 7
    assert "8,176" not in read_scoreboard(folder)
    assert "300 pixels newly masked" in read_scoreboard(folder)
    assert "300 pixels newly masked" in (tmp_path / "step").read_text()


def test_a_merge_request_gets_its_note(made: Callable[[str], Path], tmp_path: Path, repository: Path) -> None:
    [script] = yaml.safe_load((made("") / ".gitlab-ci.yml").read_text())["check"]["after_script"]
    origin = tmp_path / "origin.git"
    git(tmp_path, "clone", "-q", "--bare", str(repository), str(origin))
    git(repository, "remote", "add", "origin", str(origin))
    branch = git(repository, "branch", "--show-current")
    head = edited(repository, "200 17 1 300")
    with serve(Forge()) as forge:
        env = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "CI_API_V4_URL": forge.url,
            "CI_PROJECT_ID": "7",
            "CI_MERGE_REQUEST_IID": "12",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "a" * 40,
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": branch,
            "CI_COMMIT_SHA": head,
        }
        for token, notes in (("", 0), ("t0ken", 1)):
            done = subprocess.run(
                ["sh", "-c", script],
                cwd=repository,
                env={**env, "CURATOR_NOTE_TOKEN": token},
                capture_output=True,
                text=True,
                check=True,
            )
            assert len(forge.comments) == notes, done.stderr
        assert "300 pixels newly masked" in forge.bodies[0][1]


def test_the_jobs_of_a_new_repository_run(
    made: Callable[[str], Path], tmp_path: Path, repository: Path
) -> None:
    root = made("")
    workflow = yaml.safe_load((root / ".github/workflows/check.yaml").read_text())
    check = next(step for step in workflow["jobs"]["check"]["steps"] if step.get("name") == "Check")
    gitlab = yaml.safe_load((root / ".gitlab-ci.yml").read_text())["check"]
    with (repository / DEFECTS).open("a") as file:
        file.write("4090 17 12 3\n")
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "step"),
        "FROM": "",
    }
    for shell, script in ((["bash", "-eo", "pipefail"], check["run"]), (["sh", "-e"], gitlab["script"][-1])):
        done = subprocess.run(
            [*shell, "-c", script], cwd=repository, env=env, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "CUR301" in done.stdout) == (1, True), done.stderr
    assert "CUR301" in (tmp_path / "step").read_text()
    report = json.loads((repository / "gl-code-quality-report.json").read_text())
    assert [one["check_name"] for one in report] == ["CUR301"]
    assert gitlab["artifacts"]["reports"]["codequality"] == "gl-code-quality-report.json"


def test_reports_of_a_job_are_no_calibrations(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["check", "--output", f"gitlab={repository / 'gl-code-quality-report.json'}"]
    assert main(["-C", str(repository), *words]) == 0
    assert main(["-C", str(repository), "check"]) == 0
    assert f"{EXAMPLE_FILES} files checked: nothing found" in capsys.readouterr().out
