"""Trailers ``Curator-Intended``: which commits count, what they lower, and what is said of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from repository.made import Made

from curator.checks.change.intended import if_meant
from curator.checks.model.report import Report
from curator.checks.model.rule import all_rules
from curator.checks.renderers import FORMATS, renderer
from curator.checks.run.check_change import check_change

DEFECTS = "ExampleCam/defects/s00/20200101T000000.ecsv"
SUBJECT = "Drop the mask that a light leak spoilt"
REASON = "a light leak spoilt the flats"


@pytest.fixture
def made(templates: dict[str, Path], tmp_path: Path) -> Made:
    """A branch that removes a certified mask, and says nothing of it yet."""
    shutil.copytree(templates["dmtn148"], tmp_path / "r", ignore=shutil.ignore_patterns(".git"))
    made = Made.at(tmp_path / "r")
    made.commit("Begin the repository with its template")
    made.git("checkout", "-q", "-b", "work")
    (made.root / DEFECTS).unlink()
    return made


def edit(made: Made, path: str, old: str, new: str) -> None:
    text = (made.root / path).read_text()
    assert old in text
    (made.root / path).write_text(text.replace(old, new, 1))


def judged(made: Made, *trailers: str, **options: object) -> Report:
    made.commit("\n".join([SUBJECT, "", *trailers]))
    return check_change(made.repo, "main", "work", **options)  # type: ignore[arg-type]


def severities(report: Report) -> dict[str, str]:
    return {one.code: one.severity for one in report.findings}


def test_what_no_trailer_says_is_meant_is_an_error_whose_hint_gives_the_trailer(made: Made) -> None:
    report = judged(made)
    assert (severities(report), report.notices) == ({"CUR510": "error"}, ())
    assert if_meant("CUR510") in report.findings[0].hint
    # What the hint says is what counts.
    trailer = if_meant("CUR510").partition("`")[2].rstrip("`").replace("<reason>", REASON)
    assert severities(judged(made, trailer)) == {"CUR510": "info"}


@pytest.mark.parametrize(
    "trailer",
    [
        f"Curator-Intended: CUR510 {REASON}",
        f"curator-intended: cur510 {REASON}",
        f"CURATOR-INTENDED: CUR510: {REASON}",
        "Curator-Intended: CUR510 a light leak\n  spoilt\n  the flats",
        f"Signed-off-by: Ada <ada@example.org>\nCurator-Intended: CUR510 {REASON}",
        f"Why it was so.\n\nCurator-Intended: CUR510 {REASON}\nReviewed-by: Grace <grace@example.org>",
    ],
)
def test_a_trailer_lowers_its_rule_to_a_note_and_stands_first_in_every_report(
    trailer: str, made: Made
) -> None:
    edit(made, "ExampleCam/crosstalk/s01/20200101T000000.yaml", "0.000127", "0.5")
    report = judged(made, trailer)
    found = severities(report)
    assert (found.pop("CUR510"), found["CUR505"]) == ("info", "warning")
    assert {one.code for one in report.findings if if_meant(one.code) in one.hint} == {"CUR505"}
    sha = made.git("rev-parse", "HEAD")[:10]
    notice = f"CUR510 is intended (1 finding lowered to info), says commit {sha} by Ada Editor: {REASON}"
    assert report.notices == (notice,)
    for name in FORMATS:
        text = renderer(name)(report)
        assert REASON in text.replace("\\u2026", "…")
        place = text.index(REASON)
        if name != "sarif":  # whose parts have an order of their own
            assert all(text.find(one, 0, place) < 0 for one in ("CUR505", "ExampleCam/"))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (f"Curator-Intended: CUR510 {REASON}\n\nMore about it.", ""),
        (f"A sentence before it:\nCurator-Intended: CUR510 {REASON}\nand one behind.", ""),
        ("Curator-Intended: CUR510", "it gives no reason; write Curator-Intended: CUR510 <reason>"),
        ("Curator-Intended: CUR510 .", "it gives no reason"),
        ("Curator-Intended: CUR510 <reason>", "it gives no reason"),
        ("Curator-Intended:", "it is empty"),
        ("Curator-Intended: CUR599 it is so", "there is no rule 'CUR599'"),
        ("Curator-Intended: CUR510,CUR503 it is so", "CUR510 <reason>, a trailer for each rule"),
        ("Curator-Intended: CUR5 it is so", "there is no rule 'CUR5'"),
        ("Curator-Intended: CUR301 it is so", "CUR301 cannot be intended"),
        ("Curator-Intended: CUR521 it is so", "CUR521 cannot be intended"),
        ("Curator-Intended: CUR503 it is so", "CUR503 is intended (but nothing of the kind was found)"),
    ],
)
def test_what_does_not_count_is_said_and_lowers_nothing(message: str, told: str, made: Made) -> None:
    report = judged(made, message)
    assert severities(report) == {"CUR510": "error"}
    assert len(report.notices) == bool(told)
    assert all(told in one for one in report.notices)


@pytest.mark.parametrize("code", [one.code for one in all_rules() if one.scope != "change"] + ["CUR521"])
def test_no_trailer_reaches_another_rule(code: str) -> None:
    from curator.checks.change.intended import read_intended
    from curator.repository.changes import CommitFacts

    found = read_intended([CommitFacts("0" * 40, (), "A", "B", (), (f"{code} because",))])
    assert (found.statements, len(found.mistakes)) == ((), 1)


def test_a_trailer_does_not_silence_relaxed_rules_nor_the_rules_of_files(made: Made) -> None:
    with (made.root / "curator.yaml").open("a") as config:
        config.write("limits: {ExampleCam: {mask_growth: 0.9}}\n")
    edit(made, "ExampleCam/manual_defects/s00/20200101T000000.ecsv", "DETECTOR: 0", "DETECTOR: 1")
    trailers = [f"Curator-Intended: {code} so it is" for code in ("CUR510", "CUR521", "CUR203")]
    found = severities(judged(made, *trailers))
    assert (found["CUR510"], found["CUR521"], found["CUR203"]) == ("info", "warning", "error")


def test_only_the_commits_of_the_change_count(made: Made) -> None:
    assert severities(judged(made)) == {"CUR510": "error"}
    made.git("checkout", "-q", "main")
    made.commit(f"Go on\n\nCurator-Intended: CUR510 {REASON}")
    made.git("checkout", "-q", "work")
    made.git("merge", "-q", "-m", "Take in what main has", "main")
    report = check_change(made.repo, "main", "work")
    assert (severities(report), report.notices) == ({"CUR510": "error"}, ())
    # An empty commit on the branch is as good as another.
    made.commit(f"Say why\n\nCurator-Intended: CUR510 {REASON}")
    assert severities(check_change(made.repo, "main", "work")) == {"CUR510": "info"}


def test_what_a_selection_did_not_ask_about_is_not_called_unfound(made: Made) -> None:
    trailer = f"Curator-Intended: CUR503 {REASON}"
    assert judged(made, trailer, ignore=["CUR503"]).notices == ()
    assert check_change(made.repo, "main", "work", paths=["ExampleCam/defects"]).notices == ()
    assert len(check_change(made.repo, "main", "work").notices) == 1


def test_no_configuration_of_git_changes_which_trailers_there_are(made: Made) -> None:
    made.git("config", "trailer.separators", "=")
    made.git("config", "core.commentChar", "C")
    assert severities(judged(made, f"Curator-Intended: CUR510 {REASON}")) == {"CUR510": "info"}
    assert severities(judged(made, f"Curator-Intended= CUR510 {REASON}")) == {"CUR510": "info"}


def test_hostile_trailers_are_bounded_and_escaped(made: Made) -> None:
    evil = "x\x1b[2J</script>|`\u202e" + "y" * 250
    trailers = [f"Curator-Intended: CUR510 {number} {evil}" for number in range(200)]
    trailers += [f"Curator-Intended: CUR{number} {evil}" for number in range(700, 900)]
    report = judged(made, *trailers)
    assert len(report.notices) < 10
    assert max(map(len, report.notices)) < 300
    for name in FORMATS:
        text = renderer(name)(report)
        assert not any(one in text for one in ("\x1b", "\u202e"))
    assert json.loads(renderer("json")(report))["notices"] == list(report.notices)
    assert any("197 more trailers" in one for one in report.notices)


GROWTHS = [(1, None), (100, "warning"), (240, "error")]


@pytest.mark.parametrize(("rows", "severity"), GROWTHS)
def test_a_mask_that_grows_much_is_an_error_only_beyond_the_second_limit(
    rows: int, severity: str | None, made: Made
) -> None:
    made.git("checkout", "-q", "--", ".")
    edit(made, DEFECTS, "1517 3301 4 6", f"0 100 2048 {rows}")
    assert severities(judged(made)).get("CUR503") == severity
    if severity:
        assert severities(judged(made, f"Curator-Intended: CUR503 {REASON}"))["CUR503"] == "info"


@pytest.mark.parametrize(
    ("limits", "severity"),
    [("mask_growth: 0.01", "error"), ("mask_growth: 0.9", "warning"), ("mask_change: 0.06", None)],
)
def test_both_limits_of_a_mask_are_a_matter_of_the_camera(
    limits: str, severity: str | None, made: Made
) -> None:
    made.git("checkout", "-q", "main", "-f")
    with (made.root / "curator.yaml").open("a") as config:
        config.write(f"limits: {{ExampleCam: {{{limits}}}}}\n")
    made.commit("Say what is remarkable here")
    made.git("checkout", "-q", "-B", "work")
    edit(made, DEFECTS, "1517 3301 4 6", f"0 100 2048 {100 if severity == 'error' else 240}")
    found = severities(judged(made)).get("CUR503")
    # Never below the first limit: `mask_growth: 0.01` does not make an error of what passes `mask_change`.
    assert found == severity


def test_a_mask_is_no_error_by_a_size_that_nobody_confirmed(made: Made) -> None:
    made.git("checkout", "-q", "main", "-f")
    edit(made, "ExampleCam/camera/20200101T000000.yaml", "height: 4096", "height: 4096, size_from: inferred")
    made.commit("Say where the size is from")
    made.git("checkout", "-q", "-B", "work")
    edit(made, DEFECTS, "1517 3301 4 6", "0 100 2048 240")
    assert severities(judged(made))["CUR503"] == "warning"


def test_a_severity_of_curator_yaml_comes_before_that_of_a_finding(made: Made) -> None:
    made.git("checkout", "-q", "main", "-f")
    with (made.root / "curator.yaml").open("a") as config:
        config.write("severities: {CUR503: error, CUR510: warning}\n")
    made.commit("Say how grave it is here")
    made.git("checkout", "-q", "-B", "work")
    (made.root / "ExampleCam/qe_curve/s00/20200101T000000.ecsv").unlink()
    edit(made, DEFECTS, "1517 3301 4 6", "0 100 2048 100")
    found = severities(judged(made))
    assert (found["CUR503"], found["CUR510"]) == ("error", "warning")


def test_removing_what_nobody_certified_is_a_warning(made: Made) -> None:
    made.git("checkout", "-q", "main", "-f")
    text = (made.root / DEFECTS).read_text()
    kept = [line for line in text.splitlines(True) if "VALIDSTART" not in line]
    (made.root / DEFECTS).write_text("".join(kept))
    made.commit("Certify nothing yet")
    made.git("checkout", "-q", "-B", "work")
    (made.root / DEFECTS).unlink()
    assert severities(judged(made)) == {"CUR510": "warning"}


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("", "VALIDEND: '2021-01-01T00:00:00'", "error"),
        ("VALIDEND: '2021-01-01T00:00:00'", "", "error"),
        ("VALIDEND: '2021-01-01T00:00:00'", "VALIDEND: '2020-06-01T00:00:00'", "error"),
        ("VALIDEND: '2021-01-01T00:00:00'", "VALIDEND: '2021-01-01'", None),
    ],
)
def test_a_moved_validity_range_is_an_error_and_another_spelling_is_not(
    before: str, after: str, found: str | None, made: Made
) -> None:
    made.git("checkout", "-q", "main", "-f")
    start = "# - {VALIDSTART: '2020-01-01T00:00:00'}\n"
    text = (made.root / DEFECTS).read_text()
    assert start in text
    for branch, line in (("main", before), ("work", after)):
        made.git("checkout", "-q", "-B", branch)
        made.write(DEFECTS, text.replace(start, start + (f"# - {{{line}}}\n" if line else "")))
        made.commit(SUBJECT)
    assert severities(check_change(made.repo, "main", "work")).get("CUR515") == found


def test_what_is_staged_is_judged_with_the_commits_before_it(made: Made) -> None:
    """Before there is a commit its findings are errors; trailers of the branch's earlier commits count."""
    made.git("rm", "-q", DEFECTS)
    made.write("ExampleCam/new.yaml", "x: 1\n")
    made.git("add", "--intent-to-add", "ExampleCam/new.yaml")
    assert check_change(made.repo, "main", "work").findings == ()
    report = check_change(made.repo, "main", "work", staged=True)
    assert severities(report) == {"CUR510": "error"}
    assert if_meant("CUR510") in report.findings[0].hint
    made.git("commit", "-q", "--allow-empty", "--only", "-m", f"Say why\n\nCurator-Intended: CUR510 {REASON}")
    report = check_change(made.repo, "main", "work", staged=True)
    assert severities(report) == {"CUR510": "info"}
    made.git("reset", "-q", "--hard")
    # A staged file is read as it is staged, and a rename is one.
    (made.root / DEFECTS).rename(made.root / DEFECTS.replace("20200101", "20200301"))
    made.git("add", "-A")
    made.write(DEFECTS, "never staged\n")
    found = {one.code for one in check_change(made.repo, "main", "work", staged=True).findings}
    assert "CUR511" in found
    assert "CUR510" not in found
    assert "CUR001" not in found
