"""Find mistakes in calibration files."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace

from curator.errors import UnexpectedError, UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from typing import Any

    from curator.checks.model.report import Report
    from curator.checks.run.file_checker import Progress
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

# So many files a command names one by one.
_NAMED = 3
# So few files need no progress bar.
_FEW_FILES = 50

DESCRIPTION = """\
Find mistakes in calibration files: in the whole repository, or in the files and directories named.

BASE..HEAD, or --from BASE [--to HEAD], checks a change such as a pull request: the changed files, and files
that the change affects. Severities, suppressions, limits and the baseline come from BASE, so a change cannot
switch off its own checks. --from BASE --staged also includes what is staged for the next commit.

Relative PATHs start in the current directory. With -C REPO they start in REPO, as in git; paths relative to
your current directory also work. Files that are not calibrations are skipped.

Exit status: 0 no errors; 1 errors, or warnings with --strict; 2 wrong usage, or the repository cannot be
read; 3 a bug in curator stopped the check of a file (CUR021). All other findings are still listed."""


_OF_HOOKS = {"--quiet", "--strict"}
# The formats that can count findings by rule.
_COUNTING = ("text", "json")

DEFAULTS: dict[str, Any] = {
    "directories": [],
    "paths": [],
    "rev": None,
    "staged": False,
    "base": None,
    "head": None,
    "from_hook": False,
    "config": None,
    "select": [],
    "ignore": [],
    "strict": False,
    "jobs": None,
    "cache": True,
    "baseline": True,
    "verbose": False,
    "quiet": False,
    "statistics": False,
    "format": "text",
    "output": [],
}


def plain(words: list[str]) -> SimpleNamespace | None:
    """Return the arguments of a command line of paths, behind those options that hooks give; else `None`."""
    options = [word for word in words if word[:1] == "-"]
    if not set(options) <= _OF_HOOKS or words[: len(options)] != options:
        return None
    given = {option.strip("-"): True for option in options}
    return SimpleNamespace(**{**DEFAULTS, **given, "paths": words[len(options) :]})


EXAMPLES = """\
curator check                          # the whole repository
curator check decam/defects/s29        # a part of it
curator check origin/main..HEAD        # what a branch changes"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.checks.renderers import FORMATS

    parser.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="file or directory, or BASE..HEAD; default: the whole repository",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--rev", metavar="R", help="check a commit instead of the working tree")
    where.add_argument(
        "--from",
        dest="base",
        metavar="BASE",
        help="check what changed since HEAD branched off BASE, with the settings of BASE",
    )
    where.add_argument(
        "--from-hook", action="store_true", help="check the commits that pre-commit is about to push"
    )
    parser.add_argument(
        "--staged",
        action="store_true",
        help="check the staged files, without later edits; with --from, as part of the change",
    )
    parser.add_argument("--to", dest="head", metavar="HEAD", help="last commit of the change (default: HEAD)")
    parser.add_argument(
        "--config", metavar="FILE", help="use FILE instead of curator.yaml, and the cameras beside it"
    )
    for name, text in (("select", "only rules whose code starts with these"), ("ignore", "not these")):
        parser.add_argument(f"--{name}", metavar="CODES", action="append", help=f"{text} (CUR3,CUR101)")
    parser.add_argument("--strict", action="store_true", help="count warnings as errors")
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=int,
        help="number of processes (default: two for 5000 files or more, else one)",
    )
    parser.add_argument(
        "--no-cache",
        dest="cache",
        action="store_false",
        help="do not read or write the cache of results",
    )
    parser.add_argument(
        "--no-baseline",
        dest="baseline",
        action="store_false",
        help="list the findings in the baseline too",
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="list every file and every note; fold nothing"
    )
    parser.add_argument(
        "--statistics", action="store_true", help="count the findings by rule instead of listing them"
    )
    parser.add_argument(
        "--format", choices=FORMATS, metavar="FORMAT", help="one of %(choices)s; default: text"
    )
    parser.add_argument(
        "--output", metavar="FORMAT=FILE", action="append", help="write a report to FILE too (repeatable)"
    )
    parser.set_defaults(
        **{name: value for name, value in DEFAULTS.items() if name not in ("paths", "directories")}
    )


