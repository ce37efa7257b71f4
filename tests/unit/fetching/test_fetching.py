"""Images fetched by address. What is never connected to: tests/unit/network."""

from pathlib import Path

import pytest

from components.fetching import FetchError, fetch_image
from components.fetching.address import address_of
from tests.unit.chat.pictures import picture
from tests.unit.network.web import PUBLIC, Reply, Web, dripping

OK: Reply = (200, {"Content-Type": "image/png"}, b"the picture")

NO_ADDRESS = [
    "",
    "cat.png",
    "//example.com/a.png",
    "ftp://example.com/a.png",
    "file:///etc/passwd",
    "gopher://example.com:80/_a",
    "data:image/png;base64,AAAA",
    "http://example.com:22/a.png",
    "http://example.com:8080/a.png",
    "http://example.com:0/a.png",
    "http://example.com:99999/a.png",
    "http://me@example.com/a.png",
    "http://me:secret@example.com/a.png",
    "http://example.com@127.0.0.1/a.png",
    "http://127.0.0.1\\@example.com/a.png",
    "http://example.com\\.internal/a.png",
    "http://exam ple.com/a.png",
    "http://example.com/a\r\nHost: 127.0.0.1",
    "http://example.com\t/a.png",
    "http://[::1/a.png",
    "http://" + "a" * 3000 + ".com/a.png",
]


@pytest.mark.parametrize("url", NO_ADDRESS)
def test_an_address_that_is_not_on_the_public_web_is_not_even_looked_up(url: str) -> None:
    with Web() as web:
        with pytest.raises(FetchError) as caught:
            fetch_image(url, resolve=web.resolve, connect=web.connect)
        assert caught.value.code == "fetch_address"
        assert (web.looked_up, web.connected) == ([], [])


@pytest.mark.parametrize("to", NO_ADDRESS[3:14])
@pytest.mark.parametrize("status", [302, 308])
def test_a_redirect_to_what_is_no_address_is_not_followed(to: str, status: int) -> None:
    location = to.encode("utf-8").decode("latin-1")
    replies: dict[str, Reply] = {"cats.example/a.png": (status, {"Location": location}, b"")}
    with Web(replies, {"cats.example": [[PUBLIC]]}) as web:
        with pytest.raises(FetchError):
            fetch_image("http://cats.example/a.png", resolve=web.resolve, connect=web.connect)
        assert web.connected == [(PUBLIC, 80)]


def test_a_redirect_to_another_public_host_is_followed_and_so_far_only() -> None:
    hops = {f"h{n}.example/a.png": f"http://h{n + 1}.example/a.png" for n in range(9)}
    replies: dict[str, Reply] = {at: (301, {"Location": to}, b"") for at, to in hops.items()}
    answers = {f"h{n}.example": [[PUBLIC]] for n in range(10)}
    with Web(replies | {"h9.example/a.png": OK}, answers) as web:  # type: ignore[arg-type]
        start = "http://h6.example/a.png"
        assert fetch_image(start, resolve=web.resolve, connect=web.connect).name == "a.png"
        with pytest.raises(FetchError) as caught:
            fetch_image("http://h0.example/a.png", resolve=web.resolve, connect=web.connect)
        assert caught.value.code == "fetch_redirects"
        assert len(web.connected) == 4 + 4


def test_nothing_of_ours_goes_along() -> None:
    replies = {"cats.example/a%20b.png?x=1": OK}
    with Web(replies, {"cats.example": [[PUBLIC]]}) as web:
        got = fetch_image(
            "http://cats.example/a%20b.png?x=1#part", resolve=web.resolve, connect=web.connect
        )
        (asked, headers) = web.asked[0]
    assert (asked, got.name) == ("cats.example/a%20b.png?x=1", "a b.png")
    assert {name.lower() for name in headers} == {
        "host",
        "accept",
        "accept-encoding",
        "user-agent",
        "connection",
    }


def test_a_name_in_another_script_is_asked_for_in_ascii() -> None:
    with Web({"xn--fiq228c.example/%E7%8C%AB.png": OK}, {"xn--fiq228c.example": [[PUBLIC]]}) as web:
        got = fetch_image("http://中文.example/猫.png", resolve=web.resolve, connect=web.connect)
        assert (got.name, web.looked_up) == ("猫.png", ["xn--fiq228c.example"])
    assert address_of("https://CATS.Example./a").host == "cats.example"


@pytest.mark.parametrize("declared", [True, False])
def test_what_is_too_large_is_not_read_to_its_end(declared: bool) -> None:
    headers = {"Content-Length": "5000000"} if declared else {}
    replies: dict[str, Reply] = {"cats.example/a.png": (200, headers, b"x" * 5_000_000)}
    with Web(replies, {"cats.example": [[PUBLIC]]}) as web, pytest.raises(FetchError) as caught:
        fetch_image(
            "http://cats.example/a.png",
            max_bytes=1_000_000,
            resolve=web.resolve,
            connect=web.connect,
        )
    assert (caught.value.code, caught.value.data["limit"]) == ("fetch_too_large", 1)


def test_a_server_that_drips_is_left_when_the_time_is_up() -> None:
    with Web(answers={"cats.example": [[PUBLIC]]}) as web:
        web.slow = dripping
        with pytest.raises(FetchError) as caught:
            fetch_image(
                "http://cats.example/a.png", seconds=0.4, resolve=web.resolve, connect=web.connect
            )
    assert caught.value.code == "fetch_too_slow"


def test_other_answers_are_told_by_their_status() -> None:
    with Web({}, {"cats.example": [[PUBLIC]]}) as web, pytest.raises(FetchError) as caught:
        fetch_image("http://cats.example/no.png", resolve=web.resolve, connect=web.connect)
    assert (caught.value.code, caught.value.data) == (
        "fetch_status",
        {"host": "cats.example", "status": 404},
    )
    with Web() as web, pytest.raises(FetchError, match="fetch_unreachable"):
        fetch_image("http://nowhere.example/", resolve=web.resolve, connect=web.connect)


def test_what_came_is_told_by_its_bytes(tmp_path: Path) -> None:
    from components.chat.draft import take_in
    from components.errors import ImageError

    page: Reply = (200, {"Content-Type": "image/png"}, b"<html><script>alert(1)</script></html>")
    real: Reply = (200, {"Content-Type": "text/html"}, picture())
    replies = {"cats.example/page.png": page, "cats.example/real": real}
    with Web(replies, {"cats.example": [[PUBLIC]]}) as web:
        got = [
            fetch_image(f"http://cats.example/{path}", resolve=web.resolve, connect=web.connect)
            for path in ("page.png", "real")
        ]
    with pytest.raises(ImageError):
        take_in(got[0].content, got[0].name)
    taken = take_in(got[1].content, got[1].name)
    assert taken.info
    assert (taken.name, taken.url, taken.info.format) == ("real", None, "png")
