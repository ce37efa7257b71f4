"""What holds for any picture and any bytes."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from components.errors import ImageError
from components.images import ImagePolicy, inspect_image, prepare_image
from components.images.geometry import target_size
from tests.support.fuzzing import examples
from tests.unit.images.make import encoded, exif, opened

MAGICS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\x40\0\0\0WEBP",
    b"GIF89a",
    b"\0\0\0 ftypavif",
)
MODES = {
    "JPEG": ("L", "RGB", "CMYK"),
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "WEBP": ("RGB", "RGBA"),
    "GIF": ("L", "P", "RGBA"),
}


@st.composite
def pictures(draw: st.DrawFn) -> tuple[bytes, tuple[int, int]]:
    """(an encoded picture, its upright size)."""
    kind = draw(st.sampled_from(sorted(MODES)))
    width, height = draw(st.integers(1, 1400)), draw(st.integers(1, 1400))
    im = Image.linear_gradient("L").resize((width, height))
    if draw(st.booleans()):
        turned = im.transpose(Image.Transpose.ROTATE_180)
        im = Image.merge("RGBA", (im, turned, im, turned))
    im = im.convert("L") if draw(st.booleans()) else im.convert("RGBA")
    mode = draw(st.sampled_from(MODES[kind]))
    im = im.convert("L").convert(mode) if mode == "I;16" else im.convert(mode)
    orientation = draw(st.integers(1, 8)) if kind != "GIF" else 1
    options: dict[str, object] = {"exif": exif(orientation)} if orientation > 1 else {}
    size = (width, height) if orientation < 5 else (height, width)
    return encoded(im, kind, **options), size


@settings(max_examples=examples(150))
@given(
    picture=pictures(),
    model=st.sampled_from(["gpt-4o", "gpt-5.4", "claude-opus-4.7", "a model nobody knows"]),
    detail=st.sampled_from(["low", "high"]),
    policy=st.builds(ImagePolicy, jpeg_only=st.booleans()),
)
def test_a_prepared_picture_is_upright_as_large_as_asked_and_final(
    picture: tuple[bytes, tuple[int, int]], model: str, detail: str, policy: ImagePolicy
) -> None:
    data, size = picture
    made = prepare_image(data, "a", model=model, detail=detail, policy=policy)
    assert (made.original_width, made.original_height) == size
    assert (made.width, made.height) == target_size(model, size, detail, "a")
    found = opened(made.content)
    assert found.size == (made.width, made.height)
    assert found.getexif().get(0x0112, 1) == 1
    assert Image.MIME[found.format or ""] == made.media_type
    assert "icc_profile" not in found.info
    again = prepare_image(made.content, "a", model=model, detail=detail, policy=policy)
    assert again.content == made.content
    assert (again.width, again.height) == (made.width, made.height)


@settings(max_examples=examples(300))
@given(
    data=st.builds(
        lambda magic, rest: magic + rest,
        st.sampled_from([b"", *MAGICS]),
        st.binary(max_size=400),
    )
)
def test_any_bytes_end_in_a_picture_or_an_image_error(data: bytes) -> None:
    for call in (inspect_image, lambda d, n: prepare_image(d, n, model="gpt-4o")):
        named = None
        try:
            call(data, "some name")
        except ImageError as error:
            named = error.data["name"]
        assert named in (None, "some name")
