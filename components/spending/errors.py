"""Refusals, as codes."""

import math
from decimal import Decimal

from components.errors import AppError, ImageError
from components.pricing import format_money
from components.spending.store import Refusal


class SpendingError(AppError):
    """A request that would pass a limit. Nothing of it was sent.

    Codes are spending_<what> of the person's own limits, spending_all_<what> of those for all.
    Data: used, limit, needs as texts, when (a time in UTC, as text), seconds (until then).
    """

    codes = frozenset(
        {
            "spending_requests_minute",
            "spending_images_day",
            "spending_usd_day",
            "spending_usd_month",
            "spending_all_requests_minute",
            "spending_all_images_day",
            "spending_all_usd_day",
            "spending_all_usd_month",
        }
    )

    def __init__(self, refusal: Refusal) -> None:
        write = _money if refusal.what.startswith("usd") else str
        scope = "all_" if refusal.scope == "everybody" else ""
        super().__init__(
            f"spending_{scope}{refusal.what}",
            used=write(refusal.used),
            limit=write(refusal.limit),
            needs=write(refusal.needs),
            when=f"{refusal.frees_at:%Y-%m-%d %H:%M} UTC",
            seconds=max(1, math.ceil(refusal.seconds)),
        )
        self.refusal = refusal


class QuotaError(AppError):
    """Images that don't fit on disk any more. Nothing was sent and nothing is lost.

    Data, in MB: used, limit, needs.
    """

    codes = frozenset({"quota_full"})


class UploadError(ImageError):
    """A file that would be too much for a message or a session. Data: limit (images or MB)."""

    codes = frozenset({"upload_message_images", "upload_message_mb", "upload_visit_mb"})


def _money(amount: Decimal) -> str:
    return format_money(amount, "en")
