"""What rules about many calibrations at once see, and the asking of these rules."""

from __future__ import annotations

from functools import cached_property
from itertools import islice

from curator.calibrations.header.keywords import find_keyword
from curator.calibrations.header.profiles import PROFILES
from curator.checks.cross_file.facts import facts_of, header_facts
from curator.checks.model.context import Context
from curator.checks.model.failed_rule import ask_rule, unjudged
from curator.checks.model.rule import set_rules
from curator.errors import CuratorError, RepositoryError
from curator.formats.read import read_document
from curator.repository.layout.path_parser import Placer, TypeFolder
from curator.repository.layout.paths import ALL_RECORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from curator.calibrations.cameras.camera import Camera
    from curator.checks.cross_file.facts import Facts
    from curator.checks.cross_file.timelines import Timelines
    from curator.checks.model.finding import Finding
    from curator.checks.model.rule import Given
    from curator.formats.document import Document
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.catalogue.deprecation_effects import Effect
    from curator.repository.layout.config import Config
    from curator.repository.layout.path_parser import Member
    from curator.repository.snapshots.protocol import Snapshot, TreeEntry

__all__ = ["CalibrationSets", "set_findings"]

# What one rule may say about one repository.
MOST = 1000


class CalibrationSets:
    """The calibrations that a check is about, by type, and those beside them.

    Of files that are named only the neighbours in time are known, and all of their type where they are at
    least half of it: what it costs follows from what is checked, not from the repository.

    Parameters
    ----------
    snapshot : Snapshot
    config : Config
    entries : sequence of TreeEntry
        What is checked: files of every kind.
    facts : mapping of str to Facts
        By path, of each calibration among them that can be read.
    whole : bool
        They are all there are.

    Attributes
    ----------
    groups : dict of TypeFolder to list of Member
        Every calibration that is known and has its place, by path; some of them may be unreadable.
    complete : collection of TypeFolder
        Those of which nothing is unknown.
    records : set of str
        Paths of the records that stand beside calibrations.
    misplaced : set of TypeFolder
        Those below which something is not as it is meant to be: a file without a place, a link, a conflict.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        config: Config,
        entries: Sequence[TreeEntry],
        facts: Mapping[str, Facts],
        whole: bool,
    ) -> None:
        self.config = config
        self.profile = PROFILES[config.profile]
        self.whole = whole
        self.checked: Collection[str] = {entry.path for entry in entries}
        self.groups: dict[TypeFolder, list[Member]] = {}
        self.complete: Collection[TypeFolder] = ()
        self.records: set[str] = set()
        self.misplaced: set[TypeFolder] = set()
        self._snapshot = snapshot
        self._facts: dict[str, Facts | None] = {**facts}
        self._looked_at = ""
        self._paths: set[str] = set()
        self._near: set[str] = set()
        placer = Placer(config.directories)
        self.place, self.group_of, self.is_candidate = placer.place, placer.group, placer.is_candidate
        for entry in entries:
            if entry.is_file:
                self.add(entry.path)
            else:
                self.misplaced.add(self.group_of(entry.path))
        self.misplaced.update(map(self.group_of, getattr(snapshot, "unmerged", ())))
        if whole:
            self.complete = self.groups.keys()
        else:
            from curator.checks.cross_file.adjacent_files import add_adjacent

            self.complete, self._near = add_adjacent(self, snapshot)
        self._sort()

    def add(self, path: str) -> None:
        """Take up a file, whatever it is."""
        if path in self._paths:
            return
        self._paths.add(path)
        if path.endswith(ALL_RECORDS):
            if self.group_of(path).camera:
                self.records.add(path)
        elif member := self.place(path):
            self.groups.setdefault(TypeFolder(member.camera, member.type), []).append(member)
        elif self.is_candidate(path):
            self.misplaced.add(self.group_of(path))

    def all_of(self, camera: str) -> list[list[Member]]:
        """Return every calibration of a camera, by type."""
        if not self.whole:
            from curator.checks.cross_file.adjacent_files import add_all

            add_all(camera, self, self._snapshot)
            self._sort()
        return [members for group, members in self.groups.items() if group.camera == camera]

    def _sort(self) -> None:
        for members in self.groups.values():
            members.sort()

    def compared(self, members: Sequence[Member]) -> Sequence[Member]:
        """Return those that are checked, or near in time to one that is: only they are worth reading."""
        return members if self.whole else [member for member in members if member.path in self._near]

    def is_there(self, path: str) -> bool:
        """Whether there is anything at a path."""
        return path in self._paths or self._snapshot.find(path) is not None

    def concern(self, *paths: str) -> bool:
        """Whether a finding about these files is asked for."""
        return self.whole or any(path in self.checked for path in paths)

    def camera(self, directory: str, date: datetime) -> Camera | None:
        """Return a camera as it was at a date, `None` where its file cannot be used."""
        try:
            return self.config.camera_files.at(directory, date)
        except CuratorError:
            return None

    def facts(self, member: Member) -> Facts | None:
        """Return what a calibration says, of one beside the checked ones its header; `None` if unreadable."""
        self._looked_at = member.path
        if member.path not in self._facts:
            beside = not self.whole and member.path not in self.checked
            self._facts[member.path] = self._look(member.path, header_facts, True) if beside else None
        return self._facts[member.path]

    def content(self, member: Member) -> str:
        """Return the digest of a calibration's content, empty where it cannot be told."""
        known = self.facts(member)
        if known and not known.digest and member.path not in self.checked:
            known = self._facts[member.path] = self._look(member.path, facts_of, False)
        return known.digest if known else ""

    def _look(self, path: str, at: Callable[[Document], Facts], header_only: bool) -> Facts | None:
        try:
            return at(read_document(path, self._snapshot.read(path), header_only=header_only))
        except CuratorError:
            return None  # what is wrong with it is said when it is checked

    def looked_at(self) -> str:
        """Return the path of the file that was asked for last."""
        return self._looked_at

    def read(self, path: str) -> bytes:
        """Return the bytes of a record."""
        self._looked_at = path
        return self._snapshot.read(path)

    def finding_in(
        self, ctx: Context, path: str, keyword: str | tuple[str, int], message: str, hint: str, topic: str
    ) -> Finding:
        """Return a finding at a keyword of a calibration's header, or at an entry of the list under it."""
        self._looked_at = path
        raw = self._snapshot.read(path)
        doc = read_document(path, raw, header_only=True)
        own = Context(path, self.config, self.profile)
        own.raw = raw
        own.take_up(ctx.rule)
        key, *number = (keyword,) if isinstance(keyword, str) else keyword
        key = find_keyword(doc.header, str(key)) or key
        at = number if isinstance(doc.header.get(str(key)), list) else ()
        return own.finding(doc.value_at(key, *at), message, hint=hint, topic=topic, subject=str(key))

    def _ends(self, member: Member) -> bool:
        """Whether a calibration may say when it is not used; most do not, and need not be read to know."""
        if member.path not in self._facts and not self.whole and member.path not in self.checked:
            try:
                raw = self._snapshot.read(member.path)
                upper = raw.upper()
                if b"VALIDEND" not in upper and b"DEPRECATED" not in upper:
                    return False
                self._facts[member.path] = header_facts(read_document(member.path, raw, header_only=True))
            except CuratorError:
                return False
        known = self.facts(member)
        return known is not None and bool(known.valid_end or known.deprecated)

    def given(self) -> Iterator[Given]:
        """Give what there is for rules to look at: the import of a rule is most of what a file costs."""
        if self._have_relations:
            yield "related"
            if any(entry.deprecations for line in self.timelines for entry in line):
                yield "deprecated"
        if any(known and known.empty for known in self._facts.values()):
            yield "empty"
        if self.complete:
            yield "complete"
        if self.whole or any(group.type == "camera" for group in self.groups):
            yield "cameras"
        if self.records:
            yield "records"

    @property
    def _have_relations(self) -> bool:
        """Whether any rule about calibrations for the same thing can have anything to say."""
        return (
            self.whole
            or any(known and known.source and known.version for known in self._facts.values())
            or any(len(members) > 1 and members[0].filter for members in self.groups.values())
            or self._timelines is not None
        )

    @cached_property
    def timelines(self) -> Iterable[list[Entry]]:
        """What is certified for one thing, by start: of each of which any file says when it is not used."""
        return self._timelines or ()

    @cached_property
    def effects(self) -> Sequence[Effect]:
        """What the deprecations of each of them do, for all rules that ask."""
        from curator.repository.catalogue.deprecation_effects import effects

        return [effect for line in self.timelines for effect in effects(line)]

    def may_hold(self, entry: Entry, until: datetime) -> bool:
        """Whether a file of `timelines` whose end nobody can tell may hold after an entry's start."""
        return self._timelines is not None and self._timelines.may_hold(entry, until)

    @cached_property
    def _timelines(self) -> Timelines | None:
        near = map(self.compared, self.groups.values())
        ending = [member for members in near for member in members if self._ends(member)]
        if not ending:
            return None
        from curator.checks.cross_file.timelines import Timelines

        return Timelines(self, self._snapshot, ending)


def set_findings(
    snapshot: Snapshot,
    config: Config,
    entries: Sequence[TreeEntry],
    facts: Mapping[str, Facts],
    *,
    whole: bool,
) -> Iterator[Finding]:
    """Give what the rules about many calibrations at once say; see `CalibrationSets` for the parameters.

    It depends on the paths below the directories of cameras, the facts, the records, the configuration and
    the camera files, and on nothing else.
    """
    try:
        sets = CalibrationSets(snapshot, config, entries, facts, whole)
        rules = set_rules(sets.given())
    except RepositoryError:
        raise
    except Exception as error:
        yield unjudged(error, config.path, "the reader of neighbours")
        return
    ctx = Context("", config, sets.profile)
    for rule in rules:
        yield from islice(ask_rule(rule, sets, ctx, sets.looked_at), MOST)
