"""A comparison of the log back in the form, so that it can be changed and asked anew."""

from dataclasses import replace

import streamlit as st

from components.chat.draft import DraftImage
from components.compare.cheapest import is_settings
from components.compare.rerun import pictures_of
from components.compare.store import Comparison
from components.ui import errors, services
from components.ui.compare.images import compare_page
from components.ui.language import text
from components.ui.state import current_session


def show() -> None:
    """Fill an empty form with what the address leads to; what somebody drafts isn't touched."""
    here = compare_page()
    if not here.bring_back:
        return
    here.bring_back = False
    if here.images or here.run_id is None:
        return
    with st.spinner(text("compare.form.bringing")):
        try:
            logged = services.store().comparison(current_session().owner, here.run_id)
            if logged:
                bring_back(logged.comparison)
        except Exception as error:
            here.error = errors.unexpected(error)


def bring_back(comparison: Comparison) -> None:
    """Images, questions and models into the form. Raises CompareError, ImageError, StoreError."""
    here = compare_page()
    pictures = pictures_of(services.store(), current_session().owner, comparison).values()
    # The settings of one image are one image.
    once: dict[str | None, DraftImage] = {}
    for picture in pictures:
        once.setdefault(picture.image.digest, picture.image)
    settings = is_settings(comparison)
    found = list(once.values()) if settings else [picture.image for picture in pictures]
    here.images = [replace(image, detail="auto") for image in found]
    here.questions = list(comparison.questions)
    here.models = tuple(f"{model.endpoint}/{model.model}" for model in comparison.models)
    here.repeats, here.again = comparison.repeats, comparison.again
    here.tab = "cheapest" if settings else comparison.mode
    details = {image.detail for image in found}
    if settings:
        here.accepted = comparison.accepted_for((), 0) or ""
    elif len(details) == 1:
        here.detail = details.pop()
