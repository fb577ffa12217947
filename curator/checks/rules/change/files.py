"""CUR51x: what happened to the file of a calibration."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.change.intended import if_meant
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.compare.kinds import KeywordChange
from curator.repository.git.tree_entry import GITLINK, SYMLINK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.change.changed_files import Changed, ChangedFile
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding, Severity

__all__: list[str] = []

_HERE = (1, 1, 0)
# A file that is gone has no lines.
_NOWHERE = (0, 0, 0)
FEW = 3
# What says that content is new; any of them will do.
_MARKS = frozenset({"VERSION", "CALIBDATE", "CALIB_CREATION_DATE", "CALIB_CREATION_TIME", "DATE", "CALIB_ID"})


@rule("CUR510", "a calibration is removed", scope="change")
def removed(change: Changed, ctx: Context) -> Iterator[Finding]:
    """The previous calibration, or none, now applies instead of the removed one, also to nights that were
    already processed with it. Keep the file, and add the one that follows it. The removal of an uncertified
    file is only a warning.

    Bad::

        remove: ExampleCam/defects/s00/20200101T000000.ecsv
    """
    for file, own in change.each(ctx):
        if file.change.kind == "removed" and file.place is not None:
            twin = change.now_at(file.change.blob_before)
            yield own.finding(
                _NOWHERE,
                f"this calibration is removed; {shown(twin)} now has the same content, but is for "
                "another data ID"
                if twin
                else "this calibration is removed",
                hint="to end its validity, add the file that follows it and keep this one; "
                f"{if_meant('CUR510')}",
                topic="this calibration is removed",
                severity=_gravity(file),
            )


def _gravity(file: ChangedFile) -> Severity:
    return "error" if file.was_certified else "warning"


@rule("CUR511", "start of a calibration is changed", scope="change")
def moved(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A renamed file is valid from another time on, also for nights that were already processed. A rename
    counts only within one camera, dataset type, detector and filter; otherwise one calibration is removed and
    another one added.

    Bad::

        rename: ExampleCam/qe_curve/s00/20200101T000000.ecsv -> ExampleCam/qe_curve/s00/20200301T000000.ecsv
        after: ExampleCam/qe_curve/s00/20200301T000000.ecsv
        # - {VALIDSTART: '2020-03-01T00:00:00'}
    """
    for file, own in change.each(ctx):
        if not file.is_moved or file.place is None:
            continue  # nothing, another spelling of the same moment, or another format
        yield own.finding(
            file.keyword_place("VALIDSTART"),
            f"this file was {shown(file.change.old_path)}; it is now valid from "
            f"{file.place.start.isoformat()}",
            hint="to change the validity, add a new file and leave the old one unchanged; "
            f"{if_meant('CUR511')}",
            topic="a calibration moved",
            severity=_gravity(file),
        )


@rule("CUR512", "a published calibration is edited", severity="info", scope="change")
def published(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A file that is part of a release is edited in place. The release and the next one then give different
    answers for the same nights. The finding names the tags whose commit contains the old content. Write a new
    file with `curator new --supersede` instead.

    Bad::

        tag: v1
        after: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        0 0 2048 9

    Good::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        0 0 2048 9
    """
    for file, own in change.each(ctx):
        one = file.change
        if not file.is_edit or not one.blob_before or one.blob_before == one.blob_after:
            continue
        if file.was_certified and (tags := change.range.tags_with(one.old_path, one.blob_before)):
            more = f" and {len(tags) - FEW} more" if len(tags) > FEW else ""
            yield own.finding(
                file.first_place,
                f"{', '.join(tags[:FEW])}{more} published the previous content of this file",
                hint="`curator new --supersede` writes a new file that follows this one, which "
                "stays unchanged",
                topic="a published calibration is edited in place",
            )


@rule("CUR513", "content changed without a new date or version", severity="info", scope="change")
def undated(change: Changed, ctx: Context) -> Iterator[Finding]:
    """The content changed, but the header has the same creation date and version as before. `curator note`
    with `--date` sets the creation date.

    Bad::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        0 0 2048 9

    Good::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VERSION: '2'}
        x0 y0 width height
        0 0 2048 9
    """
    for file, own, difference in change.compared(ctx):
        keywords = {found.keyword.upper() for found in difference.of(KeywordChange)}
        content = any(not isinstance(each, KeywordChange) for each in difference.changes)
        if file.is_edit and content and not keywords & _MARKS:
            yield own.finding(
                file.content_place(),
                "the content changed, but neither a creation date nor a version in the header",
                hint="`curator note PATHS -m TEXT --date` sets the creation date to now",
            )


@rule("CUR514", "type or mode of a file changed", severity="warning", scope="change")
def mode(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A calibration is a regular file that is not executable. An executable file, a link or a submodule is
    probably an accident, or hides something.

    Bad::

        mode: 755 ExampleCam/defects/s00/20200101T000000.ecsv
    """
    kinds = {SYMLINK: "a symbolic link", GITLINK: "a submodule", 0o100755: "an executable file"}
    for file, own in change.each(ctx):
        one = file.change
        if one.mode_after in kinds and one.mode_before and one.mode_before != one.mode_after:
            was = kinds.get(one.mode_before, "a plain file")
            yield own.finding(
                _HERE,
                f"this is {kinds[one.mode_after]}; before, it was {was}",
                hint="remove the permission with `git update-index --chmod=-x`"
                if one.mode_after == 0o100755
                else "commit the file itself",
                topic="the kind of a file changed",
            )
