"""CUR50x: what changed in the content of a calibration, or against the one that it follows."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.change.intended import if_meant
from curator.checks.model.context import shown
from curator.checks.model.rule import rule
from curator.compare.kinds import KeywordChange
from curator.compare.summaries import CurveChange, MaskChange, MatrixChange, Move, NameChange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.change.changed_files import Changed, ChangedFile
    from curator.checks.model.context import Context
    from curator.checks.model.finding import Finding

__all__: list[str] = []

FEW = 4
# A coefficient so small is noise, whatever its sign.
NOISE = 1e-5


@rule("CUR501", "values moved between amplifiers", severity="warning", scope="change")
def moved(change: Changed, ctx: Context) -> Iterator[Finding]:
    """Exactly the same values now belong to other amplifiers than before. Probably rows were exchanged, in
    this file or in the previous one. For a crosstalk matrix, the rule also finds exchanged rows or columns,
    and exchanged sources and targets.

    Bad::

        after: ExampleCam/linearizer/s00/20200101T000000.yaml
        amplifiers:
          A:
            linearityType: Polynomial
            linearityCoeffs: [-1.1e-07]
            linearityBBox: !!python/object/apply:lsst.geom.Box2I
            - !!python/object/apply:lsst.geom.Point2I [0, 0]
            - !!python/object/apply:lsst.geom.Point2I [1023, 4095]
          B:
            linearityType: Polynomial
            linearityCoeffs: [-1.3e-07]
            linearityBBox: !!python/object/apply:lsst.geom.Box2I
            - !!python/object/apply:lsst.geom.Point2I [1024, 0]
            - !!python/object/apply:lsst.geom.Point2I [2047, 4095]
    """
    for file, own, difference in change.compared(ctx):
        for found in difference.of(Move):
            columns = ", ".join(found.columns)
            if found.what == "transposed":
                message = f"{columns}: sources and targets of the crosstalk changed places"
            else:
                pairs = "; ".join(
                    f"those of {before} are now under {after}" for before, after in found.pairs[:FEW]
                )
                more = f"; and {len(found.pairs) - FEW} more" if len(found.pairs) > FEW else ""
                message = f"values of {columns} moved between {_plural(found.what)}: {pairs}{more}"
            yield own.finding(
                file.content_place(names=[after for _, after in found.pairs[:1]]),
                f"{message} (against {file.against})",
                hint=if_meant("CUR501"),
                topic="values moved between amplifiers",
            )


def _plural(what: str) -> str:
    return {"target": "target amplifiers", "source": "source amplifiers"}.get(what, f"{what}s")


@rule("CUR502", "amplifier, detector, filter or mode is removed", severity="warning", scope="change")
def gone(change: Changed, ctx: Context) -> Iterator[Finding]:
    """An amplifier, detector, filter or mode that had values has none any more. Readers that need it fail, or
    silently use another one.

    Bad::

        after: ExampleCam/camera/20200101T000000.yaml
        filters:
        - {name: "g_01", band: "g", aliases: []}
        - {name: "r_01", band: "r", aliases: []}

    Good::

        after: ExampleCam/camera/20200101T000000.yaml
        filters:
        - {name: "g_01", band: "g", aliases: ["g"]}
        - {name: "r_01", band: "r", aliases: []}
        - {name: "i_01", band: "i", aliases: []}
    """
    for file, own, difference in change.compared(ctx):
        lost = [found for found in difference.of(NameChange) if found.change == "removed"]
        for what in ("amplifier", "detector", "filter"):
            names = [
                f"{name_change.name}{f' of {name_change.of}' if name_change.of else ''}"
                for name_change in lost
                if name_change.what == what
            ]
            if names:
                more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
                yield own.finding(
                    file.content_place(names=[one.name for one in lost if one.what == what][:1]),
                    f"{what} {', '.join(names[:FEW])}{more} was removed (against {file.against})",
                    hint=if_meant("CUR502"),
                    topic=f"a {what} was removed",
                    subject=what,
                )
        for keyword in difference.of(KeywordChange):
            if keyword.keyword.upper() == "MODE" and keyword.before not in (None, ""):
                yield own.finding(
                    file.keyword_place("MODE"),
                    f"MODE changed from {shown(keyword.before)} to {shown(keyword.after)} "
                    f"(against {file.against})",
                    hint=f"readers select calibrations by MODE; {if_meant('CUR502')}",
                    subject="MODE",
                )


@rule(
    "CUR503",
    "masked area changed a lot",
    scope="change",
    requires="size",
    types=("box_list",),
)
def mask(change: Changed, ctx: Context) -> Iterator[Finding]:
    """The number of pixels that became bad or good exceeds the limit `mask_change`, as a fraction of the
    sensor; pixels in several boxes count once. A frequent cause is a coordinate in place of a width. The
    finding is a warning. It is an error if more new bad pixels than `mask_growth` allow are masked, unless
    the camera file says that the size is inferred; a `mask_growth` below `mask_change` has no effect.

    Bad::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        0 0 2048 1000

    Good::

        after: ExampleCam/defects/s00/20200101T000000.ecsv
        x0 y0 width height
        0 0 2048 8
        1022 8 2 4088
        310 1200 1 2896
        1517 3301 8 6
    """
    for file, own, difference in change.compared(ctx):
        for found in difference.of(MaskChange):
            size = own.detector.width * own.detector.height if own.detector else 0
            largest = max(found.area_gained, found.area_lost)
            # A size that no person confirmed condemns no file.
            sure = own.detector is not None and not own.detector.size_from
            noted, grave = own.limits["mask_change"], own.limits["mask_growth"]
            if size and largest > noted * size:
                yield own.finding(
                    file.content_place(),
                    f"{found.area_gained} pixels became bad and {found.area_lost} became good: "
                    "the mask covers "
                    f"{found.area_after / size:.1%} of the sensor{'' if sure else ', by its inferred size'}; "
                    f"before, it covered {found.area_before / size:.1%} (against {file.against})",
                    hint="change the thresholds with mask_change and mask_growth in curator.yaml; "
                    f"{if_meant('CUR503')}",
                    topic="masked area changed beyond the limit",
                    severity="error" if found.area_gained > max(noted, grave) * size and sure else "warning",
                )


@rule("CUR504", "curve changed a lot", severity="warning", scope="change")
def curve(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A curve changed by more than the limit `curve_change`, as a fraction. The comparison covers the
    wavelengths that both versions have. Frequent causes are a shift, a factor or a unit.

    Bad::

        before: ExampleCam/qe_curve/s00/20200101T000000.ecsv
        amp_name wavelength efficiency
        A 400.0 80.0
        A 500.0 90.0
        B 400.0 80.0
        B 500.0 90.0
        after: ExampleCam/qe_curve/s00/20200101T000000.ecsv
        amp_name wavelength efficiency
        A 400.0 80.0
        A 500.0 70.0
        B 400.0 80.0
        B 500.0 90.0
    """
    for file, own, difference in change.compared(ctx):
        largest = max(difference.of(CurveChange), key=lambda found: abs(found.largest), default=None)
        if largest is not None and abs(largest.largest) > own.limits["curve_change"]:
            whose = f" of amplifier {largest.name}" if largest.name else ""
            yield own.finding(
                file.content_place(
                    names=[largest.name], near=("wavelength", largest.wavelength / _nanometres(file))
                ),
                f"the curve{whose} changed by {largest.largest:+.3f} at {largest.wavelength:.6g} nm, by "
                f"{largest.mean:.3f} on average (against {file.against})",
                hint=f"change the threshold with curve_change in curator.yaml; {if_meant('CUR504')}",
                topic="a curve changed beyond the limit",
            )


