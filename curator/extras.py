"""What to say where an optional package is missing: one sentence, and a command that works."""

from __future__ import annotations

__all__ = ["direct_url", "install_command", "missing"]

_NAME = "obs-curator"


def missing(what: str, package: str, extra: str) -> tuple[str, str]:
    """Return message and hint for something that needs a package which is not installed.

    Parameters
    ----------
    what : str
        What the user asked for: ``a picture``.
    package : str
        The distribution that is missing.
    extra : str
        The extra of curator that brings it.
    """
    return f"{what} needs {package}, which is not installed", f"install it with: {install_command(extra)}"


def install_command(extra: str) -> str:
    """Return the command that installs an extra from where this curator was installed.

    The package may be on no index: it names the checkout or the git address that pip noted (PEP 610), without
    a user name or password, and the index only if curator came from there.
    """
    return _command(direct_url(), extra)


def direct_url() -> dict[str, object]:
    """Return what pip noted of where this curator came from (PEP 610); empty if it noted nothing."""
    import json

    try:
        noted = json.loads(_direct_url() or "{}")
    except (OSError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _direct_url() -> str:
    """Return what pip noted of the origin of this distribution; empty where it noted nothing.

    As ``importlib.metadata`` finds it, whose import takes longer than everything else here.
    """
    import os
    import sys

    beginning = _NAME.replace("-", "_") + "-"
    for folder in sys.path:
        try:
            names = sorted(os.listdir(folder or os.curdir))
        except OSError:  # an archive, or nothing
            continue
        for name in names:
            if name.startswith(beginning) and name.endswith(".dist-info"):
                path = os.path.join(folder, name, "direct_url.json")
                if not os.path.isfile(path):
                    return ""
                with open(path, encoding="utf-8") as file:
                    return file.read()
    return ""


def _command(noted: dict[str, object], extra: str) -> str:
    from shlex import quote
    from urllib.parse import unquote, urlsplit

    try:
        address = urlsplit(str(noted.get("url", "")))
        host = (address.hostname or "") + (f":{address.port}" if address.port else "")
    except ValueError:
        return f"pip install {quote(f'{_NAME}[{extra}]')}"
    if address.scheme == "file":
        editable = isinstance(info := noted.get("dir_info"), dict) and info.get("editable") is True
        place = quote(f"{unquote(address.path)}[{extra}]")
        return f"pip install {'--editable ' if editable else ''}{place}"
    if host and isinstance(info := noted.get("vcs_info"), dict):
        source = (
            f"{info.get('vcs', 'git')}+{address.scheme}://{host}{address.path}@{info.get('commit_id', '')}"
        )
        return f"pip install {quote(f'{_NAME}[{extra}] @ {source}')}"
    return f"pip install {quote(f'{_NAME}[{extra}]')}"
