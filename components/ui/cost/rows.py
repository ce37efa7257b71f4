"""The images of the scenario: typed sizes, dropped files, common sizes, CSV, and their table."""

from collections import Counter
from dataclasses import replace
from typing import Any

import streamlit as st

from components.errors import AppError
from components.images import inspect_image
from components.pricing.whatif import (
    CostError,
    Figures,
    Row,
    SizesRead,
    common_sizes,
    parse_sizes,
    read_sizes,
)
from components.ui import dropping, errors
from components.ui.cost.fields import calculator, change, settle
from components.ui.language import counted, text
from components.ui.money import tokens
from components.ui.state import value

MOST_EDITED = 300  # rows that the table takes; more are shown by size
_SHOWN_PROBLEMS = 5


def ways_in() -> None:
    """Type, drop, pick."""
    here = calculator()
    many = len(here.asked.rows) > 0 and not here.typed
    settle("cost_sizes", here.typed)
    st.text_input(
        text("cost.page.more_sizes" if many else "cost.page.sizes"),
        key="cost_sizes",
        placeholder=text("cost.page.sizes_example"),
        live=True,
        help=text("cost.help.sizes"),
        on_change=_typed,
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _common()
        with st.container(key="cost_drop", gap=None, width="stretch"):
            dropping.bar("cost_drop", "cost.drop", here.uploads, _dropped)
    _problems()


def _common() -> None:
    sizes = {size.id: size for size in common_sizes()}
    st.menu_button(
        text("cost.page.common"),
        list(sizes),
        key="cost_common",
        format_func=lambda id: (
            f"{text(f'cost.sizes.{id}')} · {sizes[id].width} × {sizes[id].height}"
        ),
        icon=":material/aspect_ratio:",
        on_click=_picked,
    )


def table(figures: Figures) -> None:
    """Every row with its tokens, to be changed, added to and removed from."""
    if len(figures.rows) > MOST_EDITED:
        _by_size(figures)
        return
    here = calculator()
    key = f"cost_rows-{here.edition}"
    st.data_editor(
        {
            "width": [r.row.width for r in figures.rows],
            "height": [r.row.height for r in figures.rows],
            "count": [r.row.count for r in figures.rows],
            "detail": [r.row.detail for r in figures.rows],
            "tokens": [_figure(r.each, r.tolerance, r.status) for r in figures.rows],
            "name": [r.row.name for r in figures.rows],
        },
        column_order=_columns(figures),
        column_config=_column_config(figures),
        num_rows="dynamic",
        hide_index=True,
        key=key,
        on_change=_edited,
        args=(key,),
        placeholder="–",
        height=min(38 + 36 * (len(figures.rows) + 1), 330),
    )


def _columns(figures: Figures) -> list[str]:
    named = any(r.row.name for r in figures.rows)
    return [*(["name"] if named else []), "width", "height", "count", "detail", "tokens"]


def _column_config(figures: Figures) -> dict[str, Any]:
    from components.models import find_model

    side: dict[str, Any] = {
        "min_value": 1,
        "max_value": 1_000_000,
        "step": 1,
        "required": True,
        "format": "%d",
    }
    column = st.column_config
    return {
        "width": column.NumberColumn(text("cost.page.width"), **side),
        "height": column.NumberColumn(text("cost.page.height"), **side),
        "count": column.NumberColumn(
            text("cost.page.count"), min_value=1, max_value=1_000_000, step=1, default=1
        ),
        "detail": column.SelectboxColumn(
            text("cost.page.own_detail"), options=list(find_model(figures.model).details)
        ),
        "tokens": column.TextColumn(text("cost.page.tokens_each"), disabled=True),
        "name": column.TextColumn(text("cost.page.name"), disabled=True),
    }


def _figure(each: int | None, tolerance: int, status: str) -> str:
    if each is None:
        return text("cost.page.refused" if status == "rejected" else "cost.page.unknown")
    return tokens(each, tolerance)


def _by_size(figures: Figures) -> None:
    """Too many rows to be edited: how often each size comes, the most frequent first."""
    amounts: Counter[tuple[int, int, str, str]] = Counter()
    for r in figures.rows:
        figure = _figure(r.each, r.tolerance, r.status)
        amounts[(r.row.width, r.row.height, r.detail, figure)] += r.row.count
    most = amounts.most_common(MOST_EDITED)
    st.caption(text("cost.page.by_size", rows=len(figures.rows), sizes=len(amounts)))
    st.dataframe(
        {
            text("cost.page.width"): [size[0] for size, _ in most],
            text("cost.page.height"): [size[1] for size, _ in most],
            text("cost.page.count"): [n for _, n in most],
            text("cost.page.detail"): [size[2] for size, _ in most],
            text("cost.page.tokens_each"): [size[3] for size, _ in most],
        },
        hide_index=True,
        height=250,
    )
    st.button(text("cost.page.clear"), icon=":material/delete:", on_click=_clear, type="tertiary")


def _problems() -> None:
    here = calculator()
    if here.told:
        st.caption(f":material/check: {here.told}")
    if len(here.problems) == 1:
        errors.show(here.problems[0])
    elif here.problems:
        said = [errors.sentence(e.code, e.data) for e in here.problems[:_SHOWN_PROBLEMS]]
        lines = [f"- {what}" for what, _ in said]
        if here.bad > _SHOWN_PROBLEMS:
            lines.append("- " + counted("cost.page.more_problems", here.bad - _SHOWN_PROBLEMS))
        st.warning("\n".join([*lines, "", said[0][1]]), icon=":material/warning:")


def _typed() -> None:
    here = calculator()
    typed = str(value("cost_sizes") or "")
    adding = len(here.asked.rows) > 0 and not here.typed
    here.problems, here.bad, here.told, here.typed = [], 0, "", typed
    if not typed.strip():
        here.typed = "" if adding else here.typed
        return
    try:
        read = parse_sizes(typed)
    except CostError as error:
        here.problems, here.bad = [error], 1
        return
    here.problems, here.bad = list(read.problems), read.bad
    if not read.rows:
        return
    if adding:
        if not read.bad:
            here.take(read.rows)
        return
    change(rows=_as_before(read.rows, here.asked.rows))
    here.example = False
    here.edition += 1


def _as_before(rows: tuple[Row, ...], before: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows that were typed keep the name and detail of the one of that size in their place."""
    kept = []
    for n, row in enumerate(rows):
        old = before[n] if n < len(before) else None
        if old and (old.width, old.height) == (row.width, row.height):
            row = replace(row, name=old.name, bytes=old.bytes, detail=row.detail or old.detail)
        kept.append(row)
    return tuple(kept)


def _dropped(files: dropping.Files) -> None:
    """Files: the sizes of images from their headers alone, rows of a CSV. Nothing is kept."""
    here = calculator()
    found: list[Row] = []
    here.problems, here.bad, here.told, here.uploads = [], 0, "", here.uploads + 1
    for name, content in files:
        try:
            read = _read(name, content)
        except AppError as error:
            here.problems.append(error)
            here.bad += 1
            continue
        found += read.rows
        here.problems += read.problems
        here.bad += read.bad
    if found:
        here.take(tuple(found))
        here.told = counted("cost.page.taken", len(found))


def _read(name: str, content: bytes) -> SizesRead:
    if name.lower().endswith((".csv", ".tsv", ".txt")):
        return read_sizes(content, name)
    info = inspect_image(content, name)
    return SizesRead((Row(info.width, info.height, name=name[:60], bytes=info.size),))


def _picked() -> None:
    size = next((s for s in common_sizes() if s.id == value("cost_common")), None)
    if size:
        here = calculator()
        here.problems, here.bad, here.told = [], 0, ""
        here.take((Row(size.width, size.height),))


def _edited(key: str) -> None:
    """What was done in the table, told against the rows it was made with."""
    here = calculator()
    done: Any = value(key)
    rows: list[Row] = list(here.asked.rows)
    for at, changes in done["edited_rows"].items():
        rows[int(at)] = _changed(rows[int(at)], changes)
    gone = set(done["deleted_rows"])
    rows = [row for n, row in enumerate(rows) if n not in gone]
    added = [new for new in done["added_rows"] if new.get("width") and new.get("height")]
    rows += [_changed(Row(1, 1), new) for new in added]
    if len(added) < len(done["added_rows"]):
        return  # a row is half typed: the table keeps it until it is whole
    change(rows=tuple(rows))
    here.example = not rows
    here.problems, here.bad, here.told = [], 0, ""
    here.redraw()


def _changed(row: Row, changes: dict[str, Any]) -> Row:
    if "detail" in changes:
        row = replace(row, detail=changes["detail"] or None)
    whole: dict[str, Any] = {
        name: int(changes[name]) for name in ("width", "height", "count") if changes.get(name)
    }
    return replace(row, **whole) if whole else row


def _clear() -> None:
    change(rows=())
    calculator().example = True
    calculator().redraw()
