"""A picture of what is covered when, drawn by matplotlib."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from curator.errors import UsageError
from curator.repository.coverage_rows import Axis, Row, rows

if TYPE_CHECKING:
    from curator.repository.coverage import Coverage

__all__ = ["FORMATS", "MOST_ROWS", "picture"]

FORMATS = ("png", "svg")
# More lines than these no picture shows legibly: PNG ends at 65,536 pixels.
MOST_ROWS = 1500
# Of Okabe and Ito, told apart by all; patterns and letters say the same in grey.
_BLUE, _PALE, _VERMILION, _YELLOW = "#0072B2", "#9CC9E6", "#D55E00", "#F0E442"
_ROW, _WIDTH = 0.2, 10.0  # inches
_SETTINGS = {
    "svg.hashsalt": "curator",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "hatch.linewidth": 0.6,
    "axes.unicode_minus": False,
}
_INKS: dict[str, dict[str, Any]] = {
    "covered": {"facecolor": _BLUE, "edgecolor": "white"},
    "covered, next one": {"facecolor": _PALE, "edgecolor": "white"},
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
        raise UsageError("nothing is certified: there is nothing to draw")
    lines = rows(found)
    if len(lines) > MOST_ROWS:
        raise UsageError(
            f"{len(lines)} rows differ, more than the {MOST_ROWS} of a picture",
            hint="--type, --detector, --filter or --problems narrow it",
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
        raise UsageError(
            "a picture needs matplotlib, which is not installed", hint='pip install "obs-curator[plot]"'
        ) from None
    return matplotlib


def _figure(lines: Sequence[Row], axis: Axis, title: str) -> Any:
    from matplotlib.dates import date2num
    from matplotlib.figure import Figure

    height = _ROW * len(lines) + 1.3
    labels = [_label(one, several=len({one.camera for one in lines}) > 1) for one in lines]
    left = min(0.45, 0.02 + max(map(len, labels)) * 0.0062)
    figure = Figure(figsize=(_WIDTH, height))
    axes = figure.add_axes((left, 0.55 / height, 0.97 - left, _ROW * len(lines) / height))
    for number, one in enumerate(lines):
        _draw(axes, number, one, axis)
    axes.set_xlim(date2num(axis.begin), date2num(axis.end))
    axes.set_ylim(len(lines) - 0.4, -0.6)
    axes.set_yticks(range(len(lines)), labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="0.85", linewidth=0.6)
    axes.set_axisbelow(True)
    _dates(axes)
    top = 1 - 0.2 / height
    figure.text(0.02, top, _plain(title), fontsize=10, fontweight="bold", va="top")
    _legend(figure, 1 - 0.38 / height, axis)
    return figure


def _label(row: Row, *, several: bool) -> str:
    names = (row.camera if several else "", row.dataset_type, row.detector, row.physical_filter)
    text = _plain(" ".join(filter(None, names)))
    return text if len(text) <= 70 else f"{text[:69]}…"


def _plain(text: str) -> str:
    """Return text that matplotlib neither takes for mathematics nor trips over."""
    return "".join(one if one.isprintable() else "?" for one in text).replace("$", r"\$")


def _dates(axes: Any) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
    axes.set_xlabel("UTC")


def _draw(axes: Any, number: int, row: Row, axis: Axis) -> None:
    spans = [(span.start, span.end) for span in row.coverage.ranges]
    for turn, (start, end) in enumerate(spans):
        ink = _INKS["covered, next one" if turn % 2 else "covered"]
        _bar(axes, number, axis, start, end, linewidth=0.5, **ink)
        if start >= axis.begin:
            axes.plot([start, start], [number - 0.42, number + 0.42], color="black", linewidth=1)
    if spans[0][0] < axis.begin:
        _arrow(axes, axis.begin, number, "<")
    if any(end is None for _, end in spans):
        _arrow(axes, axis.end, number, ">")
    for start, end in row.coverage.gaps:
        _bar(axes, number, axis, start, end, linewidth=0.8, **_INKS["gap (G)"])
        _mark(axes, axis, start, number, "G", _VERMILION)
    for start, end in _doubled(spans):
        _bar(axes, number, axis, start, end, linewidth=0.8, **_INKS["overlap (!)"])
        _mark(axes, axis, start, number, "!", "black")


def _doubled(spans: Sequence[tuple[datetime, datetime | None]]) -> Iterator[tuple[datetime, datetime | None]]:
    """Give the intervals in which two ranges hold at once."""
    edges = sorted({start for start, _ in spans} | {end or datetime.max for _, end in spans})
    for begin, end in pairwise(edges):
        if sum(start <= begin and (stop is None or begin < stop) for start, stop in spans) > 1:
            yield begin, None if end == datetime.max else end


def _bar(axes: Any, number: int, axis: Axis, start: datetime, end: datetime | None, **ink: Any) -> None:
    begin, stop = max(start, axis.begin), min(end or axis.end, axis.end)
    if begin < stop:
        axes.barh(number, stop - begin, left=begin, height=0.7, **ink)


def _arrow(axes: Any, when: datetime, number: int, marker: str) -> None:
    axes.plot([when], [number], marker=marker, color="black", markersize=5, clip_on=False, linestyle="none")


def _mark(axes: Any, axis: Axis, when: datetime, number: int, text: str, colour: str) -> None:
    """Write a letter where something is wrong: it shows also where the bar is thinner than a pixel."""
    style = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": colour, "linewidth": 0.8}
    axes.text(
        max(when, axis.begin), number, text, fontsize=6, fontweight="bold", color=colour,
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
        handles.append(mark("<", "begins long before"))
    figure.legend(
        handles=handles, loc="upper left", bbox_to_anchor=(0.015, top), ncols=len(handles), frameon=False
    )
