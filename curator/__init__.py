"""Human-curated calibrations of astronomical cameras, kept in git.

`open` gives the calibrations of a repository, and `registry` those of a registry. Nothing is loaded before
one of the names below is used.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.api.answers import SelectionAnswer, SelectionExplanation, SelectionList
    from curator.api.blames import BlameReport
    from curator.api.calibrations import CalibrationFile, CalibrationList
    from curator.api.coverages import CoverageList
    from curator.api.differences import DiffReport
    from curator.api.findings import CheckFindings
    from curator.api.histories import EditHistory
    from curator.api.registry import CalibrationRegistry, HoldingList, RegistryLabel, registry
    from curator.api.repository import CalibrationRepository, RepositoryState, open
    from curator.errors import CuratorError

__all__ = [
    "BlameReport",
    "CalibrationFile",
    "CalibrationList",
    "CalibrationRegistry",
    "CalibrationRepository",
    "CheckFindings",
    "CoverageList",
    "CuratorError",
    "DiffReport",
    "EditHistory",
    "HoldingList",
    "RegistryLabel",
    "RepositoryState",
    "SelectionAnswer",
    "SelectionExplanation",
    "SelectionList",
    "__version__",
    "open",
    "registry",
]

__version__ = "0.1.0"

_MODULES = {
    "BlameReport": "curator.api.blames",
    "CalibrationFile": "curator.api.calibrations",
    "CalibrationList": "curator.api.calibrations",
    "CalibrationRegistry": "curator.api.registry",
    "CalibrationRepository": "curator.api.repository",
    "CheckFindings": "curator.api.findings",
    "CoverageList": "curator.api.coverages",
    "CuratorError": "curator.errors",
    "DiffReport": "curator.api.differences",
    "EditHistory": "curator.api.histories",
    "HoldingList": "curator.api.registry",
    "RegistryLabel": "curator.api.registry",
    "RepositoryState": "curator.api.repository",
    "SelectionAnswer": "curator.api.answers",
    "SelectionExplanation": "curator.api.answers",
    "SelectionList": "curator.api.answers",
    "open": "curator.api.repository",
    "registry": "curator.api.registry",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__} - {"TYPE_CHECKING"})
