"""Find the verbs: each one is a module in the folder of its group, and nothing else names it."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType

__all__ = ["GROUPS", "load_verb", "summary_of", "verb_names"]

GROUPS = {
    "start": "Start a repository",
    "edit": "Edit calibrations",
    "check": "Check a repository",
    "review": "Review changes",
    "ask": "Find out which calibration applies",
    "publish": "Export, and trace files back to git",
    "register": "Publish to a registry",
}
# In the order of the work; a verb that is not named here stands behind the others of its group.
_ORDER = (
    *("init", "adopt", "demo", "completion"),
    *("new", "note", "certify", "deprecate", "import", "fix"),
    *("check", "baseline", "owners", "rule", "schema", "lsp"),
    *("diff", "log", "blame", "ledger", "merge", "git"),
    *("select", "why", "coverage", "impact", "uses"),
    *("export", "verify", "restore", "show"),
    *("publish", "ingest", "plan", "apply", "rollback", "handover", "fingerprint", "pull", "holdings"),
)


@cache
def _modules(group: str) -> dict[str, str]:
    """Return module names by verb; a verb that is a word of Python's has an underscore behind its module."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), group)
    files = sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_")
    return {name.rstrip("_"): f"curator.cli.{group}.{name}" for name in files}


def verb_names(*groups: str) -> list[str]:
    """Return the verbs of some groups, or of all, in the order of the work."""
    known = {name for group in groups or GROUPS for name in _modules(group)}
    return [*(name for name in _ORDER if name in known), *sorted(known.difference(_ORDER))]


def load_verb(name: str) -> ModuleType | None:
    """Return the module of a verb, `None` if there is no such verb; no other verb is imported.

    It has ``add_arguments(parser)`` and ``run(args) -> int``, its summary as the first line of its docstring,
    command lines to copy as ``EXAMPLES`` and, if one line is not enough, the text of its help as
    ``DESCRIPTION``. One that hooks run with nothing but paths has ``plain(words)`` too, which spares them
    argparse (`None` if it needs that). When ``run`` is called, the process has changed into the directories
    of ``-C``, as ``git -C`` does: ``args.repo`` and every relative path start there; ``args.started_in`` is
    where that was.
    """
    found = next((module for group in GROUPS if (module := _modules(group).get(name))), None)
    return import_module(found) if found else None


def summary_of(name: str) -> str:
    """Return what a verb does, as one line without its full stop.

    The module is read and not imported: the table of verbs would load every package that a verb needs.
    """
    line = _first_line(name)
    if not line.startswith('"""'):
        module = load_verb(name)
        line = f'"""{(module and module.__doc__) or ""}'
    return line.removeprefix('"""').partition("\n")[0].partition('"""')[0].rstrip(".")


def _first_line(name: str) -> str:
    """Return the first line of a verb's module, empty where there is no file of its source."""
    found = next((module for group in GROUPS if (module := _modules(group).get(name))), "")
    _, _, path = found.partition("curator.cli.")
    try:
        with open(
            os.path.join(os.path.dirname(__file__), *path.split(".")) + ".py", encoding="utf-8"
        ) as file:
            return file.readline()
    except OSError:
        return ""
