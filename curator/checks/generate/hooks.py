"""The hooks that pre-commit installs.

``python -m curator.checks.generate.hooks`` writes ``.pre-commit-hooks.yaml`` from the one list here.
"""

from __future__ import annotations

import os

from curator.values import dataclass

__all__ = ["HOOKS", "Hook", "hooks_file"]


@dataclass(frozen=True, slots=True)
class Hook:
    """What pre-commit has to know of a hook.

    Parameters
    ----------
    files : str
        Regular expression for the changed files that it is run with.
    serial : bool
        All files go to one process, so that the same mistake in many of them is one entry.
    stages : tuple of str
        When git runs it, in pre-commit's words; as the user's configuration says if empty.
    pass_filenames : bool
        The changed files become its arguments.
    always : bool
        It runs whatever files there are: a change that only removes files has no file to run it with.
    shown : bool
        pre-commit shows what it prints when it passes, too: a warning does not make it fail.
    """

    id: str
    name: str
    description: str
    entry: str
    files: str
    serial: bool = True
    stages: tuple[str, ...] = ()
    pass_filenames: bool = True
    always: bool = False
    shown: bool = False


HOOKS = (
    Hook(
        id="curator-check",
        name="check calibrations",
        description="find mistakes in changed calibration files",
        entry="curator check --quiet",
        files=r"\.(ecsv|ya?ml)$",
        shown=True,
    ),
    Hook(
        id="curator-check-change",
        name="check what changed",
        description="find unintended changes in a push or a pull request",
        entry="curator check --quiet --from-hook",
        files=r"",
        stages=("pre-push", "manual"),
        pass_filenames=False,
        always=True,
        shown=True,
    ),
    Hook(
        id="curator-fix",
        name="fix calibrations",
        description="fix mechanical mistakes in changed calibration files",
        entry="curator fix",
        files=r"\.(ecsv|ya?ml)$",
    ),
)


def hooks_file() -> str:
    """Return the text of ``.pre-commit-hooks.yaml``."""
    lines = ["# Written by `python -m curator.checks.generate.hooks`."]
    for hook in HOOKS:
        lines += [
            f"- id: {hook.id}",
            f"  name: {hook.name}",
            f"  description: {hook.description}",
            f"  entry: {hook.entry}",
            "  language: python",
            f"  files: '{hook.files}'",
            f"  require_serial: {str(hook.serial).lower()}",
        ]
        if hook.stages:
            lines.append(f"  stages: [{', '.join(hook.stages)}]")
        if not hook.pass_filenames:
            lines.append("  pass_filenames: false")
        if hook.always:
            lines.append("  always_run: true")
        if hook.shown:
            lines.append("  verbose: true")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..")
    with open(os.path.join(root, ".pre-commit-hooks.yaml"), "w", encoding="utf-8") as file:
        file.write(hooks_file())
