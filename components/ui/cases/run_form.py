"""A set asked of models: of which, how often, at what price."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

import streamlit as st

from components import services
from components.cases.case import CaseSet
from components.cases.errors import CaseError
from components.cases.facts import facts_of
from components.cases.judging.rubrics import judges_for
from components.cases.plan import MAX_REPEATS, MAX_SETTINGS, Plan, Target, Wish
from components.cases.report.words import price_lines
from components.cases.snapshot import ImageFacts
from components.cases.store import SetSummary, StoredSet
from components.compare.spec import Column
from components.errors import AppError
from components.i18n import LANGUAGES
from components.text import escape_markdown
from components.ui.app import errors
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cases import run_settings
from components.ui.cases.rehearsal import retiring
from components.ui.cases.run_state import PlanKey, planned
from components.ui.chat import model_picker
from components.ui.chat.callbacks import shown
from components.ui.compare.plan_form.columns import maker
from components.ui.streamlit_seam.session import current_session, put, value


@block("cases.run_form")
def show(found: SetSummary) -> None:
    """Nothing where there is nothing to ask, or nobody who may."""
    if not found.cases or not current_session().person.may_ask:
        return
    with st.container(key="run_form", border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            _models()
            st.number_input(
                text("cases.run.repeats"),
                min_value=1,
                max_value=MAX_REPEATS,
                value=1,
                key="run_repeats",
                width=120,
            )
            run_settings.show(found)
            st.button(
                text("cases.run.start"),
                key="run_start",
                type="primary",
                icon=":material/play_arrow:",
                on_click=_start,
                args=(found,),
            )
        _price(found)
        _endings()


def _models() -> None:
    among = _offered()
    if value("run_models") is None:
        put("run_models", [model_picker.chosen(list(among.values())).id])
    else:
        put("run_models", [each for each in _chosen() if each in among])
    run_settings.models_field(text("cases.run.models"), "run_models", among, MAX_SETTINGS)


@block("cases.run_price")
def _price(found: SetSummary) -> None:
    price(_planned(found))


def price(made: Plan | AppError) -> None:
    """What a run comes to, or why it can't be asked."""
    if isinstance(made, AppError):
        what, _ = errors.sentence(made.code, made.data)
        st.caption(f":material/info: {what}")
    else:
        lang = current_session().lang
        for line in price_lines(lang, made.run, made.answers, made.judgements):
            st.caption(escape_markdown(line))


@block("cases.run_endings")
def _endings() -> None:
    among = _offered()
    retiring.lines(among[each] for each in _chosen() if each in among)


def _offered() -> dict[str, model_picker.Choice]:
    return {choice.id: choice for choice in model_picker.choices() if choice.info.vision}


def _chosen() -> tuple[str, ...]:
    chosen = value("run_models")
    return tuple(map(str, chosen)) if isinstance(chosen, list | tuple) else ()


def _planned(found: SetSummary) -> Plan | AppError:
    state = current_session().case_runs
    state.planned = planned(state.planned, _key(found), lambda: _wish(found))
    return state.planned[1]


def _key(found: SetSummary) -> PlanKey:
    form = tuple(value(f"run_{name}") for name in ("repeats", "budget", "fresh", "judge"))
    put_as = (*run_settings.details(), *run_settings.changes())
    return (found.id, found.version, found.name, current_session().lang, _chosen(), *form, put_as)


def _wish(found: SetSummary) -> Wish:
    session, among = current_session(), _offered()
    stored, cases = whole_cases(found.id, found.name)
    budget, chosen = value("run_budget"), [among[each] for each in _chosen() if each in among]
    return Wish(
        cases,
        [
            Target(
                Column(choice.endpoint, choice.model),
                detail,
                change.prompt,
                change.crop,
                change.system,
            )
            for choice, detail, change in product(
                chosen, run_settings.details(), run_settings.changes()
            )
        ],
        int(str(value("run_repeats") or 1)),
        lang=stored.head.lang if stored.head.lang in LANGUAGES else session.lang,
        budget=Decimal(str(budget)) if budget else None,
        fresh=bool(value("run_fresh")),
        images=facts(stored.hashes),
        set_id=found.id,
        judges=judges_for(cases, run_settings.judge_for),
    )


def facts(hashes: Mapping[str, str]) -> dict[str, ImageFacts]:
    """Of images that the store has, by the names that cases use. hashes: by these names."""
    owner, store = current_session().owner, services.app().store().conversations
    return facts_of(hashes, lambda digest: store.image(owner, digest))


def whole_cases(set_id: str, name: str) -> tuple[StoredSet, CaseSet]:
    """A set as it is kept, and as it is run: its images by their hashes alone. Raises CaseError
    (cases_empty)."""
    stored = services.app().store().cases.whole(current_session().owner, set_id)
    if stored is None:
        raise CaseError("cases_empty", name=name)
    cases = tuple(each.case for each in stored.cases)
    return stored, replace(stored.head, name=stored.name, cases=cases)


@shown
def _start(found: SetSummary) -> None:
    session = current_session()
    session.person.must_ask()
    made = _planned(found)
    if isinstance(made, AppError):
        raise made
    services.app().case_runs().start(session.owner, made, maker(made.columns))
    session.case_runs.planned = None
    open_run(made.run.id)


def open_run(run_id: str) -> None:
    current_session().case_runs.run_id = run_id
    st.query_params["run"] = run_id
