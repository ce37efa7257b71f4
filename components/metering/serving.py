"""The figures by HTTP, on a port of their own: whoever reaches it reads them, so it is never the
port that people come to."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, start_http_server

_LOG = logging.getLogger(__name__)


@contextmanager
def served(registry: CollectorRegistry, address: str, port: int | None) -> Iterator[None]:
    """Serve them until the block ends, from threads of their own. port: None serves nothing.

    An address that can't be had is a warning: figures that nobody can read are no reason for
    nobody to be answered.
    """
    if port is None:
        yield
        return
    try:
        server, thread = start_http_server(port, address, registry)
    except (OSError, UnicodeError) as error:
        _LOG.warning("METRICS_ADDRESS and METRICS_PORT can't be served: %s", error)
        yield
        return
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
