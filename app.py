"""The server: security headers, start-up work and the frame that draws the pages.

Started by `make run` (streamlit run app.py). The frame lives in components/ui, away from the
folder `pages`: with both in one place the first visit to a deep link goes wrong in Streamlit.
"""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.services.settings import over_https
from components.ui.app.errors import caught
from components.ui.app.startup_checks import refuse_or_go_on
from components.ui.server.cookies import SecureCookies
from components.ui.server.door import wire
from components.ui.server.door.guard import FrontDoor
from components.ui.server.health import TrustedHosts
from components.ui.server.routes import ROUTES, SecurityHeaders, lifespan
from components.ui.server.static_files import StreamlitFiles
from components.ui.streamlit_seam import downloads

FRAME = Path(__file__).parent / "components" / "ui" / "app" / "frame.py"

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
        Middleware(StreamlitFiles),
    ],
)
