"""Models that are newer than the app, and the owner's own, on the page."""

from pathlib import Path

import pytest

from components import services
from components.pricing.own_rows import use_file
from tests.pages.visiting import KEY, Person, configure
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

FILE = """
[[models]]
id = "house-vision-2"
context = 64000
[[prices]]
model = "gpt-4o"
input = "1"
output = "2"
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loopback: Loopback) -> Person:
    mine = tmp_path / "house.toml"
    mine.write_text(FILE)
    monkeypatch.setenv("MODELS_FILE", str(mine))
    models = ["gpt-4o-mini", "gpt-4o", "gpt-6.9-sol", "house-vision-2"]
    configure(tmp_path, base_url=loopback.base_url, api_key=KEY, models=models)
    return Person(lang="en").look()


@pytest.fixture(autouse=True)
def _nothing_stays(tmp_path: Path) -> object:
    yield
    (tmp_path / "empty.toml").touch()
    use_file(tmp_path / "empty.toml")


def test_a_newer_model_is_assumed_to_be_as_its_family(page: Person, loopback: Loopback) -> None:
    loopback.enqueue(answer("3", model="gpt-6.9-sol"))
    page.pick("gpt-6.9-sol").ask("How many?")
    assert "Figures and limits are assumed to match gpt-6.2-sol." in page.says
    assert "assumed to match gpt-6.2-sol" in page.bill
    page.go("cost")
    page.at.selectbox(key="cost_model").set_value("gpt-6.9-sol")
    assert "gpt-6.2-sol" in page.look().says


def test_the_owners_file_is_named_where_it_says_something(page: Person) -> None:
    for model, named in (("house-vision-2", 1), ("gpt-4o", 1), ("gpt-4o-mini", 0)):
        said = page.pick(model).says
        assert said.count("come from house.toml") == named


def test_newer_prices_are_fetched_only_where_that_is_wished(
    page: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not services.app().settings().update_prices
    for said, on in (("yes", True), ("1", True), ("no", False), ("", False)):
        monkeypatch.setenv("UPDATE_PRICES", said)
        services.begin()
        assert services.app().settings().update_prices is on
