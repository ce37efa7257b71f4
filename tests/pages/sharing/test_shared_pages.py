"""What a shared link shows, and what it never does."""

import io
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from PIL import Image

from components import services
from components.chat.store import Outcome
from components.sharing.making import share_it
from components.sharing.store import Kind
from components.ui.streamlit_seam.static_page import static_root
from tests.pages.access.test_access import secrets
from tests.pages.chat.asking_routes import Answer, get
from tests.pages.visiting import configure
from tests.unit.sharing.things import ASKED, CANARY, compared, photo, ran, talked

NOW = datetime.now(UTC)


def link(kind: Kind = "conversation", target: str = "c1", **options: object) -> str:
    """A new link's token."""
    made = share_it(services.app().store().shares, "local", kind, target, NOW, **options)  # type: ignore[arg-type]
    return made[1]


def shown(token: str, more: str = "") -> Answer:
    return get("/shared", f"t={token}{more}")


def test_whoever_has_the_link_reads_the_conversation_with_its_pictures() -> None:
    talked("1", text="What is on\nthis <b>picture</b>?", answer="A **cat** &\n- one\n- two")
    found = shown(link())
    assert found.status == 200
    assert "What is on\nthis <b>picture</b>?" in found.page.read
    assert "<strong>cat</strong> &amp;" in found.text
    assert "<ul><li>one</li><li>two</li></ul>" in found.text.replace(' dir="auto"', "")
    (src,) = found.page.pictures
    path, _, query = src.partition("?")
    picture = get(f"/{path}", query)
    assert (picture.status, picture.headers["content-type"]) == (200, "image/jpeg")
    assert Image.open(io.BytesIO(picture.body)).size == (1280, 960)


def test_a_picture_goes_out_without_what_its_file_tells() -> None:
    content = photo(gps=True)
    assert b"Canon" in content
    talked("1", content=content)
    token = link()
    body = get("/shared/picture", f"t={token}&n=0").body
    assert b"Canon" not in body
    assert not Image.open(io.BytesIO(body)).getexif()


def test_the_page_runs_nothing_loads_nothing_else_and_is_not_to_be_found() -> None:
    talked(
        "1", answer="![x](https://evil.example/x.png) [y](https://evil.example) <script>1</script>"
    )
    found = shown(link())
    names = {tag for tag, _ in found.page.tags}
    assert not names & {"script", "iframe", "form", "input", "button", "link", "object", "base"}
    own, (to, how) = f"?t={token_of(found)}&lang=zh", ("https://evil.example", "noopener")
    links = {str(a["href"]): str(a.get("rel")) for t, a in found.page.tags if t == "a"}
    assert set(links) == {own, to}  # followed by a click alone
    assert how in links[to]
    assert found.page.pictures == [f"shared/picture?t={token_of(found)}&n=0"]
    meta = {a.get("name"): a.get("content") for t, a in found.page.tags if t == "meta"}
    assert "noindex" in str(meta["robots"])
    headers = found.headers
    assert "noindex" in headers["x-robots-tag"]
    assert (headers["cache-control"], headers["referrer-policy"]) == ("no-store", "no-referrer")
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src 'self'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in headers


def token_of(found: Answer) -> str:
    return re.findall(r"\?t=([A-Za-z0-9_-]+)", found.text)[0]


def test_revoked_over_unknown_and_malformed_look_the_same() -> None:
    talked("1")
    store = services.app().store()
    revoked, over, gone = link(), link(), link(target="c9")
    closed = store.shares.open_ones("local", "conversation", "c1")
    ended, _ = share_it(store.shares, "local", "conversation", "c1", NOW - timedelta(days=8))
    assert shown(revoked).status == 200
    for share in closed:
        store.shares.revoke("local", share.id)
    answers = [
        shown(each)
        for each in (revoked, over, gone, "A" * 32, "", "x", "A" * 33, "%00", "../../etc/passwd")
    ]
    assert {(each.status, each.body, *sorted(each.headers.items())) for each in answers} == {
        (404, answers[0].body, *sorted(answers[0].headers.items()))
    }
    pictures = [get("/shared/picture", f"t={each}&n=0") for each in (revoked, gone, "x", "")]
    assert {(each.status, each.body) for each in pictures} == {(404, b"")}
    assert not ended.open_at(NOW)


def test_an_end_date_that_has_come_closes_the_link() -> None:
    talked("1")
    _, token = share_it(
        services.app().store().shares,
        "local",
        "conversation",
        "c1",
        NOW - timedelta(days=7, seconds=1),
    )
    assert shown(token).status == 404


def test_what_was_deleted_is_no_longer_shown_and_comes_back_with_an_undo() -> None:
    talked("1")
    token = link()
    services.app().store().history.delete("local", ["c1"])
    assert shown(token).status == 404
    services.app().store().history.undo_delete("local", ["c1"])
    assert shown(token).status == 200


