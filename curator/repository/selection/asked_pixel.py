"""The pixel that a person names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from curator.errors import UsageError
from curator.repository.layout.config import camera_at

if TYPE_CHECKING:
    from curator.repository.layout.config import Config

__all__ = ["asked_pixel", "require_pixel"]


def asked_pixel(text: str) -> tuple[int, int]:
    """Return column and row in ``X,Y``, counted from 0 in the trimmed, assembled detector.

    Raises
    ------
    UsageError
        It is no pixel.
    """
    parts = text.split(",")
    if len(parts) != 2 or not all(one.isascii() and one.isdigit() and len(one) < 10 for one in parts):
        raise UsageError(
            f"--pixel {text!r} is not a pixel", keyword="pixel", value=text, hint="--pixel 1022,8"
        )
    return int(parts[0]), int(parts[1])


def require_pixel(config: Config, camera: str, detector: str, pixel: tuple[int, int]) -> None:
    """Refuse a pixel that a detector does not have, if its camera says how large it is.

    Raises
    ------
    UsageError
        There is no such pixel.
    """
    x, y = pixel
    known = camera_at(config, camera, datetime.max).find_detector(detector)
    if known and known.width and known.height and not (x < known.width and y < known.height):
        raise UsageError(
            f"{detector} has {known.width} x {known.height} pixels: there is no pixel {x},{y}",
            keyword="pixel",
            value=f"{x},{y}",
            hint=f"pixels are counted from 0, and the last one is {known.width - 1},{known.height - 1}",
        )
