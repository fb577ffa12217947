"""What is kept of a bug: a file to attach to a report, without secrets."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from curator.errors import CuratorError, IncompleteCloneError, InstallationError, UnexpectedError

__all__ = ["BUG", "unexpected", "write_log"]

BUG = UnexpectedError.exit_status

# Path of the log of every bug that this process has met, by the type of its exception and the line of code.
_logs: dict[tuple[str, str, int], str] = {}


def unexpected(error: Exception, path: str, what: str) -> UnexpectedError:
    """Return the error for an exception that is being handled, met at one file; it is logged.

    Parameters
    ----------
    error : Exception
    path : str
        The file that was looked at.
    what : str
        What raised it, as a sentence begins: ``the reader``.

    Raises
    ------
    IncompleteCloneError, InstallationError
        It was one of these: no bug, and no file is to blame.
    """
    if isinstance(error, IncompleteCloneError | InstallationError):
        raise error
    kind = type(error).__name__
    said = f"{kind} ({error.message:.200})" if isinstance(error, CuratorError) else kind
    return UnexpectedError(
        f"{what} raised {said}; please report it, with {_log_of(error)}",
        path=path,
        hint="this is a bug in curator, not a mistake in the file",
    )


def _log_of(error: BaseException) -> str:
    """Return the path of the log of an exception; one bug has one log per process.

    A bug that shows in twenty thousand files does not write as many.
    """
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = ("", 0) if last is None else (last.tb_frame.f_code.co_filename, last.tb_lineno)
    key = (type(error).__qualname__, *place)
    if key not in _logs:
        _logs[key] = write_log(sys.argv[1:])
    return _logs[key]


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
    from curator.user_folders import state_folder

    text = (
        f"curator {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"command: curator {shlex.join(words)}\n\n{traceback.format_exc()}"
    )
    text = re.sub(r"://[^/@\s]*@", "://***@", text)
    prefix = time.strftime("crash-%Y%m%dT%H%M%S-", time.gmtime())
    for folder in (state_folder(), tempfile.gettempdir()):
        try:
            os.makedirs(folder, exist_ok=True)
            handle, path = tempfile.mkstemp(".log", prefix, folder)
        except OSError:
            continue
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        return path
    return "what follows:\n" + text
