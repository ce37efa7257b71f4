"""How the tokens of one image were worked out: the steps that its rule took, with numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from components.i18n import t
from components.models import find_model
from components.tokens import Fidelity, count_image_tokens
from components.tokens.rules import rules


@dataclass(frozen=True)
class Step:
    """One step: a code (its text is `cost.steps.<code>`) and the numbers in it.

    A step that changes the size has `width` and `height`, one that cuts the image up has `side`,
    `columns` and `rows` (px). The last one has `tokens`, unless the image is refused.
    """

    code: str
    data: Mapping[str, int | float | str] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The step as a sentence."""
        return t(lang, f"cost.steps.{self.code}", **self.data)


def steps(
    model: str, width: int, height: int, detail: str = "auto", *, fidelity: Fidelity = "low"
) -> list[Step]:
    """The steps from `width` x `height` px (upright) to the tokens of `count_image_tokens`.

    They are noted while counting, so their last `tokens` is its figure. A refused image ends in
    the step "rejected", a model without eyes in "no_vision", one without a rule in "unknown".
    Raises ValueError for sides that aren't whole numbers of at least 1.
    """
    status = count_image_tokens(model, width, height, detail, fidelity=fidelity).status
    taken = [Step("size", {"width": width, "height": height})]
    name = find_model(model).image_rule
    if name is None:
        taken.append(Step("unknown" if status == "unknown" else "no_vision"))
        return taken

    def note(code: str, **data: int | float | str) -> None:
        taken.append(Step(code, data))

    rules()[name].current.count((width, height), detail, fidelity, note)
    return taken
