"""Which RUN holds a dataset, and that its id does not depend on that."""

from __future__ import annotations

import random

import pytest

from curator.registries.publish.ingest import holdings

from ..conftest import OTHER_COMMIT, Calib, Registry

LATER = "2020-01-01T00:00:00"
FIRST = [Calib(1, end=LATER), Calib(2, detector="R22_S12", end=LATER), Calib(3, start=LATER, sha="2" * 40)]
CHANGED = Calib(9, end=LATER, sha="3" * 40)


def datasets(registry):
    butler = registry.open()
    found = butler.query_all_datasets("*", find_first=False)
    ids = {ref.id: ref.run for ref in found}
    butler.close()
    return ids


def test_one_run_holds_the_datasets_of_one_start_and_what_replaces_one_goes_into_the_next(registry, export):
    registry.ingest(export(*FIRST))
    runs = "TestCam/calib/curated/"
    assert sorted(datasets(registry).values()) == [f"{runs}19700101T000000/1"] * 2 + [
        f"{runs}20200101T000000/1"
    ]
    registry.ingest(export(CHANGED, *FIRST[1:], commit=OTHER_COMMIT), "2025.2")
    assert sorted(datasets(registry).values()) == [
        *[f"{runs}19700101T000000/1"] * 2,
        f"{runs}19700101T000000/2",
        f"{runs}20200101T000000/1",
    ]
    assert {one.run[-17:] for one in holdings(registry.target, "2025.2")} == {
        "19700101T000000/1",
        "19700101T000000/2",
        "20200101T000000/1",
    }


def test_a_dataset_has_the_same_id_wherever_and_in_whatever_order_it_goes_in(nowhere, export):
    exports = [
        export(*FIRST, name="a"),
        export(CHANGED, *FIRST[1:], name="b", commit=OTHER_COMMIT),
        export(Calib(5, sha="4" * 40), name="c", commit="e" * 40),
    ]
    found = []
    for number in range(2):
        registry = Registry(nowhere.path.with_name(f"butler{number}"))
        order = exports if number else random.Random(1).sample(exports, len(exports))
        for one in order:
            registry.ingest(one, f"u/ada/{one.name}")
        found.append(datasets(registry))
    assert found[0].keys() == found[1].keys()
    assert len(found[0]) == 5


@pytest.fixture
def old(registry, export):
    """A Butler whose RUNs are named after commits, as older versions made them."""
    from lsst.daf.butler import CollectionType, DatasetIdGenEnum, DatasetRef, FileDataset

    from curator.registries.butler.dimension_records import Records
    from curator.registries.model.collections import documentation
    from curator.registries.model.tai import to_timespan
    from curator.registries.publish.export_reader import load_export
    from curator.registry.formatter import CuratorFormatter

    items = load_export(str(export(*FIRST)))
    butler = registry.open(writeable=True)
    Records(butler).register(items)
    label = "TestCam/calib/2025.1"
    doc = documentation(items.repository, items.commit, items.commit_date)
    butler.collections.register(label, CollectionType.CALIBRATION, doc=doc)
    for item in items.items:
        run = f"TestCam/calib/curated/{item.gitsha[:12]}/{item.start:%Y%m%dT%H%M%S}"
        butler.collections.register(run)
        data_id = butler.registry.expandDataId(instrument="TestCam", detector=item.data_id.detector)
        mode = DatasetIdGenEnum.DATAID_TYPE_RUN
        ref = DatasetRef(butler.get_dataset_type("defects"), data_id, run, id_generation_mode=mode)
        butler.ingest(FileDataset(item.file, [ref], formatter=CuratorFormatter), transfer="direct")
        for start, end in item.ranges:
            butler.registry.certify(label, [ref], to_timespan(start, end))
    butler.close()
    return registry


def test_what_an_older_version_put_into_runs_of_commits_is_there(old, export):
    before = old.state()
    assert old.ingest(export(*FIRST)).plan.is_empty
    assert old.state() == before
    report = old.ingest(export(CHANGED, *FIRST[1:], commit=OTHER_COMMIT), "2025.2")
    assert (len(report.plan.ingest), report.plan.present) == (1, 2)
    runs = {
        one.data_id.detector_name: one.run
        for one in holdings(old.target, "2025.2")
        if one.range.start.year == 1970
    }
    assert runs == {
        "R22_S11": "TestCam/calib/curated/19700101T000000/1",
        "R22_S12": "TestCam/calib/curated/111111111111/19700101T000000",
    }


def test_a_run_of_a_commit_still_names_it_when_the_file_is_lost(old, export):
    for file in export(*FIRST).rglob("*.fits"):
        file.unlink()
    assert sorted(one.commit for one in holdings(old.target)) == ["1" * 12, "1" * 12, "2" * 12]
