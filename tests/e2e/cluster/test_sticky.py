"""Which node a visitor's requests go to."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from tests.e2e.browser.visiting import Visit
from tests.e2e.cluster.cluster import Cluster, node_of

Pictures = tuple[Path, Path]


def heard(page: Page) -> list[Response]:
    """The responses that a page gets from now on, as they come."""
    responses: list[Response] = []

    def keep(response: Response) -> None:  # Playwright marks the function, so it can't be append
        responses.append(response)

    page.on("response", keep)
    return responses


def test_uploads_and_pictures_go_to_the_node_of_the_websocket(
    standing: Cluster, visit: Visit, pictures: Pictures
) -> None:
    people = [visit(standing).open() for _ in range(4)]
    assert {node_of(person.page) for person in people} == {1, 2}
    for person in people:
        responses = heard(person.page)
        person.drop_in(*pictures)
        person.pick_model("fake-vision")
        expect(person.ask("What is it?")).to_contain_text("You asked: What is it?")
        mine = [r for r in responses if "/_stcore/upload_file/" in r.url or "/media/" in r.url]
        assert {r.request.method for r in mine} >= {"PUT", "GET"}
        assert not [r.url for r in mine if r.status >= 400]
        person.page.close()
    for path in ("/_stcore/upload_file/...", "/media/..."):
        assert set(standing.proxy.served(path)) == {standing.address(1), standing.address(2)}


def test_the_cookie_says_the_node_and_nothing_else(standing: Cluster, visit: Visit) -> None:
    person = visit(standing).open()
    (cookie,) = [c for c in person.page.context.cookies() if c["name"] == "tuwen_node"]
    assert cookie["value"] in {"1", "2"}
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"


@pytest.mark.parametrize("made_up", ["3", "172.28.7.11:8501", "node_1", "1 2", ""])
def test_a_made_up_cookie_leads_to_some_node_and_is_replaced(
    standing: Cluster, made_up: str
) -> None:
    request = urllib.request.Request(standing.url, headers={"Cookie": f"tuwen_node={made_up}"})
    with urllib.request.urlopen(request) as response:
        assert response.status == 200
        assert response.headers["set-cookie"].startswith(("tuwen_node=1;", "tuwen_node=2;"))
