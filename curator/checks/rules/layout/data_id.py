"""CUR2xx: does the header agree with where the file stands, and is there such a place?"""

from __future__ import annotations

from collections.abc import Iterator

from curator.calibrations.time.dates import format_date, parse_date
from curator.checks.fixing.build_fixes import instrument_of, setting
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.checks.rules.shared.path_agreement import (
    NOTHING,
    is_detector_id,
    is_detector_name,
    is_filter,
    is_instrume,
    is_instrument,
    is_raft,
    is_slot,
    is_type,
)
from curator.errors import CalibrationError
from curator.name_lookup import did_you_mean, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding
    from curator.formats.document import Document

__all__: list[str] = []

_NAMES = ("DET_NAME", "DETECTOR_NAME")


@rule("CUR201", "INSTRUME differs from the camera of the path")
def instrument(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers compare INSTRUME with the camera of the path, and refuse the file if they differ.

    Rubin's reader (profile `obs_base`) compares INSTRUME with the name of the camera's directory; it ignores
    case and knows no aliases. Exported files and registries use the name in the camera file.

    `curator fix` fixes it if it is another name of the same camera.

    Bad::

        # - {INSTRUME: OtherCam}

    Good (defects, obs_base)::

        # - {INSTRUME: examplecam}
    """
    value = doc.header.get("INSTRUME")
    if (
        isinstance(value, str)
        and value.strip()
        and "INSTRUME" not in ctx.blamed
        and ctx.camera is not None  # else another rule says that its file cannot be used
        and not is_instrume(ctx, value)
    ):
        wanted, known = instrument_of(ctx), is_instrument(ctx, value)
        alias = "; add another name of the camera to its aliases"
        yield ctx.finding(
            doc.value_at("INSTRUME"),
            f"INSTRUME is {shown(value)}, but the file is in {ctx.path.camera}/",
            hint=f"write {wanted}: the reader of obs_base compares the two"
            if known
            else f"write {wanted}, or move the file{alias if ctx.profile.compared_with == 'camera' else ''}",
            keyword="INSTRUME",
            fix=setting(INSTRUME=wanted) if known else None,
        )


@rule("CUR202", "OBSTYPE differs from the type of the path")
def obstype(doc: Document, ctx: Context) -> Iterator[Finding]:
    """OBSTYPE tells readers how to interpret the file, so it must agree with the directory. Correct OBSTYPE,
    or move the file.

    Bad::

        # - {OBSTYPE: crosstalk}
    """
    value = doc.header.get("OBSTYPE")
    if not isinstance(value, str) or not value.strip() or "OBSTYPE" in ctx.blamed:
        return
    if not is_type(ctx, value):
        yield ctx.finding(
            doc.value_at("OBSTYPE"),
            f"OBSTYPE is {shown(value)}, but the file is in {ctx.path.dataset_type}/",
            hint=f"write {ctx.type.obstype}, or move the file",
            keyword="OBSTYPE",
        )


@rule("CUR203", "DETECTOR differs from the detector of the path")
def detector(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The header was probably copied from another detector: the correction would be applied to the wrong one.
    Correct DETECTOR, or move the file.

    If a type has no detector, Rubin's reader (profile `obs_base`) refuses a file that names one.

    Bad::

        # - {DETECTOR: 2}

    Bad (transmission_filter, obs_base)::

        # - {DETECTOR: 2}
    """
    value = doc.header.get("DETECTOR")
    if value is None or "DETECTOR" in ctx.blamed:
        return
    if not ctx.type.has_detector and ctx.profile.compared_with == "path" and ctx.type.name != "camera":
        yield ctx.finding(
            doc.value_at("DETECTOR"),
            f"DETECTOR is {shown(value)}, but {ctx.type.name} has no detector",
            hint="remove the line: the reader of obs_base compares it with the path",
            keyword="DETECTOR",
        )
    if type(value) is not int:
        return
    if ctx.detector is None or is_detector_id(ctx, value):
        return
    other = ctx.camera.find_detector(value) if ctx.camera else None
    also = [key for key in _NAMES if other and str(doc.header.get(key, "")).lower() == other.name.lower()]
    ctx.blame(*also, *(("RAFTNAME", "SLOTNAME") if other else ()))
    whose = f", the id of {other.name}" if other else ", which no detector has"
    yield ctx.finding(
        doc.value_at("DETECTOR"),
        f"DETECTOR is {value}{whose}, but the file is in {ctx.path.detector}/"
        + (f" ({' and '.join(also)} too)" if also else ""),
        hint=f"{ctx.detector.name} has id {ctx.detector.id}: was the header copied from another detector?",
        topic="DETECTOR differs from the detector of the path",
        keyword="DETECTOR",
    )


@rule("CUR204", "FILTER differs from the filter of the path")
def physical_filter(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The curve of another filter would be applied: readers refuse the file, or find it under the wrong name.

    For a type without a filter, readers expect different values: the profile in `curator.yaml` defines which
    one.

    `curator fix` fixes another spelling of "no filter", and an alias of the same filter, which Rubin's reader
    (profile `obs_base`) does not know.

    Bad::

        # - {FILTER: r_01}

    Bad (transmission_filter)::

        # - {FILTER: g_03}

    Good (transmission_filter)::

        # - {FILTER: g_01}
    """
    if "FILTER" in ctx.blamed or "FILTER" not in doc.header:
        return
    value = doc.header["FILTER"]
    if value is not None and not isinstance(value, str):
        return
    if not ctx.type.has_filter:
        if value in ctx.profile.unfiltered or "OBSTYPE" in ctx.blamed:
            return
        accepted = " or ".join("null" if one is None else shown(one) for one in ctx.profile.unfiltered)
        yield ctx.finding(
            doc.value_at("FILTER"),
            f"FILTER is {'null' if value is None else shown(value)}, but {ctx.type.name} has no filter",
            hint=f"profile {ctx.profile.name} expects {accepted}",
            keyword="FILTER",
            fix=setting(FILTER=ctx.profile.no_filter) if _is_none(value) else None,
        )
    elif value and value.strip() and not is_filter(ctx, value):
        wanted = ctx.filter.name if ctx.filter else ctx.path.physical_filter
        yield ctx.finding(
            doc.value_at("FILTER"),
            f"FILTER is {shown(value)}, but the file is in {ctx.path.physical_filter}/",
            hint=f"write {wanted}, or move the file",
            topic=f"FILTER {shown(value)} differs from the filter of the path",
            keyword="FILTER",
            fix=setting(FILTER=wanted) if _is_alias(value, ctx) else None,
        )


def _is_alias(value: str, ctx: Context) -> bool:
    return ctx.camera is not None and ctx.filter is not None and ctx.camera.find_filter(value) is ctx.filter


def _is_none(value: str | None) -> bool:
    return value is None or value.strip().lower() in (*NOTHING, "n/a", "no filter")


@rule("CUR205", "start of validity differs from the file name")
def start(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Both the header and the file name contain the start of validity. Readers refuse a file in which they
    differ.

    Profile `obs_base` reads the start from CALIBDATE, profile `dmtn148` from VALIDSTART.

    Bad (defects, dmtn148)::

        # - {VALIDSTART: '2020-01-02T00:00:00'}

    Bad (defects, obs_base)::

        # - {CALIBDATE: '2020-01-02T00:00:00'}
    """
    keyword = "CALIBDATE" if ctx.profile.calibdate == "start" else "VALIDSTART"
    value = doc.header.get(keyword)
    if not isinstance(value, str) or not value.strip() or keyword in ctx.blamed:
        return
    try:
        when = parse_date(value)
    except CalibrationError:
        return  # CUR112 says so
    if ctx.start is not None and when != ctx.start:
        yield ctx.finding(
            doc.value_at(keyword),
            f"{keyword} is {value}, but the file name says {ctx.path.stem}",
            hint=f"write {format_date(ctx.start)}, or rename the file",
            topic=f"{keyword} differs from the file name",
            keyword=keyword,
        )


@rule("CUR206", "CALIBCLS differs from the class of the type")
def calibration_class(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Readers import the class in CALIBCLS to read the file, so it must fit the dataset type.

    `curator fix` fixes wrong case.

    Bad::

        # - {CALIBCLS: lsst.ip.isr.crosstalk.CrosstalkCalib}
    """
    value = doc.header.get("CALIBCLS")
    wanted = ctx.type.calibcls
    if not isinstance(value, str) or not value.strip() or not wanted or ctx.blamed & {"CALIBCLS", "OBSTYPE"}:
        return
    package, _, name = wanted.rpartition(".")
    # The class can be imported from the package that exports it, and once lived in others.
    homes = {package, "lsst.ip.isr", "lsst.ip.isr.transmissionCurve", "lsst.meas.algorithms"}
    homes.add(package.replace("lsst.ip.isr", "lsst.meas.algorithms"))
    home, _, found = value.rpartition(".")
    if found != name or home not in homes:
        yield ctx.finding(
            doc.value_at("CALIBCLS"),
            f"CALIBCLS is {shown(value)}, but {ctx.type.name} is read by {wanted}",
            hint=f"write {wanted}",
            keyword="CALIBCLS",
            fix=setting(CALIBCLS=wanted) if value.strip().lower() == wanted.lower() else None,
        )


@rule("CUR209", "unknown detector")
def detector_directory(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The camera has no detector with the name of this directory, so no reader finds the file. Rename the
    directory, or add the detector to the camera file.

    Bad::

        path: ExampleCam/defects/s99/20200101T000000.ecsv
    """
    directory = ctx.path.detector
    if directory is None or ctx.detector is not None or ctx.camera is None or not ctx.camera.detectors:
        return
    near = nearest(directory, [each.directory for each in ctx.camera.detectors])
    yield ctx.finding(
        (1, 1, 0),
        f"{ctx.camera.name} has no detector {shown(directory)}",
        hint=did_you_mean(near and f"{near}/", _known(ctx, "detector")),
    )


def _known(ctx: Context, what: str) -> str:
    """Return what to do about a directory that looks like none of those the camera has."""
    assert ctx.camera is not None  # else nothing would be known to be missing
    folder = f"{ctx.path.camera}/camera/"
    some = ctx.camera.detectors if what == "detector" else ctx.camera.filters
    return (
        f"use an existing one, such as {some[0].directory}/, or add the {what} to the newest file in {folder}"
    )


@rule("CUR210", "unknown filter")
def filter_directory(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The camera has no filter with the name of this directory, so no reader finds the file. Rename the
    directory, or add the filter to the camera file.

    Bad (transmission_filter)::

        path: ExampleCam/transmission_filter/g_99/20200101T000000.ecsv
    """
    directory = ctx.path.physical_filter
    if directory is None or ctx.filter is not None or ctx.camera is None or not ctx.camera.filters:
        return
    ctx.blame("FILTER")
    near = nearest(directory, [each.directory for each in ctx.camera.filters])
    yield ctx.finding(
        (1, 1, 0),
        f"{ctx.camera.name} has no filter {shown(directory)}",
        hint=did_you_mean(near and f"{near}/", _known(ctx, "filter")),
    )


@rule("CUR214", "detector name differs from the path")
def detector_name(doc: Document, ctx: Context) -> Iterator[Finding]:
    """Several keywords contain the id or the name of the detector. All of them must mean the detector of the
    path.

    Bad::

        # - {DET_NAME: S11}

    Good::

        # - {DET_NAME: S00}
    """
    if ctx.path.detector is None:
        return
    wrong = [key for key in _NAMES if _text(doc, ctx, key) and not is_detector_name(ctx, doc.header[key])]
    wrong += [
        key
        for key, same in (("RAFTNAME", is_raft), ("SLOTNAME", is_slot))
        if _text(doc, ctx, key) and not same(ctx, doc.header[key])
    ]
    if wrong:
        key = wrong[0]
        name = ctx.detector.name if ctx.detector else ctx.path.detector
        also = f" ({' and '.join(wrong[1:])} too)" if wrong[1:] else ""
        yield ctx.finding(
            doc.value_at(key),
            f"{key} is {shown(doc.header[key])}{also}, but the file is in {ctx.path.detector}/",
            hint=f"the detector is {name}",
            topic=f"{key} differs from the detector of the path",
            keyword=key,
        )
        ctx.blame(*wrong)


def _text(doc: Document, ctx: Context, key: str) -> bool:
    value = doc.header.get(key)
    return isinstance(value, str) and bool(value.strip()) and key not in ctx.blamed


@rule("CUR216", "serial number differs from the detector's", severity="warning")
def serial(doc: Document, ctx: Context) -> Iterator[Finding]:
    """The camera file names the device at this position, and this calibration was made for another device.

    Bad::

        # - {DET_SER: CCD-999}
    """
    if ctx.detector is None or not ctx.detector.serial:
        return
    for key in ("DET_SER", "DETECTOR_SERIAL"):
        value = doc.header.get(key)
        if value in (None, "") or isinstance(value, bool) or key in ctx.blamed:
            continue
        if str(value).strip().lower() != ctx.detector.serial.lower():
            yield ctx.finding(
                doc.value_at(key),
                f"{key} is {shown(value)}, but {ctx.detector.name} is {ctx.detector.serial}",
                hint="correct it here; if the device was replaced, add a camera file that starts on that day",
                topic=f"{key} differs from the detector's",
                keyword=key,
            )
            return
