"""Kills verbs that write text at each of their calls that change something, and says what stands afterwards.

``python killing.py FOLDER VERB=MOST...`` prints, as JSON, how many such calls each verb makes, how many times
it was killed, and what was wrong afterwards; a verb of more than MOST calls is killed at some of them, also
at the last. Everything is imported first, and each run is a fork: it takes a tenth of a second.
"""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from curator.calibrations.header.deprecation import Deprecation
from curator.editing.adopt.adopt import adopt
from curator.editing.fits_import.import_fits import import_files
from curator.editing.fits_import.pending_import import GivenRange, PendingImport
from curator.editing.header.certify import certify
from curator.editing.header.deprecate import deprecate, undo
from curator.editing.header.note import note
from curator.editing.new.init import init
from curator.editing.repair.baseline import write_baseline
from curator.editing.repair.fix import fix
from curator.editing.repair.migrate import plan_migration
from curator.editing.repair.migrate_commit import commit_migration, require_clean
from curator.editing.session import editing
from curator.repository.layout.config import load_config
from curator.repository.repository import Repository

NOW = datetime(2025, 4, 30, 12, 34, 56)
TODAY = date(2025, 4, 30)
START = datetime(2021, 1, 1)
FILES = ["myCam/defects/s00/20200101T000000.ecsv", "myCam/transmission_filter/g_01/20200101T000000.ecsv"]
KEPT = ("curator.yaml", "README.md", "myCam/camera", "myCam/defects", "myCam/transmission_filter")
MIGRATED = ".git-blame-ignore-revs"
REASON = Deprecation(None, None, "cracked")


def _certify(repo: Repository) -> None:
    certify(repo, [os.path.join(repo.root, path) for path in FILES], start=START)


def _note(repo: Repository) -> None:
    note(repo, [os.path.join(repo.root, path) for path in FILES], "why", author="Ada", today=TODAY)


def _deprecate(repo: Repository) -> None:
    deprecate(repo, [os.path.join(repo.root, path) for path in FILES], REASON)


def _undo(repo: Repository) -> None:
    undo(repo, [os.path.join(repo.root, path) for path in FILES])


def _import(repo: Repository) -> None:
    folder = Path(repo.root).parent
    arrivals = [
        PendingImport(str(folder / name), range=GivenRange(datetime(2022, 1, 1), None))
        for name in ("a.fits", "b.fits")
    ]
    import_files(repo, arrivals, now=NOW)


def _fix(repo: Repository) -> None:
    tree = repo.worktree()
    fix(tree, load_config(tree))


def _migrate(repo: Repository) -> None:
    time.time = lambda: 1_700_000_000.0  # so that commits have the same names each time
    with editing(repo, "fix --migrate"):
        require_clean(repo)
        migration = plan_migration(repo, "obs_base")
        if migration.files:
            commit_migration(repo, migration)


def _baseline(repo: Repository) -> None:
    write_baseline(repo.worktree())


def _adopt(repo: Repository) -> None:
    adopt(repo, now=NOW, baseline=True, beside={".gitlab-ci.yml": b"a: b\n"})


def _init(repo: Repository) -> None:
    init(repo.root, "myCam", now=NOW)


def _spoil(root: Path, old: bytes, new: bytes) -> None:
    for path in FILES:
        raw = (root / path).read_bytes()
        assert old in raw
        (root / path).write_bytes(raw.replace(old, new))


def _misspell(root: Path) -> None:
    _spoil(root, b"INSTRUME:", b"instrume:")


def _deprecated(root: Path) -> None:
    _deprecate(Repository.find(root))


def _foreign(root: Path) -> None:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from editing.foreign_files import FOREIGN, write

    for name, kind in (("a", "defects"), ("b", "transmission_filter")):
        write(root.parent / f"{name}.fits", FOREIGN[kind]())


def _undescribed(root: Path) -> None:
    _misspell(root)
    (root / "curator.yaml").unlink()
    shutil.rmtree(root / "myCam/camera")


def _empty(root: Path) -> None:
    shutil.rmtree(root)
    Repository.init(root)


VERBS: dict[str, tuple[Callable[[Repository], None], Callable[[Path], None] | None]] = {
    "certify": (_certify, None),
    "note": (_note, None),
    "deprecate": (_deprecate, None),
    "undo": (_undo, _deprecated),
    "import": (_import, _foreign),
    "fix": (_fix, _misspell),
    "migrate": (_migrate, None),
    "baseline": (_baseline, _misspell),
    "adopt": (_adopt, _undescribed),
    "init": (_init, _empty),
}


def counting(reached: Callable[[str], None]) -> None:
    """Have ``reached`` called before every call of this process that changes something.

    That is one which opens a file for writing, renames, removes or makes something, brings it to the disk, or
    starts a program.
    """

    def before(owner: Any, name: str, counts: Callable[..., bool] = lambda *_, **__: True) -> None:
        real = getattr(owner, name)

        def call(*args: Any, **options: Any) -> Any:
            if counts(*args, **options):
                reached(name)
            return real(*args, **options)

        setattr(owner, name, call)

    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT
    before(os, "open", lambda path, flags, *_, **__: bool(flags & writing))
    before(builtins, "open", lambda file, mode="r", *_, **__: not set("wxa+").isdisjoint(mode))
    for name in ("replace", "rename", "unlink", "mkdir", "rmdir", "fsync"):
        before(os, name)
    before(subprocess.Popen, "__init__")


