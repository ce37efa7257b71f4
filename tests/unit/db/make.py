"""Turns, results and a clock for the store's tests."""

import hashlib
import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components.access.store import Identity
from components.chat.store import (
    AttemptResult,
    DraftedImage,
    HistoryFilter,
    NewImage,
    NewTurn,
    Progress,
    StoredConversation,
    StoredImage,
    StoredMessage,
)
from components.sharing.store import Share
from components.spending.store import Bill, Charge, Limits, Rules
from db.engine.repository import Repository
from db.search.text import scope_of
from db.store import Store
from tests.support.databases import Raw
from tests.unit.db.case_running import ended, run
from tests.unit.db.casing import case, case_set
from tests.unit.db.comparing import comparison

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
# The table of what came from people who are nobody yet.
NOBODYS = {"wrong_passwords"}

IDENTITY = Identity("https://login.example", "17", "me@example.org", "Me", START)


def progress(
    store: Store, owner: str, attempt_id: str, text: str, reasoning: str = ""
) -> bool | None:
    """A heartbeat of one answer, with what came of it so far."""
    so_far = {owner: {attempt_id: Progress(text, reasoning)}}
    return store.conversations.progress_of_all(so_far)[owner][attempt_id]


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def content(word: str) -> NewImage:
    """Bytes whose hash depends on `word`."""
    raw = f"image {word}".encode()
    return NewImage(hashlib.sha256(raw).hexdigest(), raw, "image/png", f"small {word}".encode())


def shown(kept: NewImage | None, **other: object) -> StoredImage:
    """An image of a message; without `kept` one that was given by URL."""
    values: dict[str, object] = {
        "hash": kept.hash if kept else None,
        "name": "cat.png",
        "detail": "high",
        "width": 640,
        "height": 480,
        "original_width": 6400,
        "original_height": 4800,
        "tokens": 765,
    }
    return StoredImage(**(values | other))  # type: ignore[arg-type]


def turn(name: str = "1", **other: object) -> NewTurn:
    """A turn whose ids end in `name`, in the conversation `conversation_id` (default: own)."""
    kept = content(name)
    values: dict[str, object] = {
        "conversation_id": f"c{name}",
        "title": f"Title {name}",
        "user_message_id": f"u{name}",
        "answer_message_id": f"a{name}",
        "attempt_id": f"t{name}",
        "text": f"What is this? {name}",
        "images": [shown(kept)],
        "contents": [kept],
        "endpoint": "Local",
        "host": "127.0.0.1:8000",
        "model": "llava",
        "parameters": {"temperature": 0.2, "system": "看图"},
        "estimated_input_tokens": 801,
        "estimated_cost": Decimal("0.00120150"),
        "prices": {"input": "1.50", "output": "6.00"},
        "started_at": START,
    }
    return NewTurn(**(values | other))  # type: ignore[arg-type]


DONE = AttemptResult("ok", "A cat.", cost=Decimal("0.0012"))


