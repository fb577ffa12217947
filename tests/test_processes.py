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


def test_workers_run_no_module_of_the_repository_they_look_at(tmp_path: Path) -> None:
    """A stranger's `multiprocessing.py` at the root of what is checked out stays a file."""
    marker = tmp_path / "ran"
    for name in ("multiprocessing", "concurrent", "threading"):
        (tmp_path / f"{name}.py").write_text(f"open({str(marker)!r}, 'w').close()\nraise SystemExit(1)\n")
    program = (
        "import os\n"
        "from curator.processes import worker_pool\n"
        "if __name__ == '__main__':\n"
        f"    os.chdir({str(tmp_path)!r})\n"
        "    with worker_pool(2) as pool:\n"
        "        print(sum(pool.map(abs, [-1, 2])))\n"
    )
    script = tmp_path.parent / f"{tmp_path.name}-program.py"
    script.write_text(program)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"}
    done = subprocess.run(
        [sys.executable, str(script)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "3\n"), done.stderr
    assert not marker.exists()
