"""A store with real pictures in it, and conversations as they come out of it."""

import hashlib
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from PIL import Image

from components.chat.store import AttemptResult, NewImage, StoredConversation
from db.store import Store, open_store
from tests.unit.db.make import Clock, shown, turn


def picture(colour: str, kind: str = "PNG", text: str = "") -> NewImage:
    """A real picture with a real thumbnail."""
    raw, small = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(raw, kind)
    Image.new("RGB", (30, 20), colour).save(small, "WEBP")
    content = raw.getvalue()
    name = hashlib.sha256(content).hexdigest()
    return NewImage(name, content, f"image/{kind.lower()}", small.getvalue(), text)


RED, BLUE = picture("red", text="营业执照"), picture("blue", "JPEG")


def filled(folder: Path) -> Store:
    """Two conversations: c1 with images, a retry, a failure and marks; c2 with text alone."""
    store = open_store(f"sqlite:///{folder}/log.db", clock=Clock())
    both = {"images": [shown(RED, name="红.png"), shown(BLUE)], "contents": [RED, BLUE]}
    store.conversations.begin_turn("me", turn("1", text="图里有什么？", title="图里有什么", **both))
    store.conversations.finish(
        "me", "t1", AttemptResult("interrupted", "一只", cost=Decimal("1E-7"))
    )
    store.conversations.begin_turn("me", turn("1", attempt_id="t1b", **both))
    store.conversations.finish(
        "me", "t1b", AttemptResult("ok", "一只**橘猫**", cost=Decimal("0.0012"))
    )
    url = shown(None, url="https://example.org/a.png", width=None, height=None)
    store.conversations.begin_turn(
        "me", turn("2", conversation_id="c1", text="And this?", images=[url], contents=[])
    )
    failed = AttemptResult("failed", "", code="auth", status=401, error_data={"host": "h"})
    store.conversations.finish("me", "t2", failed)
    store.conversations.begin_turn(
        "me", turn("3", conversation_id="c1", text="<b>So?</b>", images=[])
    )
    store.conversations.finish(
        "me", "t3", AttemptResult("ok", 'Done & "dusted"', input_tokens=5, output_tokens=2)
    )
    store.history.star("me", ["c1"])
    store.history.tag("me", ["c1"], "工作")
    store.conversations.begin_turn(
        "me", turn("9", conversation_id="c2", text="Hello", title="=1+1", images=[])
    )
    store.conversations.finish("me", "t9", AttemptResult("ok", "Hi"))
    return store


def conversations(store: Store, owner: str = "me") -> list[StoredConversation]:
    found = [store.conversations.conversation(owner, s.id) for s in store.history.page(owner)]
    return sorted((c for c in found if c), key=lambda c: c.id)


def joined(pieces: Iterable[bytes]) -> bytes:
    return b"".join(pieces)
