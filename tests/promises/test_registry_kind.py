"""A kind of registry is one package, found by its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curator.registries.registry import kinds

from .copies import Copy, commit

HERE = Path(__file__).parent
INGEST = ("ingest", "../export", "toy:../toy.json", "--label", "2025.1")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Return a copy of the program with one package more."""
    copy = Copy.make(tmp_path_factory.mktemp("promise") / "source")
    shutil.copytree(HERE / "toy", copy.root / "curator" / "registries" / "toy")
    return copy


def test_one_package_adds_a_kind_of_registry(source: Copy, tmp_path: Path) -> None:
    source.curator("init", "obs_mycam_data", "--camera", "myCam", cwd=tmp_path)
    repository = tmp_path / "obs_mycam_data"
    commit(repository, "Start from the template")
    source.curator("export", "../export", cwd=repository)
    assert "there is no toy here" in source.curator("holdings", "toy:../toy.json", cwd=repository, code=2)
    would = source.curator(*INGEST, "--dry-run", cwd=repository)
    assert "would make a new toy: toy:../toy.json" in would
    assert not (tmp_path / "toy.json").exists()
    assert "made a new toy" in source.curator(*INGEST, "--create", cwd=repository)
    assert "nothing to do" in source.curator(*INGEST, cwd=repository)
    ranges = source.curator("holdings", "toy:../toy.json", "--all", cwd=repository).splitlines()
    assert ranges[0].startswith("myCam/calib/2025.1: ")
    files = sorted(path.relative_to(repository).as_posix() for path in repository.glob("myCam/**/*.*"))
    assert sorted(line.split()[-1] for line in ranges[2:]) == files
    places = ("HEAD", "../export", "toy:../toy.json", "--label", "2025.1")
    same = source.curator("fingerprint", *places, cwd=repository)
    assert len({line.split()[0] for line in same.splitlines()}) == 1


def test_the_kinds_are_the_packages_that_open(source: Copy) -> None:
    found = source.python("-c", "from curator.registries.registry import kinds; print(*kinds())")
    assert found.split() == [*kinds(), "toy"] == ["butler", "gen2", "toy"]


def test_no_other_module_asks_which_kind_of_registry_it_is() -> None:
    package = HERE.parents[1] / "curator"
    own = {package / "registries" / name for name in kinds()}
    asking = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if own.isdisjoint(path.parents)
        for name in kinds()
        if f'startswith("{name}' in path.read_text() or f'== "{name}"' in path.read_text()
    ]
    assert asking == []
