"""Save what an ingest would write, to read it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.register._listing import add_verbose, day, print_changes, print_list
from curator.cli.terminal.console import escape, paint, say
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.registries.publish.purge import SavedPurge
    from curator.registries.publish.saved_plan import SavedPlan

__all__ = [
    "DESCRIPTION",
    "add_arguments",
    "print_next",
    "print_saved",
    "print_way_back",
    "run",
    "save",
]

DESCRIPTION = """\
Compare an export with a registry, and save what an ingest would write: new datasets, new validity ranges,
and the preferred label. The plan first lists what differs from the label that look-ups use now. Nothing is
written to the registry. `curator apply` carries out exactly this plan, and refuses if the export or the
registry has changed. A plan that creates a registry, or registers an instrument, needs --create or
--register-instrument, or a yes at the terminal; `curator apply` asks no question.

-o chooses the file; by default, the plan is saved in $XDG_STATE_HOME/curator/plans
(~/.local/state/curator/plans). The last line of the output is the command that carries it out.

--purge LABEL, without EXPORT, plans to delete a label, and the datasets and files that no other label uses.
The plan lists who uses the others. A label that a chain prefers is refused. A purge cannot be rolled back."""
EXAMPLES = """\
curator plan ../export butler:/repo/main --label 2025.1 --prefer -o plan.json
curator plan butler:/repo/main --purge u/ada/trial -o purge.json"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.cli.register.ingest import add_consent, add_files, add_formatter
    from curator.cli.terminal.json_output import add_format

    parser.add_argument("export", metavar="EXPORT", nargs="?", help="folder that `curator export` wrote")
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--label", help="label to publish, such as 2025.1")
    what.add_argument("--purge", metavar="LABEL", help="delete this label instead")
    parser.add_argument(
        "--prefer", action="store_true", help="make this label the preferred one, found by <instrument>/calib"
    )
    parser.add_argument("--database", metavar="URL", default="", help="as in `curator ingest`")
    add_files(parser)
    add_formatter(parser)
    add_consent(parser)
    parser.add_argument(
        "--output", "-o", metavar="FILE", help="default: a file in $XDG_STATE_HOME/curator/plans"
    )
    add_verbose(parser)
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.cli.register.ingest import listing_refusals

    with listing_refusals():
        saved: SavedPlan | SavedPurge = _purge(args) if args.purge else _publish(args)
    # First of all: what prints it may be cut off, as by `head`.
    path, is_saved = _save(saved, args.output)
    if args.format == "json":
        _say_json(saved, path if is_saved else None)
        return 0
    print_saved(saved, verbose=args.verbose)
    if is_saved:
        print_next(path)
    else:
        _print_kept(path)
    return 0


def _say_json(saved: SavedPlan | SavedPurge, path: str | None) -> None:
    from curator.cli.terminal.json_output import say_json
    from curator.registries.publish.plan_file import plan_tree

    say_json(file=path, is_empty=saved.is_empty, plan=plan_tree(saved))


def _publish(args: Namespace) -> SavedPlan:
    from curator.cli.register.ingest import asked, consent_of
    from curator.registries.model.model import Storage
    from curator.registries.publish.saved_plan import make_plan

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
    from curator.registries.publish.purge import plan_purge

    options = ("prefer", "database", "datastore", "transfer", "formatter", "create", "register_instrument")
    if args.export or any(getattr(args, name) for name in options):
        raise UsageError("--purge takes a registry and nothing else", hint="curator plan KIND:PATH --purge L")
    return plan_purge(args.target, args.purge)


def save(saved: SavedPlan | SavedPurge, output: str | None = None) -> str:
    """Save a plan and return its path; one that was applied stays if nothing is left to do: then empty."""
    path, is_saved = _save(saved, output)
    if not is_saved:
        _print_kept(path)
    return path if is_saved else ""


def _print_kept(path: str) -> None:
    say(f"{escape(path)} stays: it is the plan that was applied, which `curator rollback` needs")


def _save(saved: SavedPlan | SavedPurge, output: str | None) -> tuple[str, bool]:
    """Return where a plan is, and whether it was saved there now."""
    from curator.registries.publish.plan_file import default_path, is_done, save_plan

    path = output or default_path(saved)
    if is_done(saved, path):
        return path, False
    save_plan(saved, path)
    return path, True


