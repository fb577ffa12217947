"""Reads one file and asks the rules about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from curator.calibrations.header.profiles import PROFILES
from curator.calibrations.types.types import find_type
from curator.checks.cross_file.facts import facts_of
from curator.checks.model.context import Context, severity_of
from curator.checks.model.failed_rule import name_of_rule, unjudged
from curator.checks.model.finding import Finding
from curator.checks.model.limits import camera_limits
from curator.checks.model.rule import RULES, file_rules, path_rules, read_rules
from curator.errors import CuratorError, FormatError, RepositoryError, UnexpectedError
from curator.formats.read import read_document
from curator.repository.layout.config import camera_at
from curator.repository.layout.paths import CalibPath, PathError, camera_of, is_candidate
from curator.repository.snapshots.worktree import object_id

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    from curator.checks.cross_file.facts import Facts
    from curator.checks.model.finding import Fix, Severity
    from curator.checks.model.rule import Rule
    from curator.repository.layout.config import Config
    from curator.repository.snapshots.protocol import Snapshot, TreeEntry

__all__ = ["FileChecker", "Progress", "counted"]

Function: TypeAlias = "Callable[..., Iterable[Finding]]"
Progress: TypeAlias = "Callable[[int, int], None]"

# What one rule may say about one file: a table of a million wrong rows is one mistake, not a million.
MOST = 1000
WHOLE_FILE = (1, 1, 0)
_LATEST = "99991231T235959"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileChecker:
    """Looks at the files of one snapshot, one at a time; keeps none of them."""

    def __init__(self, snapshot: Snapshot, config: Config) -> None:
        read_rules()
        self._snapshot = snapshot
        self._config = config
        self._profile = PROFILES[config.profile]
        self._limits: dict[str, Mapping[str, float]] = {}
        self._plans: dict[str, list[tuple[Rule, Severity, Function]]] = {}
        self._raw: bytes | None = None
        # What the last file says, for rules about many; none where it is unreadable or has no place.
        self.facts: Facts | None = None

    def check(self, entry: TreeEntry) -> list[Finding]:
        """Return what is wrong with one file; of one that cannot be read, only that.

        Whatever a rule or the reader raises is a finding beside the others. The end of the memory is no
        exception: what one file took is free again when the next is looked at.
        """
        found: list[Finding] = []
        self._raw = self.facts = None
        try:
            self._check(entry, found)
        except RepositoryError:
            raise  # of curator.yaml, and so of all files
        except Exception as error:
            found.append(unjudged(error, entry.path, "the reader"))
        return found

    def _check(self, entry: TreeEntry, found: list[Finding]) -> None:
        ctx = Context(entry.path, self._config, self._profile)
        if not entry.is_file:
            found.append(self._say(ctx, "CUR013", "a symbolic link or submodule is not a calibration"))
            return
        misplaced = self._misplaced(ctx)
        if misplaced is not None:
            for each in path_rules():
                ctx.take_up(each)
                try:
                    found.extend(each.function(misplaced, ctx))
                except Exception as error:
                    found.append(unjudged(error, ctx.name, name_of_rule(each)))
        typed = misplaced is None or self._is_typed(ctx, misplaced)
        if misplaced is not None and misplaced.reason in ("camera", "suffix") and not typed:
            return
        try:
            ctx.raw = self._raw = self._snapshot.read(entry.path)
            if ctx.raw.startswith(BYTE_ORDER_MARK):
                raise FormatError(
                    "the file starts with a byte-order mark (BOM)", code="CUR007", line=1, column=1
                )
            doc = read_document(entry.path, ctx.raw)
        except FormatError as error:
            from curator.checks.fixing.build_fixes import reading

            place = (error.line or 1, error.column or 1, error.end)
            fix = reading(entry.path, error.code, ctx.raw, error.line)
            hint = error.hint
            if typed and ctx.type.family == "box_list":
                from curator.formats.ecsv.row_errors import DECLARE_FLOAT

                hint = hint.removesuffix(DECLARE_FLOAT)  # CUR304 wants whole pixels
            found.append(self._say(ctx, error.code, error.message, hint, place, fix, error.keyword))
            return
        except CuratorError as error:
            found.append(self._say(ctx, "CUR001", error.message, error.hint))
            return
        if typed:
            found += self._furnish(ctx, misplaced)
            for rule, severity, function in self._plan(ctx.type.name):
                ctx.turn_to(rule, severity)
                before = len(found)
                try:
                    found.extend(islice(function(doc, ctx), MOST))  # what was said before a failure stays
                except Exception as error:
                    found.append(unjudged(error, ctx.name, name_of_rule(rule)))
                if rule.alone and len(found) > before and self._is_error(rule):
                    break
            if misplaced is None:
                self.facts = facts_of(doc)

    def blob(self, object_format: str) -> str:
        """Return the object id of the bytes that were just examined, empty where none were read."""
        return object_id(self._raw, object_format) if self._raw is not None else ""

    def _is_typed(self, ctx: Context, misplaced: PathError) -> bool:
        """Fill in what the path of a misplaced file tells; return whether that is its type.

        Where the file's name is not a date, its camera is taken as it is today.
        """
        name = ctx.name
        if misplaced.reason == "date":
            name = f"{name.rpartition('/')[0]}/{_LATEST}.{name.rpartition('.')[2]}"
        elif misplaced.reason != "camera":
            return False
        try:
            ctx.path = CalibPath.parse(name, camera_of(name, self._config.directories))
        except PathError:
            return False
        found = find_type(ctx.path.dataset_type)
        if found is None or ctx.path.format not in found.formats:
            return False
        ctx.type = found
        ctx.start = ctx.path.start if misplaced.reason == "camera" else None
        return True

    def _is_error(self, rule: Rule) -> bool:
        return self._config.severities.get(rule.code, rule.severity) == "error"

    def _misplaced(self, ctx: Context) -> PathError | None:
        """Parse the path; return what is wrong with it."""
        directories = self._config.directories
        try:
            camera = camera_of(ctx.name, directories)
            if not camera:
                raise PathError("", reason="camera", path=ctx.name, value=ctx.name.partition("/")[0])
            ctx.path = CalibPath.parse(ctx.name, camera)
            ctx.start = ctx.path.start
            found = find_type(ctx.path.dataset_type)
            assert found is not None  # else it would not have parsed
            ctx.type = found
            if ctx.path.format not in found.formats or not is_candidate(ctx.name, directories):
                raise PathError("", reason="suffix", path=ctx.name, value=f".{ctx.path.format}")
        except PathError as error:
            return error
        return None

    def _furnish(self, ctx: Context, misplaced: PathError | None) -> Iterator[Finding]:
        """Look up camera, detector and filter; say so where the camera's own file cannot be used."""
        path = ctx.path
        if path.camera not in self._limits:
            self._limits[path.camera] = camera_limits(self._config, path.camera)
        ctx.limits = self._limits[path.camera]
        if misplaced is not None and misplaced.reason == "camera":
            return
        try:
            camera = camera_at(self._config, path.camera, path.start)
        except CuratorError as error:
            if path.dataset_type != "camera":
                yield from self._unusable_camera(error)
            return
        ctx.camera = camera
        ctx.detector = camera.detector_at(path.detector) if path.detector is not None else None
        ctx.filter = camera.filter_at(path.physical_filter) if path.physical_filter is not None else None

    def _unusable_camera(self, error: CuratorError) -> Iterator[Finding]:
        if isinstance(error, UnexpectedError):
            yield unjudged(error, error.path, "")
            return
        self._plan("camera")  # its rules register the code
        ctx = Context(error.path or self._config.path, self._config, self._profile)
        code = error.code if isinstance(error, FormatError) else "CUR350"
        place = (error.line or 1, error.column or 1, 0)
        yield self._say(ctx, code, error.message, error.hint, place, subject=error.keyword)

    def _plan(self, type_name: str) -> list[tuple[Rule, Severity, Function]]:
        """Return the rules for a type, each with its severity and what to call."""
        if type_name not in self._plans:
            found = find_type(type_name)
            rules = file_rules(found) if found else ()
            self._plans[type_name] = [
                (rule, severity_of(rule, self._config), rule.function) for rule in rules
            ]
        return self._plans[type_name]

    def _say(
        self,
        ctx: Context,
        code: str,
        message: str,
        hint: str = "",
        place: tuple[int, int, int] = WHOLE_FILE,
        fix: Fix | None = None,
        subject: str = "",
    ) -> Finding:
        ctx.take_up(RULES[code])
        return ctx.finding(place, message, hint=hint, fix=fix, subject=subject)


def counted(entries: Sequence[TreeEntry], progress: Progress | None) -> Iterable[TreeEntry]:
    """Give the entries, and tell after each how many were given."""
    if progress is None:
        return entries
    return _telling(entries, progress)


def _telling(entries: Sequence[TreeEntry], progress: Progress) -> Iterator[TreeEntry]:
    for done, entry in enumerate(entries, 1):
        yield entry
        progress(done, len(entries))
