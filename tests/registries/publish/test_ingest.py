"""What ingest does to a real Butler."""

from __future__ import annotations

from datetime import datetime

import pytest

from curator.errors import RegistryError, UsageError
from curator.registries.publish.export_reader import Refused
from curator.registries.publish.ingest import holdings
from curator.registries.registry import open_registry

from ..conftest import CAMERA, COMMIT, OTHER_COMMIT, Calib, dates

LATER = "2020-01-01T00:00:00"
TWO = (Calib(1, end=LATER), Calib(2, start=LATER, sha="2" * 40))


def differences(registry, *args, **options) -> str:
    """Assert that an ingest is refused and leaves everything as it was; return the reasons."""
    before = registry.state()
    with pytest.raises(Refused) as caught:
        registry.ingest(*args, **options)
    assert caught.value.exit_status == 1
    assert registry.state() == before
    return "\n".join(map(str, caught.value.differences))


def held(registry, label="", detector=""):
    return [
        (one.source, *dates(one))
        for one in holdings(registry.target, label)
        if not detector or one.data_id.detector_name == detector
    ]


def test_an_export_goes_into_a_new_butler_and_is_listed_with_its_sources(nowhere, export):
    report = nowhere.ingest(export(*TWO))
    assert report.plan.creates
    assert [one.source for one in holdings(nowhere.target)] == [one.source for one in TWO]
    first, second = holdings(nowhere.target)
    assert dates(first) == ("1970-01-01T00:00:00", LATER)
    assert dates(second) == (LATER, "")
    assert first.run == "TestCam/calib/curated/19700101T000000/1"
    assert (first.label, first.preferred) == ("TestCam/calib/2025.1", False)
    assert (first.data_id.detector_name, first.data_id.detector) == ("R22_S11", 94)
    assert first.commit == "1" * 40
    butler = nowhere.open()
    assert COMMIT in butler.collections.get_info("TestCam/calib/2025.1").doc
    butler.close()


def test_all_dimensions_go_in(registry, export):
    calibs = [
        Calib(),
        Calib(dataset_type="manual_defects"),
        Calib(dataset_type="transmission_filter", filter="g_6"),
        Calib(dataset_type="transmission_filter", filter="open"),
        Calib(instrument="OtherCam", detector="R22_S12"),
    ]
    registry.ingest(export(*calibs))
    found = {one.data_id.names for one in holdings(registry.target)}
    assert found == {
        ("defects", "TestCam", "R22_S11", ""),
        ("manual_defects", "TestCam", "R22_S11", ""),
        ("transmission_filter", "TestCam", "", "g_6"),
        ("transmission_filter", "TestCam", "", "open"),
        ("defects", "OtherCam", "R22_S12", ""),
    }
    butler = registry.open()
    types = {one.name: one for one in butler.registry.queryDatasetTypes()}
    assert all(one.isCalibration() for one in types.values())
    assert types["defects"].storageClass_name == types["manual_defects"].storageClass_name == "Defects"
    bands = {
        one.name: one.band for one in butler.query_dimension_records("physical_filter", instrument="TestCam")
    }
    assert bands == {"g_6": "g", "r_57": "r", "open": "open"}
    butler.close()


def test_a_second_run_has_nothing_to_do(registry, export):
    root = export(*TWO)
    registry.ingest(root, prefer=True)
    before = registry.state()
    report = registry.ingest(root, prefer=True)
    assert report.plan.is_empty
    assert (report.plan.present, report.plan.unchanged) == (2, 2)
    assert registry.state() == before


def test_the_same_from_another_tree_has_nothing_to_do(registry, export):
    registry.ingest(export(*TWO))
    before = registry.state()
    assert registry.ingest(export(*TWO, name="copy")).plan.is_empty
    assert registry.state() == before


def test_an_unchanged_calibration_keeps_its_dataset_from_label_to_label(registry, export):
    registry.ingest(export(*TWO))
    changed = Calib(3, start=LATER, sha="3" * 40)
    report = registry.ingest(export(TWO[0], changed, commit=OTHER_COMMIT), "2025.2")
    assert [item.gitsha for item in report.plan.ingest] == ["3" * 40]
    assert report.plan.present == 1
    runs = {
        one.label: {two.run for two in holdings(registry.target, one.label[14:])}
        for one in holdings(registry.target)
    }
    assert runs["TestCam/calib/2025.1"] & runs["TestCam/calib/2025.2"] == {
        "TestCam/calib/curated/19700101T000000/1"
    }


