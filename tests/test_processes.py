"""Workers do not outlive the process that started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

STARTER = """\
import os, time
from curator.processes import worker_pool

if __name__ == "__main__":
    pool = worker_pool(2)
    work = [pool.submit(time.sleep, {seconds}) for _ in range(40)]
    while len(pool._processes) < 2 or not any(one.running() for one in work):
        time.sleep(0.01)
    print(*pool._processes, flush=True)
    time.sleep(600)
"""


@pytest.mark.parametrize("seconds", [0, 0.01, 600], ids=["idle", "busy", "stuck"])
def test_workers_end_when_their_parent_is_killed(tmp_path: Path, seconds: float) -> None:
    script = tmp_path / "starter.py"
    script.write_text(STARTER.format(seconds=seconds))
    parent = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    workers = [int(word) for word in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    end = time.monotonic() + 60
    while any(map(_is_there, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(_is_there, workers))


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # there is no /proc here, or it ended just now
        return Path("/proc/self").exists() is False
    return state != "Z"  # nobody may be there to ask for the status of one that has ended
