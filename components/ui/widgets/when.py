"""Times as the person's browser has them."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st

from components.i18n.days import dated
from components.models import is_retired
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session


def zone(name: str | None) -> tzinfo:
    """The zone of that name, UTC where it is unknown."""
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError):
        return UTC


def local(at: datetime) -> datetime:
    """In the browser's zone."""
    return at.astimezone(zone(st.context.timezone))


def minute(at: datetime) -> str:
    """29 Nov 12:00, with its year where that is another"""
    return f"{day(at)} {local(at):%H:%M}"


def day(at: datetime) -> str:
    """29 Nov, with its year where that is another"""
    return short_day(local(at))


def clock(at: datetime) -> str:
    """09:43, with its day before it unless that is today"""
    here, now = local(at), local(datetime.now(UTC))
    if here.date() == now.date():
        return f"{here:%H:%M}"
    return f"{short_day(here)} {here:%H:%M}"


def period(at: datetime) -> str:
    """Of what `period_of` tells apart, seen from now."""
    return period_of(local(at).date(), local(datetime.now(UTC)).date())


def period_of(day: date, today: date) -> str:
    """ "today", "yesterday", "week" (the days before them, seven in all), "earlier"."""
    if day >= today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return "week" if day > today - timedelta(days=7) else "earlier"


def within(at: datetime) -> str:
    """The time below the heading of its period: 09:43, or its day before it, or that alone."""
    match period(at):
        case "today" | "yesterday":
            return f"{local(at):%H:%M}"
        case "week":
            return clock(at)
    return short_day(local(at))


def retirement(last: date) -> str:
    """retires 14 Jan, or, of a day that is past, retired 23 Oct"""
    key = "retired" if is_retired(last) else "retires"
    return text(f"ui.model.{key}_short", day=short_day(last))


def short_day(day: date) -> str:
    """29 Nov, with its year where that is another"""
    of_this_year = day.year == local(datetime.now(UTC)).year
    return dated(day, current_session().lang, with_year=not of_this_year)
