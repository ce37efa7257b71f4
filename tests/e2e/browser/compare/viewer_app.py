"""A server for viewer_page.py with the headers of the real app."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from components.ui.server.routes import SecurityHeaders

app = st.App(
    str(Path(__file__).with_name("viewer_page.py")), middleware=[Middleware(SecurityHeaders)]
)
