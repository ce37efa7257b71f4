"""A comparison of the store, ready to be asked again."""

from dataclasses import replace

from components.chat.draft import take_in
from components.chat.store import ImageOf
from components.compare.errors import CompareError
from components.compare.request import parameters_of
from components.compare.spec import Column, Spec, SpecImage
from components.compare.store import ComparedImage, Comparison


def pictures_of(image_of: ImageOf, owner: str, comparison: Comparison) -> dict[str, SpecImage]:
    """Its images by letter. Raises CompareError (compare_image_gone), StoreError, ImageError."""
    return {image.letter: _picture(image_of, owner, image) for image in comparison.images}


def spec_of(
    image_of: ImageOf, owner: str, comparison: Comparison, columns: tuple[Column, ...]
) -> Spec:
    """The spec that it came from, to be changed and planned anew. Raises as pictures_of."""
    return Spec(
        mode=comparison.mode,
        pictures=tuple(pictures_of(image_of, owner, comparison).values()),
        questions=comparison.questions,
        columns=columns,
        parameters=parameters_of(comparison),
        lang=comparison.lang,
        repeats=comparison.repeats,
        again=comparison.again,
        order=comparison.order,
        pair_id=comparison.pair_id,
        accepted=comparison.accepted,
    )


def _picture(image_of: ImageOf, owner: str, image: ComparedImage) -> SpecImage:
    kept = image_of(owner, image.hash)
    if kept is None:
        raise CompareError("compare_image_gone", letter=image.letter)
    taken = take_in(kept.content, image.name, first_frame=image.first_frame)
    draft = replace(taken, detail=image.detail, as_is=image.as_is)
    return SpecImage(image.letter, draft, image.scale, image.box, image.variant)
