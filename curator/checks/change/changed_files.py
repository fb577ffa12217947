"""What rules about changes see: the files of a pull request, each with what it was."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES, is_certified
from curator.calibrations.types.types import find_type
from curator.checks.change.changed_place import content_place, keyword_place
from curator.checks.model.context import Context
from curator.checks.model.failed_rule import UNJUDGED, ask_rule
from curator.checks.model.limits import camera_limits
from curator.errors import CuratorError
from curator.formats.document import Place
from curator.formats.read import read_document
from curator.repository.layout.config import camera_at
from curator.repository.layout.paths import CalibPath, is_candidate

if TYPE_CHECKING:
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.base import Calibration
    from curator.checks.model.finding import Finding
    from curator.checks.model.rule import Rule
    from curator.checks.policy.weakened_rules import Weakening
    from curator.compare.difference import Difference
    from curator.formats.document import Document
    from curator.repository.changes import Change, CommitFacts, Range
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Changed", "ChangedFile"]


class ChangedFile:
    """One calibration that changed.

    Parameters
    ----------
    change : Change
    before, after : Snapshot
    config : Config
    profile : Profile
        That of the commit before.

    Attributes
    ----------
    place : CalibPath or None
        Where it stands, or stood; `None` where nothing can stand there.
    reference : str
        The file that it is compared with: itself as it was; of a new one, that which held before it began.
    """

    def __init__(
        self, change: Change, before: Snapshot, after: Snapshot, config: Config, profile: Profile
    ) -> None:
        self.change = change
        self.place = CalibPath.try_parse(change.path)
        self.config = config
        self._before = before
        self._after = after
        self._profile = profile
        self.reference = change.old_path or self._predecessor()

    @property
    def against(self) -> str:
        """What a message says it is compared with."""
        if self.change.kind == "added":
            return f"{self.reference.rpartition('/')[2]}, which it follows"
        return "what it was"

    def _predecessor(self) -> str:
        if self.place is None:
            return ""
        folder = self.change.path.rpartition("/")[0]
        siblings = (CalibPath.try_parse(f"{folder}/{name}") for name in self._after.listdir(folder))
        earlier = [
            (sibling.start, str(sibling))
            for sibling in siblings
            if sibling and sibling.start < self.place.start
        ]
        return max(earlier)[1] if earlier else ""

    @cached_property
    def context(self) -> Context:
        """What rules know of the file as it is now."""
        ctx = Context(self.change.path, self.config, PROFILES[self.config.profile])
        if self.place is not None:
            ctx.path, ctx.start = self.place, self.place.start
            ctx.limits = camera_limits(self.config, self.place.camera)
            try:
                ctx.camera = camera_at(self.config, self.place.camera, self.place.start)
            except CuratorError:
                ctx.camera = None  # a finding of its own
            if ctx.camera is not None and self.place.detector is not None:
                ctx.detector = ctx.camera.detector_at(self.place.detector)
        if self.document_after is not None:
            ctx.raw = self.document_after.raw
        return ctx

    @cached_property
    def document_before(self) -> Document | None:
        """What it is compared with, `None` where that cannot be read."""
        return self._read(self._after if self.change.kind == "added" else self._before, self.reference)

    @cached_property
    def document_after(self) -> Document | None:
        """What it is now, `None` where it is gone or cannot be read."""
        return self._read(self._after, self.change.path) if self.change.blob_after else None

    def _read(self, snapshot: Snapshot, path: str) -> Document | None:
        entry = snapshot.find(path) if path else None
        if entry is None or not entry.is_file:
            return None
        try:
            return read_document(path, snapshot.read(path))
        except CuratorError:
            return None  # of the one that is there now, the file rules say so

    @cached_property
    def difference(self) -> Difference | None:
        """What differs from `reference`; `None` where either cannot be read as what it should be."""
        from curator.compare.compare import compare

        found = find_type(self.place.dataset_type) if self.place is not None else None
        if found is None or self.document_before is None or self.document_after is None:
            return None
        detector = self.context.detector
        try:
            before, after = (
                self._calibration(doc, found.calibration)
                for doc in (self.document_before, self.document_after)
            )
            return compare(before, after, detector.ordered_amplifiers if detector else (), rows=False)
        except CuratorError:
            return None

    def content_place(
        self,
        *,
        names: Collection[str] = (),
        value: float | None = None,
        near: tuple[str, float] | None = None,
    ) -> Place:
        """Return where the content changed; see `curator.checks.change.changed_place.content_place`."""
        if self.document_before is None or self.document_after is None:
            return Place(1)
        return content_place(self.document_before, self.document_after, names=names, value=value, near=near)

    def keyword_place(self, *names: str) -> Place:
        """Return where the header changed, at one of ``names`` if it did."""
        if self.document_before is None or self.document_after is None:
            return Place(1)
        return keyword_place(self.document_before, self.document_after, *names)

    @property
    def first_place(self) -> Place:
        """Where the file changed first: its content, or else its header."""
        content = self.content_place()
        return content if content.line > 1 else self.keyword_place()

    @staticmethod
    def _calibration(doc: Document, kind: type[Calibration]) -> Calibration:
        return kind.from_document(doc)

    @property
    def is_edit(self) -> bool:
        """Whether the file was there before, wherever it stood, and is there still."""
        return self.change.kind in ("edited", "renamed")

    @property
    def is_moved(self) -> bool:
        """Whether the file was there before under a name with another start."""
        old = CalibPath.try_parse(self.change.old_path) if self.change.kind == "renamed" else None
        return old is not None and self.place is not None and old.start != self.place.start

    @property
    def was_certified(self) -> bool:
        """Whether registries could use what was there before."""
        doc = self.document_before if self.change.old_path else None
        return doc is not None and is_certified(doc.header, self._profile)


class Changed:
    """A pull request.

    Parameters
    ----------
    range : Range
    config : Config
        The one that holds: see `curator.checks.run.check_change`.
    changes : sequence of Change
        Those that are looked at.
    weakened : sequence of Weakening
        What it changes in the rules that it is judged by.
    profile : str
        Name of the profile before the change.
    """

    def __init__(
        self,
        found: Range,
        config: Config,
        changes: Sequence[Change],
        weakened: Sequence[Weakening],
        profile: str,
    ) -> None:
        self.range = found
        self.config = config
        self.weakened = weakened
        self.before, self.after = found.snapshot(found.parted), found.after
        directories = config.directories
        self.files = [
            ChangedFile(change, self.before, self.after, config, PROFILES[profile])
            for change in changes
            if is_candidate(change.path, directories)
        ]
        self._added = {change.blob_after: change.path for change in changes if change.kind == "added"}
        # The file that `each` begins with, and the one that it gave last.
        self._first, self._at = 0, -1

    def judged(self, rule: Rule, ctx: Context) -> Iterator[Finding]:
        """Give what a rule says of the change; where it fails at a file, it is asked about the next ones."""
        self._first = 0
        while True:
            self._at = -1
            failed = False
            for finding in ask_rule(rule, self, ctx, self._looked_at):
                failed = finding.code == UNJUDGED
                yield finding
            if not failed or self._at < 0:
                break
            self._first = self._at + 1
        self._first = 0

    def _looked_at(self) -> str:
        return self.files[self._at].change.path if self._at >= 0 else ""

    def each(self, ctx: Context) -> Iterator[tuple[ChangedFile, Context]]:
        """Give every file with its own context, for findings of the rule that ``ctx`` has taken up."""
        for number in range(self._first, len(self.files)):
            self._at = number
            file = self.files[number]
            own = file.context
            own.turn_to(ctx.rule, ctx.severity)
            yield file, own

    def compared(self, ctx: Context) -> Iterator[tuple[ChangedFile, Context, Difference]]:
        """Give the files whose content differs from what they are compared with."""
        for file, own in self.each(ctx):
            if file.difference:
                yield file, own, file.difference

    def now_at(self, blob: str) -> str:
        """Return where an added file has the bytes of ``blob``, empty if none has."""
        return self._added.get(blob, "")

    @property
    def commits(self) -> Iterator[CommitFacts]:
        """The commits that touch calibrations."""
        directories = self.config.directories
        for commit in self.range.commits:
            if any(is_candidate(path, directories) for path in commit.paths):
                yield commit
