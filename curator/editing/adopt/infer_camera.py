"""From what the files of a repository say to one description of each camera, by majority."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from curator.calibrations.cameras.camera import Camera, Detector, Filter
from curator.editing.adopt.majority_vote import Disagreement, MajorityVote, shown
from curator.editing.adopt.sensor_sizes import sensor_size
from curator.editing.adopt.survey import CameraSurvey, DetectorSurvey

__all__ = ["Inferred", "find_registered", "guess_band", "infer_camera", "main_instrument"]

_BAND = re.compile(r"(?:SDSS|PS1|DES)?([ugrizy])\d?", re.IGNORECASE)
# Detectors whose boxes must reach the same size before it is proposed.
_FEWEST = 3
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Inferred:
    """A camera, where the files disagree about it, and what a person should know of how it was found.

    ``proposed`` has sizes [pixels] by the names of detectors: likely, and for a person to say.
    """

    camera: Camera
    directory: str
    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]
    proposed: Mapping[str, tuple[int, int]]


def infer_camera(
    found: CameraSurvey, others: Collection[str] = (), registered: Camera | None = None
) -> Inferred:
    """Return the camera that most of its files describe.

    Parameters
    ----------
    others : collection of str
        Names of the other cameras of the repository: no file of this one may go by them.
    registered : Camera, optional
        The instrument as a registry knows it: its names, ids, bands and sizes are taken, whatever files say.
    """
    disagreements: list[Disagreement] = []
    notes: list[str] = []
    instrument, aliases = _instrument(found, others, registered, disagreements, notes)
    if registered is not None and registered.detectors:
        detectors = _registered_detectors(found, registered, disagreements, notes)
    else:
        detectors = _detectors(found, disagreements, notes)
    if registered is not None and registered.filters:
        filters = _registered_filters(found, registered, disagreements, notes)
    else:
        filters = _filters(found, disagreements, notes)
    if strange := found.sources - {one.name for one in detectors}:
        notes.append(f"skipped, because only crosstalk names them: {_some(strange)}")
    proposed = _proposed(found, detectors)
    if any(one.size_from for one in detectors):
        notes.append(
            "sizes of detectors are inferred; until you confirm them, a box beyond the sensor is only a "
            "warning and does not stop a commit. Compare them with the camera's description (Butler, data "
            "sheet), then: `curator adopt --confirm-sizes [CAMERA]`"
        )
    if any(one.amplifiers_from for one in detectors):
        notes.append(
            "no file tells the order of amplifiers where the camera file says `amplifiers_from`: they are "
            "sorted by name, and reports number the amplifiers of crosstalk from 0. To get names, write "
            "`amplifiers` in the order of the detector, and delete `amplifiers_from`"
        )
    if unsized := sum(not one.width for one in detectors):
        notes.append(_about_sizes(unsized, len(proposed)))
    camera = Camera(found.name, instrument, aliases, detectors, filters, found.start)
    return Inferred(camera, found.directory, tuple(sorted(disagreements)), tuple(notes), proposed)


def main_instrument(found: CameraSurvey) -> str:
    """Return the spelling of ``INSTRUME`` that most files have; the directory where none has any."""
    return found.instruments.winner(found.name)


def find_registered(found: CameraSurvey, cameras: Iterable[Camera]) -> Camera | None:
    """Return which of a registry's instruments the files are of: one that they name, or the one alike."""
    known = list(cameras)
    names = [found.name, *found.instruments.ranked(), *found.identified.ranked()]
    exact = {one.instrument.lower(): one for one in known}
    if same := [exact[name.lower()] for name in names if name.lower() in exact]:
        return same[0]
    alike = [one for one in known if any(_akin(name, one.instrument) for name in names)]
    return alike[0] if len(alike) == 1 else None


def _instrument(
    found: CameraSurvey,
    others: Collection[str],
    registered: Camera | None,
    disagreements: list[Disagreement],
    notes: list[str],
) -> tuple[str, tuple[str, ...]]:
    instrument = registered.instrument if registered else main_instrument(found)
    taken = {instrument.lower(), found.name.lower()}
    foreign = {name.lower() for name in others} - taken
    aliases: list[str] = []
    taken_from = f"registries will use {instrument}, " + (
        "as the registry says"
        if registered
        else "`instrument` in the camera file: if that is wrong, edit it before you publish"
    )
    for ballot in (found.instruments, found.identified):
        for name in ballot.ranked():
            kin = name.lower() in taken or any(_akin(name, known) for known in (instrument, found.name))
            if not kin or name.lower() in foreign:
                continue
            if name.lower() not in taken:
                aliases.append(name)
                taken.add(name.lower())
            if name != instrument:
                label = ballot.votes[name][0].label
                notes.append(f"{label} is also {name} ({_files(ballot.count(name))}); {taken_from}")
        same = [name for name in ballot.votes if name.lower() in taken]
        disagreements += ballot.against(instrument, "instrument", agreeing=same)
    return instrument, tuple(aliases)


