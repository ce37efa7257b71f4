"""The drawer of parameters: system prompt, length, temperature, step by step, text or JSON."""

from dataclasses import fields, replace

import streamlit as st

from components.presets import systems
from components.providers.base import Parameters
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.model_picker import Choice, parameter_name
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

_DEFAULT_TEMPERATURE = 1.0
_AUTO = "auto"  # the model's own effort


@block("chat.parameters")
def drawer(choice: Choice) -> None:
    """Draw the drawer; what is set lives in the session, so that it survives a change of page."""
    changed = _changed_ones()
    with st.popover(
        text("ui.parameters.title") + (f" ({changed})" if changed else ""),
        icon=":material/tune:",
        key="parameters",
        type="secondary" if changed else "tertiary",
        wrap=False,
    ):
        left_out = [parameter_name(p) for p in sorted(choice.info.refuses) if p in _OURS]
        if _no_such_effort(choice):
            left_out.append(parameter_name("reasoning_effort"))
        if choice.endpoint.kind == "builtin":
            st.caption(text("ui.parameters.builtin"))
        elif left_out:
            names = ", ".join(left_out)
            st.caption(text("ui.parameters.left_out", model=choice.model, names=names))
        _system()
        with st.empty().container():
            _effort(choice)
        _rest()


_OURS = {"temperature", "response_format"}


def _changed_ones() -> int:
    """How many are set, so that nothing goes along unseen."""
    default, now = Parameters(), current_session().chat.parameters
    return sum(getattr(now, f.name) != getattr(default, f.name) for f in fields(Parameters))


def _system() -> None:
    lang = current_session().lang
    labels = options.distinct({s.id: s.label[lang] for s in systems()}, markdown=True)
    put("system_text", current_session().chat.parameters.system)
    st.menu_button(
        text("ui.parameters.presets"),
        list(labels),
        key="system_preset",
        format_func=labels.__getitem__,
        on_click=_preset_chosen,
        icon=":material/theater_comedy:",
        type="tertiary",
    )
    st.text_area(
        text("ui.parameters.system"),
        key="system_text",
        height=110,
        placeholder=text("ui.parameters.system_hint"),
        on_change=_changed,
    )


def _no_such_effort(choice: Choice) -> bool:
    """One was set for another model; it stays set, in case that one is chosen again."""
    wished = current_session().chat.parameters.effort
    return wished is not None and wished not in choice.info.efforts


def _effort(choice: Choice) -> None:
    """How much the model is to think, where it can be told."""
    if not choice.info.efforts:
        return
    wished = current_session().chat.parameters.effort
    put("effort", wished if wished in choice.info.efforts else _AUTO)
    st.selectbox(
        text("ui.reasoning.label"),
        [_AUTO, *choice.info.efforts],
        key="effort",
        format_func=lambda effort: text(f"ui.reasoning.{effort}"),
        help=text("ui.reasoning.help"),
        on_change=_effort_changed,
    )


def _effort_changed() -> None:
    chosen, chat = str(value("effort")), current_session().chat
    chat.parameters = replace(chat.parameters, effort=None if chosen == _AUTO else chosen)


def _rest() -> None:
    now = current_session().chat.parameters
    put("step_by_step", now.step_by_step)
    put("answer_json", now.answer == "json")
    put("max_tokens", now.max_tokens)
    put("temperature_set", now.temperature is not None)
    put("temperature", now.temperature if now.temperature is not None else _DEFAULT_TEMPERATURE)
    st.toggle(
        text("ui.parameters.step_by_step"),
        key="step_by_step",
        help=text("ui.parameters.step_by_step_help"),
        on_change=_changed,
    )
    st.toggle(text("ui.parameters.json"), key="answer_json", on_change=_changed)
    st.number_input(
        text("ui.parameters.max_tokens"),
        key="max_tokens",
        min_value=1,
        max_value=200_000,
        step=100,
        placeholder=text("ui.parameters.max_tokens_hint"),
        on_change=_changed,
    )
    st.toggle(text("ui.parameters.temperature_set"), key="temperature_set", on_change=_changed)
    st.slider(
        text("ui.parameters.temperature"),
        0.0,
        2.0,
        step=0.1,
        key="temperature",
        disabled=now.temperature is None,
        on_change=_changed,
    )


def _preset_chosen() -> None:
    chosen = next((s for s in systems() if s.id == value("system_preset")), None)
    if chosen:
        session = current_session()
        system = chosen.prompt[session.lang]
        session.chat.parameters = replace(session.chat.parameters, system=system)


def _changed() -> None:
    length = value("max_tokens")
    current_session().chat.parameters = Parameters(
        system=str(value("system_text") or ""),
        max_tokens=int(length) if isinstance(length, int | float) else None,
        temperature=_temperature(),
        step_by_step=bool(value("step_by_step")),
        answer="json" if value("answer_json") else "text",
        effort=current_session().chat.parameters.effort,
    )


def _temperature() -> float | None:
    chosen = value("temperature")
    return float(chosen) if value("temperature_set") and isinstance(chosen, float) else None
