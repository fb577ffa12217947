"""Make the files that check an adopted repository at every commit and every push, from the template."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.editing.session import exclusive
from curator.editing.tree_writer import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curator.repository.repository import Repository

__all__ = ["CI_FILES", "HOOKS_FILE", "add_automation", "automation_files", "install_hooks"]

HOOKS_FILE = ".pre-commit-config.yaml"
CI_FILES = {
    "github": (".github/workflows/check.yaml", ".github/workflows/scoreboard.yaml"),
    "gitlab": (".gitlab-ci.yml",),
}


def automation_files(
    *, hooks: bool, ci: str, address: str, branch: str, revision: str = "", strict: bool = False
) -> dict[str, bytes]:
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
    revision : str
        Commit or tag of curator to install; see `curator_revision` if not given.
    strict : bool
        Whether warnings stop a commit, and fail the check of the forge.

    Raises
    ------
    UsageError
        The address cannot be published, or is none.
    """
    from tempfile import TemporaryDirectory

    from curator.editing.new.curator_revision import curator_revision
    from curator.editing.new.init import template_answers
    from curator.editing.new.template import fill_template
    from curator.formats.files.bounded_io import read_bounded
    from curator.repository.git.git_address import require_address

    require_address(address, "--curator-address")
    paths = [*([HOOKS_FILE] if hooks else []), *CI_FILES.get(ci, ())]
    if not paths:
        return {}
    revision = revision or curator_revision(address, "--curator-address").name
    answers = template_answers(address=address, revision=revision)
    with TemporaryDirectory() as above:
        folder = os.path.join(above, "template")
        fill_template(folder, {**answers, "release_branch": branch, "strict": str(strict).lower()})
        return {path: read_bounded(os.path.join(folder, path)) for path in paths}


@exclusive("adopt")
def add_automation(
    repo: Repository, files: Mapping[str, bytes], *, dry_run: bool = False
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write those of the files that do not exist yet into an adopted repository; commit nothing.

    Returns
    -------
    tuple of str, tuple of str
        The paths written, in a dry run those that would be; and those of files that exist.
    """
    tree = repo.worktree()
    kept = tuple(path for path in files if os.path.lexists(os.path.join(tree.root, path)))
    added = {path: text for path, text in files.items() if path not in kept}
    if added and not dry_run:
        write_all(tree, {}, added)
    return tuple(added), kept


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
