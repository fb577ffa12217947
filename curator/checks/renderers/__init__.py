"""How findings are written: one module for each form, and one line for each in `FORMATS`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "renderer"]

FORMATS = ("text", "json", "github", "gitlab", "sarif", "markdown")


def renderer(name: str) -> Callable[..., str]:
    """Return ``render_<name>`` of the module ``<name>``, which is imported only when it is asked for.

    It takes a `curator.checks.report.Report`, and ``verbose`` and ``paint``, which those for programs ignore.
    """
    found: Callable[..., str] = getattr(import_module(f"curator.checks.renderers.{name}"), f"render_{name}")
    return found
