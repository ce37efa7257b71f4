"""What screen readers are told of answers that come: each thing once."""

import re
from uuid import uuid4

from playwright.sync_api import expect

from components.i18n import t
from tests.e2e.browser.compare.test_compare import ask, choose, picture, put_in
from tests.e2e.browser.running import RunningApp, Visitor
from tests.e2e.browser.visiting import Visit

# What is written into a live region that was there, and alerts that come to be drawn, are read out.
LISTEN = """
window.heard = [];
const LIVE = '[role=alert], [role=status], [aria-live=polite], [aria-live=assertive]';
const element = (node) => node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
new MutationObserver((all) => {
  const spoken = new Set();
  const alerts = new Set();
  for (const each of all) {
    const region = element(each.target)?.closest(LIVE);
    if (region) spoken.add(region);
    else for (const node of each.addedNodes) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      if (node.matches('[role=alert]')) alerts.add(node);
      node.querySelectorAll('[role=alert]').forEach((one) => alerts.add(one));
    }
  }
  requestAnimationFrame(() => {
    const told = [...alerts].filter((each) => each.isConnected && each.matches('[role=alert]'));
    heard.push(...told.map((each) => each.textContent.trim()));
  });
  for (const each of spoken) if (each.textContent.trim()) heard.push(each.textContent.trim());
}).observe(document, { childList: true, characterData: true, subtree: true });
"""
ASKING, ANSWERED = t("en", "ui.told.answering"), t("en", "ui.told.answered")


def listener(app: RunningApp, visit: Visit, path: str) -> Visitor:
    person: Visitor = visit(app)
    person.page.add_init_script(LISTEN)
    return person.open(f"{path}?lang=en")


def heard(person: Visitor) -> list[str]:
    """Since this was asked last."""
    person.idle()
    person.page.wait_for_timeout(300)  # for what shouldn't be said
    found: list[str] = person.page.evaluate("heard.splice(0)")
    return found


def test_an_answer_is_told_when_it_begins_and_when_it_ends(app: RunningApp, visit: Visit) -> None:
    person = listener(app, visit, "/")
    person.pick_model("fake-slow")
    heard(person)
    person.send("count")
    expect(person.page.get_by_test_id("stChatMessage").last).to_contain_text("1 2 3 4 5")
    assert heard_while_running(person) == [ASKING]
    person.key("stop").locator("button").click()
    expect(person.key("stop")).to_have_count(0)
    assert heard(person) == [t("en", "ui.outcome.stopped")]
    person.pick_model("fake-vision")
    heard(person)
    person.ask("What is this?")
    assert [each for each in heard(person) if each != ASKING] == [ANSWERED]
    person.page.reload()
    expect(person.answers).to_have_count(2)
    assert heard(person) == []


def heard_while_running(person: Visitor) -> list[str]:
    found: list[str] = person.page.evaluate("heard.splice(0)")
    return found


def test_an_error_is_told_once(app: RunningApp, visit: Visit) -> None:
    person = listener(app, visit, "/")
    person.pick_model("fake-status-401")
    heard(person)
    asked = f"What is {uuid4().hex[:8]}?"  # the log is shared with other tests
    for count in (1, 2):
        person.send(asked)
        expect(person.answers).to_have_count(count)
        expect(person.answers.last).to_contain_text("rejected the key")
        (said,) = [each for each in heard(person) if each != ASKING]
        assert "rejected the key" in said
    person.key("new_chat").get_by_role("button").click()
    expect(person.answers).to_have_count(0)
    heard(person)
    person.key("conversations").get_by_role("link", name=asked).click()
    expect(person.answers).to_have_count(2)
    assert heard(person) == []


def test_a_comparison_is_told_when_it_begins_and_when_it_ends(
    app: RunningApp, visit: Visit
) -> None:
    person = listener(app, visit, "/compare")
    put_in(person, 2, picture(1), picture(2))
    choose(person, "fake-vision", "fake-slow", "fake-status-401")
    heard(person)
    ask(person)
    expect(person.key("compare_column-1")).to_contain_text("1 2 3 4")
    expect(person.key("compare_column-2")).to_contain_text("rejected the key")
    said = heard_while_running(person)
    assert [each for each in said if "available" not in each] == [t("en", "compare.told.asking")]
    # Stop stands where Compare stood
    person.key("compare_run_stop").get_by_role("button").click()
    expect(person.key("compare_swap_order")).to_be_visible(timeout=10_000)
    expect(person.key("compare_run")).to_be_visible()
    done = re.escape(t("en", "compare.told.done", n=1, of=3))
    (told,) = [each for each in heard(person) if "available" not in each]
    assert re.fullmatch(f"{done} .* rejected the key.*", told)
