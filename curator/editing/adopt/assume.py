"""The configuration that adopting a repository would write, for a check of one that was never adopted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.calibrations.header.profiles import PROFILES
from curator.editing.adopt.adopt import NothingToAdoptError, adoption_fits, adoption_texts, infer_cameras
from curator.editing.adopt.render_config import release_branch, repository_name
from curator.editing.adopt.survey import survey
from curator.repository.layout.config import load_config
from curator.repository.snapshots.overlay import Overlay

if TYPE_CHECKING:
    from curator.repository.layout.config import Config
    from curator.repository.repository import Repository
    from curator.repository.snapshots.protocol import Snapshot

__all__ = ["Assumption", "assume_config"]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A configuration that no file holds, and the sentence that says what it assumes."""

    config: Config
    sentence: str


def assume_config(repo: Repository, snapshot: Snapshot) -> Assumption:
    """Return the configuration that ``curator adopt`` would write; nothing is written.

    Raises
    ------
    NothingToAdoptError
        There is no calibration.
    """
    found = survey(snapshot)
    if not found.cameras:
        raise NothingToAdoptError(found.ignored)
    inferred = infer_cameras(found)
    name = repository_name(repo, min(found.cameras)).value
    branch = release_branch(repo).value
    texts = {each.name: adoption_texts(inferred, name, each, branch, None) for each in PROFILES.values()}
    fits = {profile: adoption_fits(snapshot, of_it, found) for profile, of_it in texts.items()}
    profile = min(fits, key=lambda each: fits[each].weight)
    cameras = ", ".join(sorted(each.directory for each in inferred))
    return Assumption(
        load_config(Overlay(snapshot, texts[profile])),
        f"there is no curator.yaml: assumed profile {profile} and <camera>/<dataset type>/… "
        f"for {'camera' if len(inferred) == 1 else 'cameras'} {cameras}",
    )
