"""Pieces inside answers that work with what the reader gives."""

import re
from collections.abc import Callable

import streamlit as st

from components.errors import AppError
from components.faq import Answer
from components.images import inspect_image
from components.models import catalogue, find_model
from components.pricing import price_of
from components.pricing.whatif import CostError, parse_sizes, steps, vision_models
from components.ui import dropping, errors
from components.ui.language import text
from components.ui.state import put, value, visit

_EXAMPLE = re.compile(r"(\d+)x(\d+)")


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
        high = levels.index("high") if "high" in levels else 0
        level = st.selectbox(
            text("faq.live.detail"),
            levels,
            index=high,
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
    st.markdown("\n".join(f"1. {step.text(visit().lang)}" for step in taken))


def file_types(answer: Answer) -> None:
    """Would this file be accepted, and why (not)?"""
    here = visit()
    st.caption(text("faq.live.try_file"))
    target = f"faq_drop-{answer.slug}"
    with st.container(key=target, gap=None):
        dropping.bar(target, "faq.drop", here.faq_files, _take)
    for name, said in here.faq_told:
        if isinstance(said, AppError):
            errors.show(said)
        else:
            st.success(f"{name}: {said}".replace("$", r"\$"), icon=":material/check:")


def _take(files: dropping.Files) -> None:
    here = visit()
    here.faq_files += 1
    here.faq_told = [(name, _judge(name, content)) for name, content in files[:10]]


def _judge(name: str, content: bytes) -> str | AppError:
    try:
        info = inspect_image(content, name)
    except AppError as error:
        return error
    said = text(
        "faq.live.accepted",
        format=info.format,
        width=info.width,
        height=info.height,
        size=len(content) / 1e6,
    )
    return f"{said} {text('faq.live.has_gps')}" if info.has_gps else said


def models(answer: Answer) -> None:
    """The catalogue: context, image rule, prices, retirement date."""
    found = [m for m in catalogue() if m.endpoint_kind != "builtin"]
    prices = [price_of(m.id) for m in found]
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
            "context": column.NumberColumn(text("cost.page.window"), format="compact"),
            "rule": column.TextColumn(text("cost.page.family")),
            "input": column.NumberColumn(text("faq.live.input"), format="$%.3f"),
            "output": column.NumberColumn(text("faq.live.output"), format="$%.3f"),
            "retires": column.DateColumn(text("cost.page.retires")),
            "checked": column.DateColumn(text("faq.live.checked")),
        },
        hide_index=True,
        placeholder="–",
        key=f"faq_models-{answer.slug}",
    )


PIECES: dict[str, Callable[[Answer], None]] = {
    "tokens": tokens,
    "file_types": file_types,
    "models": models,
}
