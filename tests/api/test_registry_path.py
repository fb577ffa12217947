"""The path that Butlers stored is a package, and `curator.registry` opens a registry all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTED = "import curator.registry.formatter"


@pytest.mark.parametrize(
    "lines", [("import curator",), ("import curator", IMPORTED), (IMPORTED, "import curator")]
)
def test_a_registry_is_opened_whoever_imported_the_formatter_before(lines: tuple[str, ...]) -> None:
    said = "try: curator.registry('gen2:nowhere')\nexcept curator.CuratorError as error: print(error)"
    done = subprocess.run([sys.executable, "-c", "\n".join((*lines, said))], capture_output=True, text=True)
    assert "nowhere" in done.stdout, done.stderr


def test_the_name_that_butlers_store_stays() -> None:
    from curator.registries.butler.formatters import CURATOR
    from curator.registry.formatter import CuratorFormatter

    assert f"{CuratorFormatter.__module__}.{CuratorFormatter.__qualname__}" == CURATOR
    assert CURATOR == "curator.registry.formatter.CuratorFormatter"
