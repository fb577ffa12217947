"""Validators that `curator.calibrations.schema.compiler` writes here, outside git, and what they share."""

import re

__all__ = ["JsonSchemaValueException", "Patterns"]


class JsonSchemaValueException(ValueError):
    """What the generated code raises at the first thing that does not fit."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Patterns(dict[str, re.Pattern[str]]):
    """Regular expressions by their name in the schema, compiled when used: that takes longer than a check."""

    def __init__(self, sources: dict[str, str]) -> None:
        super().__init__()
        self._sources = sources

    def __missing__(self, name: str) -> re.Pattern[str]:
        found = self[name] = re.compile(self._sources[name])
        return found
