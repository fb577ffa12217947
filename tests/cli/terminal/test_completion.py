"""Completion, as three shells ask for it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest
import warm
from conftest import need

from curator.calibrations.types.types import all_types
from curator.checks.model.rule import all_rules
from curator.cli.main import main
from curator.cli.start.completion import SHELLS
from curator.cli.terminal.completing import answer, unquoted
from curator.cli.verbs import verb_names

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
# A name that a shell must never run, and one with blanks.
HOSTILE = "$(touch pwned)`touch pwned`;touch pwned"
SPACED = "g DECam SDSS c0001"


def typed(line: str) -> list[str]:
    return [value for value, _ in answer(line.split(" ")).values if value.startswith(line.split(" ")[-1])]


@pytest.fixture
def here(repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(repository)
    for words in (["branch", "-M", "main"], ["branch", "summer/first"], ["tag", "v1"]):
        subprocess.run(["git", *words], check=True)
    subprocess.run(["git", "pack-refs", "--all"], check=True)
    subprocess.run(["git", "tag", "v2"], check=True)
    for name in ("night.csv", "night.fits", "cover.svg", "overrides.yaml"):
        (repository / name).touch()
    return repository


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("ver", ["verify"]),
        ("help ver", ["verify"]),
        ("--v", ["--version"]),
        ("nothing ", []),
        ("new transmission_f", ["transmission_filter", "transmission_filter_detector"]),
        ("new defects --det", ["--detector"]),
        ("new defects --detector ", ["S00", "S01", "S10", "S11"]),
        ("new defects --detector=S1", ["--detector=S10", "--detector=S11"]),
        ("new --detector S00 def", ["defects"]),
        ("new transmission_filter --filter ", ["g_01", "r_01", "i_01"]),
        ("new defects --camera ", ["ExampleCam"]),
        ("new defects --camera Other --detector ", []),
        ("new defects --start ", []),
        ("init --camera ", []),
        ("adopt --profile ", ["dmtn148", "obs_base"]),
        ("check --format j", ["json"]),
        ("check --rev HEAD --st", ["--staged", "--strict", "--statistics"]),
        ("check --rev ", ["HEAD", "main", "summer/first", "v1", "v2"]),
        ("impact v1..ma", ["v1..main"]),
        ("rule CUR301", ["CUR301"]),
        ("check --select CUR1,CUR301", ["CUR1,CUR301"]),
        ("new --supersede Ex", ["ExampleCam/"]),
        ("new --supersede ExampleCam/defects/s00/", [DEFECTS]),
        ("check ExampleCam/defects/", ["ExampleCam/defects/s00/"]),
        ("check -- ExampleCam/defects/", ["ExampleCam/defects/s00/"]),
        ("verify ExampleCam/defects/s00/", []),
        ("export out ExampleCam/defects/s00/", [DEFECTS]),
        ("-C ExampleCam check defects/s", ["defects/s00/"]),
        ("-C Ex", ["ExampleCam/"]),
        ("holdings ", ["butler:", "gen2:"]),
        ("ingest ExampleCam gen2:Ex", ["gen2:ExampleCam/"]),
        ("select --registry butler:ExampleCam/defe", ["butler:ExampleCam/defects/"]),
        ("select --output ni", ["night.csv", "night.fits"]),
        ("select --output=ni", ["--output=night.csv", "--output=night.fits"]),
        ("select --exposures n", ["night.csv"]),
        ("select --overrides ov", ["overrides.yaml"]),
        ("uses ExampleCam/defects/s00/", [DEFECTS]),
        ("uses --headers ni", ["night.fits"]),
        ("uses --pixel 1,2 --detector S0", ["S00", "S01"]),
        ("coverage --picture ", ["ExampleCam/", "cover.svg"]),
        ("plan --output ni", ["night.csv", "night.fits"]),
        ("check --output sa", ["sarif="]),
        ("check --output sarif=ni", ["sarif=night.csv", "sarif=night.fits"]),
        ("schema o", ["overrides"]),
        ("completion ", list(SHELLS)),
    ],
)
def test_what_may_follow_is_known(here: Path, line: str, values: list[str]) -> None:
    assert typed(line) == values


def test_an_option_is_offered_once_unless_it_may_be_given_again(here: Path) -> None:
    assert "--strict" not in typed("check --strict --")
    assert "--select" in typed("check --select CUR3 --")


@pytest.mark.parametrize("verb", verb_names())
def test_every_option_of_every_verb_is_offered(here: Path, verb: str) -> None:
    from curator.cli.terminal.helps import build_parser

    offered = typed(f"{verb} -")
    for action in build_parser(verb)._actions:
        if action.option_strings:
            assert max(action.option_strings, key=len) in offered


def test_every_type_and_rule_is_offered(here: Path) -> None:
    assert typed("new ") == [one.name for one in all_types()]
    assert typed("rule ") == [one.code for one in all_rules()]


def test_a_quote_that_is_still_open_is_understood() -> None:
    assert [unquoted(one) for one in ('"g D', "'g D'", r"g\ D", "g\\", r'"a\"b', r"'a\b'")] == [
        "g D",
        "g D",
        "g D",
        "g",
        'a"b',
        r"a\b",
    ]


def test_outside_a_repository_and_in_a_broken_one_nothing_is_said(
    here: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "curator.yaml").write_text("cameras: [")
    for folder in (here, tmp_path):
        assert main(["__complete", "zsh", "-C", str(folder), "new", "--detector", ""]) == 0
    assert main(["__complete"]) == main(["__complete", "bash"]) == 0
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "")


def test_nothing_of_the_repository_is_run(here: Path, tmp_path: Path) -> None:
    trap = tmp_path / "bin" / "git"
    trap.parent.mkdir()
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/git-was-run\n")
    trap.chmod(0o755)
    done = subprocess.run(
        [warm.python(), "-m", "curator", "__complete", "zsh", "new", "--detector", ""],
        env={**os.environ, "PATH": f"{trap.parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "plain\nS00\tid 0\nS01\tid 1\nS10\tid 2\nS11\tid 3\n"
    assert not (tmp_path / "git-was-run").exists()


def test_completing_loads_nothing_heavy(here: Path) -> None:
    code = (
        "import sys; from curator.cli.main import main\n"
        "main(['__complete', 'zsh', 'new', '--detector', ''])\n"
        "heavy = {'numpy', 'astropy', 'git', 'jsonschema', 'subprocess'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_the_shell_can_read(
    shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = need(shell)
    assert main(["completion", shell]) == 0
    script = tmp_path / "script"
    script.write_text(capsys.readouterr().out)
    done = subprocess.run([program, "-n", str(script)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_help_says_where_each_script_belongs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "--help"]) == 0
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80
    for place in (
        "bash-completion/completions/curator",
        "~/.zfunc/_curator",
        "fish/completions/curator.fish",
    ):
        assert place in text


class Terminal:
    """A shell at work on a terminal, with the script of its completion read."""

    def __init__(self, shell: str, folder: Path) -> None:
        program = need(shell)
        first = {
            "bash": [program, "--norc", "--noprofile", "-i"],
            "zsh": [program, "-f", "-i"],
            "fish": [program, "--no-config", "-i"],
        }[shell]
        bin_folder = folder.parent / "bin"
        bin_folder.mkdir(exist_ok=True)
        (bin_folder / "curator").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m curator "$@"\n')
        (bin_folder / "curator").chmod(0o755)
        environment = {
            **os.environ,
            "PATH": f"{bin_folder}:{os.environ['PATH']}",
            "TERM": "xterm",
            "PS1": "ready> ",
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "200",
            "INPUTRC": "/dev/null",
        }
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(program, first, environment)
        begin = {
            "bash": "bind 'set bell-style none'; source <(curator completion bash)",
            "zsh": "PS1='ready> '; autoload -U compinit; compinit -u -D; unsetopt beep;"
            " source =(curator completion zsh)",
            "fish": "curator completion fish | source",
        }[shell]
        self.run(begin)

    def run(self, line: str) -> str:
        """Type a line and return what was printed until an echo that follows it."""
        mark = f"mark{time.monotonic_ns()}"
        os.write(self.fd, f"{line}\n".encode())
        os.write(self.fd, f"echo {mark[:4]}''{mark[4:]}\n".encode())
        return self._until(mark)

    def _until(self, mark: str) -> str:
        text = b""
        end = time.monotonic() + 60
        while mark.encode() not in text and time.monotonic() < end:
            if select.select([self.fd], [], [], 0.2)[0]:
                text += os.read(self.fd, 65536)
        assert mark.encode() in text, text.decode("utf-8", "replace")
        return text.decode("utf-8", "replace")

    def close(self) -> None:
        os.close(self.fd)
        os.waitpid(self.pid, 0)


@pytest.mark.parametrize("shell", SHELLS)
def test_a_tab_completes_at_a_real_prompt_and_runs_nothing(shell: str, repository: Path) -> None:
    camera = repository / "ExampleCam/camera/20200101T000000.yaml"
    text = camera.read_text()
    camera.write_text(text.replace('"S11"', f'"{HOSTILE}"').replace('"r_01"', f'"{SPACED}"'))
    terminal = Terminal(shell, repository)
    try:
        # What is completed becomes the arguments of `curator new`, whose words say which they were.
        terminal.run("curator new def\t--det\tS01 --sta\t2025-04-30T12:00:00")
        assert (repository / "ExampleCam/defects/s01/20250430T120000.ecsv").is_file()
        terminal.run("curator new transmission_filter --filter g\\ D\t--start 2025-04-30T12:00:00")
        terminal.run("curator new defects --detector '$\t --start 2025-04-30T12:00:00")
        terminal.run("curator new defects --detector \\$\t --start 2025-05-01T12:00:00")
        hostile = repository / "ExampleCam/defects" / HOSTILE.lower()
        assert sorted(one.stem for one in hostile.iterdir()) == ["20250430T120000", "20250501T120000"]
        folder = repository / "ExampleCam/transmission_filter/g_decam_sdss_c0001"
        assert (folder / "20250430T120000.ecsv").is_file()
        terminal.run("curator new --supersede Exa\tdefects/s01/\t --start 2026-04-30T12:00:00")
        assert (repository / "ExampleCam/defects/s01/20260430T120000.ecsv").is_file()
    finally:
        terminal.close()
    assert not (repository / "pwned").exists()
