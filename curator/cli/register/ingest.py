"""Put an export into a registry, with validity ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import at_terminal, confirm, escape, paint, remark, say, say_wrong

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

    from curator.export.manifest.manifest import TypeRecord
    from curator.registry.model.model import Addition, Item, Reason
    from curator.registry.model.plan import ChainMove, Plan
    from curator.registry.publish.consent import Consent

__all__ = [
    "DESCRIPTION",
    "add_arguments",
    "add_consent",
    "add_formatter",
    "add_wait",
    "asked",
    "consent_of",
    "count",
    "notify",
    "print_additions",
    "print_differences",
    "print_readers",
    "print_staying",
    "run",
]

DESCRIPTION = """\
Ingest the files of an export into a registry and certify their validity ranges under a label.

A Butler refers to the files where they are: keep the export tree, or use --transfer copy. A Gen2 registry
(calibRegistry.sqlite3) gets links or copies of them, and serves the one label that is preferred. Files and
ranges go in as one transaction, after a comparison with what is there; a second run has nothing to do, and
one after an interruption does what is left. A label, once published, is never edited: changed content under
the same label is refused, with the list of differences. Labels u/NAME/... are for trying things: they take
any commit and are never preferred; all others take commits of the release branch or with a tag.
A registry that is not there is made with --create only, and an instrument that a registry does not know is
registered with --register-instrument only, or after a yes at the terminal: a misspelled name is no new one.
An export of some paths only (name its manifest, OUT/manifests/...) adds to a label of the same commit.
Calibrations without a validity range that a person gave are ingested, and never certified.
"""
SHOWN = 20
REASONS = 10
EXAMPLES = """\
curator ingest ../export butler:/repo/main --label 2025.1 --dry-run
curator ingest ../export butler:/repo/main --label 2025.1 --prefer"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("export", metavar="EXPORT", help="folder that `curator export` wrote")
    parser.add_argument("target", metavar="KIND:PATH", help="the registry, butler:PATH or gen2:PATH")
    parser.add_argument("--label", required=True, help="name to publish this state under, as 2025.1")
    parser.add_argument(
        "--prefer", action="store_true", help="let <instrument>/calib find this label from now on"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        default="",
        help="where a new Butler keeps its registry: postgresql://USER@HOST/NAME; default: SQLite in PATH",
    )
    add_files(parser)
    add_formatter(parser)
    add_consent(parser)
    parser.add_argument("--dry-run", action="store_true", help="only print what would be done")
    add_wait(parser)


def add_files(parser: ArgumentParser) -> None:
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
        help="refer to the files of the export where they are, or give the registry its own; default: direct "
        "for a Butler, hard links or else copies for a Gen2 registry",
    )


def add_formatter(parser: ArgumentParser) -> None:
    """Add the option that says who reads the files."""
    parser.add_argument(
        "--formatter",
        choices=("curator", "stack"),
        default="",
        help="what `butler.get` reads new files with: curator's own (default), which every reader must be "
        "able to import, or the Rubin stack's for defects, crosstalk, linearizers and kernels",
    )


def add_consent(parser: ArgumentParser) -> None:
    """Add the options that agree to what is new."""
    parser.add_argument(
        "--create", action="store_true", help="make the registry if there is none, with its instruments"
    )
    parser.add_argument(
        "--register-instrument",
        action="store_true",
        help="let a registry that is there have an instrument that it does not know",
    )


def consent_of(args: Namespace) -> Consent:
    """Return what the options of `add_consent` agree to."""
    from curator.registry.publish.consent import Consent

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
        help="how long to wait for another ingest to end (default 60)",
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
    from curator.registry.publish.export_reader import Refused
    from curator.registry.publish.ingest import ingest

    try:
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
    except Refused as error:
        print_differences(error.differences)
        raise
    _print_plan(report.plan, args.target, dry_run=args.dry_run)
    if args.formatter == "stack":
        print_readers(report.plan.export.dataset_types, report.plan.present)
    if args.dry_run and (option := consent_of(args).lacks(report.plan)):
        say(f"needs {option}, or a yes at the terminal")
    return 0


