"""The provenance stamp: which text, which commit and whose edits a FITS file comes from.

It fills HDU0, so that the other HDUs depend on the calibration alone. Everything here is
a function of the source's blob, its history as seen from the exported commit, what registries call its
instrument and filter, the fields of ``curator.yaml`` named below, and `FORMAT`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curator.calibrations.header.deprecation import DEPRECATED, deprecations_of
from curator.errors import CuratorError

if TYPE_CHECKING:
    from curator.calibrations.cameras.camera import Camera
    from curator.formats.document import Comment, Document
    from curator.repository.history import CommitInfo
    from curator.repository.layout.camera_files import CameraFiles
    from curator.repository.layout.paths import CalibPath

__all__ = [
    "FORMAT",
    "IDENTIFICATION",
    "Identity",
    "Provenance",
    "comment_note",
    "edit_note",
    "file_name",
    "notes",
    "stamp_cards",
]

# Raised by one whenever the same input gives other bytes than before: it is part of every file name.
FORMAT = 2
IDENTIFICATION = ("OBSTYPE", "INSTRUME", "DETECTOR", "FILTER", "CALIB_ID", "VALIDSTART", "VALIDEND")
# Of more edits than this, git knows the oldest.
MAX_EDIT_NOTES = 10_000

_MEANINGS = {
    "CURATOR": "version of this format of stamp and tables",
    "GITREPO": "repository, as curator.yaml names it",
    "GITPATH": "source text in the repository",
    "GITBLOB": "git blob of the source text",
    "GITSHA": "commit that last touched the source text",
    "GITDATE": "author date of that commit, UTC",
    "GITAUTH": "author of that commit",
    "GITSUBJ": "subject of that commit",
    "CONTENT": "SHA-256 of the calibration without stamp",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What registries call the instrument and the filter of a calibration; empty where that is not known.

    Its text may use another name of theirs. Exported files say what the manifest says.
    """

    instrument: str = ""
    physical_filter: str = ""

    @classmethod
    def of(cls, path: CalibPath, camera: Camera) -> Identity:
        """Return the identity of a calibration, with the camera as it was at its start."""
        found = camera.filter_at(path.physical_filter) if path.physical_filter is not None else None
        return cls(camera.instrument, found.name if found else "")

    @classmethod
    def at(cls, path: CalibPath, cameras: CameraFiles) -> Identity:
        """Return the identity of a calibration; an empty one where the camera's own file cannot be used."""
        try:
            return cls.of(path, cameras.at(path.camera, path.start))
        except CuratorError:
            return cls()  # the catalogue says why, and nothing is exported

    @property
    def keywords(self) -> dict[str, str]:
        """What is known of it, by keyword."""
        known = {"INSTRUME": self.instrument, "FILTER": self.physical_filter}
        return {key: name for key, name in known.items() if name}


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the text of one calibration comes from.

    Parameters
    ----------
    repository, profile : str
        Name and profile that ``curator.yaml`` declares: the only fields of it that reach a file.
    path, blob : str
        The source in the exported commit.
    edits : tuple of CommitInfo
        What ``git log -- path`` answers from the exported commit, newest first; never empty.
        Seen from ``edits[0]`` it is the same list, so a file says all it takes to verify it.
    identity : Identity
    """

    repository: str
    profile: str
    path: str
    blob: str
    edits: tuple[CommitInfo, ...]
    identity: Identity = Identity()

    @property
    def last(self) -> CommitInfo:
        """The commit that last touched the source."""
        return self.edits[0]


def file_name(provenance: Provenance, path: CalibPath) -> str:
    """Return the name of the FITS file, ``<valid start>-<12 hex>.fits``.

    The digits are those of a SHA-256 over every input of the file's bytes: a name never
    changes its content.
    """
    from hashlib import sha256

    from curator.calibrations.time.dates import format_start

    inputs = (
        str(FORMAT),
        provenance.repository,
        provenance.profile,
        provenance.path,
        provenance.blob,
        provenance.identity.instrument,
        provenance.identity.physical_filter,
        *(edit.sha for edit in provenance.edits),
    )
    digest = sha256("\0".join(inputs).encode("utf-8", "surrogateescape")).hexdigest()
    return f"{format_start(path.start)}-{digest[:12]}.fits"


def stamp_cards(
    provenance: Provenance, document: Document, path: CalibPath, content: str
) -> Iterator[tuple[str, Any, str]]:
    """Yield the (keyword, value, comment) cards of HDU0, apart from its HISTORY."""
    from curator.calibrations.fits.cards import header_cards
    from curator.calibrations.header.keywords import rename

    named = {key: value for key, value in document.header.items() if str(key).upper() in IDENTIFICATION}
    rename(named, provenance.identity.keywords)
    header = dict(header_cards(named))
    for keyword in IDENTIFICATION:
        if keyword in header:
            yield keyword, header[keyword], ""
        elif keyword == "VALIDSTART" and _certified(provenance, header):
            yield keyword, path.start.isoformat(), "from the name of the source"
    if deprecations := deprecations_of(document.header):
        yield DEPRECATED, list(map(str, deprecations)), ""
    last = provenance.last
    values = {
        "CURATOR": FORMAT,
        "GITREPO": provenance.repository,
        "GITPATH": provenance.path,
        "GITBLOB": provenance.blob,
        "GITSHA": last.sha,
        "GITDATE": last.date,
        "GITAUTH": last.author,
        "GITSUBJ": last.subject,
        "CONTENT": content,
    }
    for keyword, value in values.items():
        yield keyword, value, _MEANINGS[keyword]


def notes(provenance: Provenance, document: Document) -> list[str]:
    """Return who changed what, one line each: edits in git, the file's HISTORY, what it says of its columns,
    comments between its rows.
    """
    from curator.calibrations.fits.exportable import own_notes

    own = [
        *own_notes(document),
        *(f"column {one.name}: {one.description}" for one in document.columns.values() if one.description),
        *(comment_note(comment, len(document.row_lines)) for comment in document.comments),
    ]
    return [*_edit_notes(provenance, MAX_EDIT_NOTES), *own]


def _edit_notes(provenance: Provenance, most: int) -> Iterator[str]:
    """Give the edits, oldest first; of more than ``most`` the newest."""
    edits = provenance.edits[:most]
    if earlier := len(provenance.edits) - len(edits):
        yield f"{earlier} earlier edits: git log {edits[-1].sha[:12]}~ -- {provenance.path}"
    for edit in reversed(edits):
        yield edit_note(edit)


def edit_note(edit: CommitInfo) -> str:
    """Return an edit as a note: when, who, why, and the commit."""
    return f"{edit.date[:10]} {edit.author}: {edit.subject} (git {edit.sha[:12]})"


def comment_note(comment: Comment, rows: int) -> str:
    """Return a comment of a text of ``rows`` rows as a note: where it stands, and what it says."""
    if comment.row < 0:
        return f"line {comment.line}: {comment.text}"
    place = f"before row {comment.row + 1}" if comment.row < rows else "after the last row"
    return f"line {comment.line}, {place}: {comment.text}"


def _certified(provenance: Provenance, header: Mapping[str, Any]) -> bool:
    """Whether the file's name says from when on it is valid, where its header need not."""
    from curator.calibrations.header.profiles import PROFILES, is_certified

    return is_certified(header, PROFILES[provenance.profile])
