"""Defect lists and YAML calibrations as hypothesis makes them, and edits of them."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import strategies as st

HEADER = """\
# %ECSV 1.0
# ---
# datatype:
# - {name: x0, unit: pix, datatype: int32}
# - {name: y0, unit: pix, datatype: int32}
# - {name: width, unit: pix, datatype: int32}
# - {name: height, unit: pix, datatype: int32}
# - {name: reason, datatype: string}
# meta: !!omap
# - {OBSTYPE: defects}
# - {DEFECTS_SCHEMA: Defects}
# - {DEFECTS_VERSION: 2.0}
# - {INSTRUME: myCam}
# - {DETECTOR: 0}
# - {DET_NAME: S00}
# - {CALIB_CREATION_DATE: '2026-11-29'}
# - {CALIB_CREATION_TIME: '10:40:15'}
# - {CALIBDATE: '2020-01-01T00:00:00'}
# - {SOURCE: 'darks'}
# - HISTORY:
#   - '2026-01-01 Ada: first'
# schema: astropy-2.0
x0 y0 width height reason
"""
Row = tuple[int, int, int, int, str]
small = st.integers(1, 4)
rows: st.SearchStrategy[Row] = st.tuples(small, small, small, small, st.sampled_from(["hot", "dead"]))


def unique_rows(most: int = 12) -> st.SearchStrategy[list[Row]]:
    return st.lists(rows, max_size=most, unique_by=lambda row: row[:4])


def text_of(lines: list[Row | str], header: str = HEADER) -> bytes:
    """Return a file of rows and comments."""
    made = [line if isinstance(line, str) else " ".join(map(str, line)) for line in lines]
    return (header + "".join(f"{line}\n" for line in made)).encode()


def rows_of(raw: bytes) -> list[Row]:
    """Return the rows of a file, also those between conflict markers."""
    _, _, body = raw.decode().partition("reason\n")
    found: list[Row] = []
    for line in body.splitlines():
        if line[:1].isdigit():
            x0, y0, width, height, reason = line.split()
            found.append((int(x0), int(y0), int(width), int(height), reason))
    return found


def pixels(boxes: Iterable[tuple[int, int, int, int]]) -> set[tuple[int, int]]:
    return {
        (x, y)
        for x0, y0, width, height in boxes
        for x in range(x0, x0 + width)
        for y in range(y0, y0 + height)
    }
