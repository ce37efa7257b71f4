"""Damaged files end in an image or in an ImageError, nothing else."""

import warnings

from tests.unit.images.mutations import run_mutations


def test_six_thousand_damaged_files_raise_nothing_else() -> None:
    with warnings.catch_warnings():
        # Pillow warns of odd metadata of files that are to be sent as they are.
        warnings.simplefilter("ignore")
        outcome = run_mutations(6000, seed=1)
    assert not outcome.strays, outcome.strays[:5]
    assert outcome.prepared + outcome.refused.total() == 6000
    # Otherwise the mutations would be too weak or too strong to tell anything.
    assert outcome.prepared > 600
    assert outcome.refused.total() > 600
