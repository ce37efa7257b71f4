"""Addresses that an endpoint can be begun with."""

from datetime import date
from urllib.parse import urlsplit

import pytest

from components.providers.known_endpoints import KnownEndpoint, known_endpoints
from components.providers.own import own_endpoint


def test_each_is_there_once() -> None:
    ids = [each.id for each in known_endpoints()]
    assert len(set(ids)) == len(ids)
    assert {"openai", "azure", "ollama", "lm_studio", "vllm", "litellm", "dashscope"} < set(ids)


@pytest.mark.parametrize("known", known_endpoints(), ids=lambda known: known.id)
def test_one_can_be_tried_as_it_stands(known: KnownEndpoint) -> None:
    assert own_endpoint(known.base_url, "sk-x", public_only=known.public).base_url
    assert known.public is known.base_url.startswith("https:")
    assert urlsplit(known.source).scheme == "https"
    assert isinstance(known.checked, date)
