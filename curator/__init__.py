"""Human-curated calibrations of astronomical cameras, kept in git.

`open` gives the calibrations of a repository, and `registry` those of a registry. Nothing is loaded before
one of the names below is used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.api.calibrations import CalibrationFile, CalibrationList
    from curator.api.repository import CalibrationRepository, RepositoryState, open
    from curator.errors import CuratorError

__all__ = [
    "CalibrationFile",
    "CalibrationList",
    "CalibrationRepository",
    "CuratorError",
    "RepositoryState",
    "__version__",
    "open",
]

__version__ = "0.1.0"

_MODULES = {
    "CalibrationFile": "curator.api.calibrations",
    "CalibrationRepository": "curator.api.repository",
    "CalibrationList": "curator.api.calibrations",
    "CuratorError": "curator.errors",
    "RepositoryState": "curator.api.repository",
    "open": "curator.api.repository",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
