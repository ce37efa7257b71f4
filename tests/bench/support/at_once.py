"""20 questions at once, without pages: through our runner and store, and each in a thread with a
client of its own, as a plain page asks. Browsers are left out: 20 of them would measure the
browsers."""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from openai import OpenAI

from components.chat.running.answers import Answers
from components.chat.store import new_id
from components.chat.turn import Question
from components.chat.turn import ask as ask_hub
from components.providers.base import Parameters
from components.providers.endpoints import Endpoint as Target
from components.providers.endpoints import endpoints_from
from components.providers.registry import client_for
from components.runner.runner import Runner
from db.store import open_store
from tests.bench.support.stopwatch import Endpoint

N = 20
KEY = "sk-bench"


@dataclass(frozen=True)
class AtOnce:
    """ms. arrival: from the first submission to the last arrival; last: median of last byte to
    whole text; cpu: of this process, the asking included."""

    arrival: float
    last: float
    cpu: float


def runner_at_once(endpoint: Endpoint, database: Path, model: str) -> AtOnce:
    """20 askers of one runner, with a store on disk."""
    table = {"base_url": endpoint.base_url, "api_key": KEY, "models": [model]}
    target: Target = endpoints_from({}, {"endpoints": {"loop": table}})[0][0]
    store = open_store(f"sqlite:///{database}")
    kept = store.conversations
    answers, client = Answers(Runner(), kept), client_for(target)

    def one(number: int) -> float:
        question = Question(f"Question {number}", (), target, model, Parameters(), "en")
        job = ask_hub(answers, kept, "local", question, lambda: client, new_id(), None)
        version, done = -1, False
        while not done:
            version, _, done = job.wait(version, 10.0)
        return time.perf_counter()

    try:
        return _measure(endpoint, one)
    finally:
        answers.runner.close([client])
        store.close()


def threads_at_once(endpoint: Endpoint, model: str) -> AtOnce:
    """20 threads, each with its own client of the openai package."""

    def one(number: int) -> float:
        client = OpenAI(base_url=endpoint.base_url, api_key=KEY)
        stream = client.chat.completions.create(
            model=model,
            messages=[{"role": "user", "content": f"Question {number}"}],
            stream=True,
        )
        "".join(c.choices[0].delta.content or "" for c in stream if c.choices)
        return time.perf_counter()

    return _measure(endpoint, one)


def _measure(endpoint: Endpoint, one: Callable[[int], float]) -> AtOnce:
    before = endpoint.count()
    cpu, start = time.process_time(), time.perf_counter()
    with ThreadPoolExecutor(N) as pool:
        ended = sorted(pool.map(one, range(N)))
    used = time.process_time() - cpu
    notes = [endpoint.latest(before + n) for n in range(N)]
    arrived = max(float(n["arrived"]) for n in notes)  # type: ignore[arg-type]
    last = sorted(n["written"][-1] for n in notes)  # type: ignore[index]
    waits = [end - byte for end, byte in zip(ended, last, strict=True)]
    return AtOnce(1000 * (arrived - start), 1000 * statistics.median(waits), 1000 * used)
