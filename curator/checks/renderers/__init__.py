"""Write findings: each public module here is an output format, and nothing else registers it."""

from __future__ import annotations

import os
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "renderer"]

_DEFAULT = "text"
FORMATS = tuple(
    sorted(
        (
            name[:-3]
            for name in os.listdir(os.path.dirname(__file__))
            if name.endswith(".py") and name[0] != "_"
        ),
        key=lambda name: (name != _DEFAULT, name),
    )
)


def renderer(name: str) -> Callable[..., str]:
    """Return ``render_<name>`` of the module ``<name>``, which is imported only when it is asked for.

    It takes a `curator.checks.model.report.Report`, and ``verbose`` and ``paint``, which those for programs
    ignore.
    """
    found: Callable[..., str] = getattr(import_module(f"curator.checks.renderers.{name}"), f"render_{name}")
    return found
