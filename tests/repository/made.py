"""Repositories made with plain git: what the guarded layer is compared with."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from curator.repository.repository import Repository


def git(folder: Path | str, *args: str, input: bytes | None = None, **environment: str) -> bytes:
    """Run git as a user would, with no guard."""
    return subprocess.run(
        ["git", *args],
        cwd=folder,
        capture_output=True,
        check=True,
        input=input,
        env={**os.environ, **environment},
    ).stdout


@dataclass(frozen=True)
class Made:
    """A repository on disk."""

    root: Path

    @classmethod
    def at(cls, root: Path, *options: str) -> Made:
        git(root.parent, "init", "-q", "-b", "main", *options, str(root))
        return cls(root)

    @property
    def repo(self) -> Repository:
        return Repository.find(self.root)

    def git(self, *args: str, input: bytes | None = None, **environment: str) -> str:
        return git(self.root, *args, input=input, **environment).decode("utf-8", "surrogateescape").strip()

    def write(self, path: str, content: str | bytes = "x\n") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(self, subject: str = "A change", *paths: str, **environment: str) -> str:
        """Write each of ``paths`` with a content of its own, commit everything, return the id."""
        for path in paths:
            self.write(path, f"{path} {subject}\n")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", subject, **environment)
        return self.git("rev-parse", "HEAD")

    def log(self, path: str, *options: str) -> list[str]:
        """Return the commits that plain git shows for a path."""
        return self.git("--literal-pathspecs", "log", "--format=%H", *options, "--", path).split()


def camera(name: str, *detectors: str, start: str = "2020-01-01T00:00:00") -> str:
    """Return the text of a camera file."""
    lines = [
        f'- {{name: "{one}", id: {number}, width: 10, height: 10}}' for number, one in enumerate(detectors)
    ]
    return "\n".join(
        [
            f"metadata: {{OBSTYPE: CAMERA, INSTRUME: {name.title()}}}",
            f"name: {name}",
            "aliases: []",
            f'start: "{start}"',
            "detectors:",
            *lines,
            'filters: [{name: "g 6", band: g, aliases: []}]',
            "",
        ]
    )
