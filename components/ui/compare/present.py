"""A comparison for a room: images, answers and prices in large type, and nothing else."""

import streamlit as st

from components import services
from components.compare.export.formatting import rows
from components.compare.store import Cell, ComparedImage, Comparison, StoredComparison
from components.errors import ImageError
from components.images.pool import shared_pool
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.compare import accepting, scored
from components.ui.compare.current_run import look
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import prose
from components.ui.widgets.money import charged, seconds

_SIDE = 1280  # px of an image at most


@block("compare.presented", lambda: False)
def show() -> bool:
    """Draw it; whether there was anything to draw."""
    shown = look()
    if shown is None or not any(cell.answer for cell in shown.cells):
        compare_page().presenting = False
        return False
    comparison = shown.comparison
    logged = StoredComparison(comparison, shown.cells, running=False)
    with st.container(key="compare_presented", gap="medium"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.title(escape_markdown(comparison.title), anchor=False)
            st.button(
                text("compare.present.leave"),
                key="compare_leave",
                icon=":material/close:",
                type="tertiary",
                shortcut="Esc",
                on_click=_leave,
            )
        if said := scored.told(comparison, shown.cells):
            st.success(said, icon=":material/savings:")
        for question, asked in enumerate(comparison.questions):
            if len(comparison.questions) > 1:
                st.header(escape_markdown(asked), anchor=False)
            for row in rows(logged, question):
                _row(comparison, row.images, row.columns)
    return True


def _row(
    comparison: Comparison, images: tuple[ComparedImage, ...], columns: tuple[tuple[Cell, ...], ...]
) -> None:
    if len(images) > 1:
        for place, image in zip(st.columns(len(images), gap="small"), images, strict=True):
            with place:
                _seen(image)
        said = st.container()
    else:
        seen, said = st.columns([2, 3], gap="medium")
        with seen:
            _seen(images[0])
    with said:
        for place, (n, cells) in zip(
            st.columns(len(columns), gap="medium"), enumerate(columns), strict=True
        ):
            with place:
                head = st.subheader if len(comparison.questions) > 1 else st.header
                head(escape_markdown(scored.model_name(comparison, n)), anchor=False)
                for cell in cells:
                    _answer(comparison, cell)


def _seen(image: ComparedImage) -> None:
    if content := _picture(image.hash):
        st.image(content, alt=f"{image.letter}: {image.name}", caption=image.letter)


@block("compare.presented_answer")
def _answer(comparison: Comparison, cell: Cell) -> None:
    accepting.verdict(comparison, cell)
    if cell.answer:
        prose.show(cell.answer)
    result = cell.result
    if result and result.cost is not None:
        parts = [charged(result)]
        if result.ms_total is not None:
            parts.append(seconds(result.ms_total))
        st.markdown(f"**{' · '.join(parts)}**")
    elif cell.state != "ok":
        st.markdown(text(f"compare.state.{cell.state}"))


def _picture(digest: str) -> bytes | None:
    kept = services.app().store().conversations.image(current_session().owner, digest)
    if kept is None:
        return None
    try:
        return shared_pool().thumbnail(kept.content, "", side=_SIDE, digest=bytes.fromhex(digest))
    except ImageError:
        return None


def _leave() -> None:
    compare_page().presenting = False
