"""`python -m tests.bench.bench_spending`: a reservation in a month with 10,000 requests.

Prints milliseconds (median, 95 %) of reserve, settle and the meter's look, without limits, with a
person's, and with limits for all; and of the usage page's query.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import quantiles

from sqlalchemy import insert

from components.spending.store import Bill, Charge, Limits, Rules
from db.schema.usage import usage_events
from db.store import Store, open_store

EVENTS = 10_000
CHARGE = Charge("server", "openai", "api.openai.com", "gpt-4o", 2, Decimal("0.004"), "t1")
LIMITS = Limits(1000, 100_000, Decimal(1000), Decimal(10_000))


def fill(store: Store, owners: int) -> None:
    now = datetime.now(UTC)
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    step = (now - month - timedelta(minutes=2)) / EVENTS
    rows = [
        {
            "owner": f"o{n % owners}",
            "id": f"e{n}",
            "at": month + n * step,
            "beat_at": month + n * step,
            "state": "settled",
            "kind": "server",
            "images": 2,
            "amount": 4_000_000_000,
            "priced": True,
            "estimated_cost": Decimal("0.004"),
            "cost": Decimal("0.0037"),
            "input_tokens": 1500,
            "output_tokens": 60,
            "subject": f"t{n}",
            "endpoint": "openai",
            "host": "api.openai.com",
            "model": f"model-{n % 7}",
        }
        for n in range(EVENTS)
    ]
    with store.database.write() as connection:
        connection.execute(insert(usage_events), rows)


def timed(work: Callable[[int], object], times: int = 100) -> str:
    took = []
    for n in range(times):
        begun = time.perf_counter()
        work(n)
        took.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(took, n=20)
    return f"{cuts[9]:6.2f} {cuts[18]:6.2f}"


def measure(store: Store, name: str, rules: Rules) -> None:
    ids = [f"{name}{n}" for n in range(100)]
    print(f"{name:10} reserve", timed(lambda n: store.usage.reserve("o0", ids[n], CHARGE, rules)))
    print(f"{name:10} settle ", timed(lambda n: store.usage.settle("o0", ids[n], Bill(None))))
    print(f"{name:10} used   ", timed(lambda _: store.usage.used("o0", rules)))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder)}/log.db")
        fill(store, owners=1)
        kinds = {
            "no limits": Rules(),
            "a person's": Rules(LIMITS),
            "both": Rules(LIMITS, LIMITS),
        }
        print(f"{EVENTS} events of one owner; ms: median, 95 %")
        for name, rules in kinds.items():
            measure(store, name, rules)
        since = datetime.now(UTC) - timedelta(days=31)
        print("usage page        ", timed(lambda _: store.usage.rows_of_all(since), 20))
        store.close()


if __name__ == "__main__":
    main()
