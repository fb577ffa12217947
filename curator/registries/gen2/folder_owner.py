"""One registry of curator's in a folder: its store, and the files that look-ups are led to, have one owner.

Were there two, what one purges or no longer serves would be missing in the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from curator.registries.errors import UnusableRegistryError
from curator.registries.gen2.store.location import Gen2Location, gen2_errors, reading
from curator.registries.gen2.store.sqlite_schema import names_of

__all__ = ["refuse_neighbours"]

# What tells that a folder is something else, in which nobody means to begin a registry.
_OF_OTHERS = {
    ".git": "a repository",
    "curator.yaml": "a repository of calibrations",
    "manifest.ecsv": "an export",
    "butler.yaml": "a Butler",
}


def refuse_neighbours(where: Gen2Location, wait: float) -> None:
    """Refuse to write to a registry beside another that curator writes to: a copy of this one is another.

    A new one is not begun in a repository, in an export or in a Butler either.

    Raises
    ------
    UnusableRegistryError
        There is one, or nobody can tell whether it is one.
    """
    if not where.exists:
        _refuse_owned(where)
    with gen2_errors(where.folder):
        databases = list(_databases(where))
    for path in databases:
        try:
            with reading(Gen2Location(where.folder, path), wait) as connection:
                found = "curator_meta" in names_of(connection)
        except UnusableRegistryError as error:
            if getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_NOTADB":
                continue
            raise
        if found:
            raise UnusableRegistryError(
                f"{os.path.basename(path)} in this folder is a registry that curator writes to, and a "
                "folder can contain the files of only one registry",
                path=where.file,
                hint="use one folder for each: move one of them, with a copy of the files, to its own folder",
            )


def _refuse_owned(where: Gen2Location) -> None:
    for name, what in _OF_OTHERS.items():
        if os.path.lexists(os.path.join(where.folder, name)):
            raise UnusableRegistryError(
                f"this folder holds {name!r}: it is {what}, and no Gen2 registry",
                path=where.folder,
                hint="give a Gen2 registry, or another folder",
            )


def _databases(where: Gen2Location) -> Iterator[str]:
    """Yield the other files (absolute) that can be named as registries of the folder."""
    for name in sorted(os.listdir(where.folder)):
        path = os.path.join(where.folder, name)
        if not (name.endswith(".sqlite3") and os.path.isfile(path) and os.path.getsize(path)):
            continue
        if not (os.path.exists(where.file) and os.path.samefile(path, where.file)):
            yield path
