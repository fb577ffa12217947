"""What is kept of a bug: a file to attach to a report, without secrets."""

from __future__ import annotations

import os
from collections.abc import Sequence

__all__ = ["write_log"]


def write_log(words: Sequence[str]) -> str:
    """Write the exception being handled to a file of its own and return its path.

    It holds the versions, the command and the traceback (no values of variables, no environment); a
    password in a URL is blanked. The file is in ``$XDG_STATE_HOME/curator``, or the temporary folder where
    that cannot be written.
    """
    import platform
    import re
    import shlex
    import tempfile
    import time
    import traceback

    from curator import __version__

    text = (
        f"curator {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"command: curator {shlex.join(words)}\n\n{traceback.format_exc()}"
    )
    text = re.sub(r"://[^/@\s]*@", "://***@", text)
    base = os.environ.get("XDG_STATE_HOME") or os.path.join(os.path.expanduser("~"), ".local", "state")
    prefix = time.strftime("crash-%Y%m%dT%H%M%S-", time.gmtime())
    for folder in (os.path.join(base, "curator"), tempfile.gettempdir()):
        try:
            os.makedirs(folder, exist_ok=True)
            handle, path = tempfile.mkstemp(".log", prefix, folder)
        except OSError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return path
    return "what follows:\n" + text
