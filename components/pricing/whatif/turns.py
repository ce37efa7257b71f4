"""The requests of a conversation: what each carries and costs."""

from decimal import Decimal

from components.models import find_model
from components.pricing.caching import surcharge
from components.pricing.types import Price
from components.pricing.whatif.counts import Counts
from components.pricing.whatif.money import request_money
from components.pricing.whatif.types import Scenario, Turn
from components.tokens.text import REQUEST_TOKENS


def text_tokens(scenario: Scenario, counts: Counts, turn: int = 1) -> int:
    """Text input tokens of the request of a turn (from 1), with the API's overhead.

    Its messages are the system prompt, if there is one, `turn` questions and `turn` - 1 answers;
    see components.tokens.count_request_text_tokens. Hidden reasoning is part of `answer` and
    counted as if it were sent again, so later turns of reasoning models are upper bounds.
    """
    model = find_model(scenario.model)
    per_message = model.message_tokens
    question = per_message + counts.text(scenario.prompt, model)
    system = per_message + counts.text(scenario.system, model) if scenario.system else 0
    answers = (turn - 1) * (per_message + scenario.answer)
    return REQUEST_TOKENS + system + turn * question + answers


def conversation(
    scenario: Scenario, images: int, price: Price | None, counts: Counts
) -> tuple[Turn, ...]:
    """Every request, each with all images (`images` tokens) again."""
    first = text_tokens(scenario, counts)
    more = text_tokens(scenario, counts, 2) - first
    return tuple(
        Turn(
            n=n,
            images=images,
            text=(text := first + (n - 1) * more),
            output=scenario.answer,
            money=request_money(
                price, images=images, text=text, output=scenario.answer, cached=scenario.cached
            ),
            surcharge=surcharge(
                scenario.model,
                price,
                input=images + text,
                cached=int(Decimal(str(scenario.cached)) * (images + text)),
            ),
        )
        for n in range(1, scenario.turns + 1)
    )
