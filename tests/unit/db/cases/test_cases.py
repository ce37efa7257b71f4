"""Sets of cases: versions that never change, images, undo, removal."""

import dataclasses
from datetime import timedelta

import pytest

from components.cases.case import CaseSet
from components.cases.errors import CaseError
from db.store import Store
from tests.unit.db.casing import IMAGE, RUN, bytes_of, case, case_set
from tests.unit.db.make import START, Clock, content, rows_of, shown, turn


def ids(store: Store, version: int | None = None, words: str = "") -> list[tuple[str, int]]:
    if version is None:
        return [(c.case.id, c.version) for c in store.cases.page("me", "set1", words=words)]
    whole = store.cases.whole("me", "set1", version)
    assert whole
    return [(c.case.id, c.version) for c in whole.cases]


@pytest.fixture(autouse=True)
def kept(store: Store) -> None:
    assert store.cases.create("me", "set1", *case_set(), "file")


def test_a_set_comes_back_as_it_was(store: Store) -> None:
    given, contents = case_set()
    whole = store.cases.whole("me", "set1")
    assert whole
    assert tuple(each.case for each in whole.cases) == given.cases
    assert whole.head == dataclasses.replace(given, cases=())
    assert whole.hashes == {IMAGE: contents[IMAGE].hash} == store.cases.images("me", "set1")
    assert whole.cases[0].image == contents[IMAGE].hash
    assert store.conversations.image("me", contents[IMAGE].hash) == contents[IMAGE]
    assert store.cases.finished_runs("me", "set1") == [RUN]
    (summary,) = store.cases.sets("me")
    assert summary == store.cases.summary("me", "set1")
    assert (summary.name, summary.version, summary.cases) == ("Seeds", 1, 3)
    assert (summary.origin, summary.created_at, summary.updated_at) == ("file", START, START)


def test_a_repeat_changes_nothing(store: Store) -> None:
    before = rows_of(store)
    assert not store.cases.create("me", "set1", *case_set("Other", 1), "hand")
    assert rows_of(store) == before


def test_an_edited_case_is_a_new_version_in_its_place_and_the_old_one_stays(
    store: Store, clock: Clock
) -> None:
    clock.pass_(60)
    new = {"images/b.png": bytes_of("b")}
    changed = case("k2", "asked otherwise", "images/b.png")
    assert store.cases.put("me", "set1", [changed, case("k9")], new) == 2
    assert ids(store) == [("k1", 1), ("k2", 2), ("k3", 1), ("k9", 1)]
    assert ids(store, 1) == [("k1", 1), ("k2", 1), ("k3", 1)]
    found = store.cases.case("me", "set1", "k2")
    assert found
    assert (found.case, found.version, found.image) == (changed, 2, bytes_of("b").hash)
    summary = store.cases.summary("me", "set1")
    assert summary
    assert (summary.version, summary.cases) == (2, 4)
    assert summary.updated_at - summary.created_at == timedelta(seconds=60)


def test_a_removed_case_comes_back_as_it_was_where_it_was(store: Store) -> None:
    assert store.cases.remove("me", "set1", ["k1", "k3", "none"]) == 2
    assert ids(store) == [("k2", 1)]
    assert store.cases.remove("me", "set1", ["k1"]) is None
    assert store.cases.put_back("me", "set1", 2) == 3
    assert ids(store) == ids(store, 1) == ids(store, 3) == [("k1", 1), ("k2", 1), ("k3", 1)]
    assert ids(store, 2) == [("k2", 1)]
    assert store.cases.put_back("me", "set1", 2) is None
    assert store.cases.remove("me", "set1", ["k1"]) == 4
    assert store.cases.put("me", "set1", [case("k1")], {}) == 5
    assert ids(store) == [("k2", 1), ("k3", 1), ("k1", 2)]


