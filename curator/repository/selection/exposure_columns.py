"""What columns of a table of exposures are called, at observatories and in FITS headers.

Names are compared in lower case without ``-``, ``_`` and blanks: ``DATE-OBS``, ``date_obs``, ``dateObs`` are
the same. A name stands here with what it means, or among those that say nothing of when and through what
something was observed; any other column is named to the person who asks.

Sources:

- FITS standard 4.0, table 35: ``DATE``, ``DATE-OBS``, ``DATE-BEG``, ``DATE-END``, ``MJD-OBS``, ``TIMESYS``
- translators of lsst/astro_metadata_translator: DECam (``EXPNUM``, ``CCDNUM``, ``DETPOS``, ``DTUTC``), Subaru
  (``EXP-ID``, ``DET-ID``, ``UT``, ``UT-END``, ``FILTER01``), CFHT (``UTC-OBS``, ``UTCEND``, ``CCDNAME``),
  SDSS (``TAIHMS``, ``RUN``)
- header specifications of the LSST camera: ``OBSID``, ``RAFTBAY``, ``CCDSLOT``; ``DATE`` and ``MJD`` are of
  the file
- NOAO Mosaic dictionary: ``TIME-OBS``, ``UTSHUT``
- STIS handbook of HST: ``TDATEOBS``, ``TTIMEOBS``, ``TEXPSTRT``, ``EXPSTART``, ``EXPEND``, ``ROOTNAME``
- headers of Gemini and ESO: ``UTSTART``, ``UTEND``, ``DATALAB``; ``UTC`` (seconds of the day), ``ARCFILE``
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["HARMLESS", "MEANINGS", "TAI", "meaning_of", "plain"]

# Of several that mean the same the first one is used.
MEANINGS: Mapping[str, Sequence[str]] = {
    # Numbers and names of exposures; a table may well have several.
    "name": (
        "exposure",
        "visit",
        "id",
        "name",
        "exposureid",
        "visitid",
        "exposurename",
        "expid",
        "expnum",
        "obsid",
        "observationid",
        "imageid",
        "frameid",
        "obsnum",
        "run",
        "rootname",
        "datalab",
        "arcfile",
        "dpid",
    ),
    "camera": ("camera", "instrument", "instrume"),
    "detector": (
        "detector",
        "detname",
        "detectorname",
        "fullname",
        "ccd",
        "ccdname",
        "detpos",
        "detid",
        "detectorid",
        "detectornum",
        "ccdnum",
        "ccdno",
        "chip",
    ),
    # Together they name a detector.
    "raft": ("raftbay", "raftname", "raft"),
    "slot": ("ccdslot", "slot", "sensorname"),
    "filter": ("filter", "physicalfilter", "filtername", "filtnam", "filter01"),
    "begin": ("dateobs", "datebeg", "datebegin", "begin", "obsstart", "tdateobs", "taiobs"),
    "begin_mjd": ("mjdobs", "mjdbeg", "mjdbegin", "mjdstr", "obsstartmjd", "expstart", "texpstrt"),
    # Where nothing says better when the observation began; else when the file was written.
    "date": ("date",),
    "mjd": ("mjd",),
    "time": (
        "timeobs",
        "timebeg",
        "time",
        "utstart",
        "utstr",
        "ut",
        "utc",
        "utcobs",
        "utshut",
        "ttimeobs",
        "taihms",
    ),
    "end": ("end", "dateend", "obsend"),
    "end_mjd": ("mjdend", "obsendmjd", "expend", "texpend"),
    "time_end": ("timeend", "utend", "utcend"),
    "exptime": ("exptime", "exposuretime", "texptime"),
    # Where nothing says how long the shutter was open.
    "darktime": ("darktime",),
    "scale": ("timesys",),
}
# What these say is in TAI, whatever else the table is in.
TAI = frozenset({"taiobs", "taihms"})
# Of the sky, the pointing, the weather, the program, the file or the night: no calibration depends on it.
# A night (``DAYOBS``) is not a date in UTC, and the middle of an exposure is not its begin.
# fmt: off
HARMLESS = frozenset((
    "airmass", "alt", "altitude", "amend", "amstart", "az", "azimuth", "band", "comment", "controller",
    "dayobs", "dec", "decdeg", "decl", "declination", "dateavg", "mjdavg", "expmidpt", "obsmidpt",
    "datemid", "mjdmid", "dtutc", "dthour", "el", "elevation", "epoch", "equinox", "expreq", "file",
    "filename", "focus", "ha", "hst", "humidity", "imagetyp", "imgtype", "images", "lst", "night", "object",
    "objectname", "observer", "obsclass", "obsmode", "obstype", "obstypename", "path", "pressure",
    "program", "programid", "propid", "proposal", "proposid", "ra", "radeg", "radesys", "reason", "rotpa",
    "sciprogram", "scienceprogram", "seeing", "seqnum", "st", "status", "target", "targname", "telescop",
    "telescope", "temperature", "title", "uri", "url", "zd",
))
# fmt: on
_MEANING = {name: meaning for meaning, names in MEANINGS.items() for name in names}


def plain(name: str) -> str:
    """Return the name of a column as names are compared.

    Examples
    --------
    >>> plain(" DATE-OBS"), plain("physical_filter")
    ('dateobs', 'physicalfilter')
    """
    return "".join(name.lower().replace("-", "").replace("_", "").split())


def meaning_of(name: str) -> str:
    """Return what a column means, ``harmless``, or an empty text where nobody knows.

    Examples
    --------
    >>> meaning_of("EXPNUM"), meaning_of("AIRMASS"), meaning_of("quality")
    ('name', 'harmless', '')
    """
    key = plain(name)
    return _MEANING.get(key) or ("harmless" if key in HARMLESS else "")
