"""Asks a git address which branches and tags it has: the one place that uses the network."""

from __future__ import annotations

import os

__all__ = ["RemoteRefs", "list_remote_refs"]

from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_PROTOCOLS = "file:git:http:https:ssh"
_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class RemoteRefs:
    """The commits that the references of an address name, or the reason why they are not known."""

    commits: Mapping[str, str]
    problem: str = ""


def list_remote_refs(address: str, *, seconds: float = _SECONDS) -> RemoteRefs:
    """Return what ``git ls-remote`` says of an address that the user named.

    The user's own git configuration applies, as in a fetch by hand; nothing is asked on the terminal, and no
    repository's configuration is read.

    Parameters
    ----------
    address : str
    seconds : float
        Time to wait for an answer.
    """
    import signal
    import subprocess

    environment = {key: value for key, value in os.environ.items() if key not in _OF_A_REPOSITORY}
    environment |= {
        "GIT_ALLOW_PROTOCOL": _PROTOCOLS,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_SSH_COMMAND": os.environ.get("GIT_SSH_COMMAND", "ssh -o BatchMode=yes"),
        "LC_ALL": "C",
    }
    try:
        process = subprocess.Popen(
            ["git", "ls-remote", "--", address],
            cwd=os.sep,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # so that its helpers end with it
        )
    except OSError as error:
        return RemoteRefs({}, f"git cannot be started: {error.strerror}")
    with process:
        try:
            output, complaint = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return RemoteRefs({}, f"it did not answer within {seconds:g} s")
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        said = " ".join(complaint.decode("utf-8", "replace").split())
        return RemoteRefs({}, f"git says: {said:.200}")
    rows = (line.partition("\t") for line in output.decode("utf-8", "replace").splitlines())
    return RemoteRefs({name: commit for commit, _, name in rows})


_OF_A_REPOSITORY = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG")
