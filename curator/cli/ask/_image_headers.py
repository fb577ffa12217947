"""Print which calibrations processed images say they used, for `curator uses --headers`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curator.cli.ask._answers import csv_lines, ecsv_lines, json_text, write_answer
from curator.cli.terminal.console import complain, escape, paint, remark
from curator.cli.terminal.layout import wrap
from curator.errors import CuratorError

if TYPE_CHECKING:
    from argparse import Namespace

    from curator.calibrations.fits.stamp_reader import Stamp
    from curator.calibrations.fits.used_calibrations import UsedCalibration
    from curator.registries.model.model import KnownDataset

__all__ = ["print_headers"]

COLUMNS = {
    "image": "Path of the image",
    "name": "Name of the input in the header",
    "uuid": "Id of the dataset in the Butler",
    "run": "RUN collection of the dataset",
    "date": "When the calibration was made, as the header says",
    "status": "found, registered, unknown, or image for the image itself; empty if the header names nothing",
    "path": "Path of the source text, empty if unknown",
    "commit": "Commit that last touched the source text, empty if unknown",
}


@dataclass(frozen=True, slots=True)
class _Image:
    """What one image says, and what is known of it."""

    name: str
    stamp: Stamp
    used: tuple[UsedCalibration, ...]


class _Known:
    """What is known of datasets by their ids."""

    def __init__(self, where: str, datasets: Mapping[str, KnownDataset]) -> None:
        self.where = where
        self._datasets = datasets

    def of(self, one: UsedCalibration) -> KnownDataset | None:
        return self._datasets.get(one.uuid)

    def status(self, one: UsedCalibration) -> str:
        if one.is_image:
            return "image"
        known = self.of(one)
        return "unknown" if known is None else "found" if known.source else "registered"


def print_headers(args: Namespace) -> int:
    """Print what images used, and return the exit status."""
    from curator.calibrations.fits.used_calibrations import read_image_inputs

    images: list[_Image] = []
    failed = 0
    for name in args.names:
        try:
            images.append(_Image(name, *read_image_inputs(name)))
        except CuratorError as error:
            complain(str(error).split("\n", 1)[0], error.hint)
            failed = max(failed, error.exit_status)
    known = _known(args, [one for image in images for one in image.used])
    write_answer(_RENDER[args.format](images, known), args.output)
    is_any = any(image.stamp.path or any(map(known.of, image.used)) for image in images)
    return failed or int(not is_any)


def _known(args: Namespace, used: Sequence[UsedCalibration]) -> _Known:
    from curator.registries.query.identify import identify_in_git, identify_in_registry
    from curator.repository.repository import Repository

    if args.registry:
        return _Known("this registry", identify_in_registry(args.registry, used).datasets)
    try:
        repository = Repository.find(args.repo)
    except CuratorError:
        if args.rev is not None:
            raise
        remark("there is no repository here, so no id is looked up", "-C REPO, or --registry butler:PATH")
        return _Known("curator, which looked nowhere", {})
    found = identify_in_git(repository, args.rev, used)
    if found.is_cut:
        remark(
            "the history of this shallow clone is cut off, so ids of older commits are unknown",
            "git fetch --unshallow fetches the rest",
        )
    return _Known("this repository", found.datasets)


def _text(images: Iterable[_Image], known: _Known) -> Iterator[str]:
    for image in images:
        yield f"{paint(escape(image.name), 'bold')}\n"
        stamp = image.stamp
        if stamp.path:
            said = f"exported by curator from {stamp.path} at {stamp.commit[:12]} of {stamp.repository}"
            yield from _lines(said, "  ")
        elif not image.used:
            yield "  the header names no calibrations\n"
        for one in image.used:
            yield from _lines(f"{one.name}: {_meaning(one, known)}", "  ")
            facts = (
                one.uuid and f"id {one.uuid}",
                one.run and f"run {one.run}",
                one.date and f"made {one.date}",
            )
            yield from _lines(", ".join(filter(None, facts)), "    ")


def _lines(text: str, indent: str) -> list[str]:
    return [f"{line}\n" for line in wrap(escape(text), first=indent, rest=f"{indent}  ")]


def _meaning(one: UsedCalibration, known: _Known) -> str:
    if one.is_image:
        return "the image itself, before it was processed"
    dataset = known.of(one)
    if dataset is None:
        return f"unknown to {known.where}"
    if dataset.source:
        labels = f", label {', '.join(dataset.labels)}" if dataset.labels else ""
        return f"{dataset.source} at {dataset.commit[:12]}{labels}"
    if dataset.lost:
        return f"{dataset.data_id}: its file is lost or cannot be read, so its source is unknown"
    return f"{dataset.data_id}, which curator did not make"


def _rows(images: Iterable[_Image], known: _Known) -> Iterator[tuple[str, ...]]:
    for image in images:
        stamp = image.stamp
        if stamp.path:
            yield image.name, "", "", "", stamp.date, "found", stamp.path, stamp.commit
        elif not image.used:
            yield image.name, *[""] * (len(COLUMNS) - 1)
        for one in image.used:
            dataset = known.of(one)
            source = (dataset.source, dataset.commit) if dataset else ("", "")
            yield image.name, one.name, one.uuid, one.run, one.date, known.status(one), *source


def _csv(images: Iterable[_Image], known: _Known) -> Iterator[str]:
    return csv_lines(COLUMNS, _rows(images, known))


def _ecsv(images: Iterable[_Image], known: _Known) -> Iterator[str]:
    return ecsv_lines(COLUMNS, _rows(images, known))


def _json(images: Iterable[_Image], known: _Known) -> Iterator[str]:
    yield json_text(uses=[], images=[_facts(image, known) for image in images])


def _facts(image: _Image, known: _Known) -> dict[str, object]:
    stamp = image.stamp
    made = {
        "repository": stamp.repository,
        "path": stamp.path,
        "commit": stamp.commit,
        "content": stamp.content,
    }
    return {
        "image": image.name,
        "exported_from": made if stamp.path else None,
        "calibrations": [_calibration(one, known) for one in image.used],
    }


def _calibration(one: UsedCalibration, known: _Known) -> dict[str, object]:
    dataset = known.of(one)
    data_id = dataset.data_id if dataset else None
    return {
        "name": one.name,
        "uuid": one.uuid,
        "run": one.run,
        "date": one.date,
        "status": known.status(one),
        "dataset_type": data_id.dataset_type if data_id else None,
        "instrument": data_id.instrument if data_id else None,
        "detector": data_id.detector if data_id else None,
        "physical_filter": (data_id.physical_filter or None) if data_id else None,
        "path": (dataset.source or None) if dataset else None,
        "commit": (dataset.commit or None) if dataset else None,
        "labels": list(dataset.labels) if dataset else [],
    }


_RENDER: dict[str, Callable[[Iterable[_Image], _Known], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "ecsv": _ecsv,
}
