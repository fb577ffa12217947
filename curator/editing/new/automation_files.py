"""Make the files that check an adopted repository at every commit and every push, from the template."""

from __future__ import annotations

import os

__all__ = ["CI_FILES", "HOOKS_FILE", "automation_files", "install_hooks"]

HOOKS_FILE = ".pre-commit-config.yaml"
CI_FILES = {"github": ".github/workflows/check.yaml", "gitlab": ".gitlab-ci.yml"}


def automation_files(*, hooks: bool, ci: str, address: str, branch: str) -> dict[str, bytes]:
    """Return the text of each file by its path, as `curator init` writes it.

    Parameters
    ----------
    hooks : bool
        Whether to include the configuration of pre-commit.
    ci : {"", "github", "gitlab"}
        The continuous integration to configure.
    address : str
        Git address that curator is installed from.
    branch : str
        The release branch.

    Raises
    ------
    UsageError
        The address cannot be published, or is none.
    """
    from tempfile import TemporaryDirectory

    from curator.editing.new.init import require_address, template_answers
    from curator.editing.new.template import fill_template
    from curator.formats.files.bounded_io import read_bounded

    require_address(address)
    paths = [*([HOOKS_FILE] if hooks else []), *([CI_FILES[ci]] if ci else [])]
    if not paths:
        return {}
    with TemporaryDirectory() as above:
        folder = os.path.join(above, "template")
        fill_template(folder, {**template_answers(address=address), "release_branch": branch})
        return {path: read_bounded(os.path.join(folder, path)) for path in paths}


def install_hooks(root: str) -> str:
    """Run ``pre-commit install`` in a repository, and return a sentence that says how it went."""
    import shutil
    import subprocess

    program = shutil.which("pre-commit")
    if program is None:
        return "pre-commit is not installed: install it, then run `pre-commit install`."
    done = subprocess.run([program, "install"], cwd=root, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return "pre-commit installed its git hooks."
    said = " ".join((done.stderr or done.stdout).split())
    return f"`pre-commit install` failed: {said:.300}"
