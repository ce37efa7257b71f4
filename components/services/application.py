"""App: what a process has one of, the store, the runner, the endpoints' clients and model lists.

Holds nothing of any person and no key but those the server was started with.
"""

import secrets
import threading
from contextlib import suppress
from datetime import timedelta

from components.access.passes import Passes
from components.access.password import SharedPassword
from components.access.people import People
from components.access.rules import Rules as AccessRules
from components.cases.running.run_manager import CaseRuns
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
from components.providers.builtin_reader.reading_process import shared_process
from components.providers.endpoints import BUILTIN, Endpoint
from components.providers.listing import ModelIds
from components.providers.registry import client_for
from components.runner.runner import Runner
from components.services.made_once import made_once
from components.services.model_lists import LIST_TIMEOUT, Listing, Listings
from components.services.ocr_queue import Reading
from components.services.readiness import Readiness
from components.services.settings import Settings, cookie_secret, read_access, read_settings
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


class App:
    """Made where a server starts, and by a command or a test that needs one. Each part is made by
    whoever asks for it first."""

    def __init__(self) -> None:
        self._clients: dict[str, VisionClient] = {}
        self._lock = threading.Lock()
        self._listings = Listings(self._ask_for_models)

    @made_once
    def settings(self) -> Settings:
        """What the server was started with. Read once: a change needs a restart."""
        return read_settings()

    @made_once
    def access(self) -> AccessRules:
        """Who may come in. Raises AccessConfigError where nobody must."""
        return read_access()

    @made_once
    def store(self) -> Store:
        """The conversation log. Raises StoreError when it can't be opened."""
        with around.waiting():
            opened = open_store(self.settings().database_url)
        opened.database = WatchedDatabase(opened.database, self.meter().wrote, around.waiting)
        return opened

    @made_once
    def meter(self) -> Meter:
        """Counts what happens in this process; see the setting METRICS_PORT for who reads it."""
        made = Meter(self._offered)
        made.watch(
            answers=self.running_answers, cells=self.running_cells, visits=around.open_sessions
        )
        return made

    @made_once
    def readiness(self) -> Readiness:
        """Whether a load balancer should send people here."""
        return Readiness(lambda: self._store_readiness().check())

    @made_once
    def _store_readiness(self) -> StoreReadiness:
        return StoreReadiness(self.store().database)

    @made_once
    def runner(self) -> Runner:
        """Asks, for chats and comparisons."""
        return Runner(budget=self.budget(), per_endpoint=self.settings().per_endpoint)

    @made_once
    def answers(self) -> Answers:
        """Answers of chats in progress."""
        made = Answers(self.runner(), self.store().conversations, after=self._answered)
        shared_process().hold = lambda: made.sending
        return made

    @made_once
    def drafts(self) -> Drafts:
        """Keeps what isn't asked yet."""
        return Drafts(self.store().conversations, self.budget().fits)

    @made_once
    def budget(self) -> Budget:
        """What may be spent, and who has spent it."""
        return Budget(
            self.store().usage,
            self.settings().limits,
            self.settings().quota,
            refused=self.meter().refused,
        )

    @made_once
    def people(self) -> People:
        """Who has signed in, and who is switched off."""
        return People(self.store().people)

    @made_once
    def password_gate(self) -> SharedPassword:
        """Wrong ones are counted in the store, for all processes together."""
        return SharedPassword(self.access().password, self.store().people)

    @made_once
    def passes(self) -> Passes:
        """Proof of having typed the password; every process with the same settings takes it."""
        return Passes(self.access().password, cookie_secret() or secrets.token_hex())

    @made_once
    def runs(self) -> Runs:
        """Comparisons in progress."""
        return Runs(
            self.runner(),
            self.store().comparisons,
            self.store().conversations.image,
            after=self._compared,
        )

    @made_once
    def case_runs(self) -> CaseRuns:
        """Runs of cases in progress."""
        return CaseRuns(
            self.runner(),
            self.store().case_runs,
            self.store().conversations.image,
            after=self._compared,
        )

    @made_once
    def reading(self) -> Reading:
        """Keeps the text of pictures for the search; see the setting READ_IMAGES."""
        return Reading(
            self.store().conversations.set_image_text,
            lambda: self.running_answers() > 0,
            shared_process(),
            later=self.settings().read_images,
        )

    def running_answers(self) -> int:
        """Answers of chats in progress in this process."""
        return self.answers().running if self.answers.made else 0

    def running_cells(self) -> int:
        """Cells of comparisons and requests of cases in progress in this process."""
        cases = self.case_runs().running if self.case_runs.made else 0
        return cases + (self.runs().running if self.runs.made else 0)

    def busy(self) -> bool:
        """Whether anything would be cut off if the process ended now."""
        return self.running_answers() + self.running_cells() > 0

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Where questions can be sent, the built-in reader last."""
        return (*self.settings().endpoints, BUILTIN)

    def endpoint(self, name: str) -> Endpoint | None:
        return next((e for e in self.endpoints() if e.name == name), None)

    def client(self, target: Endpoint) -> VisionClient:
        """The endpoint's one client; only ever used on the runner's loop, to which it is bound."""
        if target.own:
            raise ValueError("a person's endpoint is nobody else's")
        with self._lock:
            if target.name not in self._clients:
                self._clients[target.name] = client_for(target)
            return self._clients[target.name]

    def models_of(self, target: Endpoint, wait: float = 2.0) -> Listing:
        """The endpoint's models; waits at most `wait` seconds for the first list of them."""
        return self._listings.of(target, wait)

    def listing_errors(self) -> list[ProviderError]:
        """Why the models of some endpoints are not known."""
        listings = (self.models_of(target, wait=0) for target in self.settings().endpoints)
        return [listing.error for listing in listings if listing.error]

    def start(self) -> None:
        """All that the first person would wait for: imports, the store, the runner, prices, models.

        A store that can't be opened doesn't keep the server from starting: the pages say why.
        """
        warm_up()
        try:
            self.answers()
            self._store_readiness()
        except AppError:
            return
        for target in self.settings().endpoints:
            self.client(target)
            self.models_of(target, wait=0)
        if not self.settings().endpoints:
            threading.Thread(target=warm_reader, daemon=True).start()

    def purge(self) -> None:
        """Remove for good what was deleted UNDO_FOR ago, drafts unchanged for KEEP_DRAFTS,
        and what is older than the setting RETENTION_DAYS, with its images. A busy store waits a
        turn."""
        with suppress(AppError):
            self.store().retention.purge_all(UNDO_FOR)
        days = self.settings().retention_days
        with suppress(AppError):
            shortest = KEEP_DRAFTS if days is None else min(KEEP_DRAFTS, timedelta(days=days))
            self.store().retention.purge_all_drafts(shortest)
        if days is not None:
            with suppress(AppError):
                self.store().retention.retire_all(timedelta(days=days))

    def stop(self) -> None:
        """End what is running, keep what came, and give connections and the database back."""
        if self.drafts.made:
            self.drafts().close()
        if self.runner.made:
            self.reading().stop()
            shared_process().close()
            self.runner().close(self._clients.values())
        if self.store.made:
            self.store().close()

    def _answered(self, job: Job) -> None:
        self.reading().after(job.owner, job.request)
        if job.cell.reservation and job.result:
            self.meter().answered(job.cell.reservation.charge, job.result)

    def _compared(self, column: Column, result: AttemptResult) -> None:
        asked = column.endpoint
        self.meter().compared(Charge(kind_of(asked), asked.name, asked.host, column.model), result)

    def _offered(self, name: str) -> tuple[str, ...]:
        """The models of an endpoint, as far as they are known by now."""
        target = self.endpoint(name)
        return (target.models if target else ()) or self._listings.known(name)

    def _ask_for_models(self, target: Endpoint) -> ModelIds:
        found = self.runner().call(self.client(target).list_models, LIST_TIMEOUT)
        ends = getattr(found, "ends", {})
        return ModelIds(offered(found, ends), ends)
