"""Whatever happens in whatever order: what is let through never passes a limit."""

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.spending.store import Bill, Limits, Rules
from db.store import open_store
from tests.support.fuzzing import examples
from tests.unit.db.make import Clock
from tests.unit.spending.making import charge

PEOPLE = st.sampled_from(["me", "you"])
MONEY = st.integers(0, 40).map(lambda n: Decimal(n) / 1000)
STEP = st.one_of(
    st.tuples(st.just("reserve"), PEOPLE, MONEY, st.integers(0, 3)),
    st.tuples(st.just("settle"), st.integers(0, 20), st.integers(0, 100)),
    st.tuples(st.just("release"), st.integers(0, 20)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 61, 3600, 86_400])),
)
RULES = Rules(
    Limits(images_day=5, usd_day=Decimal("0.1")), Limits(images_day=7, usd_month=Decimal("0.15"))
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, max_size=25))
def test_the_sum_of_what_is_let_through_never_passes_a_limit(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        store = open_store(f"sqlite:///{Path(folder)}/log.db", clock=clock)
        let_through: list[tuple[str, Decimal]] = []
        for n, step in enumerate(steps):
            match step:
                case ("reserve", owner, cost, images):
                    asked = charge(estimate=cost, images=images)
                    if store.usage.reserve(owner, f"r{n}", asked, RULES) is None:
                        let_through.append((f"{owner} r{n}", cost))
                case ("settle", which, percent) if which < len(let_through):
                    name, cost = let_through[which]
                    # A bill is at most what was reserved, or the sum may rise by itself.
                    store.usage.settle(*name.split(), Bill(cost * percent / 100))  # type: ignore[misc]
                case ("release", which) if which < len(let_through):
                    store.usage.release(*let_through[which][0].split())  # type: ignore[misc]
                case ("wait", seconds):
                    clock.pass_(seconds)
            for owner in ("me", "you"):
                used = store.usage.used(owner, RULES)
                assert used["person"].usd_day <= Decimal("0.1")
                assert used["person"].images <= 5
                assert used["everybody"].usd_month <= Decimal("0.15")
                assert used["everybody"].images <= 7
        store.close()