def test_changed_content_under_one_label_is_refused_with_the_list(registry, export):
    registry.ingest(export(*TWO))
    changed = Calib(3, start=LATER, sha="3" * 40)
    text = differences(registry, export(TWO[0], changed, commit=OTHER_COMMIT))
    assert "was published from commit cccccccccccc, this export is of dddddddddddd" in text
    assert "defects TestCam R22_S11 2020-01-01: TestCam/calib/2025.1 has it from" in text
    assert "other content" in text
    assert "1970" not in text


def test_another_commit_under_one_label_is_refused_even_with_equal_content(registry, export):
    registry.ingest(export(*TWO))
    assert "was published from commit" in differences(registry, export(*TWO, commit=OTHER_COMMIT))


def test_what_came_and_what_went_is_listed(registry, export):
    registry.ingest(export(Calib(), Calib(detector="R22_S12")))
    text = differences(registry, export(Calib(), Calib(detector="R22_S20"), commit=OTHER_COMMIT))
    assert "R22_S20 1970-01-01: is in this export, and not in TestCam/calib/2025.1" in text
    assert "R22_S12 1970-01-01: is in TestCam/calib/2025.1, and not in this export" in text


def test_a_range_that_ends_otherwise_under_one_label_is_refused(registry, export):
    registry.ingest(export(Calib()))
    text = differences(registry, export(Calib(end=LATER)))
    assert "ends without bound in TestCam/calib/2025.1, 2020-01-01 in this export" in text


def test_other_content_of_the_same_commit_of_a_file_is_refused(registry, export):
    registry.ingest(export(Calib(1)))
    text = differences(registry, export(Calib(2)), "2025.2")
    assert "there with other content" in text


def test_uncertified_calibrations_are_ingested_and_never_certified(registry, export):
    report = registry.ingest(export(Calib(), Calib(detector="R22_S12", status="uncertified")))
    assert (len(report.plan.ingest), len(report.plan.certify), report.plan.uncertified) == (2, 1, 1)
    assert held(registry, detector="R22_S12") == []
    butler = registry.open()
    refs = butler.query_datasets("defects", "TestCam/calib/curated/*", find_first=False)
    assert {ref.dataId["detector"] for ref in refs} == {94, 95}
    butler.close()


def test_an_export_without_any_certified_calibration_makes_no_label(registry, export):
    registry.ingest(export(Calib(status="uncertified")), prefer=True)
    assert holdings(registry.target) == []
    butler = registry.open()
    assert butler.collections.query("*") == ["TestCam/calib/curated/19700101T000000/1"]
    butler.close()


def chain(registry, name="TestCam/calib"):
    butler = registry.open()
    members = butler.collections.get_info(name).children
    butler.close()
    return members


def test_preferring_replaces_the_label_before_in_its_place(registry, export):
    from lsst.daf.butler import CollectionType

    registry.ingest(export(Calib()), "2025.1", prefer=True)
    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib/flats", CollectionType.CALIBRATION, doc="not curator's")
    butler.collections.register("TestCam/calib/unbounded")
    butler.collections.redefine_chain(
        "TestCam/calib", ["TestCam/calib/flats", "TestCam/calib/2025.1", "TestCam/calib/unbounded"]
    )
    butler.close()
    registry.ingest(export(Calib(), commit=OTHER_COMMIT), "2025.2", prefer=True)
    assert chain(registry) == ("TestCam/calib/flats", "TestCam/calib/2025.2", "TestCam/calib/unbounded")
    assert {one.label: one.preferred for one in holdings(registry.target)} == {
        "TestCam/calib/2025.1": False,
        "TestCam/calib/2025.2": True,
    }


def test_a_label_can_be_preferred_later_and_an_older_one_again(registry, export):
    first, second = export(Calib()), export(Calib(), name="b", commit=OTHER_COMMIT)
    registry.ingest(first, "a", prefer=True)
    registry.ingest(second, "b")
    assert chain(registry) == ("TestCam/calib/a",)
    registry.ingest(second, "b", prefer=True)
    assert chain(registry) == ("TestCam/calib/b",)
    registry.ingest(first, "a", prefer=True)
    assert chain(registry) == ("TestCam/calib/a",)


