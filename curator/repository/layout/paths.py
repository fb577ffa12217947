"""The path grammar: where a calibration's file is says what it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from curator.errors import CuratorError, RepositoryError
from curator.values import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

__all__ = [
    "ALL_RECORDS",
    "OLD_RECORDS",
    "RECORDS",
    "SUFFIXES",
    "CalibPath",
    "PathError",
    "camera_of",
    "is_candidate",
    "is_stray",
    "moment_of",
]

SUFFIXES = (".ecsv", ".yaml")
# Beside calibrations. A reader of obs_base takes every `.yaml` there for a calibration, but no `.yml`.
RECORDS = (".inputs.yml", ".validation.yml")
OLD_RECORDS = (".inputs.yaml", ".validation.yaml")
ALL_RECORDS = (*RECORDS, *OLD_RECORDS)
_STRAY = frozenset(("ecsv", "yaml", "yml"))
# Suffixes of data, which may be taken for a calibration; pictures and notes are not.
_DATA = frozenset(
    ("", "asdf", "csv", "dat", "fit", "fits", "fz", "h5", "hdf5", "json", "npy", "npz", "parquet", "pickle",
     "pkl", "tsv", "txt", "xml")
)  # fmt: skip
# What programs add to the name of a file.
_ADDED = frozenset(("bak", "bz2", "gz", "orig", "rej", "tmp", "xz", "zip"))


class PathError(RepositoryError):
    """A path does not follow the grammar.

    ``reason`` is ``suffix``, ``depth``, ``type``, ``dimensions`` or ``date``; ``value`` the faulty part.
    """

    def __init__(self, message: str, *, reason: str, path: str, value: str = "", hint: str = "") -> None:
        super().__init__(message, path=path, value=value, hint=hint)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class CalibPath:
    """``<camera>/<dataset type>/[<detector>/][<physical filter>/]<valid start>.<format>``, as spelled.

    Parameters
    ----------
    camera : str
        Directory of the camera, which may stand below others: ``curated/pfs``.
    dataset_type : str
        Name of a `DatasetType`.
    detector, physical_filter : str or None
        Directories, `None` where the type has no such dimension.
    stem : str
        File name without suffix: the valid start in one of its four forms.
    start : datetime
        The valid start, UTC without a zone.
    format : {"ecsv", "yaml"}
    """

    camera: str
    dataset_type: str
    detector: str | None
    physical_filter: str | None
    stem: str
    start: datetime
    format: str

    def __str__(self) -> str:
        parts = (self.camera, self.dataset_type, self.detector, self.physical_filter)
        return "/".join([part for part in parts if part is not None] + [f"{self.stem}.{self.format}"])

    @classmethod
    def parse(cls, path: str, camera: str = "") -> CalibPath:
        """Return the value of a path relative to the repository; ``str`` gives the path back.

        Parameters
        ----------
        path : str
        camera : str, optional
            Directory of the camera that it stands below. Without it that is all before the first directory,
            but for the topmost, that is called as a dataset type.

        Raises
        ------
        PathError
            The path does not follow the grammar; its ``reason`` says in which respect.
        """
        from curator.calibrations.time.dates import parse_start
        from curator.calibrations.types.types import find_type

        *folders, name = path.split("/")
        stem, dot, suffix = name.rpartition(".")
        if dot + suffix not in SUFFIXES:
            raise PathError(
                f"{name!r} is neither .ecsv nor .yaml",
                reason="suffix",
                path=path,
                value=dot + suffix if dot else name,
            )
        depth = camera.count("/") + 1 if camera else _depth(folders)
        if len(folders) <= depth:
            raise PathError(
                "the path of a calibration starts with <camera>/<dataset type>/",
                reason="depth",
                path=path,
                value=path,
                hint="<camera>/<dataset type>/[<detector>/][<physical filter>/]<valid start>.<ecsv|yaml>",
            )
        camera, type_name, values = "/".join(folders[:depth]), folders[depth], folders[depth + 1 :]
        found = find_type(type_name)
        if found is None:
            raise PathError(
                f"no dataset type is called {type_name!r}", reason="type", path=path, value=type_name
            )
        wanted = [name for name in found.dimensions if name in ("detector", "physical_filter")]
        if len(values) != len(wanted) or "" in values:
            raise PathError(
                f"{type_name} needs {_count(wanted)} below it, not {_spelled(values)}",
                reason="dimensions",
                path=path,
                value="/".join(values),
                hint="/".join([camera, type_name, *(f"<{name}>" for name in wanted), name]),
            )
        try:
            start = parse_start(stem)
        except (CuratorError, ValueError) as error:
            raise PathError(
                f"file name {stem!r} is not a date",
                reason="date",
                path=path,
                value=stem,
                hint="name the file after its valid start, in UTC: YYYYMMDDTHHMMSS",
            ) from error
        dimensions = dict(zip(wanted, values, strict=True))
        return cls(
            camera,
            type_name,
            dimensions.get("detector"),
            dimensions.get("physical_filter"),
            stem,
            start,
            suffix,
        )

    @classmethod
    def try_parse(cls, path: str) -> CalibPath | None:
        """Return the value of ``path``, `None` where it does not follow the grammar."""
        try:
            return cls.parse(path)
        except PathError:
            return None


def _depth(folders: Sequence[str]) -> int:
    """Return how many directories stand before that of the dataset type, one if none is called as a type."""
    from curator.calibrations.types.types import find_type

    return next((depth for depth in range(1, len(folders)) if find_type(folders[depth])), 1)


def camera_of(path: str, cameras: Collection[str]) -> str:
    """Return which of the directories of ``cameras`` a path stands below, empty if none.

    Examples
    --------
    >>> camera_of("curated/pfs/defects/b1/20200101T000000.ecsv", {"lsstCam", "curated/pfs"})
    'curated/pfs'
    """
    end = path.find("/")
    while end > 0:
        if path[:end] in cameras:
            return path[:end]
        end = path.find("/", end + 1)
    return ""


def is_candidate(path: str, cameras: Collection[str]) -> bool:
    """Whether ``path`` must be a calibration: text below the directory of one of ``cameras``.

    Records that stand beside a calibration (``.inputs.yml``, ``.validation.yml``) are none, also under their
    old suffix ``.yaml``.
    """
    return path.endswith(SUFFIXES) and not path.endswith(OLD_RECORDS) and bool(camera_of(path, cameras))


def is_stray(path: str, cameras: Collection[str]) -> bool:
    """Whether ``path`` looks like a calibration, being named by a date, but is read by nobody.

    It stands below no camera, or where a calibration would with a suffix that is not read.
    """
    name = path.rpartition("/")[2]
    if not name[:4].isdecimal() or is_candidate(path, cameras):
        return False
    stem, _, rest = name.partition(".")
    suffixes = rest.lower().split(".")
    while suffixes[-1] in _ADDED and len(suffixes) > 1:
        suffixes.pop()
    if not all(part[:1].isdecimal() for part in suffixes[:-1]):
        return False  # a record beside a calibration; a fraction of a second is none
    if suffixes[-1] not in _STRAY and not (suffixes[-1] in _DATA and _below_type(path, cameras)):
        return False
    # A day alone names much: it is a calibration's name only where there is a dataset type.
    return moment_of(stem) is not None and (len(stem) > len("YYYY-MM-DD") or _has_type(path))


def moment_of(stem: str) -> datetime | None:
    """Return the moment (UTC) for which Rubin's reader takes a file name, `None` if it refuses the name.

    ``lsst.obs.base`` takes every form that `datetime.fromisoformat` of Python 3.11 reads; curator takes the
    four forms of `curator.calibrations.time.dates.parse_start`.

    Examples
    --------
    >>> moment_of("2020-W01-3")
    datetime.datetime(2020, 1, 1, 0, 0)
    >>> moment_of("20200101T000000+02:00")
    datetime.datetime(2019, 12, 31, 22, 0)
    """
    from datetime import UTC, datetime

    try:
        found = datetime.fromisoformat(stem)
        return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo is not None else found
    except (ValueError, OverflowError):
        return None


def _has_type(path: str) -> bool:
    from curator.calibrations.types.types import find_type

    return any(find_type(folder) for folder in path.split("/")[:-1])


def _below_type(path: str, cameras: Collection[str]) -> bool:
    from curator.calibrations.types.types import find_type

    camera = camera_of(path, cameras)
    type_name, slash, _ = path[len(camera) + 1 :].partition("/")
    return bool(camera and slash) and find_type(type_name) is not None


def _count(wanted: list[str]) -> str:
    if not wanted:
        return "no directories"
    return "the directories " + "/".join(wanted) if len(wanted) > 1 else f"one directory, the {wanted[0]},"


def _spelled(values: list[str]) -> str:
    return repr("/".join(values)) if values else "none"
