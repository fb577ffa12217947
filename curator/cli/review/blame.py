"""Say which edit gave each value of a file, or masked a pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curator.cli.terminal.console import say
from curator.cli.terminal.json_output import add_format, say_json
from curator.cli.terminal.layout import tell
from curator.cli.terminal.width import terminal_width
from curator.errors import UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Say for each keyword, line of HISTORY, row, curve point and coefficient of a calibration which edit gave it
its present value: commit, date, editor and note. Rows are found by the key of the dataset type, so that a row
keeps its edit when the file is reordered, reformatted or renamed. As for `git blame`, a row that several
parents of a merge have is from the first of them.

With --pixel, say since when a pixel of a detector is masked: by which files, for which exposures, since which
edit, when it was masked before, which files contained it once, and whether the defects that apply now (or at
--date) contain it. If two branches added a box, the older edit counts. Pixels are counted from 0 in the
trimmed, assembled detector, and a box has the columns x0 to x0 + width - 1."""
EXAMPLES = """\
curator blame myCam/defects/s01/20250430T120000.ecsv
curator blame v1.2:myCam/defects/s01/20250430T120000.ecsv --rows
curator blame --pixel 1022,17 --detector S01"""


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="an .ecsv or .yaml file, or REV:PATH")
    parser.add_argument("--rev", metavar="R", help="use a commit; default: the working tree")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--rows", action="store_true", help="leave out the header")
    part.add_argument("--keywords", action="store_true", help="leave out the tables")
    parser.add_argument("--pixel", metavar="X,Y", help="ask about a pixel instead of a file")
    parser.add_argument("--detector", metavar="D", default="", help="name or id; for --pixel")
    parser.add_argument("--camera", metavar="C", default="", help="camera; for --pixel, if several have it")
    parser.add_argument(
        "--date", metavar="DATE", help="which defects apply then (UTC); for --pixel; default: now"
    )
    add_format(parser)


def run(args: Namespace) -> int:
    if args.pixel is not None:
        return _pixel(args)
    for name in ("detector", "camera", "date"):
        if getattr(args, name):
            raise UsageError(f"--{name} needs --pixel", hint="--pixel X,Y --detector D")
    if args.file is None:
        raise UsageError("no file given", hint="name a file, or --pixel X,Y --detector D")
    return _file(args)


def _file(args: Namespace) -> int:
    from dataclasses import replace

    from curator.cli.check.check import locate
    from curator.cli.terminal.committed_path import split_revision
    from curator.repository.repository import Repository
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.blame import blame_path

    revision, path = split_revision(args.repo, args.file)
    if revision and args.rev is not None:
        raise UsageError(f"{args.file} names a commit, and --rev another", hint="remove --rev")
    as_of = AsOf(Repository.find(args.repo), revision or args.rev)
    if not revision:
        path = locate(path, as_of.repository, as_of.snapshot, args)
    found = blame_path(as_of, path)
    if args.rows:
        found = replace(found, keywords={}, history=())
    if args.keywords:
        found = replace(found, tables=())
    if args.format == "json":
        say_json(**found.to_json())
        return 0
    from curator.review.blame.blame_lines import blame_lines

    for line in blame_lines(found, width=terminal_width()):
        say(line)
    return 0


def _pixel(args: Namespace) -> int:
    from curator.editing.clock import utc_now
    from curator.repository.repository import Repository
    from curator.repository.selection.asked_exposure import moment
    from curator.repository.selection.asked_pixel import asked_pixel
    from curator.review.blame.as_of import AsOf
    from curator.review.blame.pixel import blame_pixel
    from curator.review.blame.pixel_lines import pixel_lines

    for name in ("file", "rows", "keywords"):
        if getattr(args, name):
            what = "a file" if name == "file" else f"--{name}"
            raise UsageError(f"--pixel cannot be used with {what}", hint="remove one of them")
    if not args.detector:
        raise UsageError("--pixel needs a detector", keyword="detector", hint="--detector D")
    date = moment("--date", args.date, "utc") if args.date else utc_now()
    as_of = AsOf(Repository.find(args.repo), args.rev)
    found = blame_pixel(as_of, args.detector, asked_pixel(args.pixel), camera=args.camera, date=date)
    if args.format == "json":
        say_json(**found.to_json())
        return 0
    for indent, words in pixel_lines(found):
        tell(words, indent)
    return 0
