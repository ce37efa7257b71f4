"""Small, turned and private text, read by the real reader."""

from io import BytesIO

import pytest
from PIL import Image

from components.preflight import ImageAnalyzer, ImageToCheck, PlannedRequest, check, fixed
from components.preflight.image_facts import ImageFacts
from components.preflight.types import Finding
from components.samples import sample
from tests.unit.preflight.drawn import encoded, page, turned
from tests.unit.preflight.known import codes, one

MODEL = "gpt-4o"
TEXT = {"text_lost", "text_small", "text_tiny"}


def read(content: bytes, detail: str = "high") -> ImageFacts:
    return ImageAnalyzer().facts(ImageToCheck(content, "a.png", MODEL, detail), wait=True)


def found(content: bytes, detail: str = "high") -> list[Finding]:
    return check([read(content, detail)], PlannedRequest(MODEL, "x"))


def test_large_text_is_let_pass_at_any_detail() -> None:
    content = encoded(page(60))
    assert not codes(found(content)) & (TEXT | {"turned"})
    assert not codes(found(content, "low")) & TEXT


def test_text_that_low_shrinks_away_is_lost_and_a_crop_or_high_brings_it_back() -> None:
    content = encoded(page(12))
    lost = one(found(content, "low"), "text_lost")
    assert lost.severity == "warning"
    assert lost.data["total"] == 6
    assert isinstance(lost.data["height"], float)
    assert lost.data["height"] < 5
    crop = next(fix for fix in lost.fixes if fix.kind == "crop")
    for part in fixed(content, "a.png", crop):
        assert "text_lost" not in codes(found(part.content, "low"))


def test_small_text_names_the_level_that_keeps_it() -> None:
    small = one(found(encoded(page(20)), "low"), "text_small")
    assert small.severity == "warning"
    assert [fix.detail for fix in small.fixes if fix.kind == "detail"] == ["high"]


def test_text_that_is_tiny_in_the_original_gets_no_fix() -> None:
    tiny = one(found(encoded(page(8, size=(500, 300)))), "text_tiny")
    assert tiny.fixes == ()


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("name", ["stadium_sign", "physics"])
def test_a_turned_picture_is_found_and_its_fix_turns_it_back(name: str, angle: int) -> None:
    _, content = sample(name).pictures()[0]
    original = Image.open(BytesIO(content)).convert("RGB")
    wrong = encoded(turned(original, angle))
    finding = one(found(wrong, "low"), "turned")
    assert finding.data["degrees"] == angle
    assert finding.fix is not None
    (right,) = fixed(wrong, "a.png", finding.fix)
    assert Image.open(BytesIO(right.content)).size == original.size
    assert "turned" not in codes(found(right.content, "low"))


@pytest.mark.parametrize("name", ["stadium_sign", "seeds", "comic"])
def test_an_upright_picture_is_not_turned(name: str) -> None:
    assert "turned" not in codes(found(sample(name).pictures()[0][1], "low"))


def test_a_card_number_in_a_picture_is_found_and_painted_over() -> None:
    lines = ("Paid with", "4111 1111 1111 1111", "Thank you for your visit")
    content = encoded(page(34, size=(900, 400), lines=lines))
    card = one(found(content), "private_card")
    assert card.severity == "warning"
    assert card.fix is not None
    (covered,) = fixed(content, "a.png", card.fix)
    after = read(covered.content)
    assert "private_card" not in codes(check([after], PlannedRequest(MODEL, "x")))
    assert any("Thank you" in seen.line.text for seen in after.lines or ())


def test_a_number_that_is_no_card_is_let_pass() -> None:
    content = encoded(page(34, size=(900, 200), lines=("Order 4111 1111 1111 1112",)))
    assert not {code for code in codes(found(content)) if code.startswith("private")}
