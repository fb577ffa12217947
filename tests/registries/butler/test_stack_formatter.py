"""A Butler whose datasets the Rubin stack reads without curator, tried with stand-ins of its modules."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from conftest import need_module

from curator.cli.main import main
from curator.errors import RegistryError, UsageError
from curator.registries.butler.formatters import CURATOR, STACK, is_read_by_stack
from curator.registries.publish.saved_plan import apply_plan

from ..conftest import OTHER_COMMIT, Calib, make_plan, type_record

# As obs_base and ip_isr have them: a formatter that calls ``readFits`` of what the storage class names.
MODULES = {
    "obs/__init__.py": "",
    "obs/base/__init__.py": "",
    "obs/base/formatters/__init__.py": "",
    "obs/base/formatters/fitsGeneric.py": """
        from lsst.daf.butler import FormatterV2

        class FitsGenericFormatter(FormatterV2):
            default_extension = ".fits"
            can_read_from_local_file = True

            def read_from_local_file(self, path, component=None, expected_size=-1):
                return self.file_descriptor.storageClass.pytype.readFits(path)
        """,
    "ip/__init__.py": "",
    "ip/isr/__init__.py": """
        class Defects:
            @classmethod
            def readFits(cls, path):
                from astropy.io import fits
                found = cls()
                found.x0 = fits.getdata(path, 1)["x0"].tolist()
                return found
        """,
}
GET = """
    import sys
    sys.modules["curator"] = None
    import lsst
    lsst.__path__.append(sys.argv[2])
    from astropy.time import Time
    from lsst.daf.butler import Butler, Timespan
    butler = Butler(sys.argv[1])
    when = Timespan.fromInstant(Time("2025-01-01T00:00:00", scale="utc"))
    def get(name, **data_id):
        return butler.get(name, instrument="TestCam", collections="TestCam/calib", timespan=when, **data_id)
    print(get("defects", detector=94).x0, get("manual_defects", detector=94).x0)
    try:
        get("transmission_filter", physical_filter="g_6")
    except Exception as error:
        print("curator" in str(error))
"""
CALIBS = (
    Calib(7),
    Calib(8, dataset_type="manual_defects"),
    Calib(9, dataset_type="transmission_filter", filter="g_6"),
    Calib(dataset_type="camera", detector=""),
)
READ = {"defects": STACK, "manual_defects": STACK, "transmission_filter": CURATOR, "curated_camera": CURATOR}


@pytest.fixture
def stack(tmp_path, monkeypatch) -> Path:
    """Modules that stand in for the stack's, importable here."""
    lsst = need_module("lsst.daf.butler") and sys.modules["lsst"]
    for name, text in MODULES.items():
        file = tmp_path / "stack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    monkeypatch.setattr(lsst, "__path__", [*lsst.__path__, str(tmp_path / "stack")])
    for name in (
        "lsst.obs",
        "lsst.obs.base",
        "lsst.obs.base.formatters",
        "lsst.obs.base.formatters.fitsGeneric",
    ):
        monkeypatch.delitem(sys.modules, name, raising=False)
        monkeypatch.delattr(lsst, "obs", raising=False)
    yield tmp_path / "stack"
    for name in [one for one in sys.modules if one == "lsst.obs" or one.startswith("lsst.obs.")]:
        del sys.modules[name]


def recorded(registry) -> dict[str, str]:
    butler = registry.open()
    found = {
        ref.datasetType.name: one.formatter
        for ref in butler.query_all_datasets("*", find_first=False)
        for one in butler._datastore.getStoredItemsInfo(ref)
    }
    butler.close()
    return found


