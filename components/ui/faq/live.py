"""Pieces inside answers that work with what the reader gives."""

import re
from collections.abc import Callable

import streamlit as st

from components.errors import AppError
from components.faq import Answer
from components.images import Note, inspect_image, prepare_image
from components.models import catalogue, find_model, reference_model
from components.pdf import is_pdf, open_pdf
from components.pricing import price_of
from components.pricing.whatif import CostError, parse_sizes, steps, vision_models
from components.text import escape_markdown
from components.ui.app import errors, unsent
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session, put, value

_EXAMPLE = re.compile(r"(\d+)x(\d+)")
_LEVEL = re.compile(r"\b(low|high|auto)\b", re.ASCII)
_MOST_TRIED = 10  # files at once


@block("faq.tokens")
def tokens(answer: Answer) -> None:
    """The calculator's own function with the reader's size, model and detail."""
    key = f"faq_{answer.slug}"
    example = _EXAMPLE.search(answer.slug)
    size, model, detail = st.columns([2, 3, 2])
    if value(f"{key}-size") is None:
        put(f"{key}-size", example[0] if example else "1024x1024")
    with size:
        typed = st.text_input(text("faq.live.size"), key=f"{key}-size", live=True)
    with model:
        known = vision_models()
        start = known.index("gpt-4o") if "gpt-4o" in known else 0
        chosen = st.selectbox(text("faq.live.model"), known, index=start, key=f"{key}-model")
    with detail:
        levels = find_model(str(chosen)).details
        named = _LEVEL.search(answer.question)
        start_level = named[0] if named and named[0] in levels else "high"
        level = st.selectbox(
            text("faq.live.detail"),
            levels,
            index=levels.index(start_level) if start_level in levels else 0,
            key=f"{key}-detail-{chosen}",
            format_func=lambda d: text(f"ui.detail.{d}"),
        )
    try:
        read = parse_sizes(str(typed or ""))
        if read.problems:
            raise read.problems[0]
    except CostError as error:
        errors.show(error)
        return
    row = read.rows[0]
    taken = steps(str(chosen), row.width, row.height, str(level))
    st.markdown("\n".join(f"1. {step.text(current_session().lang)}" for step in taken))


@block("faq.file_types")
def file_types(answer: Answer) -> None:
    """Would this file be accepted, and why (not)?"""
    session = current_session()
    st.caption(text("faq.live.try_file"))
    target = f"faq_drop-{answer.slug}"
    with st.container(key=target, gap=None):
        drop_zone.bar(target, "faq.drop", _take)
    unsent.say_gone("faq")
    for name, judged in session.faq.told:
        if isinstance(judged, AppError):
            errors.show(judged)
        else:
            st.success(_accepted(name, judged), icon=":material/check:")
    if session.faq.untried:
        st.caption(counted("faq.live.untried", session.faq.untried, most=_MOST_TRIED))


def _take(files: drop_zone.Files, goes_on: bool) -> None:
    session = current_session()
    if not goes_on:
        session.faq.told, session.faq.untried = [], 0
        session.gone.pop("faq", None)
    room = max(0, _MOST_TRIED - len(session.faq.told))
    session.faq.told += [(name, _judge(name, content)) for name, content in files[:room]]
    session.faq.untried += len(files[room:])


def _judge(name: str, content: bytes) -> tuple[Note, ...] | AppError:
    """What would be said of the file in the chat: prepared in earnest, since a header can be
    sound and what follows it broken."""
    try:
        if is_pdf(content):
            return (Note("accepted_pdf", {"pages": open_pdf(content, name).pages}),)
        info = inspect_image(content, name)
        prepared = prepare_image(content, name, model=reference_model(), detail="high")
    except AppError as error:
        return error
    facts: dict[str, object] = {
        "format": info.format.upper(),
        "width": info.width,
        "height": info.height,
        "kilobytes": max(1, round(info.size / 1000)),
    }
    return (Note("accepted", facts), *prepared.notes)


def _accepted(name: str, notes: tuple[Note, ...]) -> str:
    first = text(f"faq.live.{notes[0].code}", name=name, **notes[0].data)
    more = [text(f"images.note.{note.code}", **note.data) for note in notes[1:]]
    return "  \n".join(escape_markdown(said) for said in (first, *more))


@block("faq.models")
def models(answer: Answer) -> None:
    """The catalogue: context, image rule, prices, retirement date."""
    found = [m for m in catalogue() if m.endpoint_kind != "builtin"]
    prices = [price_of(m.id) for m in found]
    rates = [rate for p in prices if p for rate in (p.input, p.output) if rate is not None]
    money = f"$%.{max(2, *(-int(rate.normalize().as_tuple().exponent) for rate in rates))}f"
    column = st.column_config
    st.dataframe(
        {
            "model": [m.name for m in found],
            "vendor": [m.vendor for m in found],
            "images": [m.vision for m in found],
            "context": [m.context for m in found],
            "rule": [m.image_rule for m in found],
            "input": [float(p.input) if p and p.input is not None else None for p in prices],
            "output": [float(p.output) if p and p.output is not None else None for p in prices],
            "retires": [m.retires for m in found],
            "checked": [m.checked for m in found],
        },
        column_config={
            "model": column.TextColumn(text("cost.page.model"), pinned=True),
            "vendor": column.TextColumn(text("cost.page.vendor")),
            "images": column.CheckboxColumn(text("faq.live.images")),
            "context": column.NumberColumn(text("cost.page.window"), format="localized"),
            "rule": column.TextColumn(text("cost.page.family")),
            "input": column.NumberColumn(text("faq.live.input"), format=money),
            "output": column.NumberColumn(text("faq.live.output"), format=money),
            "retires": column.DateColumn(text("cost.page.retires")),
            "checked": column.DateColumn(text("faq.live.checked")),
        },
        hide_index=True,
        height=330,
        placeholder="–",
        key=f"faq_models-{answer.slug}",
    )


PIECES: dict[str, Callable[[Answer], None]] = {
    "tokens": tokens,
    "file_types": file_types,
    "models": models,
}
