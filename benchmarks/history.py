"""Last commit of every path, with an empty cache, against git asked once a file and asked once."""

from __future__ import annotations

from pathlib import Path

from benchmarks import baselines
from benchmarks.measure import say, script
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


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    ours, raw = map(float, script(HISTORY, str(repository)).output.split())
    today = script(baselines.LAST, str(repository))
    say("last commit of all paths", ours, today.seconds, goal=">= 100")
    against = "  against one raw git log -m --raw"
    print(f"{against:<44} {ours:9.3f} s  baseline {raw:9.3f} s  {ours / raw:7.2f} x  <= 1.4")