def contents(root: Path) -> dict[str, str]:
    """Return the digest of every file of a work tree, and what git has of it."""
    found = {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(root).parts
    }
    if (root / MIGRATED).exists():
        git = partial(subprocess.run, cwd=root, check=True, capture_output=True, text=True)
        found["status"] = git(["git", "status", "--porcelain"]).stdout
        found["tree"] = git(["git", "rev-parse", "HEAD^{tree}"]).stdout
    found |= {
        f"{path.relative_to(root)}/": ""
        for path in root.rglob("*")
        if path.is_dir() and ".git" not in path.parts
    }
    return found


def leftovers(root: Path) -> list[str]:
    """Return what only a killed process leaves."""
    inside = [str(path) for path in (root / ".git").glob("curator-*") if path.name != "curator-edit.lock"]
    inside += [str(path) for path in (root / ".git").glob(".curator-*")]
    inside += [str(path) for path in (root / ".git/refs").glob("curator/*")]
    return [*inside, *(str(path) for path in root.parent.glob(f".{root.name}.*"))]


def forked(work: Callable[[], None]) -> tuple[int, str]:
    """Run in a child, and return its status as `os.waitpid` has it, and what it said went wrong."""
    read, write = os.pipe()
    process = os.fork()
    if not process:
        status = 0
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            work()
        except BaseException as error:
            os.write(write, f"{type(error).__name__}: {error}".encode()[:4000])
            status = 1
        os._exit(status)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        said = file.read().decode()
    return os.waitpid(process, 0)[1], said


def killed_at(number: int, work: Callable[[Repository], None], root: Path) -> int:
    """Run in a child that kills itself before its call of this number; return how many calls it made."""
    read, write = os.pipe()

    def run() -> None:
        made = 0

        def reached(name: str) -> None:
            nonlocal made
            made += 1
            os.write(write, b".")
            if made == number:
                os.kill(os.getpid(), signal.SIGKILL)

        counting(reached)
        work(Repository.find(root))

    status, said = forked(run)
    os.close(write)
    with os.fdopen(read, "rb") as file:
        made = len(file.read())
    if said or (status == signal.SIGKILL) != bool(number):
        raise RuntimeError(f"{status} after {made} calls: {said}")
    return made


def small(folder: Path) -> Path:
    """Return a repository made from the template, with a camera and `FILES` and nothing else."""
    root = folder / "template" / "repo"
    init(root, "myCam", now=NOW)
    for path in [*root.iterdir(), *(root / "myCam").iterdir()]:
        if path.name not in (".git", "myCam") and str(path.relative_to(root)) not in KEPT:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return root


def prepared(verb: str, template: Path, folder: Path) -> Path:
    """Return a small repository that the verb has something to do in."""
    root = copied(template, folder / "begin")
    if begin := VERBS[verb][1]:
        begin(root)
    if verb != "init":
        for words in (["add", "-A"], ["commit", "-qm", "Begin"]):
            subprocess.run(["git", *words], cwd=root, check=True)
    return root


def copied(source: Path, target: Path) -> Path:
    """Return a copy of a repository, with what stands beside it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source.parent, target, symlinks=True)
    return target / "repo"


def write_something_else(repo: Repository) -> None:
    with editing(repo, "another verb"):
        pass


def faults(
    killed: Path, next_: Callable[[Repository], None], wanted: list[dict[str, str]], folder: Path
) -> Iterator[str]:
    """Give what is wrong after the next verb in a copy of what a kill has left."""
    root = copied(killed, folder)
    status, said = forked(lambda: next_(Repository.find(root)))
    found = contents(root)
    if status:
        yield said
    elif found not in wanted:
        yield f"differs: {sorted({*found.items()} ^ {*wanted[-1].items()})}"
    yield from leftovers(root)


def examine(verb: str, template: Path, folder: Path, most: int) -> dict[str, Any]:
    """Kill a verb; return the number of its calls and kills, and what was wrong."""
    work = VERBS[verb][0]
    begin = prepared(verb, template, folder)
    killed, again, done = folder / "killed", folder / "again", folder / "done"
    calls = killed_at(0, work, copied(begin, done))
    before, after = contents(begin), contents(done / "repo")
    wrong = [] if before != after else ["it changes nothing"]
    numbers = range(calls, 0, -max(1, calls // most))[:most]
    for number in numbers:
        killed_at(number, work, copied(begin, killed))
        for name, next_, wanted in (
            ("the same", work, [after]),
            ("another", write_something_else, [before, after]),
        ):
            found = faults(killed / "repo", next_, wanted, again)
            wrong += [f"{name} after a kill at call {number}: {fault}" for fault in found]
    return {"calls": calls, "kills": len(numbers), "wrong": wrong}


def main(folder: Path, *wanted: str) -> None:
    said = {}
    template = small(folder)
    for verb, _, most in (word.partition("=") for word in wanted):
        (folder / verb).mkdir()
        said[verb] = examine(verb, template, folder / verb, int(most))
    print(json.dumps(said))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