def _akin(name: str, known: str) -> bool:
    """Whether one name is the other with something before or behind it: LSSTComCam, ComCam."""
    short, long = sorted(("".join(_WORD.findall(text)).lower() for text in (name, known)), key=len)
    return len(short) > 2 and (long.startswith(short) or long.endswith(short))


def _detectors(
    found: CameraSurvey, disagreements: list[Disagreement], notes: list[str]
) -> tuple[Detector, ...]:
    names = _names(found, notes)
    ids = _ids(found, names, disagreements)
    if unknown := sorted(names[key] for key in names if key not in ids):
        notes.append(f"skipped, because no file gives their id: {', '.join(unknown)}")
    detectors = [
        _detector(survey, names[key], ids[key], disagreements)
        for key, survey in found.detectors.items()
        if key in ids
    ]
    return tuple(sorted(detectors, key=lambda one: one.id))


def _registered_detectors(
    found: CameraSurvey, registered: Camera, disagreements: list[Disagreement], notes: list[str]
) -> tuple[Detector, ...]:
    """Return the detectors of a registry, with what files say of their sizes, serials and amplifiers."""
    detectors = []
    for known in registered.detectors:
        survey = found.detectors.get(known.directory)
        if survey is None:
            detectors.append(known)
            continue
        says = f"the registry says {known.id}"
        disagreements += survey.ids.against(known.id, f"id of {known.name}", instead=says)
        ours = _detector(survey, known.name, known.id, disagreements)
        if known.width:
            says = f"the registry says {known.width} x {known.height}"
            size = (known.width, known.height)
            disagreements += survey.sizes.against(size, f"size of {known.name}", instead=says)
            ours = replace(ours, width=known.width, height=known.height, size_from="")
        detectors.append(ours)
    names = {one.directory for one in registered.detectors}
    if strange := [one.directory for key, one in found.detectors.items() if key not in names]:
        notes.append(f"skipped, because the registry has no such detector: {_some(strange)}")
    return tuple(sorted(detectors, key=lambda one: one.id))


def _filters(found: CameraSurvey, disagreements: list[Disagreement], notes: list[str]) -> tuple[Filter, ...]:
    if unnamed := [one.directory for one in found.filters.values() if not one.names]:
        notes.append(f"filters named after their directories: {', '.join(sorted(unnamed))}")
    return tuple(_filter(one.directory, one.names, disagreements) for _, one in sorted(found.filters.items()))


def _registered_filters(
    found: CameraSurvey, registered: Camera, disagreements: list[Disagreement], notes: list[str]
) -> tuple[Filter, ...]:
    for key, survey in sorted(found.filters.items()):
        known = registered.filter_at(key)
        if known is None:
            notes.append(f"skipped, because the registry has no such filter: {survey.directory}")
            continue
        says = f"the registry says {known.name}"
        disagreements += survey.names.against(known.name, f"filter {survey.directory}", instead=says)
    return registered.filters


def _proposed(found: CameraSurvey, detectors: Iterable[Detector]) -> dict[str, tuple[int, int]]:
    """Return the size that the boxes of most detectors reach and none goes beyond, for those that reach it.

    Columns and rows that are bad from end to end give a sensor's size away; one detector's may be chance.
    """
    reached = {
        one.name: survey.reach
        for one in detectors
        if not one.width and (survey := found.detectors.get(one.directory)) and all(survey.reach)
    }
    if not reached:
        return {}
    size, count = Counter(reached.values()).most_common(1)[0]
    beyond = any(across > size[0] or up > size[1] for across, up in reached.values())
    if beyond or count < _FEWEST or 2 * count < len(reached):
        return {}
    return {name: size for name, reach in reached.items() if reach == size}


def _about_sizes(unsized: int, proposed: int) -> str:
    has = "has" if unsized == 1 else "have"
    text = f"{_detector_count(unsized)} {has} no size: boxes outside such a sensor are not found"
    return text + (f"; for {proposed} the camera file proposes one in a comment" if proposed else "")


def _names(found: CameraSurvey, notes: list[str]) -> dict[str, str]:
    """Return the name of each detector in its true case, by lower-cased directory."""
    # Where one file writes rxx_s00 and another RXX_S00, the directory has taught the first its case.
    names = {
        key: max(one.names.ranked(), key=lambda name: (one.names.count(name), name != key))
        for key, one in found.detectors.items()
        if one.names
    }
    upper = bool(names) and all(name == name.upper() for name in names.values())
    unnamed = {key: one.directory for key, one in found.detectors.items() if key not in names}
    names.update((key, name.upper() if upper else name) for key, name in unnamed.items())
    if unnamed:
        how = "in upper case, like the others" if upper else "because no file names them"
        notes.append(f"{_detector_count(len(unnamed))} named after the directory, {how}")
    return names


