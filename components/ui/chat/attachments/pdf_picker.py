"""The pages of a PDF: looked at, picked, and added to the tray as images."""

import streamlit as st

from components.errors import PdfError
from components.pdf import chosen_pages, page_ranges, rendered_size, thumbnails
from components.pdf.limits import MAX_CHOSEN
from components.text import escape_markdown, short_name
from components.tokens import count_image_tokens, count_text_tokens
from components.ui.app import errors
from components.ui.app.language import counted, text
from components.ui.chat.attachments import pdf_pages
from components.ui.chat.model_picker import Choice
from components.ui.chat.state import OpenPdf
from components.ui.streamlit_seam.session import put, value
from components.ui.widgets.money import tokens

SHEET = 12  # pages looked at together
CELL = 116  # pixels


def show(document: OpenPdf, choice: Choice) -> None:
    """Draw the picker of one PDF; adding or leaving it makes room for the next."""
    pdf = document.pdf
    with st.container(border=True, key="pdf_picker", gap="small"):
        name = escape_markdown(short_name(pdf.name))
        st.markdown(f"**{counted('ui.pdf.title', pdf.pages, name=name, pages=pdf.pages)}**")
        _sheet(document)
        _written(document)
        words = _text(document, choice)
        problem = st.empty()
        if document.error:
            with problem.container():
                errors.show(document.error)
            document.error = None
        _buttons(document, _add_label(document, choice, words))


def _sheet(document: OpenPdf) -> None:
    """Twelve pages with their pictures, scrolling within the picker."""
    sheets = -(-document.pdf.pages // SHEET)
    if sheets > 1:
        key = f"pdf-sheet-{document.id}"
        document.sheet = min(int(str(value(key) or document.sheet)), sheets)
        st.pagination(sheets, key=key, max_visible_pages=5)
    first = (document.sheet - 1) * SHEET + 1
    pages = range(first, min(first + SHEET, document.pdf.pages + 1))
    if missing := [page for page in pages if page not in document.thumbnails]:
        with st.spinner(text("ui.pdf.looking")):
            drawn = thumbnails(document.pdf, missing)
        document.thumbnails |= dict(zip(missing, drawn, strict=True))
    with st.container(key="pdf_pages", horizontal=True, gap="small"):
        for page in pages:
            with st.container(width=CELL, gap="xxsmall", key=f"pdf_cell-{document.id}-{page}"):
                _page(document, page)


def _page(document: OpenPdf, page: int) -> None:
    picture = document.thumbnails.get(page)
    label = text("ui.pdf.page", page=page)
    if picture:
        st.image(picture, width=CELL, alt=label)
    else:
        st.caption(text("ui.pdf.no_preview"))
    key = f"pdf-page-{document.id}-{page}"
    put(key, page in document.chosen)
    st.checkbox(label, key=key, on_change=_ticked, args=(document, page, key))


def _written(document: OpenPdf) -> None:
    key = f"pdf-written-{document.id}"
    put(key, page_ranges(document.chosen))
    st.text_input(
        text("ui.pdf.pages"),
        key=key,
        placeholder=text("ui.pdf.pages_hint"),
        autocomplete="off",
        on_change=_wrote,
        args=(document, key),
    )


def _text(document: OpenPdf, choice: Choice) -> str:
    """Whether the pages' text goes into the question, and how much that is; returns it."""
    key = f"pdf-text-{document.id}"
    put(key, document.with_text)
    st.toggle(
        text("ui.pdf.with_text"),
        key=key,
        help=text("ui.pdf.with_text_help"),
        on_change=_text_wished,
        args=(document, key),
    )
    if not document.with_text or not document.chosen:
        return ""
    try:
        words = pdf_pages.quoted(document)
    except PdfError as error:
        document.error = error
        return ""
    if words:
        counted_tokens = tokens(count_text_tokens(words, choice.model))
        st.caption(text("ui.pdf.text_tokens", tokens=counted_tokens))
    else:
        st.caption(text("ui.pdf.no_text"))
    return words


def _buttons(document: OpenPdf, label: str) -> None:
    chosen = len(document.chosen)
    if chosen > MAX_CHOSEN:
        name = document.pdf.name
        errors.show(PdfError("pdf_too_many_chosen", name=name, chosen=chosen, limit=MAX_CHOSEN))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        asked = st.button(
            label, key="pdf_add", type="primary", disabled=not 0 < chosen <= MAX_CHOSEN
        )
        st.button(
            text("ui.pdf.cancel"),
            key="pdf_cancel",
            type="tertiary",
            on_click=pdf_pages.leave,
            args=(document,),
        )
    if asked:
        pdf_pages.add(document)
        st.rerun()


def _add_label(document: OpenPdf, choice: Choice, words: str) -> str:
    """How many pages, and what they come to with their text, where that is known."""
    chosen = len(document.chosen)
    if not chosen:
        return text("ui.pdf.add_none")
    sizes = [rendered_size(document.pdf, page) for page in document.chosen]
    host = choice.endpoint.host
    each = [count_image_tokens(choice.model, *size, host=host).tokens for size in sizes]
    known = [count for count in each if count is not None]
    if choice.endpoint.kind == "builtin" or not choice.info.vision or len(known) < chosen:
        return counted("ui.pdf.add", chosen)
    whole = sum(known) + (count_text_tokens(words, choice.model) if words else 0)
    return counted("ui.pdf.add_about", chosen, tokens=tokens(whole))


def _ticked(document: OpenPdf, page: int, key: str) -> None:
    others = [each for each in document.chosen if each != page]
    document.chosen = sorted([*others, page]) if value(key) else others


def _wrote(document: OpenPdf, key: str) -> None:
    try:
        document.chosen = chosen_pages(str(value(key) or ""), document.pdf)
    except PdfError as error:
        document.error = error


def _text_wished(document: OpenPdf, key: str) -> None:
    document.with_text = bool(value(key))
