"""Write a commit's calibrations as stamped FITS."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from curator.errors import CuratorError
    from curator.export.export import ExportReport

DESCRIPTION = """\
Write every calibration of a commit as a FITS file into the folder OUT, with a manifest that
lists the files. Each file is stamped with its source text, commit and editors.

Only committed files are exported: without --rev, uncommitted calibrations are an error. Files
that are already in OUT are not written again. A text that FITS cannot hold, or whose header
contradicts its path, stops the export; all such texts are listed, and the previous manifest
stays. A file whose path does not identify it, for example because its name is not a date, is
skipped and listed. Files with other errors of `curator check` are exported and marked in the
manifest; they can be published only under personal labels."""
EXAMPLES = "curator export ../export --rev v2025.1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", metavar="OUT", help="folder to write to; created if it does not exist")
    parser.add_argument(
        "paths", metavar="PATHS", nargs="*", help="export only these files and folders of the repository"
    )
    parser.add_argument("--rev", metavar="REV", help="commit to export (default: the one checked out)")
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        help="number of processes (default: 1 to write, chosen by size to check)",
    )
    parser.add_argument("--config", metavar="FILE", help="use this curator.yaml and the cameras beside it")
    parser.add_argument(
        "--prune", action="store_true", help="afterwards, remove exported files that no manifest in OUT lists"
    )
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.terminal.progress import progress_bar
    from curator.export.export import run_export
    from curator.repository.repository import Repository

    repo = Repository.find(args.repo)
    with listing_errors(), progress_bar("export") as progress:
        report = run_export(
            repo,
            args.out,
            rev=args.rev,
            paths=args.paths,
            jobs=args.jobs,
            config=args.config,
            progress=progress,
            prune=args.prune,
        )
    say_left_out(report)
    if args.format == "json":
        _say_json(report, args.out)
    else:
        print_report(report, args.out, prune=args.prune)
    return 0


def _say_json(report: ExportReport, out: str) -> None:
    from curator.cli.terminal.console import relative

    manifest = report.manifest
    say_json(
        out=relative(out),
        repository=manifest.repository,
        commit=manifest.commit,
        written=report.written,
        kept=report.kept,
        removed=report.removed,
        left_out=[{"path": each.path, "message": each.message} for each in report.left_out],
        files=[
            {"path": row.path, "source": row.gitpath, "has_errors": row.has_errors} for row in manifest.rows
        ],
    )


@contextmanager
def listing_errors() -> Iterator[None]:
    """Name every text that cannot be exported, before the error itself is said."""
    from curator.cli.terminal.console import complain
    from curator.export.export import UnrepresentableError

    try:
        yield
    except UnrepresentableError as error:
        for one in error.errors:
            complain(_first_line(one), one.hint)
        raise


def say_left_out(report: ExportReport) -> None:
    """Say on standard error which files were not exported, and which only personal labels accept."""
    from curator.cli.terminal.console import complain, remark

    for one in report.left_out:
        complain(f"skipped {_first_line(one)}", "`curator check` says where it belongs")
    if failing := [row.gitpath for row in report.manifest.rows if row.has_errors]:
        many = f"{len(failing)} files have" if len(failing) > 1 else f"{failing[0]} has"
        remark(
            f"{many} errors: only personal labels (u/…) accept this export",
            "`curator check` lists them; fix them, and export again",
        )


def print_report(report: ExportReport, out: str, *, prune: bool = False) -> None:
    """Print what an export did; ``out`` is the folder if it is kept."""
    from curator.cli.terminal.console import relative, say

    manifest = report.manifest
    pruned = f", {report.removed} pruned" if prune else ""
    where = relative(out) if out else "exported"
    say(
        f"{where}: {len(manifest.rows)} calibrations of {manifest.repository} "
        f"at {manifest.commit[:12]} ({report.written} written, {report.kept} kept{pruned})"
    )


def _first_line(error: CuratorError) -> str:
    """Return an error without its hint; a file's name may hold what `str.splitlines` ends a line at."""
    return str(error).partition("\n")[0]
