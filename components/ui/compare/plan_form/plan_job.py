"""What a spec comes to, worked out aside: the page goes on while images are prepared."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass

from components.compare.plan import Plan, plan
from components.compare.spec import Spec

SOON = 0.4  # seconds the page waits for it: images that were prepared before take less
# Threads of its own: a plan waits for the shared pool, in which it would keep a place.
_PLANS = ThreadPoolExecutor(2, thread_name_prefix="plan")


@dataclass(frozen=True)
class PlanJob:
    """A spec and its plan to be. `plan.result()` raises CompareError for what can't be asked."""

    spec: Spec
    plan: Future[Plan]

    @property
    def done(self) -> bool:
        return self.plan.done()


def planning(spec: Spec, known: PlanJob | None) -> PlanJob:
    """`known` where it is of the same spec, else a new one; waits a moment for it to be done."""
    if known is None or known.spec != spec:
        if known:
            known.plan.cancel()  # if it hasn't begun
        known = PlanJob(spec, _PLANS.submit(plan, spec))
    wait([known.plan], SOON)
    return known
