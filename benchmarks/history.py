"""Who edited what: every path, one file across renames, what each commit means, and every value."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, run, say, script
from benchmarks.repositories import generated
from benchmarks.review import HEAD

__all__ = ["measure"]


HISTORY = """
import os, subprocess, sys, tempfile, time
from curator.repository.git.command import Git
from curator.repository.history import History
git = Git(sys.argv[1])
sha = git.run("rev-parse", "HEAD").decode().strip()
paths = [path for path in git.run("ls-files", "-z").decode().split("\\0") if path]
raw = ["git", "log", "-m", "--raw", "--no-renames", "--no-abbrev", "--format=%H", sha]
ours, theirs = [], []
for _ in range(9):
    os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp()
    began = time.perf_counter()
    history = History.of(git, sha)
    assert all(history.last(path) for path in paths)
    ours.append(time.perf_counter() - began)
    began = time.perf_counter()
    subprocess.run(raw, cwd=sys.argv[1], stdout=subprocess.PIPE, check=True)
    theirs.append(time.perf_counter() - began)
print(sorted(ours)[4], sorted(theirs)[4])
"""
# What a process does that has loaded all it needs, beside a process of git.
VERSIONS = """
import subprocess, sys, time
from curator.repository.repository import Repository
from curator.review.history.versions import file_history
repository, path = Repository.find("."), sys.argv[2]
revision = repository.commit(sys.argv[1]).sha
ours, theirs = [], []
for _ in range(9):
    began = time.perf_counter()
    found = file_history(repository, revision, path)
    ours.append(time.perf_counter() - began)
    began = time.perf_counter()
    command = ["git", "log", "--format=%H", revision, "--", path]
    said = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    theirs.append(time.perf_counter() - began)
    assert len(found.versions) == len(said.stdout.split())
print(sorted(ours)[4], sorted(theirs)[4])
"""
BRANCH = "bench-log"
COMMITS, RANGE, FILES = 1000, 400, 20


ROWS, VERSION_COUNT = 10_000, 50
LIST = "cam/defects/s00/20200101T000000.ecsv"


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    ours, raw = map(float, script(HISTORY, str(repository)).output.split())
    today = script(baselines.LAST, str(repository))
    say("last commit of all paths", ours, today.seconds, goal=">= 100")
    against = "  against one raw git log -m --raw"
    print(f"{against:<44} {ours:9.3f} s  baseline {raw:9.3f} s  {ours / raw:7.2f} x  <= 1.4")
    _log(repository)
    _blame(work)


def _log(repository: Path) -> None:
    """Measure the history of one file, and the meaning of the last commits, on a branch of many."""
    path = _branch(repository)
    ours, theirs = map(float, script(VERSIONS, BRANCH, path, cwd=repository).output.split())
    say(f"history of one file, {COMMITS:,} commits", ours, theirs, note="git log -- PATH")
    words = ("log", "-p", f"{BRANCH}~{RANGE}..{BRANCH}")
    meant = run(CURATOR, *words, cwd=repository, repeat=3)
    plain = run("git", *words, cwd=repository, repeat=3)
    note = "processor time; git log -p, by lines"
    say(f"log -p of {RANGE} commits", meant.cpu, plain.cpu, goal="< 2 s", note=note)


def _branch(repository: Path) -> str:
    """Make a branch whose commits each add a box to one of a few files, and return one of these."""

    def git(*words: str, text: str | None = None) -> str:
        done = subprocess.run(
            ["git", *words], cwd=repository, check=True, capture_output=True, text=True, input=text
        )
        return done.stdout

    paths = [one for one in git("ls-tree", "-r", "--name-only", "main").split("\n") if "/defects/" in one]
    paths = paths[:FILES]
    if BRANCH not in git("branch", "--list", BRANCH):
        texts = [git("show", f"main:{path}") for path in paths]
        stream = []
        for number in range(COMMITS):
            which = number % FILES
            texts[which] += f"{3 + number} {11 + which} 2 2\n"
            message = f"Mask what the flats of night {number} show"
            who = f"Bench <bench@example.org> {1_700_000_000 + number} +0000"
            stream.append(
                f"commit refs/heads/{BRANCH}\ncommitter {who}\n"
                f"data {len(message)}\n{message}\n"
                + ("" if number else f"from {git('rev-parse', 'main').strip()}\n")
                + f"M 100644 inline {paths[which]}\ndata {len(texts[which])}\n{texts[which]}\n"
            )
        git("fast-import", "--quiet", text="".join(stream))
    return paths[0]


def _blame(work: Path) -> None:
    """Measure blame of a long list of boxes, of which each version changes one in two hundred."""
    repository = work / "blame"
    if not repository.exists():
        _write_versions(repository)
    ours = run(CURATOR, "blame", LIST, cwd=repository, repeat=3)
    git = run("git", "blame", LIST, cwd=repository, repeat=3)
    say(
        f"blame of {ROWS:,} boxes, {VERSION_COUNT} versions",
        ours.cpu,
        git.cpu,
        note="processor time; git blame, by lines",
    )


def _write_versions(repository: Path) -> None:
    chance = random.Random(ROWS)

    def box() -> str:
        return f"{chance.randrange(4000)} {chance.randrange(4000)} {chance.randrange(1, 9)} 1"

    repository.mkdir(parents=True)
    run("git", "init", "-q", "-b", "main", cwd=repository)
    rows = [box() for _ in range(ROWS)]
    stream = []
    for version in range(VERSION_COUNT):
        for _ in range(ROWS // 200):
            at = chance.randrange(len(rows))
            if chance.random() < 0.3:
                del rows[at]
            rows.insert(chance.randrange(len(rows)), box())
        text = HEAD + "\n".join(rows) + "\n"
        stream.append(
            f"commit refs/heads/main\ncommitter Bench <b@example.org> {1_600_000_000 + version} +0000\n"
        )
        stream.append(f"data 4\nEdit\nM 100644 inline {LIST}\ndata {len(text)}\n{text}\n")
    command = ["git", "fast-import", "--quiet"]
    subprocess.run(command, cwd=repository, check=True, input="".join(stream).encode())
    run("git", "reset", "-q", "--hard", cwd=repository)
