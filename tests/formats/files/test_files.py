"""Files are read within bounds, through no link, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from curator.errors import FormatError
from curator.formats.files.bounded_io import read_bounded, write_atomic
from curator.formats.read import read_document


def refused(path: Path, limit: int = 100) -> str:
    with pytest.raises(FormatError) as caught:
        read_bounded(path, limit)
    assert caught.value.path == str(path)
    return caught.value.code


def test_only_regular_files_of_bounded_size_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"x" * 100)
    assert read_bounded(file, 100) == b"x" * 100
    assert refused(file, 99) == "CUR002"
    (tmp_path / "link").symlink_to(file)
    assert refused(tmp_path / "link") == "CUR013"
    assert refused(tmp_path) == "CUR013"
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == "CUR013"
    assert refused(tmp_path / "absent") == "CUR001"
    assert refused(tmp_path / "nul\0byte") == "CUR001"


def test_a_file_that_claims_no_size_is_read_within_its_bound() -> None:
    with pytest.raises(FormatError, match="larger than the 10"):
        read_bounded("/proc/self/status", 10)


def test_writing_replaces_the_whole_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "a"
    write_atomic(file, b"one")
    assert file.read_bytes() == b"one"
    assert stat.S_IMODE(file.stat().st_mode) == 0o666 & ~current_umask()
    file.chmod(0o640)
    write_atomic(str(file), b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a"]


def test_writing_over_a_link_replaces_the_link(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_bytes(b"kept")
    (tmp_path / "link").symlink_to(target)
    write_atomic(tmp_path / "link", b"new")
    assert target.read_bytes() == b"kept"
    assert not (tmp_path / "link").is_symlink()


def test_what_cannot_be_written_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="No such file or directory"):
        write_atomic(tmp_path / "absent" / "a", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(FormatError, match="cannot be written"):
        write_atomic(tmp_path / "folder", b"x")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    import subprocess
    import sys

    file = tmp_path / "a"
    file.write_bytes(b"old")
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from curator.errors import FormatError\n"
        "from curator.formats.files.bounded_io import write_atomic\n"
        "try:\n    write_atomic(sys.argv[1], b'x' * 5000)\n"
        "except FormatError as error:\n    print(error.message)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(file)], capture_output=True, text=True, check=True
    )
    assert "File too large" in run.stdout
    assert file.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_a_document_is_read_by_its_suffix() -> None:
    with pytest.raises(FormatError, match=r"neither \.ecsv nor \.yaml"):
        read_document("a.txt", b"")
    assert read_document("a.yml", b"a: 1\n").header == {"a": 1}


def current_umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
