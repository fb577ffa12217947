"""What goes wrong with a registry itself, said in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from curator.errors import CuratorError, RegistryError

__all__ = ["UnknownLabelError", "UnusableRegistryError", "butler_errors", "database_error", "first_line"]


class UnusableRegistryError(RegistryError):
    """A registry cannot be read or written: nothing was refused, and nothing was looked at."""

    exit_status = 2


class UnknownLabelError(RegistryError):
    """A registry has no label of this name: as for any name that was mistyped, nothing was looked at."""

    exit_status = 2


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, or its kind if it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


@contextmanager
def butler_errors(path: str) -> Iterator[None]:
    """Turn what a Butler and its database raise into one line about ``path``; bugs pass through."""
    from lsst.daf.butler import ButlerUserError
    from lsst.daf.butler.registry import RegistryError as ButlerRegistryError
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except CuratorError:
        raise
    except DBAPIError as error:
        raise database_error(first_line(error.orig or error), path) from error
    except (ButlerUserError, ButlerRegistryError) as error:
        raise RegistryError(f"the Butler refuses: {first_line(error)}", path=path) from error
    except OSError as error:
        raise UnusableRegistryError(first_line(error), path=path) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("botocore", "boto3", "s3transfer"):
            raise
        raise UnusableRegistryError(f"the object store says: {first_line(error)}", path=path) from error


def database_error(message: str, path: str) -> UnusableRegistryError:
    """Return what to tell a person of what a database says."""
    hint = ""
    if "locked" in message or "busy" in message:
        text = "someone else is writing to this Butler (its database is locked)"
        hint = "try again later"
    elif "readonly" in message:
        text = "this Butler cannot be written (its database is read-only)"
    else:
        text = f"the Butler's database says: {message}"
    return UnusableRegistryError(text, path=path, hint=hint)