def run(args: Namespace | SimpleNamespace) -> int:
    from curator.checks.renderers import renderer
    from curator.cli.terminal.console import paint, say, say_wrong
    from curator.cli.terminal.layout import wrap
    from curator.cli.terminal.width import is_read, terminal_width
    from curator.repository.repository import Repository

    if args.jobs is not None and args.jobs < 1:
        raise UsageError(f"--jobs {args.jobs}: at least one process is needed")
    outputs: list[tuple[str, str]] = []
    if args.output:
        from curator.cli.terminal.reports import parse_outputs

        outputs = parse_outputs(args.output)
    if args.quiet and args.format != "text":
        raise UsageError(f"--quiet: the format is {args.format}", hint="use --format text")
    if args.statistics and args.format not in _COUNTING:
        raise UsageError(f"--statistics: the format is {args.format}", hint="use --format text or json")
    if any(".." in path for path in args.paths):
        _take_range_of_words(args)
    if args.from_hook:
        _take_range(args)
    repository = Repository.find(args.repo)
    report = _watched_report(repository, args)
    if not report.checked and not report.findings:
        from curator.cli.check._nothing_checked import with_reason

        report = with_reason(report, repository, args)
    # In a pipe a finding's sentence stays on its line, for grep.
    layout = {"wrap": wrap, "width": terminal_width()} if is_read() else {}
    failed = report.count("error") > 0 or (args.strict and report.count("warning") > 0)
    (say if _is_clean(report) else say_wrong)(
        renderer(args.format)(
            report,
            verbose=args.verbose,
            statistics=args.statistics,
            fix_command=_fix_command(report, repository, args),
            paint=paint,
            **layout,
        ),
        commands=args.format == "github",
    )
    if outputs:
        from curator.cli.terminal.reports import write_reports

        write_reports(report, outputs, verbose=args.verbose)
    if not report.complete:
        return UnexpectedError.exit_status
    return int(failed)


def _is_clean(report: Report) -> bool:
    """Return whether there is nothing that a person who committed has to read."""
    from curator.checks.renderers._fold import is_folded_note

    return report.complete and not report.notices and all(map(is_folded_note, report.findings))


def _fix_command(report: Report, repository: Repository, args: Namespace | SimpleNamespace) -> str:
    """Return the command that fixes what can be fixed, as it is typed where this one was."""
    if args.rev is not None or args.head is not None or not any(each.fix for each in report.findings):
        return ""  # it changes the working tree, not a commit
    from curator.repository.layout.config import NAME

    if args.config is None and not os.path.lexists(os.path.join(repository.root, NAME)):
        return ""  # it needs a curator.yaml
    import shlex

    from curator.cli.terminal.console import relative

    elsewhere = os.path.realpath(args.started_in) != os.path.realpath(os.curdir)
    words = ["curator", *(["-C", relative(os.getcwd(), args.started_in)] if elsewhere else []), "fix"]
    words += args.paths if args.base is None or args.paths else _fixable_paths(report, repository.root)
    for option in ("select", "ignore"):
        words += [word for codes in getattr(args, option) or () for word in (f"--{option}", codes)]
    return shlex.join(words)


def _fixable_paths(report: Report, root: str) -> list[str]:
    """Return the files of a change that can be fixed, so that no other file is; all where they are many."""
    paths = sorted({each.path for each in report.findings if each.fix is not None})
    return [os.path.relpath(os.path.join(root, path)) for path in paths] if len(paths) <= _NAMED else []


