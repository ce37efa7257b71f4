"""Around every page: page settings, language, navigation, and the one net for errors."""

from pathlib import Path

import streamlit as st

from components.errors import AppError
from components.ui import errors, language, sidebar
from components.ui.language import text
from components.ui.pages import CHAT, HISTORY
from components.ui.settings import settings

st.set_page_config(
    page_title="Tuwen 图问",
    page_icon=str(Path(__file__).parent / "assets" / "icon.png"),
    layout="centered",
    initial_sidebar_state="auto",
)
language.settle()
page = st.navigation(
    [
        st.Page(CHAT, title=text("ui.nav.chat"), icon=":material/chat:", default=True),
        st.Page(
            HISTORY, title=text("ui.nav.history"), icon=":material/history:", url_path="history"
        ),
    ]
)
try:
    sidebar.show()
    for problem in settings().problems:
        errors.show(problem)
    page.run()
except AppError as error:
    errors.show(error)
except Exception as error:  # everything else: a number for the person, the rest for the log
    errors.unexpected(error)
