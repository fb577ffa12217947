"""Confirms sizes of detectors that a program inferred, by removing ``size_from`` from camera files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.editing.session import exclusive
from curator.editing.tree_writer import write_all

if TYPE_CHECKING:
    from curator.repository.repository import Repository

__all__ = ["Confirmed", "confirm_sizes"]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A camera file, and how many sizes of detectors in it were confirmed."""

    path: str
    sizes: int


@exclusive("adopt --confirm-sizes")
def confirm_sizes(repo: Repository, camera: str = "", *, dry_run: bool = False) -> tuple[Confirmed, ...]:
    """Remove ``size_from`` from the camera files of a camera, or of all; every other byte stays unchanged.

    Parameters
    ----------
    camera : str
        Name of the camera in ``curator.yaml``; all cameras if empty.
    dry_run : bool
        Return what would be confirmed, and write nothing.

    Returns
    -------
    tuple of Confirmed
        The files that change; none if every size is confirmed already.

    Raises
    ------
    CuratorError
        There is no such camera, or a camera file cannot be read or changed safely: then nothing was written.
    """
    from curator.formats.edit.splice import remove_entries
    from curator.formats.yaml.reader import load_yaml
    from curator.name_lookup import require_known
    from curator.repository.layout.camera_files import CameraFiles
    from curator.repository.layout.config import load_config

    tree = repo.worktree()
    config = load_config(tree)
    if camera:
        require_known("camera", camera, {one.name: one for one in config.cameras})
    files = CameraFiles((tree,))
    before, after, confirmed = {}, {}, []
    for declared in config.cameras:
        if camera and declared.name != camera:
            continue
        for path in files.paths(declared.directory):
            raw = tree.read(path)
            places = _places(load_yaml(raw, path))
            if places:
                before[path] = raw
                after[path] = remove_entries(path, raw, places)
                confirmed.append(Confirmed(path, len(places)))
    if after and not dry_run:
        write_all(tree, before, after)
    return tuple(confirmed)


def _places(tree: object) -> list[tuple[str, int, str]]:
    """Return where a camera file says ``size_from``."""
    detectors = tree.get("detectors") if isinstance(tree, dict) else None
    return [
        ("detectors", number, "size_from")
        for number, detector in enumerate(detectors if isinstance(detectors, list) else ())
        if isinstance(detector, dict) and "size_from" in detector
    ]
