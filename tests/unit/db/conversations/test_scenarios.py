"""Named scenarios of the calculator."""

import pytest

from components.chat.store import ScenarioError
from db.store import Store
from tests.unit.db.make import START, Clock


def names(store: Store, owner: str = "me") -> list[str]:
    return [s.name for s in store.scenarios.all(owner)]


def test_a_scenario_comes_back_as_it_was_saved(store: Store) -> None:
    params = "v=1&m=gpt-4o&s=1024x1024*3&q=这是什么%3F"
    kept = store.scenarios.save("me", "  Scans \n in  March ", params)
    (found,) = store.scenarios.all("me")
    assert (found.id, found.name, found.params) == (kept, "Scans in March", params)
    assert found.created_at == found.updated_at == START


def test_saving_under_a_name_again_replaces_it_and_keeps_its_id(store: Store, clock: Clock) -> None:
    first = store.scenarios.save("me", "Mine", "v=1")
    clock.pass_(60)
    assert store.scenarios.save("me", " Mine", "v=2") == first
    (found,) = store.scenarios.all("me")
    assert (found.params, found.created_at) == ("v=2", START)
    assert found.updated_at == clock.now


def test_the_newest_stands_first(store: Store, clock: Clock) -> None:
    for name in ("a", "b", "c", "a"):
        clock.pass_(1)
        store.scenarios.save("me", name, name)
    assert names(store) == ["a", "c", "b"]


def test_a_new_name_does_not_move_it(store: Store, clock: Clock) -> None:
    kept = store.scenarios.save("me", "a", "v=1")
    clock.pass_(1)
    store.scenarios.save("me", "b", "v=1")
    clock.pass_(1)
    assert store.scenarios.rename("me", kept, " z\tz ")
    assert store.scenarios.rename("me", kept, "z z"), "its own name is not taken"
    assert names(store) == ["b", "z z"]


def test_a_name_that_another_has_is_refused_and_nothing_changes(store: Store) -> None:
    store.scenarios.save("me", "a", "v=1")
    second = store.scenarios.save("me", "b", "v=2")
    with pytest.raises(ScenarioError) as caught:
        store.scenarios.rename("me", second, "a")
    assert (caught.value.code, caught.value.data) == ("scenario_name_taken", {"name": "a"})
    assert sorted(names(store)) == ["a", "b"]


@pytest.mark.parametrize("name", ["", " \n ", "x" * 101])
def test_a_name_is_one_line_of_up_to_100_characters(store: Store, name: str) -> None:
    kept = store.scenarios.save("me", "x" * 100, "v=1")
    for attempt in (
        lambda: store.scenarios.save("me", name, "v=1"),
        lambda: store.scenarios.rename("me", kept, name),
    ):
        with pytest.raises(ScenarioError) as caught:
            attempt()
        assert (caught.value.code, caught.value.data) == ("scenario_name", {"limit": 100})
    assert names(store) == ["x" * 100]


def test_params_end_at_4096_bytes_not_characters(store: Store) -> None:
    store.scenarios.save("me", "fits", "图" * 1365 + "x")
    with pytest.raises(ScenarioError) as caught:
        store.scenarios.save("me", "too long", "图" * 1365 + "xx")
    assert caught.value.data == {"bytes": 4097, "limit": 4096}
    with pytest.raises(ValueError, match="surrogates"):
        store.scenarios.save("me", "no text", "\ud800")
    assert names(store) == ["fits"]


def test_deleting_takes_one_and_says_whether_it_was_there(store: Store) -> None:
    kept = store.scenarios.save("me", "a", "v=1")
    store.scenarios.save("me", "b", "v=1")
    assert [store.scenarios.delete("me", kept), store.scenarios.delete("me", kept)] == [True, False]
    assert names(store) == ["b"]
    assert not store.scenarios.rename("me", kept, "c")


def test_two_people_may_use_the_same_name_and_not_each_others_ids(store: Store) -> None:
    mine = store.scenarios.save("me", "Mine", "v=1")
    store.scenarios.save("you", "Mine", "v=2")
    assert not store.scenarios.delete("you", mine)
    assert not store.scenarios.rename("you", mine, "Stolen")
    assert [s.params for s in store.scenarios.all("me")] == ["v=1"]
    assert [s.params for s in store.scenarios.all("you")] == ["v=2"]
