"""A process that reserves as fast as it can: `python -m tests.unit.spending.racing URL NAME`."""

import sys
import threading
from decimal import Decimal

from db.store import open_store
from tests.unit.spending.making import charge, everybody


def race(url: str, name: str, rounds: int = 30, threads: int = 4) -> int:
    """How many of a cent were let through under a limit of 50 cents for all."""
    store = open_store(url)
    rules = everybody(usd_day=Decimal("0.50"))
    through: list[str] = []

    def work(thread: int) -> None:
        for n in range(rounds):
            each = f"{name}-{thread}-{n}"
            if store.usage.reserve(name, each, charge(), rules) is None:
                through.append(each)

    running = [threading.Thread(target=work, args=(n,)) for n in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    store.close()
    return len(through)


if __name__ == "__main__":
    url, name = sys.argv[1:]
    print("ready", flush=True)
    sys.stdin.readline()
    print(race(url, name), flush=True)
