"""What a rule says about a file."""

from __future__ import annotations

from typing import Literal

from curator.values import dataclass

__all__ = ["Finding", "Severity"]

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake at one place.

    Parameters
    ----------
    code : str
        Number of the rule, ``CUR301``.
    severity : {"error", "warning", "info"}
        As configured.
    path : str
        Relative to the repository.
    line, column : int
        1-based; line 1 where a finding is about the whole file.
    message : str
        One sentence with the keyword and the value found.
    hint : str
        What a scientist can do about it.
    end : int
        Column after the marked text, 0 if unknown.
    source : str
        The offending line.
    topic : str
        What the message says apart from this file's own values: findings with equal code and topic fold
        into one line.
    """

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    hint: str = ""
    end: int = 0
    source: str = ""
    topic: str = ""
