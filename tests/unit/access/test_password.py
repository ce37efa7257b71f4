"""The shared password: wrong ones are throttled by address and altogether, over all processes."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from components.access.errors import AccessError
from components.access.password import SharedPassword, network
from components.access.store import ALL_PER_MINUTE, FREE, LONGEST_WAIT
from components.errors import StoreError
from db.store import Store, open_store

RIGHT = "correct horse battery"


class Clock:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stores(database_url: str, clock: Clock) -> Iterator[tuple[Store, Store]]:
    """Two processes' connections to one database."""
    both = open_store(database_url, clock=clock), open_store(database_url, clock=clock)
    yield both
    for each in both:
        each.close()


@pytest.fixture
def gate(stores: tuple[Store, Store]) -> SharedPassword:
    return SharedPassword(RIGHT, stores[0].people)


@pytest.fixture
def elsewhere(stores: tuple[Store, Store]) -> SharedPassword:
    """The gate of another process."""
    return SharedPassword(RIGHT, stores[1].people)


def told(
    gate: SharedPassword, typed: str = "wrong", client: str | None = "192.0.2.1"
) -> AccessError:
    with pytest.raises(AccessError) as caught:
        gate.check(typed, client)
    return caught.value


def test_the_right_password_opens_and_anything_else_does_not(gate: SharedPassword) -> None:
    gate.check(RIGHT, "192.0.2.1")
    for number, typed in enumerate(("", RIGHT + " ", RIGHT[:-1], RIGHT.upper(), "密码", "\ud800")):
        assert told(gate, typed, f"192.0.2.{number}").code == "access_wrong_password"


def test_a_gate_without_a_password_cannot_be_made(stores: tuple[Store, Store]) -> None:
    with pytest.raises(ValueError, match="password"):
        SharedPassword("", stores[0].people)


def test_after_some_wrong_ones_an_address_waits_twice_as_long_each_time(
    gate: SharedPassword, clock: Clock
) -> None:
    for _ in range(FREE - 1):
        assert told(gate).code == "access_wrong_password"
    waits = []
    for _ in range(4):
        error = told(gate)
        assert error.code == "access_wait_seconds"
        waits.append(error.data["seconds"])
        clock.pass_(float(waits[-1]))  # type: ignore[arg-type]
    assert waits == [2, 4, 8, 16]


def test_while_waiting_the_right_password_is_not_told_from_wrong_ones(
    gate: SharedPassword, clock: Clock
) -> None:
    for _ in range(FREE):
        told(gate)
    assert told(gate, RIGHT).code == told(gate).code == "access_wait_seconds"
    clock.pass_(2)
    gate.check(RIGHT, "192.0.2.1")


def test_trying_while_waiting_makes_the_wait_no_longer(gate: SharedPassword, clock: Clock) -> None:
    for _ in range(FREE):
        told(gate)
    for _ in range(20):
        assert told(gate).data == {"seconds": 2}
    clock.pass_(2)
    gate.check(RIGHT, "192.0.2.1")


def test_the_longest_wait_is_told_in_minutes(gate: SharedPassword, clock: Clock) -> None:
    error = None
    for _ in range(FREE + 15):
        error = told(gate)
        clock.pass_(LONGEST_WAIT.total_seconds())
    assert error
    assert (error.code, error.data) == ("access_wait_minutes", {"minutes": 15})


def test_others_are_not_kept_waiting_and_success_wipes_the_count(
    gate: SharedPassword, clock: Clock
) -> None:
    for _ in range(FREE):
        told(gate)
    gate.check(RIGHT, "192.0.2.2")
    clock.pass_(2)
    gate.check(RIGHT, "192.0.2.1")
    assert told(gate).code == "access_wrong_password"


def test_an_hour_later_an_address_starts_anew(gate: SharedPassword, clock: Clock) -> None:
    for _ in range(FREE):
        told(gate)
    clock.pass_(3601)
    assert told(gate).code == "access_wrong_password"


def strain(gate: SharedPassword, elsewhere: SharedPassword | None = None) -> None:
    """As many wrong ones of strangers as a minute may have."""
    for number in range(ALL_PER_MINUTE):
        told((gate, elsewhere or gate)[number % 2], client=f"198.51.100.{number}")


