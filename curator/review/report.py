"""What a change means, file by file, and what many files have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from curator.review.reviewed import LoadedVersions, Reviewed, review_pair
from curator.review.statements import Statement, statements
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from curator.repository.layout.config import Config
    from curator.review.filter_curves import FilterCurves
    from curator.review.versions import VersionPair

__all__ = ["Common", "FileReport", "ReviewReport", "report"]

# A statement that so many files share is said once.
MANY = 3


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, with what there is to say of it alone."""

    file: Reviewed
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """What several files have in common, and which they are."""

    statement: Statement
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """What a change means.

    Parameters
    ----------
    before, after : str
        What the two states are called.
    files : tuple of FileReport
        Every file that differs, by path.
    common : tuple of Common
        What at least `MANY` files share; it is not among their own statements.
    """

    before: str
    after: str
    files: tuple[FileReport, ...]
    common: tuple[Common, ...]

    def to_json(self) -> dict[str, Any]:
        """Return what ``schemas/output/diff.schema.json`` describes, without its version."""
        shared: dict[str, list[Statement]] = {}
        for one in self.common:
            for path in one.paths:
                shared.setdefault(path, []).append(one.statement)
        return {
            "before": self.before,
            "after": self.after,
            "files": [
                {
                    **one.file.to_json(),
                    "statements": [
                        {"kind": said.kind, "text": said.text, "details": list(said.details)}
                        for said in (*shared.get(one.file.path, ()), *one.statements)
                    ],
                }
                for one in self.files
            ],
        }


def report(
    labels: tuple[str, str],
    pairs: Iterable[VersionPair],
    config: Config | None = None,
    filters: FilterCurves | None = None,
    loaded: LoadedVersions | None = None,
) -> ReviewReport:
    """Compare the files of a change, and say what they have in common."""
    files = [review_pair(pair, config, filters, loaded) for pair in pairs]
    said = [statements(file) for file in files]
    common = _common(files, said)
    taken = {one.statement for one in common}
    return ReviewReport(
        *labels,
        tuple(
            FileReport(file, tuple(one for one in own if one not in taken))
            for file, own in zip(files, said, strict=True)
        ),
        tuple(common),
    )


def _common(files: Sequence[Reviewed], said: Sequence[Sequence[Statement]]) -> list[Common]:
    paths: dict[Statement, list[str]] = {}
    for file, own in zip(files, said, strict=True):
        for one in dict.fromkeys(own):
            paths.setdefault(one, []).append(file.path)
    return [
        Common(one, tuple(found)) for one, found in paths.items() if len(found) >= (2 if one.once else MANY)
    ]
