"""A pass proves that the password was typed, on every process with the same settings."""

import pytest

from components.access.passes import TICKET, VALID, Passes

PASSWORD = "correct horse battery"
SECRET = "of the cookies"


class Clock:
    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def passes(clock: Clock) -> Passes:
    return Passes(PASSWORD, SECRET, clock)


def test_a_ticket_of_one_process_is_worth_a_pass_on_another(passes: Passes, clock: Clock) -> None:
    other = Passes(PASSWORD, SECRET, clock)
    given = other.redeem(passes.ticket())
    assert given
    assert passes.holds(given)


def test_a_pass_ends_after_its_hours_and_a_ticket_after_its_seconds(
    passes: Passes, clock: Clock
) -> None:
    given, ticket = passes.issue(), passes.ticket()
    clock.now += TICKET - 1
    assert passes.redeem(ticket)
    clock.now += 1
    assert passes.redeem(ticket) is None
    clock.now += VALID - TICKET - 1
    assert passes.holds(given)
    clock.now += 1
    assert not passes.holds(given)


def test_one_is_never_taken_for_the_other(passes: Passes) -> None:
    assert not passes.holds(passes.ticket())
    assert passes.redeem(passes.issue()) is None


@pytest.mark.parametrize(
    ("password", "secret"),
    [("another password", SECRET), (PASSWORD, "another"), (SECRET, PASSWORD)],
)
def test_another_password_or_secret_ends_them_all(
    passes: Passes, clock: Clock, password: str, secret: str
) -> None:
    changed = Passes(password, secret, clock)
    assert not changed.holds(passes.issue())
    assert changed.redeem(passes.ticket()) is None


def test_nothing_but_what_was_issued_is_taken(passes: Passes, clock: Clock) -> None:
    until, _, signature = passes.issue().partition(".")
    later = str(int(until) + 1)
    for given in (
        "",
        ".",
        until,
        f"{until}.",
        f".{signature}",
        f"{later}.{signature}",
        f"{until}.{signature[:-1]}",
        f"{until}.{signature}0",
        f"{until}.{signature} ",
        f" {until}.{signature}",
        f"-{until}.{signature}",
        f"{until}.{'密' * 64}",
        f"²{until}.{signature}",
        f"{until}.\ud800",
        f"{until}.{'0' * 64}",
        "9" * 5000 + "." + signature,
    ):
        assert not passes.holds(given), given[:40]


def test_it_holds_an_expiry_and_nothing_else(passes: Passes, clock: Clock) -> None:
    until, _, signature = passes.issue().partition(".")
    assert int(until) == clock.now + VALID
    assert len(signature) == 43  # 32 bytes in base64
    assert passes.issue() == f"{until}.{signature}", "the same for whoever types it in this second"


def test_without_a_password_or_a_secret_there_are_none() -> None:
    for password, secret in (("", SECRET), (PASSWORD, "")):
        with pytest.raises(ValueError, match="need"):
            Passes(password, secret)
