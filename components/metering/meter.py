"""Meter: what the parts of the app tell when something has happened. One per process."""

from collections.abc import Callable
from decimal import Decimal

from prometheus_client import CollectorRegistry, ProcessCollector

from components.chat.store import AttemptResult
from components.compare.store import state_of
from components.metering.instruments import Instruments
from components.metering.labels import Labels, Offered
from components.spending.store import Charge

Count = Callable[[], float]


class Meter:
    """Counts. Every method may be called from any thread and takes microseconds.

    registry: all figures, and those of the process (memory, CPU, open files; Linux alone).
    """

    def __init__(self, offered: Offered) -> None:
        """offered: the models that an endpoint of the server's offers, by the endpoint's name."""
        self.registry = CollectorRegistry()
        self._labels = Labels(offered)
        self._at = Instruments(self.registry)
        ProcessCollector(registry=self.registry)

    def watch(self, *, answers: Count, cells: Count, visits: Count) -> None:
        """What is in progress and open; asked whenever somebody reads the figures."""
        self._at.running.set_function(answers)
        self._at.cells_running.set_function(cells)
        self._at.visits.set_function(visits)

    def answered(self, charge: Charge, result: AttemptResult) -> None:
        """An answer of a chat has ended. charge: as it was reserved."""
        labels = self._labels.of(charge)
        self._at.answers.labels(**labels, outcome=result.outcome).inc()
        where = {name: labels[name] for name in ("kind", "endpoint")}
        if result.ms_first is not None:
            self._at.first.labels(**where).observe(result.ms_first / 1000)
        if result.ms_total is not None:
            self._at.whole.labels(**where).observe(result.ms_total / 1000)
        self._spent(labels, result)

    def compared(self, charge: Charge, result: AttemptResult) -> None:
        """A cell of a comparison has ended."""
        labels = self._labels.of(charge)
        self._at.cells.labels(**labels, state=state_of(result)).inc()
        self._spent(labels, result)

    def refused(self, limit: str, scope: str) -> None:
        """Nothing was sent. limit: requests_minute, images_day, ..., quota; scope: person or
        everybody."""
        self._at.refused.labels(limit, scope).inc()

    def wrote(self, seconds: float, code: str | None) -> None:
        """The store was written, or (code: of the StoreError) wasn't."""
        if code is None:
            self._at.written.observe(seconds)
        else:
            self._at.failed.labels(code).inc()

    def _spent(self, labels: dict[str, str], result: AttemptResult) -> None:
        tokens = {"input": result.input_tokens, "output": result.output_tokens}
        for direction, count in tokens.items():
            if count is not None and count > 0:
                self._at.tokens.labels(**labels, direction=direction).inc(count)
        if result.cost is None:
            if result.attempts:
                self._at.unpriced.labels(**labels).inc()
        elif result.cost > Decimal(0):
            self._at.cost.labels(**labels).inc(float(result.cost))
