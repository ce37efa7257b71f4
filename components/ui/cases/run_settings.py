"""How a set is put to the models, and who judges: each choice of these makes a column more."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from components import services
from components.cases.judging.rubrics import judges_named
from components.cases.store import SetSummary
from components.cases.store.runs import CaseRun, Crop
from components.compare.spec import Column
from components.ui.app.language import text
from components.ui.cases.run_state import Asks
from components.ui.chat import model_picker
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.widgets import options

AS_SET = "as_set"
_DETAILS = (AS_SET, "low", "high")
_NAMED = "as_named"


@dataclass(frozen=True)
class Change:
    """How the cases are put otherwise than they stand; see Setting."""

    system: str = ""
    prompt: str = ""
    crop: Crop | None = None


def show(found: SetSummary) -> None:
    """The popover with them."""
    asks = _asks(found)
    with st.popover(text("cases.run.more"), icon=":material/tune:", key="run_more"):
        if asks.pictured:
            st.pills(
                text("cases.run.detail"),
                _DETAILS,
                default=[AS_SET],
                key="run_detail",
                format_func=lambda each: text(f"cases.run.details.{each}"),
                selection_mode="multi",
                help=text("cases.run.details_help"),
            )
        _variant(asks.pictured)
        if asks.judges:
            judge_field(asks.judges, value("run_models"))
        budget_field("run_budget")
        st.toggle(text("cases.run.fresh"), key="run_fresh", help=text("cases.run.fresh_help"))


def _variant(pictured: bool) -> None:
    """How else the cases may be put, beside how they are."""
    st.text_area(text("cases.run.system"), key="run_system", height=68)
    st.text_area(
        text("cases.run.prompt"),
        key="run_prompt_text",
        height=68,
        placeholder="{question}",
        help=text("cases.run.prompt_help"),
    )
    if pictured:
        with st.container(horizontal=True, gap="medium"):
            for name in ("across", "down"):
                st.slider(text(f"cases.run.{name}"), 0, 100, (0, 100), key=f"run_{name}")
    if _changed() != Change():
        st.toggle(
            text("cases.run.unchanged"),
            value=True,
            key="run_unchanged",
            help=text("cases.run.unchanged_help"),
        )


def models_field(label: str, key: str, among: Mapping[str, model_picker.Choice], most: int) -> None:
    """Which models are asked, at most so many; `key` has been put."""
    st.multiselect(
        label,
        list(among),
        key=key,
        format_func=_names(among, markdown=True).__getitem__,
        max_selections=most,
        placeholder=text("cases.run.models"),
    )


def budget_field(key: str) -> None:
    """In USD; None where nothing is typed."""
    st.number_input(
        text("cases.run.budget"),
        min_value=0.0,
        value=None,
        step=0.5,
        format="%.2f",
        key=key,
        placeholder=text("cases.run.no_budget"),
        width=160,
    )


def judge_field(named: Sequence[str], asked: object) -> None:
    """Whom rubrics ask. named: by the cases. asked: ids of the models that are judged."""
    among = judging()
    options_ = [*([_NAMED] if all(_having(among, name) for name in named) else []), *among]
    if value("run_judge") not in options_:
        put("run_judge", _usual(options_, asked))
    labels = _names(among) | {_NAMED: text("cases.run.judge_named")}
    st.selectbox(text("cases.run.judge"), options_, key="run_judge", format_func=labels.__getitem__)


def _names(among: Mapping[str, model_picker.Choice], *, markdown: bool = False) -> dict[str, str]:
    names = {key: model_picker.short_name(choice) for key, choice in among.items()}
    marks = {key: choice.endpoint.name for key, choice in among.items()}
    return options.distinct(names, marks, markdown=markdown)


def _usual(among: Sequence[str], asked: object) -> str | None:
    """The judge that the cases name, else the first model that isn't itself asked."""
    tested = asked if isinstance(asked, list | tuple) else ()
    return next((each for each in among if each not in tested), next(iter(among), None))


def judging() -> dict[str, model_picker.Choice]:
    """Models that can judge: the built-in reader is none."""
    return {
        choice.id: choice for choice in model_picker.choices() if choice.endpoint.kind == "openai"
    }


def criterion() -> str:
    """Of a rubric that stands in where no rule can tell; "" where no model can judge."""
    return text("cases.judge.same") if judging() else ""


def _having(among: Mapping[str, model_picker.Choice], name: str) -> Column | None:
    """At the first endpoint that has the model."""
    found = (Column(each.endpoint, each.model) for each in among.values() if each.model == name)
    return next(found, None) if name else None


def _asks(found: SetSummary) -> Asks:
    """What a set asks; read anew where it has changed."""
    session, key = current_session(), (found.id, found.version)
    state = session.case_runs
    if state.asks is None or state.asks[0] != key:
        stored = services.app().store().cases.whole(session.owner, found.id)
        asks = Asks()
        if stored is not None:
            cases = replace(stored.head, cases=tuple(each.case for each in stored.cases))
            pictured = any(True for case in cases.cases for _ in case.images)
            asks = Asks(judges_named(cases), pictured)
        state.asks = key, asks
    return state.asks[1]


def judge_for(name: str) -> Column | None:
    """Whom a rubric asks that names its judge so: the one that is chosen, else that, else the first
    that there is."""
    among = judging()
    one = among.get(str(value("run_judge")))
    if one is None and not name:
        one = next(iter(among.values()), None)
    return Column(one.endpoint, one.model) if one else _having(among, name)


def judge_of(run: CaseRun) -> Callable[[str], Column | None]:
    """The same for a run that is graded again: the one that judged it, where it had one alone."""
    ids = [model_picker.id_of(each.endpoint, each.model) for each in run.judges]
    same = judging().get(ids[0]) if len(ids) == 1 else None
    if same is None:
        return judge_for
    column = Column(same.endpoint, same.model)
    return lambda _: column


def _changed() -> Change:
    across, down = (_shares(value(f"run_{name}")) for name in ("across", "down"))
    crop = (across[0], down[0], across[1], down[1])
    system, prompt = (str(value(f"run_{name}") or "").strip() for name in ("system", "prompt_text"))
    return Change(system, prompt, None if crop == (0, 0, 1, 1) else crop)


def changes() -> list[Change]:
    """The ways in which each case is put, each a column; the first is as it stands."""
    changed = _changed()
    if changed == Change():
        return [changed]
    return [*([Change()] if value("run_unchanged") is not False else []), changed]


def _shares(chosen: object) -> tuple[float, float]:
    low, high = chosen if isinstance(chosen, tuple | list) and len(chosen) == 2 else (0, 100)
    return float(low) / 100, float(high) / 100


def details(key: str = "run_detail", among: Sequence[str] = _DETAILS) -> list[str | None]:
    """The details that are chosen in a field, each a column; None leaves each case its own."""
    chosen = value(key)
    found = [str(each) for each in chosen] if isinstance(chosen, list | tuple) else []
    picked = [each for each in among if each in found] or [AS_SET]
    return [None if each == AS_SET else each for each in picked]
