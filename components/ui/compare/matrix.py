"""One by one: a matrix of images x questions and models, and the cell that is looked at."""

import re
from typing import Any

import streamlit as st

from components import services
from components.compare.cheapest_setting import is_settings
from components.compare.running.run import Snapshot
from components.compare.store import Cell, Comparison
from components.markdown import answer_text
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import accepting, answers, together
from components.ui.compare.cell_actions import retry, stop
from components.ui.compare.current_run import Shown, look, progress
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import prose, reasoning

REFRESH = 1.0  # seconds between two looks at a matrix that fills
_SHOWN = 150  # characters of an answer in the matrix
_ROW = 66  # px; Streamlit wraps text in rows of more than 4 rem
_HEAD = 36  # px
_HEIGHT = 560  # px


def show(comparison: Comparison, running: bool) -> None:
    """While cells fill, this part alone is drawn anew; the rest of the page stands."""
    compare_page().judged = False

    def part() -> None:
        _draw(comparison, running)

    st.fragment(part, run_every=REFRESH if running else None)()


@block("compare.matrix")
def _draw(comparison: Comparison, running: bool) -> None:
    shown = look()
    if shown is None:
        return
    if compare_page().judged or (running and not shown.running):
        st.rerun()  # what stands outside: how many are right, what can be exported
    progress(st.empty(), shown.snapshot)
    comparison, cells = shown.comparison, shown.cells
    rows = _rows(cells)
    with st.container(key="compare_matrix"):
        st.caption(text("compare.run.pick"))
        table: dict[str, list[str]] = {
            "image": [_row(comparison, row) for row in rows],
            "question": [comparison.questions[row[1]] for row in rows],
        }
        order = ["image", *(["question"] if len(comparison.questions) > 1 else [])]
        by_place = {(c.letters, c.question, c.column, c.repeat): c for c in cells}
        for n in range(len(comparison.models)):
            table[f"model{n}"] = [
                _text(comparison, by_place[row[0], row[1], n, row[2]], shown.snapshot)
                for row in rows
            ]
            order.append(f"model{n}")
        st.dataframe(
            table,
            column_order=order,
            column_config=_columns(comparison),
            hide_index=True,
            key="compare_table",
            on_select=_picked,
            selection_mode="single-cell",
            row_height=_ROW,
            height=min(_HEIGHT, _HEAD + 2 + _ROW * len(rows)),
            alt=text("compare.run.title"),
        )
        _selected(shown, rows, by_place)
        if not is_settings(comparison):
            answers.show(comparison)


def _rows(cells: tuple[Cell, ...]) -> list[tuple[tuple[str, ...], int, int]]:
    """(letters, question, repeat), each once, in the order of the images."""
    return list(dict.fromkeys((c.letters, c.question, c.repeat) for c in cells))


def _row(comparison: Comparison, row: tuple[tuple[str, ...], int, int]) -> str:
    name = _image(comparison, row[0])
    return f"{name} · {row[2]}" if comparison.repeats > 1 else name


def variant_name(variant: str) -> str:
    """What a setting of an image is called."""
    if variant.isdecimal():
        return text("compare.cheapest.scaled", percent=variant)
    return text("compare.cheapest.cropped") if variant == "crop" else text(f"ui.detail.{variant}")


def _image(comparison: Comparison, letters: tuple[str, ...]) -> str:
    if is_settings(comparison):
        variants = {image.letter: image.variant for image in comparison.images}
        return ", ".join(variant_name(variants[letter]) for letter in letters)
    names = {image.letter: image.name for image in comparison.images}
    return ", ".join(f"{letter} · {names.get(letter, '')}" for letter in letters)


def _columns(comparison: Comparison) -> dict[str, Any]:
    column = st.column_config
    named: dict[str, Any] = {
        "image": column.TextColumn(text("compare.run.image"), pinned=True),
        "question": column.TextColumn(text("compare.run.question"), width="medium"),
    }
    for n in range(len(comparison.models)):
        named[f"model{n}"] = column.TextColumn(model_name(comparison, n), width="large")
    return named


