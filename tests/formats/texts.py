"""ECSV texts with every form that occurs, and ways to spoil them."""

from __future__ import annotations

import random
import re

__all__ = ["TEXTS", "spoiled", "with_row"]

BLOCK = b"""\
# %ECSV 0.9
# ---
# datatype:
# - name: x0
#   datatype: int32
#   description: X of the corner
# - {name: y0, datatype: int64}
# - {name: gain, unit: '%', datatype: float32}
# meta: !!omap
# - OBSTYPE: defects
# - {DETECTOR: 62}
# - DATE: '2019-06-11T17:43:15.528716'
# - TIME: 00:56:26
# - LIST: [1, 2.5, x]
# - HISTORY:
#   - 2020-01-01 Ada: first
#   - 'it''s'
# - __serialized_columns__:
#     gain:
#       __class__: astropy.units.quantity.Quantity
#       unit: !astropy.units.Unit {unit: '%'}
#       value: !astropy.table.SerializedColumn {name: gain}
# schema: astropy-2.0
x0 y0 gain
1 2 1.5
# found by Ada
3 4 -2e-3

5 6 nan
"""
COMMA = b"""\
# %ECSV 1.0
# ---
# delimiter: ','
# datatype:
# - {name: a, datatype: int8}
# - {name: b, datatype: string, description: some text}
# - {name: c, datatype: bool}
# - {name: d, datatype: string, subtype: 'float64[2]'}
# - {name: e, datatype: float32, unit: km, format: '%.2f'}
# - {name: f, datatype: uint64}
# - {name: g, datatype: string, subtype: 'int64[null]'}
# meta: {x: 1, long: a text
#     on two lines, y: [true, null]}
# schema: astropy-2.0
a,b,c,d,e,f,g
1,x y,True,"[1.5,2]",1.5,1,"[1,2]"
2,"q""r",False,"[0.5,null]",,18446744073709551615,[]
# note
,,,"[NaN,1.0]",nan,0,"[1]"
"""
BLANKS = b"""\
# %ECSV 1.0
# ---
# datatype:
# - {name: name, datatype: string}
# - {name: b, datatype: bool}
# - {name: d, datatype: string, subtype: 'bool[2,1]'}
# - {name: e, datatype: float64}
# - {name: f, datatype: uint8}
# meta:
#   CALIBCLS: lsst.ip.isr.crosstalk.CrosstalkCalib
#   SHAPE: [16, 16]
#   VERSION: 1.1
#   HAS: true
#   FILTER: ''
name b d e f
"x y" True [[true],[false]] 1.5 1
"" "" [[true],[true]] "" ""
#"z" 1 1 1 1
zzz 0 [[false],[null]] 1e400 255
"""
SHORT = b"""\
# %ECSV 1.0
# ---
# datatype:
# - {name: only, datatype: string}
only
a
b
"""
TEXTS = [BLOCK, COMMA, BLANKS, SHORT]

_WORDS = """1|300|-129|1.5|null|true|True|1,2|#|# x|nan|inf
+1|1_0|[|]|{|}|'
:|- |&a|*a|!!omap|!x|%|---|...|~|nm|a b|,
unit: pix|int32|float64|string|bool|int8|float16|float128|object|subtype: 'float64[2]'
0x10|1e5|0130|"|""|" "|é"""
_MARKS = "\t \r \r\n \n \n\n \0 \x0b \x0c \x1c \x85 \u2028 \xa0 \u3000 \ufeff \u0661 \n#\xa0%ECSV\n"
PIECES = [
    *(word.encode() for word in _WORDS.replace("\n", "|").split("|")),
    *(mark.encode() for mark in _MARKS.split(" ")),
    b"  ",
    b"\xff",
    b"9" * 20,
]


def spoiled(raw: bytes, dice: random.Random) -> bytes:
    """Return the text with one to three small changes."""
    for _ in range(dice.choice([1, 1, 1, 2, 3])):
        place, kind = dice.randrange(len(raw) or 1), dice.randrange(5)
        if kind == 0:
            raw = raw[:place] + raw[place + 1 :]
        elif kind == 1:
            raw = raw[:place] + dice.choice(PIECES) + raw[place:]
        elif kind == 2:
            raw = raw[:place] + dice.choice(PIECES) + raw[place + dice.randrange(1, 6) :]
        elif kind == 3:
            lines = raw.split(b"\n")
            at = dice.randrange(len(lines))
            lines[at : at + dice.randrange(2)] = [lines[dice.randrange(len(lines))]] * dice.randrange(2)
            raw = b"\n".join(lines)
        elif tokens := list(re.finditer(rb"[^\s,]+", raw)):
            token = dice.choice(tokens)
            raw = raw[: token.start()] + dice.choice(PIECES) + raw[token.end() :]
    return raw


def with_row(datatype: str, cell: str, *, subtype: str = "") -> bytes:
    """Return a table of a text column and one of ``datatype``, with ``cell`` in its second row."""
    more = f", subtype: '{subtype}'" if subtype else ""
    return (
        "# %ECSV 1.0\n# ---\n# datatype:\n# - {name: n, datatype: string}\n"
        f"# - {{name: v, datatype: {datatype}{more}}}\n"
        f"n v\na {'[1.0,2.0]' if subtype else '1'}\nb {cell}\n"
    ).encode()
