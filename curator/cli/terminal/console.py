"""Printing for people: nothing from a file may steer a terminal, and colour only where one looks."""

from __future__ import annotations

import os
import sys

from curator.formats.files.terminal_escape import escape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import TextIO

__all__ = [
    "at_terminal",
    "colourful",
    "complain",
    "confirm",
    "escape",
    "inert",
    "is_quiet",
    "paint",
    "plainly",
    "quietly",
    "relative",
    "remark",
    "say",
    "say_wrong",
    "table",
    "tell_aside",
]

_PLAIN = {"\u2026": "...", "\u2013": "-", "\u2014": "-", "\u00d7": "x"}
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


def colourful(stream: TextIO) -> bool:
    """Whether colour may be written: to a terminal that is not dumb, or as NO_COLOR or FORCE_COLOR say."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (os.environ.get("TERM") != "dumb" and stream.isatty())


def paint(text: str, *styles: str, stream: TextIO | None = None) -> str:
    """Return ``text`` in styles (``bold``, ``red``, …) where ``stream`` (standard output) shows them."""
    if not styles or not text or not colourful(stream or sys.stdout):
        return text
    return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


def plainly(error: UnicodeError) -> tuple[str, int]:
    """Write what a stream has no code for in its nearest form: for `codecs.register_error`.

    Parameters
    ----------
    error : UnicodeEncodeError
        What could not be encoded.

    Returns
    -------
    str, int
        ASCII in its place (``...``; else ``\\u2026`` and the like), and where to go on.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(
        _PLAIN.get(one) or one.encode("ascii", "backslashreplace").decode("ascii") for one in wrong
    ), error.end


class _Quiet:
    """Standard output that drops text; bytes pass, since a file or another program takes them."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for _ in lines:  # they are made as they are printed, and counted
            pass

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)


def quietly(run: Callable[[], int]) -> int:
    """Return what ``run`` returns, and let it print nothing but errors, as ``--quiet`` asks."""
    stream = sys.stdout
    sys.stdout = _Quiet(stream)
    try:
        return run()
    finally:
        sys.stdout = stream


def is_quiet() -> bool:
    """Whether only errors are printed."""
    return isinstance(sys.stdout, _Quiet)


def inert(text: str) -> str:
    """Return lines that GitHub does not take for its workflow commands, where it reads what is printed."""
    if not os.environ.get("GITHUB_ACTIONS") or not ("::" in text or "##[" in text):
        return text
    return "\n".join(map(_inert_line, text.replace("##[", "## [").split("\n")))


def _inert_line(line: str) -> str:
    words = line.lstrip()
    return f"{line[: len(line) - len(words)]}: {words[1:]}" if words.startswith("::") else line


def say(text: str = "", *, commands: bool = False) -> None:
    """Print one line on standard output; ``commands`` for GitHub are printed as they are."""
    sys.stdout.write(f"{text if commands else inert(text)}\n")


def say_wrong(text: str, *, commands: bool = False) -> None:
    """Print on standard output what is wrong, with ``--quiet`` too."""
    stream = sys.stdout.stream if isinstance(sys.stdout, _Quiet) else sys.stdout
    stream.write(f"{text if commands else inert(text)}\n")


def tell_aside(text: str) -> None:
    """Print on standard error a line about what standard output lists."""
    if not is_quiet():
        sys.stderr.write(f"{inert(text)}\n")


def complain(text: str, hint: str = "") -> None:
    """Say on standard error what is wrong, and the hint below it; a line each but on a terminal."""
    _tell_beside(paint("curator:", "bold", "red", stream=sys.stderr), text, hint)


def remark(text: str, hint: str = "") -> None:
    """Say on standard error what is good to know, as `complain` says what is wrong."""
    if is_quiet():
        return
    _tell_beside("curator:", text, hint)


def at_terminal() -> bool:
    """Whether somebody can be asked: standard input and standard error are a terminal."""
    try:
        return sys.stdin.isatty() and sys.stderr.isatty()
    except (ValueError, AttributeError):  # a stream that was closed, or is none
        return False


def confirm(question: str) -> bool:
    """Ask on standard error, and return whether somebody at a terminal typed yes; nobody there says no."""
    if not at_terminal():
        return False
    try:
        sys.stdout.flush()
        sys.stderr.write(f"{escape(question)} [y/N] ")
        sys.stderr.flush()
        answer = sys.stdin.readline()
    except OSError:  # the terminal is gone
        return False
    if not answer.endswith("\n"):
        sys.stderr.write("\n")  # the end of the input leaves the cursor behind the question
    return answer.strip().lower() in ("y", "yes")


def _tell_beside(label: str, text: str, hint: str) -> None:
    from curator.cli.terminal.layout import wrap
    from curator.cli.terminal.width import is_read, terminal_width

    said = [("", f"{label} {escape(text)}")]
    if hint:
        said.append(("  ", f"hint: {escape(hint)}"))
    lines = [first + one for first, one in said]
    if is_read(sys.stderr):
        width = terminal_width(sys.stderr)
        lines = [part for first, one in said for part in wrap(one, first=first, rest="    ", width=width)]
    try:
        sys.stdout.flush()
        sys.stderr.write(inert("\n".join(lines)) + "\n")
    except OSError:  # where nothing can be said, the exit status says it
        return


def relative(path: str | os.PathLike[str], start: str | None = None) -> str:
    """Return ``path`` as seen from ``start`` (the current directory) where that is shorter to read."""
    try:
        near = os.path.relpath(path, start)
    except ValueError:
        return os.fspath(path)
    return near if not near.startswith(os.pardir + os.sep + os.pardir) else os.path.abspath(path)


def table(rows: Iterable[Sequence[object]], header: Sequence[str] = (), *, indent: str = "") -> str:
    """Return rows in aligned columns, two blanks apart, without trailing blanks; cells are escaped.

    Where somebody reads, the last column is wrapped. Columns that do not fit beside each other stand below
    each other, with their names, if they have any.
    """
    from curator.cli.terminal.layout import wrap
    from curator.cli.terminal.width import is_read, terminal_width

    cells = [[escape(str(cell)) for cell in row] for row in ([header] if header else [])]
    cells += [[escape(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    room = terminal_width() - len(indent) if is_read() else 0
    if header and 0 < room < sum(widths) + 2 * (len(widths) - 1):
        names = max(map(len, cells[0]))
        pairs = [pair for row in cells[1:] for pair in zip(cells[0], row, strict=True)]
        return "\n".join(f"{indent}{name.ljust(names)}  {cell}".rstrip() for name, cell in pairs)
    lines = []
    for row in cells:
        first = "".join(f"{cell.ljust(width)}  " for cell, width in zip(row[:-1], widths, strict=False))
        if 0 < room < len(first) + len(row[-1]):
            lines += wrap(row[-1], first=indent + first, rest=indent + " " * len(first))
        else:
            lines.append(indent + (first + row[-1]).rstrip())
    return "\n".join(lines)
