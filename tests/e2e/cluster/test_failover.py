"""A node that dies, stops or comes back, as the person in front of it sees it."""

import re
import time

from playwright.sync_api import Page, expect

from components.chat.store import STALE_AFTER
from tests.e2e.browser.running import Visitor
from tests.e2e.browser.visiting import Visit
from tests.e2e.cluster.cluster import Cluster, node_of, wait_for_node
from tests.support.loopback.server import Loopback

INTERRUPTED = "Interrupted. The partial answer is saved."


def streaming(cluster: Cluster, visit: Visit) -> tuple[Visitor, int]:
    """Somebody whose answer is in the middle, and their node."""
    person = visit(cluster).open()
    person.pick_model("fake-slow")
    person.send("Count for me")
    shown(person.page, "1 2 3")
    person.page.wait_for_timeout(1500)  # what came is written once a second
    return person, node_of(person.page)


def shown(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stChatMessage").filter(has_text=text).last).to_be_visible()


def test_after_a_crash_the_person_is_on_the_other_node_with_the_partial_answer(
    cluster: Cluster, visit: Visit, loopback: Loopback
) -> None:
    person, first = streaming(cluster, visit)
    second, address = cluster.other(first), person.page.url
    cluster.kill(first)
    # Without a hand on the page, at the same address:
    wait_for_node(person.page, second)
    shown(person.page, "Count for me")
    shown(person.page, "1 2 3")
    assert person.page.url == address
    assert re.search(r"[?&]c=", address)
    expect(person.answers.last).to_contain_text(INTERRUPTED, timeout=2000 * STALE_AFTER)
    expect(person.answers.last).to_contain_text("1 2 3")
    expect(person.page.get_by_role("button", name="Continue").last).to_be_visible()
    person.pick_model("fake-vision")
    expect(person.ask("And now?")).to_contain_text("You asked: And now?")
    assert len(loopback.asked()) == 2  # nothing was sent again unasked
    at = cluster.proxy.served("/_stcore/stream")  # logged as they end
    assert at[0] == cluster.address(first)
    assert set(at[1:]) <= {cluster.address(second)}
    assert node_of(person.page) == second
    # Both nodes read one store:
    cluster.restart(first)
    history = visit(cluster.node(first)).open(address.removeprefix(cluster.url))
    expect(history.answers.first).to_contain_text("1 2 3")
    expect(history.answers.last).to_contain_text("You asked: And now?")


def test_a_node_that_is_stopped_keeps_what_came_and_hands_its_visitors_over(
    cluster: Cluster, visit: Visit
) -> None:
    person, first = streaming(cluster, visit)
    cluster.stop(first)
    wait_for_node(person.page, cluster.other(first))
    # Nobody has to wait for a heartbeat to grow old: the node said that it ended.
    expect(person.answers.last).to_contain_text("1 2 3")
    expect(person.answers.last).to_contain_text(INTERRUPTED)


def test_a_node_that_is_back_gets_visitors_again_and_nobody_is_moved_to_it(
    cluster: Cluster, visit: Visit
) -> None:
    person = visit(cluster).open()
    first = node_of(person.page)
    cluster.kill(first)
    wait_for_node(person.page, cluster.other(first))
    cluster.restart(first)
    newcomers = [visit(cluster).open()]
    deadline = time.monotonic() + 60
    while node_of(newcomers[-1].page) != first:
        assert time.monotonic() < deadline, "no newcomer came to the node that is back"
        newcomers[-1].page.wait_for_timeout(1000)
        newcomers.append(visit(cluster).open())
    person.open("/history")
    assert node_of(person.page) == cluster.other(first)


def test_pages_open_while_a_node_is_away(cluster: Cluster, visit: Visit) -> None:
    cluster.kill(1)
    for path, heading in (("/history", "History"), ("/faq", "FAQ")):
        person = visit(cluster).open(path)
        expect(person.page.get_by_role("heading", name=heading).first).to_be_visible()
        assert node_of(person.page) == 2
