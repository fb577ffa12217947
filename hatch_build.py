"""Compile the validators of ``schemas/`` for every wheel, sdist and editable install."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileSchemas(BuildHookInterface):  # type: ignore[type-arg]
    """Write the validators into the package, and add them to the build, which skips what git ignores."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the builder collects its files."""
        sys.path.insert(0, self.root)
        from curator.calibrations.schema.compiler import compile_all

        root = Path(self.root)
        build_data["artifacts"] += [f"/{file.relative_to(root).as_posix()}" for file in compile_all()]
