"""A verb is added by one module, and nothing else is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from curator.cli.verbs import load_verb, summary_of, verb_names

ROOT = Path(__file__).resolve().parents[2]
VERB = '''"""Count the words of a sentence."""

EXAMPLES = "curator words one two"


def add_arguments(parser):
    parser.add_argument("words", nargs="*", help="the sentence")


def run(args):
    print(len(args.words))
    return 0
'''


def test_one_module_adds_a_verb(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "curator", tmp_path / "curator", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "curator/cli/ask/words.py").write_text(VERB)

    def said(*words: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "curator", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    assert said("words", "one", "two") == "2\n"
    ask = said("--help").partition("Find out which calibration applies")[2].partition("\n\n")[0].splitlines()
    assert ask[-1] == "  words       Count the words of a sentence"
    text = said("words", "--help")
    assert "Count the words of a sentence." in text
    assert text.endswith("examples:\n  curator words one two\n")
    assert "words" in said("__complete", "bash", "wor")


@pytest.mark.parametrize("words", ["", "--help", "chekc", "view", "qqqqqq"])
def test_help_and_suggestions_load_no_verb_and_no_package(words: str) -> None:
    code = "import sys; from curator.cli.main import main; main(sys.argv[1:]); "
    code += "print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, text=True)
    loaded = {name for name in done.stderr.splitlines()[-1].split() if name.startswith("curator")}
    allowed = {"errors", "name_lookup", "cli.main", "cli.verbs", "cli.synonyms", "cli.terminal"}
    allowed |= {
        "cli.terminal.console",
        "cli.terminal.layout",
        "cli.terminal.width",
        "cli",
        "formats",
        "formats.files",
    }
    assert loaded <= {
        "curator",
        "curator.formats.files.terminal_escape",
        *(f"curator.{one}" for one in allowed),
    }
    heavy = {"argparse", "numpy", "astropy", "yaml", "git", "jsonschema", "json", "subprocess"}
    assert not heavy & set(done.stderr.split())


@pytest.mark.parametrize("name", verb_names())
def test_a_summary_is_the_first_line_of_the_verbs_docstring(name: str) -> None:
    module = load_verb(name)
    assert module is not None
    assert module.__doc__ is not None
    assert summary_of(name) == module.__doc__.partition("\n")[0].rstrip(".")
