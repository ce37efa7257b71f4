"""What is in the database, so the same at both nodes: answers, Stop, limits, links."""

import re

from playwright.sync_api import BrowserContext, expect

from tests.e2e.browser.access.test_shared_link import shared
from tests.e2e.browser.running import Visitor
from tests.e2e.browser.visiting import Visit
from tests.e2e.cluster.cluster import Cluster, node_of
from tests.support.loopback.server import Loopback


def send_to(context: BrowserContext, cluster: Cluster, node: int) -> None:
    """Give a browser the cookie that leads to a node."""
    context.add_cookies([{"name": "tuwen_node", "value": str(node), "url": cluster.url}])


def at(cluster: Cluster, visit: Visit, node: int, path: str = "/") -> Visitor:
    """Somebody with another browser at this node."""
    person = visit(cluster)
    send_to(person.page.context, cluster, node)
    person.page.goto(cluster.url + path)
    expect(person.page.get_by_test_id("stApp")).to_be_visible()
    return person


def test_an_answer_of_the_other_node_is_seen_to_grow_and_can_be_stopped(
    standing: Cluster, visit: Visit, endpoint: Loopback
) -> None:
    first = at(standing, visit, 1)
    first.pick_model("fake-slow")
    first.send("Count for me")
    growing = first.page.get_by_test_id("stChatMessage").last
    expect(growing).to_contain_text("3 4", timeout=20_000)
    first.page.wait_for_url(re.compile(r"\?.*c="))
    second = at(standing, visit, 2, first.page.url.removeprefix(standing.url))
    assert (node_of(first.page), node_of(second.page)) == (1, 2)
    there = second.page.get_by_test_id("stChatMessage").last
    expect(there).to_contain_text("3 4", timeout=20_000)
    seen = there.inner_text()
    second.page.wait_for_timeout(2500)
    assert len(there.inner_text()) > len(seen)
    second.key("stop").get_by_role("button").click()
    for person in (first, second):
        expect(person.answers.last).to_contain_text("Stopped", timeout=20_000)


def test_a_link_that_is_withdrawn_at_one_node_is_dead_at_the_other(
    standing: Cluster, visit: Visit
) -> None:
    person = at(standing, visit, 1)
    person.pick_model("fake-vision")
    person.ask("Share me")
    path = "/shared" + shared(person).partition("/shared")[2]
    reader = person.page.context.request
    for node in (1, 2):
        assert reader.get(standing.node(node).url + path).status == 200
    person.page.get_by_role("button", name="Revoke").first.click()
    expect(person.page.get_by_text("No active links.")).to_be_visible()
    for node in (1, 2):
        assert reader.get(standing.node(node).url + path).status == 404
