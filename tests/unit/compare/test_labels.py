"""Labels in a request: where they stand, in which language, and who is to blame."""

from components.providers.base import ImagePart, Message, VisionRequest
from components.providers.payload import payload
from components.providers.refusals.rejected_image import refused_image
from tests.unit.providers.asking import image


def labelled(lang: str = "en") -> VisionRequest:
    parts = tuple(
        ImagePart(f"{letter}.png", "low", image("data:image/png;base64,AA").prepared, letter=letter)
        for letter in "BA"
    )
    return VisionRequest("gpt-4o", (Message("user", "Which?", parts),), lang=lang)


def test_a_label_stands_before_its_image() -> None:
    body, _ = payload(labelled(), public_urls=False)
    parts = body["messages"][0]["content"]
    assert [part["type"] for part in parts] == ["text", "image_url"] * 2 + ["text"]
    assert [part["text"] for part in parts if "text" in part] == ["Image B:", "Image A:", "Which?"]


def test_a_label_is_in_the_language_of_the_request() -> None:
    body, _ = payload(labelled("zh"), public_urls=False)
    assert body["messages"][0]["content"][0]["text"] == "图 B："


def test_a_refused_image_is_found_among_labels() -> None:
    for part, name in ((1, "B.png"), (3, "A.png"), (2, "A.png")):
        assert refused_image([f"messages[0].content[{part}].image_url"], labelled()) == name
    assert refused_image(["messages[0].content[4]"], labelled()) is None
