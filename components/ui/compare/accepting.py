"""The accepted answer of a row, and whether a cell agrees with it."""

import streamlit as st

from components import services
from components.compare.judging.scores import judged
from components.compare.store import Cell, Comparison
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import current_session, put, value


def letter_of(comparison: Comparison, cell: Cell) -> str:
    """The row that an accepted answer belongs to: an image's, or all images'."""
    return cell.letters[0] if comparison.mode == "each" else ""


def short(answer: str, most: int = 160) -> str:
    """An answer in one line of a table (Markdown)."""
    line = " ".join(answer.split())
    cut = line if len(line) <= most else line[: most - 1] + "…"
    return escape_markdown(cut).replace("|", r"\|")


def verdict(comparison: Comparison, cell: Cell) -> None:
    """Right or wrong, and by which measure."""
    found = judged(comparison, cell)
    if found is None:
        return
    how = text(f"compare.judge.by.{found.by}")
    if found.right:
        st.badge(text("compare.judge.right"), icon=":material/check:", color="green", help=how)
    else:
        st.badge(text("compare.judge.wrong"), icon=":material/close:", color="red", help=how)
    if not found.sure:
        st.caption(text("compare.judge.unsure"))


def button(comparison: Comparison, cell: Cell, *, typed: bool = False) -> None:
    """Take this answer as the right one of its row. typed: a field for another beside it."""
    accepted = comparison.accepted_for(cell.letters, cell.question)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            text("compare.judge.accept"),
            key=f"compare_accept-{cell.id}",
            icon=":material/check_circle:",
            type="tertiary",
            disabled=accepted == cell.answer,
            on_click=accept,
            args=(comparison.id, cell.question, letter_of(comparison, cell), cell.answer),
        )
        if typed:
            _field(
                comparison,
                cell.question,
                letter_of(comparison, cell),
                f"compare_accepted-{cell.id}",
                text("compare.judge.accepted"),
            )


@block("compare.expected")
def expected(comparison: Comparison) -> None:
    """One field over all columns, for each question."""
    for n, question in enumerate(comparison.questions):
        label = text("compare.judge.accepted")
        if len(comparison.questions) > 1:
            label = f"{label}: {escape_markdown(question[:80])}"
        _field(comparison, n, "", f"compare_expected-{n}", label)


def _field(comparison: Comparison, question: int, letter: str, key: str, label: str) -> None:
    found = {a.letter: a.answer for a in comparison.accepted if a.question == question}
    accepted = found.get(letter, "" if not letter else found.get("", ""))
    known = (comparison.id, accepted)
    if str(value(key) or "").strip() != accepted.strip() and value(f"{key}-known") != known:
        put(key, accepted)  # it came from elsewhere
    put(f"{key}-known", known)
    st.text_area(
        label,
        key=key,
        height=68,
        help=text("compare.judge.accepted_help"),
        on_change=_typed,
        args=(comparison.id, question, letter, key),
    )


def accept(comparison_id: str, question: int, letter: str, answer: str | None) -> None:
    try:
        services.app().store().comparisons.set_accepted(
            current_session().owner, comparison_id, question, letter, answer
        )
        compare_page().judged = True
    except Exception as error:
        compare_page().error = errors.unexpected(error)


def _typed(comparison_id: str, question: int, letter: str, key: str) -> None:
    accept(comparison_id, question, letter, str(value(key) or "").strip() or None)
