"""CUR515 and CUR516: what a change does to the time that a calibration is used for."""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.header.deprecation import DEPRECATED, deprecations_of
from curator.calibrations.header.keywords import find_keyword, get_keyword
from curator.calibrations.header.profiles import is_certified
from curator.checks.change.intended import if_meant
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.header_dates import moment
from curator.errors import CalibrationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.calibrations.header.deprecation import Deprecation
    from curator.checks.change.changed_files import Changed, ChangedFile
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

# Keyword, what a calibration does at that moment now and before, and when it does where there is none.
_BOUNDS = (
    ("VALIDSTART", ("begins", "began"), "on the date in its name"),
    ("VALIDEND", ("ends", "ended"), "when the next one begins"),
)


@rule("CUR515", "certification is changed", scope="change")
def certification(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A calibration that registries use is no longer certified, or its validity starts or ends at another
    time. Nights that were processed with it may now get another calibration, or none.

    Bad (defects, dmtn148)::

        before: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDSTART: '2020-01-01T00:00:00'}
        after: ExampleCam/defects/s00/20200101T000000.ecsv
        # (no VALIDSTART)

    Bad::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {VALIDEND: '2021-01-01T00:00:00'}
    """
    for file, own in change.each(ctx):
        documents = _documents(file)
        if documents is None or not file.was_certified:
            continue
        after = documents[1]
        if not is_certified(after.header, own.profile):
            yield own.finding(
                after.at(),
                "the calibration is no longer certified: VALIDSTART was removed",
                hint=f"`curator deprecate` records when it must not be used, and why; {if_meant('CUR515')}",
            )
            continue
        for keyword, verbs, otherwise in _BOUNDS:
            was, now = (get_keyword(document.header, keyword) or "" for document in documents)
            if _same_moment(was, now) or (keyword == "VALIDSTART" and file.is_moved):
                continue
            key = find_keyword(after.header, keyword)
            yield own.finding(
                after.value_at(key) if key and now else after.at(),
                f"it {verbs[0]} {shown(now) if now else otherwise} now; "
                f"before it {verbs[1]} {shown(was) if was else otherwise}",
                hint="`curator impact` lists the exposures that get another calibration; "
                f"{if_meant('CUR515')}",
                topic=f"{keyword} is changed",
                subject=keyword,
            )


def _same_moment(was: object, now: object) -> bool:
    first, second = moment(was), moment(now)
    return str(was) == str(now) if first is None or second is None else first == second


@rule("CUR516", "a deprecation is removed", severity="info", scope="change")
def used_again(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A deprecation was removed, so the calibration is used again from the next label on. Say in the commit
    message why.

    Bad::

        before: ExampleCam/defects/s00/20200101T000000.ecsv
        # - {DEPRECATED: ['2021-03-01T00:00:00/2021-04-01T00:00:00: a light leak']}
        after: ExampleCam/defects/s00/20200101T000000.ecsv
        # (no DEPRECATED)
    """
    for file, own in change.each(ctx):
        documents = _documents(file)
        if documents is None:
            continue
        was, now = map(_deprecations, documents)
        intervals = {span.interval for span in now or ()}
        gone = [span for span in was or () if now is not None and span.interval not in intervals]
        for span in gone:
            key = find_keyword(documents[1].header, DEPRECATED)
            yield own.finding(
                documents[1].at(key) if key else documents[1].at(),
                f"the deprecation {span} was removed",
                hint="say in the commit message why it may be used again",
                topic="a deprecation is removed",
            )


def _documents(file: ChangedFile) -> tuple[Document, Document] | None:
    """Return an edited file as it was and as it is, `None` where either cannot be read."""
    if not file.is_edit or file.document_before is None or file.document_after is None:
        return None
    return file.document_before, file.document_after


def _deprecations(doc: Document) -> tuple[Deprecation, ...] | None:
    try:
        return deprecations_of(doc.header)
    except CalibrationError:
        return None  # the file rules say so
