"""What `curator select`, `why` and `coverage` are asked with, and the catalogue that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from curator.cli.terminal.console import remark
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from curator.registries.query.as_catalogue import RegistryNames
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.layout.config import Config
    from curator.repository.selection.exposures import Exposure
    from curator.repository.selection.overrides import OverridingSelector
    from curator.repository.selection.required_types import Left
    from curator.repository.selection.resolve_names import Resolver
    from curator.repository.selection.selection import Selector
    from curator.repository.snapshots.protocol import Commit
    from curator.repository.snapshots.worktree import WorkTree

    Names: TypeAlias = Resolver | RegistryNames

__all__ = [
    "add_exposure",
    "add_overrides",
    "add_place",
    "catalogue_of",
    "exposure_of",
    "exposures_of",
    "say_what_is_left",
    "say_what_is_lost",
    "selector_of",
    "snapshot_of",
    "warn_of_problems",
]


def add_place(parser: ArgumentParser) -> None:
    """Add the options that say whose calibrations are meant."""
    parser.add_argument(
        "--camera", metavar="C", default="", help="camera; required if several have the detector or filter"
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--rev", metavar="R", help="use a commit; default: the working tree")
    where.add_argument("--registry", metavar="KIND:PATH", help="ask a registry instead of git")
    parser.add_argument("--label", default="", help="label of the registry; default: the preferred label")


def add_exposure(parser: ArgumentParser) -> None:
    """Add the options that describe one exposure."""
    parser.add_argument("--detector", metavar="D", default="", help="name or id")
    parser.add_argument("--filter", metavar="F", default="", help="physical filter")
    parser.add_argument("--date", metavar="DATE", help="start of the exposure: YYYY-MM-DDTHH:MM:SS")
    parser.add_argument("--end", metavar="DATE", help="end of the exposure")
    parser.add_argument(
        "--exptime", metavar="S", type=float, help="exposure time in seconds, instead of --end"
    )
    parser.add_argument("--scale", choices=("utc", "tai"), default="utc", help="time scale of the dates")


def add_overrides(parser: ArgumentParser) -> None:
    """Add the option that names a file of overrides."""
    parser.add_argument("--overrides", metavar="FILE", help="YAML file of calibrations to use instead")


def exposure_of(args: Namespace) -> Exposure:
    """Return the exposure that the options describe.

    Raises
    ------
    UsageError
        One is missing, or is not a date.
    """
    from curator.repository.selection.asked_exposure import asked_exposure, moment

    if not args.date:
        raise UsageError("no date given", keyword="date", hint="--date YYYY-MM-DDTHH:MM:SS")
    begin = moment("--date", args.date, args.scale)
    end = moment("--end", args.end, args.scale) if args.end else None
    return asked_exposure(begin, end, args.exptime, args.camera, args.detector, args.filter)


def exposures_of(args: Namespace) -> list[Exposure]:
    """Return the exposures of the table that the options name; the options say what the table does not.

    Raises
    ------
    CuratorError
        It cannot be read.
    """
    from dataclasses import replace

    from curator.formats.files.read_argument import read_input
    from curator.repository.selection.exposures import read_exposures

    found = read_exposures(args.exposures, read_input(args.exposures), scale=args.scale, notify=remark)
    return [
        replace(
            one,
            camera=one.camera or args.camera,
            detector=one.detector or args.detector,
            physical_filter=one.physical_filter or args.filter,
        )
        for one in found
    ]


def catalogue_of(args: Namespace) -> tuple[Catalogue, Names]:
    """Return the catalogue of the commit, working tree or registry that is meant, and who knows its names."""
    if args.registry:
        from curator.registries.query.as_catalogue import certified

        catalogue, names = certified(args.registry, args.label)
        say_what_is_lost(names.lost, "their source texts, and so the printed paths, are a guess")
        return catalogue, names
    if args.label:
        raise UsageError(
            "--label needs a registry", keyword="label", hint="--registry butler:PATH or gen2:PATH"
        )
    from curator.repository.catalogue.catalogue import Catalogue
    from curator.repository.layout.config import load_config
    from curator.repository.selection.resolve_names import Resolver
    from curator.repository.snapshots.worktree import WorkTree

    snapshot = snapshot_of(args)
    config = load_config(snapshot)
    if isinstance(snapshot, WorkTree):
        say_what_is_not_checked_out(snapshot, config)
    return Catalogue.of(snapshot, config), Resolver(config)


def snapshot_of(args: Namespace) -> Commit | WorkTree:
    """Return the commit or the working tree that is meant."""
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    return repository.commit(args.rev) if args.rev is not None else repository.worktree()


def say_what_is_not_checked_out(tree: WorkTree, config: Config) -> None:
    """Say on standard error that calibrations of a sparse checkout are taken from the index."""
    from curator.repository.layout.paths import is_candidate

    away = sum(is_candidate(path, config.directories) for path in tree.not_checked_out)
    if away:
        files = f"{away} calibration{' is' if away == 1 else 's are'}"
        remark(f"{files} not checked out: the content comes from git's index")


def selector_of(args: Namespace, catalogue: Catalogue, names: Names) -> Selector | OverridingSelector:
    """Return what answers, after the overrides that are meant.

    Raises
    ------
    CuratorError
        Their file is not as it must be.
    """
    from curator.repository.selection.override_files import selector_with

    return selector_with(args.overrides, catalogue, names)


def warn_of_problems(catalogue: Catalogue) -> None:
    """Say on standard error that some files cannot be chosen at all."""
    if catalogue.problems:
        count = len(catalogue.problems)
        files = counted(count, "file")
        remark(f"{files} cannot be read or have an unknown path, and are ignored; see `curator check`")


def say_what_is_left(left: Left, *, with_absent: bool = False) -> bool:
    """Say on standard error what exposures were not asked about; return whether they may need any of it.

    Parameters
    ----------
    with_absent : bool
        Say of which types there is nothing, too.
    """
    for line in left.sentences(with_absent=with_absent):
        remark(line)
    say_what_is_lost(left.lost, "their origin, and whether their content changed, is a guess")
    return left.is_unsaid


def say_what_is_lost(count: int, consequence: str) -> None:
    """Say on standard error that files of a registry are lost, and what follows for what is printed."""
    if count:
        files = f"{counted(count, 'file')} of the registry"
        remark(
            f"{files} cannot be read, or {'is' if count == 1 else 'are'} lost: {consequence}",
            "export the commit of the label to the same folder again",
        )
