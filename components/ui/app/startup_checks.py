"""Whether the server may start with its settings: the first thing that app.py asks."""

import importlib.util
import sys

from components import services
from components.access.errors import AccessConfigError
from components.access.rules import Rules
from components.errors import ConfigError
from components.i18n import sentence
from components.i18n.sentence import joined
from components.services.settings import console_language


def refuse_or_go_on() -> Rules:
    """Ends the process (exit code 1, what to set on stderr) where the wrong people could come in.

    Gives the settings of access.
    """
    try:
        rules = services.app().access()
        if rules.mode == "oidc" and importlib.util.find_spec("authlib") is None:
            raise AccessConfigError("access_config_auth_package")
    except (AccessConfigError, ConfigError) as error:
        what, then = sentence.sentence(console_language(), error.code, error.data)
        sys.exit(joined(what, then))
    return rules
