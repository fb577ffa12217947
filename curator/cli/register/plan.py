"""Save what an ingest would write, to read it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.registry.publish.purge import SavedPurge
    from curator.registry.publish.saved_plan import SavedPlan

__all__ = ["DESCRIPTION", "add_arguments", "print_saved", "run"]

DESCRIPTION = """\
Compare an export with a registry and save what an ingest would write: new datasets, new validity ranges, and
which label is preferred afterwards. Nothing is written to the registry. `curator apply` does exactly what the
plan says, and refuses if the export or the registry has moved on. A plan that makes a registry, or registers
an instrument that the registry does not know, is saved with --create or --register-instrument only, or after
a yes at the terminal; `curator apply` then asks nobody.

With --purge LABEL and no EXPORT the plan takes a label away, with the datasets and files that nobody else
has, and says who has the others. A label that a chain still prefers is refused. It cannot be rolled back.
"""
SHOWN = 20
EXAMPLES = """\
curator plan ../export butler:/repo/main --label 2025.1 --prefer -o plan.json
curator plan butler:/repo/main --purge u/ada/trial -o purge.json"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.register.ingest import add_consent, add_files, add_formatter
    from curator.cli.terminal.json_output import add_format

    parser.add_argument("export", metavar="EXPORT", nargs="?", help="folder that `curator export` wrote")
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--label", help="name to publish this state under, as 2025.1")
    what.add_argument("--purge", metavar="LABEL", help="take this label away instead")
    parser.add_argument(
        "--prefer", action="store_true", help="let <instrument>/calib find this label from then on"
    )
    parser.add_argument("--database", metavar="URL", default="", help="as of `curator ingest`")
    add_files(parser)
    add_formatter(parser)
    add_consent(parser)
    parser.add_argument("--output", "-o", metavar="FILE", help="default: plan-LABEL.json, purge-LABEL.json")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import print_differences
    from curator.registry.publish.export_reader import Refused
    from curator.registry.publish.plan_file import is_done, save_plan

    try:
        saved: SavedPlan | SavedPurge = _purge(args) if args.purge else _publish(args)
    except Refused as error:
        print_differences(error.differences)
        raise
    name = f"purge-{args.purge}" if args.purge else f"plan-{args.label}"
    path = args.output or f"{name.replace('/', '-')}.json"
    if args.format == "json":
        is_saved = not is_done(saved, path)
        if is_saved:
            save_plan(saved, path)
        _say_json(saved, path if is_saved else None)
        return 0
    print_saved(saved)
    if is_done(saved, path):
        say(f"{escape(path)} stays: it is the plan that was applied, which `curator rollback` needs")
        return 0
    save_plan(saved, path)
    say(f"saved as {escape(path)}: `curator apply {escape(path)}` does it")
    return 0


def _say_json(saved: SavedPlan | SavedPurge, path: str | None) -> None:
    from curator.cli.terminal.json_output import say_json
    from curator.registry.publish.plan_file import plan_tree

    say_json(file=path, is_empty=saved.is_empty, plan=plan_tree(saved))


def _publish(args: Namespace) -> SavedPlan:
    from curator.cli.register.ingest import asked, consent_of
    from curator.registry.model.model import Storage
    from curator.registry.publish.saved_plan import make_plan

    if not args.export:
        raise UsageError(
            "which export? its folder is missing", hint="curator plan EXPORT KIND:PATH --label L"
        )
    storage = Storage(args.database, args.datastore, args.transfer, args.formatter)
    return make_plan(
        args.export,
        args.target,
        args.label,
        prefer=args.prefer,
        storage=storage,
        consent=consent_of(args),
        ask=asked,
    )


def _purge(args: Namespace) -> SavedPurge:
    from curator.registry.publish.purge import plan_purge

    options = ("prefer", "database", "datastore", "transfer", "formatter", "create", "register_instrument")
    if args.export or any(getattr(args, name) for name in options):
        raise UsageError("--purge takes a registry and nothing else", hint="curator plan KIND:PATH --purge L")
    return plan_purge(args.target, args.purge)


def _print_purge(saved: SavedPurge) -> None:
    purge = saved.purge
    say(f"plan for {paint(escape(saved.target), 'bold')}, to take away {escape(purge.label)}:")
    _list("remove", "label", list(purge.collections))
    _list("remove", "dataset", [str(one) for one in purge.datasets])
    files = [one.file for one in purge.datasets if one.file]
    _list("delete", "file", files)
    if referred := len(purge.datasets) - len(files):
        say(f"  leave {referred} file{'' if referred == 1 else 's'} where the registry only refers to them")
    _list("remove", "run", list(purge.runs))
    _list("keep", "dataset", [f"{one.about}, {one.message}" for one in purge.kept])


def print_saved(saved: SavedPlan | SavedPurge) -> None:
    """Print what a plan will do, for the person who decides."""
    from curator.cli.register.ingest import print_additions
    from curator.registry.model.model import Addition
    from curator.registry.publish.purge import SavedPurge

    if isinstance(saved, SavedPurge):
        _print_purge(saved)
        return
    say(f"plan for {paint(escape(saved.target), 'bold')}, commit {escape(saved.commit[:12])}:")
    for chain, said in saved.stays:
        say(f"  {escape(chain)} {escape(said)}")
    if saved.is_empty:
        say("  nothing to do")
        return
    if saved.creates:
        say("  make a new registry")
    print_additions((Addition(*row) for row in saved.adds), "  register")
    if saved.formatter == "stack":
        say("  record the Rubin stack's formatter for what it reads (see `curator help ingest`)")
    _list("ingest", "dataset", [_named(*one) for one in saved.ingest])
    _list("put back", "file", [_named(*one) for one in saved.restore])
    _list("certify", "range", [_certified(*one) for one in saved.certify])
    for move in saved.moves:
        now, then = ", ".join(move.before) or "nothing", ", ".join(move.members)
        say(f"  {escape(move.chain)}: {escape(now)} -> {escape(then or 'nothing')}")


def _named(name: str, start: str, *_: str) -> str:
    return f"{name} {_day(start)}"


def _certified(_: str, name: str, start: str, first: str, last: str) -> str:
    since = "" if first == start else f" from {_day(first)}"
    return f"{name} {_day(start)}{since}{f' to {_day(last)}' if last else ''}"


def _day(date: str) -> str:
    return date.removesuffix("T00:00:00")


def _list(verb: str, what: str, rows: list[str]) -> None:
    from curator.cli.terminal.layout import fitting

    if not rows:
        return
    say(f"  {verb} {len(rows)} {what}{'' if len(rows) == 1 else 's'}")
    for row in rows[:SHOWN]:
        say("\n".join(fitting(escape(row), "    ")))
    if len(rows) > SHOWN:
        say(f"    … and {len(rows) - SHOWN} more")
