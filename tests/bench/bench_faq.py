"""The FAQ: answers that nobody has checked for over a year, and how long a search takes.

python -m tests.bench.bench_faq
"""

import statistics
import time
from datetime import UTC, datetime, timedelta

from components.faq import faq, search

YEAR = timedelta(days=365)
QUERIES = ("图", "图片大小", "怎么删除图片", "t", "token", "gpt-4 价格", "how much is an image")


def stale() -> list[str]:
    """Lines about answers that were last checked over a year ago."""
    day = datetime.now(UTC).date()
    return [f"{a.checked}  {a.slug}" for a in faq("en") if day - a.checked > YEAR]


def milliseconds(query: str, times: int = 20) -> float:
    """Median time of a search."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        search("zh", query)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    old = stale()
    print(f"FAQ: {len(faq('en'))} answers, {len(old)} unchecked for over a year (goal 0)")
    for line in old:
        print(f"  WARNING: {line}")
    search("zh", "图")
    worst = max((milliseconds(query), query) for query in QUERIES)
    print(f"slowest of {len(QUERIES)} searches: {worst[0]:.1f} ms ({worst[1]}; goal 5 ms)")


if __name__ == "__main__":
    main()