def test_the_stack_reads_what_it_can_without_curator(nowhere, export, stack, capsys):
    words = ["ingest", str(export(*CALIBS)), nowhere.target, "--label", "a", "--prefer", "--create"]
    assert main([*words, "--formatter", "stack"]) == 0
    said = capsys.readouterr().out
    assert "read by the stack alone: defects, manual_defects\n" in said
    assert "only read where curator can be imported: curated_camera, transmission_filter\n" in said
    assert recorded(nowhere) == READ
    program = [sys.executable, "-c", textwrap.dedent(GET), str(nowhere.path), str(stack)]
    done = subprocess.run(program, capture_output=True, text=True)
    assert done.stdout == "[7] [8]\nTrue\n", done.stderr


def test_what_is_there_keeps_its_formatter_and_a_lost_file_gets_it_back(registry, export, stack, capsys):
    root = export(Calib(7))
    registry.ingest(root, transfer="copy", formatter="stack")
    for file in registry.path.rglob("*.fits"):
        file.unlink()
    assert len(registry.ingest(root, transfer="copy").plan.restore) == 1
    assert recorded(registry) == {"defects": STACK}
    new = export(Calib(7), Calib(3, dataset_type="manual_defects"), name="b", commit=OTHER_COMMIT)
    words = ["ingest", str(new), registry.target, "--label", "b", "--formatter", "curator"]
    assert main(words) == 0
    assert recorded(registry) == {"defects": STACK, "manual_defects": CURATOR}
    assert main([*words[:-1], "stack"]) == 0
    assert "2 datasets already ingested: their formatters do not change" in capsys.readouterr().out
    assert recorded(registry) == {"defects": STACK, "manual_defects": CURATOR}


def test_a_plan_says_whose_formatter_it_records_and_apply_records_that(nowhere, export, stack):
    from curator.registries.model.model import Storage

    plan = make_plan(str(export(*CALIBS)), nowhere.target, "a", storage=Storage(formatter="stack"))
    assert plan.formatter == "stack"
    apply_plan(plan)
    assert recorded(nowhere) == READ


def test_without_the_stack_it_is_refused_in_a_sentence_and_nothing_is_made(nowhere, export):
    with pytest.raises(RegistryError, match="cannot be imported here") as caught:
        nowhere.ingest(export(Calib()), formatter="stack")
    assert "lsst.obs.base" in caught.value.hint
    assert not nowhere.path.exists()


def test_a_gen2_registry_has_no_formatters(gen2, export):
    with pytest.raises(UsageError, match="--formatter is for a Butler"):
        gen2.ingest(export(Calib()), formatter="stack")


def test_a_site_chooses_as_well(registry, handed, receive, stack):
    folder = handed(*CALIBS)
    status, said = receive(folder, registry.path, "--formatter", "stack")
    assert status == 0, said
    assert recorded(registry) == READ
    next(registry.path.rglob("defects*.fits")).unlink()
    assert "1 lost file restored" in receive(folder, registry.path)[1]
    assert recorded(registry) == READ


def test_a_site_without_the_stack_cannot_choose_it(registry, handed, receive):
    status, said = receive(handed(Calib()), registry.path, "--formatter", "stack")
    assert status == 1
    assert "--formatter stack: " in said
    assert registry.state()[1] == ()


def test_the_names_are_those_of_the_butlers_own_configuration():
    """Curves and cameras have formatters there too, and are other things than our files."""
    butler = need_module("lsst.daf.butler")
    import yaml

    from curator.calibrations.types.types import all_types

    configuration = Path(butler.__file__).parent / "configs" / "datastores" / "formatters.yaml"
    known = yaml.safe_load(configuration.read_text().replace("!include ", ""))
    read = {one.storage_class for one in all_types() if is_read_by_stack(type_record(one.name))}
    assert read == {"Defects", "CrosstalkCalib", "Linearizer", "BrighterFatterKernel"}
    assert {known[name] for name in read} == {STACK}


def test_the_program_of_a_hand_over_knows_the_same_names():
    from curator.registries.butler import formatters as ours
    from curator.registries.butler.dimension_records import PLAIN
    from curator.registries.handover.receiving import checks as theirs

    assert (theirs._CURATOR, theirs._STACK) == (ours.CURATOR, ours.STACK)
    assert theirs._PLAIN == PLAIN
