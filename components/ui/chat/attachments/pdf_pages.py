"""From picked pages of a PDF to images in the tray, and text in the question."""

import streamlit as st

from components.errors import PdfError
from components.pdf import page_text, render_page
from components.text import escape_markdown, short_name
from components.ui.app.language import text
from components.ui.chat.attachments import tray
from components.ui.chat.state import OpenPdf
from components.ui.streamlit_seam.session import current_session


def add(document: OpenPdf) -> None:
    """Draw the pages one by one. Where one can't be drawn it is named, and nothing is added yet:
    the person leaves it out or leaves it be."""
    session, pdf = current_session(), document.pdf
    bar = st.progress(0.0)
    drawn: list[tuple[str, bytes]] = []
    try:
        for done, page in enumerate(document.chosen):
            name = escape_markdown(short_name(pdf.name))
            bar.progress(done / len(document.chosen), text("ui.pdf.drawing", page=page, name=name))
            content = render_page(pdf, page)
            drawn.append((text("ui.pdf.page_name", name=pdf.name, page=page), content))
        words = quoted(document) if document.with_text else ""
    except PdfError as error:
        document.error = error
        return
    session.chat.refused = []
    tray.add(drawn)
    if words:
        session.chat.fill = words + "\n\n"
    leave(document)


def leave(document: OpenPdf) -> None:
    session = current_session()
    session.chat.pdfs = [each for each in session.chat.pdfs if each is not document]


def quoted(document: OpenPdf) -> str:
    """The text of the chosen pages, each under its name; "" where there is none."""
    if missing := [page for page in document.chosen if page not in document.texts]:
        with st.spinner(text("ui.pdf.looking")):
            found = page_text(document.pdf, missing)
        document.texts |= dict(zip(missing, found, strict=True))
    return "\n\n".join(
        f"{text('ui.pdf.quoted', name=document.pdf.name, page=page)}\n{document.texts[page]}"
        for page in document.chosen
        if document.texts[page]
    )
