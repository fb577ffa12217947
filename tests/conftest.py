"""Fixtures that several rooms' tests share."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest
import warm
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
# How long property tests, fuzzers and kills work: each has a count that is multiplied by this.
FUZZ = float(os.environ.get("CURATOR_FUZZ", "0.5"))

# As the `curator` command does: most of what tests make is gone long before it is looked for.
gc.set_threshold(100_000, 20, 100)

settings.register_profile(
    "ci",
    max_examples=max(1, int(60 * FUZZ)),
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
    ],
    print_blob=True,
)
settings.load_profile("ci")


@pytest.fixture(scope="session", autouse=True)
def _butlers_are_made_quickly() -> None:
    if "lsst.daf.butler" in sys.modules:  # loading it takes longer than is saved where few Butlers are made
        warm.parse_defaults_once()
        warm.copy_empty_butlers()


# Homes of tests that left nothing there, for the next test: few do.
_unused_homes: list[Path] = []


@pytest.fixture(autouse=True)
def _own_surroundings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """No test reads the configuration or fills the cache of whoever runs it.

    Nor does one meet a bug of curator without saying so: what became a finding, an error in a list or a line
    of a child process has left a log. Tests that want one are marked ``bugs``.
    """
    home = _unused_homes.pop() if _unused_homes else tmp_path_factory.mktemp("home")
    for name in ("cache", "config"):
        (home / name).mkdir(exist_ok=True)  # astropy warns where they are named and not there
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home / "cache"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada Editor")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ada@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Ada Editor")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "ada@example.org")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)  # those who run tests in parallel set it
    os.unsetenv("COLUMNS")  # and readline, without os.environ knowing of it
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setattr("curator.crashes._logs", {})
    yield
    os.environ.pop("PYTHONSAFEPATH", None)  # a check in several processes leaves it set for the next test
    logs = [] if request.node.get_closest_marker("bugs") else sorted((home / "state").glob("curator/crash-*"))
    assert not logs, logs[0].read_text()
    if sorted(path.name for path in home.rglob("*")) == ["cache", "config"]:
        _unused_homes.append(home)


def need(program: str) -> str:
    """Return the path of a program; skip the test, or fail it in CI, where the program is missing."""
    return shutil.which(program) or without(f"{program} is not installed here")


def need_module(name: str) -> Any:
    """Return a module; skip the test, or fail it in CI, where the module is not installed."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name is None or not f"{name}.".startswith(f"{error.name}."):
            raise
        without(f"{name} is not installed here")


def without(reason: str) -> NoReturn:
    """Skip a test. Fail it where ``CI`` is set: `.ci/run` installs all that tests need."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason, allow_module_level=True)


@pytest.fixture(scope="session")
def real() -> Path:
    """Folder of real calibrations, beside the checkout; skipped where it is absent."""
    folder = ROOT.parent / "shared" / "real"
    if not folder.is_dir():
        pytest.skip("the sample of real calibrations is not beside this checkout")
    return folder


@pytest.fixture
def real_repository(real: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Return a function that puts one real repository under git and gives its folder."""
    return lambda name: _under_git(real / name, tmp_path / name)


@pytest.fixture
def adopted_repository(
    real: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Return a function that gives one real repository after `curator adopt`, not committed.

    All processes of a run share the one that is adopted, and each test has a copy of its own.
    """
    from curator.cli.main import main

    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "adopted"

    def make(name: str) -> Path:
        shared.mkdir(exist_ok=True)
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                root = _under_git(real / name, tmp_path / "original" / name)
                assert main(["-C", str(root), "adopt"]) == 0
                root.rename(shared / name)
        return Path(shutil.copytree(shared / name, tmp_path / name))

    return make


def _under_git(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    for folder, _, files in os.walk(target):
        os.chmod(folder, 0o755)
        for file in files:
            os.chmod(os.path.join(folder, file), 0o644)
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        ["commit", "-q", "-m", "Import calibrations"],
    ):
        subprocess.run(["git", *command], cwd=target, check=True)
    return target
