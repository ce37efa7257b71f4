"""The openai package's client, set up so that nothing happens that nobody sees."""

import logging

import httpx2
from openai import AsyncOpenAI

from components.network.backends import AsyncPublicOnly, connect_through
from components.providers.endpoints import OPENAI_HOST, Endpoint, is_local
from components.providers.greeting import HttpOnly

NO_KEY = "none"  # sent to servers that ask for no key; the package insists on one
CONNECT_SECONDS = 10.0

# At INFO it writes whole URLs, at DEBUG headers.
for _name in ("httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)


def open_client(endpoint: Endpoint) -> AsyncOpenAI:
    """A client bound to the loop it is first used in.

    No hidden retries (they can be billed), no redirects (a 307 would carry the prompt to another
    host), no proxy for local addresses.
    """
    http = httpx2.AsyncClient(
        follow_redirects=False,
        trust_env=not is_local(endpoint) and not endpoint.public_only,
        limits=httpx2.Limits(max_connections=1000, max_keepalive_connections=100),
    )
    if endpoint.public_only:
        connect_through(http, AsyncPublicOnly)
    connect_through(http, HttpOnly)
    client = AsyncOpenAI(
        api_key=endpoint.api_key or NO_KEY,
        base_url=endpoint.base_url,
        max_retries=0,
        http_client=http,
        default_query={"api-version": endpoint.api_version} if endpoint.api_version else None,
        default_headers={"api-key": endpoint.api_key} if endpoint.api_version else None,
    )
    # The package takes these from the environment for any host.
    if endpoint.own or endpoint.host != OPENAI_HOST:
        client.organization = None
        client.project = None
    if endpoint.own:
        client.admin_api_key = None
        client._custom_headers = {}  # OPENAI_CUSTOM_HEADERS may hold a key of the server's
    return client


def timeouts(read_seconds: float) -> httpx2.Timeout:
    """read_seconds: how long the endpoint may be silent before, and after, the first token."""
    return httpx2.Timeout(read_seconds, connect=CONNECT_SECONDS)
