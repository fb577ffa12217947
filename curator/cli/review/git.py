"""Let git merge and show calibrations through curator."""

from __future__ import annotations

from types import SimpleNamespace

from curator.cli.terminal.console import complain, say
from curator.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "plain", "run"]

DESCRIPTION = """\
Let git merge and show calibrations through curator. `curator git setup` writes that into the settings of this
repository, or with --global into yours; no file that is committed changes. A second time it changes nothing.

From then on git merge, rebase, cherry-pick and stash pop merge calibrations by keyword, row, cell and
element, git diff says what a change means, and git log -p and git show compare values instead of lines. Where
curator is missing or fails, git goes on by lines.

Git itself calls merge-driver, diff-driver and textconv.

Exit status: 0; of merge-driver 1 for conflicts; 2 wrong usage, or a file that cannot be read."""
EXAMPLES = """\
curator git setup
curator git setup --remove
curator git setup --global"""
_COUNTS = {"setup": (0,), "merge-driver": (5, 8), "textconv": (1,), "diff-driver": (1, 7, 9)}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "action", choices=tuple(_COUNTS), metavar="ACTION", help="setup; git calls the others"
    )
    parser.add_argument("words", nargs="*", metavar="WORD", help="what git says of a file")
    parser.add_argument("--global", dest="user", action="store_true", help="for all your repositories")
    parser.add_argument("--remove", action="store_true", help="remove the settings that setup wrote")


def plain(words: list[str]) -> SimpleNamespace | None:
    """Return the arguments that git gives, in which nothing is an option; else `None`."""
    if not words or words[0] == "setup" or words[0] not in _COUNTS:
        return None
    return SimpleNamespace(directories=[], action=words[0], words=words[1:], user=False, remove=False)


def run(args: Namespace) -> int:
    if len(args.words) not in _COUNTS[args.action]:
        count, wanted = len(args.words), " or ".join(map(str, _COUNTS[args.action]))
        raise UsageError(f"{args.action} takes {wanted} arguments, not {count}", hint="`curator git setup`")
    if args.action == "merge-driver":
        return _merge(args.words)
    if args.action == "textconv":
        return _show(args.words[0])
    if args.action == "diff-driver":
        return _diff(args.words)
    return _setup(args)


def _merge(words: list[str]) -> int:
    from curator.review.git.merge_driver import LABELS, labels_of, merge_files

    base, ours, theirs, size, path, *named = words
    path = path.removeprefix("./")
    if not size.isdecimal() or not 0 < int(size) < 1000:
        raise UsageError(f"the length of conflict markers is {size!r}, not a number from 1 to 999")
    labels = labels_of(named) if named else LABELS
    found = merge_files(path, base, ours, theirs, marker_size=int(size), labels=labels)
    # Where histories cross, git merges the bases first, and nobody is to settle what conflicts there.
    told = () if labels[0].startswith("Temporary merge branch") else found.conflicts
    for conflict in told:
        complain(f"{path}:{conflict.line}: {conflict}")
    return int(bool(found.conflicts))


def _show(name: str) -> int:
    import os

    from curator.formats.files.bounded_io import read_bounded
    from curator.review.git.textconv import normal_form

    say(normal_form(name, read_bounded(os.path.realpath(name))).removesuffix("\n"))
    return 0


def _diff(words: list[str]) -> int:
    from curator.cli.terminal.console import escape, paint
    from curator.cli.terminal.width import terminal_width
    from curator.review.git.diff_driver import diff_lines

    if len(words) == 1:
        say(f"* Unmerged path {escape(words[0])}")
        return 0
    path, old = (words[7], words[0]) if len(words) > 7 else (words[0], "")
    old = "" if old == path else old
    lines = list(diff_lines(path, words[1], words[4], width=terminal_width(), paint=paint, old_path=old))
    for line in lines:
        say(line)
    return 0


def _setup(args: Namespace) -> int:
    from curator.cli.terminal.console import remark
    from curator.repository.repository import Repository
    from curator.review.git.git_drivers import ATTRIBUTES, find_program, for_repository, for_user

    where = for_user() if args.user else for_repository(Repository.find(args.repo))
    whose = "all your repositories" if args.user else "this repository"
    if args.remove:
        changed = where.remove()
        verb = "no longer merges and shows" if changed else "did not merge or show"
        say(f"Git {verb} calibrations of {whose} through curator.")
        return 0
    changed = where.add()
    say(f"Git merges and shows calibrations of {whose} through curator{'' if changed else ' already'}.")
    if not find_program():
        remark(
            "git will not find curator: it merges and shows by lines",
            "add the folder of curator to your PATH, and run `curator git setup` again",
        )
    if not args.user:
        say("For everybody who runs `curator git setup --global`, commit these lines in .gitattributes:")
        for line in ATTRIBUTES:
            say(f"  {line}")
    return 0
