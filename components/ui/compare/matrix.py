"""One by one: a matrix of images x questions and models, and the cell that is looked at."""

import re
from functools import lru_cache
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import services
from components.compare.cheapest_setting import is_settings
from components.compare.judging.scores import judged
from components.compare.running.run import Snapshot
from components.compare.store import Cell, Comparison
from components.markdown import answer_blocks, answer_text
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import accepting, answers, scored, together
from components.ui.compare.cell_actions import retry, stop
from components.ui.compare.current_run import Shown, look, progress
from components.ui.compare.images import compare_page
from components.ui.compare.scored import model_name
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options, prose, reasoning

REFRESH = 1.0  # seconds between two looks at a matrix that fills
_SHOWN = 150  # characters of an answer in the matrix
_SEEN = 96  # px, of a row's image


def show(comparison: Comparison, running: bool, line: DeltaGenerator) -> None:
    """While cells fill, this part alone is drawn anew; the rest of the page stands. line: of the
    progress, which stays in sight above."""
    compare_page().judged = False

    def part() -> None:
        _draw(comparison, running, line)

    st.fragment(part, run_every=REFRESH if running else None)()


@block("compare.matrix")
def _draw(comparison: Comparison, running: bool, line: DeltaGenerator) -> None:
    shown = look()
    if shown is None:
        return
    if compare_page().judged or running != shown.running:
        st.rerun()  # what stands outside: Stop, how many are right, what can be exported
    progress(line, shown.snapshot)
    comparison, cells = shown.comparison, shown.cells
    rows = _rows(cells)
    by_place = {(c.letters, c.question, c.column, c.repeat): c for c in cells}
    with st.container(key="compare_matrix", gap="xsmall"):
        _heads(comparison, cells)
        for n, row in enumerate(rows[: compare_page().rows]):
            own = [by_place[row[0], row[1], c, row[2]] for c in range(len(comparison.models))]
            _line(n, shown, row, own)
            _selected(n, shown, row, own)
        if len(rows) > compare_page().rows:
            st.button(
                counted("compare.run.more_rows", len(rows) - compare_page().rows),
                key="compare_more_rows",
                type="tertiary",
                icon=":material/expand_more:",
                on_click=_all_rows,
                args=(len(rows),),
            )
        if not is_settings(comparison):
            answers.show(comparison)


def _all_rows(count: int) -> None:
    compare_page().rows = count


def _heads(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Over each column: the model, and what its answers come to."""
    done = all(cell.ended for cell in cells)
    heads = []
    for n in range(len(comparison.models)):
        name = f"<b>{escape(model_name(comparison, n))}</b>"
        heads.append(f"<div>{name} {_scored(comparison, cells, n) if done else ''}</div>")
    st.html(f'<div class="tuwen-cells tuwen-heads" {_grid(len(heads))}>{"".join(heads)}</div>')


def _scored(comparison: Comparison, cells: tuple[Cell, ...], column: int) -> str:
    """HTML: how many are right, and what they came to."""
    figures = escape(_plain(scored.line(comparison, cells, column)))
    right = scored.right(comparison, cells, column)
    return f"{_chip(*right)} {figures}" if right else figures


def _grid(columns: int) -> str:
    return f'style="grid-template-columns: repeat({columns}, minmax(0, 1fr))"'


@block("compare.row")
def _line(n: int, shown: Shown, row: tuple[tuple[str, ...], int, int], own: list[Cell]) -> None:
    """A row: its image, its answers as they are meant, and the way into one of them."""
    comparison = shown.comparison
    names = {f"{n}/{c}": model_name(comparison, c) for c in range(len(own))}
    with st.container(horizontal=True, gap="small", key=f"compare_row-{n}"):
        with st.container(width=_SEEN, gap=None):
            _thumbnails(comparison, row[0])
            st.caption(escape_markdown(_row(comparison, row)))
            if len(comparison.questions) > 1:
                st.caption(escape_markdown(comparison.questions[row[1]][:_SHOWN]))
        cells = "".join(_cell(comparison, cell, shown.snapshot) for cell in own)
        with st.container(width="stretch"):
            st.html(f'<div class="tuwen-cells" {_grid(len(own))}>{cells}</div>')
        st.menu_button(
            text("compare.run.open"),
            list(names),
            key=f"compare_open-{n}",
            format_func=options.distinct(names).__getitem__,
            type="tertiary",
            on_click=_picked,
            args=(n,),
        )


def _cell(comparison: Comparison, cell: Cell, snapshot: Snapshot | None) -> str:
    """HTML of an answer of limited height, which unfolds where it has the focus."""
    name = f"<b>{escape(model_name(comparison, cell.column))}</b>"
    if cell.state == "ok":
        return (
            f'<div class="tuwen-cell" tabindex="0">{name}{_verdict(comparison, cell)}'
            f"{_pictures(cell)}{_answer(cell.answer)}</div>"
        )
    said = escape(_text(cell, comparison, snapshot))
    return (
        f'<div class="tuwen-cell" data-state="{cell.state}" tabindex="0">{name}<p>{said}</p></div>'
    )


def _verdict(comparison: Comparison, cell: Cell) -> str:
    found = judged(comparison, cell)
    if found is None:
        return ""
    name, sign = ("right", "✓") if found.right else ("wrong", "✗")
    return _chip(f"{sign} {text(f'compare.judge.{name}')}", name)


def _chip(said: str, name: str) -> str:
    return f'<span class="tuwen-chip" data-is="{name}">{escape(said)}</span>'


def _pictures(cell: Cell) -> str:
    count = len(cell.pictures)
    return f"<p>[{escape(counted('compare.run.pictures', count))}]</p>" if count else ""


@lru_cache(1024)  # a matrix that fills is drawn again and again
def _answer(answer: str) -> str:
    return prose.as_element("".join(block.html for block in answer_blocks(answer)))


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


def _text(cell: Cell, comparison: Comparison, snapshot: Snapshot | None) -> str:
    """Of a cell without a whole answer."""
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


def _picked(n: int) -> None:
    compare_page().picked = str(value(f"compare_open-{n}"))


@block("compare.cell")
def _selected(n: int, shown: Shown, row: tuple[tuple[str, ...], int, int], own: list[Cell]) -> None:
    """The whole answer of the cell that was opened, and what can be done with it."""
    at, _, column = (compare_page().picked or "").partition("/")
    if at != str(n) or not column.isdecimal() or int(column) >= len(own):
        return
    letters, question, _ = row
    cell = own[int(column)]
    comparison = shown.comparison
    with st.container(border=True, key="compare_cell", gap="small"):
        seen, told = st.columns([1, 3])
        with seen:
            _thumbnails(comparison, letters)
        with told:
            name, image = model_name(comparison, cell.column), _image(comparison, letters)
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


def thumbnail(digest: str) -> bytes | None:
    """Of an image of a comparison; read once."""
    kept = compare_page().thumbnails
    if digest not in kept:
        store = services.app().store()
        kept[digest] = store.conversations.thumbnail(current_session().owner, digest)
    return kept[digest]


def _thumbnails(comparison: Comparison, letters: tuple[str, ...]) -> None:
    for image in comparison.images:
        if image.letter in letters and (found := thumbnail(image.hash)):
            st.image(found, alt=f"{image.letter}: {image.name}")


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
        accepting.button(comparison, cell, typed=True)
