"""The server: security headers, start-up work and the frame that draws the pages.

Started by `make run` (streamlit run app.py). The frame lives in components/ui, away from the
folder `pages`: with both in one place the first visit to a deep link goes wrong in Streamlit.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.ui import downloads
from components.ui.cookies import SecureCookies
from components.ui.door import wire
from components.ui.door.guard import FrontDoor
from components.ui.errors import caught
from components.ui.health import TrustedHosts
from components.ui.server import ROUTES, SecurityHeaders, lifespan
from components.ui.settings import over_https
from components.ui.startup_checks import refuse_or_go_on

FRAME = Path(__file__).parent / "components" / "ui" / "frame.py"

refuse_or_go_on()
wire.install()
downloads.install()
HOSTS = st.get_option("server.allowedHosts") or ["*"]

app = st.App(
    str(FRAME),
    lifespan=lifespan,
    on_script_error=caught,
    routes=ROUTES,
    middleware=[
        Middleware(SecurityHeaders),
        Middleware(SecureCookies, https=over_https()),
        # Streamlit itself looks at the host of the websocket only.
        Middleware(TrustedHosts, allowed_hosts=HOSTS, www_redirect=False),
        Middleware(FrontDoor),
    ],
)
