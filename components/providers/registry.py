"""Which client an endpoint gets."""

from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint


def client_for(endpoint: Endpoint) -> VisionClient:
    """A new client, to be closed by the caller and used from one loop.

    The modules are imported when they are needed: each brings a heavy package along.
    """
    if endpoint.kind == "builtin":
        from components.providers.builtin_reader import BuiltinReader

        return BuiltinReader()
    from components.providers.openai_compatible import OpenAICompatible

    return OpenAICompatible(endpoint)
