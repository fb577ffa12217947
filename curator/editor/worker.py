"""The process that checks: while it reads a large file, the server answers.

It lives on one connection and ends when that closes, so that it never outlives the server. A check that
nobody waits for any more is ended with its process: a new one is ready before a large file is read.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from curator.errors import CuratorError, InstallationError, LocatedError
from curator.repository.layout.config import NAME

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from curator.checks.model.finding import Finding
    from curator.editor.project import Project

__all__ = ["check_file", "main"]

# Seconds without a question after which there is time for more.
IDLE = 0.5


def main(descriptor: int) -> None:
    """Serve one connection.

    It takes ``("ready", root)``, ``("put", root, path, raw)`` and ``("check", number, root, path)``, and
    answers the last with the number and the findings.
    """
    from multiprocessing.connection import Connection

    connection: Connection[Any, Any] = Connection(descriptor)
    asked: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(connection, asked), daemon=True).start()
    with suppress(InstallationError):  # whoever asks about a file is told
        _get_ready()
    projects: dict[str, Project] = {}
    idle: float | None = IDLE
    while True:
        try:
            what, *rest = asked.get(timeout=idle)
        except queue.Empty:
            _get_ready_for_mistakes()
            idle = None
            continue
        if what == "ready":
            _meet(_project(projects, rest[0]))
        elif what == "put":
            root, path, raw = rest
            _project(projects, root).put(path, raw)
        else:
            number, root, path = rest
            connection.send((number, _safely(_project(projects, root), path)))


def _listen(connection: Connection[Any, Any], asked: queue.SimpleQueue[tuple[Any, ...]]) -> None:
    while True:
        try:
            asked.put(connection.recv())
        except (EOFError, OSError):
            os._exit(0)  # nobody is left to answer; a check that still runs is for nobody


def _get_ready() -> None:
    """Import what a check needs before the first one is waited for."""
    from curator.calibrations.schema.schemas import load_validator
    from curator.calibrations.types.types import all_types
    from curator.checks.model.rule import all_rules, file_rules
    from curator.checks.run import engine  # noqa: F401
    from curator.formats.read import read_document

    all_rules()
    for one in all_types():
        file_rules(one)
        load_validator(one.schema)
    table = (
        b"# %ECSV 1.0\n# ---\n# datatype:\n# - {name: x0, datatype: int64}\n# schema: astropy-2.0\nx0\n1\n"
    )
    read_document("x.ecsv", table)
    read_document("x.yaml", b"metadata:\n  OBSTYPE: x\n").at("metadata", "OBSTYPE")


def _get_ready_for_mistakes() -> None:
    """Import what explains a mistake; most files have none, so it waits until nobody asks for anything."""
    import difflib  # noqa: F401

    import jsonschema  # noqa: F401

    from curator.formats.ecsv import diagnose, row_errors  # noqa: F401


def _meet(project: Project) -> None:
    """Read a repository's configuration and cameras before a file of it is asked about."""
    from datetime import datetime

    try:
        config = project.config()
        for camera in config.cameras:
            config.camera_files.at(camera.directory, datetime.max)
    except LocatedError:  # whoever asks about a file is told
        return


def _project(projects: dict[str, Project], root: str) -> Project:
    from curator.editor.project import Project

    if root not in projects:
        projects[root] = Project(root)
    return projects[root]


def _safely(project: Project, path: str) -> tuple[Finding, ...] | str:
    """Return the findings, or in a word why there are none; a bug must not take the editor's server away."""
    try:
        return check_file(project, path)
    except LocatedError as error:
        return f"not checked: {error.message}"
    except Exception as error:
        import traceback

        traceback.print_exc(file=sys.stderr)
        return f"not checked: a bug in curator ({type(error).__name__}); see the server's output"


def check_file(project: Project, path: str) -> tuple[Finding, ...]:
    """Return what ``curator check PATH`` finds, with the open texts in place of the files."""
    from curator.checks.run.engine import check

    try:
        config = project.config()
    except CuratorError as error:
        return tuple(_config_findings(error, path))
    return check(project.snapshot(), config, paths=[path]).findings


def _config_findings(error: CuratorError, path: str) -> list[Finding]:
    from curator.checks.model.finding import Finding

    problems: tuple[CuratorError, ...] = getattr(error, "problems", (error,))
    if path != NAME:
        first = problems[0]
        where = f"{NAME}:{first.line}" if first.line else NAME
        return [
            Finding(
                "", "warning", path, 1, 1, f"not checked: {where}: {first.message}", first.hint or error.hint
            )
        ]
    code = getattr(error, "code", "")
    return [
        Finding(code, "error", path, one.line or 1, one.column or 1, one.message, one.hint)
        for one in problems
    ]


if __name__ == "__main__":
    main(int(sys.argv[1]))
