"""A key that came into the store by mistake doesn't leave it in any export."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from components.chat.store import AttemptResult
from components.export import (
    chat_jsonl,
    html_page,
    json_file,
    json_zip,
    markdown_zip,
    usage_csv,
)
from components.export.keys import without_keys
from db.store import Store
from tests.unit.db.make import shown, turn
from tests.unit.export.make import conversations, joined
from tests.unit.export.unzipped import everything

LOOKS = "sk-canary-0123456789abcdef"
PLAIN = "canaryWithoutAnyShape42"
KNOWN = "another canary, known to the app"


@pytest.fixture
def canaries(store: Store) -> Store:
    parameters: dict[str, Any] = {
        "api_key": PLAIN,
        "headers": {"Authorization": f"Bearer {PLAIN}", "x": LOOKS},
        "list": [f"see {LOOKS}"],
        "max_tokens": 300,
        "system": "Be brief",
        "base": KNOWN,
    }
    url = shown(None, url=f"https://example.org/a.png?w=1&token={PLAIN}")
    store.conversations.begin_turn(
        "me",
        turn("k", parameters=parameters, images=[url], contents=[], host=LOOKS, text=f"? {KNOWN}"),
    )
    told = {"detail": f"Incorrect key {LOOKS}; Bearer {PLAIN}", "token": PLAIN, "host": "h"}
    store.conversations.finish(
        "me", "tk", AttemptResult("ok", "A", error_data=told, request_id=LOOKS)
    )
    return store


EXPORTS: dict[str, Callable[..., Iterable[bytes]]] = {
    "json": json_file,
    "zip": json_zip,
    "jsonl": chat_jsonl,
    "markdown": partial(markdown_zip, lang="zh"),
    "html": partial(html_page, lang="en"),
    "csv": lambda found, _image_of, keys: usage_csv(found, keys),
}


@pytest.mark.parametrize("kind", EXPORTS)
def test_no_canary_is_in_an_export(canaries: Store, kind: str) -> None:
    found = conversations(canaries)
    assert all(c in repr(found) for c in (LOOKS, PLAIN, KNOWN)), "the canaries are in the log"
    raw = everything(
        joined(EXPORTS[kind](found, partial(canaries.conversations.image, "me"), keys=[KNOWN]))
    )
    assert len(raw) > 200
    for canary in (LOOKS, PLAIN, KNOWN):
        assert canary.encode() not in raw


def test_parameters_that_are_no_keys_stay(canaries: Store) -> None:
    (found,) = [c for c in conversations(canaries) if c.id == "ck"]
    attempt = without_keys(found, []).messages[1].attempt
    assert attempt
    assert attempt.parameters["max_tokens"] == 300
    assert attempt.parameters["system"] == "Be brief"
    assert attempt.result.error_data["host"] == "h"
    assert without_keys(without_keys(found, []), []) == without_keys(found, [])


def test_what_people_and_models_wrote_about_keys_stays(store: Store) -> None:
    (found,) = [c for c in conversations(store) if c.id == "c2"]
    written = replace(found.messages[0], text="What is sk-learn-1234?")
    same = replace(found, messages=(written,))
    assert without_keys(same, []) == same
