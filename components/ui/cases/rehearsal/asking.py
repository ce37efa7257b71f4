"""Whom to ask in place of the model that retires, at what price, and the run."""

from dataclasses import replace
from decimal import Decimal
from itertools import product

import streamlit as st

from components import services
from components.cases.case import Case, CaseSet
from components.cases.errors import CaseError
from components.cases.judging.rubrics import judges_for, judges_named
from components.cases.plan import MAX_REPEATS, Plan, Target, Wish
from components.cases.rehearsal import MOST_SUCCESSORS, successors_among
from components.cases.rehearsal.kept import kept_run, parameters_of
from components.chat.store import new_id
from components.compare.spec import Column
from components.errors import AppError
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import labelled, run_beside, run_form, run_settings, sets
from components.ui.cases.rehearsal import retiring
from components.ui.cases.rehearsal.state import Looked
from components.ui.cases.run_state import planned
from components.ui.chat import model_picker
from components.ui.chat.callbacks import shown
from components.ui.compare.plan_form.columns import maker
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options, when

_DETAILS = (run_settings.AS_SET, "low", "high", "original")
_REPEATS = 3


@block("cases.successors")
def show(looked: Looked) -> None:
    """Successors, settings, the price, and what starts the run."""
    st.header(text("cases.rehearse.successors"), anchor=False)
    if not looked.drafts:
        st.caption(text("cases.rehearse.nothing_yet"))
        return
    with st.container(key="rehearse_form", border=True, gap="small"):
        _models(looked)
        _settings(looked)
        run_form.price(_planned(looked))
        if other := parameters_of(_cases(looked))[1]:
            st.caption(counted("cases.rehearse.asked_otherwise", other))
        if looked.open:
            said = counted("cases.rehearse.fix_first", looked.open)
            st.caption(f":material/rule: {said}")
        _start_button(looked)


def _models(looked: Looked) -> None:
    among = _offered(looked)
    if value("rehearse_models") is None:
        columns = [Column(each.endpoint, each.model) for each in among.values()]
        found = successors_among(looked.ending, columns)
        put(
            "rehearse_models",
            [model_picker.id_of(each.endpoint.name, each.model) for each in found],
        )
    else:
        put("rehearse_models", [each for each in _chosen() if each in among])
    label = counted("cases.rehearse.up_to", MOST_SUCCESSORS)
    run_settings.models_field(label, "rehearse_models", among, MOST_SUCCESSORS)


def _settings(looked: Looked) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.number_input(
            text("cases.run.repeats"),
            min_value=1,
            max_value=MAX_REPEATS,
            value=_REPEATS,
            key="rehearse_repeats",
            width=120,
        )
        st.pills(
            text("cases.run.detail"),
            _DETAILS,
            selection_mode="multi",
            default=[run_settings.AS_SET],
            key="rehearse_details",
            format_func=lambda each: text(f"cases.rehearse.details.{each}"),
        )
        run_settings.budget_field("rehearse_budget")
    if named := judges_named(_asked(looked)):
        run_settings.judge_field(named, _chosen())
    if not looked.ending.over:
        day = when.short_day(looked.ending.day)
        model = options.cut(looked.ending.column.model)
        st.toggle(
            text("cases.rehearse.ask_again", model=escape_markdown(model), day=day),
            value=True,
            key="rehearse_last",
        )


def _start_button(looked: Looked) -> None:
    with st.container(horizontal=True, gap="small"):
        st.button(
            counted("cases.rehearse.start", len(looked.drafts)),
            key="rehearse_start",
            type="primary",
            icon=":material/play_arrow:",
            disabled=bool(looked.open),
            on_click=_start,
            args=(looked,),
        )
        st.button(
            text("cases.rehearse.keep"),
            key="rehearse_keep",
            disabled=bool(looked.open),
            on_click=_keep_only,
            args=(looked,),
        )


def _offered(looked: Looked) -> dict[str, model_picker.Choice]:
    """All but the one that retires."""
    old = retiring.id_of(looked.ending)
    return {
        choice.id: choice
        for choice in model_picker.choices()
        if choice.info.vision and choice.id != old
    }


def _targets(looked: Looked) -> list[Target]:
    """The old model first, as its answers were asked for; then each successor at each detail."""
    among = _offered(looked)
    levels = run_settings.details("rehearse_details", _DETAILS)
    old = [Target(looked.ending.column)] if _asks_old(looked) else []
    new = [Column(among[each].endpoint, among[each].model) for each in _chosen() if each in among]
    return [*old, *(Target(column, detail) for column, detail in product(new, levels))]


def _chosen() -> list[str]:
    chosen = value("rehearse_models")
    return [str(each) for each in chosen] if isinstance(chosen, list | tuple) else []


def _asks_old(looked: Looked) -> bool:
    return not looked.ending.over and value("rehearse_last") is not False


def _cases(looked: Looked) -> tuple[Case, ...]:
    return tuple(each.case for each in looked.drafts)


def _asked(looked: Looked) -> CaseSet:
    name = text("cases.rehearse.of", model=looked.ending.column.model)
    return CaseSet(name, _cases(looked), lang=current_session().lang)


def _set(looked: Looked) -> CaseSet:
    """The cases with the answers of then as a finished run."""
    asked, old = _asked(looked), looked.ending.column
    name = text("cases.rehearse.kept_answers", model=old.model)
    kept = kept_run(name, asked.cases, looked.made.attempts, old)
    return replace(asked, runs=(kept,) if kept else ())


def _planned(looked: Looked) -> Plan | AppError:
    state = current_session().cases.rehearsing
    assert state is not None
    form = tuple(value(key) for key in ("rehearse_repeats", "rehearse_budget", "run_judge"))
    key = (_cases(looked), tuple(_targets(looked)), current_session().lang, *form)
    state.planned = planned(state.planned, key, lambda: _wish(looked))
    return state.planned[1]


def _wish(looked: Looked) -> Wish:
    cases, budget = _asked(looked), value("rehearse_budget")
    return Wish(
        cases,
        _targets(looked),
        int(str(value("rehearse_repeats") or _REPEATS)),
        parameters_of(cases.cases)[0],
        lang=current_session().lang,
        budget=Decimal(str(budget)) if budget else None,
        fresh=_asks_old(looked),
        images=run_form.facts(looked.made.hashes),
        judges=judges_for(cases, run_settings.judge_for),
    )


@shown
def _start(looked: Looked) -> None:
    session = current_session()
    session.person.must_ask()
    made = _planned(looked)
    if isinstance(made, AppError):
        raise made
    cases = _set(looked)
    set_id = _keep(looked, cases)
    made = replace(made, run=replace(made.run, set_id=set_id))
    services.app().case_runs().start(session.owner, made, maker(made.columns))
    if cases.runs and not _asks_old(looked):
        run_beside.choose(made.run.id, cases.runs[0])
    retiring.leave()
    run_form.open_run(made.run.id)


@shown
def _keep_only(looked: Looked) -> None:
    current_session().person.must_ask()
    set_id = _keep(looked, _set(looked))
    retiring.leave()
    sets.open_set(set_id)


def _keep(looked: Looked, cases: CaseSet) -> str:
    if looked.open:
        raise CaseError("case_drafts", count=looked.open)
    set_id, contents = new_id(), labelled.contents_of(looked.made.hashes)
    services.app().store().cases.create(current_session().owner, set_id, cases, contents, "labels")
    return set_id
