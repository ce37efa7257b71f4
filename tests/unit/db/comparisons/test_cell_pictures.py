"""Pictures in answers of comparisons: kept with their cell, gone with it, in older logs too."""

import dataclasses

from components.chat.store import AnswerPicture, AttemptResult, StoredImage
from db.engine.database import Database
from db.schema.migrations import MIGRATIONS
from db.schema.versions import upgrade
from db.store import Store, open_store
from tests.unit.db.comparing import comparison
from tests.unit.db.make import content
from tests.unit.db.schema.old import as_version

SAID = AttemptResult("ok", "Here.")


def made(word: str, name: str = "answer-1.png") -> AnswerPicture:
    kept = content(word)
    return AnswerPicture(StoredImage(kept.hash, name, "auto", 60, 40, 60, 40, None), kept)


def shown(store: Store, owner: str, compared: str, number: int = 0) -> list[tuple[str, int]]:
    found = store.comparisons.comparison(owner, compared)
    assert found
    return [(p.hash, p.width) for p in found.cells[number].pictures]


def test_they_stand_in_their_cell_alone_and_go_with_it(store: Store) -> None:
    for owner in ("me", "you"):
        store.comparisons.begin_comparison(owner, *comparison("1"))
        store.comparisons.finish_cell(
            owner, "cell1-0", SAID, [made("p"), made("q", "answer-2.png")]
        )
        store.comparisons.finish_cell(
            owner, "cell1-0", SAID, [made("late")]
        )  # the first call counts
    assert shown(store, "me", "cmp1") == [(content("p").hash, 60), (content("q").hash, 60)]
    assert shown(store, "me", "cmp1", 1) == []
    assert store.conversations.image("me", content("late").hash) is None
    store.comparisons.delete("me", "cmp1")
    assert store.conversations.image("me", content("p").hash) is None
    assert shown(store, "you", "cmp1")
    store.retention.delete_everything("you")
    assert store.usage.stored("you")[0] == 0


def test_a_cell_that_is_asked_again_lets_them_go(store: Store) -> None:
    store.comparisons.begin_comparison("me", *comparison("1"))
    cut = dataclasses.replace(SAID, outcome="interrupted")
    store.comparisons.finish_cell("me", "cell1-0", cut, [made("p")])
    assert store.comparisons.reopen_cells("me", "cmp1", ["cell1-0"]) == ["cell1-0"]
    assert shown(store, "me", "cmp1") == []
    assert store.conversations.image("me", content("p").hash) is None


def test_an_older_store_with_comparisons_in_it_gets_the_table(database_url: str) -> None:
    store = open_store(database_url)
    store.comparisons.begin_comparison("me", *comparison("1"))
    store.close()
    as_version(database_url, 10)
    database = Database(database_url)
    upgrade(database, MIGRATIONS)
    database.close()
    store = open_store(database_url)
    store.comparisons.finish_cell("me", "cell1-0", SAID, [made("p")])
    assert shown(store, "me", "cmp1") == [(content("p").hash, 60)]
    store.close()
