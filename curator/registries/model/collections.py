"""Names of collections, and who may publish under which: runs, labels, chains."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from curator.calibrations.time.dates import format_start
from curator.errors import RegistryError, UsageError
from curator.registries.errors import UnknownLabelError
from curator.registries.model.model import ChainState
from curator.registries.model.plan import ChainMove

__all__ = [
    "MAX_NAME",
    "chain_name",
    "check_label",
    "commit_of",
    "commit_of_run",
    "documentation",
    "instrument_of",
    "is_label",
    "is_name",
    "is_personal",
    "label_name",
    "listed",
    "moved",
    "repository_of",
    "run_name",
    "runs_of",
    "runs_of_start",
    "short_label",
    "unknown_label",
    "version_name",
]

# How many labels are listed where one is unknown.
_LISTED = 10
# Butlers keep no longer names of collections.
MAX_NAME = 64
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{12}")
_DOCUMENTATION = re.compile(r"Curated calibrations of (.*), commit ([0-9a-f]{40}|[0-9a-f]{64}) \(.*\)")


def chain_name(instrument: str) -> str:
    """Return the CHAINED collection that pipelines read: ``<instrument>/calib``."""
    return f"{instrument}/calib"


def label_name(instrument: str, label: str) -> str:
    """Return the CALIBRATION collection of a label: ``<instrument>/calib/<label>``."""
    return _short(f"{instrument}/calib/{label}")


def runs_of(instrument: str) -> str:
    """Return what the names of all RUN collections of curated calibrations begin with."""
    return f"{instrument}/calib/curated/"


def runs_of_start(instrument: str, start: datetime) -> str:
    """Return what the names of the RUN collections of one valid start begin with."""
    return f"{runs_of(instrument)}{format_start(start)}/"


def run_name(instrument: str, start: datetime, number: int) -> str:
    """Return a RUN collection: ``<instrument>/calib/curated/<valid start>/<number>``.

    A run holds one dataset per data ID; what replaces one of the same start goes into the next.
    """
    return _short(f"{runs_of_start(instrument, start)}{number}")


def version_name(instrument: str, gitsha: str, start: datetime) -> str:
    """Return what tells datasets of one data ID apart: the commit that last touched a file, and its start.

    A file that no commit touches stays the same dataset from label to label. Older Butlers have RUN
    collections of these names.
    """
    return _short(f"{runs_of(instrument)}{gitsha[:12]}/{format_start(start)}")


def commit_of_run(run: str) -> str:
    """Return the twelve digits of the commit that an older run is named after, empty for others."""
    parts = run.split("/")
    old = len(parts) >= 5 and parts[-3] == "curated" and _COMMIT.fullmatch(parts[-2])
    return parts[-2] if old else ""


def instrument_of(collection: str) -> str:
    """Return the instrument that a collection of curator's is named after."""
    return collection.partition("/calib/")[0]


def is_label(collection: str, label: str) -> bool:
    """Whether a label's collection is what a person means: by its whole name, or by the label in it.

    Examples
    --------
    >>> is_label("myCam/calib/2025.1", "2025.1"), is_label("myCam/calib/2025.1", "myCam/calib/2025.1")
    (True, True)
    """
    return label in (collection, short_label(collection))


def short_label(collection: str) -> str:
    """Return the label in the name of its collection, as a person says it."""
    return collection.partition("/calib/")[2]


def unknown_label(label: str, collections: Iterable[str], where: str) -> UnknownLabelError:
    """Return the error for a label that none of the labels' collections is named after.

    Parameters
    ----------
    where : str
        What they are in, such as ``in this Butler``.
    """
    known = listed(collections)
    return UnknownLabelError(
        f"there is no label {label!r} of curator {where}",
        value=label,
        hint=f"there are: {known}" if known else "there are no labels",
    )


def listed(collections: Iterable[str]) -> str:
    """Return the labels of some collections in words: ten of them, and how many more there are."""
    known = sorted(set(map(short_label, collections)))
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"{', '.join(known[:_LISTED])}{more}"


