"""What an export has to do: every calibration of a commit, and its name in the tree."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.errors import CalibrationError, CuratorError, ExportError
from curator.export.manifest import ManifestRow
from curator.export.stamp import Provenance, file_name
from curator.export.validation import is_inside
from curator.repository.git import printable

if TYPE_CHECKING:
    from curator.export.write import Written
    from curator.repository.catalogue import Catalogue, Entry
    from curator.repository.config import Config
    from curator.repository.history import History
    from curator.repository.repository import Repository

__all__ = ["Planned", "plan_export", "refuse_uncommitted", "relative_paths"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One calibration to be exported.

    Parameters
    ----------
    entry : Entry
        What the catalogue knows of it.
    provenance : Provenance
    target : str
        Its FITS file, relative to the export tree.
    had : ManifestRow or None
        What an earlier manifest says of that file.
    """

    entry: Entry
    provenance: Provenance
    target: str
    had: ManifestRow | None = None

    def row(self, written: Written | ManifestRow) -> ManifestRow:
        """Return the manifest's row, given what was written now or listed before."""
        entry, data_id = self.entry, self.entry.data_id
        return ManifestRow(
            path=self.target,
            sha256=written.sha256,
            content=written.content,
            bytes=written.bytes,
            dataset_type=data_id.dataset_type,
            instrument=data_id.instrument,
            detector=data_id.detector or "",
            detector_id=data_id.detector_id,
            filter=data_id.physical_filter or "",
            valid_start=entry.start.isoformat(),
            valid_end=entry.end.isoformat() if entry.end else "",
            end_source=entry.end_source,
            gitpath=self.provenance.path,
            gitblob=self.provenance.blob,
            gitsha=self.provenance.last.sha,
            status=entry.status,
        )


def plan_export(
    catalogue: Catalogue,
    history: History,
    config: Config,
    have: Mapping[str, ManifestRow],
    selected: frozenset[str] | None = None,
) -> tuple[list[Planned], list[CuratorError]]:
    """Return what to export, by source path, and what of it cannot be.

    Names follow from git alone: no text is read for a file that is there already.

    Parameters
    ----------
    have : mapping of str to ManifestRow
        What earlier manifests list, by path in the tree.
    selected : frozenset of str, optional
        Source paths to export; all of them if not given. Validity follows from all of them anyway.
    """
    planned: list[Planned] = []
    for entry in catalogue.entries:
        source = str(entry.path)
        if selected is not None and source not in selected:
            continue
        edits = tuple(history.edits(source))
        if not edits or entry.blob is None:
            raise ExportError("git knows no commit of this file", path=source)
        provenance = Provenance(config.repository, config.profile, source, entry.blob, edits)
        target = os.path.join(os.path.dirname(source), file_name(provenance, entry.path))
        planned.append(Planned(entry, provenance, target, have.get(target)))
    named = None if selected is None else {printable(path) for path in selected}
    errors = [problem for problem in catalogue.problems if named is None or problem.path in named]
    errors += [_unnameable(one) for one in planned if not _is_nameable(one.target)]
    return planned, errors


def _is_nameable(target: str) -> bool:
    return is_inside(target) and target.isprintable()


def _unnameable(one: Planned) -> CuratorError:
    return CalibrationError(
        "the path has characters that a manifest and other systems cannot hold",
        path=one.provenance.path,
        hint="name directories by the detector or filter, in printable UTF-8 and not beginning with a dot",
    )


def refuse_uncommitted(repo: Repository, config: Config, *, own_config: bool) -> None:
    """Raise an error that names the calibrations that are not committed as they lie there.

    ``own_config`` says that the repository's ``curator.yaml`` is used, which then counts too.
    """
    from curator.repository.config import NAME
    from curator.repository.paths import is_candidate

    dirty = [
        path
        for path in repo.uncommitted()
        if is_candidate(path, config.directories) or (own_config and path == NAME)
    ]
    if dirty:
        few = ", ".join(map(printable, dirty[:5])) + (f" and {len(dirty) - 5} more" if len(dirty) > 5 else "")
        raise ExportError(
            f"not committed: {few}",
            hint="commit them, or name the commit to export with --rev",
        )


def relative_paths(repo: Repository, paths: Sequence[str | os.PathLike[str]]) -> list[str]:
    """Return paths given from the current directory as the repository names them.

    Raises
    ------
    ExportError
        One leads out of the repository.
    """
    found = []
    for path in [os.fspath(one) for one in paths]:
        if repo.bare:
            inside = os.path.normpath(path)
        else:
            folder, name = os.path.split(os.path.abspath(path))
            inside = os.path.relpath(os.path.join(os.path.realpath(folder), name), repo.root)
        if os.path.isabs(inside) or inside.split(os.sep)[0] == os.pardir:
            raise ExportError("this is outside the repository", path=path)
        found.append("" if inside == os.curdir else inside.replace(os.sep, "/"))
    return found
