"""What the pages for editors show works."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import warm

from .conftest import DEFECTS

PAGES = Path(__file__).parents[2] / "docs" / "editors"


def block(page: str, language: str) -> str:
    (found,) = re.findall(
        rf"^```{language}\n(.*?)^```$", (PAGES / page).read_text(), re.MULTILINE | re.DOTALL
    )
    return str(found)


def test_the_task_finds_what_check_prints(repository: Path) -> None:
    (task,) = json.loads(block("vscode.md", "json"))["tasks"]
    pattern = task["problemMatcher"]["pattern"]
    file = repository / DEFECTS
    file.write_text(file.read_text().replace("1022 8 2 4088", "2040 8 20 4088"))
    program, *words = task["command"].split()
    assert program == "curator"
    done = subprocess.run(
        [warm.python(), "-m", "curator", *words], cwd=repository, capture_output=True, text=True
    )
    found = [hit for line in done.stdout.splitlines() if (hit := re.match(pattern["regexp"], line))]
    (one,) = found
    assert one[pattern["file"]] == DEFECTS
    assert (one[pattern["line"]], one[pattern["column"]], one[pattern["code"]]) == ("27", "8", "CUR301")


def test_the_settings_are_those_that_are_printed(tmp_path: Path) -> None:
    command, _, shown = block("vscode.md", "console").partition("\n")
    done = subprocess.run(
        [warm.python(), "-m", *command.removeprefix("$ ").split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith(shown.partition("…")[0])
    settings = json.loads(done.stdout)
    assert all((tmp_path / file).is_file() for file in settings["yaml.schemas"])
