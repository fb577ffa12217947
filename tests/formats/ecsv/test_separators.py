"""Rows that were pasted from a spreadsheet get the separators of their file, and keep their values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curator.checks.fixing.apply_fixes import apply_fix
from curator.checks.fixing.build_fixes import reading
from curator.checks.model.finding import Fix
from curator.errors import FormatError
from curator.formats.ecsv.separators import with_own_separators
from curator.formats.edit.tidy import tidied
from curator.formats.read import read_document

TYPES = {"a": "float64", "b": "int64", "c": "string", "d": "float64"}
NAMES = ("commas", "semicolons", "tabs", "bars", "no-break spaces")
SEPARATORS = dict(zip(NAMES, ",;\t|\xa0", strict=True))


def table(rows: list[str], columns: str = "abcd", delimiter: str = " ", names: str = "") -> bytes:
    declared = "".join(f"# - {{name: {name}, datatype: {TYPES[name]}}}\n" for name in columns)
    return (
        "# %ECSV 1.0\n# ---\n"
        + ("# delimiter: ','\n" if delimiter == "," else "")
        + f"# datatype:\n{declared}# meta: !!omap\n# - {{VERSION: '1'}}\n# schema: astropy-2.0\n"
        + "\n".join([names or delimiter.join(columns), *rows, ""])
    ).encode()


def error_of(raw: bytes) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read_document("a.ecsv", raw)
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_a_row_with_other_separators_is_named_and_fixed(name: str) -> None:
    row = SEPARATORS[name].join(["1.5", "2", "x", "4"])
    error = error_of(table(["1.0 2 y 4", row]))
    assert error.message == f"this row is separated by {name}, this file by spaces"
    assert (error.code, error.line, error.column) == ("CUR010", 13, 1)
    assert error.hint == "`curator fix` writes spaces"
    assert with_own_separators(table(["1.0 2 y 4", row])) == table(["1.0 2 y 4", "1.5 2 x 4"])
    fix = reading("a.ecsv", error.code, table(["1.0 2 y 4", row]), error.line)
    assert fix is not None
    assert {edit.value for edit in fix.edits} <= {"separators", "tabs"}


def test_in_a_file_with_commas_a_row_with_semicolons_gets_commas() -> None:
    raw = table(["1.0,2,y,4", "1.5;2;x;4", "1.5 2 x 4"], delimiter=",")
    message = "this row is separated by semicolons, this file by commas; 1 more row is like it"
    assert error_of(raw).message == message
    assert with_own_separators(raw) == table(["1.0,2,y,4", "1.5,2,x,4", "1.5,2,x,4"], delimiter=",")


@pytest.mark.parametrize("separator", ",;")
def test_a_whole_table_with_other_separators_is_named_at_its_columns(separator: str) -> None:
    raw = table([separator.join(["1.5", "2", "x", "4"])], names=separator.join("abcd"))
    error = error_of(raw)
    assert error.message.startswith("the column names are separated by ")
    assert ("delimiter: ','" in error.hint) == (separator == ",")
    assert with_own_separators(raw) == table(["1.5 2 x 4"])


@pytest.mark.parametrize(
    ("row", "hint"),
    [
        ("1,5;2;x;4,5", "write spaces, and decimals with a point"),
        ("1,5 2 x 4", "write a decimal point"),
        ("1 2,5 x 4", "write a whole number; or decimals with a point, and declare the column float64"),
        ("1 1,200 x 4", "write the digits without commas"),
        ("1,200,300 2 x 4", "write the digits without commas"),
        ("\u22121 2 x 4", "the minus sign here is U+2212: write -"),
        ("\u201c1\u201d 2 x 4", 'these are typographic quotes: write ", or none'),
        ("1 \u200b2 x 4", "an invisible character (U+200B) is in this value: delete it"),
        ('"1 2 x 4"', "the quotes make one value of the whole row: remove them"),
    ],
)
def test_what_may_be_a_value_gets_a_hint_and_no_fix(row: str, hint: str) -> None:
    raw = table([row])
    error = error_of(raw)
    assert error.hint == hint
    assert with_own_separators(raw) == raw
    assert reading("a.ecsv", error.code, raw, error.line) is None


@pytest.mark.parametrize("row", ["400,80", "1,200", "1,200,300"])
def test_a_comma_that_may_belong_to_a_number_is_left_to_a_person(row: str) -> None:
    raw = table([row], columns="abd" if row.count(",") > 1 else "ab")
    assert with_own_separators(raw) == raw
    named = table([row], columns="ab", names="a,b")
    if row.count(",") == 1:
        assert with_own_separators(named) == table([row.replace(",", " ")], columns="ab")


def test_a_comma_in_a_text_of_a_row_that_reads_stays() -> None:
    raw = table(["1.5 2 x,, 4", '1.5 2 "p, q" 4', "1.5,2,x,4"])
    assert with_own_separators(raw) == table(["1.5 2 x,, 4", '1.5 2 "p, q" 4', "1.5 2 x 4"])


NUMBERS = st.floats(allow_nan=False, allow_infinity=False).map(repr)
WORDS = st.text("abcXYZ019_.", min_size=1).filter(lambda word: word.strip("."))
ROWS = st.lists(st.tuples(NUMBERS, st.integers(-99, 10**9).map(str), WORDS, NUMBERS), min_size=1, max_size=6)


@given(
    rows=ROWS,
    pasted=st.sets(st.integers(0, 5)),
    separator=st.sampled_from([*SEPARATORS.values(), ", ", "; "]),
    behind=st.sampled_from(["", ",", ",,", ";;", "\t\t", "\xa0"]),
    names=st.booleans(),
    windows=st.booleans(),
    own=st.sampled_from(" ,"),
)
def test_what_is_pasted_and_fixed_has_the_bytes_of_the_original(
    rows: list[tuple[str, str, str, str]],
    pasted: set[int],
    separator: str,
    behind: str,
    names: bool,
    windows: bool,
    own: str,
) -> None:
    if own == "," and separator.strip() == ",":
        separator = ";"
    if own == ",":
        behind = ""  # an empty cell is a value there
    original = table([own.join(row) for row in rows], delimiter=own)
    spoilt = table(
        [
            (separator.join(row) + behind + "\r" * windows) if number in pasted else own.join(row)
            for number, row in enumerate(rows)
        ],
        delimiter=own,
        names=separator.join("abcd") + behind if names else own.join("abcd"),
    )
    fixed = with_own_separators(spoilt)
    assert fixed.replace(b"\r\n", b"\n") == original
    if spoilt != original:
        assert tidied("a.ecsv", fixed, "line ends") == original


@given(st.binary(max_size=80))
def test_no_bytes_make_it_fail_or_lose_anything_but_separators(body: bytes) -> None:
    raw = table([]) + body
    fixed = with_own_separators(raw)
    drop = bytes.maketrans(b"", b"")
    separators = b" \t,;|\xc2\xa0"
    assert fixed.translate(drop, separators) == raw.translate(drop, separators)


BOXES = "\n".join(f"# - {{name: {name}, datatype: int64}}" for name in ("x0", "y0", "width", "height"))


def of_boxes(*rows: str, columns: str = BOXES, names: str = "x0 y0 width height") -> bytes:
    head = f"# %ECSV 1.0\n# ---\n# datatype:\n{columns}\n# schema: astropy-2.0\n{names}\n"
    return (head + "".join(f"{row}\n" for row in rows)).encode()


CURVE = "# - {name: wavelength, datatype: float64}\n# - {name: efficiency, datatype: float64}"


@pytest.mark.parametrize(
    ("row", "message", "hint"),
    [
        (
            "2500\t100\t3\t40\t\tbright column",
            "row has 6 values, the header declares 4 columns; the extra is 'bright column'",
            "write spaces; the columns are: x0 y0 width height",
        ),
        (
            "27,2500,100,3,40",
            (
                "row has 5 values, the header declares 4 columns; the row is separated by commas, "
                "this file by spaces"
            ),
            "write spaces; the columns are: x0 y0 width height",
        ),
        (
            "2500,,3,40",
            "the value of y0 is missing; the row is separated by commas, this file by spaces",
            "write spaces, and every value",
        ),
        (
            "2500,0\t100,0\t3,0\t40,0",
            "this row is separated by tabs, this file by spaces",
            "write spaces, and decimals with a point",
        ),
    ],
)
def test_a_row_that_a_person_has_to_correct_says_what_is_wrong_and_promises_no_fix(
    row: str, message: str, hint: str
) -> None:
    raw = of_boxes("1 2 3 4", row)
    error = error_of(raw)
    assert (error.message, error.hint) == (message, hint)
    assert reading("a.ecsv", error.code, raw, error.line) is None


@pytest.mark.parametrize(
    ("row", "fixed"),
    [
        ("859,1.0021", "859 1.0021"),
        ("859.5,1", "859.5 1"),
        ("860\t0,99675", ""),
        ("859,100.21", ""),
        ("1.000,5", ""),
        ("860,1", ""),
    ],
)
def test_a_decimal_point_says_that_a_comma_divides_two_numbers(row: str, fixed: str) -> None:
    raw = of_boxes("400 0.5", row, columns=CURVE, names="wavelength efficiency")
    error = error_of(raw)
    fix = reading("a.ecsv", error.code, raw, error.line)
    assert (fix is not None) == bool(fixed)
    assert with_own_separators(raw) == (raw.replace(row.encode(), fixed.encode()) if fixed else raw)


def fault_of(raw: bytes) -> tuple[float, Fix | None]:
    """Return the line of the first fault of a file and its fix; infinity where the file can be read."""
    try:
        read_document("a.ecsv", raw)
    except FormatError as error:
        return error.line, reading("a.ecsv", error.code, raw, error.line)
    return math.inf, None


@given(rows=st.lists(st.text("12.,;\t |x", min_size=1, max_size=12), min_size=1, max_size=4))
def test_a_finding_that_is_marked_as_fixable_goes_when_it_is_fixed(rows: list[str]) -> None:
    raw = of_boxes(*rows)
    line, fix = fault_of(raw)
    if fix is not None:
        later, _ = fault_of(apply_fix("a.ecsv", raw, fix))
        assert later > line
