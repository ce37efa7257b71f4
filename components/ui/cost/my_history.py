"""My own logged conversations under another model, detail or history rule."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from components import services
from components.chat.recount import Rule
from components.chat.store import StoredUse
from components.chat.usage_replay import replay_usage
from components.chat.usage_replay_types import Amounts, Compared, UsageReplay
from components.compare.uses import begun_since, uses_of
from components.pricing.whatif import vision_models
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.cost.fields import current_calculator, start
from components.ui.streamlit_seam.session import current_session, value
from components.ui.widgets.money import money_range, tokens

_Setting = tuple[int, str | None, str | None, Rule | None, int, str]
_DAYS = (7, 30, 90)
_AS_IT_WAS = "as_it_was"
_RULES = (_AS_IT_WAS, "all", "low", "drop", "turns")
_TURNS = 3  # kept by the rule "turns"
_DETAILS = (_AS_IT_WAS, "low", "high", "original")


@block("cost.mine")
def show() -> None:
    session = current_session()
    st.segmented_control(
        text("cost.mine.days"),
        _DAYS,
        **start(
            "cost_days_back", value("cost_days_back") or current_calculator().days_back, "default"
        ),
        key="cost_days_back",
        format_func=lambda days: text("cost.mine.last_days", n=days),
        required=True,
    )
    days = int(str(value("cost_days_back") or 30))
    current_calculator().days_back = days
    since = datetime.now(UTC) - timedelta(days=days)
    uses = [
        *services.app().store().answers.usage_since(session.owner, since),
        *_of_comparisons(since),
    ]
    uses.sort(key=lambda use: (use.attempt.started_at, use.attempt.id))
    if not uses:
        st.info(text("cost.mine.nothing", n=days), icon=":material/history:")
        return
    model, detail, rule = _settings()
    setting = (days, model, detail, rule, len(uses), uses[-1].attempt.id)
    with st.spinner(text("cost.page.working")):
        found = _rehearsed(setting, uses)
    _total(found.total)
    st.markdown("\n".join(_table(found.models)))
    for line in _drift(found.models):
        st.caption(line)
    st.caption(text("cost.mine.method"))


def _of_comparisons(since: datetime) -> list[StoredUse]:
    """Each is read once, and again when more of it has ended."""
    owner, store = current_session().owner, services.app().store()
    read = current_calculator().read
    found: list[StoredUse] = []
    for each in begun_since(store.comparisons, owner, since):
        if each.id not in read or read[each.id][0] != each.ended:
            whole = store.comparisons.comparison(owner, each.id)
            uses = list(uses_of(whole.comparison, whole.cells)) if whole else []
            read[each.id] = each.ended, uses
        found += read[each.id][1]
    return found


def _rehearsed(setting: _Setting, uses: Sequence[StoredUse]) -> UsageReplay:
    """Thousands of answers take a while, so what came of them is kept until something changes."""
    worked = current_calculator().worked
    if worked.get("mine", (None, None))[0] != setting:
        _, model, detail, rule, *_ = setting
        worked["mine"] = setting, replay_usage(uses, model=model, detail=detail, rule=rule)
    found: UsageReplay = worked["mine"][1]
    return found


def _settings() -> tuple[str | None, str | None, Rule | None]:
    left, middle, right = st.columns(3)
    with left:
        model = st.selectbox(
            text("cost.page.model"),
            [_AS_IT_WAS, *vision_models()],
            key="cost_mine_model",
            format_func=lambda m: text("cost.mine.as_it_was") if m == _AS_IT_WAS else m,
        )
    with middle:
        detail = st.selectbox(
            text("cost.page.detail"),
            _DETAILS,
            key="cost_mine_detail",
            format_func=lambda d: (
                text("cost.mine.as_it_was") if d == _AS_IT_WAS else text(f"ui.detail.{d}")
            ),
        )
    with right:
        rule = st.selectbox(
            text("cost.mine.rule"), _RULES, key="cost_mine_rule", format_func=_rule_name
        )
    return _or_none(model), _or_none(detail), _rule(str(rule))


def _or_none(chosen: str | None) -> str | None:
    return None if chosen == _AS_IT_WAS else chosen


def _rule_name(rule: str) -> str:
    if rule == _AS_IT_WAS:
        return text("cost.mine.as_it_was")
    return text(f"cost.history.rule.{rule}", **({"turns": _TURNS} if rule == "turns" else {}))


def _rule(chosen: str) -> Rule | None:
    match chosen:
        case "all" | "low" | "drop":
            return chosen
        case "turns":
            return _TURNS
    return None


def _total(found: Compared) -> None:
    """Then and under the setting, big; what is in neither."""
    then, after = found.as_estimated, found.what_if
    with st.container(horizontal=True, gap="small", key="cost_mine"):
        st.metric(text("cost.mine.answers"), f"{found.answers:,}", border=True)
        st.metric(text("cost.mine.then"), _plain(then), border=True)
        changed = found.share is not None and abs(found.share) >= 0.005
        delta = f"{found.share:+.0%}" if changed else None
        st.metric(
            text("cost.mine.would"), _plain(after), delta=delta, delta_color="inverse", border=True
        )
        billed = _plain(found.billed) if found.billed.priced else text("cost.mine.no_bill")
        st.metric(text("cost.mine.billed"), billed, border=True)
    for kind, counts in (("unknown", found.unknown), ("money", found.gaps)):
        parts = [text(f"cost.history.{kind}.{why}", answers=n) for why, n in counts.items()]
        if parts:
            st.caption(text(f"cost.left.{kind}", what=", ".join(parts)))


def _plain(amounts: Amounts) -> str:
    """Money where some is known, else tokens."""
    if amounts.priced:
        return _cost(amounts).replace("\\", "")
    return text("cost.mine.tokens", n=tokens(amounts.input + amounts.output))


def _table(models: tuple[Compared, ...]) -> list[str]:
    names = ("model", "answers", "input", "then", "would", "difference", "estimate", "billed")
    head = "| " + " | ".join(text(f"cost.mine.{name}") for name in names) + " |"
    lines = [head, "|---" + "|---:" * (len(names) - 1) + "|"]
    for found in models:
        cells = (
            escape_markdown(found.model or ""),
            f"{found.answers:,}",
            f"{tokens(found.as_estimated.input)} → {tokens(found.what_if.input)}",
            _cost(found.as_estimated),
            _cost(found.what_if),
            "" if found.share is None else f"{found.share:+.0%}",
            tokens(found.billed_estimate.input),
            tokens(found.billed.input),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _cost(amounts: Amounts) -> str:
    return money_range(amounts.cost, amounts.most) if amounts.priced else "–"


def _drift(models: tuple[Compared, ...]) -> list[str]:
    """Bills against the estimates that were shown, per model and detail."""
    return [
        text(
            "cost.mine.drift",
            model=escape_markdown(each.model),
            detail=escape_markdown(each.detail),
            share=each.share,
            n=each.answers,
        )
        for found in models
        for each in found.drift
    ]
