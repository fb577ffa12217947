"""Takes a hand-over of calibrations into a Butler: ``python receive.py REPO``.

Needs ``lsst-daf-butler``, and what reads the files later: the Rubin stack's ``lsst.obs.base``, or curator. Do
not use ``butler import`` instead: done twice, it deletes the files. This looks first at what is there, adds
what is missing as one transaction, and has nothing to do the second time. Where curator is installed,
``curator ingest`` takes this folder too.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import pathlib
import sys
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from . import CommandError, RefusedError, first_line
from .additions import Additions, additions, require
from .chains import ChainChange, planned_move
from .checks import (
    check_definitions,
    check_files,
    check_listed,
    check_manifest,
    check_rows,
    check_transfer,
    formatters,
    missing_datasets,
    missing_ranges,
)
from .locks import ButlerFolder, bounded_waits, locate, locked
from .writes import Work, register, write

__all__ = ["main"]

FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ABOUT = "handover.json"
YAML = "handover.yaml"
MAX_WAIT = 86400
_FORM = {
    "label": str,
    "labels": list,
    "empty": list,
    "prefer": bool,
    "own_storage_classes": list,
    "read_by_stack": list,
    "contents": dict,
    "files": dict,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status: 1 where it refuses, 2 for what cannot be asked."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # of the stack's developers to each other
    logging.getLogger("lsst").addHandler(logging.NullHandler())  # errors are said once, here
    options = _options(arguments)
    try:
        about = _about()
        check_files(FOLDER, about["files"], ABOUT)
        check_manifest(FOLDER, about["files"])
        check_rows(FOLDER, about["files"], about["label"])
        if options.prefer and not about["prefer"]:
            raise CommandError(
                "--prefer: this hand-over was made without --prefer, so its label cannot become the "
                "preferred one"
            )
        _require_butler()
        print("\n".join(_receive(about, options)))
    except RefusedError as error:
        _say(str(error))
        return 2 if isinstance(error, CommandError) else 1
    except KeyboardInterrupt:
        _say("interrupted: run this again to complete it")
        return 130
    except Exception as error:  # whatever a Butler or its database makes it raise: nothing was added
        _say(f"{options.repo}: {_reason(error)}")
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="receive.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("repo", metavar="REPO", help="the Butler: a folder, a butler.yaml, a URI or an alias")
    parser.add_argument(
        "--transfer",
        choices=("copy", "hardlink", "direct"),
        default="copy",
        help="copy the files into the Butler (default), or refer to them in this folder",
    )
    parser.add_argument(
        "--prefer",
        action="store_true",
        help="make this label the preferred one, also if it was received before and another label is "
        "preferred now",
    )
    parser.add_argument(
        "--formatter",
        choices=("curator", "stack"),
        default="",
        help="formatter that reads the files: curator's if it is set up (default), or the stack's for "
        "defects, crosstalk, linearizers and kernels even if curator is set up",
    )
    parser.add_argument(
        "--register-instrument",
        action="store_true",
        help="register an instrument that the Butler does not know",
    )
    parser.add_argument(
        "--wait",
        type=_seconds,
        default=60.0,
        metavar="SECONDS",
        help="how long to wait for another program that is writing (default: 60)",
    )
    return parser.parse_args(arguments)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= MAX_WAIT:
        raise argparse.ArgumentTypeError(f"0 to {MAX_WAIT} seconds are possible")
    return seconds


def _say(text: str) -> None:
    print(f"receive.py: {text}", file=sys.stderr)


def _about() -> dict[str, Any]:
    try:
        with open(os.path.join(FOLDER, ABOUT), encoding="utf-8") as file:
            about = json.load(file)
        _require_form(about)
        return {name: about[name] for name in _FORM}
    except OSError as error:
        raise RefusedError(f"{ABOUT} of this hand-over cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RefusedError(f"{ABOUT} of this hand-over has changed: it cannot be understood") from error


def _require_form(about: Any) -> None:
    """Raise ValueError, KeyError or TypeError for what no hand-over says."""
    for name, kind in _FORM.items():
        value = about[name]
        texts = [*value, *value.values()] if isinstance(value, dict) else value
        if type(value) is not kind or (
            kind in (dict, list) and not all(isinstance(one, str) for one in texts)
        ):
            raise TypeError(name)
    if YAML not in about["files"]:
        raise KeyError(YAML)
    for path in about["files"]:
        if os.path.isabs(path) or ".." in path.split("/") or "\0" in path:
            raise ValueError(path)


def _require_butler() -> None:
    try:
        import lsst.daf.butler  # noqa: F401
    except ImportError as error:
        raise RefusedError("this needs lsst-daf-butler: set up the Rubin stack, or install it") from error


def _receive(about: dict[str, Any], options: argparse.Namespace) -> list[str]:
    """Add what is missing, and return what that was."""
    place = locate(options.repo)
    agreed: frozenset[str] = frozenset()
    while True:
        work, added, done = _attempt(place, about, options, agreed)
        if done:
            return [*(f"registered {line}" for line in added.lines), *_report(work, about, options.repo)]
        require(added)
        agreed = agreed.union(added.instruments)


def _attempt(
    place: ButlerFolder, about: dict[str, Any], options: argparse.Namespace, agreed: frozenset[str]
) -> tuple[Work, Additions, bool]:
    """Add what is missing, unless an instrument is new that nobody agreed to; say what and whether."""
    with bounded_waits(options.wait), locked(place, options.wait, _say), _opened(place) as target:
        check_transfer(target, FOLDER, options.transfer)
        reader = formatters(options.formatter, about["read_by_stack"])
        with _source(target) as source:
            refs = {ref.id: ref for ref in source.query_all_datasets("*", find_first=False, limit=None)}
            kinds = {ref.datasetType for ref in refs.values()}
            check_definitions(source, target, kinds, about["own_storage_classes"])
            uris = source.get_many_uris(refs.values()) if refs else {}
            files = {ref.id: many.primaryURI for ref, many in uris.items()}
            check_listed(FOLDER, files, about)
            work = _planned(source, target, refs, about, always=options.prefer)
            added = additions(source, target, () if work.is_empty else refs.values())
            if not (options.register_instrument or agreed.issuperset(added.instruments)):
                return work, added, False
            if not work.is_empty:
                register(source, target, refs.values())
                write(target, work, files, options.transfer, reader)
    return work, added, True


@contextmanager
def _opened(place: ButlerFolder) -> Iterator[Any]:
    """Open the Butler, with the lock held: a Butler remembers what it saw then."""
    from lsst.daf.butler import Butler

    try:
        butler = Butler.from_config(place.config, writeable=True)
    except Exception as error:  # another version of its tables, no connection, and whatever else
        raise RefusedError(f"{place.name} cannot be opened as a Butler: {_reason(error)}") from error
    with butler:
        yield butler


@contextmanager
def _source(target: Any) -> Iterator[Any]:
    """Give a Butler that has the hand-over and nothing else: the one place where its YAML may be imported."""
    from lsst.daf.butler import Butler

    with tempfile.TemporaryDirectory(prefix="handover-") as folder:
        place = os.path.join(folder, "source")
        # Of the target's dimensions, so that data IDs of the one are data IDs of the other.
        Butler.makeRepo(place, dimensionConfig=target.dimensions.dimensionConfig)
        with Butler.from_config(place, writeable=True) as source:
            here = pathlib.Path(FOLDER).as_uri()  # a plain path with # or % in it would mean another one
            try:
                source.import_(directory=f"{here}/", filename=f"{here}/{YAML}", transfer="direct")
            except Exception as error:  # whatever its reader makes of what is no list of datasets
                raise RefusedError(
                    f"{YAML} of this hand-over cannot be understood: {first_line(error)}"
                ) from error
            yield source


def _planned(source: Any, target: Any, refs: dict[Any, Any], about: dict[str, Any], *, always: bool) -> Work:
    """Compare everything with what is there, before anything is written."""
    infos = [_info(source, name) for name in (*about["labels"], *about["empty"])]
    new, lost = missing_datasets(target, refs, about["contents"])
    ranges = {one.name: missing_ranges(source, target, one) for one in infos}
    moves = [planned_move(target, one.name, always=always) for one in infos if about["prefer"]]
    # Of what has an empty label nothing is to be used any more. It takes the place of an earlier label that
    # look-ups find; elsewhere there is no need of it.
    moves = [one for one in moves if one.label in about["labels"] or one.before]
    wanted = {*about["labels"], *(one.label for one in moves if one.members)}
    labels = {one.name: one.doc for one in infos if one.name in wanted}
    return Work(new, lost, labels, ranges, moves)


def _info(source: Any, label: str) -> Any:
    from lsst.daf.butler import MissingCollectionError

    try:
        return source.collections.get_info(label)
    except MissingCollectionError as error:
        raise RefusedError(f"{ABOUT} of this hand-over has changed: {YAML} has no label {label}") from error


def _report(work: Work, about: dict[str, Any], repo: str) -> list[str]:
    done = [
        _count(len(work.new), "dataset", "ingested"),
        _count(sum(map(len, work.ranges.values())), "validity range", "certified"),
    ]
    if work.lost:
        done.append(_count(len(work.lost), "lost file", "restored"))
    if work.is_empty:
        done = [f"nothing to do: {repo} already has all of {about['label']}"]
    return [", ".join(done), *(line for move in work.moves for line in _about_chain(move))]


def _about_chain(move: ChainChange) -> Iterator[str]:
    if move.members:
        yield f"{move.chain} now prefers {move.label}"
    elif move.before != (move.label,):
        yield f"{move.chain} still prefers {', '.join(move.before)}: with --prefer it becomes {move.label}"


def _count(number: int, what: str, done: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'} {done}"


def _reason(error: BaseException) -> str:
    """Return in one line what a Butler or its database says."""
    said = first_line(getattr(error, "orig", None) or error)
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be written: {error.strerror}"
    if "database is locked" in said or "lock timeout" in said:
        return "someone else is writing to this Butler (its database is locked): run this again later"
    if "readonly" in said:
        return "this Butler cannot be written (its database is read-only)"
    return said