def _take_range_of_words(args: Namespace | SimpleNamespace) -> None:
    """Set the commits to compare from ``BASE..HEAD`` among the paths."""
    from curator.cli.terminal.revision_range import take_range

    found, args.paths = take_range(args.paths)
    if found is None:
        return
    given = {"--from": args.base, "--to": args.head, "--rev": args.rev}
    taken = [option for option, value in given.items() if value is not None]
    if args.from_hook or taken:
        raise UsageError(
            f"{'..'.join(found)} cannot be used with {taken[0] if taken else '--from-hook'}",
            hint="remove one of them",
        )
    args.base, args.head = found
    if args.staged:
        raise UsageError(
            f"{'..'.join(found)} cannot be used with --staged", hint=f"--from {found[0]} --staged"
        )


def _take_range(args: Namespace | SimpleNamespace) -> None:
    """Set the commits to compare from what pre-commit says of a push.

    Where the other side has none of the history there is no base, and pre-commit names none: all is new.
    """
    base, head = (os.environ.get(f"PRE_COMMIT_{side}_REF") for side in ("FROM", "TO"))
    if base:
        args.base, args.head = base, args.head or head
    elif os.environ.get("PRE_COMMIT_REMOTE_NAME"):
        args.rev, args.head = args.head or head or "HEAD", None
    else:
        raise UsageError(
            "--from-hook: pre-commit named no range of commits (PRE_COMMIT_FROM_REF is not set)",
            hint="pre-commit install --hook-type pre-push, or by hand: "
            "pre-commit run --hook-stage pre-push --from-ref origin/main --to-ref HEAD",
        )


def _watched_report(repository: Repository, args: Namespace | SimpleNamespace) -> Report:
    """Return the report; show how far the check is, where somebody looks on and it takes long."""
    few = args.paths and len(args.paths) <= _FEW_FILES and all(map(os.path.isfile, args.paths))
    if few or not sys.stderr.isatty():
        return _report(repository, args, None)
    from curator.cli.terminal.progress import progress_bar

    with progress_bar("check") as progress:
        return _report(repository, args, progress)


def _change_report(
    repository: Repository, args: Namespace | SimpleNamespace, progress: Progress | None
) -> Report:
    from curator.checks.policy.policy import rule_codes
    from curator.checks.run.check_change import check_change
    from curator.repository.changes import Range

    head = args.head or "HEAD"
    select, ignore = rule_codes(args.select, "--select"), rule_codes(args.ignore, "--ignore")
    paths = None
    if args.paths:
        found = Range(repository, args.base, head, staged=args.staged)
        paths = [
            locate(path, repository, found.after, args, found.snapshot(found.parted)) for path in args.paths
        ]
    report = check_change(
        repository,
        args.base,
        head,
        staged=args.staged,
        paths=paths,
        select=select,
        ignore=ignore,
        baseline=args.baseline,
        progress=progress,
    )
    if not args.from_hook:
        from curator.cli.check._not_looked_at import say_what_was_not_looked_at

        say_what_was_not_looked_at(repository, head, paths, staged=args.staged)
    return report


def _report(repository: Repository, args: Namespace | SimpleNamespace, progress: Progress | None) -> Report:
    if args.head is not None and args.base is None:
        raise UsageError("--to needs --from", hint="--from BASE --to HEAD")
    if args.staged and (args.rev is not None or args.head is not None):
        raise UsageError(
            f"--staged: the next commit is none of {'--rev' if args.rev is not None else '--to'}",
            hint="remove one of them",
        )
    if args.base is not None:
        if args.config is not None:
            raise UsageError("--config cannot be used with --from: the settings come from BASE")
        return _change_report(repository, args, progress)
    snapshot = take_snapshot(repository, args)
    if _is_assumed(repository, snapshot, args):
        return _assumed_report(repository, snapshot, args, progress)

    from curator.checks.policy.baseline import without_baseline

    def config() -> Config:
        found = _config(snapshot, args)
        return found if args.baseline else without_baseline(found)

    def codes() -> tuple[tuple[str, ...], tuple[str, ...]]:
        from curator.checks.policy.policy import rule_codes

        return rule_codes(args.select, "--select"), rule_codes(args.ignore, "--ignore")

    if args.cache and not args.paths:
        from curator.checks.run.cached_check import check_cached

        return check_cached(
            repository,
            snapshot,
            config,
            codes,
            options=[args.select, args.ignore, args.baseline],
            jobs=args.jobs,
            whole_run=args.config is None,
            progress=progress,
        )
    from curator.checks.run.engine import check

    settings = config()
    paths = locate_all(repository, snapshot, args) if args.paths else None
    select, ignore = codes()
    return check(
        snapshot, settings, paths=paths, select=select, ignore=ignore, jobs=args.jobs, progress=progress
    )


