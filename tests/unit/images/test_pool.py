"""Preparing in threads, and never the same picture twice."""

import hashlib
import threading
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from components.cache import Cache
from components.errors import ImageError
from components.images import ImagePolicy, prepare_image
from components.images.pool import ImagePool, shared_pool
from tests.unit.images.make import encoded, quadrants

MODEL = "gpt-4o"
DATA = encoded(quadrants(1500, 1000), "JPEG")


@pytest.fixture
def pool() -> Iterator[ImagePool]:
    made = ImagePool(workers=2)
    yield made
    made.close()


def test_the_pool_makes_what_prepare_image_makes(pool: ImagePool) -> None:
    assert pool.prepare(DATA, "a.jpg", model=MODEL) == prepare_image(DATA, "a.jpg", model=MODEL)


def test_the_same_bytes_are_prepared_once_under_any_name(pool: ImagePool) -> None:
    first = pool.prepare(DATA, "a.jpg", model=MODEL)
    second = pool.prepare(bytes(bytearray(DATA)), "b.jpg", model=MODEL)
    assert second.content is first.content
    assert (first.name, second.name) == ("a.jpg", "b.jpg")


def test_models_that_see_the_same_size_share_the_work(pool: ImagePool) -> None:
    one = pool.prepare(DATA, "a", model="gpt-4o")
    assert pool.prepare(DATA, "a", model="gpt-5").content is one.content
    assert pool.prepare(DATA, "a", model="gpt-4o", detail="low").content != one.content


def test_no_more_are_in_work_at_once_than_there_are_workers_whoever_asks() -> None:
    """The threads of callers count: fifty people's pages prepare in threads of their own."""
    pool, lock = ImagePool(workers=2), threading.Lock()
    at_once = most = 0

    def make() -> bytes:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        with lock:
            at_once -= 1
        return b"made"

    threads = [threading.Thread(target=pool._once, args=(n, make)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pool.close()
    assert most == 2


def test_policies_are_kept_apart(pool: ImagePool) -> None:
    plain = pool.prepare(DATA, "a", model=MODEL)
    as_is = pool.prepare(DATA, "a", model=MODEL, policy=ImagePolicy(as_is=True))
    assert as_is.content == DATA != plain.content


def test_a_known_digest_is_believed(pool: ImagePool) -> None:
    digest = hashlib.sha256(DATA).digest()
    first = pool.prepare(DATA, "a", model=MODEL)
    assert pool.prepare(DATA, "a", model=MODEL, digest=digest).content is first.content


def test_errors_name_the_file_that_was_asked_for(pool: ImagePool) -> None:
    cut = DATA[: len(DATA) // 2]
    for name in ("a.jpg", "b.jpg"):
        with pytest.raises(ImageError) as caught:
            pool.prepare(cut, name, model=MODEL)
        assert caught.value.data["name"] == name


def test_many_threads_get_the_same_answer_and_their_own_names(pool: ImagePool) -> None:
    futures = [pool.submit(DATA, f"{i}.jpg", model=MODEL) for i in range(12)]
    made = [f.result(60) for f in futures]
    assert len({id(m.content) for m in made}) == 1
    assert [m.name for m in made] == [f"{i}.jpg" for i in range(12)]


def test_waiting_for_another_thread_that_fails_names_ones_own_file(pool: ImagePool) -> None:
    cut = DATA[: len(DATA) * 2 // 3]
    futures = [pool.submit(cut, f"{i}.jpg", model=MODEL) for i in range(8)]
    for i, future in enumerate(futures):
        error = future.exception(60)
        assert isinstance(error, ImageError)
        assert error.data["name"] == f"{i}.jpg"


def test_a_thumbnail_is_small_upright_and_cached(pool: ImagePool) -> None:
    content = pool.thumbnail(DATA, "a.jpg")
    assert Image.open(BytesIO(content)).size == (480, 320)
    assert pool.thumbnail(DATA, "b.jpg") is content


def test_there_is_one_shared_pool() -> None:
    assert shared_pool() is shared_pool()


def test_a_cache_forgets_what_was_not_used_for_longest() -> None:
    cache: Cache[bytes] = Cache(10, len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a") == b"1234"
    cache.put("c", b"1234")
    assert cache.get("b") is None
    assert cache.get("a") == b"1234"
    assert cache.size == 8


def test_a_cache_never_holds_more_than_its_limit() -> None:
    cache: Cache[bytes] = Cache(10, len)
    cache.put("huge", b"x" * 11)
    assert cache.get("huge") is None
    cache.put("a", b"12345678")
    cache.put("a", b"12")
    assert cache.size == 2


def test_a_cache_survives_threads() -> None:
    cache: Cache[bytes] = Cache(1000, len)

    def work(seed: int) -> None:
        for i in range(2000):
            cache.put((seed * i) % 50, b"x" * (i % 90))
            cache.get(i % 50)

    threads = [threading.Thread(target=work, args=(n,)) for n in (1, 3, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = sum(len(v) for k in range(50) if (v := cache.get(k)) is not None)
    assert held == cache.size <= 1000