def is_name(text: str) -> bool:
    """Whether a text can be one part of a collection's name."""
    return bool(_SEGMENT.fullmatch(text))


def is_personal(label: str) -> bool:
    """Whether a label is one of those, ``u/<name>/…``, that take any commit and are never preferred."""
    return label.startswith("u/")


def check_label(
    label: str, *, instruments: Iterable[str], released: tuple[str, ...], complete: bool, prefer: bool
) -> None:
    """Refuse a label that is no name, or that this commit must not be published under.

    Parameters
    ----------
    label : str
    instruments : iterable of str
        Those it is for.
    released : tuple of str
        Release branch and tags that have the commit.
    complete : bool
        Whether the export has every calibration of its commit.
    prefer : bool
        Whether the label is to be preferred.

    Raises
    ------
    UsageError
        It is not a valid name for a label, or one that cannot be preferred.
    RegistryError
        The commit is under review: squash merges would orphan it.
    """
    parts = label.split("/")
    if not all(map(is_name, parts)):
        raise UsageError(
            f"{label!r} is not a valid name for a label",
            value=label,
            hint="use letters, digits and _ . + - in parts that start with a letter or digit: 2025.1, "
            "u/ada/try-1",
        )
    if parts[0] == "curated":
        raise UsageError("labels cannot start with 'curated', which is the name of runs", value=label)
    if parts[0] == "u" and len(parts) < 3:
        raise UsageError(
            f"{label!r} has an empty part", value=label, hint="write a personal label as u/<your name>/<name>"
        )
    for instrument in instruments:
        if label.startswith(f"{chain_name(instrument)}/"):
            short = label.removeprefix(f"{chain_name(instrument)}/")
            raise UsageError(
                f"{label!r}: curator adds the part before the label", value=label, hint=f"--label {short}"
            )
        label_name(instrument, label)
    if is_personal(label):
        if prefer:
            raise UsageError(f"{label!r} is a personal label, which cannot be preferred", value=label)
        return
    if not released:
        raise RegistryError(
            f"label {label!r}: the exported commit is neither on the release branch nor tagged",
            value=label,
            hint=f"merge or tag the commit and export again, or use a personal label: u/<you>/{parts[-1]}",
        )
    if prefer and not complete:
        raise UsageError(
            "an export of some paths cannot be preferred: look-ups would no longer find the other "
            "calibrations",
            hint="export the whole commit",
        )


def documentation(repository: str, commit: str, commit_date: str) -> str:
    """Return what a label says of itself; `commit_of` reads it."""
    return f"Curated calibrations of {' '.join(repository.split())}, commit {commit} ({commit_date})"


def commit_of(text: str | None) -> str:
    """Return the commit that a label's documentation names, empty if curator did not write it."""
    found = _DOCUMENTATION.fullmatch(text or "")
    return found[2] if found else ""


def repository_of(text: str | None) -> str:
    """Return the repository that a label's documentation names, with single blanks, empty as `commit_of`."""
    found = _DOCUMENTATION.fullmatch(text or "")
    return found[1] if found else ""


def moved(chain: ChainState, label: str) -> ChainMove | None:
    """Return the chain with ``label`` as its one curated member, `None` if it is that already.

    The label takes the place of the first one it replaces, else it goes to the front. Other labels of
    curator's leave the chain: behind the new one, a look-up would fall through to what was deprecated.
    Members that curator did not make stay where they are.
    """
    ours = chain.curated | {label}
    place = next((number for number, member in enumerate(chain.members) if member in ours), 0)
    rest = [member for member in chain.members if member not in ours]
    members = (*rest[:place], label, *rest[place:])
    if members == chain.members:
        return None
    replaces = tuple(one for one in chain.members if one in ours and one != label)
    return ChainMove(chain.name, members, replaces, chain.members)


def _short(name: str) -> str:
    if len(name) > MAX_NAME:
        raise UsageError(f"collection name {name!r} has {len(name)} characters; the limit is {MAX_NAME}")
    return name
