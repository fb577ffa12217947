"""List exposures that a change gives another calibration."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from curator.cli.ask._answers import csv_lines
from curator.cli.terminal.console import remark, say
from curator.cli.terminal.exposure_arguments import exposures_of, say_what_is_left
from curator.cli.terminal.revision_range import parse_range
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.repository.selection.impact import Impact
    from curator.repository.selection.required_types import Left
    from curator.repository.selection.selection import Answer

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
List the exposures of a table (CSV or ECSV, as for `curator select`) that get a different calibration in the
second commit than in the first: another file, the same file with other content, no calibration any more, or
a calibration for the first time. The second commit is HEAD if you omit it. --registry compares two of its
labels; a label that you omit is the preferred label. PATH@ID in the output is a file and the first 12 digits
of its git blob or, with --registry, of the digest of its content. An exposure without a detector counts for
all detectors of its camera. Changes of the camera file are listed only with --type camera.

Exit status: 0 no exposure, 1 some exposures, 2 wrong usage, or dataset types were skipped because the table
names no filter."""
COLUMNS = ("exposure", "date", "dataset_type", "detector", "physical_filter", "before", "after")
EXAMPLES = """\
curator impact origin/main..HEAD --exposures night.csv --type defects
curator impact 2025.1..2025.2 --exposures night.csv --registry butler:REPO"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("range", metavar="BASE..HEAD", help="two commits, or two labels with --registry")
    parser.add_argument("--exposures", metavar="TABLE", required=True, help="table of exposures")
    parser.add_argument("--type", metavar="T", action="append", default=[], help="dataset type; default: all")
    parser.add_argument(
        "--camera", metavar="C", default="", help="camera; required if several have the detector or filter"
    )
    parser.add_argument("--detector", metavar="D", default="", help="value for a table without this column")
    parser.add_argument("--filter", metavar="F", default="", help="value for a table without this column")
    parser.add_argument("--registry", metavar="KIND:PATH", help="compare two labels of a registry")
    parser.add_argument(
        "--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates in the table"
    )
    parser.add_argument("--format", choices=("csv", "json"), default="csv", help="default: csv")


def run(args: Namespace) -> int:
    changed, left = _of_labels(args) if args.registry else _of_commits(args)
    unsaid = say_what_is_left(left)
    shown = changed if args.type else _without_camera(changed)
    _explain_ambiguous(shown)
    if args.format == "json":
        _print_json(shown, "content" if args.registry else "blob")
    else:
        _print_csv(shown)
    return 2 if unsaid else int(bool(changed))


def _without_camera(changed: list[Impact]) -> list[Impact]:
    """Return what changed but descriptions of cameras, which are said once instead of for each exposure."""
    kept = [one for one in changed if one.after.request.dataset_type != "camera"]
    if count := len(changed) - len(kept):
        exposures = counted(count, "exposure")
        remark(f"the description of the camera changes for {exposures}: --type camera lists them")
    return kept


def _explain_ambiguous(changed: list[Impact]) -> None:
    """Say once what `ambiguous` in a row means."""
    if any("ambiguous" in (one.before.status, one.after.status) for one in changed):
        remark(
            "ambiguous: several calibrations hold during the exposure, because it crosses the start of one "
            "or because their validity ranges overlap",
            "`curator why` names them",
        )


def _of_commits(args: Namespace) -> tuple[list[Impact], Left]:
    from curator.repository.repository import Repository
    from curator.repository.selection.impact import impact

    commits = parse_range(args.range)
    if commits is None:
        raise UsageError(f"{args.range!r} does not name two commits", hint="write A..B, such as v1.2..HEAD")
    repository = Repository.find(args.repo)
    before, after = (repository.commit(name) for name in commits)
    return impact(before, after, exposures_of(args), args.type)


def _of_labels(args: Namespace) -> tuple[list[Impact], Left]:
    from curator.registries.query.as_catalogue import labels_impact

    before, dots, after = args.range.partition("..")
    if before == after or not dots or after.startswith("."):
        raise UsageError(
            f"{args.range!r} does not name two labels", hint="write A..B, such as 2025-04..2025-05"
        )
    return labels_impact(args.registry, before, after, exposures_of(args), args.type)


def _print_csv(changed: list[Impact]) -> None:
    rows = ((*_asked(one), _named(one.before), _named(one.after)) for one in changed)
    sys.stdout.writelines(csv_lines(COLUMNS, rows))


def _asked(one: Impact) -> tuple[str, ...]:
    request = one.after.request
    names = (request.dataset_type, request.detector or "", request.physical_filter or "")
    return one.exposure.name, request.begin.isoformat(), *names


def _named(answer: Answer) -> str:
    """Return what applied: a path and the beginning of its id or digest, else how many."""
    if answer.entry is None:
        return answer.status
    return f"{answer.entry.path}@{(answer.entry.blob or '')[:12]}"


def _print_json(changed: list[Impact], identity: str) -> None:
    import json

    found = [
        dict(
            zip(
                COLUMNS,
                (*_asked(one), _calibrations(one.before, identity), _calibrations(one.after, identity)),
                strict=True,
            )
        )
        for one in changed
    ]
    say(json.dumps({"version": 1, "exposures": found}, indent=1))


def _calibrations(answer: Answer, identity: str) -> list[dict[str, str]]:
    return [{"path": str(entry.path), identity: entry.blob or ""} for entry in answer.entries]
