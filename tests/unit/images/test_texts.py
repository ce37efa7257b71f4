"""Every code that images bring up has a text in every language."""

import re
from pathlib import Path

import pytest

from components.errors import ImageError
from components.i18n import LANGUAGES, placeholders, texts
from components.images import notes

NOTES = set(re.findall(r'Note\(\s*"(\w+)"', Path(notes.__file__).read_text("utf-8")))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_has_a_text_and_every_text_a_note(lang: str) -> None:
    prefix = "images.note."
    assert {k.removeprefix(prefix) for k in texts(lang) if k.startswith(prefix)} == NOTES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_image_error_says_what_and_what_next(lang: str) -> None:
    for code in ImageError.codes:
        assert "name" in placeholders(texts(lang)[f"error.{code}.text"])
        assert texts(lang)[f"error.{code}.next"]


def test_both_languages_fill_the_same_places() -> None:
    ours = [k for k in texts("en") if k.startswith(("images.note.", "error.image_"))]
    for key in ours:
        assert placeholders(texts("en")[key]) == placeholders(texts("zh")[key]), key
