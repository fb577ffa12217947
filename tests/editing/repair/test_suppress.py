"""An entry for curator.yaml that records a finding as known."""

from __future__ import annotations

import pytest

from curator.editing.repair.suppress import REASON, suppressed
from curator.errors import FormatError
from curator.formats.yaml.reader import load_yaml

PATH = "ExampleCam/defects/0_00/20200101T000000.ecsv"


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n",
        "a: 1\n# the end",
        "suppressions:\n",
        "suppressions: []\n",
        "{a: 1}\n",
        "suppressions:\n- rule: CUR1\n  path: x\n  reason: y\n# more\nb: 1.500\n",
        "suppressions:\n  - rule: CUR1\n    path: x\n    reason: y\r\n",
        "suppressions: [{rule: CUR1, path: x, reason: y}]  # those\n",
    ],
)
def test_a_suppression_is_added_in_any_form(text: str) -> None:
    tree = load_yaml(text.encode())
    added = {"rule": "CUR301", "path": PATH, "reason": REASON}
    wanted = {**tree, "suppressions": [*(tree.get("suppressions") or []), added]}
    after = suppressed(text.encode(), "CUR301", PATH)
    assert load_yaml(after) == wanted
    assert f'path: "{PATH}"'.encode() in after
    assert all(line in after.decode() for line in ("1.500", "# more", "# those", "# the end") if line in text)


def test_a_path_that_is_a_pattern_is_not_written() -> None:
    assert suppressed(b"a: 1\n", "CUR301", "a[0].ecsv") == b"a: 1\n"


def test_what_cannot_be_read_is_not_added_to() -> None:
    with pytest.raises(FormatError):
        suppressed(b"a: [\n", "CUR301", PATH)
