"""A fault in any block of any page stays in it: the rest of the page goes on."""

import io
import re
from collections.abc import Callable, Sequence

import pytest
from PIL import Image

from components.ui import chat_view, gate, history_view, people_view, sidebar
from components.ui.blocks import BLOCKS
from components.ui.compare import view as compare_view
from components.ui.cost import view as cost_view
from components.ui.faq import view as faq_view
from components.ui.spending import view as usage_view
from tests.loopback.reply import answer
from tests.loopback.server import Loopback
from tests.ui.visiting import Person

# Importing a page is what names its blocks.
PAGES = (
    chat_view,
    compare_view,
    cost_view,
    faq_view,
    gate,
    history_view,
    people_view,
    sidebar,
    usage_view,
)
NUMBER = re.compile(r"[0-9a-f]{6}")


class Broken(Exception):
    """Whatever may go wrong."""


def picture(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "PNG")
    return out.getvalue()


def on_chat(endpoint: Loopback) -> Person:
    """One turn with an image, another image in the tray, a parameter to be warned of."""
    endpoint.enqueue(answer("A cat.", model="gpt-4o"))
    person = Person(lang="en").look().pick("gpt-4o")
    person.drop(("red.png", picture("red"))).ask("What is this?")
    return person.drop(("blue.png", picture("blue")))


def on_empty_chat(endpoint: Loopback) -> Person:
    return Person(lang="en").look()


def on_cost(endpoint: Loopback) -> Person:
    return Person(lang="en").look().go("cost")


def on_history(endpoint: Loopback) -> Person:
    return on_chat(endpoint).go("history")


def on_usage(endpoint: Loopback) -> Person:
    return on_chat(endpoint).go("usage")


def on_compare(endpoint: Loopback) -> Person:
    person = on_chat(endpoint).go("compare")
    person.at.file_uploader[0].set_value(
        [(f"{c}.png", picture(c), "image/png") for c in ("red", "blue")]
    )
    return person.look()


def on_faq(endpoint: Loopback) -> Person:
    return Person(lang="en").look().go("faq")


PLACES: Sequence[Callable[[Loopback], Person]] = (
    on_chat,
    on_empty_chat,
    on_compare,
    on_cost,
    on_history,
    on_usage,
    on_faq,
)


def noting(drawn: list[str], name: str, draw: Callable[..., None]) -> Callable[..., None]:
    """`draw`, noted each time."""

    def noted(*args: object, **more: object) -> None:
        drawn.append(name)
        draw(*args, **more)

    return noted


def fails(*_: object, **__: object) -> None:
    raise Broken("on purpose")


@pytest.mark.parametrize("place", PLACES)
def test_a_fault_in_a_block_stays_in_it(
    place: Callable[[Loopback], Person], endpoint: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    for name, each in BLOCKS.items():
        draw = each.draw

        monkeypatch.setattr(each, "draw", noting(drawn, name, draw))
    person = place(endpoint)
    drawn.clear()
    person.look()
    there = list(dict.fromkeys(drawn))
    assert len(there) >= 3
    whole = person.keys
    for name in there:
        with monkeypatch.context() as patch:
            patch.setattr(BLOCKS[name], "draw", fails)
            person.look()
            assert NUMBER.search(person.errors[0]), name
            assert all("Something went wrong" in said for said in person.errors), name
            assert [b for b in person.at.button if b.label == "Try again"], name
            drawn.clear()
            person.look()
            # Blocks inside of it can't be there; every other one is.
            lost = set(there) - set(drawn) - {name}
            assert all(inner.partition(".")[0] == name.partition(".")[0] for inner in lost), name
            assert len(lost) <= 3, (name, lost)
            assert "new_chat" in person.keys, name
            if place in (on_chat, on_empty_chat):
                assert person.at.chat_input(key="chat_input") is not None
        next(b for b in person.at.button if b.label == "Try again").click()
        person.look()
        assert person.errors == [], name
    assert set(whole) <= set(person.keys)
