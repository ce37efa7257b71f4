"""A comparison of the store back in the form, so that it can be changed and asked anew."""

from dataclasses import replace

import streamlit as st

from components import services
from components.chat.draft import DraftImage
from components.compare.cheapest_setting import is_settings
from components.compare.rerun import pictures_of
from components.compare.store import Comparison
from components.ui.app import errors
from components.ui.app.language import text
from components.ui.chat.model_picker import id_of
from components.ui.compare.images import compare_page
from components.ui.streamlit_seam.session import current_session


def show() -> None:
    """Fill an empty form with what the address leads to; what somebody drafts isn't touched."""
    page = compare_page()
    if not page.bring_back:
        return
    page.bring_back = False
    if page.images or page.run_id is None:
        return
    with st.spinner(text("compare.form.bringing")):
        try:
            logged = (
                services.app().store().comparisons.comparison(current_session().owner, page.run_id)
            )
            if logged:
                bring_back(logged.comparison)
        except Exception as error:
            page.error = errors.unexpected(error)


def bring_back(comparison: Comparison) -> None:
    """Images, questions and models into the form. Raises CompareError, ImageError, StoreError."""
    page = compare_page()
    pictures = pictures_of(
        services.app().store().conversations.image, current_session().owner, comparison
    ).values()
    # The settings of one image are one image.
    once: dict[str | None, DraftImage] = {}
    for picture in pictures:
        once.setdefault(picture.image.digest, picture.image)
    settings = is_settings(comparison)
    found = list(once.values()) if settings else [picture.image for picture in pictures]
    page.images = [replace(image, detail="auto") for image in found]
    page.questions = list(comparison.questions)
    page.models = tuple(id_of(model.endpoint, model.model) for model in comparison.models)
    page.repeats, page.again = comparison.repeats, comparison.again
    page.tab = "cheapest" if settings else comparison.mode
    details = {image.detail for image in found}
    if settings:
        page.accepted = comparison.accepted_for((), 0) or ""
    elif len(details) == 1:
        page.detail = details.pop()
