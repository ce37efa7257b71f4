"""Graders of a number: number and count."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from components.graders.numerals import Said, chosen
from components.graders.settings import Settings
from components.graders.types import Grade, Reply, Why, right, unsure, wrong

_DIGITS = 60


def number(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value; abs, rel: how far off is right, the border included, the larger of both; unit: "%" or
    another that stands after the number; decimal: "." or "," in the answer; whole: only a whole
    number is right. facts: read, off."""
    settings = Settings(given)
    value = settings.decimal("value")
    found = _read(settings, reply)
    if isinstance(found, Grade):
        return found
    allowed = max(
        settings.decimal("abs", Decimal(0)), settings.decimal("rel", Decimal(0)) * abs(value)
    )
    off = found.value - value
    if settings.flag("whole") and found.value != found.value.to_integral_value():
        grade = wrong("number_broken", read=_shown(found.value))
    elif abs(off) <= allowed:
        grade = right("number", read=_shown(found.value))
    else:
        grade = wrong("number_other", read=_shown(found.value), wanted=_shown(value))
    return _with_facts(grade, found.value, off)


def count(given: Mapping[str, Any], reply: Reply) -> Grade:
    """value, a whole number; abs, rel as of number. facts: read, off, by which reports tell the
    mean error and the share within one."""
    settings = Settings(given)
    value = settings.decimal("value")
    if value != value.to_integral_value():
        raise settings.bad("value")
    return number({**given, "whole": True}, reply)


def _read(settings: Settings, reply: Reply) -> Said | Grade:
    decimal = settings.one_of("decimal", (".", ","), ".")
    unit = settings.text("unit") if settings.has("unit") else ""
    found = chosen(reply.text, decimal, unit)
    if not found:
        return wrong("number_none")
    if len(found) > 1:
        said = ", ".join(_shown(each.value) for each in found[:6])
        return Grade(
            "unsure",
            Why("number_several", {"said": said}),
            facts={"said": [_shown(each.value) for each in found[:20]]},
        )
    if unit != "%" and found[0].percent and settings.has("unit"):
        return unsure("number_unit", unit=unit)
    return found[0]


def _with_facts(grade: Grade, read: Decimal, off: Decimal) -> Grade:
    return Grade(grade.verdict, grade.why, None, {"read": _shown(read), "off": _shown(off)})


def _shown(value: Decimal) -> str:
    if value.is_zero():
        return "0"
    plain = value.normalize()
    return f"{plain:f}" if abs(plain.adjusted()) < _DIGITS else str(plain)
