"""What is made to take long, or much memory, takes neither."""

from __future__ import annotations

import contextlib
import importlib
import time
import tracemalloc

import pytest

from curator.errors import FormatError
from curator.formats.files.bounded_io import MAX_BYTES
from curator.formats.read import read_document

HEAD = b"# %ECSV 1.0\n# ---\n"
COLUMN = HEAD + b"# datatype:\n# - {name: a, datatype: string}\na\n"
SIZE = 100_000
TEXTS = {
    "brackets in the header": HEAD + b"# " + b"[" * SIZE + b"\na\n",
    "a long header line": HEAD + b"# a: '" + b"''" * 100_000 + b"'\na\n",
    "many keywords": HEAD + b"".join(b"# k%d: 1\n" % n for n in range(5_000)) + b"a\n",
    "a long list": HEAD + b"# a: [" + b"1," * 10_000 + b"]\na\n",
    "a folded keyword": HEAD + b"# a: b\n" + b"#   c\n" * 5_000 + b"a\n",
    "a header without end": b"#\n" * (SIZE // 2),
    "blank lines": b"\n" * SIZE,
    "blank lines in the body": COLUMN + b"\n" * SIZE,
    "comments in the body": COLUMN + b"# x\n" * 30_000,
    "one long line": COLUMN + b"x" * SIZE,
    "one long quote": COLUMN + b'"' + b"x\n" * (SIZE // 2),
    "a wide row": COLUMN + b"1 " * 1_000_000,
    "a wide row of quotes": COLUMN + b'"1" ' * 500_000,
    "quotes": COLUMN + b'"""' * (SIZE // 3),
    "form feeds": COLUMN + b"\x0c" * SIZE,
    "short rows": COLUMN + b"x\n" * (SIZE // 4),
    "short rows and a tab": COLUMN + b"x\n" * (SIZE // 20) + b"\t\n",
    "missing cells": COLUMN + b'""\n' * (SIZE // 30),
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_table_takes_long_or_much_memory(name: str) -> None:
    raw = TEXTS[name]
    importlib.import_module("astropy.io.ascii")  # whose own needs are not in question
    tracemalloc.start()
    start = time.process_time()
    with contextlib.suppress(FormatError):
        read_document("bomb.ecsv", raw)
    taken = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 30
    # Astropy's own needs come with files that only it reads, which are small.
    assert peak < 40 * len(raw) + 20_000_000


@pytest.mark.parametrize("unit", ["a: b,c ", "' a:b' ", "a:b ", "a: b, ", "\t:"], ids=repr)
@pytest.mark.parametrize("folder", ["# meta: {", "metadata: {"])
def test_the_cause_of_an_error_is_not_sought_for_long(folder: str, unit: str) -> None:
    path = "a.ecsv" if folder[0] == "#" else "a.yaml"
    text = (HEAD.decode() if folder[0] == "#" else "b: [\n") + folder + unit * 20_000 + "\na\n"
    start = time.process_time()
    with pytest.raises(FormatError):
        read_document(path, text.encode())
    assert time.process_time() - start < 10


def test_a_file_beyond_the_limit_is_refused_unread() -> None:
    with pytest.raises(FormatError, match="is larger than") as caught:
        read_document("a.ecsv", bytes(MAX_BYTES + 1))
    assert caught.value.code == "CUR002"


def test_a_large_table_in_an_odd_form_is_not_given_to_astropy() -> None:
    with pytest.raises(FormatError, match="with quoted cells, tabs or control characters") as caught:
        read_document("a.ecsv", COLUMN + b"x\ty\n" * 1_100_000)
    assert caught.value.code == "CUR002"


def test_lines_are_found_without_counting_from_the_start_each_time() -> None:
    doc = read_document("a.ecsv", COLUMN + b"x\r\n" * 100_000)
    start = time.process_time()
    assert {doc.line(number) for number in range(6, 50_000)} == {"x"}
    assert (doc.line(0), doc.line(1), doc.line(100_005), doc.line(100_007)) == ("", "# %ECSV 1.0", "x", "")
    assert doc.cell(99_999, "a") == (100_005, 1, 2)
    assert time.process_time() - start < 5
