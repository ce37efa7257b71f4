"""What it comes to: tokens and money of a call and of a month, and what speaks against it."""

from decimal import Decimal

import streamlit as st

from components.pricing.whatif import Figures, format_amounts
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cost import evidence
from components.ui.cost.calculator import as_typed
from components.ui.cost.fields import current_calculator, sentences
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options
from components.ui.widgets.money import tokens


def amount(usd: Decimal | None, most: Decimal | None = None) -> str:
    """Money in the scenario's currency, for Markdown; "cost unknown" in words. most: where it is
    more, both are said."""
    return plain(usd, most).replace("$", r"\$")


def plain(usd: Decimal | None, most: Decimal | None = None) -> str:
    """The same where no Markdown is read."""
    if usd is None:
        return text("ui.cost.unknown")
    asked = current_calculator().asked
    return format_amounts(usd, most, asked.currency, asked.rate, current_session().lang)


@block("cost.result")
def show(figures: Figures) -> None:
    """The month, big; a call, the images; how many bills agree; what speaks against it."""
    asked = current_calculator().asked
    with st.container(key="cost_total", gap="xsmall"):
        _stale()
        with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
            calls = asked.calls * asked.days
            with st.container(width="content", key="cost_month"):
                _metric(
                    counted("cost.page.month", calls),
                    figures.month.total,
                    _month_tokens(figures),
                    figures.month_at_most,
                )
            each = counted("cost.page.one_call", asked.turns)
            _metric(each, figures.conversation.total, _tokens(figures), figures.at_most)
            images = sum(r.row.count for r in figures.rows)
            _metric(counted("cost.page.of_images", images), figures.images, _evidence(figures))
        evidence.badge()
        rejections(figures)
        if said := _remarks(figures):
            st.caption(said)


def _stale() -> None:
    """What the figures are of, while what is typed can't be read; the style dims them then."""
    calculator = current_calculator()
    if calculator.typing and calculator.problems:
        with st.container(key="cost_stale"):
            sizes = as_typed(calculator.asked.rows) or text("cost.page.nothing")
            st.markdown(text("cost.page.stale", sizes=escape_markdown(options.cut(sizes))))


def rejections(figures: Figures) -> None:
    """Why the request would be rejected, in words."""
    for found in figures.rejections:
        said = text("cost.rejected.certain" if found.certain else "cost.rejected.likely")
        why = text(f"cost.rejected.{found.code}", **found.data)
        if found.code == "unknown_rule":
            st.warning(why, icon=":material/help:")
        elif found.certain:
            st.error(f"{said} {why}", icon=":material/block:")
        else:
            st.warning(f"{said} {why}", icon=":material/warning:")


def _metric(
    label: str, figure: Decimal | int | None, below: str, most: Decimal | None = None
) -> None:
    """A figure, never cut off: those that don't fit beside each other wrap."""
    with st.container(gap=None, width="content"):
        if figure is None:
            said = "–"  # why is said below
        else:
            said = plain(figure, most) if isinstance(figure, Decimal) else f"{figure:,}"
        st.metric(label, said, width="content")
        st.caption(below)


def _evidence(figures: Figures) -> str:
    if figures.images is None:
        return text("ui.cost.tokens_unknown")
    said = []
    if figures.tolerance:
        said.append(f"±{figures.tolerance:,}")
    if figures.evidence:
        word = text(f"cost.evidence_word.{figures.evidence}")
        said.append(text("cost.page.as_evidence", evidence=word))
    return " · ".join(said) or "\u00a0"


def _tokens(figures: Figures) -> str:
    if figures.conversation.total is None:
        return text("ui.cost.unknown")
    sent = sum(turn.images + turn.text for turn in figures.turns)
    got = sum(turn.output for turn in figures.turns)
    return text("cost.page.in_out", input=tokens(sent), output=tokens(got))


def _month_tokens(figures: Figures) -> str:
    if figures.month_tokens is None or figures.month.total is None:
        return text("ui.cost.unknown")
    sent, got = (rough(n) for n in figures.month_tokens)
    return text("cost.page.in_out", input=sent, output=got)


def rough(n: int) -> str:
    """About how many: 9,876, 37.6M, 6,540B."""
    for unit, word in ((10**9, "B"), (10**6, "M")):
        if n >= unit:
            return f"{n / unit:,.0f}{word}" if n >= 100 * unit else f"{n / unit:.3g}{word}"
    return f"{n:,}"


@block("cost.parts")
def parts(figures: Figures) -> None:
    """Where the money goes, how full the context is, and what the figures rest on."""
    with st.container(key="cost_parts", gap="small"):
        _table(figures)
        _context(figures)
        st.caption(_source(figures))


def _table(figures: Figures) -> None:
    """Input, cached and output apart; what costs nothing is left out."""
    month = figures.month
    if month.total is None or not month.total:
        return
    paid_for = [name for name in PARTS if getattr(month, name)]
    head = f"| {text('cost.page.money')} | " + " | ".join(
        text(f"cost.part.{name}") for name in paid_for
    )
    lines = [head + " |", "|---" + "|---:" * len(paid_for) + "|"]
    for label, paid in (
        (counted("cost.page.one_call", current_calculator().asked.turns), figures.conversation),
        (text("cost.page.a_month"), month),
    ):
        cells = " | ".join(amount(getattr(paid, name)) for name in paid_for)
        lines.append(f"| {label} | {cells} |")
    st.markdown("\n".join(lines))


PARTS = ("images", "text", "cached", "output")


def _context(figures: Figures) -> None:
    used, window = figures.context_used, figures.context
    if used is None or window is None:
        return
    label = text("cost.page.context", used=tokens(used), window=tokens(window), share=used / window)
    st.progress(min(1.0, used / window), text=label)


def _remarks(figures: Figures) -> str:
    """What has to be known of the figures beside them."""
    said = [text("cost.page.counting")] if current_calculator().pending else []
    if figures.like:
        said.append(text("cost.page.assumed", model=figures.model, like=figures.like))
    if not figures.batch_known:
        said.append(text("cost.page.no_batch"))
    if figures.at_most != figures.conversation.total:
        said.append(text("cost.page.writes_cache"))
    return sentences(said)


def _source(figures: Figures) -> str:
    said = []
    if figures.evidence:
        said.append(text(f"cost.rests_on.{figures.evidence}"))
    if figures.tolerance:
        said.append(text("cost.page.tolerance", n=figures.tolerance))
    if figures.price_source:
        said.append(text("cost.page.price_source", source=figures.price_source))
    return sentences(said)
