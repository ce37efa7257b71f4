"""Ask a question the way the chat page does."""

from collections.abc import Callable

from components.chat.running.answers import Answers
from components.chat.running.job import Job
from components.chat.store import new_id
from components.chat.turn import Question, ask
from components.providers.base import Parameters, VisionClient
from components.providers.endpoints import Endpoint
from components.runner.retry import POLICY, Policy
from components.runner.runner import Runner
from components.spending import Budget
from db.store import Store

ENDPOINT = Endpoint(name="test", base_url="http://127.0.0.1:9/v1", api_key="sk-canary-123")


def answers_of(
    store: Store,
    policy: Policy = POLICY,
    *,
    budget: Budget | None = None,
    after: Callable[[Job], None] | None = None,
) -> Answers:
    """Of a process of its own; close its runner."""
    return Answers(Runner(budget=budget), store.conversations, policy, after)


def question(text: str = "What is this?", **changes: object) -> Question:
    fields: dict[str, object] = {
        "text": text,
        "images": (),
        "endpoint": ENDPOINT,
        "model": "gpt-4o",
        "parameters": Parameters(),
        "lang": "en",
    }
    return Question(**(fields | changes))  # type: ignore[arg-type]


def put(
    answers: Answers,
    store: Store,
    client: VisionClient,
    asked: Question | str = "What is this?",
    conversation_id: str | None = None,
    owner: str = "local",
) -> Job:
    """Ask and return the job at once."""
    if isinstance(asked, str):
        asked = question(asked)
    conversation_id = conversation_id or new_id()
    history = store.conversations.conversation(owner, conversation_id)
    return ask(answers, store.conversations, owner, asked, lambda: client, conversation_id, history)


def ended(job: Job, seconds: float = 20) -> Job:
    """Wait for the end of a job."""
    version, done = -1, False
    for _ in range(int(seconds * 10)):
        version, _, done = job.wait(version, 0.1)
        if done:
            return job
    raise AssertionError("the job has not ended")
