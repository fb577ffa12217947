"""Write a commit's calibrations as stamped FITS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.json_output import add_format, say_json

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.errors import CuratorError

DESCRIPTION = """\
Write every calibration of a commit as FITS into the folder OUT, each stamped with its source
text, commit and editors, and a manifest of them all.

Only what is committed is exported: without --rev, uncommitted calibrations are an error. What
OUT holds already is not written again. A text that FITS cannot hold, or whose header contradicts
its path, stops the export; all such texts are listed and the manifest that stood before still
stands. A file whose path does not say what it is, such as one not named by a date, is left out and
named. Files with other errors of `curator check` are exported, and marked in the manifest: they are
published under personal labels only."""
EXAMPLES = "curator export ../export --rev v2025.1"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("out", metavar="OUT", help="folder to write to; made if it is not there")
    parser.add_argument(
        "paths", metavar="PATHS", nargs="*", help="export only these files and folders of the repository"
    )
    parser.add_argument("--rev", metavar="REV", help="commit to export (default: the one checked out)")
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        help="processes to use (default: 1 to write, as many as pay to check)",
    )
    parser.add_argument("--config", metavar="FILE", help="use this curator.yaml and the cameras beside it")
    parser.add_argument(
        "--prune", action="store_true", help="then remove exported files that no manifest in OUT lists"
    )
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.terminal.console import complain, relative, remark, say
    from curator.cli.terminal.progress import progress_bar
    from curator.export.export import UnrepresentableError, run_export
    from curator.repository.repository import Repository

    repo = Repository.find(args.repo)
    try:
        with progress_bar("export") as progress:
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
    except UnrepresentableError as error:
        for one in error.errors:
            complain(_first_line(one), one.hint)
        raise
    for one in report.left_out:
        complain(f"left out {_first_line(one)}", "curator check says where it belongs")
    manifest = report.manifest
    if failing := [row.gitpath for row in manifest.rows if row.has_errors]:
        many = f"{len(failing)} files have" if len(failing) > 1 else f"{failing[0]} has"
        remark(
            f"{many} errors: labels other than u/… will refuse this export",
            "curator check names them; mend them, and export again",
        )
    if args.format == "json":
        say_json(
            out=relative(args.out),
            repository=manifest.repository,
            commit=manifest.commit,
            written=report.written,
            kept=report.kept,
            removed=report.removed,
            left_out=[{"path": each.path, "message": each.message} for each in report.left_out],
            files=[
                {"path": row.path, "source": row.gitpath, "has_errors": row.has_errors}
                for row in manifest.rows
            ],
        )
        return 0
    pruned = f", {report.removed} pruned" if args.prune else ""
    say(
        f"{relative(args.out)}: {len(manifest.rows)} calibrations of {manifest.repository} "
        f"at {manifest.commit[:12]} ({report.written} written, {report.kept} kept{pruned})"
    )
    return 0


def _first_line(error: CuratorError) -> str:
    """Return an error without its hint; a file's name may hold what `str.splitlines` ends a line at."""
    return str(error).partition("\n")[0]
