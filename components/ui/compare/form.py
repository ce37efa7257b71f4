"""What is asked, of whom, and what it will cost, before it starts."""

import streamlit as st

from components.compare.errors import MAX_MODELS, MAX_QUESTIONS, MAX_REPEATS
from components.compare.log import Accepted
from components.compare.plan import Plan, plan
from components.compare.price import WholePrice, price
from components.compare.wish import Column, Wish, lettered
from components.errors import AppError
from components.presets import questions as presets
from components.ui import choice, errors, own_endpoint, services
from components.ui.compare.images import comparing, with_detail
from components.ui.language import counted, text
from components.ui.money import money, tokens
from components.ui.state import put, value, visit

_DETAILS = ("auto", "low", "high", "original")


def show(mode: str) -> None:
    """The form of a mode ("together", "each"): questions, models, price, start."""
    comparing().mode = mode
    _questions(mode)
    _models()
    _options(mode)
    _start(mode)


def _questions(mode: str) -> None:
    here = comparing()
    most = MAX_QUESTIONS if mode == "each" else 1
    for n, asked in enumerate(here.questions[:most]):
        key = "compare_question" if n == 0 else f"compare_question-{n}"
        if value(key) != asked:
            put(key, asked)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            st.text_area(
                counted("compare.form.question", n + 1) if most > 1 else text("compare.form.ask"),
                key=key,
                height=80,
                width="stretch",
                placeholder=text("compare.form.placeholder"),
                on_change=_asked,
                args=(n, key),
            )
            if n:
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
        ready = {q.id: q.label[visit().lang] for q in presets()}
        st.menu_button(
            text("ui.input.presets"),
            list(ready),
            key="compare_preset",
            format_func=ready.__getitem__,
            icon=":material/bolt:",
            type="tertiary",
            on_click=_preset,
        )
        if len(here.questions) < most:
            st.button(
                text("compare.form.add_question"),
                key="compare_add_question",
                icon=":material/add:",
                type="tertiary",
                on_click=lambda: here.questions.append(""),
            )


def offered() -> dict[str, choice.Choice]:
    """Models that see images, by id; the others aren't offered."""
    return {c.id: c for c in choice.choices() if c.info.vision}


def _models() -> None:
    here, among = comparing(), offered()
    kept = [m for m in here.models if m in among]
    if not kept:
        first = choice.chosen(list(among.values()))
        kept = [first.id] if first.id in among else []
    if value("compare_models") != kept:
        put("compare_models", kept)
    here.models = tuple(kept)
    st.multiselect(
        text("compare.form.models"),
        list(among),
        key="compare_models",
        format_func=lambda m: choice.name_of(among[m]),
        max_selections=MAX_MODELS,
        on_change=_models_chosen,
    )


def _options(mode: str) -> None:
    here = comparing()
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        levels = _levels()
        if value("compare_detail") not in levels:
            put("compare_detail", here.detail if here.detail in levels else "auto")
        with st.container(width="content"):
            st.segmented_control(
                text("ui.tray.detail"),
                levels,
                key="compare_detail",
                format_func=lambda d: text(f"ui.detail.{d}"),
                required=True,
                on_change=_detail_chosen,
            )
        with st.container(width=170):
            if value("compare_repeats") != here.repeats:
                put("compare_repeats", here.repeats)
            st.number_input(
                text("compare.form.repeats"),
                1,
                MAX_REPEATS,
                key="compare_repeats",
                help=text("compare.form.repeats_help"),
                on_change=_repeats_given,
            )
        if here.repeats > 1:
            if value("compare_again") != here.again:
                put("compare_again", here.again)
            st.toggle(
                text("compare.form.again"),
                key="compare_again",
                help=text("compare.form.again_help"),
                on_change=_again_given,
            )


def _levels() -> list[str]:
    known = [offered()[m].info.details for m in comparing().models if m in offered()]
    return [d for d in _DETAILS if d == "auto" or any(d in levels for levels in known)]


