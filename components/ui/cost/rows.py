"""The ways in for images: typed sizes, dropped files, common sizes, CSV."""

import re
from dataclasses import replace

import streamlit as st

from components.errors import AppError
from components.i18n.sentence import joined
from components.images import inspect_image
from components.pricing.whatif import (
    CostError,
    Row,
    SizesRead,
    common_sizes,
    parse_sizes,
    read_large,
)
from components.ui.app import errors, unsent
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cost.fields import change, current_calculator
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session, value

_SHOWN_PROBLEMS = 5
_NUMBERS = re.compile(r"\d+")
# Spreadsheets too: what to do with one is said where CSV is read.
_TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods")


@block("cost.ways_in")
def ways_in() -> None:
    """Common sizes, and files that are dropped, pasted or picked."""
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _common()
        with st.container(key="cost_drop", gap=None, width="stretch"):
            drop_zone.bar("cost_drop", "cost.drop", _dropped)


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
        help=text("cost.help.sizes"),
        on_click=_picked,
    )


@block("cost.problems")
def problems() -> None:
    """What was wrong with what came in last; what has come."""
    calculator = current_calculator()
    unsent.say_gone("cost")
    if calculator.told:
        st.caption(f":material/check: {calculator.told}")
    if calculator.typing:
        # Somebody is typing: a box at each letter would make the page jump.
        for error in calculator.problems[:_SHOWN_PROBLEMS]:
            what, then = errors.sentence(error.code, error.data)
            st.caption(f":red[:material/error:] {joined(what, then)}")
        return
    if len(calculator.problems) == 1:
        errors.show(calculator.problems[0])
    elif calculator.problems:
        said = [errors.sentence(e.code, e.data) for e in calculator.problems[:_SHOWN_PROBLEMS]]
        lines = [f"- {what}" for what, _ in said]
        if calculator.bad > _SHOWN_PROBLEMS:
            lines.append(
                "- " + counted("cost.page.more_problems", calculator.bad - _SHOWN_PROBLEMS)
            )
        st.warning("\n".join([*lines, "", said[0][1]]), icon=":material/warning:")


def typed() -> None:
    """The field of sizes has changed."""
    calculator = current_calculator()
    said = str(value("cost_sizes") or "")
    adding, calculator.typed = calculator.adding, said
    current_session().gone.pop("cost", None)
    calculator.report([], 0)
    if not said.strip():
        if not adding:
            change(rows=())
            calculator.example = True
            calculator.edition += 1
        return
    try:
        read = parse_sizes(said)
    except CostError as error:
        read = SizesRead((), (error,), 1)
    calculator.report(list(read.problems), read.bad)
    calculator.typing = True
    if not read.rows:
        return
    if adding:
        if not read.bad:
            calculator.take(read.rows)
            calculator.told = counted("cost.page.taken", len(read.rows))
        return
    change(rows=_as_before(read.rows, calculator.asked.rows, said))
    calculator.example = False
    calculator.edition += 1


def _as_before(rows: tuple[Row, ...], before: tuple[Row, ...], said: str) -> tuple[Row, ...]:
    """Rows that were typed keep the name of the one of that size in their place. A single one
    keeps its count, which has a field of its own, unless another is typed with the size."""
    if len(rows) == len(before) == 1 and len(_NUMBERS.findall(said)) == 2:
        rows = (replace(rows[0], count=before[0].count),)
    kept = []
    for n, row in enumerate(rows):
        old = before[n] if n < len(before) else None
        if old and (old.width, old.height) == (row.width, row.height):
            row = replace(row, name=old.name, bytes=old.bytes)
        kept.append(row)
    return tuple(kept)


def _dropped(files: drop_zone.Files, goes_on: bool) -> None:
    """Files: the sizes of images from their headers alone, rows of a CSV. Nothing is kept."""
    calculator = current_calculator()
    found: list[Row] = []
    if not goes_on:
        current_session().gone.pop("cost", None)
        calculator.report([], 0)
        calculator.came = 0
    for name, content in files:
        try:
            read = _read(name, content)
        except AppError as error:
            calculator.problems.append(error)
            calculator.bad += 1
            continue
        found += read.rows
        calculator.problems += read.problems
        calculator.bad += read.bad
    if found:
        calculator.take(tuple(found))
        calculator.came += len(found)
        calculator.told = counted("cost.page.taken", calculator.came)


def _read(name: str, content: bytes) -> SizesRead:
    if name.lower().endswith(_TABLES):
        return read_large(content, name)
    info = inspect_image(content, name)
    return SizesRead((Row(info.width, info.height, name=name[:60], bytes=info.size),))


def _picked() -> None:
    size = next((s for s in common_sizes() if s.id == value("cost_common")), None)
    if size:
        calculator = current_calculator()
        calculator.report([], 0)
        calculator.take((Row(size.width, size.height),))
