"""An executor that does the work at once and keeps what it was given: seams are tried with it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

__all__ = ["RecordingExecutor"]


def _copied(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  # its own


class RecordingExecutor(Executor):
    """Sends work and results through pickle, as an executor on another machine would."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.is_shut = False

    def submit(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.calls.append(args)
        sent, words, named = _copied((function, args, kwargs))
        future: Future[Any] = Future()
        try:
            future.set_result(_copied(sent(*words, **named)))
        except Exception as error:
            future.set_exception(error)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.is_shut = True
