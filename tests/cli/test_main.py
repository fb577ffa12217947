"""The door, as a user meets it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import types
from collections.abc import Callable
from pathlib import Path

import pytest

from curator.cli import verbs
from curator.cli.main import main
from curator.cli.terminal.helps import build_parser
from curator.cli.verbs import summary_of, verb_names
from curator.errors import RepositoryError


@pytest.fixture
def verb(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[..., int]], None]:
    """Return a function that puts a verb called ``probe`` behind the door."""

    def install(run: Callable[..., int]) -> None:
        module = types.ModuleType("probe_verb", "Probe.")
        module.EXAMPLES = "curator probe"  # type: ignore[attr-defined]
        module.add_arguments = lambda parser: parser.add_argument("words", nargs="*")  # type: ignore[attr-defined]
        module.run = run  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "probe_verb", module)
        monkeypatch.setitem(verbs._modules("check"), "probe", "probe_verb")

    return install


def fails(error: BaseException) -> Callable[..., int]:
    def run(args: object) -> int:
        raise error

    return run


def test_alone_it_lists_every_verb_within_eighty_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    for name in verb_names():
        assert f"  {name} " in text
        assert summary_of(name) in text


@pytest.mark.parametrize("name", verb_names())
def test_every_verbs_help_fits_a_terminal_and_ends_with_command_lines_that_can_be_typed(
    name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert "SUPPRESS" not in text
    _, _, examples = text.partition("\nexamples:\n")
    lines = examples.replace("\\\n", "").splitlines()
    assert lines
    for line in lines:
        words = shlex.split(re.split("[|>;]", line)[0], comments=True)
        assert words.pop(0) == "curator"
        if words[0] == "-C":
            words = words[2:]
        build_parser(words[0]).parse_args(words[1:])


def test_help_says_what_an_option_is_where_it_is_not_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["select", "--help"]) == 0
    assert "time scale of the dates (default: utc)" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_is_the_same_table(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    assert "usage: curator [-C REPO] VERB" in capsys.readouterr().out


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    from curator import __version__

    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"curator {__version__}\n"


def test_a_mistyped_verb_gets_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chekc"]) == 2
    assert "did you mean `curator check`?" in capsys.readouterr().err


def test_an_unknown_option_before_the_verb_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--strict", "check"]) == 2
    assert "unknown option --strict" in capsys.readouterr().err


def test_directories_add_up_as_gits_do_and_the_process_returns(
    verb: Callable[[Callable[..., int]], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    seen = []

    def run(args: object) -> int:
        seen.append(Path.cwd())
        return 0

    verb(run)
    for words in (
        ["-C", "a", "-C", "b", "probe"],
        ["-Ca", "probe", "-C", "b"],
        ["-C", "", "probe", "-C", "a/b"],
    ):
        assert main(words) == 0
    assert seen == [tmp_path / "a" / "b"] * 3
    assert Path.cwd() == tmp_path


def test_a_directory_that_is_not_there_is_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["-C", str(tmp_path / "gone"), "check"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_expected_error_is_one_line_with_its_hint(
    verb: Callable[[Callable[..., int]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    verb(fails(RepositoryError("bad\x1b[2Jname", path="a", line=3, hint="fix it")))
    assert main(["probe"]) == 2
    assert capsys.readouterr().err == "curator: a:3: bad\\x1b[2Jname\n  hint: fix it\n"


def test_an_interrupted_command_says_so(
    verb: Callable[[Callable[..., int]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    verb(fails(KeyboardInterrupt()))
    assert main(["probe"]) == 130
    assert capsys.readouterr().err == "curator: interrupted\n"


def test_a_full_disk_is_one_line(
    verb: Callable[[Callable[..., int]], None], capsys: pytest.CaptureFixture[str]
) -> None:
    verb(fails(OSError(28, "No space left on device", "out/a.fits")))
    assert main(["probe"]) == 2
    assert capsys.readouterr().err == "curator: out/a.fits: No space left on device\n"


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", [["--version"], ["rule"]])
def test_a_full_standard_output_is_named(words: list[str], unbuffered: str) -> None:
    code = f"from curator.cli.main import command; import sys; sys.argv[1:] = {words}; command()"
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
        assert done.stderr == "curator: standard output: No space left on device\n"
        assert done.returncode == 2
        words = [sys.executable, "-c", code.replace("['", "['nothing', '")]
        assert subprocess.run(words, stdout=full, stderr=full).returncode == 2


def test_closed_streams_are_no_bug() -> None:
    code = "from curator.cli.main import command; import sys; sys.argv[1:] = ['rule']; command()"
    words = ["sh", "-c", '"$@" >&- 2>&-', "sh", sys.executable, "-c", code]
    assert subprocess.run(words).returncode == 0


def test_a_bug_leaves_a_log_without_secrets_and_no_traceback(
    verb: Callable[[Callable[..., int]], None],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    verb(fails(ZeroDivisionError("postgresql://me:secret@host/db")))
    assert main(["probe", "postgresql://me:secret@host/db"]) == 3
    shown = capsys.readouterr().err
    [log] = (tmp_path / "curator").iterdir()
    assert str(log) in shown
    assert "Traceback" not in shown
    kept = log.read_text()
    assert "ZeroDivisionError" in kept
    assert "command: curator probe" in kept
    assert "secret" not in kept


def test_where_no_log_can_be_kept_in_the_state_folder_the_temporary_one_serves(
    verb: Callable[[Callable[..., int]], None],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    verb(fails(ZeroDivisionError()))
    assert main(["probe"]) == 3
    log = capsys.readouterr().err.rsplit(" ", 1)[1].strip()
    assert "ZeroDivisionError" in Path(log).read_text()
    os.unlink(log)


def test_a_reader_that_leaves_is_no_error() -> None:
    code = "import sys; from curator.cli.main import main; sys.exit(main([]))"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", code], stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141
