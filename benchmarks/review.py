"""What a change means: 400 changed files, two long lists of defects, and what git waits for.

Times are processor times, the least of several, so that other work on the machine counts little. Beside daff
(``pip install daff``) where it is installed.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from benchmarks.measure import CURATOR, PYTHON, run, say, script
from benchmarks.repositories import generated

__all__ = ["measure"]

BRANCH = "bench-review"
FILES = 400
LONG = (10_000, 100_000)
# Of this many rows a naive matcher can still be waited for.
NAIVE = 10_000
# Reading both versions of every changed file, as one process of git gives them.
READ = """
import subprocess, sys
from curator.calibrations.types.base import read_text
command = ["git", "diff", "--name-only", *sys.argv[1:]]
said = subprocess.run(command, capture_output=True, text=True, check=True)
wanted = [(revision, path) for path in said.stdout.split() for revision in sys.argv[1:]]
asked = "".join(f"{revision}:{path}\\n" for revision, path in wanted).encode()
out = subprocess.run(["git", "cat-file", "--batch"], input=asked, capture_output=True, check=True).stdout
at = 0
for revision, path in wanted:
    end = out.index(b"\\n", at)
    size = int(out[at:end].split()[2])
    read_text(path, out[end + 1 : end + 1 + size])
    at = end + size + 2
"""
PAIRWISE = """
import sys
def rows(path):
    lines = [line.split() for line in open(path) if not line.startswith("#")]
    return [tuple(map(int, line)) for line in lines[1:]]
before, after = map(rows, sys.argv[1:])
print(sum(one not in after for one in before), sum(one not in before for one in after))
"""
DAFF = """
import daff, sys
def rows(path):
    return [line.split() for line in open(path) if not line.startswith("#")]
