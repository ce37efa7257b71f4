"""Damaged files end in an image or in an ImageError, nothing else."""

import random
import warnings

import pytest

from tests.support.fuzzing import TIMES, examples
from tests.unit.images.mutations import run_mutations


@pytest.mark.fuzz
def test_six_thousand_damaged_files_raise_nothing_else() -> None:
    count = examples(6000)
    seed = 1 if TIMES == 1 else random.randrange(10**9)  # the same files each day, or new ones
    with warnings.catch_warnings():
        # Pillow warns of odd metadata of files that are to be sent as they are.
        warnings.simplefilter("ignore")
        outcome = run_mutations(count, seed)
    assert not outcome.strays, (seed, outcome.strays[:5])
    assert outcome.prepared + outcome.refused.total() == count
    # Otherwise the mutations would be too weak or too strong to tell anything.
    assert outcome.prepared > count / 10
    assert outcome.refused.total() > count / 10
