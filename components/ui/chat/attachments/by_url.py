"""An image by its address: downloaded by the endpoint itself where it can, else by this server.

Fetched ones land in the tray as if they had been dropped: looked at, priced, kept with the log.
"""

import streamlit as st

from components import services
from components.errors import AppError
from components.fetching import fetch_image
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat.attachments import tray
from components.ui.chat.callbacks import shown
from components.ui.chat.model_picker import Choice
from components.ui.chat.state import Refused
from components.ui.streamlit_seam.session import current_session, put, value


def offered(choice: Choice) -> bool:
    """Whether an address is of any use with this model."""
    return choice.endpoint.public_urls or services.app().settings().fetch_images


@block("chat.by_url")
def field(choice: Choice) -> None:
    unfetched = choice.endpoint.public_urls
    st.text_input(
        text("ui.tray.url"),
        key="image_url",
        placeholder="https://",
        icon=":material/link:",
        on_change=_given,
        args=(unfetched,),
        help=text("ui.tray.url_help" if unfetched else "ui.tray.url_help_fetched"),
    )


@shown
def _given(unfetched: bool) -> None:
    url = str(value("image_url") or "").strip()
    if not url:
        return
    session = current_session()
    session.person.must_ask()
    session.chat.refused = []
    put("image_url", "")
    try:
        if unfetched:
            tray.add_url(url)
        elif services.app().settings().fetch_images:
            found = fetch_image(url)
            tray.add([(found.name, found.content)])
    except AppError as error:
        session.chat.refused.append(Refused(error))
