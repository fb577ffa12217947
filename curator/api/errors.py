"""Errors as a program gets them: only those of curator, in words of Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from curator.errors import CuratorError, RepositoryError

__all__ = ["for_python", "in_python"]

P = ParamSpec("P")
R = TypeVar("R")

_OPTION = re.compile(r"(?<![\w-])--([a-z]+)(?: ([A-Z][A-Z:-]*))?(?![\w-])")
_LABEL = re.compile(r"--label names one: ([^\s,]+)")
_ARGUMENTS = {"filter": "physical_filter", "from": "base"}


def for_python(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function raise `CuratorError` alone, which names arguments of Python instead of options.

    What the system says of a file that it cannot read becomes a `RepositoryError`.
    """

    @wraps(function)
    def answer(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except CuratorError as error:
            error.message, error.hint = in_python(error.message), in_python(error.hint)
            raise
        except OSError as error:
            raise RepositoryError(error.strerror or str(error), path=str(error.filename or "")) from None

    return answer


def in_python(sentence: str) -> str:
    """Return a sentence with the arguments of Python instead of the options of a command line.

    Examples
    --------
    >>> in_python("--label names one: 2025.1"), in_python("--filter NAME")
    ('.at("2025.1") or label="2025.1" names one: 2025.1', 'physical_filter=NAME')
    """
    sentence = _LABEL.sub(r'.at("\1") or label="\1" names one: \1', sentence)
    return _OPTION.sub(_argument, sentence)


def _argument(option: re.Match[str]) -> str:
    name = _ARGUMENTS.get(option[1], option[1])
    return f"{name}={option[2]}" if option[2] else name
