"""Last commit of every path, against git asked once a file and asked once; blame, beside that of git."""

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


ROWS, VERSIONS = 10_000, 50
LIST = "cam/defects/s00/20200101T000000.ecsv"


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    ours, raw = map(float, script(HISTORY, str(repository)).output.split())
    today = script(baselines.LAST, str(repository))
    say("last commit of all paths", ours, today.seconds, goal=">= 100")
    against = "  against one raw git log -m --raw"
    print(f"{against:<44} {ours:9.3f} s  baseline {raw:9.3f} s  {ours / raw:7.2f} x  <= 1.4")
    _blame(work)


def _blame(work: Path) -> None:
    """Measure blame of a long list of boxes, of which each version changes one in two hundred."""
    repository = work / "blame"
    if not repository.exists():
        _write_versions(repository)
    ours = run(CURATOR, "blame", LIST, cwd=repository, repeat=3)
    git = run("git", "blame", LIST, cwd=repository, repeat=3)
    say(
        f"blame of {ROWS:,} boxes, {VERSIONS} versions",
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
    for version in range(VERSIONS):
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
