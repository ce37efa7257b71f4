"""Grader date."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from components.graders.normalise import unified
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Why, right, unsure, wrong

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_HAN = "零〇一二三四五六七八九十廿卅"
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)", re.ASCII)
_BARE = re.compile(r"(?<![\d.])(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?![\d.])", re.ASCII)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?{_MONTH}[\s,-]*(?P<y>\d{{4}})(?!\d)",
    re.I | re.ASCII,
)
_MONTH_FIRST = re.compile(
    rf"(?<![a-z]){_MONTH}[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,-]+(?P<y>\d{{4}})(?!\d)",
    re.I | re.ASCII,
)
_CHINESE = re.compile(
    rf"(?P<y>\d{{4}}|[{_HAN}]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,3}})\s*月\s*"
    rf"(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*[日号號]?",
    re.ASCII,
)
_EITHER = re.compile(
    r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[.-]\d)", re.ASCII
)
_ORDERS = ("unknown", "dmy", "mdy")


def date_(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value: a date as ISO, 29 Nov 2026 or 2026年11月29日; order: dmy or mdy, how 11/12/2026 is
    read in the answer, which without it is unsure. facts: read."""
    settings = Settings(given)
    order = settings.one_of("order", _ORDERS, "unknown")
    wanted = dates(settings.text("value"), order)
    if len(wanted) != 1 or not isinstance(wanted[0], date):
        raise settings.bad("value")
    found = list(dict.fromkeys(dates(reply.text, order)))
    if not found:
        return wrong("date_none")
    said = ", ".join(str(each) for each in found[:6])
    if len(found) > 1:
        return unsure("date_several", said=said)
    if not isinstance(found[0], date):
        return unsure("date_either", said=said)
    facts = {"read": said}
    if found[0] == wanted[0]:
        return Grade("right", right("date").why, facts=facts)
    return Grade("wrong", Why("date_other", {"read": said, "wanted": str(wanted[0])}), facts=facts)


def dates(text: str, order: str = "unknown") -> list[date | str]:
    """Every date in `text`, in order; as it is written where day and month can't be told apart."""
    plain = unified(text)
    found: dict[int, date | str] = {}
    over: list[tuple[int, int]] = []
    for pattern in (_ISO, _CHINESE, _DAY_FIRST, _MONTH_FIRST, _BARE):
        for each in pattern.finditer(plain):
            if _free(each, over) and (day := _date(each["y"], each["m"], each["d"])):
                over.append(each.span())
                found[each.start()] = day
    for each in _EITHER.finditer(plain):
        if _free(each, over) and (read := _either(each, order)):
            found[each.start()] = read
    return [found[at] for at in sorted(found)]


def _free(found: re.Match[str], over: list[tuple[int, int]]) -> bool:
    return not any(start < found.end() and found.start() < end for start, end in over)


def _either(found: re.Match[str], order: str) -> date | str | None:
    first, _, second, year = found.groups()
    if len(year) == 2:
        return found[0]
    readings: Iterator[date | None] = iter(
        [
            _date(year, second, first) if order != "mdy" else None,
            _date(year, first, second) if order != "dmy" else None,
        ]
    )
    days = {each for each in readings if each}
    if len(days) > 1:
        return found[0]
    return days.pop() if days else None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(_int(year), _month(month), _int(day))
    except ValueError:
        return None


def _month(text: str) -> int:
    return (
        _MONTHS.index(text[:3].lower()) + 1 if text[:1].isascii() and text.isalpha() else _int(text)
    )


def _int(text: str) -> int:
    """Of figures or Chinese numerals, of which a year's are one by one."""
    if text.isascii():
        return int(text)
    digits = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
    if len(text) == 4 or (all(sign in digits for sign in text)):
        return int("".join(str(digits[sign]) for sign in text if sign in digits) or "0")
    plain = text.replace("廿", "二十").replace("卅", "三十")
    tens, _, ones = plain.partition("十")
    return 10 * (digits[tens] if tens else 1) + (digits[ones] if ones else 0)
