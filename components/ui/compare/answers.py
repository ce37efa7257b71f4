"""The right answers of a matrix in a table, to be typed or pasted together."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.compare.answers import read_answers
from components.compare.store import Comparison
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare import accepting
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import put, value

Answers = dict[tuple[str, int], str]  # by letter and question
_NAMED = 5  # names of no image that are told
_HEIGHT = 320  # px


@block("compare.answers")
def show(comparison: Comparison) -> None:
    with st.expander(text("compare.answers.title"), icon=":material/fact_check:"):
        _table(comparison)
        st.text_area(
            text("compare.answers.paste"),
            key="compare_answers_paste",
            height=110,
            placeholder=text("compare.answers.example"),
        )
        st.button(
            text("compare.answers.take"),
            key="compare_answers_take",
            icon=":material/playlist_add_check:",
            on_click=_pasted,
            args=(comparison,),
        )
        if told := compare_page().answers_told:
            st.caption(told)


def _table(comparison: Comparison) -> None:
    """The table keeps what is typed in it against the rows it began with; it begins anew only
    where answers came from elsewhere, else the next cell would be lost under one's hands."""
    page, now = compare_page(), _own(comparison)
    begun = page.answers
    if begun is None or begun[0] != comparison.id or _edited(comparison, begun[1]) != now:
        page.answers_made += 1
        page.answers = begun = (comparison.id, now)
    start = begun[1]
    letters = [image.letter for image in comparison.images]
    table: dict[str, list[str]] = {
        "image": [f"{image.letter} · {image.name}" for image in comparison.images]
    }
    columns: dict[str, Any] = {
        "image": st.column_config.TextColumn(text("compare.run.image"), disabled=True)
    }
    for n, question in enumerate(comparison.questions):
        table[f"answer{n}"] = [start.get((letter, n), "") for letter in letters]
        name = text("compare.judge.accepted")
        columns[f"answer{n}"] = st.column_config.TextColumn(
            f"{name}: {question}" if len(comparison.questions) > 1 else name, width="large"
        )
    st.data_editor(
        table,
        column_config=columns,
        hide_index=True,
        num_rows="fixed",
        height=min(_HEIGHT, 38 + 35 * len(letters)),
        key=_key(),
        on_change=_typed,
        args=(comparison,),
    )


def _key() -> str:
    return f"compare_answers-{compare_page().answers_made}"


def _own(comparison: Comparison) -> Answers:
    """What is accepted for each image by itself."""
    return {(a.letter, a.question): a.answer for a in comparison.accepted if a.letter}


def _edited(comparison: Comparison, start: Answers) -> Answers:
    """`start` with what was typed in the table."""
    done: Any = value(_key()) or {}
    found = dict(start)
    for at, changes in done.get("edited_rows", {}).items():
        letter = comparison.images[int(at)].letter
        for name, answer in changes.items():
            place = letter, int(name.removeprefix("answer"))
            found[place] = (answer or "").strip()
    return {place: answer for place, answer in found.items() if answer}


def _typed(comparison: Comparison) -> None:
    begun = compare_page().answers
    if begun and begun[0] == comparison.id:
        new = _edited(comparison, begun[1])
        gone = {place: "" for place in _own(comparison) if place not in new}
        _save(comparison, new | gone)


def _pasted(comparison: Comparison) -> None:
    given = read_answers(
        str(value("compare_answers_paste") or ""), comparison.images, len(comparison.questions)
    )
    _save(comparison, given.answers)
    told = [counted("compare.answers.taken", len(given.answers))]
    if given.unknown:
        names = ", ".join(escape_markdown(name[:60]) for name in given.unknown[:_NAMED])
        more = " …" if len(given.unknown) > _NAMED else ""
        told.append(text("compare.answers.unknown", names=names + more))
    elif given.answers:
        put("compare_answers_paste", "")
    compare_page().answers_told = " ".join(told)


def _save(comparison: Comparison, answers: Mapping[tuple[str, int], str]) -> None:
    known = _own(comparison)
    for (letter, question), answer in answers.items():
        if known.get((letter, question), "") != answer:
            accepting.accept(comparison.id, question, letter, answer or None)
