"""Newer prices than the wheel's, where whoever runs the app wants them: genai-prices' own updater.

Without a network, or for an answer that is no price list, what was known before stays.
"""

import logging
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genai_prices import UpdatePrices

EVERY = 6 * 3600.0  # seconds
_LOG = logging.getLogger(__name__)
_updater: "UpdatePrices | None" = None
_fetched: date | None = None


def start(url: str | None = None) -> None:
    """Look for newer prices now and every few hours, in a thread of its own. url: of another list.
    Never raises, and waits for nothing."""
    global _updater
    if _updater is not None:
        return
    from genai_prices import UpdatePrices
    from genai_prices.data_snapshot import DataSnapshot

    class Noted(UpdatePrices):
        def fetch(self) -> DataSnapshot | None:
            global _fetched
            found = super().fetch()
            if not found or not found.providers:
                raise ValueError("a price list without prices")
            _fetched = datetime.now(UTC).date()
            return found

    _updater = Noted(update_interval=EVERY)
    _updater.url = url or _updater.url
    try:
        _updater.start()
    except RuntimeError as error:  # no thread to be had
        _LOG.warning("prices are not kept up to date: %s", error)


def wait(seconds: float) -> bool:
    """Whether newer prices have come within that time."""
    with suppress(Exception):
        return _updater is not None and _updater.wait(seconds)
    return False


def stop() -> None:
    """Look no further, and go back to the wheel's prices."""
    global _updater, _fetched
    from genai_prices.data_snapshot import set_custom_snapshot

    if _updater is not None:
        _updater.stop()  # type: ignore[no-untyped-call]
    _updater = _fetched = None
    set_custom_snapshot(None)


def fetched() -> date | None:
    """The day, in UTC, of which the prices in use are; None: those of the wheel."""
    return _fetched
