"""Times as the person's browser has them."""

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import streamlit as st


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
    """2026-03-01 12:00"""
    return f"{local(at):%Y-%m-%d %H:%M}"


def day(at: datetime) -> str:
    """2026-03-01"""
    return f"{local(at):%Y-%m-%d}"
