"""What is asked, of whom, and what it will cost, before it starts."""

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.compare.errors import MAX_MODELS, MAX_QUESTIONS, MAX_REPEATS
from components.compare.spec import Column, Spec, lettered
from components.presets import questions as presets
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases.rehearsal import retiring
from components.ui.chat import model_picker
from components.ui.compare.images import compare_page, with_detail
from components.ui.compare.plan_form import start_panel
from components.ui.compare.widget_state import keep
from components.ui.preflight import compare as checks
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets import options

DETAILS = ("auto", "low", "high", "original")


def show(mode: str, bar: DeltaGenerator, below: DeltaGenerator) -> None:
    """The form of a mode ("together", "each"). bar: for question, models, price and start; below:
    for all that is changed less often, and for what went wrong."""
    row = bar.container(horizontal=True, gap="small", vertical_alignment="bottom")
    with row:
        _question(mode)
        with st.container(width=360):
            _models()
    with below:
        _questions(mode)
        _options()
        _checks()
    with row, st.container(width=230, gap="xxsmall", key="compare_start"):
        start_panel.show(
            lambda: spec(mode),
            "compare_run",
            text("compare.form.run"),
            about="compare_cost",
            trouble=below,
        )


@block("compare.checks")
def _checks() -> None:
    among = offered()
    chosen = [among[m] for m in compare_page().models if m in among]
    retiring.lines(chosen)
    checks.show(chosen, " ".join(compare_page().questions))


def _most(mode: str) -> int:
    return MAX_QUESTIONS if mode == "each" else 1


@block("compare.question")
def _question(mode: str) -> None:
    """The first one."""
    keep("compare_question", compare_page().questions[0])
    st.text_area(
        counted("compare.form.question", 1) if _most(mode) > 1 else text("compare.form.ask"),
        key="compare_question",
        height=68,
        width="stretch",
        placeholder=text("compare.form.placeholder"),
        on_change=_asked,
        args=(0, "compare_question"),
    )


@block("compare.questions")
def _questions(mode: str) -> None:
    """The others, and how to get more."""
    page, most = compare_page(), _most(mode)
    for n, asked in enumerate(page.questions[1:most], 1):
        key = f"compare_question-{n}"
        keep(key, asked)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_area(
                counted("compare.form.question", n + 1),
                key=key,
                height=80,
                width="stretch",
                placeholder=text("compare.form.placeholder"),
                on_change=_asked,
                args=(n, key),
            )
            st.button(
                "",
                key=f"compare_question_off-{n}",
                icon=":material/close:",
                type="tertiary",
                help=text("compare.form.remove_question"),
                on_click=_remove_question,
                args=(n,),
            )
    with st.container(horizontal=True, gap="small"):
        lang = current_session().lang
        labels = options.distinct({q.id: q.label[lang] for q in presets()}, markdown=True)
        st.menu_button(
            text("ui.input.presets"),
            list(labels),
            key="compare_preset",
            format_func=labels.__getitem__,
            icon=":material/bolt:",
            type="tertiary",
            on_click=_preset,
        )
        if len(page.questions) < most:
            st.button(
                text("compare.form.add_question"),
                key="compare_add_question",
                icon=":material/add:",
                type="tertiary",
                on_click=lambda: page.questions.append(""),
            )


def offered() -> dict[str, model_picker.Choice]:
    """Models that see images, by id; the others aren't offered."""
    return {c.id: c for c in model_picker.choices() if c.info.vision}


@block("compare.models")
def _models() -> None:
    page, among = compare_page(), offered()
    kept = [m for m in dict.fromkeys(page.models) if m in among][:MAX_MODELS]
    if not kept and not page.cleared:
        first = model_picker.chosen(list(among.values()))
        kept = [first.id] if first.id in among else []
    keep("compare_models", kept)
    page.models = tuple(kept)
    st.multiselect(
        text("compare.form.models"),
        list(among),
        key="compare_models",
        format_func=_chips(among).__getitem__,
        max_selections=MAX_MODELS,
        placeholder=text("compare.form.models"),
        on_change=_models_chosen,
    )


def _chips(among: Mapping[str, model_picker.Choice]) -> dict[str, str]:
    """Models by their ids alone; the endpoint tells those apart that are called alike."""
    names = {id_: model_picker.short_name(choice) for id_, choice in among.items()}
    return options.distinct(names, {id_: each.endpoint.name for id_, each in among.items()})


@block("compare.detail")
def detail() -> None:
    """How closely the models look."""
    page, levels = compare_page(), _levels()
    keep("compare_detail", page.detail if page.detail in levels else "auto")
    st.segmented_control(
        text("ui.tray.detail"),
        levels,
        key="compare_detail",
        format_func=lambda d: (
            f"{text('ui.tray.detail')}: {text(f'ui.detail.{d}')}"
            if d == "auto"
            else text(f"ui.detail.{d}")
        ),
        required=True,
        label_visibility="collapsed",
        on_change=_detail_chosen,
    )


@block("compare.options")
def _options() -> None:
    page = compare_page()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        with st.container(width=170):
            keep("compare_repeats", page.repeats)
            st.number_input(
                text("compare.form.repeats"),
                1,
                MAX_REPEATS,
                key="compare_repeats",
                help=text("compare.form.repeats_help"),
                on_change=_repeats_given,
            )
        if page.repeats > 1:
            keep("compare_again", page.again)
            st.toggle(
                text("compare.form.again"),
                key="compare_again",
                help=text("compare.form.again_help"),
                on_change=_again_given,
            )


def _levels() -> list[str]:
    known = [offered()[m].info.details for m in compare_page().models if m in offered()]
    return [d for d in DETAILS if d == "auto" or any(d in levels for levels in known)]


def spec(mode: str) -> Spec:
    """What the form says."""
    page, among = compare_page(), offered()
    asked = [q.strip() for q in page.questions if q.strip()]
    return Spec(
        mode="each" if mode == "each" else "together",
        pictures=lettered([with_detail(image) for image in page.images]),
        questions=asked if mode == "each" else asked[:1],
        columns=[Column(among[m].endpoint, among[m].model) for m in page.models if m in among],
        parameters=current_session().chat.parameters,
        lang=current_session().lang,
        repeats=page.repeats,
        again=page.again and page.repeats > 1,
    )


def _asked(n: int, key: str) -> None:
    compare_page().questions[n] = str(value(key) or "")


def _remove_question(n: int) -> None:
    del compare_page().questions[n]


def _preset() -> None:
    chosen = next((q for q in presets() if q.id == value("compare_preset")), None)
    page = compare_page()
    if chosen is None:
        return
    empty = next((n for n, asked in enumerate(page.questions) if not asked.strip()), 0)
    page.questions[empty] = chosen.prompt[current_session().lang]


def _models_chosen() -> None:
    chosen = value("compare_models")
    page = compare_page()
    page.models = tuple(chosen) if isinstance(chosen, list) else ()
    page.cleared = not page.models


def _detail_chosen() -> None:
    compare_page().detail = str(value("compare_detail"))


def _repeats_given() -> None:
    compare_page().repeats = int(str(value("compare_repeats") or 1))


def _again_given() -> None:
    compare_page().again = bool(value("compare_again"))