def test_what_is_asked_after_the_link_was_made_stays_private() -> None:
    talked("1", text="Shared question")
    token = link()
    later = NOW + timedelta(seconds=5)
    talked("2", "c1", text="Private question", answer="Private answer", at=later)
    found = shown(token)
    assert "Shared question" in found.text
    assert "Private" not in found.text
    assert get("/shared/picture", f"t={token}&n=1").status == 404


@pytest.mark.parametrize("number", ["1", "-1", "x", "", "0x0", "99999999999999999999", "٠"])
def test_only_what_the_link_shows_can_be_had_with_it(number: str) -> None:
    talked("1")
    talked("2")  # another conversation of the same owner
    assert get("/shared/picture", f"t={link()}&n={number}").status == 404


def test_without_names_and_costs_neither_is_on_the_page() -> None:
    talked("1", cost=Decimal("0.042"))
    plain, full = shown(link()), shown(link(with_names=True, with_costs=True, person="Ada"))
    for word in ("holiday.jpg", "llava", "Ada", "0.042", "801 tokens"):
        assert word not in plain.text
    for word in ("holiday.jpg", "llava", "shared by Ada", "0.042", "801 tokens"):
        assert word in full.text
    named, priced = shown(link(with_names=True)), shown(link(with_costs=True))
    assert ("llava" in named.text, "0.042" in named.text) == (True, False)
    assert ("llava" in priced.text, "0.042" in priced.text) == (False, True)


def test_no_page_tells_an_id_a_hash_an_endpoint_or_a_key(tmp_path: Path) -> None:
    configure(tmp_path, base_url="http://127.0.0.1:9/v1", api_key=CANARY)
    digest = talked("1", answer=f"The key is {CANARY}")
    run = compared("cmp1", f"It said {CANARY}")
    pages = [
        shown(link(with_names=True, with_costs=True)),
        shown(link("comparison", run, with_names=True, with_costs=True)),
    ]
    for found in pages:
        assert found.status == 200
        for secret in (CANARY, 'c1"', digest, "127.0.0.1:8000", 'local"', run):
            assert secret not in found.text
        assert "[…]" in found.text


def test_a_comparison_is_shown_with_its_answers_and_without_names_where_they_are_hidden() -> None:
    run = compared("cmp1", "Forty-two")
    found, named = shown(link("comparison", run)), shown(link("comparison", run, with_names=True))
    assert found.status == named.status == 200
    assert "Forty-two" in found.text
    assert ASKED in found.text
    assert ("Model 1" in found.text, "Model 1" in named.text) == (True, False)
    for word in ("gpt-4o", "a.png", "$"):
        assert word not in found.text
    assert "gpt-4o" in named.text
    assert len(found.page.pictures) == 2
    src = found.page.pictures[1].partition("?")[2]
    assert get("/shared/picture", src).status == 200


def test_a_scenario_is_shown_with_what_it_comes_to() -> None:
    scenario = (
        services.app().store().scenarios.save("local", "Receipts <all>", "v=1&m=gpt-4o&n=2000")
    )
    plain, full = (
        shown(link("scenario", scenario)),
        shown(link("scenario", scenario, with_costs=True, with_names=True)),
    )
    assert "Receipts &lt;all&gt;" in plain.text
    assert ("765" in plain.text, "$" in plain.text, "gpt-4o" in plain.text) == (True, False, False)
    assert ("765" in full.text, "$" in full.text, "gpt-4o" in full.text) == (True, True, True)
    services.app().store().scenarios.delete("local", scenario)
    assert shown(link("scenario", scenario)).status == 404


@pytest.mark.parametrize("outcome", get_args(Outcome))
def test_an_answer_is_shown_however_it_ended(outcome: Outcome) -> None:
    talked("1", answer="As far as it came", outcome=outcome)
    found = shown(link())
    assert found.status == 200
    assert "As far as it came" in found.text


def test_the_page_speaks_the_readers_language() -> None:
    talked("1")
    token = link()
    assert "只读页面" in get("/shared", f"t={token}", language="zh-CN,zh;q=0.9").text
    assert "Read-only" in get("/shared", f"t={token}", language="fr").text
    assert "只读页面" in shown(token, "&lang=zh").text
    assert 'lang="zh-CN"' in shown(token, "&lang=zh").text
    assert "链接无效" in get("/shared", "t=x", language="zh").text


def metas(found: Answer) -> dict[str, str]:
    """What the head tells messengers."""
    said = (a for tag, a in found.page.tags if tag == "meta")
    return {str(a.get("property") or a.get("name")): str(a.get("content")) for a in said}


