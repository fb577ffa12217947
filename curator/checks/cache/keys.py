"""Which rules would answer: what a kept answer must have been made with to be as good as a new one."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curator.repository.layout.config import Config

__all__ = ["code_set", "config_key", "digest", "rule_set"]

# To be raised where what is kept means something else, though every file of this package be the same.
_FORMAT = 1
_READERS = ("astropy", "jsonschema", "numpy", "yaml")


def digest(*facts: object) -> str:
    """Return a digest of facts, which their representations tell apart."""
    from _blake2 import blake2b  # hashlib takes longer to import than all of this

    return blake2b(repr(facts).encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def rule_set() -> str:
    """Return the version of everything that has a say in a report.

    That is the code, and the day, as a suppression may end.
    """
    return digest(code_set(), _today())


@cache
def code_set() -> str:
    """Return the version of everything that has a say in a finding about a file.

    That is the code and the schemas of this package, Python, and the packages that are asked about odd files,
    told by the stamps of their files.
    """
    package = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
    beside = os.path.join(os.path.dirname(package), "schemas")  # of an editable checkout
    folders = [package, *([beside] if os.path.isdir(beside) else [])]
    return digest(_FORMAT, sys.version, sys.getfilesystemencoding(), list(_readers()), sorted(_code(folders)))


def _code(folders: list[str]) -> Iterator[tuple[object, ...]]:
    for folder in folders:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith((".py", ".json")):
                    yield entry.path, *_stamp(entry.stat())
                elif entry.name != "__pycache__" and entry.is_dir():
                    folders.append(entry.path)


def _readers() -> Iterator[tuple[int, ...]]:
    for folder in sys.path:
        for name in _READERS:
            with suppress(OSError):
                yield _stamp(os.stat(os.path.join(folder, name)))


def _stamp(facts: os.stat_result) -> tuple[int, ...]:
    return facts.st_dev, facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns


def _today() -> int:
    from time import time

    return int(time() // 86400)


def config_key(config: Config) -> str:
    """Return a digest of all that a file's own findings take from the configuration and the cameras.

    Suppressions and the baseline come afterwards, so they are not in it.
    """
    facts = [
        (name, getattr(config, name))
        for name in config.__match_args__
        if name not in ("suppressions", "camera_files")
    ]
    return digest(
        sorted(facts), [config.camera_files.contents(camera.directory) for camera in config.cameras]
    )
