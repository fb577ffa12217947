"""What a run of a pipeline left in a Butler besides its results: configurations, versions, logs.

Configurations are Python, and never run: whoever reads the record sees the text.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from curator.editing.fits_import.pending_import import Construction, PipelineFile
from curator.errors import CuratorError

if TYPE_CHECKING:
    from lsst.daf.butler import Butler, DatasetRef

__all__ = ["Runs"]

MAX_TEXT = 64 * 1024
MAX_PACKAGES = 1024 * 1024
MAX_FILES = 200
_PACKAGES = "packages"
_CONFIG = "_config"
_TEXT = (".py", ".yaml", ".txt")


class Runs:
    """Reads what belongs to a RUN collection as a whole, once for each.

    Parameters
    ----------
    butler : Butler
    local : callable
        Returns the path of a dataset's file on this machine.
    """

    def __init__(self, butler: Butler, local: Callable[[DatasetRef], str]) -> None:
        self._butler = butler
        self._local = local
        self._known: dict[str, Construction] = {}
        self._types: list[Any] | None = None

    def construction(self, run: str) -> Construction:
        """Return what a run says of how its results were made; nothing where it was no pipeline's."""
        if run not in self._known:
            self._known[run] = self._construction(run)
        return self._known[run]

    def _construction(self, run: str) -> Construction:
        software: dict[str, str] = {}
        files: list[PipelineFile] = []
        for ref in self._datasets(run):
            if ref.datasetType.name == _PACKAGES:
                software.update(self._versions(ref))
            files.append(self._file(ref))
        return Construction(software, tuple(sorted(files, key=lambda one: one.dataset_type)[:MAX_FILES]))

    def _datasets(self, run: str) -> Iterator[DatasetRef]:
        """Give the datasets that are about a run as a whole: they have an empty data ID."""
        if self._types is None:
            found = self._butler.registry.queryDatasetTypes()
            self._types = [
                one
                for one in found
                if not one.dimensions
                and (one.name == _PACKAGES or one.name.endswith((_CONFIG, "_metadata", "_log")))
            ]
        for one in self._types:
            yield from self._butler.query_datasets(one, run, find_first=False, limit=None, explain=False)

    def _file(self, ref: DatasetRef) -> PipelineFile:
        name = ref.datasetType.name
        try:
            path = self._local(ref)
        except CuratorError:
            return PipelineFile(name, str(ref.id))
        raw = _bytes(path, MAX_TEXT)
        if raw is None:
            return PipelineFile(name, str(ref.id), os.path.basename(path))
        from hashlib import sha256

        is_text = name.endswith(_CONFIG) and path.endswith(_TEXT)
        text = _decoded(raw) if is_text else ""
        return PipelineFile(name, str(ref.id), os.path.basename(path), sha256(raw).hexdigest(), text)

    def _versions(self, ref: DatasetRef) -> dict[str, str]:
        """Return names and versions of packages, from JSON or YAML; whatever else it is stays unread."""
        from curator.formats.yaml.reader import read_yaml

        try:
            path = self._local(ref)
            raw = _bytes(path, MAX_PACKAGES)
            if raw is None or not path.endswith((".json", ".yaml")):
                return {}
            tree = read_yaml("packages.yaml", raw).tree  # JSON is YAML
        except CuratorError:
            return {}
        found = tree if isinstance(tree, dict) else {}
        return {
            str(key): str(value)
            for key, value in found.items()
            if isinstance(key, str)
            and isinstance(value, str | int | float)
            and len(key) + len(str(value)) < 400
        }


def _bytes(path: str, limit: int) -> bytes | None:
    from curator.formats.files.bounded_io import read_bounded

    try:
        return read_bounded(os.path.realpath(path), limit)
    except CuratorError:
        return None


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return ""
