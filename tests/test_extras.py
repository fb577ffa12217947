"""A missing package is answered with a command that works from where curator was installed."""

from __future__ import annotations

import shlex
import subprocess
import sys

import pytest

from curator.extras import _command, _direct_url, install_command, missing


@pytest.mark.parametrize(
    ("noted", "words"),
    [
        ({}, ["pip", "install", "obs-curator[plot]"]),
        ({"url": "file:///home/ada/my%20curator"}, ["pip", "install", "/home/ada/my curator[plot]"]),
        (
            {"url": "file:///src/curator", "dir_info": {"editable": True}},
            ["pip", "install", "--editable", "/src/curator[plot]"],
        ),
        (
            {"url": "https://git.example/a/curator", "vcs_info": {"vcs": "git", "commit_id": "1" * 40}},
            ["pip", "install", f"obs-curator[plot] @ git+https://git.example/a/curator@{'1' * 40}"],
        ),
        ({"url": "https://[bad"}, ["pip", "install", "obs-curator[plot]"]),
        ({"url": 3, "vcs_info": 4}, ["pip", "install", "obs-curator[plot]"]),
    ],
)
def test_the_command_installs_from_where_curator_came(noted: dict[str, object], words: list[str]) -> None:
    assert shlex.split(_command(noted, "plot")) == words


def test_a_password_in_the_address_is_not_shown() -> None:
    noted = {
        "url": "https://ada:s3cret@git.example:8443/a/curator",
        "vcs_info": {"vcs": "git", "commit_id": "1" * 40},
    }
    command = _command(noted, "butler")
    assert "s3cret" not in command
    assert "ada" not in command
    assert "https://git.example:8443/a/curator" in command


def test_the_sentence_names_what_needs_it_and_the_command() -> None:
    message, hint = missing("a picture", "matplotlib", "plot")
    assert message == "a picture needs matplotlib, which is not installed"
    assert hint == f"install it with: {install_command('plot')}"


def test_the_origin_is_the_one_that_the_standard_library_finds() -> None:
    from importlib.metadata import distribution

    assert _direct_url() == (distribution("obs-curator").read_text("direct_url.json") or "")


def test_a_missing_extra_is_said_without_the_packages_of_the_standard_library_that_are_slow() -> None:
    code = "import sys; sys.modules['pygls'] = None; from curator.cli.main import main; main(['lsp']); "
    code += "print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "the language server needs pygls" in done.stderr
    assert not {"importlib.metadata", "asyncio", "email", "numpy", "astropy"} & set(done.stdout.split())
