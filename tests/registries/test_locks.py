from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from curator.registries.errors import UnusableRegistryError
from curator.registries.folder_lock import LOCK, locked

HOLD = """
import sys, time
from curator.registries.folder_lock import locked
with locked(sys.argv[1], 0, print):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path):
    """A process that holds the lock of ``tmp_path``."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_one_waits_for_another_and_says_so_once(tmp_path, holder):
    told = []
    with (
        pytest.raises(UnusableRegistryError, match=r"did not finish within 0.5 s") as caught,
        locked(str(tmp_path), 0.5, told.append),
    ):
        pytest.fail("two at once")
    assert len(told) == 1
    assert str(tmp_path) in told[0]
    assert caught.value.exit_status == 2


def test_the_lock_of_a_killed_process_is_free(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    with locked(str(tmp_path), 10, lambda _: None):
        assert (tmp_path / LOCK).exists()


def test_a_lock_can_be_taken_again(tmp_path):
    for _ in range(2):
        with locked(str(tmp_path), 0, pytest.fail):
            pass


def test_a_lock_that_is_a_symlink_is_refused(tmp_path):
    (tmp_path / "elsewhere").write_text("")
    (tmp_path / LOCK).symlink_to(tmp_path / "elsewhere")
    with (
        pytest.raises(UnusableRegistryError, match="cannot be written"),
        locked(str(tmp_path), 0, pytest.fail),
    ):
        pytest.fail("locked a symlink")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused_in_one_line(tmp_path):
    tmp_path.chmod(0o555)
    with (
        pytest.raises(UnusableRegistryError, match="cannot be written"),
        locked(str(tmp_path), 0, pytest.fail),
    ):
        pytest.fail("locked")


def test_a_lock_whose_file_was_removed_is_taken_anew(tmp_path, holder):
    """As by one who made no registry in the end: two who come after must not both have it."""
    told = []

    def removed(text):
        told.append(text)
        (tmp_path / LOCK).unlink()
        holder.kill()

    with locked(str(tmp_path), 20, removed):
        assert told
        assert (tmp_path / LOCK).exists()
        with (
            pytest.raises(UnusableRegistryError, match="did not finish"),
            locked(str(tmp_path), 0, pytest.fail),
        ):
            pytest.fail("two at once")
