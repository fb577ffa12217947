"""Paths taken apart many at once say what they say one at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curator.calibrations.types.types import all_types
from curator.repository.layout.path_parser import Placer, TypeFolder
from curator.repository.layout.paths import CalibPath, is_candidate

CAMERAS = {"cam", "curated/pfs"}
PARTS = st.lists(
    st.sampled_from(["cam", "curated", "pfs", "curated/pfs", "R01_S00", "g_01", "x.y", "", "defect"])
    | st.sampled_from([one.name for one in all_types()]),
    max_size=6,
)
NAMES = st.sampled_from(["20200101T000000", "2020-01-01T00:00:00", "20201301T000000", "a", "20200101T0000"])
SUFFIXES = st.sampled_from([".ecsv", ".yaml", ".yml", ".inputs.yaml", ".inputs.yml", ""])


@given(st.lists(st.tuples(PARTS, NAMES, SUFFIXES), max_size=8))
def test_a_path_has_a_place_where_the_grammar_gives_it_one(made: list[tuple[list[str], str, str]]) -> None:
    placer = Placer(CAMERAS)
    for parts, stem, suffix in made:
        path = "/".join([*parts, stem + suffix])
        found = placer.place(path)
        parsed = CalibPath.try_parse(path) if is_candidate(path, CAMERAS) else None
        formats = {one.name: one.formats for one in all_types()}
        if (
            parsed is None
            or parsed.camera not in CAMERAS
            or parsed.format not in formats[parsed.dataset_type]
        ):
            continue
        assert found is not None
        assert (found.camera, found.type, found.start) == (parsed.camera, parsed.dataset_type, parsed.start)
        assert found.detector == (parsed.detector or "").lower()
        assert found.filter == (parsed.physical_filter or "").lower()
        assert placer.group(path) == TypeFolder(parsed.camera, parsed.dataset_type)


@given(PARTS, NAMES, SUFFIXES)
def test_what_has_a_place_parses(parts: list[str], stem: str, suffix: str) -> None:
    path = "/".join([*parts, stem + suffix])
    found = Placer(CAMERAS).place(path)
    if found is not None:
        assert CalibPath.parse(path, found.camera).start == found.start
        assert (found.folder, found.stem) == (path.rpartition("/")[0], path.rpartition(".")[0])
