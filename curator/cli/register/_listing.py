"""How plans are printed: what differs from what look-ups find now, then what is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import escape, paint, say
from curator.counts import counted

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Iterable, Sequence

    from curator.registries.model.plan import Compared, LabelChange

__all__ = ["add_verbose", "day", "print_changes", "print_list", "print_rows"]

_SHOWN = 20
_KINDS = {
    "added": "added",
    "removed": "removed",
    "changed": "changed",
    "recommitted": "same content, other commit",
    "range": "other range",
}


def add_verbose(parser: ArgumentParser) -> None:
    """Add the option that lists everything."""
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="list every dataset and range on a line of its own"
    )


def day(date: str) -> str:
    """Return a date in ISO 8601 without a time where that is midnight."""
    return date.removesuffix("T00:00:00")


def print_changes(
    compared: Iterable[Compared], changes: Sequence[LabelChange], *, verbose: bool = False
) -> None:
    """Print what differs from each label that look-ups find now, or that nothing does."""
    for label, unchanged in compared:
        found = [one for one in changes if one.label == label]
        now = f"{paint(escape(label), 'bold')}, which look-ups find now"
        same = f"{counted(unchanged, 'calibration')} unchanged"
        if not found:
            say(f"  nothing differs from {now}: {same}")
            continue
        say(f"  compared with {now}: {same}")
        lines = []
        for kind, title in _KINDS.items():
            rows = [(one.name, _said(one)) for one in found if one.kind == kind]
            lines += [f"{title}: {line}" for line in _folded(rows, fold=len(found) > _SHOWN and not verbose)]
        _print_lines(lines if verbose or len(lines) <= _SHOWN else _counted(found))


def _said(change: LabelChange) -> str:
    between = ": " if change.kind == "range" else " " if change.said.startswith("to ") else ", "
    return f"{day(change.start)}{between if change.said else ''}{change.said}"


def _counted(changes: Sequence[LabelChange]) -> list[str]:
    """Return how many differences of each kind a dataset type has, and how many detectors these are of."""
    lines = []
    for title in dict.fromkeys(_title(one.name) for one in changes):
        found = [one for one in changes if _title(one.name) == title]
        counts = {kind: sum(one.kind == kind for one in found) for kind in _KINDS}
        said = ", ".join(f"{counts[kind]} {name}" for kind, name in _KINDS.items() if counts[kind])
        members = {one.name for one in found}
        lines.append(f"{title}: {said}" + (f" ({len(members)} data IDs)" if len(members) > 1 else ""))
    return [*lines, "-v lists them all"]


def _title(name: str) -> str:
    return " ".join(name.split(" ")[:2])


def print_list(
    verb: str,
    what: str,
    rows: Sequence[tuple[str, str]],
    *,
    verbose: bool = False,
    fold: bool = True,
    count: int | None = None,
    title: str = "",
) -> None:
    """Print how many things something is done to, with ``title`` behind that, and which they are.

    ``count`` is their number if ``rows`` are not all of them.
    """
    if number := len(rows) if count is None else count:
        say(f"  {verb} {counted(number, what)}{title}")
        print_rows(rows, verbose=verbose, fold=fold)


def print_rows(
    rows: Sequence[tuple[str, str]], indent: str = "    ", *, verbose: bool = False, fold: bool = True
) -> None:
    """Print rows; those of a dataset type share lines where all of them would be more than a screen."""
    lines = _folded(rows, fold=fold and not verbose and len(rows) > _SHOWN)
    if not verbose and len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], f"… and {len(lines) - _SHOWN} more lines; -v lists all"]
    _print_lines(lines, indent)


def _folded(rows: Sequence[tuple[str, str]], *, fold: bool) -> list[str]:
    from curator.registries.model.describe import folded

    return folded(rows) if fold else [f"{name} {said}".rstrip() for name, said in rows]


def _print_lines(lines: Iterable[str], indent: str = "    ") -> None:
    from curator.cli.terminal.layout import fitting

    for line in lines:
        for part in fitting(escape(line), indent):
            say(part)
