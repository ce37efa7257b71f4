"""Dates as people write them in each language."""

from datetime import date

from components.i18n import t


def dated(day: date, lang: str, *, with_year: bool = True) -> str:
    """29 Nov 2026, 2026年11月29日; without its year 29 Nov, 11月29日"""
    month = t(lang, "ui.when.months").split()[day.month - 1]
    if with_year:
        return t(lang, "ui.when.day_of_year", day=day.day, month=month, year=day.year)
    return t(lang, "ui.when.day", day=day.day, month=month)
