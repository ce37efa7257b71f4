"""Which questions the built-in reader claims to answer."""

import pytest

from components.providers.builtin_reader.questions import asked


@pytest.mark.parametrize(
    ("question", "topics"),
    [
        ("", ()),
        ("?!", ()),
        ("What text is on this sign?", ("text",)),
        ("What does the red sign on the left say?", ("text",)),
        ("Please transcribe all the text in this image.", ("text",)),
        ("What's the resolution of the picture?", ("size",)),
        ("Which text is too small for the model?", ("text", "legibility")),
        ("What are the main colours?", ("colours",)),
        ("Is this photo blurry?", ("sharpness",)),
        ("How bright is it, and how sharp?", ("light", "sharpness")),
        ("Is it upside down?", ("direction",)),
        ("Spot the difference", ("differences",)),
        ("Is there any difference between these two pictures?", ("differences",)),
        ("图里写了什么？", ("text",)),
        ("招牌上写着什么？", ("text",)),
        ("提取图中的文字", ("text",)),
        ("图片的分辨率是多少？", ("size",)),
        ("主要颜色有哪些？", ("colours",)),
        ("这张照片清晰吗", ("sharpness",)),
        ("两张图一样吗？", ("differences",)),
        ("哪些字太小？", ("text", "legibility")),
    ],
)
def test_what_can_be_measured_is_understood(question: str, topics: tuple[str, ...]) -> None:
    found = asked(question)
    assert found.understood
    assert found.topics == topics


@pytest.mark.parametrize(
    "question",
    [
        "Explain the joke",
        "Count the dogs",
        "How many dogs are there?",
        "Translate this",
        "Translate the text",
        "Read the text and translate it",
        "Write HTML for this screenshot",
        "What is this?",
        "Describe the image",
        "What colour is the car?",
        "How big is the dog?",
        "What's the total on the receipt?",
        "What is the meaning of the text?",
        "Is there any difference between the two dogs?",
        "解释一下这个笑话",
        "图里有几只狗？",
        "翻译一下",
        "图里的车是什么颜色？",
        "这是什么？",
        "写一段网页代码",
        "帮我看看发票总额",
        "狗有多大？",
    ],
)
def test_what_needs_understanding_is_not_claimed(question: str) -> None:
    assert not asked(question).understood


def test_a_long_question_is_no_problem() -> None:
    assert not asked("what does " * 2000 + "it all mean").understood
