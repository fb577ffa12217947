"""What a rule says about a file."""

from __future__ import annotations

from curator.values import dataclass

__all__ = ["Edit", "Finding", "Fix", "Severity"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Severity = Literal["error", "warning", "info"]
else:
    Severity = str


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of a fix, as data: `curator.checks.fixing.apply_fixes` carries it out, losslessly.

    Parameters
    ----------
    kind : {"set", "rename", "remove", "unit", "text", "whole", "move"}
        Give the header keyword ``keyword`` the value ``value``, in its place or behind the others; call it
        ``value`` instead; remove it; give the ECSV column ``keyword`` the unit ``value``, or none; put the
        text ``value`` in place of columns ``start`` to ``end`` of ``line``, or, where ``end`` is 0, take the
        line out; tidy the whole file in the one respect that ``value`` names (`curator.formats.edit.tidy`);
        give the file the path ``value``, which is no edit of its text and stands alone.
    line, start, end : int
        1-based, ``end`` exclusive; characters of the file as it was checked.
    """

    kind: Literal["set", "rename", "remove", "unit", "text", "whole", "move"]
    keyword: str = ""
    value: object = None
    line: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a finding, where no judgement of a person is needed: a program cannot be wrong about it.

    Parameters
    ----------
    title : str
        What it does, as an editor offers it: ``write INSTRUME in upper case``.
    edits : tuple of Edit
        All of them, or none.
    """

    title: str
    edits: tuple[Edit, ...]

    @property
    def moves_to(self) -> str:
        """The path that the file is given, empty where only its text changes."""
        return next((str(edit.value) for edit in self.edits if edit.kind == "move"), "")


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
        1-based; line 1 where a finding is about the whole file, 0 where that file is removed.
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
    fix : Fix or None
        What would mend it, where a program may do that.
    subject : str
        What in its line, or in its file, the finding is about, however the message is worded: a keyword, a
        column, an amplifier. With the rule, the path and the line's text it tells findings apart from one
        check to the next.
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
    fix: Fix | None = None
    subject: str = ""

    @property
    def place(self) -> str:
        """Path, line and column as a terminal links them: ``a/b.ecsv:4:7``; of a removed file its path."""
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path
