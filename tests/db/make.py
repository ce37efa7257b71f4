"""Turns, results and a clock for the log's tests."""

import hashlib
import inspect
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from components.access.log import Identity
from components.chat.log import (
    AttemptResult,
    DraftedImage,
    HistoryFilter,
    LoggedConversation,
    LoggedImage,
    LoggedMessage,
    NewImage,
    NewTurn,
)
from components.sharing.log import Share
from components.spending.log import Bill, Charge, Limits, Rules
from db.log import SqlLog
from db.search_text import scope_of
from tests.databases import Raw
from tests.db.comparing import comparison

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


def progress(log: SqlLog, owner: str, attempt_id: str, text: str) -> bool | None:
    """A heartbeat of one answer, with its text so far."""
    return log.progress_of_all({owner: {attempt_id: text}})[owner][attempt_id]


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


def shown(kept: NewImage | None, **other: object) -> LoggedImage:
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
    return LoggedImage(**(values | other))  # type: ignore[arg-type]


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


def rows_of(log: SqlLog | str, owner: str | None = None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, or of one owner, read past our own code. log: it or its URL."""
    raw = Raw(log if isinstance(log, str) else url_of(log))
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


def url_of(log: SqlLog) -> str:
    """Where it lies."""
    return log.database.engine.url.render_as_string(hide_password=False)


def public_methods() -> dict[str, inspect.Signature]:
    """Every public method of SqlLog."""
    return {
        name: inspect.signature(method)
        for name, method in inspect.getmembers(SqlLog, inspect.isfunction)
        if not name.startswith("_")
    }


def scenario_id(log: SqlLog) -> str:
    """The id of a scenario of "me", which the log itself makes up, read past our own code."""
    found = rows_of(log, "me")["scenarios"]
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


def fill(log: SqlLog, owner: str = "me") -> None:
    """What CALLS meet: turn("1"), a scenario, a vote and comparison("1")."""
    log.begin_turn(owner, turn())
    log.save_scenario(owner, "First", "v=1")
    log.vote(owner, "cost", "zh", False)
    log.begin_comparison(owner, *comparison("1"))
    log.add_share(owner, share(owner), f"hash of {owner}'s")
    log.let_team_read(owner, "c1", "Me")
    log.see_person(owner, IDENTITY)
    log.reserve(owner, "r1", CHARGE, OWN_LIMITS)


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
RESTORED = LoggedConversation(
    id="c9",
    title="From elsewhere",
    created_at=START,
    updated_at=START,
    messages=(LoggedMessage("u9", "user", "Asked elsewhere", START, (shown(content("9")),)),),
    tags=("old",),
)

# One call of each method that touches rows, with the ids of `fill`: name -> call(log, owner).
# A test fails when a public method is missing here.
CALLS: dict[str, Callable[[SqlLog, str], object]] = {
    "begin_turn": lambda log, owner: log.begin_turn(owner, turn(text="Mine?", title="Mine")),
    "progress_of_all": lambda log, owner: progress(log, owner, "t1", "changed"),
    "attempt": lambda log, owner: log.attempt(owner, "t1"),
    "states": lambda log, owner: log.states(owner, ["c1"]),
    "ask_stop": lambda log, owner: log.ask_stop(owner, "c1"),
    "ask_stop_all": lambda log, owner: log.ask_stop_all(owner),
    "finish": lambda log, owner: log.finish(owner, "t1", AttemptResult("ok", "changed")),
    "conversation": lambda log, owner: log.conversation(owner, "c1"),
    "conversations": lambda log, owner: log.conversations(owner),
    "count": lambda log, owner: log.count(owner),
    "image": lambda log, owner: log.image(owner, content("1").hash),
    "thumbnail": lambda log, owner: log.thumbnail(owner, content("1").hash),
    "search": lambda log, owner: log.search(owner, EVERY_FILTER),
    "count_matching": lambda log, owner: log.count_matching(owner, EVERY_FILTER),
    "models_used": lambda log, owner: log.models_used(owner),
    "drift": lambda log, owner: log.drift(owner, turn().model),
    "tags": lambda log, owner: log.tags(owner),
    "star": lambda log, owner: log.star(owner, ["c1"]),
    "rename": lambda log, owner: log.rename(owner, "c1", "Renamed"),
    "tag": lambda log, owner: log.tag(owner, ["c1"], "work"),
    "untag": lambda log, owner: log.untag(owner, ["c1"], "work"),
    "keep_draft": lambda log, owner: log.keep_draft(
        owner, "d1", [DraftedImage(content("1").hash, "cat.png", "low")], [content("1")]
    ),
    "draft": lambda log, owner: log.draft(owner, "d1"),
    "all_drafts": lambda log, owner: log.all_drafts(owner),
    "purge_drafts": lambda log, owner: log.purge_drafts(owner, timedelta(0)),
    "set_image_text": lambda log, owner: log.set_image_text(owner, content("1").hash, "read"),
    "usage_since": lambda log, owner: log.usage_since(owner, START),
    "see_person": lambda log, owner: log.see_person(owner, IDENTITY),
    "person": lambda log, owner: log.person(owner),
    "give_role": lambda log, owner: log.give_role(owner, "viewer"),
    "switch_person": lambda log, owner: log.switch_person(owner, off=True),
    "sign_person_out": lambda log, owner: log.sign_person_out(owner),
    "save_scenario": lambda log, owner: log.save_scenario(owner, "Mine", "v=1") and None,
    "scenarios": lambda log, owner: log.scenarios(owner),
    "rename_scenario": lambda log, owner: log.rename_scenario(owner, scenario_id(log), "Renamed"),
    "delete_scenario": lambda log, owner: log.delete_scenario(owner, scenario_id(log)),
    "vote": lambda log, owner: log.vote(owner, "cost", "en", True),
    "votes": lambda log, owner: log.votes(owner, "cost"),
    "all_votes": lambda log, owner: log.all_votes(owner),
    "begin_comparison": lambda log, owner: log.begin_comparison(owner, *comparison("1")),
    "comparison_progress": lambda log, owner: log.comparison_progress(
        owner, "cmp1", {"cell1-0": "changed"}
    ),
    "ask_stop_cells": lambda log, owner: log.ask_stop_cells(
        owner, "cmp1", cells=["cell1-0"], column=0
    ),
    "ask_stop_all_cells": lambda log, owner: log.ask_stop_all_cells(owner),
    "stop_cells": lambda log, owner: log.stop_cells(owner, "cmp1", ["cell1-1"]),
    "finish_cell": lambda log, owner: log.finish_cell(
        owner, "cell1-0", AttemptResult("failed", "changed")
    ),
    "reopen_cells": lambda log, owner: log.reopen_cells(owner, "cmp1", ["cell1-0"]),
    "comparison": lambda log, owner: log.comparison(owner, "cmp1"),
    "comparisons": lambda log, owner: log.comparisons(owner),
    "count_comparisons": lambda log, owner: log.count_comparisons(owner),
    "reversed_runs": lambda log, owner: log.reversed_runs(owner, "cmp0"),
    "set_accepted": lambda log, owner: log.set_accepted(owner, "cmp1", 0, "A", "7"),
    "delete_comparison": lambda log, owner: log.delete_comparison(owner, "cmp1"),
    # Like begin_turn it makes an own one for whoever asks, and has nothing to tell them.
    "restore": lambda log, owner: log.restore(owner, RESTORED, [content("9")]) and None,
    "delete": lambda log, owner: log.delete(owner, "c1"),
    "undo_delete": lambda log, owner: log.undo_delete(owner, ["c1"]),
    "delete_many": lambda log, owner: log.delete_many(owner, ["c1"]),
    "purge": lambda log, owner: log.purge(owner),
    "reserve": lambda log, owner: log.reserve(owner, "r2", CHARGE, OWN_LIMITS),
    "keep_reserved": lambda log, owner: log.keep_reserved(owner, ["r1"]),
    "settle": lambda log, owner: log.settle(owner, "r1", Bill(Decimal("0.02"), 900, 20)),
    "release": lambda log, owner: log.release(owner, "r1"),
    "used": lambda log, owner: log.used(owner, OWN_LIMITS)["person"].recent,
    "usage": lambda log, owner: log.usage(owner, START - timedelta(days=1)),
    "unpriced": lambda log, owner: log.unpriced(owner),
    "stored": lambda log, owner: log.stored(owner, [content("1").hash])[0],
    "retire": lambda log, owner: log.retire(owner, timedelta(0)),
    "delete_everything": lambda log, owner: log.delete_everything(owner),
    "add_share": lambda log, owner: log.add_share(owner, share(owner, id="s2"), f"2 of {owner}"),
    "shares": lambda log, owner: log.shares(owner, "conversation", "c1"),
    "all_shares": lambda log, owner: log.all_shares(owner),
    "revoke_share": lambda log, owner: log.revoke_share(owner, "s1"),
    "let_team_read": lambda log, owner: log.let_team_read(owner, "c1", "Mine now"),
    "keep_from_team": lambda log, owner: log.keep_from_team(owner, "c1"),
    "team_reads": lambda log, owner: log.team_reads(owner, "c1"),
    "team_conversation": lambda log, owner: log.team_conversation(owner, "c1"),
}
