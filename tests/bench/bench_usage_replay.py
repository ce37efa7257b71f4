"""How long the history what-if takes: `python -m tests.bench.bench_usage_replay`.

2,000 answers of the last 90 days, five to a conversation, among as many older ones. Prints,
asserts nothing.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components.chat.store import (
    AttemptResult,
    StoredAttempt,
    StoredConversation,
    StoredImage,
    StoredMessage,
)
from components.chat.usage_replay import replay_usage
from components.pricing import price_of, to_data
from db.conversations.conversations import Conversations
from db.store import Store, open_store

ANSWERS, RENDERS, DAYS = 2000, 5, 90
QUESTION = "What does the sign on the left say, and is 这张照片 from the same street? "
ANSWER = "The sign reads “Market Street 12”, and the photo shows the same corner. 招牌上写着。 " * 8


def talk(number: int, started: datetime) -> StoredConversation:
    """A conversation of five turns, with an image in each question but the last."""
    messages: list[StoredMessage] = []
    prices = to_data(price_of("gpt-4o"))
    for n in range(RENDERS):
        before = messages[-1].id if messages else None
        name = f"{number}-{n}"
        picture = StoredImage(
            None, "a.jpg", "high", 768, 1024, 3024, 4032, 765, url="https://x.test/a"
        )
        shown = (picture,) if n < RENDERS - 1 else ()
        question = StoredMessage(
            f"q{name}", "user", f"{QUESTION}{name}", started, shown, None, before
        )
        result = AttemptResult(
            "ok",
            f"{ANSWER}{name}",
            usage_source="reported",
            input_tokens=900,
            output_tokens=200,
            cached_tokens=0,
            cost=Decimal("0.004"),
        )
        attempt = StoredAttempt(
            f"t{name}",
            "OpenAI",
            "api.openai.com",
            "gpt-4o",
            {"system": "Be brief.", "lang": "en", "context": {}},
            started,
            880,
            Decimal("0.0022"),
            prices,
            result,
        )
        answer = StoredMessage(
            f"a{name}", "assistant", result.text, started, (), attempt, question.id
        )
        messages += [question, answer]
    return StoredConversation(f"c{number}", f"Talk {number}", started, started, tuple(messages))


def fill(store: Store) -> None:
    """Write twice as many answers as are asked for: of the last 90 days, and of those before."""
    count, now = 2 * ANSWERS // RENDERS, datetime.now(UTC)
    restore = Conversations.restore.__wrapped__  # many to a commit, only to be quick
    with store.database.write() as connection:
        for number in range(count):
            started = now - timedelta(days=2 * DAYS * (number + 0.5) / count)
            restore(store.conversations, connection, "me", talk(number, started), ())


def timed(name: str, work: Callable[[], object], times: int = 5) -> None:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name}: first {taken[0]:.0f} ms, median {statistics.median(taken):.0f} ms")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/log.db")
        fill(store)
        since = datetime.now(UTC) - timedelta(days=DAYS)
        uses = store.answers.usage_since("me", since)
        print(f"{len(uses):,} answers, {sum(len(u.history) for u in uses):,} messages sent again")
        timed("usage_since", lambda: store.answers.usage_since("me", since))
        timed("rehearse, nothing else", lambda: replay_usage(uses))
        timed("rehearse, another model", lambda: replay_usage(uses, model="gpt-4o-mini"))
        timed("rehearse, another tokenizer", lambda: replay_usage(uses, model="gpt-4-turbo"))
        timed("rehearse, images dropped", lambda: replay_usage(uses, rule="drop"))
        timed("rehearse, last turn", lambda: replay_usage(uses, rule=1))
        found = replay_usage(uses, rule="drop").total
        print(f"dropping old images: {found.share:+.1%}, {found.as_estimated} -> {found.what_if}")
        store.close()


if __name__ == "__main__":
    main()
