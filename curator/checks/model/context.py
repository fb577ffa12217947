"""What a rule knows about the file it looks at, and how it says what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Set

from curator.checks.model.finding import Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from curator.calibrations.cameras.camera import Camera, Detector, Filter
    from curator.calibrations.header.profiles import Profile
    from curator.calibrations.types.types import DatasetType
    from curator.checks.model.finding import Fix, Severity
    from curator.checks.model.rule import Rule
    from curator.formats.document import Place
    from curator.repository.layout.config import Config
    from curator.repository.layout.paths import CalibPath

__all__ = ["Context", "severity_of", "shown"]

LONGEST = 60
# A finding keeps no longer line: nobody can read it, and a thousand findings of it are too large to keep.
LONGEST_SOURCE = 1 << 16


class Context:
    """The surroundings of one file.

    Parameters
    ----------
    name : str
        Its path, relative to the repository.
    config : Config
    profile : Profile

    Attributes
    ----------
    path : CalibPath
    start : datetime or None
        From when on the calibration holds; `None` where the file's name does not say.
    type : DatasetType
    camera : Camera or None
        As it was at the calibration's start; `None` where its own file cannot be used.
    detector, filter : Detector or None, Filter or None
        Those the directories name; `None` where the type has none, or the camera knows none of that name.
    limits : mapping
        Limits of the content rules, as the camera sets them.
    blamed : set of str
        What findings at least as grave as those of the current rule complained about, mostly header
        keywords: one mistake is one finding, and a warning silences no error. `blame` adds to it.
    doubted : set of str
        What any rule complained about, however grave.
    errors : int
        How many findings so far are errors that somebody hears of.
    raw : bytes
        The file itself, empty while it has not been read.
    memo : dict
        What the rules of one module worked out together.
    """

    __slots__ = (
        "_blamed",
        "_blames",
        "_lines",
        "_shown",
        "blamed",
        "camera",
        "config",
        "detector",
        "doubted",
        "errors",
        "filter",
        "limits",
        "memo",
        "name",
        "path",
        "profile",
        "raw",
        "rule",
        "severity",
        "start",
        "type",
    )

    blamed: Set[str]
    doubted: Set[str]
    path: CalibPath
    start: datetime | None
    type: DatasetType
    camera: Camera | None
    detector: Detector | None
    filter: Filter | None
    limits: Mapping[str, float]
    rule: Rule
    severity: Severity

    def __init__(self, name: str, config: Config, profile: Profile) -> None:
        self.name = name
        self.config = config
        self.profile = profile
        self.start = None
        self.camera = self.detector = self.filter = None
        errors, warnings, infos = set[str](), set[str](), set[str]()
        # By severity of a finding: what silences it, and what it joins.
        self._blamed = {"error": errors, "warning": warnings, "info": infos}
        self._blames = {"error": (errors, warnings, infos), "warning": (warnings, infos), "info": (infos,)}
        self.blamed, self.doubted = errors, infos
        self.errors = 0
        self.memo: dict[str, Any] = {}
        self.raw = b""
        self._lines: list[bytes] = []
        # Number and text of the line that was asked for last: a thousand findings may be about one.
        self._shown = (0, "")

    def take_up(self, rule: Rule) -> None:
        """Let the next findings be those of ``rule``."""
        self.turn_to(rule, severity_of(rule, self.config))

    def turn_to(self, rule: Rule, severity: Severity) -> None:
        """Let the next findings be those of ``rule``, as grave as is known already."""
        self.rule = rule
        self.severity = severity
        self.blamed = self._blamed[severity]

    def blame(self, *names: str) -> None:
        """Let later rules leave keywords or columns alone, unless they have something graver to say."""
        severity = self.severity
        if severity == "error" and self.config.severities.get(self.rule.code) == "off":
            severity = "warning"  # nobody hears of it
        for blamed in self._blames[severity]:
            blamed.update(names)

    def finding(
        self,
        place: Place | tuple[int, int, int],
        message: str,
        *,
        hint: str = "",
        topic: str = "",
        keyword: str = "",
        path: str = "",
        severity: Severity | None = None,
        fix: Fix | None = None,
        subject: str = "",
    ) -> Finding:
        """Return what is wrong at ``place``.

        Parameters
        ----------
        message : str
            One sentence with the keyword and the value found.
        hint : str
            What to do about it.
        topic : str
            The message without this file's own values, so that the same mistake in many files is one line.
        keyword : str
            Header keyword that is to blame: later rules leave it alone, unless they are graver.
        path : str
            Another file than the context's, for rules about the tree.
        severity : {"error", "warning", "info"}, optional
            Other than the rule's own; what ``curator.yaml`` says of the rule comes before both.
        fix : Fix, optional
            What would mend it.
        subject : str
            What tells this finding from others of the rule in the same line, or in the same file where it is
            about the whole file: a baseline knows it again by that, not by the message. The keyword if not
            given.
        """
        if severity is None or self.rule.code in self.config.severities:
            severity = self.severity
        if keyword:
            self.blame(keyword)
        if severity == "error" and self.config.severities.get(self.rule.code) != "off":
            self.errors += 1
        line, column, end = place
        source = self.line(line)
        return Finding(
            code=self.rule.code,
            severity=severity,
            path=path or self.name,
            line=line,
            column=column,
            message=message,
            hint=hint,
            end=end,
            source=source if len(source) <= LONGEST_SOURCE else "",
            topic=topic or message,
            fix=fix,
            subject=subject or keyword,
        )

    def line(self, number: int) -> str:
        """Return one line of the file, without its newline."""
        if not self._lines and self.raw:  # a finding about the path may come before the file is read
            self._lines = self.raw.split(b"\n")
        if not 0 < number <= len(self._lines):
            return ""
        if self._shown[0] != number:
            self._shown = number, self._lines[number - 1].decode("utf-8", "replace").rstrip("\r")
        return self._shown[1]

    def written(self, place: Place) -> str:
        """Return the text that stands at ``place``, empty where its end is not known."""
        return self.line(place.line)[place.column - 1 : place.end - 1] if place.end else ""


def severity_of(rule: Rule, config: Config) -> Severity:
    """Return how grave the findings of a rule are.

    What is off is asked all the same, so that later warnings do not blame the same mistake;
    nobody hears of it.
    """
    severity = config.severities.get(rule.code, rule.severity)
    return rule.severity if severity == "off" else severity  # type: ignore[return-value]  # by its schema


def shown(value: object) -> str:
    """Return a value as a message shows it: short, and with quotes around text."""
    text = value if isinstance(value, str) else str(value)
    if len(text) > LONGEST:
        text = f"{text[: LONGEST - 1]}…"
    return repr(text) if isinstance(value, str) else text
