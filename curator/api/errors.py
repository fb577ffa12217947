"""Errors as a program gets them: only those of curator, with hints that name arguments of Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from curator.errors import CuratorError, RepositoryError

__all__ = ["for_python"]

P = ParamSpec("P")
R = TypeVar("R")

_OPTION = re.compile(r"--([a-z]+)(?: ([A-Z][A-Z-]*))?")
_ARGUMENTS = {"filter": "physical_filter", "from": "base"}


def for_python(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function raise `CuratorError` alone, with hints that say ``detector=`` instead of ``--detector``.

    What the system says of a file that cannot be read becomes a `RepositoryError`.
    """

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CuratorError as error:
            error.hint = _OPTION.sub(_argument, error.hint)
            raise
        except OSError as error:
            raise RepositoryError(error.strerror or str(error), path=str(error.filename or "")) from None

    return answer


def _argument(option: re.Match[str]) -> str:
    return f"{_ARGUMENTS.get(option[1], option[1])}={option[2] or ''}"
