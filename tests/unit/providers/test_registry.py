"""Each kind of endpoint gets its client."""

import asyncio

from components.providers.endpoints import Endpoint
from components.providers.registry import client_for


def test_each_kind_of_endpoint_gets_its_own_client() -> None:
    made = [client_for(Endpoint("a", base_url="http://h/v1")), client_for(Endpoint("b", "builtin"))]
    assert [type(each).__name__ for each in made] == ["OpenAICompatible", "BuiltinReader"]
    for each in made:
        asyncio.run(each.close())