@rule("CUR505", "crosstalk changed a lot", severity="warning", scope="change")
def crosstalk(change: Changed, ctx: Context) -> Iterator[Finding]:
    """A coefficient changed by more than the limit `crosstalk_change`, or most coefficients changed their
    sign, so that the correction is added instead of subtracted.

    Bad::

        after: ExampleCam/crosstalk/s01/20200101T000000.yaml
        coeffs: [0.0, 0.005, 0.000118, 0.0]
    """
    for file, own, difference in change.compared(ctx):
        for found in difference.of(MatrixChange):
            if found.column != "CT_COEFFS":
                continue
            flipped = 2 * found.flipped > found.elements / 2 and found.scale > NOISE
            if abs(found.largest) > own.limits["crosstalk_change"] or flipped:
                signs = f"; {found.flipped} of {found.elements} changed sign" if found.flipped else ""
                yield own.finding(
                    file.content_place(names=[found.row], value=found.after),
                    f"the coefficient from {found.element} to {found.row} is {found.after:.3g}; "
                    "before, it was "
                    f"{found.before:.3g}{signs} (against {file.against})",
                    hint=f"change the threshold with crosstalk_change in curator.yaml; {if_meant('CUR505')}",
                    topic="crosstalk changed beyond the limit",
                )


def _nanometres(file: ChangedFile) -> float:
    """Return how many nanometres the unit of the wavelengths is."""
    from curator.calibrations.fits.curve_units import NANOMETRES

    column = file.document_after.columns.get("wavelength") if file.document_after else None
    return NANOMETRES.get((column.unit if column else None) or "nm", 1.0)
