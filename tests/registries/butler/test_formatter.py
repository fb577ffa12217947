"""What people get from a Butler: each in a process of its own, as storage classes are shared in one."""

from __future__ import annotations

import subprocess
import textwrap

import pytest
import warm

from curator.registries.publish.ingest import holdings

from ..conftest import Calib

STACK = {
    "ip/isr/__init__.py": """
        class Defects:
            def __init__(self, path):
                self.path = path

            @classmethod
            def readFits(cls, path):
                return cls(path)

        class IntermediateFilterTransmissionCurve(Defects):
            def getTransmissionCurve(self):
                from lsst.afw.image import TransmissionCurve
                return TransmissionCurve()
        """,
    "afw/image.py": """
        class TransmissionCurve:
            @staticmethod
            def readFits(path):
                raise RuntimeError("this is no table of theirs")
        """,
    "afw/__init__.py": "",
    "ip/__init__.py": "",
}
GET = """
    import warnings
    warnings.simplefilter("error")
    import sys
    from astropy.time import Time
    from lsst.daf.butler import Butler, Timespan

    butler = Butler(sys.argv[1])

    def get(name, **data_id):
        when = Timespan.fromInstant(Time("2025-01-01T00:00:00", scale="utc"))
        return butler.get(name, instrument="TestCam", **data_id, collections="TestCam/calib", timespan=when)
"""


def python(registry, code: str, *path: object) -> str:
    program = textwrap.dedent(GET) + textwrap.dedent(code)
    command = [warm.python(), "-c", program, str(registry.path), *map(str, path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def filled(registry, export):
    calibs = [
        Calib(7),
        Calib(8, dataset_type="manual_defects"),
        Calib(9, dataset_type="transmission_filter", filter="g_6"),
        Calib(dataset_type="camera", detector=""),
    ]
    registry.ingest(export(*calibs), prefer=True)
    return registry


def test_without_the_stack_a_plain_get_gives_our_class(filled):
    out = python(
        filled,
        """
        defects = get("defects", detector=94)
        print(type(defects).__module__, type(defects).__name__, defects.tables()[0].columns[0].array.tolist())
        print(type(get("manual_defects", detector=94)).__name__)
        print(type(get("transmission_filter", physical_filter="g_6")).__name__)
        print(type(get("curated_camera")).__name__)
        print(type(butler.getDeferred("defects", instrument="TestCam", detector=94,
              collections="TestCam/calib/curated/19700101T000000/1").get()).__name__)
        """,
    )
    assert out.split() == [
        "curator.calibrations.types.defects", "Defects", "[7]", "ManualDefects", "FilterTransmission",
        "CameraCalibration", "Defects",
    ]  # fmt: skip


def test_it_is_equal_to_what_was_exported(filled):
    from curator.calibrations.types.defects import Defects

    (file,) = [one.file for one in holdings(filled.target) if one.data_id.dataset_type == "defects"]
    assert Defects.readFits(file) == Calib(7).content()


def test_with_the_stack_its_own_readers_are_used(filled, tmp_path):
    for name, text in STACK.items():
        file = tmp_path / "stack" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text))
    out = python(
        filled,
        """
        import lsst
        lsst.__path__.append(sys.argv[2])
        print(type(get("defects", detector=94)).__module__)
        print(type(get("transmission_filter", physical_filter="g_6")).__module__)
        """,
        tmp_path / "stack",
    )
    assert out.split() == ["lsst.ip.isr", "lsst.afw.image"]
