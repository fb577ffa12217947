"""Put an export into a registry, with validity ranges."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from curator.cli.register._listing import add_verbose, print_changes, print_rows
from curator.cli.terminal.console import at_terminal, confirm, escape, paint, remark, say, say_wrong
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from curator.export.manifest.manifest import TypeRecord
    from curator.registries.model.model import Addition, Item, Reason, Transfer
    from curator.registries.model.plan import ChainMove, Plan
    from curator.registries.publish.consent import Consent

__all__ = [
    "DESCRIPTION",
    "add_arguments",
    "add_consent",
    "add_formatter",
    "add_publishing",
    "add_wait",
    "asked",
    "consent_of",
    "listing_refusals",
    "notify",
    "print_additions",
    "print_differences",
    "print_outside",
    "print_readers",
    "print_staying",
    "run",
]

DESCRIPTION = """\
Ingest the files of an export into a registry, and certify their validity ranges under a label.

A Butler refers to the files of the export: keep the export, or use --transfer copy. A Gen2 registry
(calibRegistry.sqlite3) gets links or copies of the files, and serves only the preferred label. Files and
ranges are added in one transaction. A second run does nothing; after an interruption, it completes the work.

A published label never changes: different content under the same label is refused, with a list of the
differences. Labels u/NAME/... are for experiments: they accept any commit and are never preferred. All other
labels accept only commits that are on the release branch or have a tag.

A missing registry is created only with --create. An instrument that the registry does not know is registered
only with --register-instrument, or after a yes at the terminal, so a misspelled name creates nothing. To add
an export of some paths to a label of the same commit, give its manifest (OUT/manifests/...). Uncertified
calibrations are ingested, but not certified."""
REASONS = 10
EXAMPLES = """\
curator ingest ../export butler:/repo/main --label 2025.1 --dry-run
curator ingest ../export butler:/repo/main --label 2025.1 --prefer"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("export", metavar="EXPORT", help="folder that `curator export` wrote")
    add_publishing(parser)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="only print what differs from what look-ups find now, and what would be done",
    )
    add_verbose(parser)
    add_wait(parser)


def add_publishing(parser: ArgumentParser, transfer: str = "") -> None:
    """Add the arguments that say where, under which label and how calibrations are published.

    ``transfer`` says what --transfer is by default, if not what it is for an export that is kept.
    """
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    parser.add_argument("--label", required=True, help="label to publish, such as 2025.1")
    parser.add_argument(
        "--prefer", action="store_true", help="make this label the preferred one, found by <instrument>/calib"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default="",
        help="where a new Butler keeps its registry: postgresql://USER@HOST/NAME; default: SQLite in PATH",
    )
    add_files(parser, transfer)
    add_formatter(parser)
    add_consent(parser)


def add_files(parser: ArgumentParser, transfer: str = "") -> None:
    """Add the options that say where a registry keeps files, and how it gets them."""
    parser.add_argument(
        "--datastore",
        metavar="URL",
        default="",
        help="where a new Butler keeps files that are copied: s3://BUCKET/PREFIX; default: in PATH",
    )
    parser.add_argument(
        "--transfer",
        choices=("direct", "copy", "hardlink"),
        default="",
        help="refer to the files of the export, or give the registry its own files; default: "
        + (transfer or "direct for a Butler, hard links or copies for a Gen2 registry"),
    )


def add_formatter(parser: ArgumentParser) -> None:
    """Add the option that says who reads the files."""
    parser.add_argument(
        "--formatter",
        choices=("curator", "stack"),
        default="",
        help="formatter with which `butler.get` reads new files: curator's (default), which every reader "
        "needs, or the Rubin stack's for defects, crosstalk, linearizers and kernels",
    )


def add_consent(parser: ArgumentParser) -> None:
    """Add the options that agree to what is new."""
    parser.add_argument(
        "--create", action="store_true", help="create the registry and its instruments if it does not exist"
    )
    parser.add_argument(
        "--register-instrument",
        action="store_true",
        help="register an instrument that an existing registry does not know",
    )


def consent_of(args: Namespace) -> Consent:
    """Return what the options of `add_consent` agree to."""
    from curator.registries.publish.consent import Consent

    return Consent(args.create, args.register_instrument)


