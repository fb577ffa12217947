"""Fix mechanical mistakes; every other byte stays unchanged."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from curator.cli.check.check import locate_all
from curator.counts import counted
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from curator.checks.model.finding import Finding
    from curator.editing.repair.fix import FileFix, Fixes
    from curator.editing.repair.migrate import Migration
    from curator.repository.repository import Repository
    from curator.repository.snapshots.worktree import WorkTree

__all__ = ["add_arguments", "plain", "run"]

DESCRIPTION = """\
Fix mechanical mistakes in the whole repository, or in the files and directories named.
Comments, the order of keywords and the form of numbers stay; every other byte stays
unchanged. Nothing is committed. `curator check` lists the mistakes that need a decision.
Findings in the baseline stay, unless --select names their rules.

--migrate moves the whole repository to another profile, in a commit of its own.

Exit status: 0 done, or nothing to do; 1 a file could not be written, or, with --diff, a
file would change; 2 wrong usage, or the repository cannot be read; 3 a bug in curator
stopped the check of a file: all other files are still fixed."""

DEFAULTS: dict[str, Any] = {
    "directories": [],
    "paths": [],
    "diff": False,
    "select": [],
    "ignore": [],
    "migrate": None,
    "verbose": False,
    "quiet": False,
    "format": "text",
}


def plain(words: list[str]) -> SimpleNamespace | None:
    """Return the arguments of a command line of nothing but paths; else `None`."""
    if any(word.startswith("-") for word in words):
        return None
    return SimpleNamespace(**{**DEFAULTS, "paths": words})


EXAMPLES = """\
curator fix --diff                     # look first
curator fix decam/defects --select CUR1"""


def add_arguments(parser: ArgumentParser) -> None:
    from curator.calibrations.header.profiles import PROFILES
    from curator.cli.terminal.json_output import add_format

    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="file or directory; default: the whole repository"
    )
    parser.add_argument("--diff", action="store_true", help="show what would change, and write nothing")
    parser.add_argument(
        "--select",
        metavar="CODES",
        action="append",
        default=[],
        help="apply only rules whose code starts with these (CUR1,CUR204)",
    )
    parser.add_argument(
        "--ignore",
        metavar="CODES",
        action="append",
        default=[],
        help="skip rules whose code starts with these",
    )
    parser.add_argument(
        "--migrate",
        metavar="PROFILE",
        choices=sorted(PROFILES),
        help="move the repository to a profile: %(choices)s",
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="list every file")
    add_format(parser)


def run(args: Namespace | SimpleNamespace) -> int:
    from curator.repository.repository import Repository

    repository = Repository.find(args.repo)
    if args.migrate:
        return _migrate(repository, args)
    tree = repository.worktree()
    if args.diff and args.format == "json":
        fixes = _plan(repository, tree, args)
        _say_json(fixes, written=False)
        return _status(fixes, bool(fixes.files))
    if args.diff:
        fixes = _plan(repository, tree, args)
        _show_diff(fixes.files)
        _complain(fixes)
        return _status(fixes, bool(fixes.files))
    from curator.editing.repair.fix import write_fixes
    from curator.editing.session import editing

    with editing(tree, "fix"):
        written = write_fixes(tree, _plan(repository, tree, args))
    if args.format == "json":
        _say_json(written, written=True)
    else:
        _print(_summary(written, args.verbose))
        _complain(written)
    return _status(written, bool(written.failed))


def _plan(repository: Repository, tree: WorkTree, args: Namespace | SimpleNamespace) -> Fixes:
    from curator.checks.policy.policy import rule_codes
    from curator.editing.repair.fix import plan_fixes
    from curator.repository.layout.config import load_config

    return plan_fixes(
        tree,
        load_config(tree),
        paths=locate_all(repository, tree, args) if args.paths else None,
        select=rule_codes(args.select, "--select"),
        ignore=rule_codes(args.ignore, "--ignore"),
    )


def _say_json(fixes: Fixes, *, written: bool) -> None:
    from curator.cli.terminal.json_output import say_json

    def facts(finding: Finding) -> dict[str, object]:
        return {
            "path": finding.path,
            "line": finding.line,
            "code": finding.code,
            "message": finding.message,
        }

    say_json(
        checked=fixes.checked,
        written=written,
        files=[
            {
                "path": file.path,
                "target": file.target or file.path,
                "fixed": list(map(facts, file.done)),
            }
            for file in fixes.files
        ],
        left=[facts(one) for one in fixes.left],
        refused=[{**facts(one), "reason": reason} for one, reason in fixes.refused],
        failed=[{"path": path, "reason": reason} for path, reason in fixes.failed],
    )


def _status(fixes: Fixes, otherwise: bool) -> int:
    from curator.checks.model.failed_rule import any_unjudged
    from curator.crashes import BUG

    return BUG if any_unjudged(fixes.left) else int(otherwise)


def _migrate(repository: Repository, args: Namespace | SimpleNamespace) -> int:
    from curator.editing.repair.migrate import plan_migration
    from curator.editing.session import editing

    if args.format == "json":
        raise UsageError("--migrate cannot be used with --format json", hint="remove one of them")
    given = [name for name in ("paths", "select", "ignore") if getattr(args, name)]
    if given:
        raise UsageError("--migrate moves the whole repository: remove paths, --select and --ignore")
    if args.diff:
        migration = plan_migration(repository, args.migrate)
        _show_diff(migration.files)
        _print(_notes(migration))
        return int(bool(migration.files))
    with editing(repository, "fix --migrate"):
        return _commit_migration(repository, args.migrate)


def _commit_migration(repository: Repository, profile: str) -> int:
    from curator.cli.terminal.console import say
    from curator.editing.repair.migrate import plan_migration
    from curator.editing.repair.migrate_commit import commit_migration, require_clean

    require_clean(repository)
    migration = plan_migration(repository, profile)
    _print(_notes(migration))
    if not migration.files:
        say(f"Nothing to do: the profile is already {profile}.")
        return 0
    first, second = commit_migration(repository, migration)
    moved = counted(len(migration.files) - 1, "file")
    say(f"Commit {first[:12]} moves {moved} and curator.yaml to {profile}.")
    say(f"Commit {second[:12]} lists it in .git-blame-ignore-revs; git blame skips it with:")
    say("  git config blame.ignoreRevsFile .git-blame-ignore-revs")
    return 0


def _show_diff(files: tuple[FileFix, ...]) -> None:
    from curator.cli.terminal.console import escape, paint, say
    from curator.editing.repair.fix import diff_lines

    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in diff_lines(files):
        # A carriage return that ends a line steers nothing, and `git apply` wants it.
        end = "\r" if line.endswith("\r") else ""
        text = escape(line.removesuffix(end), keep="\t\n")
        say((paint(text, colours[line[0]]) if line[:1] in colours else text) + end)


def _summary(fixes: Fixes, verbose: bool) -> Iterator[str]:
    from curator.checks.model.rule import find_rule
    from curator.cli.terminal.console import escape, paint, table

    counts = fixes.by_rule()
    total = sum(counts.values())
    if not total:
        yield f"Nothing to fix in {counted(fixes.checked, 'file')}."
    else:
        if verbose:
            for file in fixes.files:
                yield escape(file.path)
                yield from (f"  {one.code} {escape(one.message)}" for one in file.done)
        yield paint(f"Fixed {counted(total, 'finding')} in {counted(len(fixes.files), 'file')}:", "bold")
        yield table([(code, find_rule(code).name, count) for code, count in counts.items()], indent="  ")
        yield from _rows(fixes)
    notes = sum(one.severity == "info" for one in fixes.left)
    if decisions := len(fixes.left) - notes:
        needs, them = ("needs", "it") if decisions == 1 else ("need", "them")
        yield f"{counted(decisions, 'finding')} {needs} a decision; `curator check` lists {them}"
    elif notes:
        them = "it" if notes == 1 else "them"
        codes = ", ".join(sorted({one.code for one in fixes.left if one.severity == "info"}))
        yield f"{counted(notes, 'note')} left ({codes}); `curator check --verbose` shows {them}"
    if fixes.baselined:
        is_, them = ("is", "it") if fixes.baselined == 1 else ("are", "them")
        findings = counted(fixes.baselined, "finding")
        yield f"{findings} in the baseline {is_} not fixed; --select CODE fixes {them}"
    if total:
        yield "Look at the changes (`git diff`), then `git add` and commit them."


def _rows(fixes: Fixes) -> Iterator[str]:
    """Give the first rows that were divided anew, before and after."""
    from curator.cli.terminal.console import escape
    from curator.editing.repair.fix import changed_rows

    rows = list(changed_rows(fixes.files))
    for path, line, before, after in rows[:_SHOWN]:
        yield escape(f"{path}:{line}: {before[:_LONGEST]} -> {after[:_LONGEST]}")
    if len(rows) > _SHOWN:
        yield f"… and {counted(len(rows) - _SHOWN, 'more row')}"


def _complaints(fixes: Fixes) -> Iterator[str]:
    from curator.checks.model.failed_rule import UNJUDGED
    from curator.cli.terminal.console import escape
    from curator.cli.terminal.layout import fitting

    for finding, reason in fixes.refused:
        yield from fitting(escape(f"{finding.path}:{finding.line}: {finding.code} is not fixed: {reason}"))
    for finding in fixes.left:
        if finding.code == UNJUDGED:
            yield from fitting(escape(f"{finding.path}: {finding.message}"))
    for path, reason in fixes.failed:
        yield from fitting(escape(f"{path} is not fixed: {reason}"))


def _notes(migration: Migration) -> Iterator[str]:
    from textwrap import wrap

    from curator.cli.terminal.console import escape

    for note in migration.notes:
        yield from wrap(escape(note.text), 79, break_long_words=False, break_on_hyphens=False)
        yield from (f"  {escape(path)}" for path in note.paths[:_SHOWN])
        if len(note.paths) > _SHOWN:
            yield f"  … and {len(note.paths) - _SHOWN} more"


_SHOWN = 5
# Of a row, so many characters are shown.
_LONGEST = 80


def _print(lines: Iterator[str]) -> None:
    from curator.cli.terminal.console import say

    for line in lines:
        say(line)


def _complain(fixes: Fixes) -> None:
    from curator.cli.terminal.console import say_wrong

    for line in _complaints(fixes):
        say_wrong(line)
