"""The one way to read a calibration's text: by its suffix."""

from __future__ import annotations

from curator.errors import FormatError
from curator.formats.document import Document

__all__ = ["read_document"]


def read_document(path: str, raw: bytes, *, header_only: bool = False) -> Document:
    """Return a parsed ``.ecsv`` or ``.yaml`` file.

    Parameters
    ----------
    path : str
        Its suffix tells the format; errors and findings name it.
    raw : bytes
        The file's content.
    header_only : bool
        Read the header alone: columns have no values, a YAML file no tree.

    Raises
    ------
    FormatError
        With code, line and column; nothing else, whatever the bytes.
    """
    if path.endswith(".ecsv"):
        from curator.formats.ecsv.reader import read_ecsv

        return read_ecsv(path, raw, header_only=header_only)
    if path.endswith((".yaml", ".yml")):
        from curator.formats.yaml.reader import read_yaml

        return read_yaml(path, raw, header_only=header_only)
    raise FormatError("neither .ecsv nor .yaml", path=path, hint="calibrations are .ecsv or .yaml files")
