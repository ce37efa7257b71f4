import io

import pytest
from PIL import Image

from components.presets import question
from components.samples import Sample, sample, samples
from tests.support.paths import ROOT

ALL = pytest.mark.parametrize("one", samples(), ids=lambda one: one.id)


def _opened(one: Sample) -> list[Image.Image]:
    return [Image.open(io.BytesIO(content)) for _, content in one.pictures()]


def test_there_are_twelve_samples_with_ids_of_their_own():
    assert len(samples()) == 12
    assert len({one.id for one in samples()}) == 12


def test_no_picture_belongs_to_two_samples_and_none_lies_about_unused():
    named = [name for one in samples() for name in one.files]
    folder = ROOT / "components/samples/pictures"
    assert sorted(named) == sorted(path.name for path in folder.iterdir())


def test_all_pictures_together_take_less_than_a_megabyte():
    assert sum(len(content) for one in samples() for _, content in one.pictures()) <= 1_000_000


@ALL
def test_every_picture_is_a_webp_of_about_a_photos_size(one: Sample):
    for picture in _opened(one):
        picture.load()
        assert picture.format == "WEBP"
        assert 1100 <= max(picture.size) <= 1500
        assert min(picture.size) >= 700


@ALL
def test_no_picture_is_blank(one: Sample):
    for picture in _opened(one):
        for low, high in picture.convert("RGB").getextrema():
            assert high - low > 100


@ALL
def test_every_text_is_there_in_both_languages(one: Sample):
    for texts in (one.title, one.question, one.truth):
        assert set(texts) == {"en", "zh"}
        assert all(text == text.strip() and text for text in texts.values())
        assert any("\u4e00" <= c <= "\u9fff" for c in texts["zh"])


@ALL
def test_every_sample_has_as_many_pictures_as_its_preset_needs(one: Sample):
    assert len(one.files) >= question(one.preset).min_images


def test_a_sample_is_found_by_its_id():
    assert sample("seeds").files == ("seeds.webp",)
    with pytest.raises(KeyError):
        sample("no such sample")
