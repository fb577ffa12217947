"""What a check says of the exported commit: which files are refused, and which rows are marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curator.errors import CalibrationError, CuratorError, SeveralErrors

if TYPE_CHECKING:
    from curator.checks.model.finding import Finding
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["Judgement", "judge"]

# The header says another camera, type, detector or filter than the path.
_CONTRADICTIONS = frozenset({"CUR201", "CUR202", "CUR203", "CUR204"})
_OF_CHANGES = "CUR5"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a check found in a commit, apart from what its baseline and its suppressions cover.

    Parameters
    ----------
    refused : mapping of str to CuratorError
        By source, of each file whose header contradicts its path: it is not exported.
    codes : mapping of str to set of str
        By path, of other files and folders with errors: the rules.
    headers : mapping of str to mapping
        By source, what headers say of the keywords that a `Catalogue` asks for.
    """

    refused: Mapping[str, CuratorError] = field(default_factory=dict)
    codes: Mapping[str, set[str]] = field(default_factory=dict)
    headers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def of(self, source: str) -> str:
        """Return what the manifest says of a file: ``ok``, or ``error`` and the codes of its rules."""
        if not self.codes:
            return "ok"
        parts = source.split("/")
        found = set[str]().union(
            *(self.codes.get("/".join(parts[:end]), ()) for end in range(1, len(parts) + 1))
        )
        return " ".join(["error", *sorted(found)]) if found else "ok"


def judge(
    repo: Repository, commit: Commit, config: Config, paths: Sequence[str] = (), jobs: int | None = None
) -> Judgement:
    """Check a commit, as ``curator check --rev`` does, on the day on which it was made.

    What earlier checks of the same files found is believed, and what is new is kept for later ones.

    Parameters
    ----------
    paths : sequence of str
        Files and folders to check; all of them if empty.
    jobs : int, optional
        Processes to use; as many as pay if not given.
    """
    from datetime import date

    from curator.checks.cache.file_results import FileResults
    from curator.checks.run.engine import check

    results = FileResults(repo, config)
    day = date.fromisoformat(commit.date[:10])
    report = check(commit, config, paths=[*paths] or None, jobs=jobs, results=results, day=day)
    results.keep()
    errors = [
        one for one in report.findings if one.severity == "error" and not one.code.startswith(_OF_CHANGES)
    ]
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for one in errors:
        if one.code not in _CONTRADICTIONS:
            codes[one.path].add(one.code)
    headers = {path: facts.header for path, facts in results.facts.items()}
    return Judgement(_refused(errors), codes, headers)


def _refused(errors: Iterable[Finding]) -> dict[str, CuratorError]:
    found: defaultdict[str, list[CuratorError]] = defaultdict(list)
    for one in errors:
        if one.code in _CONTRADICTIONS:
            found[one.path].append(
                CalibrationError(
                    f"{one.message} ({one.code})",
                    path=one.path,
                    line=one.line,
                    column=one.column,
                    hint=one.hint or "`curator check` lists them",
                )
            )
    return {path: SeveralErrors(reasons) for path, reasons in found.items()}
