"""Nothing private is ever connected to, whatever the trick: by those who fetch images, and by those
who ask endpoints that a person typed in."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import pytest
from httpcore2 import (
    AsyncNetworkBackend,
    AsyncNetworkStream,
    ConnectError,
    ConnectTimeout,
    NetworkStream,
)

from components.errors import AppError, ProviderError
from components.fetching import fetch_image
from components.network.backends import MOST_TRIED, AsyncPublicOnly, PublicOnly
from components.network.resolver import NotPublic, Resolver, system_resolver
from components.providers import connection
from components.providers.endpoints import Endpoint
from components.providers.openai_compatible import OpenAICompatible
from components.providers.own import OwnEndpointError, own_endpoint
from tests.unit.network.web import PUBLIC, Answers, Reply, Web

OTHER = "8.8.8.8"
OK: Reply = (200, {"Content-Type": "application/json"}, b'{"data": [{"id": "cats"}]}')

# What is refused before anything is looked up, in 40 ways of writing it.
BY_LOOKS = [
    "http://127.0.0.1/a.png",
    "http://localhost/a.png",
    "http://LOCALHOST./a.png",
    "http://2130706433/a.png",
    "http://0x7f000001/a.png",
    "http://017700000001/a.png",
    "http://0177.0.0.1/a.png",
    "http://0x7f.0.0.1/a.png",
    "http://127.1/a.png",
    "http://127.0.1/a.png",
    "http://0/a.png",
    "http://0.0.0.0/a.png",
    "http://127.0.0.1./a.png",
    "http://①②⑦.⓪.⓪.①/a.png",
    "http://127。0。0。1/a.png",
    "http://[::1]/a.png",
    "http://[::]/a.png",
    "http://[::ffff:127.0.0.1]/a.png",
    "http://[::ffff:7f00:1]/a.png",
    "http://[::127.0.0.1]/a.png",
    "http://[64:ff9b::7f00:1]/a.png",
    "http://[64:ff9b:1::a00:1]/a.png",
    "http://[2002:7f00:1::]/a.png",
    "http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/a.png",
    "http://[fec0::1]/a.png",
    "http://[::ffff:0:127.0.0.1]/a.png",
    "http://[5f00::1]/a.png",
    "http://[3fff::1]/a.png",
    "http://[4000::1]/a.png",
    "http://[fe80::1]/a.png",
    "http://[fe80::1%25eth0]/a.png",
    "http://[fd00:ec2::254]/latest/meta-data",
    "http://10.0.0.1/a.png",
    "http://172.16.0.1/a.png",
    "http://192.168.1.1/a.png",
    "http://100.64.0.1/a.png",
    "http://169.254.169.254/latest/meta-data/",
    "http://168.63.129.16/machine",
    "http://192.0.0.192/opc/v2/instance/",
    "http://192.88.99.1/a.png",
    "http://224.0.0.1/a.png",
    "http://255.255.255.255/a.png",
    "http://metadata.google.internal/computeMetadata/v1/",
    "http://printer.local/a.png",
    "http://printer/a.png",
]
INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "169.254.169.254",
    "168.63.129.16",
    "192.0.0.192",
    "192.88.99.1",
    "0.0.0.0",
    "100.100.100.200",
    "198.18.0.1",
    "240.0.0.1",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "::10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:a00:1::",
    "fec0::1",
    "::ffff:0:7f00:1",
    "5f00::1",
    "3fff::1",
    "4000::1",
    "fe80::1%2",
    "fd00::1",
    "ff02::1",
    "not an address",
]


CATS = "http://cats.example"
AT = "cats.example/models"  # what is asked for there
# A person's words for an address that leads inside, or is none.
REFUSED = {"fetch_address", "fetch_not_public", "own_private", "own_base_url", "not_public"}
INSIDE_CODES = {"fetch_not_public", "not_public"}
Ask = Callable[[Web, str], str]


def fetched(web: Web, base: str) -> str:
    """The error's code of an image at BASE/models, "" if it was had."""
    try:
        got = fetch_image(f"{base}/models", resolve=web.resolve, connect=web.connect)
    except AppError as error:
        return error.code
    assert got.content == OK[2]
    return ""


