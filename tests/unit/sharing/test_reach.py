"""Who could open a link."""

import pytest

from components.sharing.reach import Reach, reach


@pytest.mark.parametrize(
    ("host", "who"),
    [
        ("localhost", "machine"),
        ("app.localhost", "machine"),
        ("127.0.0.1", "machine"),
        ("127.8.8.8", "machine"),
        ("[::1]", "machine"),
        ("0.0.0.0", "machine"),
        ("192.168.1.7", "network"),
        ("10.0.0.3", "network"),
        ("fe80::1", "network"),
        ("box", "network"),
        ("printer.local", "network"),
        ("tuwen.internal.", "network"),
        ("tuwen.example.org", "everybody"),
        ("8.8.8.8", "everybody"),
    ],
)
def test_who_could_open_a_link(host: str, who: Reach) -> None:
    assert reach(host) == who
