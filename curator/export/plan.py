"""What an export has to do: every calibration of a commit, and its name in the tree."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.errors import CalibrationError, CuratorError, ExportError
from curator.export.manifest.manifest import ManifestRow, format_range
from curator.export.manifest.validate import is_inside
from curator.export.provenance.stamp import Identity, Provenance, file_name
from curator.repository.git.command import printable
from curator.repository.layout.paths import CalibPath, is_candidate

if TYPE_CHECKING:
    from curator.export.write import Written
    from curator.repository.catalogue.catalogue import Entry
    from curator.repository.history import History
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Commit

__all__ = ["Planned", "plan_export", "refuse_uncommitted", "relative_paths", "unnameable"]


@dataclass(frozen=True, slots=True)
class Planned:
    """One calibration to be exported.

    Parameters
    ----------
    path : CalibPath
    provenance : Provenance
    target : str
        Its FITS file, relative to the export tree.
    had : ManifestRow or None
        What an earlier manifest says of that file.
    """

    path: CalibPath
    provenance: Provenance
    target: str
    had: ManifestRow | None = None

    @property
    def source(self) -> str:
        """The path of its text in the repository."""
        return self.provenance.path

    def row(self, entry: Entry, written: Written | ManifestRow, check: str = "ok") -> ManifestRow:
        """Return the manifest's row.

        Parameters
        ----------
        entry : Entry
            What the catalogue says of the text.
        written : Written or ManifestRow
            What is known of the file, from writing it or from an earlier manifest.
        check : str
            What a check says of the text.

        Raises
        ------
        CalibrationError
            A table cannot hold a name in its data ID.
        """
        data_id = entry.data_id
        for name in data_id.names:
            if name != name.strip() or not name.isprintable():
                raise CalibrationError(f"a manifest cannot store the name {name!r}", path=self.source)
        return ManifestRow(
            path=self.target,
            sha256=written.sha256,
            content=written.content,
            bytes=written.bytes,
            dataset_type=data_id.dataset_type,
            instrument=data_id.instrument,
            detector=data_id.detector_name,
            detector_id=data_id.detector,
            filter=data_id.physical_filter,
            valid_start=entry.start.isoformat(),
            valid_end=entry.end.isoformat() if entry.end else "",
            end_source=entry.end_source,
            gitpath=self.source,
            gitblob=self.provenance.blob,
            gitsha=self.provenance.last.sha,
            status=entry.status,
            ranges=" ".join(format_range(*one) for one in entry.ranges),
            check=check,
        )


def plan_export(
    commit: Commit,
    history: History,
    config: Config,
    have: Mapping[str, ManifestRow],
    selected: frozenset[str] | None = None,
) -> list[Planned]:
    """Return what to export, by source path; a candidate whose path says nothing is left to the catalogue.

    Names follow from git alone: no text is read for a file that is there already.

    Parameters
    ----------
    have : mapping of str to ManifestRow
        What earlier manifests list, by path in the tree.
    selected : frozenset of str, optional
        Source paths to export; all of them if not given.
    """
    planned = []
    for entry in commit.entries():
        if not is_candidate(entry.path, config.directories) or not entry.is_file or entry.blob is None:
            continue
        path = CalibPath.try_parse(entry.path)
        if path is None or (selected is not None and entry.path not in selected):
            continue
        edits = tuple(history.edits(entry.path))
        if not edits:
            raise ExportError("no commit contains this file", path=printable(entry.path))
        identity = Identity.at(path, config.camera_files)
        provenance = Provenance(config.repository, config.profile, entry.path, entry.blob, edits, identity)
        target = os.path.join(os.path.dirname(entry.path), file_name(provenance, path))
        planned.append(Planned(path, provenance, target, have.get(target)))
    return planned


def unnameable(planned: Iterable[Planned]) -> dict[str, CuratorError]:
    """Return an error, by source, for every path that a manifest or another system could not hold."""
    return {
        one.source: CalibrationError(
            "the path has characters that a manifest and other systems cannot store",
            path=printable(one.source),
            hint="name directories after the detector or filter, in printable UTF-8, without a leading dot",
        )
        for one in planned
        if not is_inside(one.target) or not one.target.isprintable()
    }


def refuse_uncommitted(repo: Repository, config: Config, *, own_config: bool) -> None:
    """Raise an error that names the calibrations that are not committed as they lie there.

    ``own_config`` says that the repository's ``curator.yaml`` is used, which then counts too.
    """
    from curator.repository.layout.config import NAME

    dirty = [
        path
        for path in repo.uncommitted()
        if is_candidate(path, config.directories) or (own_config and path == NAME)
    ]
    if dirty:
        few = ", ".join(map(printable, dirty[:5])) + (f" and {len(dirty) - 5} more" if len(dirty) > 5 else "")
        raise ExportError(
            f"not committed: {few}",
            hint="commit them, or choose a commit with --rev",
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