def notify(message: str) -> None:
    """Say on standard error what is waited for."""
    remark(message)


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
    from curator.registry.butler.formatters import is_read_by_stack

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
        say(f"{count(present, 'dataset')} there already: what reads them stays as it is")


def print_additions(additions: Iterable[Addition], verb: str) -> None:
    """Print every record and dataset type that is new to a registry, a line for each kind."""
    from curator.cli.terminal.layout import fitting
    from curator.registry.publish.consent import grouped

    indent = " " * (len(verb) - len(verb.lstrip()))
    for title, names in grouped(additions):
        for line in fitting(escape(f"{verb.lstrip()} {title}: {names}"), indent, "    "):
            say(line)


def print_staying(differences: tuple[Reason, ...]) -> None:
    """Print what goes on being found that one might think is replaced."""
    for one in differences:
        say(f"{escape(one.about)} {escape(one.message)}")


def _print_plan(plan: Plan, target: str, *, dry_run: bool) -> None:
    from curator.registry.registry import kind_of

    print_staying(plan.stays)
    if plan.is_empty:
        say(f"nothing to do: {escape(target)} holds all {count(plan.present, 'dataset')} of this export")
        return
    if plan.creates:
        say(f"{_did('make', 'made', dry_run)} a new {kind_of(target).TITLE}: {escape(target)}")
    print_additions(plan.adds, _did("register", "registered", dry_run))
    if dry_run:
        _print_items(plan)
    say(
        f"{_did('ingest', 'ingested', dry_run)} {count(len(plan.ingest), 'dataset')}, "
        f"{plan.present} there already, "
        f"{plan.uncertified} without a validity range"
        f"{f', {plan.deprecated} deprecated' if plan.deprecated else ''}"
    )
    if plan.restore:
        say(f"{_did('put back', 'put back', dry_run)} {count(len(plan.restore), 'file')} that had been lost")
    for label in plan.completes:
        say(f"{_did('complete', 'completed', dry_run)} {label}: an earlier run left ranges out")
    for label in dict.fromkeys(plan.labels.values()):
        certified = sum(plan.labels[one.item.data_id.instrument] == label for one in plan.certify)
        say(
            f"{_did('certify', 'certified', dry_run)} {count(certified, 'range')} "
            f"in {paint(label, 'bold')} (commit {plan.export.commit[:12]})"
        )
    for move in plan.moves:
        _print_move(move, plan, dry_run=dry_run)


def _print_move(move: ChainMove, plan: Plan, *, dry_run: bool) -> None:
    instead = f" instead of {', '.join(move.replaces)}" if move.replaces else ""
    label = next(one for one in plan.labels.values() if one in move.members)
    say(f"{move.chain} {'would prefer' if dry_run else 'now prefers'} {label}{instead}")


def _did(verb: str, past: str, dry_run: bool) -> str:
    return f"would {verb}" if dry_run else past


def _print_items(plan: Plan) -> None:
    for item in plan.ingest[:SHOWN]:
        say(f"  {escape(str(item))}{_end(item)}")
    if len(plan.ingest) > SHOWN:
        say(f"  … and {len(plan.ingest) - SHOWN} more")


def _end(item: Item) -> str:
    from curator.registry.model.describe import moment

    if item.is_deprecated:
        return " (deprecated)"
    if not item.ranges:
        return " (not certified)"
    if item.ranges[0].start == item.start and len(item.ranges) == 1:
        end = item.ranges[0].end
        return f" to {moment(end)}" if end else ""
    return f", certified {', '.join(map(str, item.ranges))}"


def count(number: int, name: str) -> str:
    """Return ``1 dataset`` or ``2 datasets``."""
    return f"{number} {name}{'' if number == 1 else 's'}"
