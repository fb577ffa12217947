"""The lines of ``HISTORY`` that curator writes: ``2025-03-04 Ada Editor: text``."""

from __future__ import annotations

import re

from curator.values import NamedTuple

__all__ = ["HistoryLine", "parse_history_line", "superseding"]

_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S(?:.*?\S)?): (.*)", re.DOTALL)
_SUPERSEDING = "supersedes "


class HistoryLine(NamedTuple):
    """A line of ``HISTORY``.

    Parameters
    ----------
    day, name : str
        When it was written, and by whom; empty where the line does not begin with them.
    text : str
    """

    day: str
    name: str
    text: str

    def __str__(self) -> str:
        """Return the line as a header has it."""
        return f"{self.day} {self.name}: {self.text}" if self.day else self.text

    @property
    def is_automatic(self) -> bool:
        """Whether curator composed the text, so that it is nobody's reason."""
        path = self.text.removeprefix(_SUPERSEDING)
        return path != self.text and path.endswith((".ecsv", ".yaml")) and " " not in path


def superseding(path: object) -> str:
    """Return the text of a line that says which file a new one supersedes."""
    return f"{_SUPERSEDING}{path}"


def parse_history_line(line: str) -> HistoryLine:
    """Return the parts of a line of any origin."""
    found = _LINE.fullmatch(line)
    return HistoryLine(*found.groups()) if found else HistoryLine("", "", line)
