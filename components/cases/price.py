"""What requests of a run cost before they go."""

from collections.abc import Mapping, Sequence

from components.cases.judging.rubrics import judge_tokens
from components.cases.request import Put, detail_of, sent_size
from components.cases.snapshot import ImageFacts
from components.cases.store.runs import Answer, CaseRun, Setting
from components.compare.price import CellFigures, WholePrice, added, limit_of
from components.errors import ImageError
from components.pricing import cost, from_data, price_of
from components.providers.base import Parameters, VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.payload import instruction_of
from components.spending import charge_of
from components.spending.store import Charge
from components.tokens import count_image_tokens, count_request_text_tokens


def estimated(
    messages: Sequence[Put],
    parameters: Parameters,
    images: Mapping[str, ImageFacts],
    setting: Setting,
    lang: str,
    more: int = 0,
) -> CellFigures:
    """Input tokens and USD of one request; None where a part isn't known, an address above all.
    more: tokens of a text that isn't there yet."""
    model, price = setting.model, price_of(setting.model)
    instruction = instruction_of(VisionRequest(model, (), parameters, lang))
    texts = [*filter(None, [instruction]), *(each.text for each in messages)]
    tokens: int | None = more + count_request_text_tokens(model, texts)
    for image in (image for each in messages for image in each.images):
        facts = images.get(image.image)
        counted = None
        if facts is not None:
            try:
                size = sent_size(image, facts, setting)
            except ImageError:
                return CellFigures(None, None, price)
            detail = detail_of(image, setting)
            counted = count_image_tokens(model, *size, detail, host=setting.host).tokens
        tokens = None if tokens is None or counted is None else tokens + counted
    money = None if price is None or tokens is None else cost(price, input=tokens)
    return CellFigures(tokens, money, price)


def charge(run: CaseRun, answer: Answer, endpoint: Endpoint, images: int) -> Charge:
    """What a request reserves before it is asked."""
    model = run.whom[answer.column].model
    return charge_of(
        endpoint,
        model,
        images=images,
        input_tokens=answer.estimated_input_tokens or 0,
        price=from_data(answer.prices),
        max_tokens=judge_tokens(model) if answer.judges else limit_of(run.parameters),
        subject=answer.id,
    )


def whole(run: CaseRun, answers: Sequence[Answer]) -> WholePrice:
    """The sum of the requests that wait to be asked, without those to judges."""
    waiting = [answer for answer in answers if answer.state == "waiting"]
    return added([each.model for each in run.settings], waiting, limit_of(run.parameters))
