"""What is the same whichever node answers, and what nginx keeps to itself."""

import hashlib
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.e2e.browser.visiting import Visit
from tests.e2e.cluster.cluster import Cluster, node_of
from tests.support.waiting import until


def get(url: str, node: int) -> tuple[bytes, dict[str, str]]:
    """Body and headers as a visitor of that node has them."""
    request = urllib.request.Request(url, headers={"Cookie": f"tuwen_node={node}"})
    with urllib.request.urlopen(request, timeout=30) as response:
        return response.read(), {key.lower(): value for key, value in response.headers.items()}


def test_static_files_have_the_same_names_and_content_on_both(standing: Cluster) -> None:
    page, headers = get(f"{standing.url}/", 1)
    assert get(f"{standing.url}/", 2)[0] == page
    assert "default-src 'self'" in headers["content-security-policy"]
    paths = re.findall(r'(?:src|href)="\.?/?(static/[^"]+)"', page.decode())
    assert paths
    for path in paths:
        mine, theirs = (get(f"{standing.url}/{path}", n)[0] for n in (1, 2))
        assert hashlib.sha256(mine).digest() == hashlib.sha256(theirs).digest()
    served = {node for path in paths for node in standing.proxy.served(f"/{path}")}
    assert served == {standing.address(1), standing.address(2)}


@pytest.mark.parametrize("node", [1, 2])
def test_a_deep_link_opens_on_either_node(standing: Cluster, visit: Visit, node: int) -> None:
    headings = {"/history?lang=zh": "历史", "/faq": "FAQ", "/cost": "Cost calculator"}
    for path, heading in headings.items():
        person = visit(standing)
        person.page.context.add_cookies(
            [{"name": "tuwen_node", "value": str(node), "url": standing.url}]
        )
        person.open(path)
        expect(person.page.get_by_role("heading", name=heading).first).to_be_visible()
        assert not person.page.get_by_role("dialog").count()
        assert node_of(person.page) == node


def test_what_was_asked_at_one_node_is_read_at_the_other(standing: Cluster, visit: Visit) -> None:
    person = visit(standing).open()
    person.pick_model("fake-vision")
    person.ask("Who else reads this?")
    address, first = person.page.url.removeprefix(standing.url), node_of(person.page)
    again = visit(standing)
    second = standing.other(first)
    again.page.context.add_cookies(
        [{"name": "tuwen_node", "value": str(second), "url": standing.url}]
    )
    again.open(address)
    assert node_of(again.page) == second
    expect(again.answers.last).to_contain_text("You asked: Who else reads this?")


@pytest.mark.parametrize(
    "path",
    ["/healthz", "/readyz", "/metrics", "//readyz", "/%72eadyz", "/readyz?x", "/_stcore/metrics"],
)
def test_what_is_for_whoever_runs_the_server_is_not_given_outside(
    standing: Cluster, path: str
) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(standing.url + path, 1)
    assert caught.value.code == 404


def test_a_shared_link_sets_no_cookie_and_its_token_is_not_logged(cluster: Cluster) -> None:
    token = "secret-token-of-a-link"
    request = urllib.request.Request(
        f"{cluster.url}/shared?t={token}",
        headers={"Referer": f"{cluster.url}/?c=secret-conversation"},
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 404
    assert "set-cookie" not in caught.value.headers
    for node in (1, 2):
        cluster.kill(node)
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(request)
    # nginx writes the line once it has answered.
    until(lambda: cluster.proxy.access_log.count('"/shared"') == 2)
    logged = cluster.proxy.access_log + (cluster.proxy.folder / "nginx.log").read_text("utf-8")
    assert "secret" not in logged


def test_a_foreign_host_name_is_refused_through_nginx_too(standing: Cluster) -> None:
    request = urllib.request.Request(standing.url, headers={"Host": "evil.test"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    assert caught.value.code == 400
