"""What a review compares: two states of a repository, two files, two exports, two labels of a registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from curator.values import dataclass

if TYPE_CHECKING:
    from curator.checks.model.report import Report
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.review.pairs import Sides
    from curator.review.report import ReviewReport

__all__ = ["ComparedExports", "ComparedFiles", "ComparedLabels", "ComparedStates", "Comparison"]


class Comparison(Protocol):
    """Two sides of a review."""

    def report(self) -> ReviewReport:
        """Compare them."""

    def differs(self, report: ReviewReport) -> bool:
        """Return whether they differ, by their report."""

    def checked(self) -> Report | None:
        """Return what the rules say of a change between two commits; `None` of any other."""


@dataclass(frozen=True)
class ComparedStates:
    """Two states of a repository."""

    repository: Repository
    sides: Sides

    def report(self) -> ReviewReport:
        """Compare the calibrations that differ."""
        from curator.review.filter_curves import FilterCurves
        from curator.review.report import report

        sides = self.sides
        return report(sides.labels, sides.pairs(), sides.config, FilterCurves(sides.after))

    def differs(self, report: ReviewReport) -> bool:
        """Return whether any calibration differs."""
        return bool(report.files)

    def checked(self) -> Report | None:
        """Return what the rules say of the whole change between two commits."""
        if self.sides.commits is None or self.sides.is_restricted:
            return None
        from curator.checks.run.check_change import check_change

        return check_change(self.repository, *self.sides.commits)


@dataclass(frozen=True)
class ComparedFiles:
    """Two files, text or FITS, wherever they are; the configuration names their camera."""

    before: str
    after: str
    config: Config | None

    def report(self) -> ReviewReport:
        """Compare them as versions of one."""
        from curator.review.pairs import file_pair
        from curator.review.report import report

        return report((self.before, self.after), [file_pair(self.before, self.after)], self.config)

    def differs(self, report: ReviewReport) -> bool:
        """Return whether their content differs, and not only its order."""
        return any(said.kind != "order" for one in report.files for said in one.statements)

    def checked(self) -> None:
        """Return `None`."""


@dataclass(frozen=True)
class ComparedExports:
    """Two exports, by all that they serve."""

    before: str
    after: str
    config: Config | None

    def report(self) -> ReviewReport:
        """Compare what they serve."""
        from curator.review.report import report
        from curator.review.served import export_contents, served_pairs

        contents = export_contents(self.before), export_contents(self.after)
        return report((self.before, self.after), served_pairs(*contents), self.config)

    def differs(self, report: ReviewReport) -> bool:
        """Return whether anything that they serve differs."""
        return bool(report.files)

    def checked(self) -> None:
        """Return `None`."""


@dataclass(frozen=True)
class ComparedLabels:
    """Two labels of a registry; an empty one stands for the preferred labels."""

    target: str
    before: str
    after: str
    config: Config | None = None

    def report(self) -> ReviewReport:
        """Compare what look-ups find in them."""
        from curator.review.report import report
        from curator.review.served import label_contents, served_pairs

        contents = label_contents(self.target, self.before), label_contents(self.target, self.after)
        labels = self.before or "the preferred label", self.after or "the preferred label"
        return report(labels, served_pairs(*contents), self.config)

    def differs(self, report: ReviewReport) -> bool:
        """Return whether anything that look-ups find differs."""
        return bool(report.files)

    def checked(self) -> None:
        """Return `None`."""
