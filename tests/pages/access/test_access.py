"""Signing in and out, roles and people, in each of the three modes."""

import ast
import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.proto.BackMsg_pb2 import BackendOperationRequest
from streamlit.runtime.backend_operation_handler import DeferredFileHandler

from components import services
from components.access.errors import AccessError
from components.access.passes import VALID, Passes
from components.access.store import FREE
from components.i18n import t
from components.i18n.sentence import sentence
from components.services.settings import cookie_secret
from components.ui.app.startup_checks import refuse_or_go_on
from components.ui.streamlit_seam import downloads
from tests.pages.compare import compare_visiting as compares
from tests.pages.visiting import KEY, MODELS, ROOT, Person, configure
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback
from tests.support.waiting import until

PASSWORD = "correct horse battery"
AUTH = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "a long enough secret of a cookie"
client_id = "tuwen"
client_secret = "secret"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"
"""


def secrets(folder: Path, text: str) -> None:
    with (folder / "secrets.toml").open("a", encoding="utf-8") as file:
        file.write(text)
    services.begin()


@pytest.fixture
def demo(tmp_path: Path, loopback: Loopback) -> None:
    """A server with a shared password."""
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=MODELS)
    secrets(tmp_path, f'[access]\nmode = "password"\npassword = "{PASSWORD}"\n')


@pytest.fixture
def team(tmp_path: Path, loopback: Loopback) -> None:
    """A server with OIDC: Ann is admin, Bob a member, Vic a viewer."""
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=MODELS)
    secrets(
        tmp_path,
        '[access]\nmode = "oidc"\nallow = ["example.org"]\n'
        'admins = ["ann@example.org"]\nviewers = ["vic@example.org"]\n' + AUTH,
    )


def signed_in(name: str, **claims: object) -> Person:
    """Somebody whom the provider has sent back."""
    person = Person(lang="en")
    person.at.user = {
        "is_logged_in": True,
        "iss": "http://localhost:1",
        "sub": f"sub-{name}",
        "name": name.title(),
        "email": f"{name}@example.org",
        "email_verified": True,
        "iat": int(time.time()) - 60,
        **claims,
    }
    return person


def type_password(person: Person, typed: str) -> Person:
    person.at.text_input(key="login_password").set_value(typed)
    return person.press("login")


def owner(person: Person) -> str:
    """Whose visit it is, as of its latest run."""
    assert person.remembers.was
    return person.remembers.was


def sees_a_page(person: Person) -> bool:
    return bool(person.at.chat_input)


def test_locally_nobody_signs_in_and_nobody_can_sign_out(person: Person) -> None:
    person.look()
    assert sees_a_page(person)
    assert person.remembers.was == "local"
    assert "sign_out" not in person.keys


@pytest.mark.parametrize(
    ("spoilt", "line"),
    [(b'[access]\nmode = "password\n', "line 2"), (b"[access]\nmode = password", "line 2"),
     (b"[access]\nmode = '\xff'", "can't be read"), (b"[a]\n[a]\n", "line 2")],
)  # fmt: skip
def test_settings_of_access_that_cannot_be_read_let_nobody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: bytes, line: str
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    (tmp_path / "secrets.toml").write_bytes(spoilt)
    services.begin()
    with pytest.raises(SystemExit, match=line):
        refuse_or_go_on()


def test_a_file_that_is_spoilt_while_the_server_runs_changes_nothing(
    demo: None, person: Person, tmp_path: Path
) -> None:
    assert services.app().access().mode == "password"
    (tmp_path / "secrets.toml").write_text("[access")
    st.secrets._reset()
    services.begin()
    assert services.app().access().mode == "password"
    person.look()
    assert not sees_a_page(person)


@pytest.mark.usefixtures("demo")
class TestSharedPassword:
    def test_before_it_is_typed_there_is_a_form_and_nothing_else(self, person: Person) -> None:
        services.app().store()
        person.look()
        assert not sees_a_page(person)
        assert set(person.keys) == {"login"}
        assert t("en", "access.sign_in.common") in person.says

    def test_no_address_leads_around_it(self) -> None:
        for page in ("history", "compare", "cost", "faq"):
            person = Person(lang="en", c="x")
            person.look().go(page)
            assert set(person.keys) == {"login"}

    def test_the_right_one_opens_and_everybody_has_one_history(self, person: Person) -> None:
        type_password(person.look(), PASSWORD)
        assert sees_a_page(person)
        person.pick("fake-vision").ask("Seen by all?")
        assert "Anyone with the password can read this." in person.says
        other = type_password(Person(lang="en").look(), PASSWORD)
        assert "Seen by all?" in other.shown_by("conversations")["days"]
        assert other.remembers.was == "shared"
        assert other.at.session_state["login_password"] == ""

    def test_a_wrong_one_is_told_and_many_wait(self, person: Person) -> None:
        type_password(person.look(), "wrong")
        assert person.errors == ["Wrong password. Try again."]
        for _ in range(FREE - 1):
            type_password(person, "wrong")
        assert "Try again in 2 s" in person.errors[0]
        other = type_password(Person(lang="en").look(), PASSWORD)
        assert "Try again in" in other.errors[0], "of the process, not of the visit"
        assert not sees_a_page(other)

    def test_signing_out_leaves_nothing_of_the_visit(self, person: Person) -> None:
        type_password(person.look(), PASSWORD)
        person.remembers.chat.typed = "half a question"
        person.press("sign_out")
        assert set(person.keys) == {"login"}
        assert person.remembers.chat.typed == ""
        assert not person.remembers.proof

    def test_the_page_hands_the_browser_a_ticket_and_neither_password_nor_pass(
        self, person: Person
    ) -> None:
        type_password(person.look(), PASSWORD)
        handed = str([each.proto for each in person.at.get("bidi_component")])
        errand = person.remembers.errand
        assert errand
        assert errand.ticket in handed
        assert services.app().passes().redeem(errand.ticket)
        assert person.remembers.proof not in handed
        assert PASSWORD not in handed
        person.press("sign_out")
        errand = person.remembers.errand
        assert errand
        assert errand.ticket == ""
        assert errand.id in str([each.proto for each in person.at.get("bidi_component")])

    def test_a_pass_ends_while_the_tab_is_open(self, person: Person) -> None:
        type_password(person.look(), PASSWORD)
        person.remembers.chat.typed = "half a question"
        earlier = Passes(PASSWORD, cookie_secret(), lambda: time.time() - VALID)
        person.remembers.proof = earlier.issue()
        person.look()
        assert set(person.keys) == {"login"}
        assert person.remembers.chat.typed == ""

    def test_wrong_ones_count_after_a_restart(self, person: Person) -> None:
        person.look()
        for _ in range(FREE):
            type_password(person, "wrong")
        services.begin()
        other = type_password(Person(lang="en").look(), PASSWORD)
        assert "Try again in" in other.errors[0]

    def test_while_the_database_is_away_nobody_is_let_in(
        self, person: Person, tmp_path: Path
    ) -> None:
        person.look()
        services.app().store().close()
        for left in tmp_path.glob("log.db*"):
            left.unlink()
        (tmp_path / "log.db").mkdir()
        type_password(person, PASSWORD)
        assert person.errors == [
            "The password can't be checked right now: the database isn't responding. "
            "Try again in a minute. This doesn't count as a wrong password."
        ]
        assert not sees_a_page(person)

    def test_nobody_is_admin(self, person: Person) -> None:
        type_password(person.look(), PASSWORD)
        assert not person.remembers.person.is_admin


@pytest.mark.usefixtures("team")
class TestOidc:
    def test_before_signing_in_there_is_a_button_and_nothing_else(self) -> None:
        person = Person(lang="en").look()
        assert set(person.keys) == {"sign_in_go"}

    def test_two_people_each_see_only_their_own(self) -> None:
        bob, cal = signed_in("bob").look(), signed_in("cal").look()
        bob.pick("fake-vision").ask("Is this Bob's?")
        mine = bob.remembers.chat.conversation_id
        assert "Is this Bob's?" not in cal.look().says
        peeking = signed_in("cal")
        peeking.at.query_params = {"lang": "en", "c": str(mine)}
        peeking.look()
        assert t("en", "ui.chat.not_found") in [info.value for info in peeking.at.info]
        assert "Is this Bob's?" not in peeking.go("history").says

    @pytest.mark.parametrize(
        ("claims", "said"),
        [
            ({"email": "bob@evil.example"}, "isn't on this server's list"),
            ({"email_verified": False}, "is verified"),
            ({"email": ""}, "doesn't share your email address"),
            ({"sub": ""}, "doesn't say who you are"),
        ],
    )
    def test_who_is_not_let_in_reads_why(self, claims: dict[str, object], said: str) -> None:
        person = signed_in("bob", **claims).look()
        assert said in person.errors[0].replace("\\", "")
        assert set(person.keys) == {"sign_out"}
        assert services.app().store().people.everybody() == []

    def test_switched_off_is_gone_at_the_next_click_whatever_it_is(self) -> None:
        bob = signed_in("bob").look()
        bob.pick("fake-vision").ask("One")
        services.app().people().switch(owner(bob), off=True)
        bob.ask("Two")
        assert "Your access has been turned off." in bob.errors[0]
        assert not sees_a_page(bob)
        assert bob.remembers.chat.draft == []
        kept = (
            services.app()
            .store()
            .history.page(next(p.owner for p in services.app().people().all()))
        )
        assert [row.messages for row in kept] == [2], "the second question wasn't sent"

    def test_signed_out_everywhere_is_gone_and_comes_back_by_signing_in(self) -> None:
        bob = signed_in("bob").look()
        services.app().people().sign_out(owner(bob))
        bob.look()
        assert set(bob.keys) == {"sign_in_go"}
        again = signed_in("bob", iat=int(time.time()) + 5).look()
        assert sees_a_page(again)

    def test_signing_out_oneself_ends_copies_of_the_cookie(self) -> None:
        bob, copied = signed_in("bob").look(), signed_in("bob").look()
        assert sees_a_page(copied)
        bob.press("sign_out")
        assert not sees_a_page(bob)
        assert not sees_a_page(copied.look())

    def test_somebody_else_in_the_same_tab_finds_nothing_of_the_one_before(self) -> None:
        tab = signed_in("bob").look()
        tab.remembers.chat.typed, bobs = "Bob's draft", owner(tab)
        tab.at.user = signed_in("cal").at.user
        tab.look()
        assert tab.remembers.chat.typed == ""
        assert owner(tab) != bobs

    def test_a_viewer_reads_that_they_cant_ask(self) -> None:
        vic = signed_in("vic").look()
        assert vic.at.chat_input(key="chat_input").disabled
        assert "You can read here, but not ask" in vic.says
        assert not vic.at.file_uploader
        vic.go("compare")
        assert not vic.at.file_uploader
        assert "compare_run" not in vic.keys

    def test_what_a_viewer_sends_all_the_same_is_refused(self) -> None:
        bob = signed_in("bob").look()
        bob.pick("fake-vision").ask("One")
        bobs = owner(bob)
        services.app().people().give_role(bobs, "viewer")
        bob.ask("Two")  # the tab still has its composer
        assert "You can read here, but not ask" in bob.says
        assert [row.messages for row in services.app().store().history.page(bobs)] == [2]

    def test_own_endpoints_go_into_private_networks_for_admins_only(
        self, loopback: Loopback
    ) -> None:
        def typed(person: Person) -> Person:
            person.look()
            person.at.text_input(key="own_url").set_value(loopback.base_url)
            person.at.text_input(key="own_key").set_value("sk-own")
            return person.press("own_test")

        assert typed(signed_in("bob")).remembers.chat.own == []
        assert len(typed(signed_in("ann")).remembers.chat.own) == 1
        assert not [i for i in signed_in("vic").look().at.text_input if i.key == "own_url"]


@pytest.mark.usefixtures("team")
class TestPeoplePage:
    def test_an_admin_sees_everybody_and_switches_them_off(self) -> None:
        bob = signed_in("bob").look()
        bobs = owner(bob)
        ann = signed_in("ann").look().go("people")
        assert "bob@example.org" in ann.says.replace("\\", "")
        ann.press(f"person-off-{bobs}")
        assert "access off" in ann.says
        assert "Your access has been turned off." in bob.look().errors[0]
        ann.press(f"person-off-{bobs}")
        assert sees_a_page(signed_in("bob").look())

    def test_an_admin_gives_a_role_and_takes_it_back(self) -> None:
        bob = signed_in("bob").look()
        key = f"person-role-{owner(bob)}"
        ann = signed_in("ann").look().go("people")
        ann.at.selectbox(key=key).set_value("viewer")
        ann.look()
        assert bob.look().at.chat_input(key="chat_input").disabled
        ann.at.selectbox(key=key).set_value("settings")
        ann.look()
        assert not bob.look().at.chat_input(key="chat_input").disabled

    def test_an_admin_signs_somebody_out_everywhere(self) -> None:
        bob = signed_in("bob").look()
        ann = signed_in("ann").look().go("people")
        ann.press(f"person-out-{owner(bob)}")
        assert not sees_a_page(bob.look())

    def test_nobody_locks_themselves_out(self) -> None:
        ann = signed_in("ann").look().go("people")
        anns = owner(ann)
        assert f"person-off-{anns}" not in ann.keys
        assert not [box for box in ann.at.selectbox if box.key == f"person-role-{anns}"]

    @pytest.mark.parametrize("name", ["bob", "vic"])
    def test_for_everybody_else_there_is_no_such_page(self, name: str) -> None:
        person = signed_in(name).look()
        with pytest.raises(Exception, match="people_page"):
            person.go("people")
        assert "person-off" not in "".join(person.keys)

    def test_an_admin_whose_role_is_taken_away_changes_nothing_any_more(self) -> None:
        cal, bob = signed_in("cal").look(), signed_in("bob").look()
        services.app().people().give_role(owner(cal), "admin")
        cal.look().go("people")
        services.app().people().give_role(owner(cal), None)
        cal.at.button(key=f"person-off-{owner(bob)}").click()
        cal.at.run()
        assert sees_a_page(bob.look())


def compared(person: Person) -> None:
    """A comparison that has ended."""
    compares.type_question(
        compares.of(compares.compare_page(person, *compares.photos(2)), "gpt-4o")
    )
    person.press("compare_run")
    run = services.app().runs().run(owner(person), compares.here(person).run_id or "")
    assert run is not None
    until(lambda: run.done, 20, "the comparison doesn't end")
    person.look()


FORMS = ("markdown", "html", "json", "jsonl", "csv")
PAGES: dict[str, tuple[set[str], Callable[[Person], object]]] = {
    "chat": ({"download-"}, lambda who: who.pick("gpt-4o").ask("A page, please")),
    "compare": ({f"compare_out-{kind}" for kind in ("csv", "md", "html", "zip")}, compared),
    "cost": ({"cost_csv"}, lambda who: who.go("cost")),
    "history": (
        {
            "export_all",
            *(f"export-{kind}" for kind in ("markdown", "html", "json", "jsonl", "csv")),
        },
        lambda who: who.pick("gpt-4o").ask("One").go("history"),
    ),
    "usage": ({"usage_csv"}, lambda who: who.pick("gpt-4o").ask("One").go("usage")),
}
"""Where files are made, and the beginnings of their buttons' keys."""


