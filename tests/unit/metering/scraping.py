"""The figures as a monitoring system reads them: by HTTP."""

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prometheus_client.parser import text_string_to_metric_families

from components.metering import Meter, served
from tests.e2e.browser.running import free_port


class Figures:
    """What one scrape gave. text: all of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        families = text_string_to_metric_families(text)
        self.samples = [sample for family in families for sample in family.samples]

    def __call__(self, name: str, **labels: str) -> float:
        """The sum of `name` over all series that have these labels."""
        return sum(
            s.value for s in self.samples if s.name == name and labels.items() <= s.labels.items()
        )

    def values(self, label: str) -> set[str]:
        return {s.labels[label] for s in self.samples if label in s.labels}


def scrape(port: int) -> Figures:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return Figures(answer.read().decode())


@contextmanager
def scraped(meter: Meter) -> Iterator[Callable[[], Figures]]:
    """The meter's figures, served on a port of their own until the block ends."""
    port = free_port()
    with served(meter.registry, "127.0.0.1", port):
        yield lambda: scrape(port)


def once(look: Callable[[], Figures], holds: Callable[[Figures], bool]) -> Figures:
    """The first scrape for which `holds` does; figures come a moment after what they count."""
    until = time.monotonic() + 10
    while not holds(found := look()):
        assert time.monotonic() < until, found.text
        time.sleep(0.02)
    return found
