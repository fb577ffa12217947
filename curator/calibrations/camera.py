"""The import path of cameras that Butlers have recorded; see `curator.calibrations.types.camera`."""

from __future__ import annotations

from curator.calibrations.types.camera import CameraCalibration

__all__ = ["CameraCalibration"]
