"""Sums over everybody: the limits for all, and what admins see. The one module in which a query
about usage names no owner; tests/unit/db/test_no_query_without_owner.py knows it by name."""

from datetime import datetime

from sqlalchemy import Connection

from components.spending.store import Limits, UsageRow, Used
from db.usage import usage


def used(connection: Connection, limits: Limits, now: datetime) -> Used:
    """What counts of all together."""
    return usage.sums(connection, limits, now, [])


def rows(connection: Connection, now: datetime, since: datetime) -> list[UsageRow]:
    """What everybody used, each by themselves."""
    return usage.rows(connection, now, since, [])
