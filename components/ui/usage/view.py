"""The usage page: who used what, by model, by day; for admins, and locally for oneself."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import streamlit as st

from components import services
from components.spending.store import UsageRow
from components.spending.usage_csv import usage_csv
from components.text import spreadsheet_text
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.streamlit_seam.downloads import checked
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.usage import charts, people_names
from components.ui.widgets import when
from components.ui.widgets.money import money

_DAYS = (1, 7, 30, 90)


def show() -> None:
    st.title(text("ui.usage.title"), anchor=False)
    if not people_names.may_see():
        st.info(text("ui.usage.not_yours"), icon=":material/lock:")
        return
    with st.container(key="admin_usage", gap="small"):
        st.caption(text("ui.usage.about_all" if people_names.sees_all() else "ui.usage.about_own"))
        _used(_days())


@block("usage.rows", main=True)
def _used(days: int) -> None:
    last = when.local(datetime.now(UTC)).date()
    first = last - timedelta(days=days - 1)
    before: list[UsageRow] = []
    rows: list[UsageRow] = []
    for row in _rows(first - timedelta(days=days)):
        (rows if row.day >= first else before).append(row)
    if not rows:
        st.info(text("ui.usage.nothing"), icon=":material/query_stats:")
        return
    _totals(rows, before, days)
    names = people_names.names({row.owner for row in rows})
    charts.show(rows, names, [first + timedelta(days=n) for n in range(days)])
    _table(rows, names)
    _csv(rows)


@block("usage.csv")
def _csv(rows: Sequence[UsageRow]) -> None:
    st.download_button(
        text("ui.usage.csv"),
        checked(
            current_session().still_there(admin=people_names.sees_all()), lambda: usage_csv(rows)
        ),
        file_name="tuwen-usage.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="usage_csv",
    )


@block("usage.days", lambda: 30)
def _days() -> int:
    if value("usage_days") is None:
        put("usage_days", 30)
    st.segmented_control(
        text("ui.usage.days"),
        _DAYS,
        key="usage_days",
        format_func=lambda n: counted("ui.usage.last", n),
        required=True,
        label_visibility="collapsed",
    )
    return int(str(value("usage_days") or 30))


def _rows(first: date) -> list[UsageRow]:
    """Of whole days of the person's zone, from the first on."""
    zone = when.zone(st.context.timezone)
    since = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
    if people_names.sees_all():
        return services.app().store().usage.rows_of_all(since, zone)
    return services.app().store().usage.rows(current_session().owner, since, zone)


@block("usage.totals")
def _totals(rows: Sequence[UsageRow], before: Sequence[UsageRow], days: int) -> None:
    """Three figures, with what has changed since as many days before."""
    cost, cost_before = (sum((row.cost for row in of), Decimal(0)) for of in (rows, before))
    unpriced = sum(row.unpriced for row in rows)
    requests, images = (sum(getattr(row, of) for row in rows) for of in ("requests", "images"))
    # Nothing known is not nothing spent.
    spent = money(cost if cost or unpriced < requests else None).replace("\\", "")
    with st.container(horizontal=True, gap="small", key="usage_totals"):
        for name, said, now, then in (
            ("cost", spent, cost, cost_before),
            ("requests_of", f"{requests:,}", requests, sum(row.requests for row in before)),
            ("images_of", f"{images:,}", images, sum(row.images for row in before)),
        ):
            changed = f"{float(now / then) - 1:+.0%}" if then else None
            st.metric(
                text(f"ui.usage.{name}"),
                said,
                delta=changed,
                delta_color="off",
                delta_description=counted("ui.usage.against", days) if changed else None,
                border=True,
            )
    if people_names.sees_all():
        st.caption(counted("ui.usage.people", len({row.owner for row in rows})))
    if unpriced:
        st.caption(counted("ui.usage.unpriced", unpriced))


@block("usage.table")
def _table(rows: Sequence[UsageRow], names: dict[str, str]) -> None:
    """Its texts are those of a spreadsheet: Streamlit offers the table as a CSV as well."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    for row in rows:
        if people_names.sees_all():
            found["person"].append(spreadsheet_text(names[row.owner]))
        found["day"].append(row.day)
        found["model"].append(spreadsheet_text(row.model))
        found["endpoint"].append(spreadsheet_text(row.endpoint))
        found["kind"].append(text(f"ui.usage.payer.{row.kind}"))
        found["requests_of"].append(row.requests)
        found["images_of"].append(row.images)
        found["input"].append(row.input_tokens)
        found["cached"].append(row.cached_tokens)
        found["written"].append(row.cache_write_tokens)
        found["output"].append(row.output_tokens)
        found["cost"].append(float(row.cost) if row.cost or row.unpriced < row.requests else None)
        found["unknown"].append(row.unpriced)
    st.dataframe(
        {text(f"ui.usage.{name}"): column for name, column in found.items()},
        key="usage_table",
        hide_index=True,
    )
