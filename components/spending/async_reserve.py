"""Reserving on an event loop, which must not wait for a database."""

import asyncio

from components.spending.budget import Budget
from components.spending.errors import SpendingError
from components.spending.store import Charge, Reservation

_LOOK = 5.0  # seconds after which a full minute is looked at again, at the latest


async def reserved(budget: Budget, owner: str, charge: Charge) -> Reservation:
    """Reserve, waiting where only the requests of a minute are used up.

    Raises SpendingError for other limits, and StoreError. A cancelled wait leaves nothing reserved.
    """
    while True:
        try:
            return await _in_thread(budget, owner, charge)
        except SpendingError as error:
            if not error.refusal.waitable:
                raise
            seconds = float(str(error.data["seconds"]))
        await asyncio.sleep(min(seconds, _LOOK))


async def _in_thread(budget: Budget, owner: str, charge: Charge) -> Reservation:
    work = asyncio.ensure_future(asyncio.to_thread(budget.reserve, owner, charge, waits=True))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        work.add_done_callback(lambda done: _let_go(budget, done))
        raise


def _let_go(budget: Budget, done: "asyncio.Task[Reservation]") -> None:
    if not done.cancelled() and done.exception() is None:
        asyncio.get_running_loop().run_in_executor(None, budget.settle, done.result(), None)