def _ids(found: CameraSurvey, names: dict[str, str], disagreements: list[Disagreement]) -> dict[str, int]:
    """Give every detector the id that most of its files have and no other detector has more claim to."""
    claims = [
        (ballot.count(number), key, number)
        for key, survey in found.detectors.items()
        for ballot in (survey.ids,)
        for number in ballot.votes
    ]
    ids: dict[str, int] = {}
    owners: dict[int, str] = {}
    # Of equals, a negative number is rather a word for unknown than an id.
    for _, key, number in sorted(claims, key=lambda claim: (-claim[0], claim[1], claim[2] < 0, claim[2])):
        if key not in ids and number not in owners:
            ids[key] = number
            owners[number] = key
    for key, survey in found.detectors.items():
        if key in ids:
            disagreements += survey.ids.against(ids[key], f"id of {names[key]}")
            continue
        disagreements += [
            Disagreement(one.path, 0, f"{one.label} has {number} as id of {names[key]}",
                         f"{number} is the id of {names[owners[number]]}", one.key)
            for number, places in survey.ids.votes.items()
            for one in places
        ]  # fmt: skip
    return ids


def _detector(found: DetectorSurvey, name: str, number: int, disagreements: list[Disagreement]) -> Detector:
    serial = found.serials.winner("")
    width, height = _agreed_size(found, serial)
    amplifiers = found.amplifiers.winner(frozenset())
    if found.sizes and not width:
        said = " and ".join(shown(one) for one in sorted({*found.sizes.votes, *_size_of(serial)}))
        disagreements += found.sizes.against(
            (0, 0), f"size of {name}", instead=f"no value used; the files say {said}"
        )
    disagreements += found.serials.against(serial, f"serial number of {name}")
    disagreements += _amplifiers_against(found, amplifiers, name)
    order = found.orders.get(amplifiers, ())
    return Detector(
        name,
        number,
        width,
        height,
        serial,
        order or tuple(sorted(amplifiers)),
        size_from="inferred" if width else "",
        # One amplifier has no order.
        amplifiers_from="inferred" if len(amplifiers) > 1 and not order else "",
    )


def _agreed_size(found: DetectorSurvey, serial: str) -> tuple[int, int]:
    """Return the size that the boxes of all amplifiers cover and the serial number gives away.

    Where two of them differ it is not known.
    """
    known = {*found.sizes.votes, *_size_of(serial)}
    return known.pop() if len(known) == 1 else (0, 0)


def _size_of(serial: str) -> list[tuple[int, int]]:
    size = sensor_size(serial)
    return [size] if all(size) else []


def _amplifiers_against(found: DetectorSurvey, taken: frozenset[str], name: str) -> list[Disagreement]:
    supporters = found.amplifiers.count(taken)
    others = (
        f"{_files(supporters)} say {len(taken)} amplifiers" if supporters != 1 else "another file says so"
    )
    differing = []
    for names, places in found.amplifiers.votes.items():
        if names == taken:
            continue
        parts = [("has no", taken - names), ("has besides", names - taken)]
        text = " and ".join(f"{verb} {_some(which)}" for verb, which in parts if which)
        differing += [
            Disagreement(one.path, 0, f"{one.label} {text} for {name}", others, one.key) for one in places
        ]
    return differing


def _filter(directory: str, names: MajorityVote[str], disagreements: list[Disagreement]) -> Filter:
    name = names.winner(directory)
    disagreements += names.against(name, f"filter {directory}")
    return Filter(name, guess_band(name))


def guess_band(name: str) -> str:
    """Return the band that a filter's name gives away, empty unless exactly one is named.

    Examples
    --------
    >>> [guess_band(name) for name in ("g_6", "HSC-R2", "Y DECam c0005", "empty~SDSSi_65mm", "NB0387", "VR")]
    ['g', 'r', 'y', 'i', '', '']
    """
    bands = {match[1].lower() for word in _WORD.findall(name) if (match := _BAND.fullmatch(word))}
    return bands.pop() if len(bands) == 1 else ""


def _some(names: Iterable[str], limit: int = 6) -> str:
    listed = sorted(names)
    more = f" and {len(listed) - limit} more" if len(listed) > limit else ""
    return ", ".join(listed[:limit]) + more


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _detector_count(count: int) -> str:
    return "1 detector" if count == 1 else f"{count} detectors"
