"""Reasoning and pictures, told apart from an answer's text wherever a stream is cut."""

import base64

import pytest

from components.providers.reply.answer import Answer
from components.providers.reply.sifting import Sifter
from components.thinking import split

PNG = base64.b64encode(bytes(range(256)) * 12).decode()
URL = f"data:image/png;base64,{PNG}"


def read(*deltas: object) -> tuple[str, list[str], bool]:
    """Text, pictures, whether there was reasoning: of deltas, or of one whole message (a dict)."""
    sifter, answer = Sifter(), Answer()
    said = ""
    pictures: list[str] = []
    for delta in [*deltas, None]:
        if delta is None:
            chunk = sifter.end()
        else:
            fields = {"content": delta} if isinstance(delta, str) else delta
            chunk = sifter.take({"choices": [{"index": 0, "delta": fields}]})
        text = answer.take(chunk)
        said = text if sifter.retracted() else said + text
        pictures += sifter.new_pictures()
        assert "base64" not in said or "```" in said or "`data" in said
    return said, pictures, sifter.thought


def thought(*deltas: object) -> tuple[str, str]:
    """(text, reasoning) of deltas."""
    sifter, answer = Sifter(), Answer()
    said = reasoning = ""
    for delta in [*deltas, None]:
        fields = {"content": delta} if isinstance(delta, str) else delta
        chunk = sifter.take({"choices": [{"delta": fields}]}) if delta else sifter.end()
        text = answer.take(chunk)
        if sifter.retracted():
            said, reasoning = "", reasoning + said
        said, reasoning = said + text, reasoning + sifter.new_thoughts()
    return said.strip(), reasoning.strip()


THOUGHTS = [
    ("<think>\nmaybe yes\n</think>\n\nNo", "No"),
    ("<THINK>maybe yes</THINK>No", "No"),
    ("\n <thinking>maybe yes</thinking> No", "No"),
    ("maybe yes\n</think>\n\nNo", "No"),
    ("maybe yes</think>No", "No"),
    ("<think>maybe yes", ""),
    ("<think></think>No", "No"),
    ("<think>a</think><think>b</think>No", "No"),
    ("No.\n<think>\nor yes?\n</think>\nNo!", "No.\n\nNo!"),
    ("No.\n<think>or yes?</think>\nNo!", "No.\n\nNo!"),
    ("maybe **yes**</think> No", "No"),
    ("maybe yes. </think> No", "No"),
]
WORDS = [
    "Use `<think>` and `</think>` here.",
    "The tag <think> starts it and </think> ends it.",
    "```xml\n<think>\nx\n</think>\n```\ndone",
    "a < b <thin> <th",
    "Put “</think>” at the end.",
]


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(("written", "said"), THOUGHTS)
def test_reasoning_between_tags_is_no_part_of_the_answer(
    written: str, said: str, size: int
) -> None:
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    text, _, thought = read(*pieces)
    assert text.replace("\n", "") == said.replace("\n", "")
    assert thought or "<think></think>" in written


TAGS = [
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<seed:think>", "</seed:think>"),
    ("[THINK]", "[/THINK]"),
    ("◁think▷", "◁/think▷"),
    ("<|START_THINKING|>", "<|END_THINKING|>"),
]


@pytest.mark.parametrize("size", [1, 2, 5, 1000])
@pytest.mark.parametrize(("opening", "closing"), TAGS)
def test_reasoning_is_kept_whatever_its_tags_are(opening: str, closing: str, size: int) -> None:
    for first in (opening, ""):  # the opening one may have been in the prompt
        written = f"{first}maybe yes{closing}\n\nNo [1] < 2"
        pieces = [written[at : at + size] for at in range(0, len(written), size)]
        assert thought(*pieces) == ("No [1] < 2", "maybe yes")
        assert split(written) == ("No [1] < 2", "maybe yes")


@pytest.mark.parametrize(
    "fields",
    [
        {"reasoning_content": "maybe yes"},
        {"reasoning": "maybe yes", "reasoning_details": [{"text": "maybe yes"}]},
        {"reasoning_content": "maybe yes", "reasoning": "maybe yes"},
        {"reasoning_details": [{"type": "reasoning.summary", "summary": "maybe yes"}]},
        {"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "maybe yes"}]}]},
        {"content": [{"type": "thinking", "thinking": "maybe yes"}]},
        {"content": [{"type": "reasoning", "text": "maybe yes"}]},
    ],
)
def test_reasoning_is_kept_in_whichever_field_it_comes(fields: dict[str, object]) -> None:
    assert thought(fields, "No") == ("No", "maybe yes")


@pytest.mark.parametrize("size", [1, 4, 1000])
@pytest.mark.parametrize("written", WORDS)
def test_a_tag_in_code_or_in_a_sentence_is_a_word(written: str, size: int) -> None:
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    assert read(*pieces)[0] == written


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
def test_reasoning_in_a_field_of_its_own_is_noticed(field: str) -> None:
    assert read({field: "Let me look."}, "No") == ("No", [], True)


@pytest.mark.parametrize("size", [1, 5, 100, 100_000])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        (f"Here:\n\n![image]({URL})\n\nDone.", "Here:\n\n\n\nDone."),
        (f'![a](<{URL}> "t") b', " b"),
        (f"![]({URL})", ""),
        (f"Here it is: {URL}", "Here it is: "),
        (f"![a]({URL})![b]({URL})", ""),
        (
            f"It is {URL} and more.\n```\ncode\n```\n![a]({URL})",
            "It is  and more.\n```\ncode\n```\n",
        ),
    ],
)
def test_pictures_are_taken_out_of_the_text(written: str, said: str, size: int) -> None:
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    text, pictures, _ = read(*pieces)
    assert text == said
    assert pictures == [URL] * written.count("base64,")


def test_a_picture_that_is_cut_off_is_still_none_of_the_text() -> None:
    text, pictures, _ = read("See ![a](", URL[:300])
    assert text == "See "
    assert pictures == [URL[:300]]


@pytest.mark.parametrize(
    "written",
    [
        "![a](https://x.y/a.png) and [b](data.html) and data: it",
        "A URL such as `data:image/png;base64,` begins so.",
        f'```html\n<img src="{URL}">\n```',
        "An open ![bracket, and data",
        "!",
    ],
)
def test_what_is_no_picture_stays(written: str) -> None:
    for size in (1, 6, 1000):
        pieces = [written[at : at + size] for at in range(0, len(written), size)]
        assert read(*pieces) == (written, [], False)


@pytest.mark.parametrize(
    "fields",
    [
        {"images": [{"type": "image_url", "image_url": {"url": URL}}]},
        {"images": [URL]},
        {"content": [{"type": "image_url", "image_url": {"url": URL}}]},
        {"content": [{"type": "image_url", "image_url": URL}]},
        {"content": [{"type": "output_image", "image_base64": PNG}]},
        {"content": [{"type": "output_image", "b64_json": PNG}]},
    ],
)
def test_pictures_in_fields_are_found(fields: dict[str, object]) -> None:
    assert read(fields) == ("", [URL], False)


def test_text_beside_pictures_in_parts_stays_text() -> None:
    parts = [{"type": "text", "text": "Here"}, {"type": "image_url", "image_url": {"url": URL}}]
    assert read({"content": parts}) == ("Here", [URL], False)


def test_a_picture_elsewhere_is_a_link_and_never_fetched() -> None:
    said, pictures, _ = read({"images": [{"image_url": {"url": "https://x.y/a.png"}}]})
    assert (said.strip(), pictures) == ("![](https://x.y/a.png)", [])
