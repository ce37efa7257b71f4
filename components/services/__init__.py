"""What the whole process shares: the store, the runner, the endpoints' clients and model lists.

Holds nothing of any person and no key but those the server was started with.
"""

import secrets
import threading
from contextlib import suppress
from datetime import timedelta

from components.access.passes import Passes
from components.access.password import SharedPassword
from components.access.people import People
from components.chat.drafts import Drafts
from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.chat.store import AttemptResult
from components.compare.running.run_manager import Runs
from components.compare.spec import Column
from components.errors import AppError, ProviderError
from components.metering import Meter
from components.models import offered
from components.providers.base import VisionClient
from components.providers.endpoints import BUILTIN, Endpoint
from components.providers.listing import ModelIds
from components.providers.registry import client_for
from components.runner.runner import Runner
from components.services.lazy import Once
from components.services.model_lists import LIST_TIMEOUT, Listing, Listings
from components.services.ocr_queue import Reading
from components.services.readiness import Readiness
from components.services.settings import access, cookie_secret, settings
from components.services.surroundings import around
from components.services.warm_up import warm_reader, warm_up
from components.spending import Budget
from components.spending.charge import kind_of
from components.spending.store import Charge
from db.engine.readiness import Readiness as StoreReadiness
from db.engine.watched import WatchedDatabase
from db.store import Store, open_store

KEEP_DRAFTS = timedelta(days=7)  # since they changed last
UNDO_FOR = timedelta(hours=1)  # how long a deletion can be undone

_clients: dict[str, VisionClient] = {}
_lock = threading.Lock()


@Once
def store() -> Store:
    """The conversation log. Raises StoreError when it can't be opened."""
    with around.waiting():
        opened = open_store(settings().database_url)
    opened.database = WatchedDatabase(opened.database, meter().wrote, around.waiting)
    return opened


@Once
def meter() -> Meter:
    """Counts what happens in this process; see the setting METRICS_PORT for who reads it."""
    made = Meter(_offered)
    made.watch(answers=running_answers, cells=running_cells, visits=around.open_sessions)
    return made


@Once
def readiness() -> Readiness:
    """Whether a load balancer should send people here."""
    return Readiness(lambda: _store_readiness().check())


@Once
def _store_readiness() -> StoreReadiness:
    return StoreReadiness(store().database)


@Once
def runner() -> Runner:
    """Asks, for chats and comparisons."""
    return Runner(budget=budget(), per_endpoint=settings().per_endpoint)


@Once
def answers() -> Answers:
    """Answers of chats in progress."""
    return Answers(runner(), store().conversations, after=_answered)


@Once
def drafts() -> Drafts:
    """Keeps what isn't asked yet."""
    return Drafts(store().conversations, budget().fits)


@Once
def budget() -> Budget:
    """What may be spent, and who has spent it."""
    return Budget(store().usage, settings().limits, settings().quota, refused=meter().refused)


@Once
def people() -> People:
    """Who has signed in, and who is switched off."""
    return People(store().people)


@Once
def password_gate() -> SharedPassword:
    """Wrong ones are counted in the store, for all processes together."""
    return SharedPassword(access().password, store().people)


@Once
def passes() -> Passes:
    """Proof of having typed the password, which every process takes that has the same settings."""
    return Passes(access().password, cookie_secret() or secrets.token_hex())


@Once
def runs() -> Runs:
    """Comparisons in progress."""
    return Runs(runner(), store().comparisons, store().conversations.image, after=_compared)


@Once
def reading() -> Reading:
    """Keeps the text of pictures for the search; see the setting READ_IMAGES."""
    return Reading(
        store().conversations.set_image_text,
        lambda: running_answers() > 0,
        later=settings().read_images,
    )


def running_answers() -> int:
    """Answers of chats in progress in this process."""
    return answers().running if answers.made else 0


def running_cells() -> int:
    """Cells of comparisons in progress in this process."""
    return runs().running if runs.made else 0


def busy() -> bool:
    """Whether anything would be cut off if the process ended now."""
    return running_answers() + running_cells() > 0


def endpoints() -> tuple[Endpoint, ...]:
    """Where questions can be sent, the built-in reader last."""
    return (*settings().endpoints, BUILTIN)


def endpoint(name: str) -> Endpoint | None:
    return next((e for e in endpoints() if e.name == name), None)


def client(target: Endpoint) -> VisionClient:
    """The endpoint's one client; only ever used on the runner's loop, to which it is bound."""
    if target.own:
        raise ValueError("a person's endpoint is nobody else's")
    with _lock:
        if target.name not in _clients:
            _clients[target.name] = client_for(target)
        return _clients[target.name]


def models_of(target: Endpoint, wait: float = 2.0) -> Listing:
    """The endpoint's models; waits at most `wait` seconds for the first list of them."""
    return _listings.of(target, wait)


def listing_errors() -> list[ProviderError]:
    """Why the models of some endpoints are not known."""
    listings = (models_of(target, wait=0) for target in settings().endpoints)
    return [listing.error for listing in listings if listing.error]


def start() -> None:
    """Everything the first person would wait for: imports, the store, the runner, prices, models.

    A store that can't be opened doesn't keep the server from starting: the pages say why.
    """
    warm_up()
    try:
        answers()
        _store_readiness()
    except AppError:
        return
    for target in settings().endpoints:
        client(target)
        models_of(target, wait=0)
    if not settings().endpoints:
        threading.Thread(target=warm_reader, daemon=True).start()


def purge() -> None:
    """Remove for good what was deleted UNDO_FOR ago, drafts that haven't changed for KEEP_DRAFTS,
    and what is older than the setting RETENTION_DAYS, with its images. A busy store waits a
    turn."""
    with suppress(AppError):
        store().retention.purge_all(UNDO_FOR)
    days = settings().retention_days
    with suppress(AppError):
        shortest = KEEP_DRAFTS if days is None else min(KEEP_DRAFTS, timedelta(days=days))
        store().retention.purge_all_drafts(shortest)
    if days is not None:
        with suppress(AppError):
            store().retention.retire_all(timedelta(days=days))


def stop() -> None:
    """End what is running, keep what came, and give connections and the database back."""
    if drafts.made:
        drafts().close()
    if not runner.made:
        return
    reading().stop()
    runner().close(_clients.values())
    store().close()


def reset() -> None:
    """As a restart: the settings are read, the store is opened and clients are made anew."""
    stop()
    if store.made:
        store().close()
    made = (
        runs,
        answers,
        runner,
        drafts,
        budget,
        reading,
        store,
        people,
        password_gate,
        passes,
        settings,
        access,
    )
    for kept in (*made, meter, readiness, _store_readiness):
        kept.cache_clear()
    _listings.clear()
    _clients.clear()


def _answered(job: Job) -> None:
    reading().after(job.owner, job.request)
    if job.cell.reservation and job.result:
        meter().answered(job.cell.reservation.charge, job.result)


def _compared(column: Column, result: AttemptResult) -> None:
    asked = column.endpoint
    meter().compared(Charge(kind_of(asked), asked.name, asked.host, column.model), result)


def _offered(name: str) -> tuple[str, ...]:
    """The models of an endpoint, as far as they are known by now."""
    target = endpoint(name)
    return (target.models if target else ()) or _listings.known(name)


def _ask_for_models(target: Endpoint) -> ModelIds:
    found = runner().call(client(target).list_models, LIST_TIMEOUT)
    ends = getattr(found, "ends", {})
    return ModelIds(offered(found, ends), ends)


_listings = Listings(_ask_for_models)
