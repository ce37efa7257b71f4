"""RenderScheduler, results and a clock for the store's tests."""

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
    StoredConversation,
    StoredImage,
    StoredMessage,
)
from components.sharing.store import Share
from components.spending.store import Bill, Charge, Limits, Rules
from db.search.text import scope_of
from db.store import SqlStore
from tests.support.databases import Raw
from tests.unit.db.comparing import comparison

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
# What needs no owner because it touches no row. Anything else that is public must take one.
WITHOUT_ROWS = {"close"}
# What the server does for everybody.
FOR_ALL = {"purge_all", "purge_all_drafts", "retire_all", "usage_of_all"}
# What many owners have at once, each by name.
BY_OWNER = {"progress_of_all"}
# The table of what came from people who are nobody yet.
NOBODYS = {"wrong_passwords"}
# Questions that begin without an owner, or are about others by their nature: see test_sharing.
ACROSS_OWNERS = {"open_share", "team", "people"}
# About whoever is nobody yet: see test_wrong_passwords.
ABOUT_NOBODY = {"password_typed"}

IDENTITY = Identity("https://login.example", "17", "me@example.org", "Me", START)


def progress(store: SqlStore, owner: str, attempt_id: str, text: str) -> bool | None:
    """A heartbeat of one answer, with its text so far."""
    return store.progress_of_all({owner: {attempt_id: text}})[owner][attempt_id]


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


