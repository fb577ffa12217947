"""CUR001 to CUR025: can the file be read at all? The readers raise these codes."""

from __future__ import annotations

from collections.abc import Iterator

from curator.checks.model.rule import rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from curator.checks.model.finding import Finding

__all__: list[str] = []


@rule("CUR001", "file cannot be read", scope="read")
def unreadable() -> Iterator[Finding]:
    r"""The file is neither ECSV nor YAML, so no other rule can check it. Write it again with `curator new`,
    or restore it with git.

    Bad::

        # meta: !!omap
        # - {OBSTYPE: defects
        # - {INSTRUME: ExampleCam}
    """
    yield from ()


@rule("CUR002", "file is too large", scope="read")
def too_large() -> Iterator[Finding]:
    r"""Text that people edit is small. Store data of more than 64 MiB as images or in an archive, not as a
    calibration text.

    Bad::

        size: 67108865
    """
    yield from ()


@rule("CUR003", "file is not UTF-8", scope="read")
def wrong_encoding() -> Iterator[Finding]:
    r"""Readers expect UTF-8. They refuse other encodings, such as Latin-1, or read wrong characters. Save the
    file as UTF-8.

    Bad::

        # - {SOURCE: "mesur\xe9 de nuit"}

    Good::

        # - {SOURCE: "mesuré de nuit"}
    """
    yield from ()


@rule("CUR004", "unresolved merge conflict", scope="read")
def conflict_marker() -> Iterator[Finding]:
    r"""A git merge left both versions in the file, between markers. Choose one version, and remove the
    markers.

    Bad::

        x0 y0 width height
        <<<<<<< HEAD
        10 20 1 4
        =======
        10 20 1 5
        >>>>>>> night

    Good::

        x0 y0 width height
        10 20 1 5
    """
    yield from ()


@rule("CUR007", "byte-order mark", scope="read")
def byte_order_mark() -> Iterator[Finding]:
    r"""Some editors write three invisible bytes at the start of a file. Readers then do not find `%ECSV` in
    the first line.

    `curator fix` removes them.

    Bad::

        \xef\xbb\xbf# %ECSV 1.0

    Good::

        # %ECSV 1.0
    """
    yield from ()


@rule("CUR010", "row has too many or too few cells", scope="read")
def row_length() -> Iterator[Finding]:
    r"""The row has more or fewer cells than the table has columns, so astropy refuses the whole file. Check
    the row for an extra or missing value or space.

    `curator fix` fixes a row that was pasted with tabs, commas or other separators than the file has.

    Bad::

        x0 y0 width height
        10 20 1
    Good::

        x0 y0 width height
        10 20 1 4
    """
    yield from ()


@rule("CUR011", "cell does not match the type of its column", scope="read")
def cell_type() -> Iterator[Finding]:
    r"""The header declares the type of the column. Readers refuse a cell that does not fit the type, or read
    another value.

    Bad::

        x0 y0 width height
        10 20 1 4.5

    Good::

        x0 y0 width height
        10 20 1 4
    """
    yield from ()


@rule("CUR012", "YAML tag could run code", scope="read")
def unsafe_tag() -> Iterator[Finding]:
    r"""A YAML tag can make a reader call any function. Only the tags PropertyList, tuple, Box2I and Point2I
    are allowed.

    Bad (crosstalk.yaml)::

        metadata: !!python/object/new:subprocess.Popen [ls]
    """
    yield from ()


@rule("CUR013", "not a regular file", scope="read")
def not_a_file() -> Iterator[Finding]:
    r"""Symbolic links and submodules point outside the repository, where the content has no history. Commit
    the file itself.

    Bad::

        link: /etc/hostname
    """
    yield from ()


@rule("CUR014", "file exceeds the limits of the reader", scope="read")
def beyond_limits() -> Iterator[Finding]:
    r"""Aliases can expand without limit, and deep nesting crashes readers. Calibrations need neither.

    Bad (crosstalk.yaml)::

        coeffs: &all [0.0, 1.0e-4]
        interChip: {S11: *all}
    """
    yield from ()


@rule("CUR015", "duplicate key", scope="read")
def duplicate_key() -> Iterator[Finding]:
    r"""Readers silently use the last of two equal keys, while people read the first. Keep one of the lines.

    `curator fix` removes one of two identical lines.

    Bad::

        # - {DETECTOR: 1}
        # - {DETECTOR: 0}

    Good::

        # - {DETECTOR: 0}
    """
    yield from ()


@rule("CUR021", "curator could not check this file", scope="read")
def unjudged() -> Iterator[Finding]:
    r"""A rule or a reader failed on this file because of a bug in curator. All other findings are still
    listed, and the exit status is 3. Please report the bug with the log that the message names.

    No severity, suppression, baseline or selection silences this finding, and it is never cached.

    Bad::

        bug: a rule raises TypeError
    """
    yield from ()


@rule("CUR022", "character that only some readers end a line at", scope="read")
def odd_break() -> Iterator[Finding]:
    r"""Only a newline ends a line of a table. Astropy also ends a line at a vertical tab, a form feed, a
    separator (U+001C to U+001E), a next line (U+0085), U+2028, U+2029, and a single carriage return. A row
    with such a character is one row for other readers and two for astropy. Remove the character.

    Bad::

        x0 y0 width height
        10 20 1 4\x0b11 20 1 4
    """
    yield from ()


@rule("CUR025", "Git LFS pointer", scope="read")
def pointer() -> Iterator[Finding]:
    r"""Git LFS replaced the file with a pointer of three lines. Keep text that people edit in git itself,
    where its changes are visible.

    Bad::

        text: ExampleCam/defects/s00/20200101T000000.ecsv
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
    """
    yield from ()


@rule("CUR016", "file has a merge conflict in git", scope="read")
def unmerged() -> Iterator[Finding]:
    r"""A merge left both sides of this file in the index, so there is no single version to check or commit.
    Resolve the conflict, then `git add` the file.

    Bad::

        unmerged: yes
    """
    yield from ()
