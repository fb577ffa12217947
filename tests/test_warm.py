"""A program that starts warm behaves as one that Python itself starts."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import warm
from conftest import need_module

PROGRAMS = {
    "output": "print('out'); import sys; print('err', file=sys.stderr)",
    "input": "import sys; print(sys.stdin.read().upper())",
    "arguments": "import sys; print(sys.argv)",
    "folder": "import os; print(os.getcwd(), sorted(os.listdir()))",
    "environment": "import os; print(os.environ['HOME'], os.environ.get('COLUMNS'))",
    "status": "raise SystemExit(7)",
    "words as status": "raise SystemExit('no')",
    "at exit": "import atexit; atexit.register(print, 'last')",
    "forks": "import os; os.fork() or os._exit(0); os.wait(); print('parent')",
    "killed": "import os; os.kill(os.getpid(), 9)",
    "threads": "import threading; threading.Timer(0.1, print, ('late',)).start()",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_a_warm_program_does_what_a_cold_one_does(program: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cold, hot = (
        subprocess.run(
            [python, "-c", program, "ä", ""], input="text", capture_output=True, text=True, cwd=tmp_path
        )
        for python in (sys.executable, warm.python())
    )
    assert (hot.returncode, hot.stdout, hot.stderr) == (cold.returncode, cold.stdout, cold.stderr)


def test_a_file_runs_with_its_folder_on_the_path(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("WORD = 'found'\n")
    (tmp_path / "program.py").write_text("import beside, sys\nprint(beside.WORD, sys.argv[1:])\n")
    done = subprocess.run([warm.python(), tmp_path / "program.py", "a"], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("found ['a']\n", "")


def test_a_mistake_is_a_traceback_and_status_1() -> None:
    done = subprocess.run([warm.python(), "-c", "1 / 0"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_a_copied_empty_butler_is_the_one_that_is_made(tmp_path: Path) -> None:
    need_module("lsst.daf.butler")
    from lsst.daf.butler import Butler

    program = """
import sys
from lsst.daf.butler import Butler
from curator.registries.registry import open_registry

with open_registry(f"butler:{sys.argv[1]}", "write"):
    Butler.makeRepo(sys.argv[2])
with Butler.from_config(sys.argv[2]) as butler:
    Butler.makeRepo(sys.argv[3], dimensionConfig=butler.dimensions.dimensionConfig)
"""
    for name, python in (("made", sys.executable), ("copied", warm.python())):
        (tmp_path / name).mkdir()
        places = [tmp_path / name / part for part in ("ours", "default", "given")]
        subprocess.run([python, "-c", program, *places], check=True)

    def content(name: str) -> dict[str, str | bytes | list[str]]:
        return {
            str(path.relative_to(tmp_path / name)): tables(path)
            if path.suffix == ".sqlite3"
            else path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }

    assert content("copied") == content("made")
    assert len(content("made")) == 7
    copied = Butler.from_config(str(tmp_path / "copied" / "given"), writeable=True)
    copied.collections.register("one")
    assert list(copied.collections.query("*")) == ["one"]
    copied.close()


def tables(path: Path) -> list[str]:
    """Return all that a database holds, as statements; Butlers make the tables in no certain order."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.iterdump())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_the_program_ends_with_its_caller(number: signal.Signals) -> None:
    code = "import os; print(os.getpid(), flush=True); input()"
    with subprocess.Popen(
        [warm.python(), "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as caller:
        assert caller.stdout is not None
        assert int(caller.stdout.readline()) != caller.pid
        caller.send_signal(number)
        assert caller.wait(30) == -number
        assert caller.stdout.read() == ""  # nobody holds the other end any more


def test_options_of_python_are_left_to_python() -> None:
    done = subprocess.run(
        [warm.python(), "-S", "-c", "import sys; print(sys.flags.no_site, 'numpy' in sys.modules)"],
        capture_output=True,
        text=True,
    )
    assert done.stdout == "1 False\n"