def rows_of(store: SqlStore | str, owner: str | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, or of one owner, read past our own code. store: it or its URL."""
    raw = Raw(store if isinstance(store, str) else url_of(store))
    found = {}
    for name in raw.tables():
        if owner and name in NOBODYS:
            continue
        index = name == "search_index"
        mine = scope_of(owner or "") if index else owner
        where = f"WHERE {'scope' if index else 'owner'} = ?" if owner else ""
        query = f"SELECT {'rowid, *' if index else '*'} FROM {name} {where}"
        found[name] = sorted(raw.run(query, (mine,) if owner else ()), key=repr)
    return found


def url_of(store: SqlStore) -> str:
    """Where it lies."""
    return store.database.engine.url.render_as_string(hide_password=False)


def public_methods() -> dict[str, inspect.Signature]:
    """Every public method of SqlStore."""
    return {
        name: inspect.signature(method)
        for name, method in inspect.getmembers(SqlStore, inspect.isfunction)
        if not name.startswith("_")
    }


def scenario_id(store: SqlStore) -> str:
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


def fill(store: SqlStore, owner: str = "me") -> None:
    """What CALLS meet: turn("1"), a scenario, a vote and comparison("1")."""
    store.begin_turn(owner, turn())
    store.save_scenario(owner, "First", "v=1")
    store.vote(owner, "cost", "zh", False)
    store.begin_comparison(owner, *comparison("1"))
    store.add_share(owner, share(owner), f"hash of {owner}'s")
    store.let_team_read(owner, "c1", "Me")
    store.see_person(owner, IDENTITY)
    store.reserve(owner, "r1", CHARGE, OWN_LIMITS)


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
CALLS: dict[str, Callable[[SqlStore, str], object]] = {
    "begin_turn": lambda store, owner: store.begin_turn(owner, turn(text="Mine?", title="Mine")),
    "progress_of_all": lambda store, owner: progress(store, owner, "t1", "changed"),
    "attempt": lambda store, owner: store.attempt(owner, "t1"),
    "states": lambda store, owner: store.states(owner, ["c1"]),
    "ask_stop": lambda store, owner: store.ask_stop(owner, "c1"),
    "ask_stop_all": lambda store, owner: store.ask_stop_all(owner),
    "finish": lambda store, owner: store.finish(owner, "t1", AttemptResult("ok", "changed")),
    "conversation": lambda store, owner: store.conversation(owner, "c1"),
    "conversations": lambda store, owner: store.conversations(owner),
    "count": lambda store, owner: store.count(owner),
    "image": lambda store, owner: store.image(owner, content("1").hash),
    "thumbnail": lambda store, owner: store.thumbnail(owner, content("1").hash),
    "search": lambda store, owner: store.search(owner, EVERY_FILTER),
    "count_matching": lambda store, owner: store.count_matching(owner, EVERY_FILTER),
    "models_used": lambda store, owner: store.models_used(owner),
    "drift": lambda store, owner: store.drift(owner, turn().model),
    "tags": lambda store, owner: store.tags(owner),
    "star": lambda store, owner: store.star(owner, ["c1"]),
    "rename": lambda store, owner: store.rename(owner, "c1", "Renamed"),
    "tag": lambda store, owner: store.tag(owner, ["c1"], "work"),
    "untag": lambda store, owner: store.untag(owner, ["c1"], "work"),
    "keep_draft": lambda store, owner: store.keep_draft(
        owner, "d1", [DraftedImage(content("1").hash, "cat.png", "low")], [content("1")]
    ),
    "draft": lambda store, owner: store.draft(owner, "d1"),
    "all_drafts": lambda store, owner: store.all_drafts(owner),
    "purge_drafts": lambda store, owner: store.purge_drafts(owner, timedelta(0)),
    "set_image_text": lambda store, owner: store.set_image_text(owner, content("1").hash, "read"),
    "usage_since": lambda store, owner: store.usage_since(owner, START),
    "see_person": lambda store, owner: store.see_person(owner, IDENTITY),
    "person": lambda store, owner: store.person(owner),
    "give_role": lambda store, owner: store.give_role(owner, "viewer"),
    "switch_person": lambda store, owner: store.switch_person(owner, off=True),
    "sign_person_out": lambda store, owner: store.sign_person_out(owner),
    "save_scenario": lambda store, owner: store.save_scenario(owner, "Mine", "v=1") and None,
    "scenarios": lambda store, owner: store.scenarios(owner),
    "rename_scenario": lambda store, owner: store.rename_scenario(
        owner, scenario_id(store), "Renamed"
    ),
    "delete_scenario": lambda store, owner: store.delete_scenario(owner, scenario_id(store)),
    "vote": lambda store, owner: store.vote(owner, "cost", "en", True),
    "votes": lambda store, owner: store.votes(owner, "cost"),
    "all_votes": lambda store, owner: store.all_votes(owner),
    "begin_comparison": lambda store, owner: store.begin_comparison(owner, *comparison("1")),
    "comparison_progress": lambda store, owner: store.comparison_progress(
        owner, "cmp1", {"cell1-0": "changed"}
    ),
    "ask_stop_cells": lambda store, owner: store.ask_stop_cells(
        owner, "cmp1", cells=["cell1-0"], column=0
    ),
    "ask_stop_all_cells": lambda store, owner: store.ask_stop_all_cells(owner),
    "stop_cells": lambda store, owner: store.stop_cells(owner, "cmp1", ["cell1-1"]),
    "finish_cell": lambda store, owner: store.finish_cell(
        owner, "cell1-0", AttemptResult("failed", "changed")
    ),
    "reopen_cells": lambda store, owner: store.reopen_cells(owner, "cmp1", ["cell1-0"]),
    "comparison": lambda store, owner: store.comparison(owner, "cmp1"),
    "comparisons": lambda store, owner: store.comparisons(owner),
    "count_comparisons": lambda store, owner: store.count_comparisons(owner),
    "reversed_runs": lambda store, owner: store.reversed_runs(owner, "cmp0"),
    "set_accepted": lambda store, owner: store.set_accepted(owner, "cmp1", 0, "A", "7"),
    "delete_comparison": lambda store, owner: store.delete_comparison(owner, "cmp1"),
    # Like begin_turn it makes an own one for whoever asks, and has nothing to tell them.
    "restore": lambda store, owner: store.restore(owner, RESTORED, [content("9")]) and None,
    "delete": lambda store, owner: store.delete(owner, "c1"),
    "undo_delete": lambda store, owner: store.undo_delete(owner, ["c1"]),
    "delete_many": lambda store, owner: store.delete_many(owner, ["c1"]),
    "purge": lambda store, owner: store.purge(owner),
    "reserve": lambda store, owner: store.reserve(owner, "r2", CHARGE, OWN_LIMITS),
    "keep_reserved": lambda store, owner: store.keep_reserved(owner, ["r1"]),
    "settle": lambda store, owner: store.settle(owner, "r1", Bill(Decimal("0.02"), 900, 20)),
    "release": lambda store, owner: store.release(owner, "r1"),
    "used": lambda store, owner: store.used(owner, OWN_LIMITS)["person"].recent,
    "usage": lambda store, owner: store.usage(owner, START - timedelta(days=1)),
    "unpriced": lambda store, owner: store.unpriced(owner),
    "stored": lambda store, owner: store.stored(owner, [content("1").hash])[0],
    "retire": lambda store, owner: store.retire(owner, timedelta(0)),
    "delete_everything": lambda store, owner: store.delete_everything(owner),
    "add_share": lambda store, owner: store.add_share(
        owner, share(owner, id="s2"), f"2 of {owner}"
    ),
    "shares": lambda store, owner: store.shares(owner, "conversation", "c1"),
    "all_shares": lambda store, owner: store.all_shares(owner),
    "revoke_share": lambda store, owner: store.revoke_share(owner, "s1"),
    "let_team_read": lambda store, owner: store.let_team_read(owner, "c1", "Mine now"),
    "keep_from_team": lambda store, owner: store.keep_from_team(owner, "c1"),
    "team_reads": lambda store, owner: store.team_reads(owner, "c1"),
    "team_conversation": lambda store, owner: store.team_conversation(owner, "c1"),
}
