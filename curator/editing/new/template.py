"""Finds the template of a new repository, and fills it in."""

from __future__ import annotations

import os
from collections.abc import Mapping

import curator
from curator.errors import EditingError

__all__ = ["fill_template", "template_folder"]


def template_folder() -> str:
    """Return the folder of the template: in an installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.abspath(curator.__file__))
    installed = os.path.join(package, "_data", "obs_data_template")
    beside = os.path.join(os.path.dirname(package), "obs_data_template")
    for folder in (installed, beside):
        if os.path.isfile(os.path.join(folder, "copier.yml")):
            return folder
    raise EditingError("the template of a repository is missing from this installation", path=installed)


def fill_template(target: str, answers: Mapping[str, str]) -> None:
    """Write the template into a folder that does not exist yet.

    Nothing is asked and no code of a template is run.

    Parameters
    ----------
    answers : mapping of str to str
        To every question of the template, so that no settings of the user have a say.

    Raises
    ------
    EditingError
        An answer is refused, or the disk is.
    """
    from copier import run_copy
    from copier.errors import CopierError

    try:
        run_copy(
            template_folder(),
            target,
            data=dict(answers),
            defaults=True,
            quiet=True,
            unsafe=False,
            skip_tasks=True,
        )
    except (CopierError, ValueError) as error:
        raise EditingError(f"the template cannot be filled in: {' '.join(str(error).split())}") from None
    except OSError as error:
        raise EditingError(f"cannot be written: {error.strerror}", path=target) from None
