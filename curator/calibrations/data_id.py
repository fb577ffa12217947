"""What a calibration is for: the one value that catalogues, exports and registries name it by."""

from __future__ import annotations

from curator.values import dataclass

__all__ = ["DataId"]


@dataclass(frozen=True, slots=True, eq=False)
class DataId:
    """A dataset type, and the values of its dimensions.

    Two are equal where dataset type, instrument, number of the detector and physical filter are: registries
    may spell a detector's name otherwise, or not know it.

    Parameters
    ----------
    dataset_type : str
        As its holder calls it: a repository by the directory, a registry by its own name.
    instrument : str
        As ``INSTRUME`` has it.
    detector : int or None
        Number of the detector; `None` where the type has none, or the camera knows none of that name.
    physical_filter : str
        Name of the filter, from the camera, else from the header, else the directory as spelled; empty where
        the type has none.
    detector_name : str
        Name of the detector; the directory as spelled where the camera knows no such detector, empty where
        the type has none, or nobody has looked it up.
    """

    dataset_type: str
    instrument: str
    detector: int | None = None
    physical_filter: str = ""
    detector_name: str = ""

    @property
    def key(self) -> tuple[str, str, int | None, str]:
        """What two equal ones have in common."""
        return self.dataset_type, self.instrument, self.detector, self.physical_filter

    @property
    def order(self) -> tuple[str, str, int, str, str]:
        """What data IDs are sorted by; a detector by its number."""
        number = -1 if self.detector is None else self.detector
        return self.dataset_type, self.instrument, number, self.detector_name, self.physical_filter

    @property
    def detector_text(self) -> str:
        """The detector's name, its number where that is not known; empty where there is no detector."""
        return self.detector_name or ("" if self.detector is None else str(self.detector))

    @property
    def names(self) -> tuple[str, str, str, str]:
        """Dataset type, instrument, detector and filter as people name them; empty where there is none."""
        return self.dataset_type, self.instrument, self.detector_name, self.physical_filter

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataId) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        names = (self.dataset_type, self.instrument, self.detector_text, self.physical_filter)
        return " ".join(filter(None, names))