def _is_assumed(repository: Repository, snapshot: Snapshot, args: Namespace | SimpleNamespace) -> bool:
    """Return whether a repository that was never adopted is checked."""
    from curator.repository.layout.config import is_adopted

    return args.config is None and not is_adopted(snapshot)


def _assumed_report(
    repository: Repository,
    snapshot: Snapshot,
    args: Namespace | SimpleNamespace,
    progress: Progress | None,
) -> Report:
    """Check by the configuration that `curator adopt` would write, and say on standard error what it is."""
    from curator.checks.policy.policy import rule_codes
    from curator.checks.run.engine import check
    from curator.cli.check._nothing_checked import no_calibrations
    from curator.cli.terminal.console import remark
    from curator.editing.adopt.adopt import NothingToAdoptError
    from curator.editing.adopt.assume import assume_config

    try:
        assumed = assume_config(repository, snapshot)
    except NothingToAdoptError:
        raise no_calibrations(repository, snapshot) from None
    remark(f"{assumed.sentence}; `curator adopt` makes this permanent")
    paths = locate_all(repository, snapshot, args) if args.paths else None
    select, ignore = rule_codes(args.select, "--select"), rule_codes(args.ignore, "--ignore")
    return check(
        snapshot, assumed.config, paths=paths, select=select, ignore=ignore, jobs=args.jobs, progress=progress
    )


def take_snapshot(repository: Repository, args: Namespace | SimpleNamespace) -> Snapshot:
    """Return what is checked: a commit, what is staged, or the working tree."""
    if args.rev is not None:
        return repository.commit(args.rev)
    return repository.index() if args.staged else repository.worktree()


def _config(snapshot: Snapshot, args: Namespace | SimpleNamespace) -> Config:
    from curator.repository.layout.config import load_config

    return load_config(snapshot, args.config)


def locate_all(repository: Repository, snapshot: Snapshot, args: Namespace | SimpleNamespace) -> list[str]:
    """Return the paths of a command line relative to the repository."""
    return [locate(path, repository, snapshot, args) for path in args.paths]


def locate(
    path: str,
    repository: Repository,
    snapshot: Snapshot,
    args: Namespace | SimpleNamespace,
    *before: Snapshot,
) -> str:
    """Return a path of the command line relative to the repository; it may be one that was there before."""
    found = ""
    for start in dict.fromkeys((os.getcwd(), args.started_in)):
        inside = inside_repository(os.path.join(start, path), repository.root)
        if inside is None:
            continue
        if not inside or any(one.find(inside) or one.listdir(inside) for one in (snapshot, *before)):
            return inside
        found = found or inside
    if not found:
        raise UsageError(f"{path} is not in the repository {repository.root}")
    from curator.repository.snapshots.uncommitted import missing_path

    raise missing_path(snapshot, found, path)


def inside_repository(path: str, root: str) -> str | None:
    """Return ``path`` relative to ``root``, following links above the file; `None` if it is elsewhere."""
    parent, name = os.path.split(os.path.normpath(path))
    whole = os.path.join(os.path.realpath(parent), name)
    if whole == root or os.path.realpath(path) == root:
        return ""
    from curator.repository.git.command import to_text

    return to_text(os.fsencode(whole[len(root) + 1 :])) if whole.startswith(root + os.sep) else None
