"""What stands beside files that are named: as much as rules need, which follows from how many are named."""

from __future__ import annotations

from curator.repository.layout.paths import ALL_RECORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.cross_file.calibration_sets import CalibrationSets
    from curator.repository.layout.path_parser import Member, TypeFolder
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["add_adjacent", "add_all"]

# Neighbours in time of a named file that are looked at, on either side.
NEAR = 4
# From so many named files of a type on, its directory is worth a look.
MANY = 20


def add_adjacent(sets: CalibrationSets, snapshot: Snapshot) -> tuple[list[TypeFolder], set[str]]:
    """Add what stands beside the named files: neighbours in time, and all of a type of which most is named.

    Returns
    -------
    complete : list of TypeFolder
        Types of which everything is known now, by path: most of it is not worth reading.
    near : set of str
        Paths of the named files and their neighbours.
    """
    groups = list(sets.groups.items())
    most = [group for group, named in groups if len(named) > 1 and _are_most(group, named, sets, snapshot)]
    for _, named in groups:
        folders: dict[str, list[Member]] = {}
        for member in named:
            folders.setdefault(member.folder, []).append(member)
        for folder, members in folders.items():
            _add_near(folder, members, sets, snapshot)
    near = {each.path for members in sets.groups.values() for each in members}
    for group in most:
        add_all(f"{group.camera}/{group.type}", sets, snapshot)
    return most, near


def _are_most(group: TypeFolder, named: list[Member], sets: CalibrationSets, snapshot: Snapshot) -> bool:
    """Whether the named files are of at least half of the detectors or filters that could have any."""
    camera = sets.camera(group.camera, named[0].start)
    if camera is None:
        return False
    folder = f"{group.camera}/{group.type}"
    below = 2 * len({each.path[len(folder) + 1 :].partition("/")[0] for each in named})
    possible = camera.detectors if named[0].detector else camera.filters if named[0].filter else ()
    return below >= len(possible) or (len(named) >= MANY and below >= len(snapshot.listdir(folder)))


def _add_near(folder: str, named: list[Member], sets: CalibrationSets, snapshot: Snapshot) -> None:
    folders = (folder, *_other_names(named[0], sets))
    paths = (
        f"{parent_folder}/{name}" for parent_folder in folders for name in snapshot.listdir(parent_folder)
    )
    there = [member for path in paths if (member := sets.place(path))]
    there.sort(key=lambda each: (each.start, each.path))
    numbers = [number for number, one in enumerate(there) if one.path in sets.checked]
    near = {other for number in numbers for other in range(number - NEAR, number + NEAR + 1)}
    for number in sorted(near):
        if 0 <= number < len(there):
            sets.add(there[number].path)


def _other_names(member: Member, sets: CalibrationSets) -> list[str]:
    """Return the folders of the same thing under other names of its filter."""
    camera = sets.camera(member.camera, member.start) if member.filter else None
    found = camera.filter_at(member.filter) if camera else None
    if found is None:
        return []
    from curator.calibrations.cameras.camera import filter_directory

    names = {filter_directory(name) for name in (found.name, *found.aliases)} - {member.filter}
    parent = member.folder.rpartition("/")[0]
    return [f"{parent}/{name}" for name in sorted(names)]


def add_all(folder: str, sets: CalibrationSets, snapshot: Snapshot, depth: int = 4) -> None:
    """Add everything below a folder."""
    for name in snapshot.listdir(folder):
        path = f"{folder}/{name}"
        if name.endswith(ALL_RECORDS) or sets.is_candidate(path):
            sets.add(path)
        elif depth:
            add_all(path, sets, snapshot, depth - 1)
