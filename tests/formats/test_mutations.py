"""Any bytes give a document or a named error: nothing else, and soon."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from conftest import FUZZ
from formats.texts import PIECES, TEXTS, spoiled

from curator.errors import FormatError
from curator.formats.document import Document
from curator.formats.read import read_document

ROUNDS = max(1, int(FUZZ * 1200))


def read(name: str, raw: bytes) -> Document | None:
    start = time.process_time()
    found: Document | FormatError
    try:
        found = read_document(name, raw)
    except FormatError as error:
        found = error
    assert time.process_time() - start < 20
    if isinstance(found, Document):
        return found
    assert found.code.startswith("CUR0"), found
    assert found.line >= 0
    assert found.path == name
    assert str(found).encode()
    return None


def ask(doc: Document) -> None:
    """Use a document as checks do."""
    for key in doc.header:
        assert doc.at(key).line >= 1
        assert doc.value_at(key).line >= 1
    for name in doc.columns:
        doc.at("columns", name)
        for row in range(min(3, len(doc.row_lines))):
            assert doc.cell(row, name).line == doc.row_lines[row]
    for line in doc.row_lines[:3]:
        assert doc.line(line)


def bitten(raw: bytes, dice: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(dice.choice([1, 2, 8])):
        place = dice.randrange(len(data) or 1)
        kind = dice.randrange(5)
        if kind == 0:
            data[place : place + 1] = bytes([dice.randrange(256)])
        elif kind == 1:
            del data[place : place + dice.randrange(1, 40)]
        elif kind == 2:
            data[place:place] = dice.choice(PIECES)
        elif kind == 3:
            data[place:place] = data[place : place + dice.randrange(200)]
        else:
            data[place:] = data[: dice.randrange(len(data) or 1)]
        data = data or bytearray(b"x")
    return bytes(data[:200_000])


def test_thousands_of_spoiled_real_files_are_read_or_refused(real: Path) -> None:
    files = [file for file in sorted(real.rglob("*.*")) if file.suffix in (".ecsv", ".yaml")]
    sources = [(file.suffix, file.read_bytes()[:30_000]) for file in files[:: max(1, len(files) // 60)]]
    dice = random.Random(20240607)
    survived = 0
    for _ in range(ROUNDS):
        suffix, raw = dice.choice(sources)
        change = dice.choice([bitten, spoiled])
        doc = read(f"x{suffix}", change(raw, dice))
        if doc is not None:
            survived += 1
            ask(doc)
    assert survived > ROUNDS / 20


def test_thousands_of_spoiled_small_texts_are_read_or_refused() -> None:
    dice = random.Random(7)
    for _ in range(ROUNDS):
        raw = dice.choice([bitten, spoiled])(dice.choice(TEXTS), dice)
        for suffix in (".ecsv", ".yaml"):
            if (doc := read(f"x{suffix}", raw)) is not None:
                ask(doc)


@pytest.mark.parametrize("suffix", [".ecsv", ".yaml"])
def test_bytes_that_are_no_text_at_all_are_refused(suffix: str) -> None:
    dice = random.Random(3)
    for size in (0, 1, 2, 10, 1000, 100_000):
        read(f"x{suffix}", dice.randbytes(size))
        read(f"x{suffix}", b"\0" * size)
        read(f"x{suffix}", b"\n" * size)
        read(f"x{suffix}", b"#" * size)
        read(f"x{suffix}", b"# %ECSV 1.0\n# ---\n" + b"# - " * size)
        read(f"x{suffix}", b"# %ECSV 1.0\n# ---\n# meta:\n" + b"# a: [\n" * (size // 10))
        read(
            f"x{suffix}",
            b"# %ECSV 1.0\n# ---\n# datatype:\n# - {name: a, datatype: string}\na\n" + b'"' * size,
        )
