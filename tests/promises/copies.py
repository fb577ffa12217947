"""A copy of the program, to be added to, and its commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import warm

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("curator", "schemas", "obs_data_template", "docs", "Makefile", "pyproject.toml")
TESTS = (*(file.name for file in (ROOT / "tests").glob("*.py")), "calibrations")


@dataclass(frozen=True)
class Copy:
    """A copy of the program in a folder of its own."""

    root: Path
    program: str = sys.executable

    @classmethod
    def make(cls, root: Path) -> Copy:
        for source, names in ((ROOT, PARTS), (ROOT / "tests", TESTS)):
            for name in names:
                part, target = source / name, root / source.relative_to(ROOT) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if part.is_dir():
                    shutil.copytree(part, target)  # with what Python has compiled
                else:
                    shutil.copy2(part, target)
        return cls(root)

    def complete(self) -> Copy:
        """Return this copy, to which no module is added any more: its programs load the modules once."""
        return replace(self, program=warm.python(str(self.root)))

    def python(self, *words: object, cwd: Path | None = None, code: int = 0) -> str:
        """Run Python with the copy's modules, and return what is printed."""
        return self._run([self.program, *map(str, words)], cwd or self.root, code)

    def curator(self, *words: object, cwd: Path, code: int = 0) -> str:
        """Run a verb of the copy, and return what it prints."""
        return self.python("-m", "curator", *words, cwd=cwd, code=code)

    def make_docs(self) -> None:
        """Run the generators as `make docs` does, in the environment of these tests."""
        environment = Path(sys.executable).parent
        self._run(["make", "docs", f"BIN={environment}", "--old-file=.venv/.installed"], self.root, 0)

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every file but those that Python keeps of modules."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }

    def _run(self, command: list[str], cwd: Path, code: int) -> str:
        environment = {**os.environ, "PYTHONPATH": str(self.root)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, f"{command}\n{done.stdout}{done.stderr}"
        return done.stdout if code == 0 else done.stdout + done.stderr


def commit(repository: Path, subject: str) -> None:
    """Commit everything in a repository."""
    for words in (["add", "-A"], ["commit", "-q", "-m", subject]):
        subprocess.run(["git", *words], cwd=repository, check=True)
