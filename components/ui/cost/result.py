"""What it comes to: tokens and money of a call and of a month, and what speaks against it."""

from decimal import Decimal

import streamlit as st

from components.pricing.whatif import Figures, Money, format_amounts
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cost.fields import current_calculator, sentences
from components.ui.streamlit_seam.session import current_session
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
    """The totals, big; where the money goes; how full the context is."""
    asked = current_calculator().asked
    with st.container(key="cost_total", gap="small"):
        with st.container(horizontal=True, gap="small"):
            images = sum(r.row.count for r in figures.rows)
            _metric(counted("cost.page.of_images", images), figures.images, _evidence(figures))
            each = counted("cost.page.one_call", asked.turns)
            _metric(each, figures.conversation.total, _tokens(figures), figures.at_most)
            calls = asked.calls * asked.days
            _metric(
                counted("cost.page.month", calls),
                figures.month.total,
                _month_tokens(figures),
                figures.month_at_most,
            )
        _parts(figures)
        _context(figures)
        rejections(figures)
        st.caption(_source(figures))


def rejections(figures: Figures) -> None:
    """Whether the request would be rejected, in words; that it wouldn't, too."""
    for found in figures.rejections:
        said = text("cost.rejected.certain" if found.certain else "cost.rejected.likely")
        why = text(f"cost.rejected.{found.code}", **found.data)
        if found.code == "unknown_rule":
            st.warning(why, icon=":material/help:")
        elif found.certain:
            st.error(f"{said} {why}", icon=":material/block:")
        else:
            st.warning(f"{said} {why}", icon=":material/warning:")
    if not figures.rejections and figures.images is not None:
        st.caption(f":material/check: {text('cost.page.accepted')}")


def _metric(
    label: str, figure: Decimal | int | None, below: str, most: Decimal | None = None
) -> None:
    """A figure, big and never cut off: cards that don't fit beside each other wrap."""
    with st.container(border=True, gap="xxsmall", width="content"):
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


def _parts(figures: Figures) -> None:
    """Input, cached and output apart."""
    month = figures.month
    if month.total is None or not month.total:
        return
    head = "| | " + " | ".join(text(f"cost.part.{name}") for name in PARTS) + " |"
    rows = [head, "|---" * (len(PARTS) + 1) + "|"]
    for label, paid in (
        (counted("cost.page.one_call", current_calculator().asked.turns), figures.conversation),
        (text("cost.page.a_month"), month),
    ):
        rows.append(f"| {label} | " + " | ".join(amount(part) for part in _split(paid)) + " |")
    st.markdown("\n".join(rows))


PARTS = ("images", "text", "cached", "output")


def _split(paid: Money) -> tuple[Decimal | None, ...]:
    return paid.images, paid.text, paid.cached, paid.output


def _context(figures: Figures) -> None:
    used, window = figures.context_used, figures.context
    if used is None or window is None:
        return
    label = text("cost.page.context", used=tokens(used), window=tokens(window), share=used / window)
    st.progress(min(1.0, used / window), text=label)


def _source(figures: Figures) -> str:
    said = [text("cost.page.counting")] if current_calculator().pending else []
    if figures.like:
        said.append(text("cost.page.assumed", model=figures.model, like=figures.like))
    if figures.evidence:
        said.append(text(f"cost.rests_on.{figures.evidence}"))
    if figures.tolerance:
        said.append(text("cost.page.tolerance", n=figures.tolerance))
    if figures.price_source:
        said.append(text("cost.page.price_source", source=figures.price_source))
    if not figures.batch_known:
        said.append(text("cost.page.no_batch"))
    if figures.at_most != figures.conversation.total:
        said.append(text("cost.page.writes_cache"))
    return sentences(said)
