"""The note of a purge that was begun: without it, nobody's plan may go on where a label has gone.

A plan is a file that anyone may have written. As long as its label is there, the registry says itself what
goes with it; of a label that has gone it knows nothing. So the transaction that removes a label leaves an
empty chain whose name is a digest of what goes with it, and the end of the purge removes that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from curator.registries.model.plan import Dataset

if TYPE_CHECKING:
    from lsst.daf.butler import Butler

__all__ = ["begin", "end", "is_begun"]

_NOTES = "curator/purging/"
_SAYS = "A purge of label {!r} was begun: `curator apply` with the same plan ends it"


def is_begun(butler: Butler, label: str, datasets: Sequence[Dataset]) -> bool:
    """Whether a purge of this label with exactly these datasets was begun, and did not end."""
    return _name(label, datasets) in _of_label(butler, label)


def begin(butler: Butler, label: str, datasets: Sequence[Dataset]) -> None:
    """Note what a purge is going to remove; to be called in the transaction that removes the label."""
    from lsst.daf.butler import CollectionType

    end(butler, label)
    butler.collections.register(_name(label, datasets), CollectionType.CHAINED, doc=_SAYS.format(label))


def end(butler: Butler, *labels: str) -> None:
    """Forget the purges of a label, by all its names: they ended, or the label is published again."""
    for name in _of_label(butler, *labels):
        butler.collections.x_remove(name)


def _of_label(butler: Butler, *labels: str) -> list[str]:
    from lsst.daf.butler import CollectionType

    notes = butler.collections.query_info(f"{_NOTES}*", CollectionType.CHAINED, include_doc=True)
    said = set(map(_SAYS.format, labels))
    return [str(one.name) for one in notes if one.doc in said]


def _name(label: str, datasets: Sequence[Dataset]) -> str:
    import json
    from hashlib import sha256

    about = json.dumps([label, sorted([one.id, *one.data_id.key, one.run, one.file] for one in datasets)])
    return f"{_NOTES}{sha256(about.encode()).hexdigest()[:32]}"