def test_cases_are_found_by_all_of_their_words_and_signs_are_no_wildcards(store: Store) -> None:
    store.cases.put("me", "set1", [case("k9", "100% 对吗？")], {})
    assert ids(store, words="QUESTION 2") == [("k2", 1)]
    assert ids(store, words="100%") == ids(store, words="对吗") == [("k9", 1)]
    assert ids(store, words="%") == [("k9", 1)]
    assert ids(store, words="_") == []
    assert store.cases.count("me", "set1", "seeds") == 4
    page = store.cases.page("me", "set1", limit=2, offset=1)
    assert [each.case.id for each in page] == ["k2", "k3"]


def test_a_set_can_be_renamed_but_not_to_nothing(store: Store) -> None:
    assert store.cases.rename("me", "set1", " 瓜子\n第二批 ")
    assert not store.cases.rename("me", "set1", " \n")
    assert [each.name for each in store.cases.sets("me")] == ["瓜子 第二批"]
    whole = store.cases.whole("me", "set1")
    assert whole
    assert whole.name == whole.head.name == "瓜子 第二批"


def test_a_deleted_set_comes_back_or_goes_with_its_images(store: Store, clock: Clock) -> None:
    before = rows_of(store)
    assert store.cases.delete("me", "set1")
    assert store.cases.sets("me") == []
    assert store.cases.summary("me", "set1") is None
    assert store.cases.put("me", "set1", [case("k1")], {}) is None
    assert store.cases.undo_delete("me", "set1")
    assert rows_of(store) == before
    assert store.cases.delete("me", "set1")
    clock.pass_(3600)
    assert store.retention.purge_all(timedelta(hours=1)) == 1
    assert not any(rows_of(store).values())


def test_an_image_stays_as_long_as_a_set_or_a_conversation_shows_it(store: Store) -> None:
    image = bytes_of("a")
    store.conversations.begin_turn("me", turn(contents=[image], images=[shown(image)]))
    store.history.delete("me", ["c1"])
    store.retention.purge("me")
    assert store.conversations.image("me", image.hash) == image
    store.conversations.begin_turn("me", turn(contents=[], images=[shown(image)]))
    store.cases.delete("me", "set1")
    store.retention.purge("me")
    assert store.conversations.image("me", image.hash) == image


def test_what_was_made_from_a_conversation_outlives_it_and_retention(
    store: Store, clock: Clock
) -> None:
    store.conversations.begin_turn("me", turn())
    kept = {"images/x.png": content("1")}
    store.cases.create(
        "me", "set2", CaseSet("L", (case("a", "?", "images/x.png"),)), kept, "labels"
    )
    clock.pass_(86_400)
    assert store.retention.retire_all(timedelta(hours=1)) == 1
    assert store.conversations.image("me", content("1").hash) == content("1")
    assert len(store.cases.sets("me")) == 2


def test_deleting_everything_takes_sets_and_labels(store: Store) -> None:
    store.conversations.begin_turn("me", turn())
    store.labels.add("me", "l1", "t1", "right")
    store.cases.create("you", "set1", *case_set(), "file")
    store.retention.delete_everything("me")
    assert not any(rows_of(store, "me").values())
    assert store.cases.count("you", "set1") == 3


@pytest.mark.parametrize("name", ["x" * 501, "a\0b", "\ud800"])
def test_an_id_that_cannot_be_a_key_is_refused_before_anything_is_kept(
    store: Store, name: str
) -> None:
    before = rows_of(store)
    with pytest.raises(CaseError, match="cases_invalid"):
        store.cases.create("me", "set2", CaseSet("S", (case(name, image=None),)), {}, "file")
    assert rows_of(store) == before


def test_a_thousand_cases_are_kept_and_paged(store: Store) -> None:
    many = CaseSet("Many", tuple(case(f"m{n:04}", image=None) for n in range(2500)))
    assert store.cases.create("me", "many", many, {}, "file")
    assert store.cases.count("me", "many") == 2500
    last = store.cases.page("me", "many", limit=50, offset=2450)
    assert last[-1].case == many.cases[-1]
    gone = [each.id for each in many.cases[:1200]]
    assert store.cases.remove("me", "many", gone) == 2
    assert store.cases.put_back("me", "many", 2) == 3
    whole = store.cases.whole("me", "many")
    assert whole
    assert tuple(each.case for each in whole.cases) == many.cases
