"""Mechanical mistakes that people make in calibrations, each as a function from a good file to a wrong one.

A function returns `None` where the mistake cannot be made in the file, and its name is the mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

__all__ = ["MISTAKES", "Mistake", "applicable"]

Mistake = Callable[[str], "str | None"]

# Kind of file: what can be done to it by mistake.
MISTAKES: dict[str, list[Mistake]] = {}


def mistake(*kinds: str) -> Callable[[Mistake], Mistake]:
    def register(function: Mistake) -> Mistake:
        for kind in kinds:
            MISTAKES.setdefault(kind, []).append(function)
        return function

    return register


def applicable(kind: str, text: str) -> Iterator[tuple[str, str]]:
    """Give name and text of every mistake that can be made in a file of a kind."""
    for function in (*MISTAKES[kind], *MISTAKES["header"]):
        wrong = function(text)
        if wrong is not None and wrong != text:
            yield function.__name__, wrong


class Table:
    """An ECSV file as its lines of header, names of columns, and rows of cells."""

    def __init__(self, text: str) -> None:
        lines = text.split("\n")[:-1]
        at = next(number for number, line in enumerate(lines) if not line.startswith("#"))
        self.header, self.names = lines[:at], lines[at].split(" ")
        self.rows = [line.split(" ") for line in lines[at + 1 :]]

    def text(self) -> str:
        return "\n".join([*self.header, " ".join(self.names), *map(" ".join, self.rows)]) + "\n"

    def column(self, name: str) -> int:
        return self.names.index(name)

    @property
    def value(self) -> int:
        return self.column("efficiency" if "efficiency" in self.names else "throughput")

    def change(self, name: str | int, function: Callable[[float], float]) -> None:
        at = name if isinstance(name, int) else self.column(name)
        for row in self.rows:
            wrong = function(float(row[at]))
            row[at] = f"{wrong:.0f}" if "." not in row[at] and wrong == int(wrong) else repr(wrong)


def swap(table: Table, one: int, other: int) -> None:
    for row in table.rows:
        row[one], row[other] = row[other], row[one]


# tables of boxes


def boxes(function: Callable[[Table], bool | None]) -> Mistake:
    """Make a mistake of a function that edits a table with at least four boxes."""

    def wrong(text: str) -> str | None:
        table = Table(text)
        if len(table.rows) < 4 or function(table) is False:
            return None
        return table.text()

    wrong.__name__ = function.__name__
    return mistake("boxes")(wrong)


@boxes
def x_and_y_exchanged(table: Table) -> None:
    swap(table, 0, 1)
    swap(table, 2, 3)


@boxes
def x0_and_y0_exchanged(table: Table) -> None:
    swap(table, 0, 1)


@boxes
def width_and_height_exchanged(table: Table) -> None:
    swap(table, 2, 3)


@boxes
def corners_in_place_of_sizes(table: Table) -> None:
    for row in table.rows:
        x, y, width, height = map(float, row)
        row[2:] = [f"{x + width - 1:.0f}", f"{y + height - 1:.0f}"]


@boxes
def counted_from_one(table: Table) -> None:
    table.change(0, lambda value: value + 1)
    table.change(1, lambda value: value + 1)


@boxes
def a_row_twice(table: Table) -> None:
    table.rows.insert(2, list(table.rows[1]))


@boxes
def a_row_lost(table: Table) -> None:
    del table.rows[1]


@boxes
def a_cell_lost(table: Table) -> None:
    del table.rows[1][2]


@boxes
def two_cells_of_a_row_exchanged(table: Table) -> None:
    row = table.rows[1]
    row[0], row[2] = row[2], row[0]


@boxes
def a_digit_too_many(table: Table) -> None:
    table.rows[1][0] = re.sub(r"^(\d+)", r"\g<1>0", table.rows[1][0])


@boxes
def a_minus(table: Table) -> bool | None:
    if float(table.rows[1][0]) == 0:
        return False
    table.rows[1][0] = f"-{table.rows[1][0]}"
    return None


@boxes
def a_size_of_zero(table: Table) -> None:
    table.rows[1][3] = "0"


@boxes
def a_decimal_comma(table: Table) -> None:
    table.rows[1][0] += ",5"


@boxes
def half_a_pixel(table: Table) -> None:
    table.rows[1][0] = f"{float(table.rows[1][0]) + 0.5}"


@boxes
def everything_times_a_hundred(table: Table) -> None:
    for at in range(4):
        table.change(at, lambda value: value * 100)


@boxes
def the_whole_sensor(table: Table) -> bool | None:
    return None if _cover(table) else False


def _cover(table: Table) -> bool:
    table.rows[1] = ["0", "0", "2048", "4096"]
    return True


# curves


def curve(function: Callable[[Table], bool | None]) -> Mistake:
    """Make a mistake of a function that edits a curve with at least ten samples."""

    def wrong(text: str) -> str | None:
        table = Table(text)
        if len(table.rows) < 10 or function(table) is False:
            return None
        return table.text()

    wrong.__name__ = function.__name__
    return mistake("curve")(wrong)


def _middle(table: Table) -> list[str]:
    """Return the row with the largest value but those at the ends."""
    return max(table.rows[3:-3], key=lambda row: float(row[table.value]))


@curve
def columns_exchanged(table: Table) -> None:
    swap(table, table.column("wavelength"), table.value)


@curve
def names_of_columns_exchanged(table: Table) -> None:
    one, other = table.column("wavelength"), table.value
    table.names[one], table.names[other] = table.names[other], table.names[one]


@curve
def a_sample_lost(table: Table) -> None:
    table.rows.remove(_middle(table))


@curve
def a_block_lost(table: Table) -> bool | None:
    if len(table.rows) < 60 or "amp_name" in table.names:
        return False
    at = len(table.rows) // 2
    del table.rows[at : at + 15]
    return None


@curve
def a_sample_twice(table: Table) -> None:
    at = table.rows.index(_middle(table))
    table.rows.insert(at, list(table.rows[at]))


@curve
def two_samples_exchanged(table: Table) -> None:
    at = table.rows.index(_middle(table))
    table.rows[at], table.rows[at + 1] = table.rows[at + 1], table.rows[at]


@curve
def rows_turned_round(table: Table) -> None:
    table.rows.reverse()


@curve
def a_decimal_comma_in_a_value(table: Table) -> None:
    row = _middle(table)
    row[table.value] = row[table.value].replace(".", ",")


@curve
def a_point_lost_in_a_value(table: Table) -> bool | None:
    row = _middle(table)
    if row[table.value].strip("0") in ("1.", "."):
        return False
    row[table.value] = row[table.value].replace(".", "")
    return None


@curve
def a_point_slipped_in_a_value(table: Table) -> None:
    row = _middle(table)
    row[table.value] = repr(float(row[table.value]) / 10)


@curve
def a_point_slipped_in_a_wavelength(table: Table) -> None:
    row = _middle(table)
    row[table.column("wavelength")] = repr(float(row[table.column("wavelength")]) * 10)


@curve
def a_minus_in_a_value(table: Table) -> None:
    row = _middle(table)
    row[table.value] = f"-{row[table.value]}"


@curve
def signs_flipped(table: Table) -> None:
    table.change(table.value, lambda value: -value)


@curve
def values_times_a_hundred(table: Table) -> None:
    table.change(table.value, lambda value: value * 100)


@curve
def values_over_a_hundred(table: Table) -> bool | None:
    table.change(table.value, lambda value: value / 100)
    return None if "unit: '%'" in "".join(table.header) else False


@curve
def unit_of_the_values_lost(table: Table) -> bool | None:
    before = list(table.header)
    table.header = [line.replace(" unit: '%',", "") for line in table.header]
    # Where the unit stands a second time, readers still find it.
    return None if table.header != before and "__serialized" not in "".join(before) else False


@curve
def the_other_unit_of_wavelength(table: Table) -> None:
    names = {"nm": "Angstrom", "Angstrom": "nm"}
    table.header = [
        re.sub(r"unit: (nm|Angstrom)\b", lambda found: f"unit: {names[found[1]]}", line)
        for line in table.header
    ]


@curve
def not_a_number(table: Table) -> None:
    _middle(table)[table.value] = "nan"


@curve
def all_values_zero(table: Table) -> None:
    table.change(table.value, lambda value: 0.0)


@curve
def all_values_one(table: Table) -> None:
    table.change(table.value, lambda value: 100.0 if "unit: '%'" in "".join(table.header) else 1.0)


@curve
def values_moved_by_a_row(table: Table) -> None:
    values = [row[table.value] for row in table.rows]
    for row, value in zip(table.rows, [values[-1], *values[:-1]], strict=True):
        row[table.value] = value


@curve
def a_row_of_another_amplifier(table: Table) -> bool | None:
    if "amp_name" not in table.names:
        return False
    names = list(dict.fromkeys(row[0] for row in table.rows))
    next(row for row in table.rows[3:] if row[0] == names[0])[0] = names[1]
    return None


@curve
def an_amplifier_misspelled(table: Table) -> bool | None:
    if "amp_name" not in table.names:
        return False
    name = table.rows[0][0]
    for row in table.rows:
        row[0] = f"{name}x" if row[0] == name else row[0]
    return None


@curve
def an_amplifier_lost(table: Table) -> bool | None:
    if "amp_name" not in table.names:
        return False
    table.rows = [row for row in table.rows if row[0] != table.rows[0][0]]
    return None


@curve
def two_amplifiers_exchanged(table: Table) -> bool | None:
    if "amp_name" not in table.names:
        return False
    one, other = list(dict.fromkeys(row[0] for row in table.rows))[:2]
    names = {one: other, other: one}
    for row in table.rows:
        row[0] = names.get(row[0], row[0])
    return None


# crosstalk


def matrix(function: Callable[[list[str], int], list[str] | None]) -> Mistake:
    """Make a mistake of a function that edits the coefficients of a matrix, in a table or a tree."""

    def wrong(text: str) -> str | None:
        cell = re.search(r"^coeffs:\n((?:- .*\n)*)", text, re.MULTILINE)
        if cell:
            found = function([line[2:] for line in cell[1].split("\n")[:-1]], 0)
            return None if found is None else text.replace(cell[1], "".join(f"- {one}\n" for one in found), 1)
        table = Table(text)
        at = table.column("CT_COEFFS")
        cells = table.rows[0][at].strip('[]"').split(",")
        found = function(cells, round(len(cells) ** 0.5))
        if found is None:
            return None
        table.rows[0][at] = f"[{','.join(found)}]"
        return table.text()

    wrong.__name__ = function.__name__
    return mistake("matrix")(wrong)


def _size(cells: list[str]) -> int:
    return round(len(cells) ** 0.5)


@matrix
def a_row_shifted(cells: list[str], _: int) -> list[str]:
    size = _size(cells)
    return [cells[size - 1], *cells[: size - 1], *cells[size:]]


@matrix
def two_rows_exchanged(cells: list[str], _: int) -> list[str]:
    size = _size(cells)
    return [*cells[size : 2 * size], *cells[:size], *cells[2 * size :]]


@matrix
def all_shifted_by_one(cells: list[str], _: int) -> list[str]:
    return [cells[-1], *cells[:-1]]


@matrix
def a_coefficient_lost(cells: list[str], _: int) -> list[str]:
    return [*cells[:1], *cells[2:]]


@matrix
def coefficients_times_a_hundred(cells: list[str], _: int) -> list[str]:
    return [repr(float(one) * 100) for one in cells]


@matrix
def a_coefficient_with_a_comma(cells: list[str], _: int) -> list[str]:
    return [cells[0], cells[1].replace(".", ","), *cells[2:]]


@matrix
def a_coefficient_not_a_number(cells: list[str], size: int) -> list[str]:
    return [cells[0], "NaN" if size else ".nan", *cells[2:]]


@matrix
def all_coefficients_zero(cells: list[str], _: int) -> list[str]:
    return ["0.0"] * len(cells)


@matrix
def ones_on_the_diagonal(cells: list[str], _: int) -> list[str]:
    return ["1.0" if at % (_size(cells) + 1) == 0 else one for at, one in enumerate(cells)]


@matrix
def matrix_transposed(cells: list[str], _: int) -> list[str]:
    size = _size(cells)
    return [cells[at % size * size + at // size] for at in range(size * size)]


@matrix
def signs_of_coefficients_flipped(cells: list[str], _: int) -> list[str]:
    return [repr(-float(one)) if float(one) else one for one in cells]


@mistake("matrix")
def coefficients_and_errors_exchanged(text: str) -> str | None:
    if "\nCT_COEFFS CT_ERRORS" not in text:
        return None
    table = Table(text)
    swap(table, table.column("CT_COEFFS"), table.column("CT_ERRORS"))
    return table.text()


@mistake("matrix")
def nothing_valid(text: str) -> str | None:
    if " CT_VALID " not in text:
        return None
    table = Table(text)
    at = table.column("CT_VALID")
    table.rows[0][at] = re.sub("true", "false", table.rows[0][at], flags=re.IGNORECASE)
    return table.text()


# linearizers and kernels


def _replaced(text: str, pattern: str, by: str, count: int = 1) -> str | None:
    wrong, found = re.subn(pattern, by, text, count=count)
    return wrong if found else None


@mistake("linearizer")
def a_box_off_by_one(text: str) -> str | None:
    return _replaced(text, r"\b1023\b", "1024")


@mistake("linearizer")
def boxes_exchanged(text: str) -> str | None:
    found = re.findall(r"    linearityBBox:.*\n(?:    -.*\n|      .*\n)*", text)
    if len(found) != 2:
        return None
    return text.replace(found[0], "\0").replace(found[1], found[0]).replace("\0", found[1])


@mistake("linearizer")
def an_amplifier_renamed(text: str) -> str | None:
    return _replaced(text, r"\n  B:", "\n  C:")


@mistake("linearizer")
def coefficients_times_a_million(text: str) -> str | None:
    return _replaced(text, r"e-07\n", "e-01\n", 0)


@mistake("linearizer")
def a_coefficient_copied(text: str) -> str | None:
    found = re.findall(r"linearityCoeffs:\n    - (-?[\d.]+e-\d+)", text)
    return text.replace(found[1], found[0]) if len(found) == 2 else None


@mistake("linearizer")
def a_line_of_the_table_copied(text: str) -> str | None:
    lines = _lines_of_table(text)
    return text.replace(lines[1], lines[0], 1) if len(lines) > 1 else None


@mistake("linearizer")
def a_line_of_the_table_lost(text: str) -> str | None:
    lines = _lines_of_table(text)
    return text.replace(lines[1], "", 1) if len(lines) > 1 else None


@mistake("linearizer")
def an_entry_of_the_table_lost(text: str) -> str | None:
    lines = _lines_of_table(text)
    short = lines[1].replace("\n  - ", "\n", 1).split("\n", 2) if lines else []
    return text.replace(lines[1], f"{short[0]}\n{short[2]}", 1) if lines else None


@mistake("linearizer")
def a_point_lost_in_the_table(text: str) -> str | None:
    lines = _lines_of_table(text)
    cells = lines[0].split("\n") if lines else []
    if len(cells) < 100:
        return None
    at = len(cells) // 2
    return text.replace(lines[0], "\n".join([*cells[:at], cells[at].replace(".", ""), *cells[at + 1 :]]), 1)


@mistake("linearizer")
def a_comma_in_the_table(text: str) -> str | None:
    lines = _lines_of_table(text)
    cells = lines[0].split("\n") if lines else []
    return text.replace(cells[50], cells[50].replace(".", ","), 1) if cells else None


@mistake("linearizer")
def lines_exchanged_in_the_coefficients(text: str) -> str | None:
    wrong = re.sub(r"linearityCoeffs:\n    - 1\n", "linearityCoeffs:\n    - 0\n", text)
    return wrong if wrong != text else None


@mistake("linearizer")
def another_detector_beside_the_metadata(text: str) -> str | None:
    return _replaced(text, r"detectorId: (\d+)", r"detectorId: 1\1")


def _lines_of_table(text: str) -> list[str]:
    _, found, rest = text.partition("\ntableData:\n")
    return re.findall(r"- - .*\n(?:  - .*\n)*", rest) if found else []


def kernel(function: Callable[[list[str]], list[str]]) -> Mistake:
    """Make a mistake of a function that edits the elements of the first kernel."""

    def wrong(text: str) -> str | None:
        found = re.search(r"detKernels:\n  \S+:\n((?:  - .*\n)+)", text)
        if not found:
            return None
        lines = function([line[4:] for line in found[1].split("\n")[:-1]])
        return text.replace(found[1], "".join(f"  - {one}\n" for one in lines), 1)

    wrong.__name__ = function.__name__
    return mistake("kernel")(wrong)


@kernel
def sign_of_the_kernel_flipped(values: list[str]) -> list[str]:
    return [one.removeprefix("-") for one in values]


@kernel
def kernel_times_a_thousand(values: list[str]) -> list[str]:
    return [repr(float(one) * 1000) for one in values]


@kernel
def kernel_shifted_by_one(values: list[str]) -> list[str]:
    return [values[-1], *values[:-1]]


@kernel
def kernel_shifted_by_a_row(values: list[str]) -> list[str]:
    size = round(len(values) ** 0.5)
    return [*values[-size:], *values[:-size]]


@kernel
def an_element_lost(values: list[str]) -> list[str]:
    return values[1:]


@kernel
def an_element_with_a_slipped_exponent(values: list[str]) -> list[str]:
    return [repr(float(values[0]) * 10), *values[1:]]


@kernel
def an_element_without_its_point(values: list[str]) -> list[str]:
    return ["-2e-08", *values[1:]]


@kernel
def kernel_of_zeros(values: list[str]) -> list[str]:
    return ["0.0"] * len(values)


@kernel
def kernel_not_a_number(values: list[str]) -> list[str]:
    return [".nan", *values[1:]]


@mistake("kernel")
def kernel_of_another_detector(text: str) -> str | None:
    return _replaced(text, r"detKernels:\n  (\S+)(\d):", r"detKernels:\n  \g<1>7:")


# headers of all


def header(pattern: str, by: str) -> Callable[[Callable[[], None]], Mistake]:
    """Make a mistake of a replacement in the header; the function gives only its name."""

    def register(function: Callable[[], None]) -> Mistake:
        def wrong(text: str) -> str | None:
            return _replaced(text, pattern, by)

        wrong.__name__ = function.__name__
        return mistake("header")(wrong)

    return register


@header(r"\bDETECTOR: (\d+)\b", r"DETECTOR: 1\1")
def id_of_another_detector() -> None: ...


@header(r"\bOBSTYPE: (\w+)", r"OBSTYPE: \1s")
def misspelled_type() -> None: ...


@header(r"\bINSTRUME: (\w+)", r"INSTRUME: \1X")
def another_instrument() -> None: ...


@header(r"\bINSTRUME: ", r"INSTRUMENT: ")
def misspelled_keyword() -> None: ...


@header(r"\bCALIBDATE: '(\d)", r"CALIBDATE: '3")
def another_date() -> None: ...


@header(r"\bCALIBDATE: '([^']*)'", r"CALIBDATE: \1")
def date_without_quotes() -> None: ...


@header(r"(CALIB_ID: .*)\bdetector=(\d+)", r"\1detector=1\2")
def calib_id_of_another_file() -> None: ...


@header(r"\bFILTER: (?!null|NONE)(\w)", r"FILTER: z\1")
def another_filter() -> None: ...
