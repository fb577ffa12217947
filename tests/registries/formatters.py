"""Formatters that a Butler of others names, as the Rubin stack's are where it is not installed."""

from __future__ import annotations

from lsst.daf.butler import FormatterV2


class PythonFormatter(FormatterV2):  # type: ignore[misc]
    """Takes the configurations of pipelines, and reads none."""

    default_extension = ".py"
