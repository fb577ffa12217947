"""What Butlers find by its path: they stored ``curator.registry.formatter`` with every file, for good.

Python makes a package that somebody imported an attribute of the one around it. There `curator.registry` is
the function that opens a registry, so this package can be called as well.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curator.api.registry import CalibrationRegistry


class _OpensRegistries(ModuleType):
    def __call__(self, address: str, label: str = "") -> CalibrationRegistry:
        from curator.api.registry import registry

        return registry(address, label)


sys.modules[__name__].__class__ = _OpensRegistries
