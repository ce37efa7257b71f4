"""How many sockets there may be, and whose makes room."""

from dataclasses import dataclass

from components.ui.server.door.sockets import AFTER, ALL_BEFORE, BEFORE, Socket, Sockets


@dataclass
class Line:
    """A wire that notes what it is told."""

    most: int = 0
    ended: str = ""

    def allow(self, most: int, seconds: float) -> None:
        self.most = most

    def end(self, why: str) -> None:
        self.ended = why


def test_one_address_has_so_many_and_no_more() -> None:
    sockets = Sockets()
    for signed_in, most in ((False, BEFORE), (True, AFTER)):
        for _ in range(most):
            assert sockets.enter(Socket("192.0.2.1", signed_in))
        assert not sockets.enter(Socket("192.0.2.1", signed_in))
        assert sockets.enter(Socket("192.0.2.2", signed_in))


def test_a_crowd_of_strangers_shuts_nobody_out() -> None:
    sockets, lines, early = Sockets(), [], Line()
    assert sockets.enter(Socket("203.0.113.1", False, early))
    for number in range(ALL_BEFORE):
        lines.append(Line())
        assert sockets.enter(Socket(f"198.51.100.{number // BEFORE}", False, lines[-1]))
    assert sockets.enter(Socket("203.0.113.9", False, newcomer := Line()))
    assert [line.ended for line in lines].count("too many connections") == 2
    assert lines[0].ended, "the oldest of the crowd's"
    assert not early.ended
    assert not newcomer.ended
    assert newcomer.most > 0
    assert sockets.enter(Socket("203.0.113.9", True))
