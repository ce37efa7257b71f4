"""The ways in for images: typed sizes, dropped files, common sizes, CSV."""

from dataclasses import replace

import streamlit as st

from components.errors import AppError
from components.images import inspect_image
from components.pricing.whatif import (
    CostError,
    Row,
    SizesRead,
    common_sizes,
    parse_sizes,
    read_large,
)
from components.ui import drop_zone, errors
from components.ui.blocks import block
from components.ui.cost.fields import change, current_calculator, start
from components.ui.language import counted, text
from components.ui.state import value

_SHOWN_PROBLEMS = 5
# Spreadsheets too: what to do with one is said where CSV is read.
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


@block("cost.ways_in")
def ways_in() -> None:
    """Type, drop, pick."""
    here = current_calculator()
    st.text_input(
        text("cost.page.more_sizes" if here.adding else "cost.page.sizes"),
        **start("cost_sizes", here.typed),
        key="cost_sizes",
        placeholder=text("cost.page.sizes_example"),
        live=not here.adding,  # half a size would be added
        help=text("cost.help.sizes"),
        on_change=_typed,
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _common()
        with st.container(key="cost_drop", gap=None, width="stretch"):
            drop_zone.bar("cost_drop", "cost.drop", _dropped)
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


def _problems() -> None:
    here = current_calculator()
    if here.told:
        st.caption(f":material/check: {here.told}")
    if here.typing:
        # Somebody is typing: a box at each letter would make the page jump.
        for error in here.problems[:_SHOWN_PROBLEMS]:
            what, then = errors.sentence(error.code, error.data)
            st.caption(f":red[:material/error:] {what} {then}")
        return
    if len(here.problems) == 1:
        errors.show(here.problems[0])
    elif here.problems:
        said = [errors.sentence(e.code, e.data) for e in here.problems[:_SHOWN_PROBLEMS]]
        lines = [f"- {what}" for what, _ in said]
        if here.bad > _SHOWN_PROBLEMS:
            lines.append("- " + counted("cost.page.more_problems", here.bad - _SHOWN_PROBLEMS))
        st.warning("\n".join([*lines, "", said[0][1]]), icon=":material/warning:")


def _typed() -> None:
    here = current_calculator()
    typed = str(value("cost_sizes") or "")
    adding, here.typed = here.adding, typed
    here.report([], 0)
    if not typed.strip():
        if not adding:
            change(rows=())
            here.example = True
            here.edition += 1
        return
    try:
        read = parse_sizes(typed)
    except CostError as error:
        read = SizesRead((), (error,), 1)
    here.report(list(read.problems), read.bad)
    here.typing = True
    if not read.rows:
        return
    if adding:
        if not read.bad:
            here.take(read.rows)
            here.told = counted("cost.page.taken", len(read.rows))
        return
    change(rows=_as_before(read.rows, here.asked.rows))
    here.example = False
    here.edition += 1


def _as_before(rows: tuple[Row, ...], before: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows that were typed keep the name of the one of that size in their place."""
    kept = []
    for n, row in enumerate(rows):
        old = before[n] if n < len(before) else None
        if old and (old.width, old.height) == (row.width, row.height):
            row = replace(row, name=old.name, bytes=old.bytes)
        kept.append(row)
    return tuple(kept)


def _dropped(files: drop_zone.Files, goes_on: bool) -> None:
    """Files: the sizes of images from their headers alone, rows of a CSV. Nothing is kept."""
    here = current_calculator()
    found: list[Row] = []
    if not goes_on:
        here.report([], 0)
        here.came = 0
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
        here.came += len(found)
        here.told = counted("cost.page.taken", here.came)


def _read(name: str, content: bytes) -> SizesRead:
    if name.lower().endswith(_TABLES):
        return read_large(content, name)
    info = inspect_image(content, name)
    return SizesRead((Row(info.width, info.height, name=name[:60], bytes=info.size),))


def _picked() -> None:
    size = next((s for s in common_sizes() if s.id == value("cost_common")), None)
    if size:
        here = current_calculator()
        here.report([], 0)
        here.take((Row(size.width, size.height),))
