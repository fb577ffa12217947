"""Every example in the README and in docs/ is run, in order, as a reader would."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from importlib import import_module
from itertools import chain
from pathlib import Path

import pytest
import warm
from conftest import need_module

import curator
from curator.cli.main import BROKEN_PIPE, INTERRUPTED
from curator.cli.verbs import GROUPS, load_verb, verb_names
from curator.errors import CuratorError, UnexpectedError, UsageError

ROOT = Path(__file__).resolve().parents[2]
HOW_TOS = sorted((ROOT / "docs" / "how-to").glob("*.md"))
ROLES = sorted((ROOT / "docs" / "roles").glob("*.md"))
EDITORS = sorted((ROOT / "docs" / "editors").glob("*.md"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *HOW_TOS, *ROLES, *EDITORS]
RUN = [page for page in PAGES if "```console" in page.read_text(encoding="utf-8")]
# On these, curator starts as a reader's does; on the others it has loaded everything before.
COLD = [ROOT / "README.md", ROOT / "docs" / "how-to" / "clones.md"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _commands(page: Path) -> list[tuple[str, str]]:
    """Return what a page's console blocks type, and what they show; ``…`` stands for anything."""
    found: list[tuple[str, str]] = []
    for block in BLOCK.findall(page.read_text(encoding="utf-8")):
        for line in block.splitlines(keepends=True):
            if line.startswith("$ "):
                found.append((line[2:].rstrip("\n"), ""))
            elif found[-1][0].endswith("\\"):
                found[-1] = (found[-1][0][:-1] + line.strip(), "")
            else:
                found[-1] = (found[-1][0], found[-1][1] + line)
    return found


@pytest.mark.parametrize("page", RUN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_examples_do_what_the_page_shows(page, tmp_path):
    before = [] if page in COLD else [warm.search_path()]
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([*before, str(Path(sys.executable).parent), os.environ["PATH"]]),
        "COLUMNS": "80",
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "init.defaultBranch",
        "GIT_CONFIG_VALUE_0": "main",
    }
    folder = tmp_path
    for command, shown in _commands(page):
        if command.startswith("make "):
            continue  # what runs these tests
        if command.startswith("cd "):
            folder = folder / command[3:]
            continue
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )
        printed = done.stdout + done.stderr
        assert "Traceback" not in printed
        wanted = shown.replace("…", "...")
        same = doctest.OutputChecker().check_output(
            wanted, printed, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        )
        assert same, f"$ {command}\n--- the page shows\n{shown}--- it printed\n{printed}"


def test_every_page_of_the_how_tos_shows_commands_and_stands_in_their_table():
    index = ROOT / "docs" / "how-to" / "index.md"
    table = set(re.findall(r"^\|.*\]\(([^)#]+)[^)]*\) \|$", index.read_text(encoding="utf-8"), re.MULTILINE))
    pages = set(HOW_TOS) - {index}
    assert {page.name for page in pages} == table
    assert pages <= set(RUN)


def _rows(page: str) -> list[list[str]]:
    """Return the cells of all tables of a page."""
    lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    return [re.split(r" (?<!\\)\| ", line.strip("| ")) for line in lines if line.startswith("| ")]


