"""Peak memory and time of odd files within the limits: at most 200 MiB + 20 times the file, near-linear."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import CURATOR, ENVIRONMENT, Cost, run

__all__ = ["FORMS", "allowed", "measure", "peak"]

BASE, FACTOR = 200.0, 20.0
LINEARIZER = "demoCam/linearizer/s00/20200101T000000.yaml"
DEFECTS = "demoCam/defects/s00/20200101T000000.ecsv"
FULL = 300_000


def _boxes(number: int) -> str:
    return "".join(f"{2 * (n % 1000)} {2 * (n // 1000) + 10} 1 1\n" for n in range(number))


# YAML of many small values, by its form: text of so many of them.
FORMS: dict[str, Callable[[int], str]] = {
    "lists in a list": lambda n: f"a: [{','.join(f'[{k}]' for k in range(n))}]\n",
    "maps in a list": lambda n: f"a: [{','.join(f'{{a: {k}}}' for k in range(n))}]\n",
    "lists on lines": lambda n: "a:\n" + "".join(f"- [{k}]\n" for k in range(n)),
    "numbers on lines": lambda n: "a:\n" + "".join(f"- {k}\n" for k in range(n)),
    "maps on lines": lambda n: "a:\n" + "".join(f"- a: {k}\n" for k in range(n)),
    "keywords": lambda n: f"metadata: {{{','.join(f'k{k}: [1,2]' for k in range(n // 4))}}}\n",
    "keywords on lines": lambda n: "metadata:\n" + "".join(f"  k{k}: 1\n" for k in range(n // 4)),
}


def allowed(size: int) -> float:
    """Return what a file of ``size`` bytes may take [MiB]."""
    return BASE + FACTOR * size / (1 << 20)


def peak(repository: Path, *words: str) -> Cost:
    """Return what a verb took, whatever it found."""
    return run(CURATOR, *words, cwd=repository, ok=(0, 1, 2))


def measure(work: Path) -> None:
    repository = _fresh(work / "memory")
    file = repository / LINEARIZER
    good = file.read_bytes()
    for form, text in FORMS.items():
        took = []
        for number in (FULL // 4, FULL):
            file.write_text(text(number))
            took += [
                _say(f"{verb}, {form}", file, peak(repository, verb, LINEARIZER)) for verb in ("check", "fix")
            ]
        print(f"{'':<44} four times the file takes {took[2] / took[0]:.1f} times as long (near-linear: 4)")
    file.write_bytes(good)
    _tables(repository)


def _tables(repository: Path) -> None:
    """A table of boxes that grew, and what else is done with such a file."""
    file = repository / DEFECTS
    good = file.read_text()
    took: dict[str, list[float]] = {}
    for number in (250_000, 1_000_000):
        file.write_text(good + _boxes(number))
        _git(repository, "commit", "-qam", f"{number} rows")
        out = repository.parent / f"fits-{number}"
        verbs = {
            "check --from": ("check", "--from", "HEAD~1"),
            "check": ("check", DEFECTS),
            "fix": ("fix", DEFECTS),
            "export": ("export", str(out)),
        }
        for verb, words in verbs.items():
            took.setdefault(verb, []).append(_say(f"{verb}, {number:,} rows", file, peak(repository, *words)))
        # Something to fix: blanks at the end of the last line.
        file.write_text(file.read_text()[:-1] + "  \n")
        _say(f"fix of one line, {number:,} rows", file, peak(repository, "fix", DEFECTS))
        _git(repository, "rm", "-qf", DEFECTS)
        _git(repository, "commit", "-qm", "Nothing")
        [fits] = (out / DEFECTS).parent.glob("*.fits")
        took.setdefault("import", []).append(
            _say(f"import, {number:,} rows", fits, peak(repository, "import", str(fits)))
        )
        (repository / "demoCam/defects/s00/20200101T000000.inputs.yml").unlink(missing_ok=True)
        _git(repository, "reset", "-q", "--hard", "HEAD~2")
    for verb, (few, many) in took.items():
        print(f"{verb:<44} four times the file takes {many / few:.1f} times as long (near-linear: 4)")


def _say(what: str, file: Path, cost: Cost) -> float:
    size = file.stat().st_size
    verdict = "holds" if cost.mebibytes <= allowed(size) else "TOO MUCH"
    print(
        f"{what:<44} {cost.mebibytes:8.0f} MiB for {size / (1 << 20):5.1f} MiB "
        f"(limit {allowed(size):.0f}: {verdict}), {cost.cpu:.1f} s",
        flush=True,
    )
    return cost.cpu


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    run(CURATOR, "init", "r", "--camera", "demoCam", cwd=folder)
    _git(folder / "r", "add", "-A")
    _git(folder / "r", "commit", "-qm", "Begin")
    return folder / "r"


def _git(repository: Path, *words: str) -> None:
    command = ("git", "-c", "user.name=B", "-c", "user.email=b@example.org", *words)
    subprocess.run(command, cwd=repository, env=ENVIRONMENT, check=True)
