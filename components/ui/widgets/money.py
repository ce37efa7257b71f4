"""Numbers as a person reads them: tokens, money, sizes, in the session's language."""

from decimal import Decimal

from components.chat.store import AttemptResult
from components.pricing import format_money, format_range
from components.ui.app.language import text
from components.ui.streamlit_seam.session import current_session


def money(amount: Decimal | None) -> str:
    """USD, or "cost unknown" in words. `$` is escaped: Markdown takes two as a formula."""
    if amount is None:
        return text("ui.cost.unknown")
    return format_money(amount, current_session().lang).replace("$", r"\$")


def money_range(low: Decimal | None, high: Decimal | None) -> str:
    """ "$0.0190 to $0.0236" where they differ, else as `money` has it."""
    if low is None or high is None or low == high:
        return money(low)
    return format_range(low, high, current_session().lang).replace("$", r"\$")


def charged(result: AttemptResult) -> str:
    """What an answer did cost; said to be an estimate where what was reported isn't believed."""
    said = money(result.cost)
    if result.cost is None or result.usage_source != "implausible":
        return said
    return text("ui.cost.an_estimate", cost=said)


def tokens(count: int | None, tolerance: int = 0) -> str:
    """765, or 1,229 ±1, or "tokens unknown"."""
    if count is None:
        return text("ui.cost.tokens_unknown")
    return f"{count:,} ±{tolerance}" if tolerance else f"{count:,}"


def thousands(count: int | None) -> str:
    """A context size: 128k, 1M."""
    if count is None:
        return text("ui.model.context_unknown")
    if count >= 1_000_000:
        return f"{count / 1_000_000:.3g}M"
    return f"{round(count / 1000)}k"


def seconds(milliseconds: int | None) -> str:
    if milliseconds is None:
        return "–"
    return text("ui.cost.seconds", n=f"{milliseconds / 1000:.1f}")


def briefly(milliseconds: int | None) -> str:
    """25 s; below ten with a decimal."""
    if milliseconds is None or milliseconds < 10_000:
        return seconds(milliseconds)
    return text("ui.cost.seconds", n=f"{milliseconds / 1000:.0f}")


def thinking(result: AttemptResult) -> str:
    """To follow the tokens of an answer: how many of them nobody sees, and what of its input was
    images, read from the endpoint's cache and written there; "" where nothing is reported."""
    said = ""
    if result.reasoning_tokens:
        said = text("ui.reasoning.of_which", tokens=tokens(result.reasoning_tokens))
    parts = (
        ("images", result.image_tokens),
        ("cached", result.cached_tokens),
        ("written", result.cache_write_tokens),
    )
    known = [text(f"ui.reasoning.input.{name}", tokens=tokens(n)) for name, n in parts if n]
    if known:
        said += text("ui.reasoning.of_input", parts=", ".join(known))
    return said
