"""Which models endpoints offer: asked of each in the background, kept for ten minutes."""

import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from components.errors import ProviderError, StoreError
from components.models import Ends
from components.providers.endpoints import Endpoint

LIST_TIMEOUT = 10.0  # seconds an endpoint may take to list its models
LIST_AGAIN = 600.0  # seconds after which it is asked anew
_AFTER_ERROR = 30.0


@dataclass
class Listing:
    """The models an endpoint offers: as configured, as listed, or why they couldn't be listed.

    ends: last days, where the endpoint gives them.

    ready is set from the first answer on; while it is asked anew, what is known stays.
    """

    models: tuple[str, ...] = ()
    ends: Ends = field(default_factory=dict)
    error: ProviderError | None = None
    at: float = -math.inf
    asking: bool = False
    ready: threading.Event = field(default_factory=threading.Event)


class Listings:
    """One per process. ask: gives an endpoint's models within LIST_TIMEOUT.

    It raises ProviderError, TimeoutError, or StoreError where there is nothing yet to ask with.
    """

    def __init__(self, ask: Callable[[Endpoint], Sequence[str]]) -> None:
        self._ask = ask
        self._known: dict[str, Listing] = {}
        self._lock = threading.Lock()

    def of(self, target: Endpoint, wait: float) -> Listing:
        """Waits at most `wait` seconds for the first list."""
        if target.models:
            return Listing(models=target.models)
        with self._lock:
            listing = self._known.setdefault(target.name, Listing())
            if not listing.asking and _old(listing):
                listing.asking = True
                threading.Thread(target=self._look, args=(target, listing), daemon=True).start()
        listing.ready.wait(wait)
        return listing

    def known(self, name: str) -> tuple[str, ...]:
        """What an endpoint is known to offer by now, without asking."""
        listing = self._known.get(name)
        return listing.models if listing else ()

    def clear(self) -> None:
        self._known.clear()

    def _look(self, target: Endpoint, listing: Listing) -> None:
        at = math.inf
        try:
            found = self._ask(target)
            listing.models, listing.ends = tuple(found), getattr(found, "ends", {})
            listing.error = None
        except ProviderError as caught:
            listing.error = caught
        except TimeoutError:
            listing.error = ProviderError(
                "timeout", host=target.host, model="", seconds=LIST_TIMEOUT
            )
        except StoreError:
            at = (
                -math.inf
            )  # without a store there is no runner as yet: whoever looks next asks anew
        finally:
            listing.at, listing.asking = min(at, time.monotonic()), False
            listing.ready.set()


def _old(listing: Listing) -> bool:
    return time.monotonic() - listing.at > (LIST_AGAIN if listing.error is None else _AFTER_ERROR)
