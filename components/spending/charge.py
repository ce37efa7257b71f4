"""What a request reserves before it leaves."""

from components.pricing import Price, most
from components.providers.endpoints import Endpoint
from components.spending.settings import load
from components.spending.store import Charge, Kind


def kind_of(endpoint: Endpoint) -> Kind:
    """Whose money it is."""
    if endpoint.kind == "builtin":
        return "builtin"
    return "own" if endpoint.own else "server"


def charge_of(
    endpoint: Endpoint,
    model: str,
    *,
    images: int,
    input_tokens: int,
    price: Price | None,
    max_tokens: int | None,
    subject: str,
) -> Charge:
    """input_tokens: as far as they are known. max_tokens: of the answer, as the person set it;
    where none is set, as many are reserved as settings.toml says. What the model may add by
    writing to its prompt cache is reserved too."""
    output = max_tokens if max_tokens is not None else int(load()["estimate"]["answer_tokens"])
    return Charge(
        kind=kind_of(endpoint),
        endpoint=endpoint.name,
        host=endpoint.host,
        model=model,
        images=images,
        estimate=most(model, price, input=input_tokens, output=output),
        subject=subject,
    )