def print_next(path: str) -> None:
    """Print the command that carries out a plan which was saved, as the last line."""
    say(f"saved; to carry it out: {_command('apply', path)}")


def print_way_back(path: str) -> None:
    """Print the command that plans the way back from a plan which was applied."""
    say(f"the way back: {_command('rollback', path)}")


def _command(verb: str, path: str) -> str:
    import shlex

    return escape(shlex.join(["curator", verb, path]))


def _print_purge(saved: SavedPurge, *, verbose: bool) -> None:
    purge = saved.purge
    say(f"plan for {paint(escape(saved.target), 'bold')}, to delete {escape(purge.label)}:")
    _list("remove", "label", list(purge.collections), verbose=verbose)
    _list("remove", "dataset", [str(one) for one in purge.datasets], verbose=verbose)
    files = [one.file for one in purge.datasets if one.file]
    _list("delete", "file", files, verbose=verbose)
    if referred := len(purge.datasets) - len(files):
        say(f"  leave {counted(referred, 'file')} where the registry only refers to them")
    _list("remove", "run", list(purge.runs), verbose=verbose)
    _list("keep", "dataset", [f"{one.about}, {one.message}" for one in purge.kept], verbose=verbose)


def _list(verb: str, what: str, rows: list[str], *, verbose: bool) -> None:
    print_list(verb, what, [(row, "") for row in rows], verbose=verbose, fold=False)


def print_saved(saved: SavedPlan | SavedPurge, *, verbose: bool = False) -> None:
    """Print what a plan changes for look-ups, then what it writes, for the person who decides."""
    from curator.cli.register.ingest import print_additions, print_outside
    from curator.registries.model.model import Addition
    from curator.registries.publish.purge import SavedPurge

    if isinstance(saved, SavedPurge):
        _print_purge(saved, verbose=verbose)
        return
    say(f"plan for {paint(escape(saved.target), 'bold')}, commit {escape(saved.commit[:12])}:")
    print_changes(saved.compared, saved.changes, verbose=verbose)
    for chain, said in saved.stays:
        say(f"  {escape(chain)} {escape(said)}")
    if saved.is_empty:
        say("  nothing to do")
        return
    if saved.creates:
        say("  make a new registry")
    print_additions((Addition(*row) for row in saved.adds), "  register", verbose=verbose)
    if saved.formatter == "stack":
        say("  record the Rubin stack's formatter for what it reads (see `curator help ingest`)")
    for verb, what, rows in (
        ("ingest", "dataset", [(name, day(start)) for name, start, *_ in saved.ingest]),
        ("restore", "file", [(name, day(start)) for name, start, *_ in saved.restore]),
    ):
        print_list(verb, what, rows, verbose=verbose)
    _print_certified(saved, verbose=verbose)
    print_outside(saved.target, saved.transfer, saved.export, len(saved.ingest), planned=True)
    for move in saved.moves:
        now, then = ", ".join(move.before) or "nothing", ", ".join(move.members)
        say(f"  {escape(move.chain)}: {escape(now)} -> {escape(then or 'nothing')}")


def _print_certified(saved: SavedPlan, *, verbose: bool) -> None:
    """Print the ranges that are certified; those that look-ups find just so now are counted, not listed."""
    from curator.registries.model.collections import listed

    ranges = [(name, _certified(*rest)) for _, name, *rest in saved.certify]
    new = [_is_new(saved, *row[:3]) for row in saved.certify]
    same, title = len(ranges) - sum(new), ""
    if same:
        of = "all" if same == len(ranges) else f"{same} of them"
        title = f", {of} as in {listed(one.label for one in saved.compared)}"
    shown = ranges if verbose else [one for one, is_new in zip(ranges, new, strict=True) if is_new]
    print_list("certify", "range", shown, verbose=verbose, count=len(ranges), title=title)


def _is_new(saved: SavedPlan, label: str, name: str, start: str) -> bool:
    """Whether the label that look-ups find now does not have a calibration, or not exactly as it will be."""
    from curator.registries.model.collections import instrument_of

    now = [one.label for one in saved.compared if instrument_of(one.label) == instrument_of(label)]
    return not now or any((one.label, one.name, one.start) == (now[0], name, start) for one in saved.changes)


def _certified(start: str, first: str, last: str) -> str:
    since = "" if first == start else f" from {day(first)}"
    return f"{day(start)}{since}{f' to {day(last)}' if last else ''}"
