"""What a person names on the command line stays what it is: only files are replaced."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from curator.errors import FormatError, UsageError
from curator.formats.files.write_argument import refuse_input, write_output


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"before")
    file.chmod(0o640)
    write_output(file, b"after")
    assert file.read_bytes() == b"after"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a"]


def test_a_file_that_is_read_is_not_written_to_by_any_of_its_names(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"read")
    (tmp_path / "link").symlink_to("a")
    for name in ("a", "link", "./a"):
        with pytest.raises(UsageError, match="this input file would be overwritten"):
            refuse_input(f"{tmp_path}/{name}", None, file)
    refuse_input(tmp_path / "b", file, "-", tmp_path / "gone")
    refuse_input("/dev/null", "/dev/null")


@pytest.mark.parametrize("exists", [True, False])
def test_the_file_that_a_link_leads_to_is_replaced_where_it_is(tmp_path: Path, exists: bool) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "target"
    if exists:
        target.write_bytes(b"before")
    (tmp_path / "near").symlink_to("far/target")
    (tmp_path / "link").symlink_to("near")
    write_output(tmp_path / "link", b"after")
    assert target.read_bytes() == b"after"
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "near").is_symlink()
    assert os.listdir(tmp_path / "far") == ["target"]


def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    data = b"x" * 200_000  # more than a pipe holds
    found: list[bytes] = []
    reader = Thread(target=lambda: found.append(pipe.read_bytes()), daemon=True)
    reader.start()
    write_output(pipe, data)
    reader.join(10)
    assert found == [data]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_a_device_is_written_into_and_stays_a_device(tmp_path: Path) -> None:
    (tmp_path / "null").symlink_to("/dev/null")
    write_output(tmp_path / "null", b"gone")
    assert (tmp_path / "null").is_symlink()
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(FormatError, match="cannot be written: No space left on device"):
        write_output(tmp_path / "full", b"x")
    assert os.listdir("/dev").count("full") == 1


def test_what_stands_in_the_file_behind_standard_output_stays(tmp_path: Path) -> None:
    script = (
        "from curator.formats.files.write_argument import write_output\n"
        "print('first')\n"
        "write_output('/dev/stdout', b'second\\n')\n"
        "write_output('/dev/fd/1', b'third\\n')\n"
        "print('last')\n"
    )
    with (tmp_path / "out").open("wb") as stream:
        subprocess.run([sys.executable, "-c", script], stdout=stream, check=True)
    assert (tmp_path / "out").read_text().split() == ["first", "second", "third", "last"]


def test_what_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    for name, reason in (
        ("loop", "Too many levels"),
        ("absent/a", "No such file"),
        ("nul\0byte", "null"),
    ):
        with pytest.raises(FormatError, match=reason):
            write_output(tmp_path / name, b"x")
    with pytest.raises(FormatError, match="Bad file descriptor"):
        write_output("/dev/fd/999999", b"x")
    assert os.listdir(tmp_path) == ["loop"]