def test_pages_for_readers_are_one_screen_and_lead_on():
    for page in [ROOT / "README.md", *ROLES]:
        text = re.sub(r"<!--.*?-->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert len(text.splitlines()) <= 80, page
        assert len(re.findall(r"\]\([^)]+\.md", text)) >= 5, page


def test_table_of_verbs_has_every_verb_in_its_group():
    text = (ROOT / "docs" / "verbs.md").read_text(encoding="utf-8")
    sections = dict(part.split("\n", 1) for part in text.split("\n## ")[1:])
    assert list(sections) == list(GROUPS.values())
    for group, title in GROUPS.items():
        verbs = list(dict.fromkeys(re.findall(r"^\| `curator ([a-z]+)", sections[title], re.MULTILINE)))
        assert verbs == verb_names(group)


def test_every_exit_status_is_explained():
    first = [row[0] for row in _rows("exit-statuses.md")]
    statuses = {
        CuratorError.exit_status,
        UsageError.exit_status,
        UnexpectedError.exit_status,
        INTERRUPTED,
        BROKEN_PIPE,
    }
    kinds, seen = [CuratorError], set()
    while kinds:
        kind = kinds.pop()
        seen.add(kind.exit_status)
        kinds += kind.__subclasses__()
    assert {int(one) for one in first if one.isdigit()} == statuses | seen | {0, 1}
    explained = {one.strip("`") for one in first if one.startswith("`")}
    told = {
        name
        for name in verb_names()
        if re.search("exit status", f"{getattr(load_verb(name), 'DESCRIPTION', '')}", re.IGNORECASE)
    }
    assert explained == told


def test_example_in_python_runs(tmp_path):
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    example, get = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    make = (
        "curator init obs_mycam_data --camera myCam && cd obs_mycam_data && git add -A && git commit -m Begin"
    )
    environment = {**os.environ, "PATH": os.pathsep.join([warm.search_path(), os.environ["PATH"]])}
    subprocess.run(["bash", "-c", make], cwd=tmp_path, env=environment, check=True, capture_output=True)
    done = subprocess.run([warm.python(), "-c", example], cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == "['myCam/defects/s00/20200101T000000.ecsv']\n"
    need_module("lsst.daf.butler")
    publish = "curator ingest export butler:butler --label a --prefer --create"
    subprocess.run(["bash", "-c", publish], cwd=tmp_path, env=environment, check=True, capture_output=True)
    done = subprocess.run([warm.python(), "-c", get], cwd=tmp_path, capture_output=True, text=True)
    assert done.stderr == ""
    assert done.stdout == "Crosstalk (2, 2)\n"


ADA = {"NAME": "Ada Editor", "EMAIL": "ada@example.org"}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder with the repository and the registry that examples in Python open."""
    folder = tmp_path_factory.mktemp("python")
    make = (
        "curator init obs_mycam_data --camera myCam && cd obs_mycam_data && git add -A && git commit -m Begin"
        " && curator export ../export"
        " && curator ingest ../export gen2:../registry --label 2025.1 --prefer --create"
    )
    # It is made before the surroundings of a test are.
    who = {f"GIT_{role}_{what}": name for role in ("AUTHOR", "COMMITTER") for what, name in ADA.items()}
    path = os.pathsep.join([warm.search_path(), os.environ["PATH"]])
    environment = {**os.environ, **who, "HOME": str(folder), "PATH": path, "GIT_CONFIG_NOSYSTEM": "1"}
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        environment.pop(name, None)
    subprocess.run(["bash", "-c", make], cwd=folder, env=environment, check=True, capture_output=True)
    return folder


def _run_examples(text, name, names, folder, monkeypatch):
    """Run the examples of a prompt of Python; a name that they set stays."""
    monkeypatch.chdir(folder)
    printed = []
    examples = doctest.DocTestParser().get_doctest(text.replace("…", "..."), names, name, name, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(examples, out=printed.append, clear_globs=False)
    assert not runner.failures, "".join(printed)
    return runner.tries


def test_examples_of_a_prompt_of_python_show_what_the_page_shows(prepared, tmp_path, monkeypatch):
    folder = shutil.copytree(prepared, tmp_path / "copy")
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    assert _run_examples("\n".join(blocks), "python.md", {}, folder, monkeypatch) > 20


API = sorted(path.stem for path in (ROOT / "curator" / "api").glob("[a-z]*.py"))


@pytest.mark.parametrize("module", API)
def test_examples_of_docstrings_run(module, prepared, monkeypatch):
    found = import_module(f"curator.api.{module}")
    monkeypatch.chdir(prepared)
    repo = curator.open("obs_mycam_data")
    for one in doctest.DocTestFinder(exclude_empty=True).find(found, module):
        _run_examples(
            one.docstring, one.name, {**vars(found), "repo": repo, "curator": curator}, prepared, monkeypatch
        )


def test_every_public_name_stands_on_the_page():
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    told = [f"curator.{name}" if name[0].islower() else name for name in curator.__all__ if name[0] != "_"]
    assert [name for name in told if name not in page] == []
    kinds = [getattr(curator, name) for name in curator.__all__ if isinstance(getattr(curator, name), type)]
    questions = {
        name
        for kind in kinds
        if kind.__module__.startswith("curator.api.")
        for name in dir(kind)
        if name[0] != "_" and name not in dir(Sequence) and callable(getattr(kind, name))
    }
    assert questions > {"calibrations", "select", "why", "check", "diff", "coverage", "holdings", "at"}
    assert [name for name in sorted(questions) if f"{name}(" not in page and f"`{name}`" not in page] == []


def test_findings_of_the_readme_are_found_in_the_real_repository(real, tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    shutil.copytree(real / "obs_lsst_data", tmp_path / "obs_lsst_data")
    copy = "git init -q && git add -A && git commit -q -m Copy"
    command = f"{copy} && curator adopt && COLUMNS=300 curator check --verbose"
    environment = {**os.environ, "PATH": os.pathsep.join([warm.search_path(), os.environ["PATH"]])}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path / "obs_lsst_data",
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    printed = " ".join(done.stdout.split())
    assert [line for line in shown.splitlines() if " ".join(line.split()) not in printed] == []


def test_every_dependency_is_explained():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"], *chain(*extras)]
    names = {re.match(r"[A-Za-z0-9.-]+", one).group() for one in wanted} - {project["project"]["name"]}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    assert [name for name in sorted(names) if name.lower() not in page] == []
    parts = set(re.findall(r"^\| [^|`]+, `([a-z_/.]+)` \|", page, re.MULTILINE))
    assert len(parts) > 10
    assert [part for part in sorted(parts) if not (ROOT / "curator" / part).exists()] == []


def test_links_between_pages_lead_somewhere():
    pages = [*PAGES, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs" / "rules").glob("*.md"))]
    missing = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert not missing


def test_links_into_pages_name_a_heading():
    def anchors(page: Path) -> set[str]:
        headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}

    missing = [
        f"{page.relative_to(ROOT)}: {link}#{anchor}"
        for page in PAGES
        for link, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8"))
        if anchor not in anchors(page.parent / link if link else page)
    ]
    assert not missing
