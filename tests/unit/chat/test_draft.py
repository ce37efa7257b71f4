"""The images of a question that isn't asked yet."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from components.chat.draft import take_in, take_url
from components.errors import ImageError
from tests.unit.chat.pictures import animation, picture


def test_a_dropped_picture_is_known_by_its_size_and_content() -> None:
    content = picture(640, 480)
    image = take_in(content, "cat.png")
    assert image.info is not None
    assert (image.info.format, image.info.width, image.info.height) == ("png", 640, 480)
    assert image.digest == hashlib.sha256(content).hexdigest()
    assert (image.name, image.content, image.url) == ("cat.png", content, None)


def test_the_same_picture_twice_is_two_drafts() -> None:
    content = picture(64, 64)
    first, second = take_in(content, "a.png"), take_in(content, "a.png")
    assert first.id != second.id
    assert first.digest == second.digest


def test_the_thumbnail_is_a_small_picture_of_the_same_shape() -> None:
    image = take_in(picture(3000, 1500), "wide.png")
    assert image.thumbnail is not None
    small = Image.open(BytesIO(image.thumbnail))
    assert max(small.size) < 1500
    assert small.width == pytest.approx(2 * small.height, abs=2)


def test_what_is_no_picture_is_refused_by_name() -> None:
    with pytest.raises(ImageError) as caught:
        take_in(b"no picture at all", "notes.txt")
    assert (caught.value.code, caught.value.name) == ("image_not_an_image", "notes.txt")


def test_an_animation_is_refused_until_its_first_frame_is_asked_for() -> None:
    with pytest.raises(ImageError) as caught:
        take_in(animation(3), "dance.gif")
    assert (caught.value.code, caught.value.data["frames"]) == ("image_animated", 3)
    taken = take_in(animation(3), "dance.gif", first_frame=True)
    assert taken.first_frame
    assert taken.policy(jpeg_only=False).first_frame


def test_the_bytes_are_not_part_of_what_a_log_line_would_show() -> None:
    image = take_in(picture(64, 64), "a.png")
    assert "IHDR" not in repr(image)
    assert "thumbnail" not in repr(image)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://example.com/cats/one.jpg", "one.jpg"),
        ("http://example.com/one.jpg?size=2#top", "one.jpg"),
        ("HTTPS://EXAMPLE.COM/ONE.JPG", "ONE.JPG"),
        ("https://example.com", "example.com"),
        ("https://example.com:8443/a/", "a"),
        ("https://example.com./one.jpg", "one.jpg"),
        ("https://bücher.de/umschlag.png", "umschlag.png"),
        ("https://图片.中国/猫.png", "猫.png"),
        ("https://1.example.com/one.jpg", "one.jpg"),
        ("https://127.0.0.1.example.com/one.jpg", "one.jpg"),
        ("https://8.8.8.8/one.jpg", "one.jpg"),
        ("https://[2606:4700::1]/one.jpg", "one.jpg"),
    ],
)
def test_an_address_on_the_public_web_is_taken_as_it_stands(url: str, name: str) -> None:
    image = take_url(url)
    assert (image.url, image.name) == (url, name)
    assert (image.content, image.info, image.digest) == (None, None, None)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/one.jpg",
        "//example.com/one.jpg",
        "https://",
        "https:///one.jpg",
        "https://./one.jpg",
        "ftp://example.com/one.jpg",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        # user names and passwords
        "https://me@example.com/one.jpg",
        "https://me:secret@example.com/one.jpg",
        "https://:@example.com/one.jpg",
        "https://example.com\\@127.0.0.1/one.jpg",
        # this machine and its network by name
        "http://localhost/one.jpg",
        "http://LOCALHOST:8000/one.jpg",
        "http://localhost./one.jpg",
        "http://a.localhost/one.jpg",
        "http://localhost.localdomain/one.jpg",
        "http://printer.local/one.jpg",
        "http://printer.local./one.jpg",
        "http://metadata.google.internal/one.jpg",
        "http://router.home.arpa/one.jpg",
        "http://intranet/one.jpg",
        # and by number, however it is written
        "http://127.0.0.1/one.jpg",
        "http://127.0.0.1./one.jpg",
        "http://127.1/one.jpg",
        "http://2130706433/one.jpg",
        "http://0x7f000001/one.jpg",
        "http://0x7f.0.0.1/one.jpg",
        "http://0x7f.1/one.jpg",
        "http://0177.0.0.1/one.jpg",
        "http://127。0。0。1/one.jpg",
        "http://１２７.０.０.１/one.jpg",
        "http://127.0.0.1\\.example.com/one.jpg",
        "http://0.0.0.0/one.jpg",
        "http://10.1.2.3/one.jpg",
        "http://172.16.0.1/one.jpg",
        "http://192.168.1.1/one.jpg",
        "http://100.64.0.1/one.jpg",
        "http://169.254.169.254/latest/meta-data",
        "http://224.0.0.1/one.jpg",
        "http://255.255.255.255/one.jpg",
        "http://[::1]/one.jpg",
        "http://[::]/one.jpg",
        "http://[fe80::1]/one.jpg",
        "http://[fe80::1%25eth0]/one.jpg",
        "http://[fd00::1]/one.jpg",
        "http://[ff02::1]/one.jpg",
        "http://[::ffff:127.0.0.1]/one.jpg",
        "http://[::ffff:7f00:1]/one.jpg",
        # not an address at all
        "https://exa mple.com/one.jpg",
        "https://example.com/one two.jpg",
        "https://example.com/one.jpg\n",
        "https://example.com/\x00one.jpg",
        "https://example.com:99999/one.jpg",
        "https://example.com:0/one.jpg",
        "https://[::1/one.jpg",
        "https://a..example.com/one.jpg",
        f"https://{'a' * 64}.com/one.jpg",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ImageError) as caught:
        take_url(url)
    assert caught.value.code == "url_invalid"
    assert caught.value.name == url


def test_a_refused_address_is_named_but_not_at_any_length() -> None:
    with pytest.raises(ImageError) as caught:
        take_url("ftp://example.com/" + "a" * 5000)
    assert len(caught.value.name) == 200