def test_strangers_shut_nobody_out(gate: SharedPassword) -> None:
    for _ in range(3):
        strain(gate)
    gate.check(RIGHT, "203.0.113.9")


def test_many_addresses_together_get_fewer_tries_each(gate: SharedPassword, clock: Clock) -> None:
    strain(gate)
    assert told(gate, client="203.0.113.9").code == "access_wait_seconds"
    assert told(gate, RIGHT, "203.0.113.9").data == {"seconds": 2}
    clock.pass_(2)
    gate.check(RIGHT, "203.0.113.9")
    clock.pass_(60)
    assert told(gate, client="203.0.113.10").code == "access_wrong_password"


def test_one_line_with_many_ipv6_addresses_is_one_address(gate: SharedPassword) -> None:
    for number in range(FREE):
        told(gate, client=f"2001:db8:1:2::{number}")
    assert told(gate, client="2001:db8:1:2:ffff::1").code == "access_wait_seconds"
    assert told(gate, client="2001:db8:1:3::1").code == "access_wrong_password"
    assert network("::ffff:192.0.2.1") == network("192.0.2.1")
    assert network(None) == network("not an address") == ""


def test_threads_of_two_processes_at_once_get_no_more_tries_than_one_after_another(
    gate: SharedPassword, elsewhere: SharedPassword
) -> None:
    found: list[str] = []
    barrier = threading.Barrier(20)

    def try_it(where: SharedPassword) -> None:
        barrier.wait()
        found.append(told(where).code)

    threads = [threading.Thread(target=try_it, args=(where,)) for where in (gate, elsewhere) * 10]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count("access_wrong_password") == FREE - 1


def test_wrong_ones_of_one_process_count_on_the_other(
    gate: SharedPassword, elsewhere: SharedPassword, clock: Clock
) -> None:
    for number in range(FREE - 1):
        assert told((gate, elsewhere)[number % 2]).code == "access_wrong_password"
    assert told(elsewhere).data == {"seconds": 2}
    assert told(gate, RIGHT).data == {"seconds": 2}
    clock.pass_(2)
    gate.check(RIGHT, "192.0.2.1")
    assert told(elsewhere).code == "access_wrong_password", "the count is wiped for both"


def test_all_addresses_together_get_fewer_tries_on_every_process(
    gate: SharedPassword, elsewhere: SharedPassword
) -> None:
    strain(gate, elsewhere)
    assert told(elsewhere, client="203.0.113.9").data == {"seconds": 2}


def test_success_of_one_leaves_what_all_together_have_sent(gate: SharedPassword) -> None:
    for number in range(ALL_PER_MINUTE - 1):
        told(gate, client=f"198.51.100.{number % 20}")
        if number % 20 == number:
            gate.check(RIGHT, f"198.51.100.{number}")
    told(gate, client="203.0.113.9")
    assert told(gate, client="203.0.113.10").code == "access_wait_seconds"


def test_a_process_whose_clock_is_behind_gives_no_more_tries(database_url: str) -> None:
    fast, slow = Clock(), Clock()
    fast.pass_(30)
    stores = open_store(database_url, clock=fast), open_store(database_url, clock=slow)
    ahead, behind = (SharedPassword(RIGHT, store.people) for store in stores)
    for _ in range(FREE - 1):
        assert told(ahead).code == "access_wrong_password"
    assert told(behind).data == {"seconds": 2}
    for store in stores:
        store.close()


def test_a_clock_that_is_set_back_by_a_day_keeps_nobody_waiting_for_a_day(
    gate: SharedPassword, clock: Clock
) -> None:
    for _ in range(FREE):
        told(gate)
    clock.pass_(-86400)
    gate.check(RIGHT, "192.0.2.1")


class Unreachable:
    """A store whose database has gone."""

    def password_typed(self, place: str, *, right: bool) -> timedelta:
        raise StoreError("store_busy")


def test_while_nothing_can_be_counted_nobody_is_let_in() -> None:
    for typed in (RIGHT, "wrong"):
        assert told(SharedPassword(RIGHT, Unreachable()), typed).code == "access_unchecked"
