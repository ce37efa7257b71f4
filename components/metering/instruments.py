"""The figures, each in the registry of its Meter and in no other.

Buckets are upper bounds in seconds. Histograms have no model among their labels: each value of a
label makes as many series as there are buckets.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_ASKED = ("kind", "endpoint", "model")
_WHERE = ("kind", "endpoint")
_FIRST = (0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 20, 40, 80, 160)
_WHOLE = (0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640)
_WRITE = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Instruments:
    """One set of figures, all 0."""

    def __init__(self, registry: CollectorRegistry) -> None:
        def counter(name: str, help_: str, *labels: str) -> Counter:
            return Counter(f"tuwen_{name}", help_, labels, registry=registry)

        def gauge(name: str, help_: str) -> Gauge:
            return Gauge(f"tuwen_{name}", help_, registry=registry)

        def seconds(
            name: str, help_: str, buckets: tuple[float, ...], labels: tuple[str, ...] = ()
        ) -> Histogram:
            return Histogram(
                f"tuwen_{name}_seconds", help_, labels, buckets=buckets, registry=registry
            )

        self.answers = counter("answers", "Answers of chats that ended.", *_ASKED, "outcome")
        self.running = gauge("answers_running", "Answers of chats in progress here.")
        self.first = seconds(
            "first_letter", "From a chat's question to the first letter.", _FIRST, _WHERE
        )
        self.whole = seconds(
            "answer", "From a chat's question to the end of its answer.", _WHOLE, _WHERE
        )
        self.tokens = counter(
            "tokens", "Tokens of chats and comparisons, as billed or counted.", *_ASKED, "direction"
        )
        self.cost = counter(
            "cost_usd", "US dollars that chats and comparisons cost, where known.", *_ASKED
        )
        self.unpriced = counter(
            "cost_unknown", "Answers and cells that were sent and whose cost isn't known.", *_ASKED
        )
        self.cells = counter("cells", "Cells of comparisons that ended.", *_ASKED, "state")
        self.cells_running = gauge("cells_running", "Cells of comparisons in progress here.")
        self.written = seconds(
            "log_write", "Writes to the log that were kept, with the wait for a turn.", _WRITE
        )
        self.failed = counter("log_write_failures", "Writes to the log that failed.", "code")
        self.refused = counter(
            "refused", "Requests and comparisons that a limit refused.", "limit", "scope"
        )
        self.visits = gauge("visits", "Tabs that are open here.")
