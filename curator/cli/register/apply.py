"""Carry out a saved plan, all of it or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, say
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.registries.publish.purge import SavedPurge
    from curator.registries.publish.saved_plan import Applied

__all__ = ["DESCRIPTION", "add_arguments", "print_applied", "run"]

DESCRIPTION = """\
Carry out a plan of `curator plan` or `curator rollback`, completely or not at all. The plan is refused if the
manifest, a file of the export or the registry has changed since the plan was saved. Applying a plan a second
time does nothing. After an interruption, the next run completes the plan."""
EXAMPLES = "curator apply plan.json"


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.register.ingest import add_wait

    parser.add_argument("plan", metavar="PLAN", help="file that `curator plan` wrote")
    add_wait(parser)


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import listing_refusals, notify, print_outside
    from curator.cli.terminal.unpushed import remark_unpushed
    from curator.registries.publish.plan_file import load_plan
    from curator.registries.publish.purge import SavedPurge
    from curator.registries.publish.saved_plan import apply_plan

    saved = load_plan(args.plan)
    with listing_refusals():
        if isinstance(saved, SavedPurge):
            return _purge(saved, args.wait)
        done = apply_plan(saved, wait=args.wait, notify=notify)
    if saved.kind == "publish" and not done.is_empty:
        remark_unpushed(args.repo, saved.commit, saved.label)
    print_applied(done)
    if saved.export:
        print_outside(saved.target, saved.transfer, saved.export, done.ingested, planned=False)
    return 0


def print_applied(done: Applied) -> None:
    """Print what applying a plan wrote."""

    if done.is_empty:
        say("nothing to do: the registry already contains this plan")
        return
    if done.ingested or done.certified:
        say(
            f"{counted(done.ingested, 'dataset')} ingested, "
            f"{counted(done.certified, 'validity range')} certified"
        )
    if done.restored:
        say(f"{counted(done.restored, 'file')} restored that had been lost")
    for move in done.moves:
        then = ", ".join(move.members) or "nothing"
        say(f"{escape(move.chain)}: now {escape(then)}")


def _purge(saved: SavedPurge, wait: float) -> int:
    from curator.cli.register.ingest import notify
    from curator.registries.publish.purge import apply_purge

    done = apply_purge(saved, wait=wait, notify=notify)
    if not (done.collections or done.datasets):
        say(f"nothing to do: label {escape(saved.purge.label)} no longer exists")
        return 0
    parts = (done.collections, "label"), (done.datasets, "dataset"), (done.files, "file")
    said = [counted(number, name) for number, name in parts if number]
    say(f"{', '.join(said)} removed")
    return 0
