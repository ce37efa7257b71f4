"""Whatever a writer raises, the answer ends, and the conversation goes on."""

from typing import Any

import pytest

from components.chat.running.answers import Answers
from components.providers.base import Usage
from components.spending import Budget
from db.store import Store
from tests.support.waiting import until
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.questions import answers_of, ended, put


class Refusing:
    """A store, or a part of one, in which the calls of these names fail as nobody foresaw."""

    def __init__(self, kept: Any, *names: str) -> None:
        self._kept, self._names = kept, names

    @property
    def conversations(self) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        if name not in self._names:
            return getattr(self._kept, name)

        def fail(*_: Any, **__: Any) -> Any:
            raise OverflowError(name)

        return fail


@pytest.mark.parametrize("usage", [Usage(2**63, 1), Usage(1, 2**70), Usage(5, 1, cached=2**64)])
def test_figures_beyond_any_column_leave_no_answer_open(
    answers: Answers, store: Store, usage: Usage
) -> None:
    client = FakeClient()
    client.enqueue("All is well.", finish(usage=usage))
    client.enqueue("Still well.", finish(usage=Usage(5, 1)))
    job = ended(put(answers, store, client))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept
    assert kept.messages[1].attempt
    assert kept.messages[1].attempt.result.outcome != "running"
    assert kept.messages[1].text == "All is well."
    assert (
        ended(put(answers, store, client, conversation_id=job.conversation_id)).text
        == "Still well."
    )


def test_an_answer_that_cannot_be_settled_ends(store: Store) -> None:
    budget = Budget(Refusing(store.usage, "settle", "release"))
    answers = answers_of(store, budget=budget)
    client = FakeClient()
    client.enqueue("All is well.", finish())
    try:
        assert ended(put(answers, store, client)).text == "All is well."
    finally:
        answers.runner.close()


def test_a_store_that_takes_no_end_keeps_no_conversation_busy(store: Store) -> None:
    refusing = Refusing(store.conversations, "finish")
    answers = answers_of(refusing)  # type: ignore[arg-type]
    client = FakeClient()
    client.enqueue("All is well.", finish())
    client.enqueue("Still well.", finish())
    try:
        job = ended(put(answers, store, client))
        assert isinstance(job.store_error, OverflowError)  # the page says that it isn't kept
        assert not answers.saving(job)
        again = ended(put(answers, store, client, conversation_id=job.conversation_id))
        assert again.text == "Still well."
        kept = store.conversations.conversation("local", job.conversation_id)
        assert kept
        assert answers.answering("local", kept) is None
    finally:
        answers.runner.close()


@pytest.mark.parametrize(
    "place",
    [
        "components.runner.runner.ending_of",
        "components.runner.runner.is_answer",
        "components.chat.running.job.pictures_of",
        "components.runner.result_writer.settle",
        "components.runner.result_writer.bill_of",
        "components.runner.result_writer.without_figures",
        "components.spending.Budget.settle",
        "components.spending.Budget.beat",
        "db.conversations.conversations.Conversations.finish",
        "db.usage.usage.Usage.settle",
        "db.conversations.conversations.Conversations.progress_of_all",
        "db.usage.usage.Usage.keep_reserved",
    ],
)
def test_whatever_a_writer_raises_the_answer_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    answers = answers_of(store, budget=Budget(store.usage), after=lambda _: fail())
    client = FakeClient()
    client.enqueue("All is well.", finish())
    client.enqueue("Still well.", finish())

    def fail(*_: Any, **__: Any) -> Any:
        raise OverflowError(place)

    try:
        with monkeypatch.context() as patch:
            patch.setattr(place, fail)
            job = put(answers, store, client)
            answers.runner.writer.beat([answers.heartbeat])
            assert ended(job).text == "All is well."
        again = ended(put(answers, store, client, conversation_id=job.conversation_id))
        assert again.text == "Still well."
        assert again.store_error is None
    finally:
        answers.runner.close()


def test_one_answer_that_cannot_be_noted_keeps_no_other_from_its_heartbeat(store: Store) -> None:
    class Choosy(Refusing):
        def progress_of_all(self, so_far: Any) -> Any:
            if any("bad" in each.text for theirs in so_far.values() for each in theirs.values()):
                raise OverflowError("progress")
            return store.conversations.progress_of_all(so_far)

    answers = answers_of(Choosy(store.conversations))  # type: ignore[arg-type]
    bad, good = FakeClient(), FakeClient()
    bad.enqueue("bad", 30.0)
    good.enqueue("good", 30.0)
    try:
        put(answers, store, bad)
        job = put(answers, store, good)

        def noted() -> bool:
            kept = store.conversations.conversation("local", job.conversation_id)
            return kept is not None and kept.messages[1].text == "good"

        until(noted, 20, "the other answer was never noted")
    finally:
        answers.runner.close()
