"""FITS files are judged by astropy: no warning, checksums right, every value back as it was."""

from __future__ import annotations

import hashlib
import io
import warnings
from typing import Any

import numpy as np
import pytest
from astropy.io import fits
from astropy.table import Table
from hypothesis import example, given
from hypothesis import strategies as st

from curator.errors import FormatError
from curator.formats.fits.fits import (
    FitsColumn,
    TableData,
    card,
    escape,
    header_block,
    image_hdu0,
    read_fits,
    table_hdu,
    unescape,
)

TEXT = st.text(st.characters(codec="utf-8"), max_size=150)
# Quotes, backslashes, ampersands and blanks are what the conventions of FITS give a meaning.
TRICKY = st.text("'\\& ax20/é=\"", max_size=200)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**28), 10**28), TEXT, TRICKY,
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
KEYS = st.one_of(
    st.text("ABCXYZ019_-", min_size=1, max_size=8).filter(lambda key: key[0].isalpha()),
    st.text("abcXYZ_.", min_size=9, max_size=40).filter(lambda key: key[0].isalpha() and ".." not in key),
)


def judged(data: bytes) -> list[Any]:
    """Let astropy find fault with a file; return its HDUs' headers."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with fits.open(io.BytesIO(data), checksum=True) as hdus:
            hdus.verify("exception")
            for number, hdu in enumerate(hdus):
                for one in hdu.header.cards:
                    one.verify("exception")
                    assert one.value is not Ellipsis
                # 2: there is none.
                assert hdu.verify_checksum() == (2 if number else 1)
                assert hdu.verify_datasum() == (2 if number else 1)
                if hdu.is_image:
                    assert hdu.data is None
                else:
                    Table.read(hdu)
            return [hdu.header.copy() for hdu in hdus]


@given(st.dictionaries(KEYS, VALUES, max_size=12), st.lists(TEXT | TRICKY, max_size=4))
@example(
    {
        "longkeyname": "it's " * 40,
        "A": "x" * 67 + "'",
        "B": "ab&" * 40,
        "E": "'  /x",
        "anotherkey": "'/'/",
        "C": "&",
        "D": -0.0,
    },
    ["b \\" * 50, " ", ""],
)
def test_every_keyword_is_read_back(cards: dict[str, Any], history: list[str]) -> None:
    spelled = {key.upper() for key in cards}
    if len(spelled) != len(cards) or spelled & {"END", "NAXIS"}:
        return
    data = image_hdu0([*cards.items(), ("HISTORY", history)])
    judged(data)
    header = read_fits(data)[0].header
    assert header.pop("HISTORY", []) == history
    wanted = {key if len(key) > 8 or "." in key else key.upper(): value for key, value in cards.items()}
    assert {key: repr(value) for key, value in header.items()} == {
        key: repr(value) for key, value in wanted.items()
    }


@given(TEXT | TRICKY)
@example("\udcff back\\x20 ")
def test_escapes_are_plain_ascii_and_undone(text: str) -> None:
    written = escape(text)
    assert written.isascii()
    assert written.isprintable()
    assert not written.endswith(" ")
    assert unescape(written) == text


def test_cards_stand_as_the_standard_wants_them() -> None:
    assert card("DETECTOR", 3) == b"DETECTOR=                    3".ljust(80)
    assert card("raft", "R22", "where") == b"RAFT    = 'R22     '           / where".ljust(80)
    assert card("A", True) == b"A       =                    T".ljust(80)
    assert card("A", None, "unknown") == b"A       =                      / unknown".ljust(80)
    assert card("A", 1e-05) == b"A       =              1.0E-05".ljust(80)
    assert card("bfk_VERSION", 1.0) == b"HIERARCH bfk_VERSION = 1.0".ljust(80)
    assert card("HISTORY", "note") == b"HISTORY note".ljust(80)
    assert len(header_block(card("A", 1))) == 2880


def test_lists_are_repeated_cards_and_keep_their_length() -> None:
    lists = {
        "A": [1, 2, 3],
        "B": ["one"],
        "C": [],
        "longkeyname": [1.5, "x"],
        "D": [None],
        "E": [True, False],
    }
    data = image_hdu0(lists.items())
    judged(data)
    assert read_fits(data)[0].header == lists


@pytest.mark.parametrize(
    "key",
    ["SIMPLE", "NAXIS", "naxis1", "TFORM1", "TTYPE12", "END", "CONTINUE", "COMMENT", "CHECKSUM", "DATASUM",
     "XTENSION",
     "EXTNAME", "ZIMAGE", "", "a=b", "key/x", "schlüssel", "x" * 60, " lead", "two  blanks", "new\nline", 3],
)  # fmt: skip
def test_keywords_that_fits_cannot_hold_are_refused_by_name(key: Any) -> None:
    with pytest.raises(FormatError) as caught:
        card(key, 1)
    assert caught.value.keyword == str(key)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": 1}, [[1]], object(), 10**80, b"x"])
def test_values_that_fits_cannot_hold_are_refused_by_name(value: Any) -> None:
    with pytest.raises(FormatError) as caught:
        card("SOMEKEY", value)
    assert caught.value.keyword == "SOMEKEY"
    assert "SOMEKEY" in caught.value.message


ARRAYS = {
    **{kind: np.array([0, 1, 100], kind) for kind in ("u1", "i2", "i4", "i8", "f4", "f8", "c8", "c16")},
    "u2": np.array([0, 40000, 65535], "u2"),
    "u4": np.array([0, 2**31, 2**32 - 1], "u4"),
    "u8": np.array([0, 2**63, 2**64 - 1], "u8"),
    "extremes": np.array([-(2**63), 0, 2**63 - 1], "i8"),
    "bool": np.array([True, False, True]),
    "floats": np.array([np.nan, -np.inf, -0.0]),
    "text": np.array(["", "a'b", "Zoë \\ x"]),
    "matrix": np.arange(24.0).reshape(3, 2, 4),
    "single": np.arange(3.0).reshape(3, 1),
    "nothing": np.zeros((3, 0)),
    "nothing deep": np.zeros((3, 2, 0), "i4"),
    "texts": np.array([["a", "bb"], ["", "c"], ["é", "d"]]),
    "flags": np.array([[[True], [False]]] * 3),
    "swapped": np.arange(3, dtype=">i4"),
}


@pytest.mark.parametrize("name", ARRAYS)
@pytest.mark.parametrize("rows", [3, 1, 0])
def test_every_kind_of_column_is_read_back(name: str, rows: int) -> None:
    array = ARRAYS[name][:rows]
    table = TableData(
        "TABLE", [FitsColumn("first", array, "pix", "some text"), FitsColumn("x", np.arange(rows))]
    )
    data = image_hdu0([]) + table_hdu(table, [("A", 1)])
    judged(data)
    found = read_fits(data)[1]
    assert found.header == {"A": 1}
    assert found.table is not None
    assert (found.table.name, found.table.rows) == ("TABLE", rows)
    column = found.table.columns[0]
    assert (column.name, column.unit, column.description) == ("first", "pix", None)
    assert column.array.shape == array.shape
    assert repr(column.array.tolist()) == repr(array.tolist())
    if array.dtype.kind != "U":
        assert column.array.dtype == array.dtype.newbyteorder("=")


@pytest.mark.parametrize("kind", ["u1", "i2", "i4", "i8", "u2", "u4"])
def test_missing_integers_have_a_null(kind: str) -> None:
    array = np.ma.array([1, 2, 0], dtype=kind, mask=[False, True, False])
    data = image_hdu0([]) + table_hdu(TableData("", [FitsColumn("x", array)]))
    judged(data)
    found = read_fits(data)[1].table
    assert found is not None
    assert found.columns[0].array.tolist() == [1, None, 0]


def test_missing_floats_are_nan_and_missing_text_is_empty() -> None:
    columns = [
        FitsColumn("f", np.ma.array([1.5, 2.5], mask=[True, False])),
        FitsColumn("t", np.ma.array(["a", "b"], mask=[True, False])),
    ]
    data = image_hdu0([]) + table_hdu(TableData("T", columns))
    judged(data)
    found = read_fits(data)[1].table
    assert found is not None
    assert np.array_equal(found.columns[0].array, [np.nan, 2.5], equal_nan=True)
    assert found.columns[1].array.tolist() == ["", "b"]


@pytest.mark.parametrize(
    "columns",
    [
        [FitsColumn("b", np.ma.array([True, False], mask=[True, False]))],
        [FitsColumn("u", np.ma.array([1, 2], dtype="u8", mask=[True, False]))],
        [FitsColumn("u", np.ma.array(np.arange(257) % 256, dtype="u1", mask=[False] * 256 + [True]))],
        [FitsColumn("o", np.array([{}, {}], dtype=object))],
        [FitsColumn("o", np.array([None, 1], dtype=object))],
        [FitsColumn("d", np.array(["2020-01-01"], dtype="M8[D]"))],
        [FitsColumn("a", np.arange(3)), FitsColumn("A", np.arange(3))],
        [FitsColumn("a", np.arange(3)), FitsColumn("b", np.arange(2))],
        [FitsColumn("x" * 100, np.arange(3))],
    ],
)
def test_tables_that_fits_cannot_hold_are_refused(columns: list[FitsColumn]) -> None:
    with pytest.raises(FormatError):
        table_hdu(TableData("T", columns))


@pytest.mark.parametrize("kind", ["u1", "i4", "u4", "f4", "f8"])
def test_arrays_of_unequal_length_are_read_back(kind: str) -> None:
    array = np.empty(4, dtype=object)
    for number, row in enumerate(([1, 2, 3], [], [2**7], [4, 5])):
        array[number] = np.array(row, kind)
    data = image_hdu0([]) + table_hdu(TableData("T", [FitsColumn("v", array), FitsColumn("w", array)]))
    judged(data)
    found = read_fits(data)[1].table
    assert found is not None
    for column in found.columns:
        assert [row.tolist() for row in column.array] == [row.tolist() for row in array]


def test_the_narrowest_numbers_are_kept_in_wider_ones() -> None:
    columns = [FitsColumn("i", np.array([-128, 127], "i1")), FitsColumn("f", np.array([0.1, 65504], "f2"))]
    found = read_fits(image_hdu0([]) + table_hdu(TableData("T", columns)))[1].table
    assert found is not None
    assert [column.array.tolist() for column in found.columns] == [
        column.array.tolist() for column in columns
    ]


def test_the_same_content_has_the_same_bytes_for_ever() -> None:
    table = TableData(
        "T", [FitsColumn("x", np.arange(3, dtype="i4"), "pix"), FitsColumn("t", np.array(["a", "é", ""]))]
    )
    data = image_hdu0([("OBSTYPE", "defects"), ("HISTORY", ["one", "two"])]) + table_hdu(table, [("A", 1.5)])
    assert len(data) % 2880 == 0
    assert (
        hashlib.sha256(data).hexdigest() == "22ea684f241b78c570d99ed66e962ed7b8b42ac164fd997bff0e4d8449777fe3"
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        (r"C:\data\dark", r"C:\data\dark"),
        (r"s/\d+\.fits/x", r"s/\d+\.fits/x"),
        (r"\\server\share", r"\\\\server\\share"),
        (r"\x41", r"\\x41"),
        ("é\\d", r"\xc3\xa9\\d"),
        ("end\\", r"end\\"),
        ("b" * 90 + "\\&", "b" * 90 + r"\\\x26"),
    ],
)
def test_other_readers_see_backslashes_as_written_where_they_mean_nothing_else(text: str, seen: str) -> None:
    data = image_hdu0([("TEXT", text), ("HISTORY", [text, "next"])])
    assert judged(data)[0]["TEXT"] == seen
    found = read_fits(data)[0].header
    assert (found["TEXT"], found["HISTORY"]) == (text, [text, "next"])


def test_what_is_no_fits_file_is_refused(tmp_path: Any) -> None:
    file = tmp_path / "a.fits"
    for raw in (b"", b"x" * 5000, image_hdu0([])[:1000], b"SIMPLE  =                    T".ljust(2880)):
        file.write_bytes(raw)
        try:
            hdus = read_fits(file)
        except FormatError as error:
            assert error.path == str(file)  # noqa: PT017  # some damage astropy reads over
        else:
            assert len(hdus) <= 1


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_damaged_files_are_read_or_refused(seed: int, bites: int) -> None:
    import random

    dice = random.Random(seed)
    table = TableData("T", [FitsColumn(name, array) for name, array in list(ARRAYS.items())[:6]])
    data = bytearray(image_hdu0([("A", "x" * 100)]) + table_hdu(table))
    for _ in range(bites):
        data[dice.randrange(len(data))] = dice.randrange(256)
    try:
        assert len(read_fits(bytes(data))) >= 1
    except FormatError as error:
        assert error.message  # noqa: PT017  # nothing else may come out
