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

from components.spending.log import Bill, Charge, Limits, Rules
from db.log import SqlLog, open_log
from db.usage_tables import usage_events

EVENTS = 10_000
CHARGE = Charge("server", "openai", "api.openai.com", "gpt-4o", 2, Decimal("0.004"), "t1")
LIMITS = Limits(1000, 100_000, Decimal(1000), Decimal(10_000))


def fill(log: SqlLog, owners: int) -> None:
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
    with log.database.write() as connection:
        connection.execute(insert(usage_events), rows)


def timed(work: Callable[[int], object], times: int = 100) -> str:
    took = []
    for n in range(times):
        begun = time.perf_counter()
        work(n)
        took.append((time.perf_counter() - begun) * 1000)
    cuts = quantiles(took, n=20)
    return f"{cuts[9]:6.2f} {cuts[18]:6.2f}"


def measure(log: SqlLog, name: str, rules: Rules) -> None:
    ids = [f"{name}{n}" for n in range(100)]
    print(f"{name:10} reserve", timed(lambda n: log.reserve("o0", ids[n], CHARGE, rules)))
    print(f"{name:10} settle ", timed(lambda n: log.settle("o0", ids[n], Bill(None))))
    print(f"{name:10} used   ", timed(lambda _: log.used("o0", rules)))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        log = open_log(f"sqlite:///{Path(folder)}/log.db")
        fill(log, owners=1)
        kinds = {
            "no limits": Rules(),
            "a person's": Rules(LIMITS),
            "both": Rules(LIMITS, LIMITS),
        }
        print(f"{EVENTS} events of one owner; ms: median, 95 %")
        for name, rules in kinds.items():
            measure(log, name, rules)
        since = datetime.now(UTC) - timedelta(days=31)
        print("usage page        ", timed(lambda _: log.usage_of_all(since), 20))
        log.close()


if __name__ == "__main__":
    main()
