"""Links made, listed and withdrawn in the app, and what the team may read."""

import re
from pathlib import Path

import pytest

from components import services
from components.i18n import t
from tests.pages.access.test_access import AUTH, secrets, signed_in
from tests.pages.chat.asking_routes import get
from tests.pages.visiting import KEY, MODELS, Person, configure
from tests.support.loopback.server import Loopback
from tests.unit.sharing.things import compared, talked


def link(person: Person) -> str:
    """The link that is on the screen, "" for none."""
    found = [c.value for c in person.at.code if "/shared?t=" in c.value]
    return found[0] if found else ""


def opened(link: str) -> int:
    return get("/shared", link.partition("?")[2]).status


def test_a_link_to_a_conversation_is_made_shown_once_and_withdrawn() -> None:
    talked("1")
    person = Person(lang="en", c="c1").look().press("share")
    assert "and its images as they are now" in person.says
    person.at.toggle(key="share_costs").set_value(True)
    person.press("share_make")
    made = link(person)
    assert re.search(r"/shared\?t=[A-Za-z0-9_-]{32}$", made)
    assert opened(made) == 200
    assert "1 active link shows this, too." in person.look().says
    (share,) = services.app().store().shares.open_ones("local", "conversation", "c1")
    assert (share.with_costs, share.with_names, share.person) == (True, False, "")
    assert (share.ends_at - share.created_at).days == 7
    person.press("share_revoke")
    assert link(person) == ""
    assert opened(made) == 404
    assert services.app().store().shares.open_ones("local", "conversation", "c1") == []


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
    scenario = services.app().store().scenarios.save("local", "Receipts", "v=1&m=gpt-4o")
    person = Person(lang="en").look().go("cost").press(f"cost_share-{scenario}")
    person.press("share_make")
    assert opened(link(person)) == 200


def test_the_team_is_not_offered_where_there_is_one_person() -> None:
    talked("1")
    person = Person(lang="en", c="c1").look().press("share")
    assert "team_visible" not in [each.key for each in person.at.toggle]
    services.app().store().shares.let_team_read("local", "c1", "Ada")
    assert "Team" not in person.go("history").says


@pytest.fixture
def team(tmp_path: Path, loopback: Loopback) -> None:
    """A server with OIDC: Bob and Cleo are members, Vic a viewer."""
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=MODELS)
    access = '[access]\nmode = "oidc"\nallow = ["example.org"]\nviewers = ["vic@example.org"]\n'
    secrets(tmp_path, access + AUTH)


def asked(person: Person, question: str) -> str:
    """Ask; the conversation's id."""
    person.look().pick("fake-vision").ask(question)
    found = person.remembers.chat.conversation_id
    assert found
    return found


@pytest.mark.usefixtures("team")
class TestTeam:
    def test_the_others_read_what_one_opens_to_them_and_cannot_change_it(self) -> None:
        bob, cleo = signed_in("bob"), signed_in("cleo").look()
        conversation = asked(bob, "What does Bob ask?")
        assert "What does Bob ask?" not in cleo.go("history").says
        bob.press("share").at.toggle(key="team_visible").set_value(True)
        assert t("en", "sharing.team.on") in bob.look().says
        cleo.look()
        assert "Bob · " in cleo.says
        cleo.press("team_read-0")
        read = cleo.at.container(key="team_conversation")
        assert any("What does Bob ask?" in each.value for each in read.markdown)
        assert [each.key for each in read.button] == ["team_close"]
        # by its own id it stays a stranger's
        assert (
            services.app()
            .store()
            .conversations.conversation(cleo.remembers.was or "", conversation)
            is None
        )

    def test_what_is_taken_back_is_gone_at_the_next_look(self) -> None:
        bob, cleo = signed_in("bob"), signed_in("cleo").look()
        conversation = asked(bob, "What does Bob ask?")
        owner = bob.remembers.was or ""
        services.app().store().shares.let_team_read(owner, conversation, "Bob")
        cleo.go("history").press("team_read-0")
        services.app().store().shares.keep_from_team(owner, conversation)
        assert t("en", "sharing.team.gone") in cleo.look().says
        assert "What does Bob ask?" not in cleo.says

    def test_who_was_switched_off_shares_nothing_any_more(self) -> None:
        bob, cleo = signed_in("bob"), signed_in("cleo").look()
        conversation = asked(bob, "What does Bob ask?")
        owner = bob.remembers.was or ""
        services.app().store().shares.let_team_read(owner, conversation, "Bob")
        bob.press("share").at.toggle(key="share_names").set_value(True)
        bob.press("share_make")
        made = link(bob)
        page = get("/shared", made.partition("?")[2])
        assert (page.status, "shared by Bob" in page.text) == (200, True)
        services.app().people().switch(owner, off=True)
        assert opened(made) == 404
        assert "What does Bob ask?" not in cleo.go("history").says

    def test_a_viewer_reads_and_shares_nothing(self) -> None:
        bob, vic = signed_in("bob"), signed_in("vic").look()
        conversation = asked(bob, "What does Bob ask?")
        services.app().store().shares.let_team_read(bob.remembers.was or "", conversation, "Bob")
        vic.go("history").press("team_read-0")
        assert "What does Bob ask?" in vic.says
        owner = vic.remembers.was or ""
        talked("1", owner=owner)
        vic.look().at.menu_button(key="row_menu-c1").click("share")
        vic.look().press("share_make")
        assert link(vic) == ""
        assert services.app().store().shares.open_ones(owner, "conversation", "c1") == []
