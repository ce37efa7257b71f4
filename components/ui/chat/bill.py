"""What an answer cost: one short line under it, and all that is known of it on a click."""

import streamlit as st

from components.chat.store import StoredAttempt
from components.text import escape_markdown
from components.ui.app.language import text
from components.ui.chat import model_picker
from components.ui.widgets import when
from components.ui.widgets.money import briefly, charged, seconds, thinking, tokens


def show(attempt: StoredAttempt, key: str, *, newest: bool) -> None:
    """Draw the line; a click on it opens the rest. newest: how bills of this model have differed
    from estimates lately is said there as well."""
    with (
        st.container(key=key, width="content"),
        st.popover(short(attempt), key=f"bill-{attempt.id}", type="tertiary", wrap=False),
    ):
        st.caption(full(attempt))
        if attempt.host == "":
            st.caption(f":material/straighten: {text('ui.chat.builtin_line')}")
        elif newest:
            for said in model_picker.drift_said(attempt.model):
                st.caption(f":material/trending_up: {said}")


def short(attempt: StoredAttempt) -> str:
    """gpt-5 · 09:43 · $0.0019 · 25 s"""
    result = attempt.result
    if attempt.host == "":
        model, cost = text("ui.model.builtin_short"), text("ui.cost.free")
    else:
        model = escape_markdown(result.model_answered or attempt.model)
        nothing = result.usage_source == "none" and result.cost == 0
        cost = text("ui.cost.not_billed") if nothing else charged(result)
    return " · ".join([model, when.clock(attempt.started_at), cost, briefly(result.ms_total)])


def full(attempt: StoredAttempt) -> str:
    """Estimate beside bill, money and times, in one line."""
    result = attempt.result
    parts = []
    if attempt.host == "":
        parts.append(text("ui.cost.free_here"))
    elif result.usage_source == "none" and result.cost == 0:
        parts.append(text("ui.cost.not_billed"))
    else:
        parts.append(_tokens(attempt) + thinking(result))
        parts.append(charged(result))
        if like := attempt.prices.get("assumed"):
            parts.append(text("ui.model.assumed", like=like))
    if result.ms_first is not None:
        parts.append(text("ui.cost.first", seconds=seconds(result.ms_first)))
    parts.append(seconds(result.ms_total))
    if result.attempts > 1:
        parts.append(text("ui.chat.tries", n=result.attempts))
    return " · ".join(parts)


def _tokens(attempt: StoredAttempt) -> str:
    result, expected = attempt.result, attempt.estimated_input_tokens
    if result.usage_source == "reported" and result.input_tokens is not None:
        output = tokens(result.output_tokens)
        if expected is None:
            return text("ui.cost.billed", input=tokens(result.input_tokens), output=output)
        return text(
            "ui.cost.estimated_billed",
            estimated=tokens(expected),
            input=tokens(result.input_tokens),
            difference=f"{result.input_tokens - expected:+,}",
            output=output,
        )
    implausible = result.usage_source == "implausible"
    if expected is None:
        return text("ui.cost.implausible" if implausible else "ui.cost.not_reported")
    if implausible:
        return text("ui.cost.estimated_implausible", estimated=tokens(expected))
    return text("ui.cost.estimated_only", estimated=tokens(expected))
