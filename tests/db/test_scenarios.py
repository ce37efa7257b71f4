"""Named scenarios of the calculator."""

import pytest

from components.chat.log import ScenarioError
from db.log import SqlLog
from tests.db.make import START, Clock


def names(log: SqlLog, owner: str = "me") -> list[str]:
    return [s.name for s in log.scenarios(owner)]


def test_a_scenario_comes_back_as_it_was_saved(log: SqlLog) -> None:
    params = "v=1&m=gpt-4o&s=1024x1024*3&q=这是什么%3F"
    kept = log.save_scenario("me", "  Scans \n in  March ", params)
    (found,) = log.scenarios("me")
    assert (found.id, found.name, found.params) == (kept, "Scans in March", params)
    assert found.created_at == found.updated_at == START


def test_saving_under_a_name_again_replaces_it_and_keeps_its_id(log: SqlLog, clock: Clock) -> None:
    first = log.save_scenario("me", "Mine", "v=1")
    clock.pass_(60)
    assert log.save_scenario("me", " Mine", "v=2") == first
    (found,) = log.scenarios("me")
    assert (found.params, found.created_at) == ("v=2", START)
    assert found.updated_at == clock.now


def test_the_newest_stands_first(log: SqlLog, clock: Clock) -> None:
    for name in ("a", "b", "c", "a"):
        clock.pass_(1)
        log.save_scenario("me", name, name)
    assert names(log) == ["a", "c", "b"]


def test_a_new_name_does_not_move_it(log: SqlLog, clock: Clock) -> None:
    kept = log.save_scenario("me", "a", "v=1")
    clock.pass_(1)
    log.save_scenario("me", "b", "v=1")
    clock.pass_(1)
    assert log.rename_scenario("me", kept, " z\tz ")
    assert log.rename_scenario("me", kept, "z z"), "its own name is not taken"
    assert names(log) == ["b", "z z"]


def test_a_name_that_another_has_is_refused_and_nothing_changes(log: SqlLog) -> None:
    log.save_scenario("me", "a", "v=1")
    second = log.save_scenario("me", "b", "v=2")
    with pytest.raises(ScenarioError) as caught:
        log.rename_scenario("me", second, "a")
    assert (caught.value.code, caught.value.data) == ("scenario_name_taken", {"name": "a"})
    assert sorted(names(log)) == ["a", "b"]


@pytest.mark.parametrize("name", ["", " \n ", "x" * 101])
def test_a_name_is_one_line_of_up_to_100_characters(log: SqlLog, name: str) -> None:
    kept = log.save_scenario("me", "x" * 100, "v=1")
    for attempt in (
        lambda: log.save_scenario("me", name, "v=1"),
        lambda: log.rename_scenario("me", kept, name),
    ):
        with pytest.raises(ScenarioError) as caught:
            attempt()
        assert (caught.value.code, caught.value.data) == ("scenario_name", {"limit": 100})
    assert names(log) == ["x" * 100]


def test_params_end_at_4096_bytes_not_characters(log: SqlLog) -> None:
    log.save_scenario("me", "fits", "图" * 1365 + "x")
    with pytest.raises(ScenarioError) as caught:
        log.save_scenario("me", "too long", "图" * 1365 + "xx")
    assert caught.value.data == {"bytes": 4097, "limit": 4096}
    with pytest.raises(ValueError, match="surrogates"):
        log.save_scenario("me", "no text", "\ud800")
    assert names(log) == ["fits"]


def test_deleting_takes_one_and_says_whether_it_was_there(log: SqlLog) -> None:
    kept = log.save_scenario("me", "a", "v=1")
    log.save_scenario("me", "b", "v=1")
    assert [log.delete_scenario("me", kept), log.delete_scenario("me", kept)] == [True, False]
    assert names(log) == ["b"]
    assert not log.rename_scenario("me", kept, "c")


def test_two_people_may_use_the_same_name_and_not_each_others_ids(log: SqlLog) -> None:
    mine = log.save_scenario("me", "Mine", "v=1")
    log.save_scenario("you", "Mine", "v=2")
    assert not log.delete_scenario("you", mine)
    assert not log.rename_scenario("you", mine, "Stolen")
    assert [s.params for s in log.scenarios("me")] == ["v=1"]
    assert [s.params for s in log.scenarios("you")] == ["v=2"]
