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
    r"""Nothing else can be said of a file that is neither ECSV nor YAML, so nothing else is.

    Bad::

        # meta: !!omap
        # - {OBSTYPE: defects
        # - {INSTRUME: ExampleCam}
    """
    yield from ()


@rule("CUR002", "file is too large", scope="read")
def too_large() -> Iterator[Finding]:
    r"""Text that people edit is small; what is larger than 64 MiB belongs into an image or an archive.

    Bad::

        size: 67108865
    """
    yield from ()


@rule("CUR003", "file is not UTF-8", scope="read")
def wrong_encoding() -> Iterator[Finding]:
    r"""Readers take text as UTF-8, and refuse or garble anything else, such as Latin-1.

    Bad::

        # - {SOURCE: "mesur\xe9 de nuit"}

    Good::

        # - {SOURCE: "mesuré de nuit"}
    """
    yield from ()


@rule("CUR004", "unresolved merge conflict", scope="read")
def conflict_marker() -> Iterator[Finding]:
    r"""Git leaves both versions between markers; somebody has to choose.

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
    r"""Three invisible bytes that some editors put in front; readers then do not find `%ECSV` in the
    first line.

    `curator fix` mends it.

    Bad::

        \xef\xbb\xbf# %ECSV 1.0

    Good::

        # %ECSV 1.0
    """
    yield from ()


@rule("CUR010", "row has too many or too few cells", scope="read")
def row_length() -> Iterator[Finding]:
    r"""A value or a blank too few or too many; astropy refuses the whole file.

    `curator fix` mends it where a row was pasted with tabs, commas or other separators than the file has.

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
    r"""The header declares the column's type, and readers refuse what does not fit or read it as
    something else.

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
    r"""Tags can make a reader call any function; only PropertyList, tuple, Box2I and Point2I are understood.

    Bad (crosstalk.yaml)::

        metadata: !!python/object/new:subprocess.Popen [ls]
    """
    yield from ()


@rule("CUR013", "not a regular file", scope="read")
def not_a_file() -> Iterator[Finding]:
    r"""Symbolic links and submodules lead out of the repository; what is behind them has no history here.

    Bad::

        link: /etc/hostname
    """
    yield from ()


@rule("CUR014", "file exceeds the limits of the reader", scope="read")
def beyond_limits() -> Iterator[Finding]:
    r"""Aliases expand without bound, and deep nesting crashes readers; calibrations need neither.

    Bad (crosstalk.yaml)::

        coeffs: &all [0.0, 1.0e-4]
        interChip: {S11: *all}
    """
    yield from ()


@rule("CUR015", "duplicate key", scope="read")
def duplicate_key() -> Iterator[Finding]:
    r"""Readers silently take the last one, people read the first.

    `curator fix` mends it if the two lines are the same.

    Bad::

        # - {DETECTOR: 1}
        # - {DETECTOR: 0}

    Good::

        # - {DETECTOR: 0}
    """
    yield from ()


@rule("CUR021", "curator could not check this file", scope="read")
def unjudged() -> Iterator[Finding]:
    r"""A bug in curator: a rule, or what reads the file, failed on it. All other findings stand, and the exit
    status is 3. Please report it with the log that the message names.

    No severity, suppression, baseline or selection silences it, and no kept result holds it.

    Bad::

        bug: a rule raises TypeError
    """
    yield from ()


@rule("CUR022", "character that only some readers end a line at", scope="read")
def odd_break() -> Iterator[Finding]:
    r"""A line of a table ends with a newline, and nowhere else. Astropy also ends it at a vertical tab, a
    form feed, a separator (U+001C to U+001E), a next line (U+0085), U+2028, U+2029, and a carriage return
    alone: one row for people and other readers is two for astropy.

    Bad::

        x0 y0 width height
        10 20 1 4\x0b11 20 1 4
    """
    yield from ()


@rule("CUR025", "Git LFS pointer", scope="read")
def pointer() -> Iterator[Finding]:
    r"""Git LFS left three lines in the place of the file. Text that people edit belongs into git itself,
    where its changes can be seen.

    Bad::

        text: ExampleCam/defects/s00/20200101T000000.ecsv
        version https://git-lfs.github.com/spec/v1
        oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
        size 12345
    """
    yield from ()


@rule("CUR016", "file has a merge conflict in git", scope="read")
def unmerged() -> Iterator[Finding]:
    r"""A merge left both sides of this file in the index; there is no one version to check or to commit.

    Bad::

        unmerged: yes
    """
    yield from ()
