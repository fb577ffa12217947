"""What a plain YAML scalar means: the rules of YAML 1.1 as PyYAML's safe loader applies them.

Written again here so that reading a header need not import PyYAML, whose import costs more than
checking a file does. `yaml.SafeLoader` is the oracle of its tests.
"""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

__all__ = ["resolve"]

_WORDS: dict[str, object] = {
    **{form: True for word in ("yes", "true", "on") for form in (word, word.capitalize(), word.upper())},
    **{form: False for word in ("no", "false", "off") for form in (word, word.capitalize(), word.upper())},
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_NUMERIC_START = frozenset("+-.0123456789")
_DIGITS = frozenset("0123456789")
# Beyond this PyYAML's own arithmetic on sexagesimal numbers takes quadratic time.
_LONGEST_SEXAGESIMAL = 1000


def resolve(text: str) -> Any:
    """Return the value of an untagged plain scalar.

    Parameters
    ----------
    text : str
        As the scanner gives it: without surrounding blanks.

    Returns
    -------
    value : None, bool, int, float, str, datetime.date or datetime.datetime

    Raises
    ------
    ValueError
        Where `yaml.SafeLoader` fails as well: ``<<`` and ``=``, a date like ``2020-13-01``, an integer of
        more than 4300 digits.

    Examples
    --------
    >>> resolve("1.5"), resolve("0130"), resolve("12:30:45"), resolve("on"), resolve("1e3")
    (1.5, 88, 45045, True, '1e3')
    """
    if text[:1] not in _NUMERIC_START:
        if text in _WORDS:
            return _WORDS[text]
        if text in ("<<", "="):
            raise ValueError(f"{text!r} has a special meaning in YAML; quote it")
        return text
    if text.isascii():
        if text.isdigit() and (text[0] != "0" or text == "0"):
            return int(text)
        whole, dot, fraction = text.partition(".")
        if dot and whole.isdigit() and fraction.isdigit():
            return float(text)
    return _number_or_date(text)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    import re

    floating = re.compile(
        r"""^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?
            |\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?
            |[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*
            |[-+]?\.(?:inf|Inf|INF)
            |\.(?:nan|NaN|NAN))$""",
        re.X,
    )
    integer = re.compile(
        r"""^(?:[-+]?0b[0-1_]+
            |[-+]?0[0-7_]+
            |[-+]?(?:0|[1-9][0-9_]*)
            |[-+]?0x[0-9a-fA-F_]+
            |[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$""",
        re.X,
    )
    date = re.compile(
        r"""^([0-9]{4})-([0-9][0-9]?)-([0-9][0-9]?)
            (?:(?:[Tt]|[ \t]+)([0-9][0-9]?):([0-9][0-9]):([0-9][0-9])(?:\.([0-9]*))?
            (?:[ \t]*(Z|([-+])([0-9][0-9]?)(?::([0-9][0-9]))?))?)?$""",
        re.X,
    )
    return floating, integer, date


def _number_or_date(text: str) -> Any:
    floating, integer, date = _patterns()
    if floating.match(text):
        return _float(text)
    if integer.match(text):
        return _int(text)
    if (match := date.match(text)) and (match[4] or len(text.rstrip("\n")) == 10):
        return _date(match.groups())
    return text


def _float(text: str) -> float:
    value = text.replace("_", "").lower()
    sign = -1 if value[0] == "-" else 1
    value = value.lstrip("+-")
    if value == ".inf":
        return sign * float("inf")
    if value == ".nan":
        return float("nan")
    if ":" in value:
        return float(sign * _sexagesimal(value, float))
    return sign * float(value)


def _int(text: str) -> int:
    value = text.replace("_", "")
    sign = -1 if value[0] == "-" else 1
    value = value.lstrip("+-")
    if value == "0":
        return 0
    if value.startswith("0b"):
        return sign * int(value[2:], 2)
    if value.startswith("0x"):
        return sign * int(value[2:], 16)
    if value[0] == "0":
        return sign * int(value, 8)
    if ":" in value:
        return int(sign * _sexagesimal(value, int))
    return sign * int(value)


def _sexagesimal(text: str, kind: type[Any]) -> Any:
    if len(text) > _LONGEST_SEXAGESIMAL:
        raise ValueError(f"a sexagesimal number of {len(text)} characters")
    value, base = kind(0), 1
    for part in reversed(text.split(":")):
        try:
            value += kind(part) * base
        except OverflowError as error:
            raise ValueError("a sexagesimal number out of range") from error
        base *= 60
    return value


def _date(groups: tuple[str | None, ...]) -> Any:
    import datetime

    year, month, day, hour, minute, second, fraction, zone, sign, zone_hour, zone_minute = groups
    date = int(year or 0), int(month or 0), int(day or 0)
    if not hour:
        return datetime.date(*date)
    micro = int((fraction or "")[:6].ljust(6, "0"))
    tzinfo = None
    if sign:
        delta = datetime.timedelta(hours=int(zone_hour or 0), minutes=int(zone_minute or 0))
        tzinfo = datetime.timezone(-delta if sign == "-" else delta)
    elif zone:
        tzinfo = datetime.UTC
    return datetime.datetime(*date, int(hour), int(minute or 0), int(second or 0), micro, tzinfo=tzinfo)
