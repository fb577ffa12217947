"""What a person names may be a link or a pipe, as the files of a repository may not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from curator.errors import FormatError
from curator.formats.files.read_argument import read_input


def test_a_file_a_link_to_it_and_a_pipe_are_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    writer = Thread(target=(tmp_path / "pipe").write_bytes, args=(b"text",), daemon=True)
    writer.start()
    assert [read_input(tmp_path / name) for name in ("a", "link", "pipe")] == [b"text"] * 3
    writer.join(10)


def test_a_dash_is_standard_input() -> None:
    code = (
        "from curator.formats.files.read_argument import read_input as r; print(r('-'), r('/dev/stdin', 3))"
    )
    done = subprocess.run([sys.executable, "-c", code], input=b"text", capture_output=True)
    assert done.stdout == b"b'text' b''\n"


def test_too_much_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "link").symlink_to("a")
    for name in (str(tmp_path / "link"), "/dev/zero"):
        with pytest.raises(FormatError, match="larger than the 3") as caught:
            read_input(name, 3)
        assert caught.value.path == name


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name, reason in (
        (tmp_path, "Is a directory"),
        (tmp_path / "no", "No such file"),
        (tmp_path / "loop", "Too many levels"),
        ("nul\0byte", "null"),
    ):
        with pytest.raises(FormatError, match=f"cannot be read: .*{reason}"):
            read_input(name)
