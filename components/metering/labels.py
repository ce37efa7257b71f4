"""Who was asked, as label values: each value is a series that is kept for as long as the process
lives, so there are few of them, and nothing that a person typed is one."""

import threading
from collections.abc import Callable, Collection

from components.models import find_model
from components.spending.store import Charge

MOST_MODELS = 200  # names of models that aren't in the catalogue
MOST_LETTERS = 100  # of such a name
OTHER = "other"
UNNAMED = "default"  # an endpoint that the settings give no name but its host

Offered = Callable[[str], Collection[str]]


class Labels:
    """Label values of requests. Safe to use from any thread."""

    def __init__(self, offered: Offered) -> None:
        """offered: the models that an endpoint of the server's offers, by the endpoint's name."""
        self._offered = offered
        self._models: set[str] = set()
        self._lock = threading.Lock()

    def of(self, charge: Charge) -> dict[str, str]:
        """kind, endpoint and model. Endpoints that persons typed are all called "own", as are
        their models."""
        if charge.kind != "server":
            return {"kind": charge.kind, "endpoint": charge.kind, "model": charge.kind}
        endpoint = UNNAMED if charge.endpoint == charge.host else charge.endpoint
        return {"kind": "server", "endpoint": endpoint, "model": self._model(charge)}

    def _model(self, charge: Charge) -> str:
        """As the catalogue calls it, else as the server's list does, else "other"."""
        found = find_model(charge.model)
        if found.known:
            return found.id
        # Half a surrogate pair isn't printable; one would make all figures unreadable.
        plain = charge.model.isprintable() and len(charge.model) <= MOST_LETTERS
        if not plain or charge.model not in self._offered(charge.endpoint):
            return OTHER
        with self._lock:  # what an endpoint lists can be long, and another list every day
            if len(self._models) < MOST_MODELS:
                self._models.add(charge.model)
            return charge.model if charge.model in self._models else OTHER
