"""What differs between two FITS files that should be the same, in the order a person asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from curator.formats.fits.fits import FitsHdu, TableData

__all__ = ["differences"]

MAX_LINES = 20
_SUMS = {"CHECKSUM", "DATASUM"}


def differences(found: bytes, derived: bytes, path: str) -> list[str]:
    """Return what differs, one line each; never empty for bytes that are not the same.

    Parameters
    ----------
    found, derived : bytes
        The file at hand, and what git gives.
    path : str
        Name of the file at hand, for errors.
    """
    if found == derived:
        return []
    from curator.export.provenance.source import first_few, read_hdus

    mine, theirs = read_hdus(found, path), read_hdus(derived, path)
    lines = []
    if len(mine) != len(theirs):
        lines.append(f"the file has {len(mine)} HDUs, git has {len(theirs)}")
    for number, (one, other) in enumerate(zip(mine, theirs, strict=False)):
        lines += _hdu(number, one, other)
    if not lines:
        at = next((i for i, (a, b) in enumerate(zip(found, derived, strict=False)) if a != b), None)
        where = f"first at byte {at}" if at is not None else f"{len(found)} bytes, git has {len(derived)}"
        lines.append(f"the bytes differ ({where}), all values are the same")
    return first_few(lines, MAX_LINES)


def _hdu(number: int, found: FitsHdu, derived: FitsHdu) -> Iterator[str]:
    yield from _header("stamp" if number == 0 else f"HDU{number} header", found.header, derived.header)
    if found.table is not None and derived.table is not None:
        yield from _table(f"HDU{number}", found.table, derived.table)
    elif (found.table is None) != (derived.table is None):
        yield f"HDU{number} is {'no' if found.table is None else 'a'} table"


def _header(place: str, found: dict[str, Any], derived: dict[str, Any]) -> Iterator[str]:
    for keyword in dict.fromkeys([*derived, *found]):
        if keyword in _SUMS:
            continue
        if keyword not in found:
            yield f"{place} {keyword}: missing, git gives {_value(derived[keyword])}"
        elif keyword not in derived:
            yield f"{place} {keyword}: the file has {_value(found[keyword])}, git gives none"
        elif isinstance(found[keyword], list) and isinstance(derived[keyword], list):
            yield from _repeated(f"{place} {keyword}", found[keyword], derived[keyword])
        elif not _equal(found[keyword], derived[keyword]):
            one, other = _value(found[keyword]), _value(derived[keyword])
            yield f"{place} {keyword}: the file has {one}, git gives {other}"


def _repeated(place: str, found: list[Any], derived: list[Any]) -> Iterator[str]:
    for number, (one, other) in enumerate(zip(found, derived, strict=False), 1):
        if not _equal(one, other):
            yield f"{place} {number}: the file has {_value(one)}, git gives {_value(other)}"
    if len(found) != len(derived):
        yield f"{place}: the file has {len(found)} of them, git has {len(derived)}"


def _table(place: str, found: TableData, derived: TableData) -> Iterator[str]:
    import numpy as np

    mine = {column.name: column for column in found.columns}
    theirs = {column.name: column for column in derived.columns}
    if found.name != derived.name:
        yield f"{place}: the file calls it {found.name!r}, git gives {derived.name!r}"
    if list(mine) != list(theirs):
        yield f"{place}: the file has columns {', '.join(mine)}; git gives {', '.join(theirs)}"
    for name in [name for name in theirs if name in mine]:
        one, other = mine[name], theirs[name]
        if one.unit != other.unit:
            yield f"{place} column {name}: the file has unit {one.unit!r}, git gives {other.unit!r}"
        a, b = np.ma.asarray(one.array), np.ma.asarray(other.array)
        if (kind := _kind(a)) != (wanted := _kind(b)):
            yield f"{place} column {name}: the file has {kind}, git gives {wanted}"
        if len(a) != len(b):
            yield f"{place}: the file has {len(a)} rows, git has {len(b)}"
            return
        if a.shape == b.shape:
            yield from _cells(f"{place} column {name}", a, b)


def _kind(array: Any) -> str:
    return f"{array.dtype}{list(array.shape[1:]) or ''}"


def _cells(place: str, found: Any, derived: Any) -> Iterator[str]:
    import numpy as np

    same = (found == derived).filled(False) | (np.ma.getmaskarray(found) & np.ma.getmaskarray(derived))
    if found.dtype.kind in "fc" and derived.dtype.kind in "fc":
        same |= np.isnan(found.filled(np.nan)) & np.isnan(derived.filled(np.nan))
    wrong = np.argwhere(~np.asarray(same))
    for index in wrong[:MAX_LINES]:
        row, rest = index[0] + 1, "".join(f"[{i}]" for i in index[1:])
        one, other = found[tuple(index)], derived[tuple(index)]
        yield f"{place}{rest}, row {row}: the file has {_value(one)}, git gives {_value(other)}"
    if len(wrong) > MAX_LINES:
        yield f"{place}: {len(wrong)} cells differ"


def _equal(one: object, other: object) -> bool:
    return type(one) is type(other) and (one == other or (one != one and other != other))


def _value(value: object) -> str:
    text = repr(value.item()) if hasattr(value, "item") else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
