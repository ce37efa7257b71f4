"""Exports hold pictures that whoever gets them can open."""

import base64
import hashlib
import io
import json
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

from components.chat.store import AttemptResult, NewImage, StoredConversation
from components.compare.export import comparison_html, comparison_zip
from components.export import chat_jsonl, html_page, json_zip, markdown_zip
from db.store import Store
from tests.unit.compare.cells import cell, comparison, logged
from tests.unit.db.make import shown, turn
from tests.unit.export.make import joined
from tests.unit.export.unzipped import files

BROWSERS = {"PNG", "JPEG", "WEBP", "GIF", "AVIF"}


def gradient(mode: str = "RGB") -> Image.Image:
    values = np.linspace(0, 255, 64 * 48 * 3, dtype=np.uint8).reshape(48, 64, 3)
    im = Image.fromarray(values)
    if mode == "I;16":
        return Image.fromarray(np.linspace(0, 65535, 64 * 48, dtype=np.uint16).reshape(48, 64))
    return im.convert(mode)


def kept(kind: str, mode: str = "RGB", **options: Any) -> NewImage:
    raw = io.BytesIO()
    gradient(mode).save(raw, kind, **options)
    content = raw.getvalue()
    media_type = {"HEIF": "image/heic"}.get(kind, f"image/{kind.lower()}")
    return NewImage(hashlib.sha256(content).hexdigest(), content, media_type, b"")


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def animation() -> NewImage:
    more = [Image.new("RGB", (64, 48), "blue")]
    return kept("WEBP", save_all=True, append_images=more, lossless=True)


KINDS = {
    "jpeg": kept("JPEG", quality=90),
    "png": kept("PNG"),
    "rgba": kept("PNG", "RGBA"),
    "webp": kept("WEBP"),
    "heic": kept("HEIF"),
    "avif": kept("AVIF", speed=10),
    "gif": kept("GIF", "P"),
    "cmyk": kept("JPEG", "CMYK"),
    "grey": kept("JPEG", "L"),
    "grey16": kept("PNG", "I;16"),
    "palette": kept("PNG", "P"),
    "bits": kept("PNG", "1"),
    "turned": kept("JPEG", exif=exif(6)),
    "moves": animation(),
}
AS_THEY_CAME = {"jpeg", "png", "rgba", "webp"}


def asked(store: Store, *turns: list[NewImage], detail: str = "auto") -> StoredConversation:
    for n, images in enumerate(turns):
        placed = [shown(i, name=f"{n}-{k}.jpg", detail=detail) for k, i in enumerate(images)]
        store.conversations.begin_turn(
            "me", turn(f"x{n}", conversation_id="cx", images=placed, contents=images, text="What?")
        )
        store.conversations.finish("me", f"tx{n}", AttemptResult("ok", "That."))
    found = store.conversations.conversation("me", "cx")
    assert found
    return found


def line(store: Store, conversation: StoredConversation) -> list[dict[str, Any]]:
    made = joined(
        chat_jsonl([conversation], lambda digest: store.conversations.image("me", digest))
    )
    messages = json.loads(made)["messages"]
    return [part for m in messages if isinstance(m["content"], list) for part in m["content"]]


def sent(part: dict[str, Any]) -> tuple[str, bytes]:
    head, _, body = part["image_url"]["url"].partition(",")
    return head.removeprefix("data:").removesuffix(";base64"), base64.b64decode(body)


@pytest.mark.parametrize("name", KINDS)
def test_chat_lines_hold_what_trainers_take(store: Store, name: str) -> None:
    part, _ = line(store, asked(store, [KINDS[name]]))
    media_type, content = sent(part)
    with Image.open(io.BytesIO(content)) as im:
        assert im.format in {"JPEG", "PNG", "WEBP"}
        assert media_type == f"image/{im.format.lower()}"
        assert im.mode in {"RGB", "RGBA"}
        assert getattr(im, "n_frames", 1) == 1
        assert im.getexif().get(0x0112, 1) == 1
        pixels = np.asarray(im.convert("RGB")).astype(int)
    if name in AS_THEY_CAME:
        assert content == KINDS[name].content
    if name == "grey16":
        wanted = np.asarray(gradient("I;16")).astype(int)[..., None] >> 8
        assert np.abs(pixels - wanted).max() < 12