def asked(plan: Plan, option: str, target: str) -> bool | None:
    """Ask at the terminal for what an option would have agreed to; `None` where nobody is there to answer."""
    if not at_terminal():
        return None
    print_additions(plan.adds, "would register")
    instruments = [one for one in plan.adds if one.kind == "instrument"]
    if option == "--create":
        names = ", ".join(one.name for one in instruments)
        return confirm(f"There is no registry at {target}. Make one, with {names or 'no instrument'}?")
    said = (f"{one.name} beside {one.beside}" if one.beside else one.name for one in instruments)
    return confirm(f"{target} does not know an instrument. Register {'; '.join(said)}?")


def add_wait(parser: ArgumentParser) -> None:
    """Add the option that says how long to wait for another writer."""
    parser.add_argument(
        "--wait",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for another ingest to end (default: 60)",
    )


def _seconds(text: str) -> float:
    from argparse import ArgumentTypeError

    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86400:
        raise ArgumentTypeError(f"{text!r} is not between 0 and 86400 seconds")
    return seconds


def run(args: Namespace) -> int:
    from curator.cli.terminal.unpushed import remark_unpushed
    from curator.registries.publish.ingest import ingest

    with listing_refusals():
        report = ingest(
            args.export,
            args.target,
            args.label,
            args.prefer,
            args.dry_run,
            wait=args.wait,
            notify=notify,
            database=args.database,
            datastore=args.datastore,
            transfer=args.transfer,
            formatter=args.formatter,
            consent=consent_of(args),
            ask=asked,
        )
    if not args.dry_run:
        remark_unpushed(args.repo, report.plan.export.commit, args.label)
    _print_plan(report.plan, args.target, dry_run=args.dry_run, verbose=args.verbose)
    print_outside(
        args.target, args.transfer, report.plan.export.root, len(report.plan.ingest), planned=args.dry_run
    )
    if args.formatter == "stack":
        print_readers(report.plan.export.dataset_types, report.plan.present)
    if args.dry_run and (option := consent_of(args).lacks(report.plan)):
        say(f"needs {option}, or a yes at the terminal")
    return 0


def notify(message: str) -> None:
    """Say on standard error what is waited for."""
    remark(message)


@contextmanager
def listing_refusals() -> Iterator[None]:
    """Print the reasons of a refusal before the refusal itself is said."""
    from curator.registries.publish.export_reader import Refused

    try:
        yield
    except Refused as error:
        print_differences(error.differences)
        raise


def print_differences(differences: tuple[Reason, ...]) -> None:
    """Print why nothing was written: the first few reasons, and how many there are besides."""
    from curator.cli.terminal.layout import fitting

    for one in differences[:REASONS]:
        for line in fitting(f"{paint(escape(one.about), 'bold')}: {escape(one.message)}", hang="    "):
            say_wrong(line)
    if (more := len(differences) - REASONS) > 0:
        say_wrong(f"… and {more} more")


def print_readers(kinds: Iterable[TypeRecord], present: int = 0) -> None:
    """Print which dataset types the Rubin stack reads by itself, and which need curator."""
    from curator.cli.terminal.layout import fitting
    from curator.registries.butler.formatters import is_read_by_stack

    names: dict[bool, list[str]] = {True: [], False: []}
    for kind in kinds:
        names[is_read_by_stack(kind)].append(kind.registry_name or kind.name)
    for is_alone, who in (
        (True, "read by the stack alone"),
        (False, "only read where curator can be imported"),
    ):
        if names[is_alone]:
            say("\n".join(fitting(f"{who}: {', '.join(names[is_alone])}")))
    if present:
        say(f"{counted(present, 'dataset')} already ingested: their formatters do not change")


def print_additions(additions: Iterable[Addition], verb: str, *, verbose: bool = False) -> None:
    """Print what is new to a registry, a line for each kind; the first few of many unless ``verbose``."""
    from curator.cli.terminal.layout import fitting
    from curator.registries.publish.consent import grouped

    indent = " " * (len(verb) - len(verb.lstrip()))
    for title, names in grouped(additions, verbose=verbose):
        for line in fitting(escape(f"{verb.lstrip()} {title}: {names}"), indent, "    "):
            say(line)


