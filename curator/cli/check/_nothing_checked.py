"""Say why a check looked at no file, and what to do."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING

from curator.errors import CuratorError, RepositoryError

if TYPE_CHECKING:
    from argparse import Namespace

    from curator.checks.model.report import Report
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["no_calibrations", "with_reason"]

_LAYOUT = "<camera>/<dataset type>/[<detector>/][<filter>/]<date>.ecsv or .yaml"
_SHOWN = 3


def no_calibrations(repository: Repository, snapshot: Snapshot) -> RepositoryError:
    """Return the error for a repository without ``curator.yaml`` and without calibrations."""
    paths = [entry.path for entry in snapshot.entries()]
    more = "" if len(paths) <= _SHOWN else f" and {len(paths) - _SHOWN} more"
    found = f"found {', '.join(paths[:_SHOWN])}{more}" if paths else "it has no files"
    return RepositoryError(
        f"no calibrations in {repository.root}: there is no curator.yaml and no file at {_LAYOUT}; {found}",
        hint="change to a repository of calibrations, name it with -C, or create one with `curator init`",
    )


def with_reason(report: Report, repository: Repository, args: Namespace | SimpleNamespace) -> Report:
    """Return the report of a check that looked at no file, with the reason."""
    try:
        reason = _reason(repository, args)
    except CuratorError:
        return report  # the check itself says what is wrong
    return replace(report, asides=(*report.asides, reason))


def _reason(repository: Repository, args: Namespace | SimpleNamespace) -> str:
    from curator.cli.check.check import locate_all, take_snapshot
    from curator.repository.layout.config import load_config

    if args.base is not None:
        return f"no calibration was added or edited since {args.base}"
    snapshot = take_snapshot(repository, args)
    config = load_config(snapshot, args.config)
    if not args.paths:
        return f"no file is in {_cameras(config)}, as curator.yaml declares; calibrations are at {_LAYOUT}"
    paths = locate_all(repository, snapshot, args)
    entries = snapshot.entries(paths)
    named = args.paths[0] if len(args.paths) == 1 else "the given paths"
    if args.rev is None and not args.staged and _all_ignored(repository, paths):
        return f"git ignores {named}: see .gitignore"
    if not entries:
        return f"there is no file in {named}"
    where = f"calibrations are in {_cameras(config)}"
    if len(entries) == 1:
        return f"{entries[0].path} is not a calibration; {where}"
    return f"none of the {len(entries)} files in {named} is a calibration; {where}"


def _cameras(config: Config) -> str:
    return ", ".join(f"{each.directory}/" for each in config.cameras[:_SHOWN]) + (
        " and others" if len(config.cameras) > _SHOWN else ""
    )


def _all_ignored(repository: Repository, paths: list[str]) -> bool:
    """Return whether there are files in the paths, and git ignores each of them."""
    list_files = ("ls-files", "--others", "--exclude-standard")
    ignored = repository.git.run(*list_files, "--ignored", "--", *paths)
    return bool(ignored) and not repository.git.run(*list_files, "--cached", "--", *paths)
