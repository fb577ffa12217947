"""Hints that say how to change a limit."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.context import Context

__all__ = ["limit_hint"]


def limit_hint(ctx: Context, **limits: float) -> str:
    """Return the setting of ``curator.yaml`` that gives the camera of a file these limits."""
    camera = ctx.config.camera(ctx.path.camera)
    values = ", ".join(f"{name}: {value:g}" for name, value in limits.items())
    return f"set `limits: {{{camera.name if camera else ctx.path.camera}: {{{values}}}}}` in curator.yaml"
