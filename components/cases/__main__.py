"""`python -m components.cases`: cases on the command line; see command/."""

import sys
from contextlib import ExitStack

from components.cases.command import main
from components.cases.command.services import Services


def opened(stack: ExitStack) -> Services:
    """Of the app as the settings have it, for whoever uses this machine, until the stack ends.
    Loaded by those who ask alone: files are read without it."""
    from components.access.person import LOCAL
    from components.services import app

    made = app()
    stack.callback(made.stop)
    endpoints = made.endpoints()
    return Services(
        LOCAL.owner,
        made.store().case_runs,
        made.store().cases,
        made.case_runs(),
        endpoints,
        made.store().conversations.image,
        made.client,
        [endpoint.api_key for endpoint in endpoints if endpoint.api_key],
    )


if __name__ == "__main__":
    with ExitStack() as stack:
        code = main(sys.argv[1:], sys.stdout, sys.stderr, lambda: opened(stack))
    sys.exit(code)
