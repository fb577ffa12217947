"""How a Butler reads an ingested file: as the Rubin stack's class where there is one, else as ours.

A Butler stores this class's name with every file, and imports it when someone asks for the dataset;
nothing else of curator has to be set up for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

# At module level, since the class below is one of theirs; only Butlers import this module.
from lsst.daf.butler import FormatterV2

from curator.errors import RegistryError

if TYPE_CHECKING:
    from lsst.daf.butler import StorageClass

    from curator.calibrations.types.types import DatasetType

__all__ = ["CuratorFormatter"]

# Not a table: it is made from one by the class that `DatasetType.calibcls` names.
_TRANSMISSION_CURVE = "lsst.afw.image.TransmissionCurve"


class CuratorFormatter(FormatterV2):  # type: ignore[misc]  # an optional dependency, without types here
    """Reads the FITS files of an export; a Butler never writes them."""

    default_extension = ".fits"
    can_read_from_local_file = True

    def read_from_local_file(self, path: str, component: str | None = None, expected_size: int = -1) -> Any:
        """Return the calibration in a file."""
        dataset_type = _dataset_type(self.dataset_ref.datasetType.name)
        wanted = self.file_descriptor.storageClass
        try:
            pytype = wanted.pytype
        except ImportError:
            _stand_in(self.file_descriptor.readStorageClass)
            return dataset_type.calibration.readFits(path)
        return _read_as(pytype, dataset_type, path)


def _dataset_type(name: str) -> DatasetType:
    """Return the dataset type that registries call ``name``."""
    from curator.calibrations.types.types import all_types

    for one in all_types():
        if name == (one.registry_name or one.name):
            return one
    raise RegistryError(f"{name!r} is not a dataset type of curated calibrations", value=name)


def _read_as(pytype: type[Any], dataset_type: DatasetType, path: str) -> Any:
    """Read a file as what the storage class promises."""
    from lsst.utils import doImportType

    ours = dataset_type.calibration
    if issubclass(ours, pytype):
        return ours.readFits(path)
    if pytype is dict:
        return ours.readFits(path).to_tree()
    if f"{pytype.__module__}.{pytype.__qualname__}" == _TRANSMISSION_CURVE or not hasattr(pytype, "readFits"):
        return doImportType(dataset_type.calibcls).readFits(path).getTransmissionCurve()
    return pytype.readFits(path)


def _stand_in(storage_class: StorageClass) -> None:
    """Let our class be what a storage class promises, in a process without the Rubin stack.

    The type that a standard storage class such as ``Defects`` names cannot be imported then, and a Butler
    would refuse whatever was read. There is no configuration for it: definitions of a repository or an
    overlay must equal the built-in ones. So its memo of the imported type, which is all that the Butler
    looks at, is filled here.
    """
    from curator.calibrations.types.base import Calibration

    storage_class._pytype = Calibration
    if storage_class.pytype is not Calibration:
        raise RegistryError(
            f"this version of lsst-daf-butler cannot read {storage_class.name} without the Rubin stack"
        )
