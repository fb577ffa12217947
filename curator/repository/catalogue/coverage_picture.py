"""A picture of what is covered when, drawn by matplotlib."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from curator.calibrations.time.validity_range import ValidityRange
from curator.errors import UsageError
from curator.repository.catalogue.coverage_rows import Axis, Band, CoverageRow, bands, rows

if TYPE_CHECKING:
    from curator.repository.catalogue.coverage import Coverage

__all__ = ["FORMATS", "MOST_ROWS", "picture"]

FORMATS = ("png", "svg")
# More lines than these no picture shows legibly: PNG ends at 65,536 pixels.
MOST_ROWS = 1500
# Of Okabe and Ito, told apart by all; patterns and letters say the same in grey.
_BLUE, _PALE, _VERMILION, _YELLOW = "#0072B2", "#9CC9E6", "#D55E00", "#F0E442"
# Inches. Rows that share a label get thinner, so that the picture is no taller than a page or two.
_ROW, _WIDTH, _TALLEST = 0.2, 10.0, 12.0
_LETTER = 0.12  # a row that a letter fits into
_SETTINGS = {
    "svg.hashsalt": "curator",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "hatch.linewidth": 0.6,
    "axes.unicode_minus": False,
}
_TURNS = ("valid", "the next range (shades alternate)")
_INKS: dict[str, dict[str, Any]] = {
    "valid": {"facecolor": _BLUE, "edgecolor": "white"},
    "the next range (shades alternate)": {"facecolor": _PALE, "edgecolor": "white"},
    "gap (G)": {"facecolor": "white", "edgecolor": _VERMILION, "hatch": "////"},
    "overlap (!)": {"facecolor": _YELLOW, "edgecolor": "black", "hatch": "xxxx"},
}


def picture(found: Sequence[Coverage], title: str, form: str) -> bytes:
    """Return a picture of coverage, the same bytes for the same coverage.

    Parameters
    ----------
    found : sequence of Coverage
    title : str
        Whose calibrations these are.
    form : {"png", "svg"}

    Raises
    ------
    UsageError
        Matplotlib is missing, there is nothing to draw, or more than a picture can show.
    """
    if not found:
        raise UsageError("nothing is certified, so there is nothing to draw")
    lines = rows(found)
    if len(lines) > MOST_ROWS:
        raise UsageError(
            f"{len(lines)} rows differ, more than the {MOST_ROWS} of a picture",
            hint="select fewer rows with --type, --detector, --filter or --problems",
        )
    matplotlib = _matplotlib()
    with matplotlib.rc_context({**matplotlib.rcParamsDefault, **_SETTINGS, "backend": "agg"}):
        figure = _figure(lines, Axis.of(found), title)
        out = io.BytesIO()
        metadata = {"Date": None, "Creator": "curator"} if form == "svg" else {"Software": "curator"}
        figure.savefig(out, format=form, dpi=120, metadata=metadata)
    return out.getvalue()


def _matplotlib() -> Any:
    try:
        import matplotlib
    except ImportError:
        from curator.extras import missing

        message, hint = missing("a picture", "matplotlib", "plot")
        raise UsageError(message, hint=hint) from None
    return matplotlib


def _figure(lines: Sequence[CoverageRow], axis: Axis, title: str) -> Any:
    from matplotlib.dates import date2num
    from matplotlib.figure import Figure

    groups = bands(lines)
    tall = [_height(one, len(lines)) for one in groups]
    height = sum(tall) + 1.3
    left = 0.03 + max(len(one.label) for one in groups) * 0.0062
    figure = Figure(figsize=(_WIDTH, height))
    axes = figure.add_axes((left, 0.55 / height, 0.97 - left, sum(tall) / height))
    middles, at = [], 0.0
    for band, size in zip(groups, tall, strict=True):
        each = size / len(band.rows)
        for number, row in enumerate(band.rows):
            _draw(axes, _Line(at + (number + 0.5) * each, each), row, axis)
        if at and len(groups) < len(lines):
            axes.axhline(at, color="black", linewidth=0.6)
        middles.append(at + size / 2)
        at += size
    axes.set_xlim(date2num(axis.begin), date2num(axis.end))
    axes.set_ylim(at + _ROW / 10, -_ROW / 10)
    axes.set_yticks(middles, [_plain(one.label) for one in groups])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="0.85", linewidth=0.6)
    axes.set_axisbelow(True)
    _dates(axes)
    top = 1 - 0.2 / height
    figure.text(0.02, top, _plain(title), fontsize=10, fontweight="bold", va="top")
    _legend(figure, 1 - 0.38 / height, axis)
    return figure


class _Line(NamedTuple):
    """Where a row is drawn, in inches from the top."""

    middle: float
    height: float


def _height(band: Band, count: int) -> float:
    """Return how tall a band is, in inches: its rows share what ``count`` of them may take."""
    return max(_ROW, len(band.rows) * min(_ROW, _TALLEST / count))


def _plain(text: str) -> str:
    """Return text that matplotlib neither takes for mathematics nor trips over."""
    return "".join(one if one.isprintable() else "?" for one in text).replace("$", r"\$")


def _dates(axes: Any) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_xlabel("UTC")


def _draw(axes: Any, line: _Line, row: CoverageRow, axis: Axis) -> None:
    spans = [used.range for used in row.coverage.ranges]
    for turn, (start, end) in enumerate(spans):
        ink = _INKS[_TURNS[turn % 2]]
        _bar(axes, line, axis, start, end, linewidth=min(0.5, line.height * 3), **ink)
        if start >= axis.begin:
            reach = 0.42 * line.height
            ends = [line.middle - reach, line.middle + reach]
            axes.plot([start, start], ends, color="black", linewidth=min(1, line.height * 5))
    is_lettered = line.height >= _LETTER
    if is_lettered and spans[0][0] < axis.begin:
        _arrow(axes, 0, line, 4)
    if is_lettered and any(end is None for _, end in spans):
        _arrow(axes, 1, line, 5)
    _trouble(axes, line, axis, row.coverage.gaps, "gap (G)")
    _trouble(axes, line, axis, _doubled(spans), "overlap (!)")


def _trouble(
    axes: Any, line: _Line, axis: Axis, when: Iterable[tuple[datetime, datetime | None]], kind: str
) -> None:
    """Draw gaps or overlaps; in a thin row in full colour, for neither letter nor pattern would be seen."""
    ink = _INKS[kind]
    letter, colour = ("G", _VERMILION) if kind == "gap (G)" else ("!", "black")
    for start, end in when:
        if line.height >= _LETTER:
            _bar(axes, line, axis, start, end, linewidth=0.8, **ink)
            _mark(axes, axis, start, line, letter, colour)
        else:
            _bar(axes, line, axis, start, end, linewidth=0.8, facecolor=colour, edgecolor=colour)


def _doubled(spans: Sequence[ValidityRange]) -> Iterator[ValidityRange]:
    """Give the intervals in which two ranges hold at once."""
    edges = sorted({start for start, _ in spans} | {end or datetime.max for _, end in spans})
    for begin, end in pairwise(edges):
        if sum(span.holds_at(begin) for span in spans) > 1:
            yield ValidityRange(begin, None if end == datetime.max else end)


def _bar(axes: Any, line: _Line, axis: Axis, start: datetime, end: datetime | None, **ink: Any) -> None:
    begin, stop = max(start, axis.begin), min(end or axis.end, axis.end)
    if begin < stop:
        thick = line.height * (0.7 if line.height >= _LETTER else 0.9)
        axes.barh(line.middle, stop - begin, left=begin, height=thick, **ink)


def _arrow(axes: Any, edge: float, line: _Line, marker: int) -> None:
    """Point out of an edge of the axes (0 is left) from within, where no label stands."""
    axes.plot(
        [edge], [line.middle], marker=marker, color="black", markersize=5, linestyle="none",
        transform=axes.get_yaxis_transform(), zorder=4,
    )  # fmt: skip


def _mark(axes: Any, axis: Axis, when: datetime, line: _Line, text: str, colour: str) -> None:
    """Write a letter where something is wrong: it shows also where the bar is thinner than a pixel."""
    style = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": colour, "linewidth": 0.8}
    axes.text(
        max(when, axis.begin), line.middle, text, fontsize=6, fontweight="bold", color=colour,
        ha="center", va="center", bbox=style, zorder=5,
    )  # fmt: skip


def _legend(figure: Any, top: float, axis: Axis) -> None:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = [Patch(label=name, **ink) for name, ink in _INKS.items()]

    def mark(marker: str, label: str) -> Any:
        return Line2D([], [], marker=marker, color="black", linestyle="none", markersize=5, label=label)

    handles += [mark("|", "start"), mark(">", "without end")]
    if axis.is_cut:
        handles.append(mark("<", "starts long before"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.015, top), ncols=len(handles), frameon=False
    )
