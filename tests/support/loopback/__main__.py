"""`python -m tests.support.loopback --port 8399`: the server by itself, until it is interrupted."""

import argparse
import contextlib

from tests.support.loopback.server import Loopback

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--port", type=int, default=8399)
with contextlib.suppress(KeyboardInterrupt), Loopback(parser.parse_args().port) as server:
    print(f"OPENAI_BASE_URL={server.base_url}", flush=True)
    server.join()
