"""The chat page while another process answers, and while the store is away."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from components import services
from components.errors import StoreError
from components.i18n import t
from db.store import open_store
from tests.pages.visiting import KEY, Person, configure
from tests.support.loopback.server import Loopback
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, put

MODEL = "fake-tokens-30-50-1"  # 1.5 s


class AwayStore:
    """A store of the store that can be away."""

    def __init__(self, database: Any) -> None:
        self._database, self.away = database, False

    @contextmanager
    def read(self) -> Iterator[Any]:
        with self._unless_away(), self._database.read() as connection:
            yield connection

    @contextmanager
    def write(self, owner: str = "") -> Iterator[Any]:
        with self._unless_away(), self._database.write(owner) as connection:
            yield connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._database, name)

    @contextmanager
    def _unless_away(self) -> Iterator[None]:
        if self.away:
            raise StoreError("store_busy")
        yield


def test_an_answer_of_another_process_is_shown_to_its_end(person: Person) -> None:
    store = open_store(services.app().settings().database_url)
    answers = answers_of(store)
    client = FakeClient()
    client.enqueue("Once ", 2.5, "upon a time", finish())
    owner = person.look().remembers.owner
    job = put(answers, store, client, owner=owner)
    other = Person(c=job.conversation_id).look()
    assert other.answers[-1] == "Once upon a time"
    assert "stop" not in other.keys
    assert services.app().answers().run(owner, job.conversation_id) is None
    answers.runner.close()
    store.close()


def test_an_answer_that_ends_while_the_store_is_away_is_on_the_page_and_then_in_the_store(
    person: Person, loopback: Loopback, tmp_path: Path
) -> None:
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=[MODEL])
    owner = person.look().remembers.owner
    store = services.app().store()
    database = AwayStore(store.database)
    store.database = database  # type: ignore[assignment]
    seen: list[bool] = []

    def go_and_come_back() -> None:
        until(lambda: services.app().answers().running)
        until(lambda: store.history.page(owner))
        job = services.app().answers().run(owner, store.history.page(owner)[0].id)
        database.away = True
        until(lambda: not services.app().answers().running)
        assert job
        seen.append(services.app().answers().saving(job))
        time.sleep(1)
        database.away = False

    away = threading.Thread(target=go_and_come_back)
    away.start()
    person.ask("Count for me")
    away.join(20)
    assert seen == [True]
    assert person.answers[-1].strip().endswith("n29 n30")
    assert person.errors == []
    assert t("en", "ui.chat.not_saved") not in [each.value for each in person.at.warning]
    kept = store.conversations.conversation(
        person.remembers.owner, person.remembers.chat.conversation_id or ""
    )
    assert kept
    assert kept.messages[-1].attempt
    assert kept.messages[-1].attempt.result.outcome == "ok"
