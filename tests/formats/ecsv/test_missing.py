"""Tables as astropy writes them: what is missing stays missing, and what columns share is read."""

from __future__ import annotations

import random
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from astropy import units
from astropy.table import Column, MaskedColumn, QTable, Table
from astropy.time import Time
from astropy.utils.masked import Masked
from conftest import FUZZ
from formats.oracle import astropy_table, difference

from curator.errors import FormatError
from curator.formats.document import Document
from curator.formats.ecsv.reader import read_ecsv
from curator.formats.edit.edit_header import set_header
from curator.formats.yaml import event_reader as events

TABLES = max(1, int(FUZZ * 60))
KINDS = ("i1", "i4", "u2", "u8", "f2", "f4", "f8", "c16", "bool", "U", "f8[2]", "f8[2,2]", "i4[3]")
WORDS = ("a", "", "x y", '"', "null", "nan", "1", "a#", "\N{ANGSTROM SIGN}", "0")
UNITS = (units.nm, units.pix, units.percent, units.adu / units.s, units.Unit("electron"))


def cells(dice: random.Random, kind: str, rows: int) -> Any:
    """Return values of a kind, of a shape if it names one."""
    base, _, dimensions = kind.partition("[")
    shape = (rows, *map(int, dimensions.rstrip("]").split(",") if dimensions else ()))
    size = int(np.prod(shape))
    if base == "U":
        return np.array([dice.choice(WORDS) for _ in range(size)], dtype=str).reshape(shape)
    if base == "bool":
        return np.array([dice.random() < 0.5 for _ in range(size)]).reshape(shape)
    numbers = [dice.choice((0, 1, 17, 100, 0.5, -1.25e-3, 1e30, float("nan"))) for _ in range(size)]
    if base[0] in "iu":
        numbers = [abs(int(one)) % 100 if one == one else 3 for one in numbers]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.array(numbers, dtype=base).reshape(shape)


def mask_of(dice: random.Random, shape: tuple[int, ...]) -> Any:
    """Return which cells are missing: none, some, all of them, or some elements of some."""
    share = dice.choice((0.0, 0.3, 1.0))
    mask = np.array([dice.random() < share for _ in range(shape[0])]).reshape(-1, *[1] * (len(shape) - 1))
    mask = np.broadcast_to(mask, shape).copy()
    if len(shape) > 1 and dice.random() < 0.5:
        mask.flat[dice.randrange(mask.size)] = True
    return mask


def column(dice: random.Random, rows: int) -> Any:
    """Return a column of any class that astropy has for plain values and moments."""
    values = cells(dice, dice.choice(KINDS), rows)
    mask = mask_of(dice, values.shape)
    form = dice.choice(("plain", "masked column", "masked array", "quantity", "masked quantity", "time"))
    if form == "time":
        moments = Time([f"20{dice.randrange(10, 20)}-01-01T00:00:00" for _ in range(rows)])
        if dice.random() < 0.5:
            moments[dice.randrange(rows)] = np.ma.masked
        return moments
    if form == "masked column":
        return MaskedColumn(values, mask=mask, unit=dice.choice((None, *UNITS)), description="it's")
    if form == "masked array" and values.dtype.kind != "U":
        return Masked(values, mask=mask)
    if form.endswith("quantity") and values.dtype.kind in "fc":
        quantity = values * dice.choice(UNITS)
        return Masked(quantity, mask=mask) if form == "masked quantity" else quantity
    return Column(values, unit=dice.choice((None, *UNITS)))


def missing(values: Any) -> Any:
    """Return where a column of astropy, or one of ours, has nothing."""
    mask = getattr(values, "mask", False)
    return np.broadcast_to(np.asarray(mask), np.shape(values))


def missing_in(values: list[Any]) -> Any:
    return np.array([_holes(one) for one in values])


def _holes(value: Any) -> Any:
    return [_holes(one) for one in value] if isinstance(value, list) else value is None