def test_a_chain_that_is_none_is_left_alone(registry, export):
    registry.ingest(export(Calib()))
    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib")
    butler.close()
    assert "is a RUN collection" in differences(registry, export(Calib()), prefer=True)


def test_a_label_of_someone_else_is_left_alone(registry, export):
    from lsst.daf.butler import CollectionType

    registry.ingest(export(Calib()), "a")
    butler = registry.open(writeable=True)
    butler.collections.register("TestCam/calib/b", CollectionType.CALIBRATION, doc="mine")
    butler.collections.register("TestCam/calib/c")
    butler.close()
    assert "was not made by curator" in differences(registry, export(Calib()), "b")
    assert "is a RUN collection" in differences(registry, export(Calib()), "c")


def test_personal_labels_take_a_commit_under_review(nowhere, export):
    root = export(Calib(), released=())
    with pytest.raises(RegistryError, match="neither on the release branch"):
        nowhere.ingest(root, "2025.1")
    assert not nowhere.path.exists()
    nowhere.ingest(root, "u/ada/try")
    assert [one.label for one in holdings(nowhere.target, "u/ada/try")] == ["TestCam/calib/u/ada/try"]


def test_exports_of_some_paths_add_to_a_label_of_the_same_commit(registry, export):
    registry.ingest(export(Calib(), name="e", complete=False))
    registry.ingest(export(Calib(detector="R22_S12"), name="e", complete=False))
    assert len(held(registry)) == 2
    assert registry.ingest(export(Calib(), Calib(detector="R22_S12"), name="e")).plan.is_empty


def test_a_dry_run_makes_and_changes_nothing(nowhere, export):
    root = export(*TWO)
    plan = nowhere.ingest(root, dry_run=True, prefer=True).plan
    assert plan.creates
    assert len(plan.ingest) == len(plan.certify) == 2
    assert not nowhere.path.exists()
    nowhere.ingest(root)
    before, files = nowhere.state(), sorted(nowhere.path.iterdir())
    plan = nowhere.ingest(
        export(Calib(9, sha="9" * 40), name="b", commit=OTHER_COMMIT), "b", dry_run=True
    ).plan
    assert len(plan.ingest) == 1
    assert (nowhere.state(), sorted(nowhere.path.iterdir())) == (before, files)


def test_a_dry_run_is_refused_for_the_same_reasons(registry, export):
    registry.ingest(export(Calib(1)))
    assert "was published from" in differences(registry, export(Calib(2), commit=OTHER_COMMIT), dry_run=True)


def test_a_detector_that_the_registry_knows_otherwise_is_refused(registry, export):
    from curator.export.manifest.manifest import DetectorRecord, InstrumentRecord

    registry.ingest(export(Calib()))
    swapped = InstrumentRecord("TestCam", (DetectorRecord(94, "R22_S11"), DetectorRecord(95, "R99_S99")))
    text = differences(registry, export(Calib(), name="b", instruments=(swapped,)), "b")
    assert "detector 95 R99_S99: the registry has 95 as R22_S12" in text


def test_a_detector_that_camera_files_number_otherwise_is_refused_before_a_butler_is_made(nowhere, export):
    from curator.export.manifest.manifest import DetectorRecord, InstrumentRecord

    both = InstrumentRecord("TestCam", (DetectorRecord(7, "R22_S11"), DetectorRecord(94, "R22_S11")))
    root = export(Calib(), instruments=(both,))
    with pytest.raises(Refused, match="R22_S11: has number 7 in one camera file and 94 in a second one"):
        nowhere.ingest(root)
    assert not nowhere.path.exists()


def test_records_that_the_instruments_own_software_made_stay_as_they_are(nowhere, export):
    from lsst.daf.butler import Butler

    Butler.makeRepo(str(nowhere.path))
    butler = nowhere.open(writeable=True)
    record = {"name": "TestCam", "class_name": "obs.TestCam", "detector_max": 200}
    butler.registry.insertDimensionData("instrument", record)
    detector = {
        "instrument": "TestCam",
        "id": 94,
        "full_name": "R22_S11",
        "raft": "R22",
        "purpose": "SCIENCE",
    }
    butler.registry.insertDimensionData("detector", detector)
    butler.close()
    nowhere.ingest(export(Calib()))
    butler = nowhere.open()
    (found,) = butler.query_dimension_records("detector", instrument="TestCam", detector=94)
    assert (found.raft, found.purpose) == ("R22", "SCIENCE")
    (found,) = butler.query_dimension_records("instrument")
    assert found.class_name == "obs.TestCam"
    butler.close()


