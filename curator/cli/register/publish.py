"""Publish a commit to a registry: export, plan and apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Export the commit REV, plan what its calibrations change in a registry under a label, and apply that plan.
This does what `curator export`, `curator plan` and `curator apply` do one after another, with the same checks
and questions. Uncommitted files are not published.

The registry gets its own copies of the files, and the export is only kept in the cache. With --export DIR the
export is kept in DIR, and a Butler refers to the files there: keep that folder.

The plan is saved before anything is written to the registry; the last line is the command that plans the way
back. If the command is interrupted or killed, run it again: it does what is left. A label is preferred only
when all of it is there. --dry-run exports and prints the plan; it saves no plan and writes nothing to the
registry.
"""
EXAMPLES = """\
curator publish v2025.1 butler:/repo/main --label 2025.1 --prefer --dry-run
curator publish v2025.1 butler:/repo/main --label 2025.1 --prefer
curator publish HEAD butler:/repo/main --label u/ada/trial"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.register._listing import add_verbose
    from curator.cli.register.ingest import add_publishing, add_wait

    parser.add_argument("rev", metavar="REV", help="commit, tag or branch to publish; HEAD is checked out")
    add_publishing(parser, "copy; with --export DIR as for `curator ingest`")
    parser.add_argument(
        "--export",
        metavar="DIR",
        default="",
        help="keep the export in this folder; default: a folder of the cache, and the registry gets copies",
    )
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="save the plan here; default: in $XDG_STATE_HOME/curator/plans"
    )
    parser.add_argument("--dry-run", action="store_true", help="export, print the plan, and stop there")
    add_verbose(parser)
    add_wait(parser)


def run(args: Namespace) -> int:
    from contextlib import ExitStack

    from curator.cli.publish.export import listing_errors, print_report, say_left_out
    from curator.cli.register.apply import print_applied
    from curator.cli.register.ingest import asked, consent_of, listing_refusals, notify
    from curator.cli.register.plan import print_saved, print_way_back, save
    from curator.cli.terminal.progress import progress_bar
    from curator.cli.terminal.unpushed import remark_unpushed
    from curator.registries.model.model import Storage
    from curator.registries.publish.publish import exported, storage_for
    from curator.registries.publish.saved_plan import apply_plan, make_plan
    from curator.registries.registry import parse_target
    from curator.repository.repository import Repository

    parse_target(args.target)
    storage = storage_for(Storage(args.database, args.datastore, args.transfer, args.formatter), args.export)
    repo = Repository.find(args.repo)
    with ExitStack() as stack:
        stack.enter_context(listing_refusals())
        with listing_errors(), progress_bar("export") as progress:
            folder, report = stack.enter_context(
                exported(repo, args.rev, args.export, wait=args.wait, notify=notify, progress=progress)
            )
        if not args.dry_run:
            remark_unpushed(args.repo, report.manifest.commit, args.label)
        say_left_out(report)
        print_report(report, args.export)
        saved = make_plan(
            folder,
            args.target,
            args.label,
            prefer=args.prefer,
            storage=storage,
            wait=args.wait,
            notify=notify,
            consent=consent_of(args),
            ask=asked,
        )
        print_saved(saved, verbose=args.verbose)
        if saved.is_empty or args.dry_run:
            return 0
        path = save(saved, args.output)
        done = apply_plan(saved, wait=args.wait, notify=notify)
    print_applied(done)
    if done.moves:
        print_way_back(path)
    return 0