def model_name(comparison: Comparison, column: int) -> str:
    model = comparison.models[column]
    return model.model if model.host else text("ui.model.builtin_short")


def _text(comparison: Comparison, cell: Cell, snapshot: Snapshot | None) -> str:
    if cell.state == "ok":
        said = answer_text(cell.answer, _SHOWN)
        if cell.pictures:
            said = f"[{counted('compare.run.pictures', len(cell.pictures))}] {said}".rstrip()
        cut = said if len(said) <= _SHOWN else said[: _SHOWN - 1] + "…"
        return accepting.sign(comparison, cell) + cut
    said = answer_text(cell.answer, _SHOWN)
    if cell.state == "running" and said:
        return f"{said} …"
    if cell.state != "waiting" and (waits := together.waits_for(cell, comparison, snapshot)):
        return _plain(waits)
    if cell.state == "failed" and cell.result and cell.result.code:
        why, _ = errors.sentence(cell.result.code, cell.result.error_data)
        return f"⚠ {_plain(why)}"
    state = text(f"compare.state.{'asked' if cell.state == 'running' else cell.state}")
    return f"{state} {said}".strip()


def _plain(markdown: str) -> str:
    """Without the escapes of Markdown: a table shows them."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown)


def _picked() -> None:
    state: Any = value("compare_table")
    chosen = state["selection"]["cells"]
    compare_page().picked = f"{chosen[0][0]}/{chosen[0][1]}" if chosen else None


@block("compare.cell")
def _selected(
    shown: Shown,
    rows: list[tuple[tuple[str, ...], int, int]],
    by_place: dict[tuple[tuple[str, ...], int, int, int], Cell],
) -> None:
    """The whole answer of the cell that was clicked, and what can be done with it."""
    at, _, name = (compare_page().picked or "").partition("/")
    if not at.isdecimal() or int(at) >= len(rows):
        return
    letters, question, repeat = rows[int(at)]
    n = int(name.removeprefix("model")) if name.startswith("model") else 0
    cell = by_place.get((letters, question, n, repeat))
    if cell is None:
        return
    comparison = shown.comparison
    with st.container(border=True, key="compare_cell", gap="small"):
        seen, told = st.columns([1, 3])
        with seen:
            _thumbnails(comparison, letters)
        with told:
            name, image = model_name(comparison, n), _image(comparison, letters)
            st.markdown(f"**{escape_markdown(name)}** · {escape_markdown(image)}")
            st.caption(escape_markdown(comparison.questions[question]))
            if cell.ended and cell.result:
                reasoning.folded(cell.result.reasoning, cell.id)
            if cell.answer:
                prose.show(cell.answer)
            together.pictures(cell)
            st.caption(together.line(cell, comparison, shown.snapshot))
            together.problem(cell)
            accepting.verdict(comparison, cell)
            with st.container(horizontal=True, gap="small"):
                _actions(comparison, cell)


def _thumbnails(comparison: Comparison, letters: tuple[str, ...]) -> None:
    for image in comparison.images:
        if image.letter in letters:
            thumbnail = (
                services.app().store().conversations.thumbnail(current_session().owner, image.hash)
            )
            if thumbnail:
                st.image(thumbnail, alt=f"{image.letter}: {image.name}")


def _actions(comparison: Comparison, cell: Cell) -> None:
    if not cell.ended:
        st.button(
            text("ui.input.stop"),
            key="compare_stop_cell",
            icon=":material/stop_circle:",
            on_click=stop,
            args=(comparison.id, cell.id),
        )
    elif cell.state != "ok":
        st.button(
            counted("compare.run.retry", 1),
            key="compare_retry_cell",
            icon=":material/refresh:",
            on_click=retry,
            args=(comparison, [cell.id]),
        )
    elif cell.answer:
        accepting.button(comparison, cell, inline=True)
