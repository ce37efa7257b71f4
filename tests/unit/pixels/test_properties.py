"""Whatever comes, comes back: figures in their ranges, regions inside of the picture."""

import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.pixels import (
    boxes_on_a,
    boxes_on_b,
    compare,
    heat_map,
    overlay,
    picture_a,
    picture_b,
    ssim,
)
from tests.support.fuzzing import examples

SIDES = st.one_of(st.integers(1, 40), st.sampled_from([1, 2, 3, 120, 600, 1700]))


@st.composite
def pictures(draw: st.DrawFn) -> Image.Image:
    """Noise, plain, or stripes, of any small shape."""
    width, height = draw(SIDES), draw(SIDES)
    kind, seed = draw(st.sampled_from(["noise", "plain", "stripes"])), draw(st.integers(0, 9))
    random = np.random.default_rng(seed)
    if kind == "noise":
        values = random.integers(0, 256, (height, width, 3), np.uint8)
    elif kind == "plain":
        values = np.full((height, width, 3), seed * 28, np.uint8)
    else:
        values = np.zeros((height, width, 3), np.uint8)
        values[:, :: seed + 2] = (250, 200, 20 * seed)
    return Image.fromarray(values)


@settings(max_examples=examples(60))
@given(pictures(), pictures())
def test_any_two_pictures_are_compared_or_refused_with_a_reason(
    a: Image.Image, b: Image.Image
) -> None:
    found = compare(a, b)
    assert found.a.size == found.working_size
    drawn = [picture_a(found), picture_b(found), boxes_on_a(found), boxes_on_b(found)]
    if found.alignment.possible:
        drawn += [heat_map(found), overlay(found, 0.3)]
        assert 0 <= (found.share or 0) <= 1
        assert found.ssim is not None
        assert -1.0001 <= found.ssim <= 1.0001
        assert found.b.size == found.a.size
    else:
        assert found.alignment.reason == "ratio"
    for region in found.regions:
        left, top, right, bottom = region.box
        assert 0 <= left <= right <= a.width
        assert 0 <= top <= bottom <= a.height
    for content in drawn:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()


@settings(max_examples=examples(30))
@given(pictures())
def test_a_picture_does_not_differ_from_itself(picture: Image.Image) -> None:
    found = compare(picture, picture.copy())
    assert found.identical == "pixels"
    assert (found.share, found.regions) == (0.0, ())


@settings(max_examples=examples(20))
@given(st.integers(11, 30), st.integers(11, 30), st.integers(0, 99))
def test_ssim_is_what_the_formula_says(width: int, height: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    a, b = random.integers(0, 256, (2, height, width), np.uint8)
    at = np.arange(-5, 6)
    window = np.exp(-(at**2) / (2 * 1.5**2))
    weights = np.outer(window, window) / window.sum() ** 2
    values = []
    for y in range(height - 10):
        for x in range(width - 10):
            one, other = (p[y : y + 11, x : x + 11].astype(float) for p in (a, b))
            mean, other_mean = (one * weights).sum(), (other * weights).sum()
            spread = (weights * (one - mean) ** 2).sum() + (
                weights * (other - other_mean) ** 2
            ).sum()
            together = (weights * (one - mean) * (other - other_mean)).sum()
            light = (2 * mean * other_mean + 6.5025) / (mean**2 + other_mean**2 + 6.5025)
            values.append(light * (2 * together + 58.5225) / (spread + 58.5225))
    assert abs(ssim(a, b) - np.mean(values)) < 1e-4
