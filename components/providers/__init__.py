"""What answers questions about images: one Protocol, a client per wire protocol, endpoints.

base.py is the contract, registry.py picks the client for an endpoint. A request goes
payload.py -> http_call.py (parameter_fallback.py when a parameter is refused) -> sse.py ->
answer.py, both in reply/; whatever goes wrong becomes one ProviderError in refusals/failures.py,
with what statuses.py, rejected_image.py, response_headers.py and facts.py find out about it.
Nothing here knows a person.
"""
