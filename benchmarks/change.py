"""A pull request of five changed files, in a repository of 2,000 and in one of 20,000."""

from __future__ import annotations

import subprocess
from pathlib import Path

from benchmarks.measure import CURATOR, Cost, run
from benchmarks.repositories import generated

__all__ = ["measure"]

BRANCH = "bench-change"
FILES = 5
REPEAT = 7


def measure(work: Path) -> None:
    cost: dict[tuple[str, int], Cost] = {}
    for count in (2000, 20000):
        repository = generated(work, count)
        head = _branch(repository)
        words = ("check", "--from", "main", "--to", head, "--format", "json")
        cost["change", count] = run(
            CURATOR, *words, cwd=repository, repeat=REPEAT, ok=(0, 1), cache=work / "cache"
        )
        whole = ("check", "--rev", head, "--no-cache", "--format", "json")
        cost["whole", count] = run(CURATOR, *whole, cwd=repository, ok=(0, 1))
        ours, full = cost["change", count], cost["whole", count]
        print(
            f"{f'check --from/--to, {FILES} of {count} files':<44} {ours.seconds:9.3f} s  "
            f"baseline {full.seconds:9.3f} s  {full.seconds / ours.seconds:7.1f} x  "
            f"{ours.mebibytes:.0f} MiB (baseline: check of the whole commit)"
        )
    growth = cost["change", 20000].seconds / cost["change", 2000].seconds
    print(f"{'check --from/--to: 20,000 files against 2,000':<44} {growth:9.2f} x  (goal <= 1.3)")


def _branch(repository: Path) -> str:
    """Make a branch with one commit that edits five lists of defects, and return the commit."""

    def git(*words: str, text: str | None = None) -> str:
        command = ["git", "-c", "user.name=Bench", "-c", "user.email=bench@example.org", *words]
        done = subprocess.run(command, cwd=repository, check=True, capture_output=True, text=True, input=text)
        return done.stdout.strip()

    found = subprocess.run(
        ["git", "rev-parse", "--verify", "--quiet", f"refs/heads/{BRANCH}"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode == 0:
        return found.stdout.strip()
    paths = [one for one in git("ls-tree", "-r", "--name-only", "main").split("\n") if "/defects/" in one]
    stream = [f"commit refs/heads/{BRANCH}\ncommitter Bench <bench@example.org> 1700000000 +0000\n"]
    message = "Mask what the flats of the last night show"
    stream.append(f"data {len(message)}\n{message}\nfrom {git('rev-parse', 'main')}\n")
    for path in paths[:: len(paths) // FILES][:FILES]:
        text = git("show", f"main:{path}") + "\n17 23 2 2\n"
        stream.append(f"M 100644 inline {path}\ndata {len(text)}\n{text}\n")
    git("fast-import", "--quiet", text="".join(stream))
    return git("rev-parse", BRANCH)
