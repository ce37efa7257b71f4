"""The picker's first choice is no model that leaves soon."""

from datetime import date

import pytest

from components import services
from components.models import find_model
from components.providers.endpoints import Endpoint
from components.providers.listing import ModelIds
from components.services.model_lists import Listing, Listings
from components.ui.chat import model_picker
from components.ui.streamlit_seam.session import Session


def test_a_listing_keeps_the_days_that_its_endpoint_gives() -> None:
    day = date(2026, 12, 24)
    listings = Listings(lambda target: ModelIds(["a", "b"], {"a": day}))
    found = listings.of(Endpoint("x", base_url="http://localhost:1/v1"), 5)
    assert (found.models, found.ends) == (("a", "b"), {"a": day})


def test_leaving_models_are_last_over_all_endpoints(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    one, two = Endpoint("one"), Endpoint("two")
    lists = {
        "one": Listing(("gpt-5-mini", "gpt-6-luna"), ends={"gpt-6-luna": date(2026, 12, 1)}),
        "two": Listing(("gpt-4o", "gpt-5.4")),
    }

    monkeypatch.setattr(services.app(), "endpoints", lambda: [one, two])
    monkeypatch.setattr(services.app(), "models_of", lambda target: lists[target.name])
    monkeypatch.setattr(model_picker, "current_session", Session)
    monkeypatch.setattr("components.models.ending.today_utc", lambda: date(2026, 11, 29))
    found = model_picker.choices()
    assert [c.id for c in found] == [
        "two/gpt-5.4",
        "one/gpt-5-mini",
        "one/gpt-6-luna",
        "two/gpt-4o",
    ]
    assert model_picker.chosen(found).model == "gpt-5.4"
    (luna,) = (c for c in found if c.model == "gpt-6-luna")
    assert luna.info.retires == date(2026, 12, 1), "the endpoint's day wins"
    assert find_model("gpt-6-luna").retires is None


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ". Recommended instead: gpt-6-luna or gpt-6.1-sol. "
            "Ask both the same cases first: see Cases.",
        ),
        (
            "zh",
            "日下线。推荐改用 gpt-6-luna 或 gpt-6.1-sol。先用同一组用例比一比，见“用例”页。",
        ),
    ],
)
def test_what_is_recommended_instead_is_said_within_sixty_days(
    lang: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    openai = Endpoint("openai", base_url="https://api.openai.com/v1")
    choice = model_picker.Choice(openai, "gpt-4o")
    monkeypatch.setattr("components.models.ending.today_utc", lambda: date(2026, 11, 29))
    monkeypatch.setattr("components.ui.widgets.when.current_session", lambda: Session(lang=lang))
    monkeypatch.setattr(model_picker, "current_session", lambda: Session(lang=lang))
    monkeypatch.setattr("components.ui.app.language.current_session", lambda: Session(lang=lang))
    assert model_picker.about(choice).endswith(said)
    monkeypatch.setattr("components.models.ending.today_utc", lambda: date(2026, 10, 1))
    assert "gpt-6-luna" not in model_picker.about(choice)
