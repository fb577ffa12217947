"""What every room raises when something is wrong that a person can mend.

One class at the root, one subclass per room, so that a door can catch
`CuratorError` and print one readable line instead of a traceback. Beside it
stand `IncompleteCloneError`, `InstallationError` and `DeclarationError`, which are about no file of a user.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "CalibrationError",
    "CuratorError",
    "DeclarationError",
    "EditingError",
    "ExportError",
    "ForgeError",
    "FormatError",
    "IncompleteCloneError",
    "InstallationError",
    "LocatedError",
    "RegistryError",
    "RepositoryError",
    "SeveralErrors",
    "UnexpectedError",
    "UsageError",
]


class LocatedError(Exception):
    """An error with the place where it was found.

    Parameters
    ----------
    message : str
        One sentence, with the keyword and the value found.
    path : str, optional
        File it is about, relative to the repository where there is one.
    line, column : int, optional
        1-based place in the file; 0 when there is none.
    keyword : str, optional
        Header keyword, column or configuration key.
    value : object, optional
        The value found there.
    hint : str, optional
        What to do about it.

    Attributes
    ----------
    problems : tuple of LocatedError
        Each mistake, where the error stands for several of them.
    """

    exit_status = 2
    problems: tuple[LocatedError, ...] = ()

    def __init__(
        self,
        message: str,
        *,
        path: str = "",
        line: int = 0,
        column: int = 0,
        keyword: str = "",
        value: object = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column
        self.keyword = keyword
        self.value = value
        self.hint = hint

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  hint: {self.hint}" if self.hint else text


class CuratorError(LocatedError):
    """Something is wrong with a file, a repository, a registry or a command."""

    problems: tuple[CuratorError, ...] = ()


class IncompleteCloneError(LocatedError):
    """Objects of a partial clone are not here, so nothing can be said of what was asked.

    It is no `CuratorError`: who goes on past a faulty file must not take one that was never read for faulty.
    """

    def __init__(self, message: str, **place: object) -> None:
        place.setdefault("hint", "git fetch --refetch --no-filter brings them all")
        super().__init__(message, **place)  # type: ignore[arg-type]  # the keywords of LocatedError


class InstallationError(LocatedError):
    """A part of this installation of curator is missing or out of date.

    It is no `CuratorError`, as `IncompleteCloneError` is none: no file is to blame, so no work goes on.
    """


class DeclarationError(InstallationError):
    """The declaration of a dataset type, in a module of curator, is wrong."""

    def __init__(self, message: str, *, module: str) -> None:
        super().__init__(
            message,
            path=f"curator/calibrations/types/{module}.py",
            hint='see "Add a dataset type" in CONTRIBUTING.md',
        )


class SeveralErrors(CuratorError):
    """Several mistakes at once: it says what the first one says, and ``problems`` has them all."""

    def __init__(self, problems: Iterable[CuratorError]) -> None:
        found = tuple(problems)
        first = found[0]
        super().__init__(
            first.message,
            path=first.path,
            line=first.line,
            column=first.column,
            keyword=first.keyword,
            value=first.value,
            hint=first.hint,
        )
        self.problems = found

    def __reduce__(self) -> tuple[type[SeveralErrors], tuple[tuple[CuratorError, ...]]]:
        return type(self), (self.problems,)


class UsageError(CuratorError):
    """The command line asks for something that makes no sense."""


class FormatError(CuratorError):
    """A file's bytes are not the text or table they should be.

    ``code`` is the number of the rule that reports it (``CUR001`` when the
    file cannot be read at all).
    """

    def __init__(self, message: str, *, code: str = "CUR001", end: int = 0, **place: object) -> None:
        super().__init__(message, **place)  # type: ignore[arg-type]  # the keywords of CuratorError
        self.code = code
        self.end = end


class CalibrationError(CuratorError):
    """A document does not hold the calibration it should."""


class UnexpectedError(CuratorError):
    """A bug of curator, met at one file: the work on the others goes on."""

    exit_status = 3


class RepositoryError(CuratorError):
    """Git, a path or the configuration is not as it must be."""


class EditingError(CuratorError):
    """An edit cannot be made without losing something."""


class ExportError(CuratorError):
    """A calibration cannot be represented, written or traced back."""

    exit_status = 1


class ForgeError(CuratorError):
    """A forge cannot be reached or refuses; ``status`` is that of its answer, 0 where there was none."""

    exit_status = 1

    def __init__(self, message: str, *, status: int = 0, **place: object) -> None:
        super().__init__(message, **place)  # type: ignore[arg-type]  # the keywords of CuratorError
        self.status = status


class RegistryError(CuratorError):
    """A registry refuses, or holds something else."""

    exit_status = 1
