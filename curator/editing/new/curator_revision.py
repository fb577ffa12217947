"""Finds the revision of curator that hooks and CI install, and verifies that it exists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curator.errors import RepositoryError
from curator.repository.git.git_address import require_address
from curator.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curator.repository.repository import Repository

__all__ = ["Installed", "Revision", "curator_revision", "installed_commit"]

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit or tag of curator, and a sentence that says why it was chosen."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Installed:
    """The commit that the running curator was installed from; every part is empty if it is not known.

    Parameters
    ----------
    commit : str
    address : str
        The git address that pip installed it from.
    checkout : str
        The clone that it was installed from.
    """

    commit: str = ""
    address: str = ""
    checkout: str = ""


def curator_revision(address: str, option: str, installed: Installed | None = None) -> Revision:
    """Return the revision that hooks and CI should install.

    It is the commit that is installed here if the address has it, else the tag of this version, else the
    newest commit of the address.

    Parameters
    ----------
    address : str
        Git address of curator as the user gave it; the network is used only if there is one.
    option : str
        The option that gave it.
    installed : Installed, optional
        What is installed here, for tests; found out if not given.

    Raises
    ------
    UsageError
        The address cannot be used.
    """
    from curator import __version__

    require_address(address, option)
    known = installed_commit() if installed is None else installed
    tag = f"v{__version__}"
    wanted, what = (
        (known.commit, f"commit {known.commit[:_SHOWN]}, which is installed here")
        if known.commit
        else (tag, f"tag {tag}")
    )
    if not address:
        return Revision(wanted, f"CI installs curator at {what}")
    if known.commit and _plain(known.address) == _plain(address):
        return Revision(wanted, f"hooks and CI install curator at {what} from this address")
    from curator.repository.git.remote_refs import list_remote_refs

    refs = list_remote_refs(address)
    if refs.problem:
        return Revision(
            wanted,
            f"hooks and CI install curator at {what}; whether {address} has it could not be verified, "
            f"because {refs.problem}",
        )
    if known.commit and _is_there(known, refs.commits.values()):
        return Revision(wanted, f"hooks and CI install curator at {what}")
    missing = f"{address} has no branch with {what}, as far as this clone shows; " if known.commit else ""
    if f"refs/tags/{tag}" in refs.commits:
        return Revision(tag, f"{missing}hooks and CI install curator at tag {tag}")
    if newest := refs.commits.get("HEAD"):
        missing = missing or f"{address} has no tag {tag}; "
        return Revision(newest, f"{missing}hooks and CI install its newest commit, {newest[:_SHOWN]}")
    return Revision(wanted, f"{address} has no commit yet: push {what} before anybody commits")


def installed_commit() -> Installed:
    """Return the commit this curator was installed from: HEAD of its clone, or as pip noted it (PEP 610)."""
    import curator
    from curator.extras import direct_url

    running = _of_checkout(os.path.dirname(os.path.dirname(os.path.abspath(curator.__file__))))
    if running.commit:
        return running
    noted = direct_url()
    url, info = str(noted.get("url", "")), noted.get("vcs_info")
    if isinstance(info, dict) and isinstance(commit := info.get("commit_id"), str):
        return Installed(commit, address=url)
    if not url.startswith("file://"):
        return Installed()
    from urllib.parse import unquote, urlsplit

    return _of_checkout(unquote(urlsplit(url).path))


def _of_checkout(folder: str) -> Installed:
    checkout = _checkout(folder)
    if checkout is None:
        return Installed()
    try:
        commit = checkout.git.run("rev-parse", "--verify", "HEAD").decode("ascii").strip()
    except RepositoryError:  # it has no commit
        return Installed()
    return Installed(commit, checkout=checkout.root)


def _checkout(folder: str) -> Repository | None:
    """Return the clone whose root is ``folder``; a folder inside another repository is none of curator's."""
    from curator.repository.repository import Repository

    try:
        found = Repository.find(folder)
    except RepositoryError:
        return None
    return found if found.root == os.path.realpath(folder) else None


def _is_there(installed: Installed, tips: Iterable[str]) -> bool:
    """Return whether the commit is one of ``tips``, or an ancestor of one as the clone shows."""
    tips = set(tips)
    if installed.commit in tips:
        return True
    checkout = _checkout(installed.checkout) if installed.checkout else None
    return checkout is not None and any(_is_ancestor(checkout, installed.commit, tip) for tip in tips)


def _is_ancestor(checkout: Repository, commit: str, tip: str) -> bool:
    try:
        checkout.git.run("merge-base", "--is-ancestor", commit, tip)
    except RepositoryError:  # it is none, or the clone does not have the tip
        return False
    return True


def _plain(address: str) -> str:
    return address.rstrip("/").removesuffix(".git")
