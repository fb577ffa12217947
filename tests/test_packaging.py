"""The sdist and the wheel that people install, and a checkout whose validators were not compiled."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from curator import __version__
from curator.calibrations.schema.compiler import compiled_names
from curator.calibrations.schema.schemas import schema_names
from curator.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
COMPILED = "curator/calibrations/schema/compiled"
DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
# What a checkout has and a package does not need.
OUTSIDE = ("benchmarks", "changes", "docs", "obs_data_template", "schemas", "tests")


def run(*words: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the check of a release leaves, after it passed."""
    out = tmp_path_factory.mktemp("release") / "out"
    done = run(sys.executable, "changes/release_check.py", out, "--offline", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"curator {__version__} works in a new environment\n"), done.stdout
    return out


@pytest.fixture(scope="module")
def sdist(release: Path) -> Path:
    """The sdist of this checkout."""
    [built] = release.glob("*.tar.gz")
    return built


@pytest.fixture(scope="module")
def wheel(release: Path) -> Path:
    """The wheel that a packager makes of the sdist's sources, where nothing was compiled."""
    [built] = release.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new repository, which has no mistake."""
    root = tmp_path_factory.mktemp("repository") / "new"
    assert main(["init", str(root), "--camera", "ExampleCam"]) == 0
    return root


def committed() -> set[str]:
    listed = run("git", "ls-files", cwd=ROOT).stdout.split("\n")
    return {name for name in listed if name and (ROOT / name).exists()}


def test_the_sdist_has_every_file_of_the_checkout_and_the_compiled_validators(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        files = {name.partition("/")[2] for name in archive.getnames()}
    assert committed() - files == set()
    assert {f"{COMPILED}/{name}.py" for name in compiled_names()} <= files


def test_the_check_of_a_release_says_what_fails(wheel: Path, tmp_path: Path) -> None:
    check = runpy.run_path(str(ROOT / "changes" / "release_check.py"))
    broken = tmp_path / wheel.name
    with ZipFile(wheel) as whole, ZipFile(broken, "w") as rest:
        for entry in whole.infolist():
            if not entry.filename.startswith("curator/_data/"):
                rest.writestr(entry, whole.read(entry))
    site = check["install"](broken, tmp_path / "environment", offline=True)
    with pytest.raises(SystemExit, match="curator init new"):
        check["try_out"](tmp_path / "environment", __version__, site)
    with pytest.raises(SystemExit, match=f"found curator {__version__}, not curator 9.9"):
        check["try_out"](tmp_path / "environment", "9.9", site)


def test_the_wheel_has_the_package_its_schemas_and_its_template(wheel: Path) -> None:
    files = set(ZipFile(wheel).namelist())
    assert {name for name in committed() if name.startswith("curator/")} - files == set()
    assert {f"{COMPILED}/{name}.py" for name in compiled_names()} <= files
    assert {f"curator/_data/schemas/{name}.schema.json" for name in schema_names()} <= files
    template = {name for name in committed() if name.startswith("obs_data_template/")}
    assert {f"curator/_data/{name}" for name in template} - files == set()
    assert not [name for name in files if name.startswith(OUTSIDE)]


def test_the_installed_wheel_checks_a_new_repository(release: Path, tmp_path: Path) -> None:
    environment = release / "environment"
    python = environment / "bin" / "python"
    paths = {"base": str(environment), "platbase": str(environment)}
    site = Path(sysconfig.get_path("purelib", vars=paths))
    where = run(python, "-c", "import curator; print(curator.__file__)", cwd=tmp_path)
    assert where.stdout.strip() == str(site / "curator" / "__init__.py")
    curator = environment / "bin" / "curator"
    assert run(curator, "init", "new", "--camera", "ExampleCam", cwd=tmp_path).returncode == 0
    repository = tmp_path / "new"
    passed = run(curator, "check", cwd=repository)
    assert (passed.returncode, passed.stderr) == (0, ""), passed.stdout
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("OBSTYPE: defects", "OBSTYPE: flats"))
    failed = run(curator, "check", DEFECTS, cwd=repository)
    assert (failed.returncode, "OBSTYPE" in failed.stdout) == (1, True), failed
    (repository / "curator.yaml").write_text("schema_version: 1\n")
    explained = run(curator, "check", cwd=repository)
    assert (explained.returncode, "key cameras is missing" in explained.stderr) == (2, True), explained
    for name in compiled_names():
        (site / COMPILED / f"{name}.py").unlink()
    broken = run(curator, "check", cwd=repository)
    assert (broken.returncode, broken.stdout) == (2, "")
    assert broken.stderr == (
        "curator: the compiled validator of config.schema.json is missing\n  hint: install curator again\n"
    )


@pytest.mark.parametrize(
    ("state", "schema", "words"),
    [
        ("missing", "defects", ["--no-cache"]),
        ("out of date", "config", [DEFECTS]),
        ("out of date", "boxes", [DEFECTS]),
    ],
)
def test_a_validator_that_was_not_compiled_ends_the_check_in_one_sentence(
    state: str, schema: str, words: list[str], repository: Path, tmp_path: Path
) -> None:
    for name in ("curator", "schemas"):
        shutil.copytree(ROOT / name, tmp_path / name)
    if state == "missing":
        (tmp_path / COMPILED / f"{schema}.py").unlink()
    else:
        with (tmp_path / "schemas" / f"{schema}.schema.json").open("a") as file:
            file.write("\n")
    path = {"PYTHONPATH": str(tmp_path)}
    check = (sys.executable, "-m", "curator", "check")
    failed = run(*check, *words, cwd=repository, **path)
    owner = "defects" if schema == "boxes" else schema
    assert (failed.returncode, failed.stdout) == (2, "")
    assert failed.stderr == (
        f"curator: the compiled validator of {owner}.schema.json is {state}\n"
        "  hint: run `python -m curator.calibrations.schema.compiler`\n"
    )
    compiled = run(sys.executable, "-m", "curator.calibrations.schema.compiler", cwd=tmp_path, **path)
    assert compiled.returncode == 0, compiled.stderr
    passed = run(*check, DEFECTS, cwd=repository, **path)
    assert passed.returncode == 0, passed.stdout + passed.stderr
