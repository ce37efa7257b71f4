"""What answers questions about images: one Protocol, a client per wire protocol, endpoints.

base.py is the contract, registry.py picks the client for an endpoint. A request goes
payload.py -> exchange.py (adapt.py when a parameter is refused) -> sse.py -> answer.py;
whatever goes wrong becomes one ProviderError in failures.py, with what statuses.py, heads.py,
facts.py and blame.py find out about it. Nothing here knows a person.
"""
