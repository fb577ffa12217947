"""Who edited what: the last commit of every path, the history of one file, and what each commit means."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import CURATOR, run, say, script
from benchmarks.repositories import generated

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


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    ours, raw = map(float, script(HISTORY, str(repository)).output.split())
    today = script(baselines.LAST, str(repository))
    say("last commit of all paths", ours, today.seconds, goal=">= 100")
    against = "  against one raw git log -m --raw"
    print(f"{against:<44} {ours:9.3f} s  baseline {raw:9.3f} s  {ours / raw:7.2f} x  <= 1.4")
    _log(repository)


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