def test_a_butler_that_nobody_wrote_to_holds_nothing(nowhere, export):
    from lsst.daf.butler import Butler

    Butler.makeRepo(str(nowhere.path))
    assert holdings(nowhere.target) == []
    assert len(nowhere.ingest(export(Calib()), dry_run=True).plan.ingest) == 1


def test_a_camera_in_a_butler_of_someone_elses_is_plain_data(nowhere, export):
    """Only Butlers that curator made know of a storage class for cameras."""
    from lsst.daf.butler import Butler

    Butler.makeRepo(str(nowhere.path))
    nowhere.ingest(export(Calib(dataset_type="camera", detector="")))
    butler = nowhere.open()
    (found,) = butler.query_datasets("curated_camera", "TestCam/calib/curated/*", find_first=False)
    assert butler.get(found)["detectors"] == CAMERA["detectors"]
    butler.close()


def test_a_dataset_type_that_means_something_else_is_refused(nowhere, export):
    from lsst.daf.butler import Butler, DatasetType

    Butler.makeRepo(str(nowhere.path))
    butler = nowhere.open(writeable=True)
    butler.registry.registerDatasetType(
        DatasetType("defects", ("instrument",), "Defects", universe=butler.dimensions, isCalibration=True)
    )
    butler.close()
    assert "holds no defects calibrations" in differences(nowhere, export(Calib()))


def test_find_answers_for_a_date_by_label_or_preference(registry, export):
    registry.ingest(export(*TWO), "a", prefer=True)
    with open_registry(registry.target, "read") as opened:
        for date, source in ((datetime(2019, 12, 31, 23, 59, 59), TWO[0]), (datetime(2020, 1, 1), TWO[1])):
            for label in ("", "a"):
                found = opened.find("defects", "TestCam", date, detector=94, label=label)
                assert found is not None
                assert found.source == source.source
        assert opened.find("defects", "TestCam", datetime(1969, 12, 31), detector=94) is None
        assert opened.find("defects", "TestCam", datetime(2020, 1, 1), detector=95) is None
        with pytest.raises(RegistryError, match="no collection"):
            opened.find("defects", "TestCam", datetime(2020, 1, 1), detector=94, label="none")


def test_holdings_of_a_label_that_is_not_there_is_an_error(registry, export):
    registry.ingest(export(Calib()), "a")
    with pytest.raises(RegistryError, match="no label 'b'"):
        holdings(registry.target, "b")


def test_holdings_survive_the_loss_of_the_files(registry, export):
    root = export(Calib())
    registry.ingest(root)
    for file in root.rglob("*.fits"):
        file.unlink()
    (one,) = holdings(registry.target)
    assert (one.source, one.commit) == ("", "")
    assert one.file.startswith(str(root / "TestCam" / "defects" / "r22_s11" / "19700101T000000-"))


@pytest.mark.parametrize("target", ["gen3:/data", "butler", "/data/repo", ":x", "butler:", "gen2:"])
def test_other_targets_are_refused_by_name(export, target):
    from curator.registries.publish.ingest import ingest

    with pytest.raises(UsageError):
        ingest(export(Calib()), target, "a")


def test_a_calibration_may_be_certified_for_several_ranges(registry, export):
    between = "1970-01-01T00:00:00/2020-01-01T00:00:00 2021-01-01T00:00:00/.."
    other = Calib(x0=2, start="2019-01-01T00:00:00", served="2020-01-01T00:00:00/2021-01-01T00:00:00")
    made = export(Calib(served=between), other)
    report = registry.ingest(made)
    assert (len(report.plan.ingest), len(report.plan.certify)) == (2, 3)
    assert [dates(one) for one in holdings(registry.target)] == [
        ("1970-01-01T00:00:00", "2020-01-01T00:00:00"),
        ("2020-01-01T00:00:00", "2021-01-01T00:00:00"),
        ("2021-01-01T00:00:00", ""),
    ]
    assert registry.ingest(made).plan.is_empty