def print_outside(target: str, transfer: Transfer, export: str, files: int, *, planned: bool) -> None:
    """Print that a registry refers to files of an export, which have to stay where they are.

    Parameters
    ----------
    transfer : {"", "direct", "copy", "hardlink"}
        How the registry gets them.
    export : str
        Folder of the export, or a manifest in it.
    files : int
        How many new ones there are.
    planned : bool
        Whether nothing was written yet, so that another way can be chosen.
    """
    from curator.cli.terminal.console import relative
    from curator.registries.publish.export_reader import root_of
    from curator.registries.registry import refers

    if files and refers(target, transfer):
        said = (
            f"{counted(files, 'file')} stay{'s' if files == 1 else ''} in {escape(relative(root_of(export)))}"
        )
        say(f"  {said}: keep that folder, or use --transfer copy" if planned else f"{said}: keep that folder")


def print_staying(differences: tuple[Reason, ...]) -> None:
    """Print what goes on being found that one might think is replaced."""
    for one in differences:
        say(f"{escape(one.about)} {escape(one.message)}")


def _print_plan(plan: Plan, target: str, *, dry_run: bool, verbose: bool) -> None:
    from curator.registries.registry import kind_of

    if dry_run:
        print_changes(plan.compared, plan.changes, verbose=verbose)
    print_staying(plan.stays)
    if plan.is_empty:
        say(f"nothing to do: {escape(target)} holds all {counted(plan.present, 'dataset')} of this export")
        return
    if plan.creates:
        say(f"{_did('make', 'made', dry_run)} a new {kind_of(target).TITLE}: {escape(target)}")
    print_additions(plan.adds, _did("register", "registered", dry_run), verbose=verbose)
    if dry_run:
        print_rows([_row(one) for one in plan.ingest], "  ", verbose=verbose)
    if plan.ingest or plan.certify or plan.creates:
        say(
            f"{_did('ingest', 'ingested', dry_run)} {counted(len(plan.ingest), 'dataset')}, "
            f"{plan.present} already ingested, "
            f"{plan.uncertified} without a validity range"
            f"{f', {plan.deprecated} deprecated' if plan.deprecated else ''}"
        )
    if plan.restore:
        say(f"{_did('restore', 'restored', dry_run)} {counted(len(plan.restore), 'file')} that had been lost")
    for label in plan.completes:
        say(f"{_did('complete', 'completed', dry_run)} {label}: an earlier run left ranges out")
    for label in dict.fromkeys(plan.labels.values()):
        certified = sum(plan.labels[one.item.data_id.instrument] == label for one in plan.certify)
        if certified:
            say(
                f"{_did('certify', 'certified', dry_run)} {counted(certified, 'range')} "
                f"in {paint(label, 'bold')} (commit {plan.export.commit[:12]})"
            )
    for move in plan.moves:
        _print_move(move, plan, dry_run=dry_run)
    if not (plan.ingest or plan.certify or plan.restore or plan.creates):
        say(
            f"nothing else to do: {escape(target)} holds all "
            f"{counted(plan.present, 'dataset')} of this export"
        )


def _print_move(move: ChainMove, plan: Plan, *, dry_run: bool) -> None:
    instead = f" instead of {', '.join(move.replaces)}" if move.replaces else ""
    label = next(one for one in plan.labels.values() if one in move.members)
    say(f"{move.chain} {'would prefer' if dry_run else 'now prefers'} {label}{instead}")


def _did(verb: str, past: str, dry_run: bool) -> str:
    return f"would {verb}" if dry_run else past


def _row(item: Item) -> tuple[str, str]:
    from curator.registries.model.describe import moment

    return str(item.data_id), f"{moment(item.start)}{_end(item)}"


def _end(item: Item) -> str:
    from curator.registries.model.describe import moment

    if item.is_deprecated:
        return " (deprecated)"
    if not item.ranges:
        return " (not certified)"
    if item.ranges[0].start == item.start and len(item.ranges) == 1:
        end = item.ranges[0].end
        return f" to {moment(end)}" if end else ""
    return f", certified {', '.join(map(str, item.ranges))}"
