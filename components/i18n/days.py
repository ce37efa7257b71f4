"""Dates as people write them in each language."""

from datetime import date

from components.i18n import t


def long_day(day: date, lang: str) -> str:
    """29 Nov 2026, 2026年11月29日"""
    month = t(lang, "ui.when.months").split()[day.month - 1]
    return t(lang, "ui.when.day_of_year", day=day.day, month=month, year=day.year)