def made(dice: random.Random) -> Table:
    rows = dice.randrange(1, 5)
    kind = dice.choice((Table, QTable))
    columns = [column(dice, rows) for _ in range(dice.randrange(1, 5))]
    for number, one in enumerate(columns):
        if hasattr(one, "info"):  # a masked array has no other name
            one.info.name = f"c{number}"
    meta = {"OBSTYPE": "x", "N": dice.randrange(9)} if dice.random() < 0.5 else None
    return kind(columns, names=[f"c{number}" for number in range(len(columns))], meta=meta)


def read(raw: bytes) -> Document | FormatError:
    try:
        return read_ecsv("a.ecsv", raw)
    except FormatError as error:
        return error


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # numpy's fill value does not fit float16
def test_what_astropy_writes_is_read_alike_and_what_is_missing_stays_missing(tmp_path: Path) -> None:
    dice = random.Random(20260101)
    refused = 0
    for _ in range(TABLES):
        file = tmp_path / "written.ecsv"
        method = dice.choice((None, {MaskedColumn: "data_mask", Masked: "data_mask", Time: "jd1_jd2"}))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            table = made(dice)
            table.write(file, format="ascii.ecsv", overwrite=True, serialize_method=method)
        raw = file.read_bytes()
        found = read(raw)
        if isinstance(found, FormatError):
            refused += 1
            assert found.line, raw
            continue
        assert difference(found, astropy_table(raw, tmp_path)) == "", raw
        for name in table.colnames:
            values = found.columns[name].values
            if getattr(getattr(table[name], "dtype", None), "kind", "") == "U":
                continue  # an empty text and none are written alike
            wanted = missing(table[name])
            there = missing_in(values)
            if there.shape != wanted.shape:  # a cell of which nothing is there
                wanted = wanted.reshape(len(wanted), -1).all(axis=1)
            assert np.array_equal(there, wanted), (name, raw)
    assert refused <= TABLES / 20


SHARED = b"""\
# %ECSV 1.0
# ---
# datatype:
# - {name: a, unit: nm, datatype: float64}
# - {name: b, unit: nm, datatype: float64}
# meta: !!omap
# - OBSTYPE: x
# - __serialized_columns__:
#     a:
#       __class__: astropy.units.quantity.Quantity
#       unit: &id001 !astropy.units.Unit {unit: nm}
#       value: !astropy.table.SerializedColumn {name: a}
#     b:
#       __class__: astropy.units.quantity.Quantity
#       unit: *id001
#       value: !astropy.table.SerializedColumn {name: b}
# schema: astropy-2.0
a b
1.0 2.0
"""


def test_a_unit_that_two_columns_share_is_read_and_kept_by_edits() -> None:
    doc = read_ecsv("a.ecsv", SHARED)
    assert [one.unit for one in doc.columns.values()] == ["nm", "nm"]
    assert not doc.by_astropy
    assert doc.at("OBSTYPE").line == 7
    assert set_header(SHARED, "a.ecsv", {"OBSTYPE": "y"}) == SHARED.replace(b"OBSTYPE: x", b"OBSTYPE: y")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"OBSTYPE: x", b"OBSTYPE: &o x\n# - OTHER: *o"),
        (b"- OBSTYPE: x", b"- OBSTYPE: [*id001]"),
        (b"unit: *id001", b"unit: *id002"),
        (b"unit: *id001", b"unit: &id002 [*id001, *id001]\n#       more: *id002"),
        (b"unit: *id001", b"*id001 : x"),
        (b"{unit: nm}", b"{unit: nm, more: [" + b"1, " * 50 + b"1]}"),
        (b"# schema: astropy-2.0", b"# schema: *id001"),
    ],
)
def test_any_other_alias_is_refused_at_its_line(old: bytes, new: bytes) -> None:
    assert old in SHARED
    found = read(SHARED.replace(old, new))
    assert isinstance(found, FormatError)
    assert found.code in ("CUR014", "CUR001")
    assert found.line > 6


def test_repeated_values_count_as_if_they_were_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "MAX_NODES", 100)
    few, many = (
        SHARED.replace(b"# schema", b"".join(b"#     c%d: *id001\n" % n for n in range(times)) + b"# schema")
        for times in (3, 40)
    )
    assert "values" not in str(read(few))
    found = read(many)
    assert isinstance(found, FormatError)
    assert (found.code, found.message) == ("CUR014", "more than 100 values")