def rows_of(store: Store | str, owner: str | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, or of one owner, read past our own code. store: it or its URL."""
    raw = Raw(store if isinstance(store, str) else url_of(store))
    names = [name for name in raw.tables() if not (owner and name in NOBODYS)]
    queries: list[tuple[str, tuple[object, ...]]] = []
    for name in names:
        index = name == "search_index"
        mine = scope_of(owner or "") if index else owner
        where = f"WHERE {'scope' if index else 'owner'} = ?" if owner else ""
        query = f"SELECT {'rowid, *' if index else '*'} FROM {name} {where}"
        queries.append((query, (mine,) if owner else ()))
    found = raw.run_all(queries)
    return {name: sorted(rows, key=repr) for name, rows in zip(names, found, strict=True)}


def url_of(store: Store) -> str:
    """Where it lies."""
    return store.database.engine.url.render_as_string(hide_password=False)


def methods(store: Store) -> dict[str, Callable[..., object]]:
    """Every method of every repository of a store, as "repository.method"."""
    return {
        f"{place}.{name}": method
        for place, repository in vars(store).items()
        if isinstance(repository, Repository)
        for name, method in vars(type(repository)).items()
        if inspect.isfunction(method)
    }


def scenario_id(store: Store) -> str:
    """The id of a scenario of "me", which the store itself makes up, read past our own code."""
    found = rows_of(store, "me")["scenarios"]
    return str(found[0][1]) if found else "none"


def share(owner: str = "me", **other: object) -> Share:
    """An open share of turn("1")'s conversation."""
    values: dict[str, object] = {
        "id": "s1",
        "owner": owner,
        "kind": "conversation",
        "target_id": "c1",
        "created_at": START,
        "ends_at": START + timedelta(days=7),
    }
    return Share(**(values | other))  # type: ignore[arg-type]


CHARGE = Charge("server", "Local", "127.0.0.1:8000", "llava", 2, Decimal("0.01"), "t1")
OWN_LIMITS = Rules(Limits(10, 20, Decimal(1), Decimal(5)))


def fill(store: Store, owner: str = "me") -> None:
    """What CALLS meet: turn("1") with a label, a scenario, a vote, comparison("1"), a set and
    run("1")."""
    store.conversations.begin_turn(owner, turn())
    store.scenarios.save(owner, "First", "v=1")
    store.votes.cast(owner, "cost", "zh", False)
    store.comparisons.begin_comparison(owner, *comparison("1"))
    store.case_runs.begin_run(owner, *run("1"))
    store.shares.add(owner, share(owner), f"hash of {owner}'s")
    store.shares.let_team_read(owner, "c1", "Me")
    store.people.see(owner, IDENTITY)
    store.usage.reserve(owner, "r1", CHARGE, OWN_LIMITS)
    store.labels.add(owner, "l1", "t1", "wrong", "23")
    store.cases.create(owner, "set1", *case_set(), "file")


EVERY_FILTER = HistoryFilter(
    text="what 图",
    models=("llava",),
    since=START,
    until=START + timedelta(days=1),
    with_images=True,
    starred=False,
    tag="work",
    min_cost=Decimal(0),
    max_cost=Decimal(1),
)
RESTORED = StoredConversation(
    id="c9",
    title="From elsewhere",
    created_at=START,
    updated_at=START,
    messages=(StoredMessage("u9", "user", "Asked elsewhere", START, (shown(content("9")),)),),
    tags=("old",),
)

# One call of each method that touches rows, with the ids of `fill`: name -> call(store, owner).
# A test fails when a public method is missing here.
CALLS: dict[str, Callable[[Store, str], object]] = {
    "conversations.begin_turn": lambda store, owner: store.conversations.begin_turn(
        owner, turn(text="Mine?", title="Mine")
    ),
    "conversations.progress_of_all": lambda store, owner: progress(store, owner, "t1", "changed"),
    "conversations.attempt": lambda store, owner: store.conversations.attempt(owner, "t1"),
    "conversations.states": lambda store, owner: store.conversations.states(owner, ["c1"]),
    "conversations.ask_stop": lambda store, owner: store.conversations.ask_stop(owner, "c1"),
    "conversations.ask_stop_all": lambda store, owner: store.conversations.ask_stop_all(owner),
    "conversations.finish": lambda store, owner: store.conversations.finish(
        owner, "t1", AttemptResult("ok", "changed")
    ),
    "conversations.conversation": lambda store, owner: store.conversations.conversation(
        owner, "c1"
    ),
    "conversations.image": lambda store, owner: store.conversations.image(owner, content("1").hash),
    "conversations.thumbnail": lambda store, owner: store.conversations.thumbnail(
        owner, content("1").hash
    ),
    "history.page": lambda store, owner: (
        store.history.page(owner) + store.history.page(owner, EVERY_FILTER)
    ),
    "history.count": lambda store, owner: (
        store.history.count(owner) + store.history.count(owner, EVERY_FILTER)
    ),
    "history.models_used": lambda store, owner: store.history.models_used(owner),
    "answers.drift": lambda store, owner: store.answers.drift(owner, turn().model),
    "history.tags": lambda store, owner: store.history.tags(owner),
    "history.star": lambda store, owner: store.history.star(owner, ["c1"]),
    "history.rename": lambda store, owner: store.history.rename(owner, "c1", "Renamed"),
    "history.tag": lambda store, owner: store.history.tag(owner, ["c1"], "work"),
    "history.untag": lambda store, owner: store.history.untag(owner, ["c1"], "work"),
    "conversations.keep_draft": lambda store, owner: store.conversations.keep_draft(
        owner, "d1", [DraftedImage(content("1").hash, "cat.png", "low")], [content("1")]
    ),
    "conversations.draft": lambda store, owner: store.conversations.draft(owner, "d1"),
    "conversations.all_drafts": lambda store, owner: store.conversations.all_drafts(owner),
    "retention.purge_drafts": lambda store, owner: store.retention.purge_drafts(
        owner, timedelta(0)
    ),
    "conversations.set_image_text": lambda store, owner: store.conversations.set_image_text(
        owner, content("1").hash, "read"
    ),
    "answers.usage_since": lambda store, owner: store.answers.usage_since(owner, START),
    "people.see": lambda store, owner: store.people.see(owner, IDENTITY),
    "people.find": lambda store, owner: store.people.find(owner),
    "people.give_role": lambda store, owner: store.people.give_role(owner, "viewer"),
    "people.switch": lambda store, owner: store.people.switch(owner, off=True),
    "people.sign_out": lambda store, owner: store.people.sign_out(owner),
    "scenarios.save": lambda store, owner: store.scenarios.save(owner, "Mine", "v=1") and None,
    "scenarios.all": lambda store, owner: store.scenarios.all(owner),
    "scenarios.rename": lambda store, owner: store.scenarios.rename(
        owner, scenario_id(store), "Renamed"
    ),
    "scenarios.delete": lambda store, owner: store.scenarios.delete(owner, scenario_id(store)),
    "votes.cast": lambda store, owner: store.votes.cast(owner, "cost", "en", True),
    "votes.find": lambda store, owner: store.votes.find(owner, "cost"),
    "votes.all": lambda store, owner: store.votes.all(owner),
    "labels.add": lambda store, owner: store.labels.add(owner, "l2", "t1", "right"),
    "labels.of_conversation": lambda store, owner: store.labels.of_conversation(owner, "c1"),
    "labels.all": lambda store, owner: store.labels.all(owner, ["right", "wrong"]),
    "labels.history": lambda store, owner: store.labels.history(owner),
    # Like begin_turn it makes an own one for whoever asks.
    "cases.create": lambda store, owner: (
        store.cases.create(owner, "set1", *case_set("Mine?"), "hand") and None
    ),
    "cases.sets": lambda store, owner: store.cases.sets(owner),
    "cases.summary": lambda store, owner: store.cases.summary(owner, "set1"),
    "cases.page": lambda store, owner: store.cases.page(owner, "set1", words="question 1"),
    "cases.count": lambda store, owner: store.cases.count(owner, "set1", "question"),
    "cases.case": lambda store, owner: store.cases.case(owner, "set1", "k1"),
    "cases.whole": lambda store, owner: store.cases.whole(owner, "set1", 1),
    "cases.images": lambda store, owner: store.cases.images(owner, "set1"),
    "cases.put": lambda store, owner: store.cases.put(
        owner, "set1", [case("k1", "Changed?"), case("k9")], {}
    ),
    "cases.remove": lambda store, owner: store.cases.remove(owner, "set1", ["k2"]),
    "cases.put_back": lambda store, owner: store.cases.put_back(owner, "set1", 3),
    "cases.rename": lambda store, owner: store.cases.rename(owner, "set1", "Renamed"),
    "cases.finished_runs": lambda store, owner: store.cases.finished_runs(owner, "set1"),
    "cases.delete": lambda store, owner: store.cases.delete(owner, "set1"),
    "cases.undo_delete": lambda store, owner: store.cases.undo_delete(owner, "set1"),
    "comparisons.begin_comparison": lambda store, owner: store.comparisons.begin_comparison(
        owner, *comparison("1")
    ),
    "comparisons.comparison_progress": lambda store, owner: store.comparisons.comparison_progress(
        owner, "cmp1", {"cell1-0": Progress("changed")}
    ),
    "comparisons.ask_stop_cells": lambda store, owner: store.comparisons.ask_stop_cells(
        owner, "cmp1", cells=["cell1-0"], column=0
    ),
    "comparisons.ask_stop_all_cells": lambda store, owner: store.comparisons.ask_stop_all_cells(
        owner
    ),
    "comparisons.stop_cells": lambda store, owner: store.comparisons.stop_cells(
        owner, "cmp1", ["cell1-1"]
    ),
    "comparisons.finish_cell": lambda store, owner: store.comparisons.finish_cell(
        owner, "cell1-0", AttemptResult("failed", "changed")
    ),
    "comparisons.reopen_cells": lambda store, owner: store.comparisons.reopen_cells(
        owner, "cmp1", ["cell1-0"]
    ),
    "comparisons.comparison": lambda store, owner: store.comparisons.comparison(owner, "cmp1"),
    "comparisons.page": lambda store, owner: store.comparisons.page(owner),
    "comparisons.count": lambda store, owner: store.comparisons.count(owner),
    "comparisons.reversed_runs": lambda store, owner: store.comparisons.reversed_runs(
        owner, "cmp0"
    ),
    "comparisons.set_accepted": lambda store, owner: store.comparisons.set_accepted(
        owner, "cmp1", 0, "A", "7"
    ),
    "comparisons.delete": lambda store, owner: store.comparisons.delete(owner, "cmp1"),
    "case_runs.begin_run": lambda store, owner: store.case_runs.begin_run(owner, *run("1")),
    "case_runs.run_progress": lambda store, owner: store.case_runs.run_progress(
        owner, "run1", {"answer1-0": Progress("changed")}
    ),
    "case_runs.hold_run": lambda store, owner: store.case_runs.hold_run(owner, "run1", "pause"),
    "case_runs.stop_all_runs": lambda store, owner: store.case_runs.stop_all_runs(owner),
    "case_runs.finish_answer": lambda store, owner: store.case_runs.finish_answer(
        owner, ended("answer1-0")
    ),
    "case_runs.grade_answers": lambda store, owner: store.case_runs.grade_answers(
        owner, {"answer1-0": {"verdict": "wrong"}}
    ),
    "case_runs.decide": lambda store, owner: store.case_runs.decide(
        owner, "answer1-0", "right", "Ada"
    ),
    "case_runs.reopen_run": lambda store, owner: store.case_runs.reopen_run(
        owner, "run1", errors=True, budget=Decimal(9)
    ),
    "case_runs.kept_answer": lambda store, owner: store.case_runs.kept_answer(
        owner, "run2", "127.0.0.1:8000", "body", 1
    ),
    "case_runs.case_run": lambda store, owner: store.case_runs.case_run(owner, "run1"),
    "case_runs.labelled": lambda store, owner: store.case_runs.labelled(owner),
    "case_runs.run_page": lambda store, owner: store.case_runs.run_page(owner),
    "case_runs.models_asked": lambda store, owner: store.case_runs.models_asked(owner),
    "case_runs.delete_run": lambda store, owner: store.case_runs.delete_run(owner, "run1"),
    # Like begin_turn it makes an own one for whoever asks, and has nothing to tell them.
    "conversations.restore": lambda store, owner: (
        store.conversations.restore(owner, RESTORED, [content("9")]) and None
    ),
    "history.undo_delete": lambda store, owner: store.history.undo_delete(owner, ["c1"]),
    "history.delete": lambda store, owner: store.history.delete(owner, ["c1"]),
    "retention.purge": lambda store, owner: store.retention.purge(owner),
    "usage.reserve": lambda store, owner: store.usage.reserve(owner, "r2", CHARGE, OWN_LIMITS),
    "usage.keep_reserved": lambda store, owner: store.usage.keep_reserved(owner, ["r1"]),
    "usage.settle": lambda store, owner: store.usage.settle(
        owner, "r1", Bill(Decimal("0.02"), 900, 20)
    ),
    "usage.release": lambda store, owner: store.usage.release(owner, "r1"),
    "usage.used": lambda store, owner: store.usage.used(owner, OWN_LIMITS)["person"].recent,
    "usage.rows": lambda store, owner: store.usage.rows(owner, START - timedelta(days=1)),
    "usage.unpriced": lambda store, owner: store.usage.unpriced(owner),
    "usage.stored": lambda store, owner: store.usage.stored(owner, [content("1").hash])[0],
    "retention.retire": lambda store, owner: store.retention.retire(owner, timedelta(0)),
    "retention.delete_everything": lambda store, owner: store.retention.delete_everything(owner),
    "shares.add": lambda store, owner: store.shares.add(
        owner, share(owner, id="s2"), f"2 of {owner}"
    ),
    "shares.open_ones": lambda store, owner: store.shares.open_ones(owner, "conversation", "c1"),
    "shares.all": lambda store, owner: store.shares.all(owner),
    "shares.revoke": lambda store, owner: store.shares.revoke(owner, "s1"),
    "shares.target": lambda store, owner: (
        store.shares.target(owner, "conversation", "c1")
        or store.shares.target(owner, "comparison", "cmp1")
        or store.shares.target(owner, "scenario", scenario_id(store))
    ),
    "shares.let_team_read": lambda store, owner: store.shares.let_team_read(
        owner, "c1", "Mine now"
    ),
    "shares.keep_from_team": lambda store, owner: store.shares.keep_from_team(owner, "c1"),
    "shares.team_reads": lambda store, owner: store.shares.team_reads(owner, "c1"),
    "shares.team_conversation": lambda store, owner: store.shares.team_conversation(owner, "c1"),
}
