"""Last days that a list of models gives."""

import json
from datetime import date

import pytest

from components.providers.listing import model_ids

DAY = date(2026, 12, 24)


@pytest.mark.parametrize(
    "key", ["shutdown_date", "deprecation_date", "retirement_date", "expiration_date"]
)
@pytest.mark.parametrize(
    "written", ["2026-12-24", "2026-12-24T08:00:00Z", 1798070400, 1798070400000, "1798070400"]
)
def test_a_last_day_is_read_however_it_is_written(key: str, written: object) -> None:
    found = model_ids(json.dumps({"data": [{"id": "a", key: written}, {"id": "b"}]}))
    assert found == ["a", "b"]
    assert found.ends == {"a": DAY}


@pytest.mark.parametrize("written", [None, "", "soon", 0, -1, True, 1e300, [], {}, "2026-99-99"])
def test_what_is_no_date_is_none(written: object) -> None:
    found = model_ids(json.dumps([{"id": "a", "shutdown_date": written}, "b"]))
    assert (found, found.ends) == (["a", "b"], {})