def test_a_messenger_is_told_the_title_the_answer_and_a_picture_that_can_be_had() -> None:
    talked("1", answer="A **cat** & <b>one</b> dog")
    token = link()
    told = metas(shown(token))
    assert told["og:title"] == "A title"
    assert told["og:description"].startswith("A cat & ")
    assert told["description"] == told["og:description"] == told["twitter:description"]
    assert told["og:image"] == told["twitter:image"]
    assert told["og:image"] == f"http://localhost/shared/picture?t={token}&n=0"
    path, _, query = told["og:image"].removeprefix("http://localhost").partition("?")
    assert get(path, query).status == 200
    nothing = metas(shown("x"))
    assert "og:image" not in nothing
    assert nothing["og:title"] == "This link doesn't work"


def test_no_address_is_made_of_what_is_no_host(tmp_path: Path) -> None:
    talked("1")
    token = link()
    for host in ('evil" onload="x', "user@evil.example", "a b", "", "evil.example/x"):
        found = get("/shared", f"t={token}", headers={"host": host})
        assert "og:image" not in metas(found)
        assert "evil" not in found.text
    secrets(tmp_path, '[auth]\nredirect_uri = "https://tuwen.example.org/oauth2callback"\n')
    found = get("/shared", f"t={token}", headers={"host": "elsewhere.example"})
    assert metas(found)["og:image"].startswith("https://tuwen.example.org/shared/picture?")


def test_the_page_is_in_the_apps_typeface_a_transcript_in_its_main_part() -> None:
    talked("1", cost=Decimal("0.042"))
    found = shown(link(with_names=True, with_costs=True))
    tags = [tag for tag, _ in found.page.tags]
    assert (tags.count("main"), tags.count("h1"), tags.count("h2")) == (1, 1, 0)
    assert ("article", {"class": "turn seen"}) in found.page.tags
    faces = re.findall(r"url\((static/media/[\w.-]+\.woff2)\)", found.text)
    assert len(faces) == 3
    assert all((static_root() / face).is_file() for face in faces)
    assert "font-src 'self'" in found.headers["content-security-policy"]
    head = found.text[found.text.index("<header>") : found.text.index("</header>")]
    assert "<span>llava</span><span>$0.042</span>" in head
    assert "Made with Tuwen" in found.text[found.text.index("<footer>") :]


def test_days_are_written_as_the_reader_writes_them() -> None:
    talked("1")
    token = link()
    assert f"as of {NOW.day} {NOW:%b} {NOW.year}" in shown(token).text
    assert f"内容截至 {NOW.year}年{NOW.month}月{NOW.day}日" in shown(token, "&lang=zh").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written_through_a_link(method: str) -> None:
    talked("1")
    token = link()
    for path in ("/shared", "/shared/picture"):
        answer = get(path, f"t={token}&n=0", method=method)
        assert answer.status == 405
        assert answer.headers["cache-control"] == "no-store"


def test_other_pages_keep_their_own_headers() -> None:
    answer = get("/samples/none.webp")
    assert "x-robots-tag" not in answer.headers
    assert answer.headers["referrer-policy"] == "same-origin"


def test_a_run_is_read_with_its_pictures_and_says_no_more_than_it_may() -> None:
    run = ran(says=f"24 **seeds** {CANARY}", decided_by="ann@example.org")
    names = ("gpt-4o", "gpt-4.1", "gpt-5-mini", "ann@example.org", "$")
    found = shown(link("run", run))
    assert found.status == 200
    assert "Successors of Model 1" in found.page.read
    assert "1 of 2 cases right" not in found.page.read
    assert "2 of 2 cases right" in found.page.read
    assert "<strong>seeds</strong>" in found.text
    assert "another model answered" in found.page.read
    assert [each for each in names if each in found.page.read] == []
    picture_of_case = found.page.pictures[0]
    path, _, query = picture_of_case.partition("?")
    assert get(f"/{path}", query).headers["content-type"] in ("image/jpeg", "image/webp")
    told = shown(link("run", run, with_names=True, with_costs=True)).page.read
    assert [each for each in names if each not in told] == []
    assert "gpt-5-mini answered instead" in told


def test_a_link_to_a_run_that_was_withdrawn_or_whose_run_is_gone_leads_nowhere() -> None:
    store, run = services.app().store(), ran()
    first, second = link("run", run), link("run", run)
    (open_one, *_) = store.shares.open_ones("local", "run", run)
    assert {each.target_id for each in store.shares.all("local")} == {run}
    store.shares.revoke("local", open_one.id)
    assert sorted(shown(each).status for each in (first, second)) == [200, 404]
    assert store.case_runs.delete_run("local", run)
    assert [shown(each).status for each in (first, second)] == [404, 404]
    assert get("/shared/picture", f"t={second}&n=0").status == 404
    assert store.shares.all("local") == []
