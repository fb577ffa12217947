"""What a git address may hold, and what may be published of it."""

from __future__ import annotations

import re

from curator.errors import UsageError

__all__ = ["may_hold_secret", "repository_in", "require_address"]

_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9@:/._~+-]{0,299}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def require_address(address: str, option: str) -> None:
    """Raise unless git, pre-commit and pip can fetch from an address that everybody may read.

    Parameters
    ----------
    address : str
        Empty stands for no address.
    option : str
        The option that gave it, for the message.

    Raises
    ------
    UsageError
        It may hold a secret, which is not printed, or it is not a git address.
    """
    if not address:
        return
    if address.startswith(("/", "./", "../", "~")):
        raise UsageError(
            f"{option} {address!r:.80} is a path, not a git address",
            keyword=option,
            value=address,
            hint="write file:// and the absolute path, as in file:///home/me/curator",
        )
    if may_hold_secret(address):
        raise UsageError(
            f"the address of {option} holds a user, a password or a query; everybody who has the repository "
            "could read it",
            keyword=option,
            hint="remove them: git's credential helpers know them; or use ssh://git@…",
        )
    scheme, found, rest = address.partition("://")
    is_usable = not scheme.startswith("git+") and (scheme != "file" or rest.startswith("/"))
    if not _ADDRESS.fullmatch(address) or not is_usable or not (found or ":" in address):
        raise UsageError(
            f"{option} {address!r:.80} is not a git address",
            keyword=option,
            value=address,
            hint="write https://…, git@host:path or file:///absolute/path",
        )


def may_hold_secret(address: str) -> bool:
    """Return whether a user, a password or a query may be in an address."""
    if any(one in address for one in "?#="):
        return True
    scheme, found, rest = address.partition("://")
    if not found:  # host:path, or an address with a slip
        return ":" in address.rpartition("@")[0]
    authority = rest.partition("/")[0]
    user, at, host = authority.rpartition("@")
    if at:
        return ":" in user or scheme.lower() not in ("ssh", "git+ssh")
    # What stands before a slash may be the begin of a password with one.
    port = host.rpartition(":")
    return bool(port[1]) and not port[2].isdigit()


def repository_in(address: str) -> str:
    """Return the name of the repository at an address; empty if it has none, or may hold a secret.

    Examples
    --------
    >>> repository_in("git@example.org:survey/obs_my_data.git")
    'obs_my_data'
    >>> repository_in("https://token@example.org/obs_my_data")
    ''
    """
    if may_hold_secret(address):
        return ""
    _, found, rest = address.partition("://")
    if found:
        path = rest.partition("/")[2]
    elif address.startswith("/"):
        path = address
    else:
        path = address.partition(":")[2]
    path = path.rstrip("/").removesuffix("/.git").removesuffix(".git")
    name = path.rpartition("/")[2]
    return name if _NAME.fullmatch(name) else ""
