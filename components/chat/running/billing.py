"""What an answer came to, for the one who keeps the limits."""

from components.chat.store import AttemptResult
from components.spending.store import Bill

# Codes of failures before anything left this machine.
_NOTHING_SENT = frozenset({"refused", "dns", "tls", "needs_upload"})


def bill_of(result: AttemptResult) -> Bill | None:
    """None when nothing was sent. A cost that isn't known keeps what was reserved."""
    if result.attempts == 0 or (result.code in _NOTHING_SENT and not result.text):
        return None
    return Bill(
        result.cost,
        result.input_tokens,
        result.output_tokens,
        result.cached_tokens,
        result.cache_write_tokens,
    )
