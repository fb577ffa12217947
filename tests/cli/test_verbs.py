"""A verb is added by one module, and nothing else is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    ask = said("--help").partition("Ask which one applies")[2].partition("\n\n")[0].splitlines()
    assert ask[-1] == "  words       Count the words of a sentence"
    text = said("words", "--help")
    assert "Count the words of a sentence." in text
    assert text.endswith("examples:\n  curator words one two\n")
    assert "words" in said("__complete", "bash", "wor")
