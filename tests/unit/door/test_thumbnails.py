"""Tiny pictures for the list beside every page: whose they are."""

import hashlib
from io import BytesIO

from PIL import Image

from components import services
from components.chat.draft import take_in
from components.chat.store import DraftedImage
from components.chat.turn import new_images
from components.ui.server.door.asker import person_of
from components.ui.server.thumbnails import PATH, SIDE
from tests.pages.chat.asking_routes import Answer, get
from tests.pages.conftest import fresh_server as fresh_server
from tests.unit.chat.pictures import picture
from tests.unit.door.test_asker import claims, given
from tests.unit.door.test_asker import team as team

CONTENT = picture(600, 200)
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def keep(owner: str) -> None:
    image = take_in(CONTENT, "a.png")
    row = DraftedImage(image.digest, image.name, "auto")
    services.app().store().conversations.keep_draft(owner, "d", [row], new_images([image]))


def ask(digest: str, user: str) -> Answer:
    cookies = given(claims(user)) if user else {}
    said = "; ".join(f"{name}={value}" for name, value in cookies.items())
    return get(f"{PATH}/{digest}", headers={"cookie": said})


def test_ones_own_is_small_and_kept_by_the_browser_alone(team: None) -> None:
    keep(person_of(given(claims("bob"))).owner)
    answer = ask(DIGEST, "bob")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/webp")
    assert Image.open(BytesIO(answer.body)).size == (SIDE, SIDE)
    assert len(answer.body) < 2000
    assert answer.headers["cache-control"].startswith("private")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_another_persons_and_none_at_all_are_the_same_and_strangers_get_nothing(
    team: None,
) -> None:
    keep(person_of(given(claims("bob"))).owner)
    assert [ask(digest, "ann").status for digest in (DIGEST, "0" * 64, "x")] == [404, 404, 404]
    stranger = ask(DIGEST, "")
    assert (stranger.status, stranger.body) == (403, b"")
