"""The shared password: wrong ones are throttled by address and altogether."""

import threading

import pytest

from components.access.errors import AccessError
from components.access.password import ALL_PER_MINUTE, FREE, LONGEST_WAIT, PasswordGate, network

RIGHT = "correct horse battery"


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gate(clock: Clock) -> PasswordGate:
    return PasswordGate(RIGHT, clock)


def told(gate: PasswordGate, typed: str = "wrong", client: str | None = "192.0.2.1") -> AccessError:
    with pytest.raises(AccessError) as caught:
        gate.check(typed, client)
    return caught.value


def test_the_right_password_opens_and_anything_else_does_not(gate: PasswordGate) -> None:
    gate.check(RIGHT, "192.0.2.1")
    for number, typed in enumerate(("", RIGHT + " ", RIGHT[:-1], RIGHT.upper(), "密码", "\ud800")):
        assert told(gate, typed, f"192.0.2.{number}").code == "access_wrong_password"


def test_a_gate_without_a_password_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="password"):
        PasswordGate("")


def test_after_some_wrong_ones_an_address_waits_twice_as_long_each_time(
    gate: PasswordGate, clock: Clock
) -> None:
    for _ in range(FREE - 1):
        assert told(gate).code == "access_wrong_password"
    waits = []
    for _ in range(4):
        error = told(gate)
        assert error.code == "access_wait_seconds"
        waits.append(error.data["seconds"])
        clock.now += float(waits[-1])  # type: ignore[arg-type]
    assert waits == [2, 4, 8, 16]


def test_while_waiting_the_right_password_is_not_told_from_wrong_ones(
    gate: PasswordGate, clock: Clock
) -> None:
    for _ in range(FREE):
        told(gate)
    assert told(gate, RIGHT).code == told(gate).code == "access_wait_seconds"
    clock.now += 2
    gate.check(RIGHT, "192.0.2.1")


def test_trying_while_waiting_makes_the_wait_no_longer(gate: PasswordGate, clock: Clock) -> None:
    for _ in range(FREE):
        told(gate)
    for _ in range(20):
        assert told(gate).data == {"seconds": 2}
    clock.now += 2
    gate.check(RIGHT, "192.0.2.1")


def test_the_longest_wait_is_told_in_minutes(gate: PasswordGate, clock: Clock) -> None:
    error = None
    for _ in range(FREE + 15):
        error = told(gate)
        clock.now += LONGEST_WAIT
    assert error
    assert (error.code, error.data) == ("access_wait_minutes", {"minutes": 15})


def test_others_are_not_kept_waiting_and_success_wipes_the_count(
    gate: PasswordGate, clock: Clock
) -> None:
    for _ in range(FREE):
        told(gate)
    gate.check(RIGHT, "192.0.2.2")
    clock.now += 2
    gate.check(RIGHT, "192.0.2.1")
    assert told(gate).code == "access_wrong_password"


def test_an_hour_later_an_address_starts_anew(gate: PasswordGate, clock: Clock) -> None:
    for _ in range(FREE):
        told(gate)
    clock.now += 3601
    assert told(gate).code == "access_wrong_password"


def test_many_addresses_together_are_throttled_too(gate: PasswordGate, clock: Clock) -> None:
    for number in range(ALL_PER_MINUTE):
        told(gate, client=f"198.51.100.{number}")
    error = told(gate, RIGHT, "203.0.113.9")
    assert (error.code, error.data) == ("access_wait_seconds", {"seconds": 60})
    clock.now += 60
    gate.check(RIGHT, "203.0.113.9")


def test_one_line_with_many_ipv6_addresses_is_one_address(gate: PasswordGate) -> None:
    for number in range(FREE):
        told(gate, client=f"2001:db8:1:2::{number}")
    assert told(gate, client="2001:db8:1:2:ffff::1").code == "access_wait_seconds"
    assert told(gate, client="2001:db8:1:3::1").code == "access_wrong_password"
    assert network("::ffff:192.0.2.1") == network("192.0.2.1")
    assert network(None) == network("not an address") == ""


def test_threads_at_once_get_no_more_tries_than_one_after_another(gate: PasswordGate) -> None:
    found: list[str] = []
    barrier = threading.Barrier(20)

    def try_it() -> None:
        barrier.wait()
        found.append(told(gate).code)

    threads = [threading.Thread(target=try_it) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.count("access_wrong_password") == FREE - 1
