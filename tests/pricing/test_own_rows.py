"""The owner's own models, rules and prices."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from components.errors import ConfigError
from components.models import find_model
from components.pricing import price_of
from components.pricing.own_rows import use_file
from components.tokens import count_image_tokens

FILE = """
[[models]]
id = "house-vision-2"
context = 64000
image_rule = "house"
[[models]]
id = "gpt-6-luna"
context = 99000
[rules.house]
kind = "fixed"
high = 123
[[prices]]
model = "house-vision-2"
input = "0.30"
output = "0.90"
"""


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path: Path) -> Iterator[None]:
    yield
    empty = tmp_path / "empty.toml"
    empty.write_text("")
    use_file(empty)


def test_a_model_with_its_rule_and_price_is_added_and_another_bettered(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(FILE)
    use_file(path)
    model = find_model("house-vision-2")
    assert (model.known, model.context, model.source) == (True, 64000, "models.toml")
    assert count_image_tokens("house-vision-2", 500, 500).tokens == 123
    price = price_of("house-vision-2")
    assert price
    assert (price.input, price.output, price.source) == (
        Decimal("0.30"),
        Decimal("0.90"),
        "models.toml",
    )
    luna = find_model("gpt-6-luna")
    assert (luna.context, luna.image_rule) == (99000, "gpt-6-luna")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[[models]]\nid = \nname = 1", "line 2"),
        ('[[models]]\nid = "a"\ncontxt = 3', "contxt"),
        ('[[models]]\nname = "a"', "id"),
        ('[[models]]\nid = "a"\nimage_rule = "none-such"', "none-such"),
        ('[rules.a]\nkind = "tyle"', "tyle"),
        ('[[prices]]\nmodel = "a"\ninput = "cheap"', "[[prices]] 1"),
        ('[[prices]]\ninput = "1"', "model"),
        ("[modles]", "modles"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, where: str) -> None:
    path = tmp_path / "models.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        use_file(path)
    assert caught.value.data["setting"] == "models.toml"
    assert where in str(caught.value.data["where"])
    assert find_model("gpt-6-luna").context == 1_050_000
