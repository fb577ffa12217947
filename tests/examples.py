"""How many files of calibrations a new repository has: at least one for every dataset type."""

from __future__ import annotations

from pathlib import Path

from curator.editing.new.template import template_folder

__all__ = ["EXAMPLE_FILES"]

EXAMPLE_FILES = sum(1 for _ in Path(template_folder(), "template", "{{ camera }}").rglob("*.jinja"))