before, after = (daff.PythonTableView(rows(path)) for path in sys.argv[1:])
found = daff.PythonTableView([])
daff.TableDiff(daff.Coopy.compareTables(before, after).align(), daff.CompareFlags()).hilite(found)
"""
HEAD = """# %ECSV 1.0
# ---
# datatype:
# - {name: x0, datatype: int32}
# - {name: y0, datatype: int32}
# - {name: width, datatype: int32}
# - {name: height, datatype: int32}
# meta: !!omap
# - {OBSTYPE: defects}
# - {DETECTOR: 0}
x0 y0 width height
"""


def measure(work: Path) -> None:
    repository = generated(work, 2000)
    head = _branch(repository)
    ours = run(CURATOR, "diff", "main", head, cwd=repository, repeat=5, ok=(1,), cache=work / "cache")
    reading = script(READ, "main", head, cwd=repository, repeat=5)
    say(f"diff of two commits, {FILES} files", ours.cpu, reading.cpu, goal=">= 0.33 x", note="reading them")
    git = run("git", "diff", "main", head, cwd=repository, repeat=5)
    say("the same beside git diff", ours.cpu, git.cpu)
    took = {}
    for rows in LONG:
        before, after = _lists(work, rows)
        ours = run(CURATOR, "diff", str(before), str(after), repeat=5, ok=(1,))
        took[rows] = ours.cpu
        plain = run("git", "diff", "--no-index", str(before), str(after), repeat=5, ok=(1,))
        say(
            f"diff of two lists of {rows:,} boxes",
            ours.cpu,
            plain.cpu,
            goal="< 2 s, < 300 MiB",
            note=f"git diff; {ours.mebibytes:.0f} MiB",
        )
        if rows <= NAIVE:
            naive = script(PAIRWISE, str(before), str(after))
            say("the same beside a pairwise matcher", ours.cpu, naive.cpu)
            if find_spec("daff"):
                tables = script(DAFF, str(before), str(after))
                say("the same beside daff", ours.cpu, tables.cpu, note="cells, no pixels")
    print(f"{'diff: 100,000 boxes against 10,000':<44} {took[LONG[1]] / took[LONG[0]]:9.2f} x")
    _merge(work)
    _one_file(work, repository)
    _log(work, repository)


def _merge(work: Path) -> None:
    """Measure the merge of two lists that one editor made longer, and another one shorter."""
    before, after = _lists(work, NAIVE)
    lines = before.read_text().splitlines(keepends=True)
    theirs, merged = work / "theirs.ecsv", work / "merged.ecsv"
    del lines[5000:5010]
    theirs.write_text("".join([*lines, "1 1 1 1\n"]))
    words = {
        "ours": f"{CURATOR} git merge-driver {before} {merged} {theirs} 7 ./cam/defects/s/a.ecsv",
        "git": f"git merge-file -q {merged} {before} {theirs}",
    }
    took = {
        name: run("sh", "-c", f"cp {after} {merged} && {word}", repeat=5, ok=(0, 1, 2, 3, 4, 5))
        for name, word in words.items()
    }
    say(
        f"merge driver, lists of {NAIVE:,} boxes",
        took["ours"].cpu,
        took["git"].cpu,
        goal="< 0.5 s",
        note="git merge-file, by lines",
    )


def _one_file(work: Path, repository: Path) -> None:
    """Measure what git waits for at each file: a list that was made one box longer."""
    path = next(str(path.relative_to(repository)) for path in sorted(repository.rglob("defects/*/*.ecsv")))
    old, new, merged = repository / path, work / "longer.ecsv", work / "ours.ecsv"
    new.write_text(old.read_text() + "17 23 2 2\n")
    shutil.copy(new, merged)
    plain = run("git", "diff", "--no-index", str(old), str(new), repeat=21, ok=(1,))
    bare = run(PYTHON, "-c", "pass", repeat=21)
    jobs = {
        "diff-driver": (path, str(old), "0" * 40, "100644", str(new), "1" * 40, "100644"),
        "merge-driver": (str(old), str(merged), str(old), "7", f"./{path}"),
        "textconv": (str(old),),
    }
    for name, words in jobs.items():
        ours = run(CURATOR, "git", name, *words, cwd=repository, repeat=21)
        more = 1000 * (ours.cpu - bare.cpu - plain.cpu)
        say(
            f"curator git {name}, one file",
            1000 * ours.cpu,
            1000 * bare.cpu,
            unit="ms",
            goal="<= 40 ms",
            note=f"python -c pass; {more:.0f} ms more than it and git diff --no-index",
        )


def _log(work: Path, repository: Path) -> None:
    """Measure git log -p with every text at hand, and without the settings of curator."""
    path = f"PATH={Path(CURATOR).parent}:{os.environ['PATH']}"
    copy = work / "review-log"
    if not copy.exists():
        run("git", "clone", "-q", str(repository), str(copy))
        run(CURATOR, "git", "setup", cwd=copy)
    words = ("log", "-p", "-10", "--", "*.ecsv")
    run("env", path, "git", *words, cwd=copy)
    warm = run("env", path, "git", *words, cwd=copy, repeat=5)
    plain = run("git", "log", "--no-textconv", *words[1:], cwd=copy, repeat=5)
    say("git log -p with a warm textconv", warm.cpu, plain.cpu, goal=">= 0.33 x", note="without textconv")


def _lists(work: Path, rows: int) -> tuple[Path, Path]:
    """Write two lists of boxes, of which one in a hundred was added, removed or widened."""
    chance = random.Random(rows)
    before = [
        f"{chance.randrange(4000)} {chance.randrange(4000)} {chance.randrange(1, 9)} 1" for _ in range(rows)
    ]
    after = []
    for row in before:
        fate = chance.randrange(100)
        if fate == 1:
            x0, y0, width, height = row.split()
            after.append(f"{x0} {y0} {int(width) + 1} {height}")
        elif fate:
            after.append(row)
    after += [f"{chance.randrange(4000)} {chance.randrange(4000)} 2 2" for _ in range(rows // 100)]
    paths = (work / f"before-{rows}.ecsv", work / f"after-{rows}.ecsv")
    for path, lines in zip(paths, (before, after), strict=True):
        path.write_text(HEAD + "\n".join(lines) + "\n")
    return paths


def _branch(repository: Path) -> str:
    """Make a branch with one commit that edits `FILES` files, and return it."""

    def git(*words: str, text: str | None = None) -> str:
        command = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", *words]
        done = subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True, input=text)
        return done.stdout

    if BRANCH in git("branch", "--list", BRANCH):
        return BRANCH
    paths = [one for one in git("ls-tree", "-r", "--name-only", "main").split("\n") if "/defects/" in one]
    message = "Mask what the flats of the last night show"
    stream = [f"commit refs/heads/{BRANCH}\ncommitter Bench <bench@example.org> 1700000000 +0000\n"]
    stream.append(f"data {len(message)}\n{message}\nfrom {git('rev-parse', 'main').strip()}\n")
    for number, path in enumerate(paths[:FILES]):
        text = git("show", f"main:{path}") + f"{17 + number} 23 2 2\n"
        stream.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
    git("fast-import", "--quiet", text="".join(stream))
    return BRANCH
