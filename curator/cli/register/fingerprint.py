"""Tell whether two places serve the same calibrations."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.cli.terminal.console import complain, escape, say
from curator.cli.terminal.json_output import add_format, say_json
from curator.errors import RepositoryError, UsageError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["DESCRIPTION", "add_arguments", "run"]

DESCRIPTION = """\
Print one digest of all calibrations that a commit, an export or a registry serves: which content applies to
which data ID at which time. Two places have the same fingerprint exactly when they serve the same
calibrations; names of files, commits, runs and labels do not matter. With several WHATs, compare them.

Each WHAT is a registry (KIND:PATH), an export (its folder or a manifest, *.ecsv), a commit, or two commits
as A..B. The default is HEAD. A name that is both an export and a commit is refused: write ./NAME for the
export, heads/NAME for the branch. Uncertified and deprecated calibrations do not count.

Exit status: 0 all are equal, 1 they differ, 2 wrong usage."""
EXAMPLES = "curator fingerprint v2025.1 ../export butler:/repo/main"


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("what", metavar="WHAT", nargs="*", help="KIND:PATH, EXPORT, a commit or A..B")
    parser.add_argument("--label", default="", help="label of the registries; default: the preferred label")
    add_format(parser)


def run(args: Namespace) -> int:
    from curator.registries.registry import is_target, kind_of

    places = [one for word in args.what for one in _both(word)] or ["HEAD"]
    if args.label and not any(map(is_target, places)):
        raise UsageError("--label needs a registry", keyword="label", hint="add a registry: KIND:PATH")
    found = [_fingerprint(place, args) for place in places]
    if args.format == "json":
        answers = [{"what": place, "fingerprint": one} for place, one in zip(places, found, strict=True)]
        say_json(fingerprints=answers, equal=len(set(found)) == 1)
    elif len(found) == 1:
        say(found[0])
    else:
        for place, one in zip(places, found, strict=True):
            say(f"{one}  {escape(place)}")
    differ = len(set(found)) > 1
    if differ:
        caveats = [kind_of(place).CAVEAT for place in places if is_target(place)]
        for why, hint in dict.fromkeys(filter(None, caveats)):
            complain(f"they differ, and {why}", hint)
    return int(differ)


def _both(word: str) -> tuple[str, ...]:
    """Return both commits of a range, else the word."""
    from curator.cli.terminal.revision_range import parse_range
    from curator.registries.registry import is_target

    return (word,) if is_target(word) or os.path.exists(word) else parse_range(word) or (word,)


def _fingerprint(place: str, args: Namespace) -> str:
    from curator.export.manifest.fingerprint import fingerprint
    from curator.registries.registry import is_target

    if is_target(place):
        from curator.registries.query.fingerprint import served_from

        return fingerprint(served_from(place, args.label))
    manifest = _manifest_at(place)
    if os.path.exists(place) and bool(manifest) == _is_commit(place, args.repo):
        raise _neither_or_both(place, manifest)
    if manifest:
        from curator.export.manifest.manifest import load_manifest

        return load_manifest(manifest).fingerprint
    from curator.export.served import served_by
    from curator.repository.repository import Repository

    return fingerprint(served_by(Repository.find(args.repo), place))


def _manifest_at(place: str) -> str:
    """Return the manifest that a path means, empty where it means none."""
    from curator.export.manifest.manifest import MANIFEST

    inside = os.path.join(place, MANIFEST)
    if os.path.isfile(inside):
        return inside
    return place if place.endswith(".ecsv") and os.path.isfile(place) else ""


def _neither_or_both(place: str, manifest: str) -> UsageError:
    if manifest:
        return UsageError(
            f"{place} is both an export and a commit",
            hint=f"./{place} is the export; heads/{place} is the branch, tags/{place} the tag",
        )
    return UsageError(
        "neither a commit nor a finished export: there is no manifest here",
        path=place,
        hint="`curator export` completes an interrupted export",
    )


def _is_commit(name: str, repo: str) -> bool:
    from curator.repository.repository import Repository

    try:
        Repository.find(repo).commit(name)
    except RepositoryError:
        return False
    return True