def asked(web: Web, base: str) -> str:
    """The error's code of an endpoint that was typed in, "" if it lists its models."""
    try:
        assert listed(web, own_endpoint(base, "", public_only=True)) == ["cats"]
    except (OwnEndpointError, ProviderError) as error:
        return error.code
    return ""


def listed(web: Web, where: Endpoint) -> list[str]:
    async def run() -> list[str]:
        with pytest.MonkeyPatch.context() as patch:
            backend = AsyncPublicOnly(Usual(web.connect_async), web.resolve)
            patch.setattr(connection, "AsyncPublicOnly", lambda usual: backend)
            client = OpenAICompatible(where)
        try:
            return await client.list_models()
        finally:
            await client.close()

    return asyncio.run(run())


class Usual(AsyncNetworkBackend):
    """Connections made by a function."""

    def __init__(self, connect: Callable[..., Awaitable[AsyncNetworkStream]]) -> None:
        self._connect = connect

    async def connect_tcp(self, *where: object, **how: object) -> AsyncNetworkStream:
        return await self._connect(*where, **how)


@pytest.fixture(params=[fetched, asked], ids=["image", "endpoint"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Those who connect to what a person typed."""
    return request.param  # type: ignore[no-any-return]


@pytest.mark.parametrize("url", BY_LOOKS)
def test_what_lies_inside_by_its_looks_is_not_even_looked_up(url: str, ask: Ask) -> None:
    with Web() as web:
        assert ask(web, url) in REFUSED
        assert (web.looked_up, web.connected) == ([], [])


@pytest.mark.parametrize("inside", INSIDE)
def test_a_name_that_leads_inside_is_never_connected_to(inside: str, ask: Ask) -> None:
    with Web({AT: OK}, {"cats.example": [[inside]]}) as web:
        assert ask(web, CATS) in INSIDE_CODES
        assert web.connected == []


def test_a_name_that_changes_its_mind_gains_nothing(ask: Ask) -> None:
    with Web({AT: OK}, {"cats.example": [[PUBLIC], ["127.0.0.1"]]}) as web:
        assert ask(web, CATS) == ""
        # It was looked up once, and that very answer was connected to.
        assert (web.looked_up, web.connected) == (["cats.example"], [(PUBLIC, 80)])
        assert ask(web, CATS) in INSIDE_CODES
        assert web.connected == [(PUBLIC, 80)]


def test_a_name_that_changes_its_mind_between_two_hops_gains_nothing(ask: Ask) -> None:
    replies: dict[str, Reply] = {AT: (302, {"Location": "/b"}, b""), "cats.example/b": OK}
    with Web(replies, {"cats.example": [[PUBLIC], ["10.0.0.1"]]}) as web:
        assert ask(web, CATS) in INSIDE_CODES | {"redirect"}
        assert web.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("to", [*BY_LOOKS, "//127.0.0.1/x", "//inside.example/"])
def test_a_redirect_to_the_inside_is_not_followed(to: str, ask: Ask) -> None:
    location = to.encode("utf-8").decode("latin-1")
    replies: dict[str, Reply] = {AT: (308, {"Location": location}, b"")}
    answers: Answers = {"cats.example": [[PUBLIC]], "inside.example": [["10.0.0.1"]]}
    with Web(replies, answers) as web:
        assert ask(web, CATS) in REFUSED | {"redirect"}
        assert web.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("inside", ["http://127.0.0.1", "http://[::1]", "http://localhost"])
def test_a_proxy_of_the_environment_is_not_asked(
    inside: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lie inside, and could lead anywhere."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"{inside}:9")
        monkeypatch.setenv(name.lower(), f"{inside}:9")
    with Web({AT: OK}, {"cats.example": [[PUBLIC]]}) as web:
        assert ask(web, CATS) == ""
        assert (web.looked_up, web.connected) == (["cats.example"], [(PUBLIC, 80)])


def test_a_name_that_cannot_be_looked_up_is_told_as_such(ask: Ask) -> None:
    with Web() as web:
        assert ask(web, CATS) in {"fetch_unreachable", "dns"}


# Both backends by themselves: what they do with time, and with several addresses.


def connected(
    resolve: Resolver,
    connect: Callable[[str, float], None],
    seconds: float = 5.0,
    host: str = "cats.example",
) -> None:
    """By the backend of those without an event loop."""

    def connecting(address: str, port: int, timeout: float) -> NetworkStream:
        connect(address, timeout)
        return NetworkStream()

    PublicOnly(resolve, connecting).connect_tcp(host, 80, seconds)


def connected_in_a_loop(
    resolve: Resolver,
    connect: Callable[[str, float], None],
    seconds: float = 5.0,
    host: str = "cats.example",
) -> None:
    """By the other one."""

    async def connecting(address: str, port: int, timeout: float) -> AsyncNetworkStream:
        connect(address, timeout)
        return AsyncNetworkStream()

    backend = AsyncPublicOnly(Usual(connecting), resolve)
    asyncio.run(_within(backend.connect_tcp(host, 80, seconds)))


async def _within(connecting: Awaitable[AsyncNetworkStream]) -> None:
    await connecting


both = pytest.mark.parametrize("by", [connected, connected_in_a_loop])


@both
def test_a_resolver_that_never_answers_is_left_when_the_time_is_up(by: Callable[..., None]) -> None:
    never = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        never.wait(30)
        return [PUBLIC]

    with pytest.raises(ConnectTimeout):
        by(silent, lambda *_: None, 0.2)
    assert not never.is_set()
    never.set()


@both
def test_an_address_that_is_silent_leaves_time_for_the_next(by: Callable[..., None]) -> None:
    tried: list[tuple[str, float]] = []

    def connect(address: str, seconds: float) -> None:
        tried.append((address, seconds))
        if address == OTHER:
            raise ConnectTimeout(address)

    by(lambda *_: [OTHER, PUBLIC], connect, 5.0)
    assert [address for address, _ in tried] == [OTHER, PUBLIC]
    assert tried[0][1] <= 2.5


@both
def test_the_error_of_the_last_address_is_told_and_not_all_are_tried(
    by: Callable[..., None],
) -> None:
    tried: list[str] = []

    def connect(address: str, _: float) -> None:
        tried.append(address)
        raise ConnectError(address)

    with pytest.raises(ConnectError, match=f"8.8.8.{MOST_TRIED}"):
        by(lambda *_: [f"8.8.8.{n}" for n in range(1, 200)], connect)
    assert len(tried) == MOST_TRIED


@both
@pytest.mark.parametrize("inside", INSIDE)
def test_one_private_address_among_public_ones_is_a_no(
    inside: str, by: Callable[..., None]
) -> None:
    for answer in ([inside], [PUBLIC, inside], [inside, PUBLIC], [PUBLIC, OTHER, inside], []):
        with pytest.raises(NotPublic):
            by(lambda *_, found=answer: found, lambda *_: pytest.fail("connected"))


@both
@pytest.mark.parametrize("url", [each for each in BY_LOOKS if each.isascii()])
def test_what_the_machine_itself_takes_for_an_address_is_looked_at(
    url: str, by: Callable[..., None]
) -> None:
    """Its resolver knows numbers of many kinds, and names of its own."""
    host = urlsplit(url).hostname
    with pytest.raises(ConnectError):
        by(system_resolver, lambda *_: pytest.fail("connected"), 20.0, host)


def test_names_that_nobody_answers_for_do_not_hold_up_others() -> None:
    never = threading.Event()

    def resolve(host: str, port: int) -> list[str]:
        if host == "silent.example":
            never.wait(30)
        return [PUBLIC]

    async def connecting(*_: object) -> AsyncNetworkStream:
        return AsyncNetworkStream()

    async def run() -> None:
        backend = AsyncPublicOnly(Usual(connecting), resolve)
        waiting = [
            asyncio.create_task(backend.connect_tcp("silent.example", 80, 30)) for _ in range(50)
        ]
        await asyncio.sleep(0)
        await backend.connect_tcp("cats.example", 80, 20)
        assert not any(each.done() for each in waiting)
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    asyncio.run(run())
    never.set()
