"""Where programs keep what a user does not edit and wants to find again, by the XDG convention."""

from __future__ import annotations

import os

__all__ = ["state_folder"]


def state_folder() -> str:
    """Return ``$XDG_STATE_HOME/curator``, or ``~/.local/state/curator`` where that is unset or relative."""
    base = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(base):
        base = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(base, "curator")
