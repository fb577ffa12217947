"""What docs/dependencies.md says of each package and of what is written by hand in place of one.

Times are processor times, the least of several, so that other work on the machine counts little.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from typing import Any

from benchmarks.measure import ENVIRONMENT, PYTHON, run, say
from benchmarks.repositories import generated

__all__ = ["measure"]

PACKAGES = (
    "git", "ruamel.yaml", "yaml", "jsonschema", "numpy", "astropy.table", "copier", "pygls.lsp.server",
    "lsst.daf.butler", "argparse", "dataclasses",
)  # fmt: skip
WORDS = ("on", "y", "12:30:45", "1e3", "0130", "1_04", "2020-01-01", "~")
FLOATS = ("1.72500", "1e5", "1.5e-05", "12345678901234567.25", "0.1000000000000000055")
DATACLASS = """
import dataclasses
from dataclasses import field
def dataclass(*, frozen=True, slots=False, eq=True):
    return dataclasses.dataclass(frozen=frozen, slots=slots, eq=eq)
"""
CHECK = "import sys; from curator.cli.main import command; sys.argv[1:] = ['check', {!r}]; command()"


def measure(work: Path) -> None:
    repository = generated(work, 60)
    _imports()
    _value_classes(work, repository)
    _readers(repository)
    _yaml()
    _git(work)


def _least(job: Callable[[], object], repeat: int = 7) -> float:
    took = []
    for _ in range(repeat):
        began = time.process_time()
        job()
        took.append(time.process_time() - began)
    return min(took)


def _imports() -> None:
    bare = run(PYTHON, "-c", "pass", repeat=9).cpu
    for name in PACKAGES:
        cost = run(PYTHON, "-W", "ignore", "-c", f"import {name}", repeat=5)
        print(f"import {name:<37} {1e3 * (cost.cpu - bare):9.0f} ms  {cost.mebibytes:6.0f} MiB")


def _value_classes(work: Path, repository: Path) -> None:
    """Compare ``curator check FILE`` with `curator.values` and with `dataclasses` in its place."""
    import curator

    path = next(str(path.relative_to(repository)) for path in sorted(repository.rglob("defects/*/*.ecsv")))
    source = Path(curator.__file__).parent
    copy = work / "dataclasses"
    if not copy.exists():
        shutil.copytree(source, copy / "curator")
        for name in ("schemas", "obs_data_template"):
            shutil.copytree(source.parent / name, copy / name)
        (copy / "curator" / "values.py").write_text(DATACLASS)
    took: dict[str, list[float]] = {}
    for _ in range(15):
        for name, folder in (("bare", ""), ("ours", source.parent), ("dataclasses", copy)):
            code = CHECK.format(path) if folder else "pass"
            before = getrusage(RUSAGE_CHILDREN)
            subprocess.run(
                [PYTHON, "-c", code],
                cwd=repository,
                env={**ENVIRONMENT, "PYTHONPATH": str(folder)},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            after = getrusage(RUSAGE_CHILDREN)
            spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            took.setdefault(name, []).append(spent)
    bare = min(took.pop("bare"))
    for name, times in took.items():
        ratio = min(times) / bare
        print(f"curator check FILE, {name:<24} {1e3 * min(times):9.0f} ms  python -c pass: {ratio:.1f} x")


def _readers(repository: Path) -> None:
    """Compare our readers and writers with those of packages, on one file each."""
    import numpy as np
    from astropy.io import fits
    from astropy.table import Table
    from jsonschema import Draft7Validator

    from curator.calibrations.schema.schemas import instance, load_schema, violations
    from curator.formats.ecsv.reader import read_ecsv
    from curator.formats.fits.fits import FitsColumn, TableData, image_hdu0, table_hdu

    path = max(repository.rglob("defects/*/*.ecsv"), key=lambda one: one.stat().st_size)
    raw, text = path.read_bytes(), path.read_text()
    rows = sum(not line.startswith("#") for line in text.splitlines()) - 1
    ours, theirs = (
        _least(lambda: read_ecsv(path.name, raw)),
        _least(lambda: Table.read(text, format="ascii.ecsv")),
    )
    say(f"read ECSV, {rows} rows, beside astropy", 1e3 * ours, 1e3 * theirs, unit="ms")
    arrays = {name: np.arange(1000, dtype=np.int32) for name in ("X0", "Y0", "WIDTH", "HEIGHT")}
    table = TableData("DEFECTS", [FitsColumn(name, array) for name, array in arrays.items()])

    def written() -> None:
        columns = [fits.Column(name, "J", array=array) for name, array in arrays.items()]
        found = fits.HDUList([fits.PrimaryHDU(), fits.BinTableHDU.from_columns(columns)])
        found.writeto(io.BytesIO(), checksum=True)

    ours, theirs = _least(lambda: image_hdu0([("A", 1)]) + table_hdu(table)), _least(written)
    say("write FITS, 1,000 rows, beside astropy", 1e3 * ours, 1e3 * theirs, unit="ms")
    schema, header = load_schema("defects"), instance(read_ecsv(path.name, raw))
    ours = _least(lambda: violations("defects", header))
    theirs = _least(lambda: list(Draft7Validator(schema).iter_errors(header)))
    say("compiled schema, beside jsonschema", 1e3 * ours, 1e3 * theirs, unit="ms")


def _yaml() -> None:
    """Compare readers and writers of YAML on a camera of 200 detectors with 16 amplifiers each."""
    import yaml
    from ruamel.yaml import YAML

    from curator.formats.edit.new_file import write_yaml
    from curator.formats.yaml.reader import load_yaml

    amplifiers = "".join(f"  - {{name: C{n:02}, x0: {512 * n}, gain: 1.{n}72500}}\n" for n in range(16))
    text = "detectors:\n" + "".join(f"- name: 'R{n:03}'\n  amplifiers:\n{amplifiers}" for n in range(200))
    ruamel: Any = YAML(typ="rt")
    tree, kept = load_yaml(text.encode()), ruamel.load(text)
    ours = _least(lambda: load_yaml(text.encode()), 3)
    for name, job in (
        ("libyaml", lambda: yaml.load(text, Loader=yaml.CSafeLoader)),
        ("ruamel.yaml", lambda: ruamel.load(text)),
        ("ruamel.yaml's nodes", lambda: ruamel.compose(text)),
    ):
        say(f"read YAML, {len(text) >> 10} KiB, beside {name}", ours, _least(job, 2))
    ours = _least(lambda: write_yaml(tree), 3)
    say("write YAML, the same, beside ruamel.yaml", ours, _least(lambda: ruamel.dump(kept, io.StringIO()), 2))
    altered = [one for one in FLOATS if _dumped(ruamel, ruamel.load(f"k: {one}")) != f"k: {one}\n"]
    misread = [one for one in WORDS if yaml.safe_load(_dumped(ruamel, {"k": one}))["k"] != one]
    lost = [name for name, one in (("BOM", "\ufeffk: 1\n"), ("CRLF", "k: 1\r\n"), ("---", "---\nk: 1\n"))
            if _dumped(ruamel, ruamel.load(one)) != one]  # fmt: skip
    print(f"ruamel.yaml's own output alters {', '.join(altered)}; drops {', '.join(lost)}")
    print(f"ruamel.yaml writes without quotes, for YAML 1.1 no text: {', '.join(misread)}")


def _dumped(ruamel: Any, value: object) -> str:
    written = io.StringIO(newline="")
    ruamel.dump(value, written)
    return written.getvalue()


def _git(work: Path) -> None:
    """Compare what GitPython and git say of repositories and configurations that people have."""
    from git import Repo

    root, home = work / "git", work / "home"
    shutil.rmtree(root, ignore_errors=True)
    for folder in (root, home):
        folder.mkdir(parents=True, exist_ok=True)
    (home / "more").write_text("[user]\n\tname = Ada\n")

    def git(folder: Path, *args: str, **variables: str) -> str:
        environment = {**ENVIRONMENT, "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", **variables}
        done = subprocess.run(
            ["git", *args], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def made(name: str, *args: str) -> Path:
        git(root, "init", "-q", "-b", "main", *args, name)
        for path in ("a", "d/b", "k/c"):
            (root / name / path).parent.mkdir(exist_ok=True)
            (root / name / path).write_text(path)
        git(root / name, "add", ".")
        git(root / name, "-c", "user.name=B", "-c", "user.email=b@c", "commit", "-qm", "x")
        return root / name

    plain = made("plain")
    sha256 = made("sha256", "--object-format=sha256")
    fourth, split, sparse = made("version-4"), made("split"), made("sparse")
    git(fourth, "update-index", "--index-version", "4")
    git(split, "update-index", "--split-index")
    git(sparse, "sparse-checkout", "set", "--cone", "--sparse-index", "k")
    linked, by_remote, number = root / "linked", made("remote"), made("number")
    git(plain, "config", "extensions.worktreeConfig", "true")
    git(plain, "worktree", "add", "-q", str(linked))
    git(linked, "config", "--worktree", "user.name", "Ada")
    git(by_remote, "config", "remote.origin.url", "https://example.org/x")
    git(
        by_remote,
        "config",
        "includeIf.hasconfig:remote.*.url:https://example.org/**.path",
        str(home / "more"),
    )
    git(number, "config", "user.name", "007")

    def head(repo: Any) -> str:
        return str(repo.head.commit.hexsha)

    def branch(repo: Any) -> str:
        return str(repo.active_branch.name)

    def index(repo: Any) -> str:
        return "\n".join(sorted(str(path) for path, _ in repo.index.entries))

    def name(repo: Any) -> str:
        return str(repo.config_reader().get_value("user", "name", ""))

    asked: dict[object, tuple[str, ...]] = {
        head: ("rev-parse", "HEAD"),
        branch: ("symbolic-ref", "--short", "HEAD"),
        index: ("ls-files",),
        name: ("config", "user.name"),
    }
    counted = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "user.name", "GIT_CONFIG_VALUE_0": "Ada"}
    wrong = right = 0
    its_own = {"GIT_CONFIG_GLOBAL": str(home / "more")}
    cases = (
        ("SHA-1", plain, head, {}), ("SHA-256", sha256, head, {}), ("linked", linked, head, {}),
        ("SHA-1", plain, branch, {}), ("SHA-256", sha256, branch, {}), ("linked", linked, branch, {}),
        ("index", plain, index, {}), ("index version 4", fourth, index, {}),
        ("split index", split, index, {}), ("sparse index", sparse, index, {}),
        ("worktree config", linked, name, {}), ("includeIf hasconfig", by_remote, name, {}),
        ("a name of digits", number, name, {}), ("GIT_CONFIG_COUNT", plain, name, counted),
        ("GIT_CONFIG_GLOBAL", plain, name, its_own),
    )  # fmt: skip
    for what, folder, question, variables in cases:
        said = git(folder, *asked[question], **variables)
        before = dict(os.environ)
        os.environ.update(HOME=str(home), GIT_CONFIG_NOSYSTEM="1", **variables)
        try:
            with redirect_stderr(io.StringIO()), Repo(folder) as repo:
                found = question(repo)
        except Exception as error:  # whatever it raises is the answer
            found = f"{type(error).__name__}: {error}"
        finally:
            os.environ.clear()
            os.environ.update(before)
        right, wrong = right + (found == said), wrong + (found != said)
        if found != said:
            print(f"GitPython, {question.__name__}, {what}: {found[:90]!r} for {said[:40]!r}")
    print(f"GitPython says what git says in {right} of {right + wrong} cases")
    process = run("git", "-C", str(plain), "rev-parse", "HEAD", repeat=9).seconds

    def opened() -> None:
        with Repo(plain) as repo:
            head(repo)

    began = time.perf_counter()
    for _ in range(20):
        opened()
    say(
        "git rev-parse HEAD, a process, beside GitPython",
        1e3 * process,
        50 * (time.perf_counter() - began),
        unit="ms",
    )
