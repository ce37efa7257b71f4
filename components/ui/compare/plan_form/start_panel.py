"""What a spec costs before it starts, the button that starts it, and what happens then."""

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import services
from components.compare.plan import Plan, check_length, plan
from components.compare.price import WholePrice, price
from components.compare.spec import Spec
from components.errors import AppError
from components.i18n.sentence import joined
from components.models import find_model
from components.ui.app import announcing, errors
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.compare.cell_actions import stop
from components.ui.compare.current_run import runs_here
from components.ui.compare.images import compare_page
from components.ui.compare.plan_form.columns import maker
from components.ui.compare.plan_form.plan_job import PlanJob, planning
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets.money import money, money_range, tokens

_LOOK = 0.5  # seconds between two looks at a plan in the making
# A button that can't be pressed while a text is being typed needs a second click.
_TYPED = "compare_no_question"


@block("compare.start")
def show(
    make: Callable[[], Spec],
    key: str,
    label: str,
    about: str,
    may: Callable[[], bool] = lambda: True,
    trouble: DeltaGenerator | None = None,
) -> None:
    """Price and button; while a comparison runs, Stop in its place. make: gives the spec, also as
    it is at the click; may: whether it starts then. key: of the button; label: what it says;
    about: key of the price. trouble: where it is said what went wrong, None for above the button.
    """
    page = compare_page()
    page.planned = planning(make(), page.planned)
    made: Plan | None = None
    problem: AppError | None = None
    with st.container(key=about):
        if not page.planned.done:
            _working(page.planned)
        else:
            try:
                made = page.planned.plan.result()
                st.caption(summary(made))
                for broken in made.broken:
                    errors.show(broken)
            except AppError as error:
                problem = error
                what, then = errors.sentence(error.code, error.data)
                st.caption(f":material/info: {joined(what, then)}")
    if went_wrong := page.error:
        with trouble or st.container(gap="small"):
            errors.show(went_wrong)
            if went_wrong.code == "compare_over_context":
                st.button(
                    text("ui.input.send_anyway"),
                    key=f"{key}_anyway",
                    icon=":material/send:",
                    on_click=lambda: begin(make, confirmed=True) if may() else None,
                )
        page.error = None
    if runs_here():
        st.button(
            text("ui.input.stop"),
            key=f"{key}_stop",
            type="primary",
            icon=":material/stop_circle:",
            on_click=stop,
            args=(page.run_id,),
        )
        return
    st.button(
        label,
        key=key,
        type="primary",
        icon=":material/play_arrow:",
        disabled=made is None and (problem is None or problem.code != _TYPED),
        on_click=lambda: begin(make) if may() else None,
    )


@st.fragment(run_every=_LOOK)
def _working(made: PlanJob) -> None:
    if made.done:
        st.rerun()
    st.caption(f":material/hourglass_top: {text('compare.form.preparing')}")


def begin(make: Callable[[], Spec], *, confirmed: bool = False) -> None:
    """Start a comparison and show it; what goes wrong is said by the form. confirmed: whether
    requests may be longer than what a model can read."""
    page = compare_page()
    try:
        current_session().person.must_ask()
        made = plan(make())
        if not confirmed:
            check_length(made)
        services.app().runs().start(current_session().owner, made, maker(made.columns))
    except Exception as error:
        page.error = errors.unexpected(error)
        return
    page.run_id, page.picked = made.comparison.id, None
    page.arrived = page.awaited = made.comparison.id
    announcing.say(text("compare.told.asking"))
    st.query_params["run"] = made.comparison.id


def summary(made: Plan) -> str:
    """What the whole sends and costs, in one line."""
    found = price(made.comparison, made.cells)
    parts = [counted("compare.form.requests", found.cells)]
    parts.append(_tokens(found))
    free = all(model.host == "" for model in made.comparison.models)
    parts.append(text("ui.cost.free_here") if free else _cost(found))
    if found.follow_ups:
        parts.append(counted("compare.form.follow_ups", found.follow_ups))
    taken = dict.fromkeys(find_model(each.model).like for each in made.comparison.models)
    parts += [text("ui.model.assumed", like=like) for like in taken if like]
    return " · ".join(parts)


def _tokens(found: WholePrice) -> str:
    if found.unknown == found.cells:
        return text("compare.form.tokens_unknown")
    known = text("compare.form.tokens", tokens=tokens(found.tokens))
    return known + (f" + {text('ui.cost.tokens_unknown')}" if found.unknown else "")


def _cost(found: WholePrice) -> str:
    if found.cost_unknown == found.cells:
        return money(None)
    said = text("ui.cost.and_answer", cost=money_range(found.cost, found.with_cache))
    return said + (f" + {money(None)}" if found.cost_unknown else "")