@pytest.mark.parametrize("how", ["off", "out"])
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("team")
def test_a_page_that_is_open_gives_no_file_once_access_has_ended(
    loopback: Loopback, monkeypatch: pytest.MonkeyPatch, page: str, how: str
) -> None:
    files: dict[str, Callable[[], object]] = {}

    def button(label: str, data: Callable[[], object], *, key: str, **_: object) -> None:
        files[key] = data

    monkeypatch.setattr(st, "download_button", button)
    loopback.enqueue(answer("```html\n<h1>Hello</h1><p>A page.</p>\n```", model="gpt-4o"))
    ann = signed_in("ann").look()  # an admin: the usage page is theirs alone
    keys, go = PAGES[page]
    go(ann)
    assert all(any(key.startswith(each) for key in files) for each in keys)
    assert all(callable(make) for make in files.values())
    for make in files.values():
        make()
    if how == "off":
        services.app().people().switch(owner(ann), off=True)
    else:
        services.app().people().sign_out(owner(ann))
    for make in files.values():
        with pytest.raises(AccessError) as raised:
            make()
        (said,) = raised.value.__notes__
        assert said == " ".join(sentence("en", raised.value.code, raised.value.data))


def test_every_file_that_is_made_on_a_page_asks_who_is_there() -> None:
    """Each button's data is what `checked` gives, or a name for that."""
    plain = []
    for path in sorted((ROOT / "components" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.download_button":
                data = ast.unparse(node.args[1])
                if not data.startswith(("checked(", "_maker(")):
                    plain.append(f"{path.name}: {data}")
    assert plain == []


async def _told(error: Exception) -> str:
    """What Streamlit's browser is told when a file's making raised this."""

    class Manager:
        def execute_deferred(self, file_id: str) -> str:
            raise RuntimeError("Callable execution failed") from error

    request = BackendOperationRequest(request_id="1")
    handler = DeferredFileHandler(Manager)  # type: ignore[arg-type]
    return str((await downloads._handle(handler, request, "s")).error_msg)


@pytest.mark.usefixtures("team")
def test_why_there_is_no_file_is_said_in_our_words() -> None:
    with_words = AccessError("access_off")
    with_words.add_note("Your access has been turned off.")
    assert asyncio.run(_told(with_words)) == "Your access has been turned off."
    assert "Failed to generate" in asyncio.run(_told(KeyError("x")))


@pytest.mark.usefixtures("team")
def test_an_admin_who_is_none_any_more_loses_a_private_endpoint_at_once(
    loopback: Loopback,
) -> None:
    bob = signed_in("bob").look()
    services.app().people().give_role(owner(bob), "admin")
    bob.look()
    bob.at.text_input(key="own_url").set_value(loopback.base_url)
    bob.at.text_input(key="own_key").set_value(KEY)
    bob.at.text_input(key="own_models").set_value("")
    bob.press("own_test")
    assert any("own · " in option for option in bob.models)
    before = len(loopback.asked())
    bob.drop(*compares.photos(1))
    services.app().people().give_role(owner(bob), "member")
    bob.ask("What is this?")  # on the page of an admin
    assert len(loopback.asked()) == before
    assert bob.errors
    assert bob.typed == "What is this?"
    assert len(bob.draft) == 1
    bob.look()
    assert not any("own · " in option for option in bob.models)
