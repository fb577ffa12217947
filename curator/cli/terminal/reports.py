"""Reports in files: several forms of one check, for a forge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from curator.errors import UsageError

if TYPE_CHECKING:
    from curator.checks.model.report import Report

__all__ = ["parse_outputs", "write_reports"]


def parse_outputs(given: Sequence[str]) -> list[tuple[str, str]]:
    """Return form and file of every ``--output FORMAT=FILE``.

    Raises
    ------
    UsageError
        There is no such form, no file, or the same file twice.
    """
    from curator.checks.renderers import FORMATS

    found = [(form, path) for form, _, path in (one.partition("=") for one in given)]
    for form, path in found:
        if form not in FORMATS or not path:
            raise UsageError(
                f"--output {form}{'=' if path else ''}{path}: write FORMAT=FILE",
                hint=f"formats are {', '.join(FORMATS)}",
            )
        if [one for _, one in found].count(path) > 1:
            raise UsageError(f"--output: two reports have the file {path}")
    return found


def write_reports(report: Report, outputs: Sequence[tuple[str, str]], *, verbose: bool = False) -> None:
    """Write a report in each form; see `write_output`."""
    from curator.checks.renderers import renderer
    from curator.formats.files.write_argument import write_output

    for form, path in outputs:
        text = renderer(form)(report, verbose=verbose)
        write_output(path, f"{text}\n".encode())
