"""The picker's first choice is no model that leaves soon."""

from datetime import date

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
