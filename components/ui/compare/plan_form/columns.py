"""The models of a comparison or a run, and the clients that ask them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from components import services
from components.compare.errors import CompareError
from components.compare.spec import Column
from components.providers.base import VisionClient
from components.providers.endpoints import Endpoint
from components.ui.chat import custom_endpoint
from components.ui.streamlit_seam.session import current_session


class Asked(Protocol):
    """A model at an endpoint, as a comparison or a run keeps it."""

    @property
    def endpoint(self) -> str: ...
    @property
    def model(self) -> str: ...


def columns_of(models: Sequence[Asked]) -> list[Column]:
    """Models at their endpoints. Raises CompareError where an endpoint isn't there any more."""
    own = (each.endpoint for each in current_session().chat.own)
    known = {e.name: e for e in (*services.app().endpoints(), *own)}
    missing = [m.endpoint for m in models if m.endpoint not in known]
    if missing:
        raise CompareError("compare_no_model")
    return [Column(known[m.endpoint], m.model) for m in models]


def maker(columns: Sequence[Column]) -> Callable[[Endpoint], VisionClient]:
    """Gives an endpoint's client on the runner's loop; looked up here, where the session is
    known."""
    makes = {c.endpoint.name: custom_endpoint.client_of(c.endpoint) for c in columns}
    return lambda endpoint: makes[endpoint.name]()
