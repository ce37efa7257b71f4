"""What the commands that ask need of the app around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.cases.errors import CaseError
from components.cases.running.run import Make
from components.cases.running.run_manager import CaseRuns
from components.cases.store import CaseStore
from components.cases.store.runs import RunStore, StoredRun
from components.chat.store import ImageOf
from components.compare.spec import Column
from components.providers.endpoints import BUILTIN, Endpoint


@dataclass(frozen=True)
class Services:
    """owner: whose runs and sets they are. make: gives an endpoint's client. keys: masked in
    reports."""

    owner: str
    store: RunStore
    sets: CaseStore
    runs: CaseRuns
    endpoints: Sequence[Endpoint]
    image_of: ImageOf
    make: Make
    keys: Sequence[str] = ()


Open = Callable[[], Services]


def column_for(services: Services, model: str, name: str | None = None) -> Column:
    """Whom to ask: at the endpoint of this name, else at one that has the model, else at the first
    that is set up. Raises CaseError (case_endpoint)."""
    if name is not None:
        return Column(_named(services, name), model)
    having = [each for each in services.endpoints if model in each.models]
    others = [each for each in services.endpoints if each.kind != BUILTIN.kind]
    found = next(iter([*having, *others]), None)
    if found is None:
        raise CaseError("case_endpoint", name=model)
    return Column(found, model)


def columns_of(services: Services, stored: StoredRun) -> list[Column]:
    """Whom a run asks, with their endpoints. Raises CaseError (case_endpoint)."""
    return [Column(_named(services, s.endpoint), s.model) for s in stored.run.whom]


def stored_run(services: Services, run_id: str) -> StoredRun:
    """Raises CaseError (case_run_unknown)."""
    found = services.store.case_run(services.owner, run_id)
    if found is None:
        raise CaseError("case_run_unknown", id=run_id[:80])
    return found


def _named(services: Services, name: str) -> Endpoint:
    found = next((each for each in services.endpoints if each.name == name), None)
    if found is None:
        raise CaseError("case_endpoint", name=name[:80])
    return found
