"""Lists of boxes, and histories of one, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from repository.made import Made

PATH = "cam/defects/s00/20200101T000000.ecsv"
Box = tuple[int, int, int, int]


def boxes_text(rows: Sequence[Box], *, note: str = "", instrument: str = "Cam") -> str:
    lines = ["# %ECSV 1.0", "# ---", "# datatype:"]
    lines += [f"# - {{name: {name}, unit: pix, datatype: int32}}" for name in ("x0", "y0", "width", "height")]
    lines += ["# meta: !!omap", "# - {OBSTYPE: defects}", f"# - {{INSTRUME: {instrument}}}"]
    if note:
        lines += ["# - HISTORY:", f"#   - '{note}'"]
    lines += ["# schema: astropy-2.0", "x0 y0 width height"]
    return "\n".join([*lines, *(" ".join(map(str, row)) for row in rows)]) + "\n"


def write_history(
    made: Made, versions: Sequence[tuple[Sequence[int], str]], branch: str, path: str = PATH, base: str = ""
) -> list[str]:
    """Commit versions of a file, each with the numbers of its parents, and return the ids of the commits.

    The first one comes after the commit ``base``, if that is given.
    """
    stream = []
    for number, (parents, text) in enumerate(versions):
        stream.append(f"commit refs/heads/{branch}\nmark :{number + 1}\n")
        stream.append(f"committer Ada Editor <ada@example.org> {1_600_000_000 + 60 * number} +0000\n")
        stream.append(f"data 4\nEdit\n{_from(parents) if number or not base else f'from {base}{chr(10)}'}")
        stream.append(f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n")
    if not versions[0][0]:
        stream.insert(0, f"reset refs/heads/{branch}\n")
    made.git("fast-import", "--quiet", "--export-marks=marks", input="".join(stream).encode())
    lines = (made.root / "marks").read_text().split("\n")
    marks = dict(line.split(" ") for line in lines if line)
    return [marks[f":{number + 1}"] for number in range(len(versions))]


def _from(parents: Sequence[int]) -> str:
    words = ["from", *["merge"] * (len(parents) - 1)]
    return "".join(f"{word} :{parent + 1}\n" for word, parent in zip(words, parents, strict=False))