@pytest.mark.parametrize(
    ("detail", "said"), [("original", "high"), ("low", "low"), ("high", "high"), ("auto", "auto")]
)
def test_details_are_those_that_every_chat_api_knows(store: Store, detail: str, said: str) -> None:
    part, _ = line(store, asked(store, [KINDS["png"]], detail=detail))
    assert part["image_url"]["detail"] == said


@pytest.mark.parametrize(
    ("turns", "left_out"),
    [
        ([10], []),
        ([12], ["0-0.jpg", "0-1.jpg"]),
        ([4, 4, 4], ["0-0.jpg", "0-1.jpg"]),
        ([3, 11], ["0-0.jpg", "0-1.jpg", "0-2.jpg", "1-0.jpg"]),
    ],
)
def test_ten_images_stay_and_the_others_are_named(
    store: Store, turns: list[int], left_out: list[str]
) -> None:
    conversation = asked(store, *([KINDS["jpeg"]] * n for n in turns))
    parts = line(store, conversation)
    assert sum(p["type"] == "image_url" for p in parts) == sum(turns) - len(left_out)
    texts = [p["text"] for p in parts if p["type"] == "text"]
    assert [t for t in texts if t != "What?"] == [f"[Image left out: {n}]" for n in left_out]


def test_an_image_that_is_not_kept_is_named(store: Store) -> None:
    conversation = asked(store, [KINDS["png"]])
    (made,) = chat_jsonl([conversation], lambda _: None, lang="zh")
    assert "[未包含图片：0-0.jpg]" in made.decode()


def test_images_over_ten_megabytes_are_made_smaller(store: Store) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (2600, 2600, 3), dtype=np.uint8)
    raw = io.BytesIO()
    Image.fromarray(noise).save(raw, "PNG", compress_level=1)
    content = raw.getvalue()
    large = NewImage(hashlib.sha256(content).hexdigest(), content, "image/png", b"")
    assert len(content) > 10_000_000
    _, made = sent(line(store, asked(store, [large]))[0])
    assert len(made) <= 10_000_000


@pytest.mark.parametrize("name", KINDS)
def test_exports_for_reading_hold_what_browsers_show(store: Store, name: str) -> None:
    image = KINDS[name]
    conversation = asked(store, [image])
    image_of = lambda digest: store.conversations.image("me", digest)  # noqa: E731
    page = joined(html_page([conversation], image_of, "en")).decode()
    (found,) = re.findall(r'src="data:image/(\w+);base64,([^"]+)"', page)
    opened(*found)
    packed = files(joined(markdown_zip([conversation], image_of, "en")))
    (path,) = [p for p in packed if p.startswith("images/")]
    opened(path.rpartition(".")[2].replace("jpg", "jpeg"), packed[path])
    assert f"![]({path})" in packed["conversation-0001.md"].decode()
    kept_there = files(joined(json_zip([conversation], image_of)))
    assert image.content in kept_there.values()


@pytest.mark.parametrize("name", ["heic", "avif", "cmyk"])
def test_comparisons_for_reading_hold_what_browsers_show(name: str) -> None:
    image = KINDS[name]
    whole = logged(comparison(1), cell())
    page = joined(comparison_html(whole, lambda _: image, "en")).decode()
    (found,) = re.findall(r'src="data:image/(\w+);base64,([^"]+)"', page)
    opened(*found)
    packed = files(joined(comparison_zip(whole, lambda _: image, "en")))
    (path,) = [p for p in packed if p.startswith("images/")]
    opened(path.rpartition(".")[2].replace("jpg", "jpeg"), packed[path])
    assert path in packed["comparison.md"].decode()


def opened(kind: str, content: str | bytes) -> None:
    data = base64.b64decode(content) if isinstance(content, str) else content
    with Image.open(io.BytesIO(data)) as im:
        im.load()
        assert im.format in BROWSERS
        assert im.format.lower() == kind
