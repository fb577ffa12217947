"""How files come to be a Butler's: where they are (``direct``), or in its datastore (``copy``, ``hardlink``).

A datastore is a folder, or a place in an object store (``s3://BUCKET/PREFIX``) that ``lsst-resources``
reaches; keys come from where AWS's own tools have them. A Butler puts files into its datastore before the
database commits: a kill leaves files that no dataset refers to. The name of a file tells RUN, type and data
ID, so the next run writes the same files again. A note in the folder of the Butler says that it must.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from errno import EXDEV
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from curator.errors import UsageError
from curator.registries.butler.formatters import recorded_formatters
from curator.registries.errors import UnusableRegistryError
from curator.registries.model.model import Item

if TYPE_CHECKING:
    from uuid import UUID

    from lsst.daf.butler import Butler, DatasetRef

    from curator.registries.model.model import Transfer

__all__ = ["NOTE", "check_datastore", "check_transfer", "forget_files", "ingest_files", "noted"]

# In the folder of a Butler while files are put into its datastore.
NOTE = "curator-copying"
_REMOTE = ("s3",)


def check_datastore(root: str) -> str:
    """Return the root of a datastore as it may stand in a configuration.

    Raises
    ------
    UsageError
        It is no place that curator puts files into, or has a key in it: that would be written into a file.
    """
    try:
        parts = urlsplit(root)
        secret = parts.password is not None
    except ValueError:
        raise UsageError("--datastore: this is not an address", hint="s3://BUCKET/PREFIX") from None
    if secret:
        raise UsageError(
            "--datastore: an address with a key would be kept in butler.yaml",
            hint="put it into ~/.aws/credentials or AWS_SECRET_ACCESS_KEY, and remove it here",
        )
    if parts.scheme not in _REMOTE or not parts.hostname:
        raise UsageError(
            f"--datastore: {parts.scheme or 'a path'} is not the address of an object store",
            hint="write s3://BUCKET/PREFIX; without --datastore, files are stored in the Butler's folder",
        )
    _require(parts.scheme)
    return root


def check_transfer(roots: Iterable[str], transfer: Transfer, export: str, folder: str) -> None:
    """Refuse a way of transfer that cannot work, before anything is written.

    Parameters
    ----------
    roots : iterable of str
        URLs or paths of the Butler's datastores.
    transfer : {"direct", "copy", "hardlink"}
    export : str
        Folder that has the files; empty if not known.
    folder : str
        Of the Butler, for messages.
    """
    for root in roots:
        parts = urlsplit(root)
        if parts.scheme not in ("", "file"):
            if parts.password is not None:
                raise UsageError(
                    "the address of the datastore in this configuration contains a key", path=folder
                )
            place = f"{parts.scheme}://{parts.hostname}{parts.path}"
            if transfer != "copy":
                raise UsageError(
                    f"{transfer}: the files of this Butler are in {place}, which other users could not read",
                    path=folder,
                    hint="--transfer copy",
                )
            _require(parts.scheme)
        elif transfer == "hardlink" and export and _device(parts.path) != _device(export):
            raise UsageError(
                "hardlink: the export and this Butler are on different file systems",
                path=folder,
                hint="--transfer copy or direct",
            )


def ingest_files(
    butler: Butler,
    items: Iterable[Item],
    refs: Mapping[Item, DatasetRef],
    transfer: Transfer,
    formatters: Mapping[UUID, str],
) -> None:
    """Ingest the files of some items in one call, to be read by formatters that are given by dataset."""
    from lsst.daf.butler import FileDataset
    from lsst.resources import ResourcePath

    files = [
        FileDataset(
            path=ResourcePath(Path(item.file).as_uri()),
            refs=[refs[item]],
            formatter=formatters[refs[item].id],
        )
        for item in items
    ]
    if not files:
        return
    try:
        butler.ingest(*files, transfer=transfer)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        raise UsageError(
            "hardlink: the export and this Butler are on different file systems",
            hint="--transfer copy or direct",
        ) from error


def forget_files(
    butler: Butler, refs: Mapping[Item, DatasetRef], items: Iterable[Item]
) -> Mapping[UUID, str]:
    """Have a Butler forget where it kept the files of some datasets, which are lost; return their formatters.

    A kill after this leaves datasets without a file, as they were before; the next run ingests that.
    """
    lost = [refs[item] for item in items]
    formatters = recorded_formatters(butler, lost)
    if lost:
        butler.pruneDatasets(lost, disassociate=False, unstore=True)
    return formatters


@contextmanager
def noted(folder: str, transfer: Transfer) -> Iterator[None]:
    """Leave a note in the Butler's folder for as long as files are put into its datastore.

    What raises an error has been undone when it arrives here, and needs no note; a kill leaves it.
    """
    if transfer == "direct" or not folder:
        yield
        return
    path = os.path.join(folder, NOTE)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666))
    except OSError as error:
        raise UnusableRegistryError(f"cannot be written: {error.strerror}", path=folder) from error
    try:
        yield
    finally:
        os.unlink(path)


def _require(scheme: str) -> None:
    if scheme == "s3" and find_spec("boto3") is None:
        from curator.extras import missing

        message, hint = missing("an object store", "boto3", "s3")
        raise UnusableRegistryError(message, hint=hint)


def _device(path: str) -> int:
    """Return the file system that holds a path, or will."""
    while not os.path.exists(path) and path != os.path.dirname(path):
        path = os.path.dirname(path)
    return os.stat(path).st_dev
