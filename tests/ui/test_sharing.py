"""Links made, listed and withdrawn in the app, and what the team may read."""

import re

from components.ui import services
from tests.sharing.things import compared, talked
from tests.ui.asking_routes import get
from tests.ui.visiting import Person


def link(person: Person) -> str:
    """The link that is on the screen, "" for none."""
    found = [c.value for c in person.at.code if "/shared?t=" in c.value]
    return found[0] if found else ""


def opened(link: str) -> int:
    return get("/shared", link.partition("?")[2]).status


def test_a_link_to_a_conversation_is_made_shown_once_and_withdrawn() -> None:
    talked("1")
    person = Person(lang="en", c="c1").look().press("share")
    assert "as it is now, with its images" in person.says
    person.at.toggle(key="share_costs").set_value(True)
    person.press("share_make")
    made = link(person)
    assert re.search(r"/shared\?t=[A-Za-z0-9_-]{32}$", made)
    assert opened(made) == 200
    (share,) = services.log().shares("local", "conversation", "c1")
    assert (share.with_costs, share.with_names, share.person) == (True, False, "")
    assert (share.ends_at - share.created_at).days == 7
    person.press("share_revoke")
    assert link(person) == ""
    assert opened(made) == 404
    assert services.log().shares("local", "conversation", "c1") == []


def test_the_link_is_gone_when_the_window_opens_again() -> None:
    talked("1")
    person = Person(lang="en", c="c1").look().press("share").press("share_make")
    assert link(person)
    person.press("share")
    assert link(person) == ""
    assert "share_revoke" in person.keys


def test_a_link_is_made_from_a_row_of_the_history() -> None:
    talked("1")
    person = Person(lang="en").look().go("history")
    person.at.menu_button(key="row_menu-c1").click("share")
    person.look().press("share_make")
    assert opened(link(person)) == 200


def test_a_link_to_a_comparison_and_to_a_scenario() -> None:
    run = compared("cmp1", "Forty-two")
    person = Person(lang="en", run=run).look().go("compare").press("compare_share")
    person.press("share_make")
    assert opened(link(person)) == 200
    scenario = services.log().save_scenario("local", "Receipts", "v=1&m=gpt-4o")
    person = Person(lang="en").look().go("cost").press(f"cost_share-{scenario}")
    person.press("share_make")
    assert opened(link(person)) == 200


def test_the_team_is_not_offered_where_there_is_one_person() -> None:
    talked("1")
    person = Person(lang="en", c="c1").look().press("share")
    assert "team_visible" not in [each.key for each in person.at.toggle]
    services.log().let_team_read("local", "c1", "Ada")
    assert "Team" not in person.go("history").says
