"""Which paths of a repository are anybody's business here."""

from __future__ import annotations

from curator.repository.layout.paths import camera_of, is_candidate, is_stray

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.repository.layout.config import Config

__all__ = ["is_relevant"]


def is_relevant(path: str, is_file: bool, config: Config) -> bool:
    """Return whether rules look at a path; ``is_file`` is false for a symbolic link or a submodule."""
    cameras = config.directories
    if is_candidate(path, cameras) or is_stray(path, cameras):
        return True
    # A link that stands where a directory of calibrations would hides whatever is behind it.
    return not is_file and bool(camera_of(path, cameras)) and path.rpartition(".")[2] not in ("md", "txt")