def wish(mode: str) -> Wish:
    """What the form says."""
    here, among = comparing(), offered()
    asked = [q.strip() for q in here.questions if q.strip()]
    accepted = here.accepted.strip()
    return Wish(
        mode="each" if mode == "each" else "together",
        pictures=lettered([with_detail(image) for image in here.images]),
        questions=asked if mode == "each" else asked[:1],
        columns=[Column(among[m].endpoint, among[m].model) for m in here.models if m in among],
        parameters=visit().parameters,
        lang=visit().lang,
        repeats=here.repeats,
        again=here.again and here.repeats > 1,
        accepted=[Accepted(0, accepted)] if accepted else [],
    )


def _start(mode: str) -> None:
    """The price of the whole, and the button that starts it."""
    made: Plan | None = None
    problem: AppError | None = None
    try:
        made = plan(wish(mode))
    except AppError as error:
        problem = error
    with st.container(key="compare_cost"):
        if made:
            st.caption(summary(made))
            for broken in made.broken:
                errors.show(broken)
        elif problem and comparing().images:
            what, then = errors.sentence(problem.code, problem.data)
            st.caption(f":material/info: {what} {then}")
    if went_wrong := comparing().error:
        errors.show(went_wrong)
        comparing().error = None
    st.button(
        text("compare.form.run"),
        key="compare_run",
        type="primary",
        icon=":material/play_arrow:",
        disabled=made is None,
        on_click=run,
        args=(mode,),
    )


def summary(made: Plan) -> str:
    """What the whole sends and costs, in one line."""
    found = price(made.comparison, made.cells)
    parts = [counted("compare.form.requests", found.cells)]
    parts.append(_tokens(found))
    free = all(model.host == "" for model in made.comparison.models)
    parts.append(text("ui.cost.free_here") if free else _cost(found))
    if found.follow_ups:
        parts.append(counted("compare.form.follow_ups", found.follow_ups))
    return " · ".join(parts)


def _tokens(found: WholePrice) -> str:
    if found.unknown == found.cells:
        return text("compare.form.tokens", tokens=text("ui.cost.tokens_unknown"))
    known = text("compare.form.tokens", tokens=tokens(found.tokens))
    return known + (f" + {text('ui.cost.tokens_unknown')}" if found.unknown else "")


def _cost(found: WholePrice) -> str:
    if found.cost_unknown == found.cells:
        return money(None)
    said = text("ui.cost.and_answer", cost=money(found.cost))
    return said + (f" + {money(None)}" if found.cost_unknown else "")


def run(mode: str) -> None:
    """Send it."""
    begin(wish(mode))


def begin(wanted: Wish) -> None:
    """Start a comparison and show it; what goes wrong is said by the form."""
    here = comparing()
    try:
        visit().person.must_ask()
        made = plan(wanted)
        makes = {c.endpoint.name: own_endpoint.client_of(c.endpoint) for c in made.columns}
        services.runs().start(visit().owner, made, lambda endpoint: makes[endpoint.name]())
    except Exception as error:
        here.error = errors.unexpected(error)
        return
    here.run_id, here.picked = made.comparison.id, None
    st.query_params["run"] = made.comparison.id


def _asked(n: int, key: str) -> None:
    comparing().questions[n] = str(value(key) or "")


def _remove_question(n: int) -> None:
    del comparing().questions[n]


def _preset() -> None:
    chosen = next((q for q in presets() if q.id == value("compare_preset")), None)
    here = comparing()
    if chosen is None:
        return
    empty = next((n for n, asked in enumerate(here.questions) if not asked.strip()), 0)
    here.questions[empty] = chosen.prompt[visit().lang]


def _models_chosen() -> None:
    chosen = value("compare_models")
    comparing().models = tuple(chosen) if isinstance(chosen, list) else ()


def _detail_chosen() -> None:
    comparing().detail = str(value("compare_detail"))


def _repeats_given() -> None:
    comparing().repeats = int(str(value("compare_repeats") or 1))


def _again_given() -> None:
    comparing().again = bool(value("compare_again"))
