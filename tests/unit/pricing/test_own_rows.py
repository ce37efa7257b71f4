"""The owner's own models, rules and prices."""

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from components.errors import ConfigError
from components.models import find_model
from components.pricing import cost, from_data, price_of, to_data
from components.pricing.command import main
from components.pricing.own_rows import file_of, use_file
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


def test_a_price_may_be_written_as_a_number(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text('[[prices]]\nmodel = "house-vision-3"\ninput = 0.3\noutput = 1\n')
    use_file(path)
    price = price_of("house-vision-3")
    assert price
    assert (price.input, price.output) == (Decimal("0.3"), Decimal(1))


def test_long_prompts_pay_the_owners_own_tier(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(
        """
[[prices]]
model = "gpt-6-luna"
input = "1"
cached_input = "0.1"
output = "4"
[[prices.tiers]]
above = 100000
input = "2"
cached_input = "0.2"
output = "6"
"""
    )
    use_file(path)
    price = price_of("gpt-6-luna")
    assert price
    assert price.source == "models.toml"
    tokens = Decimal(1_000_000)
    short = cost(price, input=100_000, cached=50_000, output=1000)
    assert short == (50_000 * 1 + 50_000 * Decimal("0.1") + 1000 * 4) / tokens
    long = cost(price, input=100_001, cached=50_000, output=1000)
    assert long == (50_001 * 2 + 50_000 * Decimal("0.2") + 1000 * 6) / tokens
    assert from_data(to_data(price)) == price


def test_the_file_is_where_the_setting_says_else_beside_the_settings(tmp_path: Path) -> None:
    beside = tmp_path / ".streamlit"
    beside.mkdir()
    assert file_of({}, tmp_path) is None
    (beside / "models.toml").touch()
    assert file_of({}, tmp_path) == beside / "models.toml"
    (beside / "secrets.toml").write_text('models_file = "/b.toml"')
    assert file_of({}, tmp_path) == Path("/b.toml")
    assert file_of({"MODELS_FILE": "/a.toml"}, tmp_path) == Path("/a.toml")


def test_the_command_reads_the_owners_file(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(FILE)

    def run(file: Path) -> tuple[int, str, str]:
        out, err = io.StringIO(), io.StringIO()
        argv = ["--model", "house-vision-2", "--size", "500x500", "--json"]
        return main(argv, io.StringIO(), out, err, {"MODELS_FILE": str(file)}), *(
            each.getvalue() for each in (out, err)
        )

    code, said, _ = run(path)
    assert code == 0
    assert json.loads(said)["image_tokens"] == 123
    assert json.loads(said)["price_source"].startswith("models.toml")
    code, said, wrong = run(tmp_path / "gone.toml")
    assert (code, said) == (2, "")
    assert "gone.toml" in wrong


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
        *(
            (f'[[models]]\nid = "a"\nimage_rule = "gpt-4o"\n{wrong}', f"1: {wrong.split()[0]}")
            for wrong in (
                "context = -5",
                'context = "many"',
                "context = true",
                "max_output = 0",
                'details = "high"',
                "details = []",
                'details = ["ultra"]',
                'auto_is = "ultra"',
                'efforts = "low"',
                'efforts = ["huge"]',
                'refuses = "temperature"',
                'retires = "soon"',
                'retires_status = "maybe"',
                'vision = "yes"',
                'encoding = "zz"',
                'message_tokens = "x"',
                "aliases = [1]",
                'pattern = "("',
                'image_rule_at = "x"',
                'name = ""',
                'checked = "x"',
            )
        ),
        *(
            (f'[[prices]]\nmodel = "a"\n{wrong}', f"1: {wrong.split()[0]}")
            for wrong in (
                'input = "NaN"',
                "input = -1",
                "input = inf",
                "input = true",
                'output = "-2"',
                "cache_write = 1e400",
                'tiers = "x"',
                "tiers = [{}]",
                'checked = "x"',
            )
        ),
        ('[[prices]]\nmodel = "a"\ntiers = [{above = -1, input = 1}]', "above = -1"),
        ('[[prices]]\nmodel = "a"\ninptu = 1', "inptu"),
        ('[[models]]\nid = "a"\n[[models]]\nid = "a"', "a stands twice"),
        ('[[models]]\nid = "a\\u202eb"', "id"),
        ('[[models]]\nid = "a"\nimage_rule = "r"\n[rules.r]\nkind = "fixed"\nhigh = -1', "tokens"),
        ('[[models]]\nid = "a"\nimage_rule = "r"\n[rules.r]\nkind = "fixed"\nhigh = "x"', "a: "),
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
