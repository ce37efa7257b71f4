"""What a question costs before it goes."""

from decimal import Decimal

import pytest

from components.chat.draft import DraftImage, take_in, take_url
from components.chat.estimate import Estimate, estimate
from components.chat.request import prepare_draft
from components.chat.running.answers import Answers
from components.chat.store import StoredConversation
from components.errors import ProviderError
from components.providers.base import Parameters, Usage
from components.providers.payload import payload
from components.tokens import count_request_text_tokens, count_text_tokens
from db.store import Store
from tests.unit.chat.fakes import FakeClient, finish
from tests.unit.chat.pictures import picture
from tests.unit.chat.questions import ENDPOINT, ended, put, question

OVERHEAD = 7  # of one message to gpt-4o
ASKED = "What is this?"  # 4 tokens


def of(
    model: str,
    *images: DraftImage,
    parameters: Parameters = Parameters(),  # noqa: B008 - frozen
    history: StoredConversation | None = None,
    text: str = ASKED,
    lang: str = "en",
) -> Estimate:
    """The estimate as the page works it out: with the images prepared."""
    pairs = [(image, prepare_draft(image, model, ENDPOINT)) for image in images]
    return estimate(model, pairs, parameters, history, text, lang)


def square(detail: str = "high", side: int = 1024) -> DraftImage:
    taken = take_in(picture(side, side), "square.png")
    return DraftImage(**{**vars(taken), "detail": detail})


def one_turn(answers: Answers, store: Store, *images: DraftImage) -> StoredConversation:
    """A conversation of one question with these images and the answer "A square."."""
    client = FakeClient()
    client.enqueue("A square.", finish(usage=Usage(input=800, output=3)))
    job = ended(put(answers, store, client, question(ASKED, images=images)))
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    return kept


def test_a_question_is_its_words_and_what_the_api_adds() -> None:
    figures = of("gpt-4o")
    assert (figures.text_tokens, figures.total) == (4 + OVERHEAD, 11)
    assert figures.cost == 11 * Decimal("2.5") / 1_000_000
    assert (figures.images, figures.new_images, figures.history_images) == ((), 0, 0)


def test_a_picture_of_1024_pixels_costs_765_tokens_on_gpt_4o() -> None:
    figures = of("gpt-4o", square())
    assert figures.new_images == 765
    assert figures.total == figures.known == 765 + 11
    assert figures.image_costs == (765 * Decimal("2.5") / 1_000_000,)
    assert figures.cost == 776 * Decimal("2.5") / 1_000_000


def test_each_image_has_its_own_figure() -> None:
    figures = of("gpt-4o", square("high"), square("low"), square("auto"))
    assert [i.tokens for i in figures.images if i] == [765, 85, 765]
    assert figures.new_images == 765 + 85 + 765


def test_an_image_costs_the_same_before_and_after_it_is_prepared() -> None:
    for side in (100, 768, 1024, 2100):
        image = square(side=side)
        raw = estimate("gpt-4o", [(image, None)], Parameters(), None)
        assert raw.new_images == of("gpt-4o", image).new_images


def test_the_uncertainty_of_images_adds_up() -> None:
    figures = of("gpt-6-luna", square(), square())
    assert figures.tolerance == 2
    assert of("gpt-4o", square(), square()).tolerance == 0


def test_an_address_of_an_image_makes_the_whole_unknown_but_not_the_rest() -> None:
    figures = of("gpt-4o", square(), take_url("https://example.com/one.jpg"))
    assert figures.images[1] is None
    assert figures.image_costs[1] is None
    assert (figures.new_images, figures.total, figures.cost) == (None, None, None)
    assert figures.known == 765 + 11


def test_an_unknown_model_has_no_figures_but_the_text() -> None:
    figures = of("somebodys-model", square())
    counted = figures.images[0]
    assert counted is not None
    assert (counted.status, counted.tokens) == ("unknown", None)
    assert (figures.total, figures.new_images) == (None, None)
    assert (figures.cost, figures.price, figures.image_costs) == (None, None, (None,))
    assert figures.known == figures.text_tokens == 11


def test_an_unknown_model_without_images_has_a_count_but_no_price() -> None:
    figures = of("somebodys-model")
    assert (figures.total, figures.cost) == (11, None)


def test_a_model_that_takes_no_images_has_no_total_with_one() -> None:
    figures = estimate("gpt-4", [(square(), None)], Parameters(), None, ASKED)
    counted = figures.images[0]
    assert counted is not None
    assert counted.status == "rejected"
    assert (figures.total, figures.cost) == (None, None)


def test_the_built_in_reader_is_free_and_its_figures_are_known() -> None:
    figures = of("builtin-reader", square("auto"))
    assert (figures.new_images, figures.cost) == (0, Decimal(0))


def test_the_system_prompt_is_a_message_of_its_own() -> None:
    plain, more = of("gpt-4o"), of("gpt-4o", parameters=Parameters(system="Be brief."))
    assert more.text_tokens == plain.text_tokens + 4 + count_text_tokens("Be brief.", "gpt-4o")


@pytest.mark.parametrize("parameters", [Parameters(step_by_step=True), Parameters(answer="json")])
def test_what_the_parameters_add_to_the_request_is_counted(parameters: Parameters) -> None:
    assert of("gpt-4o", parameters=parameters).text_tokens > of("gpt-4o").text_tokens + 4


def test_a_blank_system_prompt_costs_nothing() -> None:
    assert of("gpt-4o", parameters=Parameters(system=" \n")).total == of("gpt-4o").total


def test_length_and_temperature_cost_no_input() -> None:
    parameters = Parameters(max_tokens=50, temperature=0.2)
    assert of("gpt-4o", parameters=parameters).total == of("gpt-4o").total


def test_the_sentence_for_steps_is_counted_in_the_language_that_is_sent() -> None:
    steps = Parameters(step_by_step=True)
    english = of("gpt-4o", parameters=steps, lang="en")
    chinese = of("gpt-4o", parameters=steps, lang="zh")
    assert english.text_tokens != chinese.text_tokens


def test_the_history_is_paid_again_with_its_images(answers: Answers, store: Store) -> None:
    figures = of("gpt-4o", history=one_turn(answers, store, square(), square("low")), text="Sure?")
    assert (figures.history_images, figures.history_image_count) == (765 + 85, 2)
    texts = [ASKED, "A square.", "Sure?"]
    assert figures.text_tokens == count_request_text_tokens("gpt-4o", texts)
    assert figures.total == 765 + 85 + figures.text_tokens
    assert figures.new_images == 0


def test_the_history_is_counted_for_the_model_that_is_asked_now(
    answers: Answers, store: Store
) -> None:
    history = one_turn(answers, store, square(side=2100))
    assert of("gpt-4o", history=history).history_images == 765
    assert of("gpt-5", history=history).history_images == 630
    assert of("somebodys-model", history=history).history_images is None


def test_an_address_in_the_history_makes_the_whole_unknown(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue("A cat.", finish())
    address = take_url("https://example.com/one.jpg")
    endpoint = ENDPOINT.__class__(**{**vars(ENDPOINT), "public_urls": True})
    job = ended(put(answers, store, client, question(images=(address,), endpoint=endpoint)))
    figures = of("gpt-4o", history=store.conversations.conversation("local", job.conversation_id))
    assert (figures.history_images, figures.history_image_count) == (None, 1)
    assert (figures.total, figures.cost) == (None, None)


def test_a_question_that_failed_is_not_paid_again(answers: Answers, store: Store) -> None:
    client = FakeClient()
    client.enqueue(ProviderError("conn", host="h", model="gpt-4o"))
    job = ended(put(answers, store, client, question(images=(square(),))))
    figures = of("gpt-4o", history=store.conversations.conversation("local", job.conversation_id))
    assert (figures.history_image_count, figures.total) == (0, 11)


def test_what_is_counted_is_what_goes_over_the_wire(answers: Answers, store: Store) -> None:
    history = one_turn(answers, store, square())
    client = FakeClient()
    client.enqueue("Yes.", finish())
    parameters = Parameters(system="Be brief.", step_by_step=True, answer="json")
    asked = question("Sure?", parameters=parameters, images=(square("low"),))
    job = ended(put(answers, store, client, asked, history.id))
    body, _ = payload(client.history[0], public_urls=False)
    texts, images = [], 0
    for message in body["messages"]:
        content = message["content"]
        parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
        texts += [part["text"] for part in parts if part["type"] == "text"]
        images += sum(1 for part in parts if part["type"] == "image_url")
    kept = store.conversations.conversation("local", job.conversation_id)
    assert kept is not None
    attempt = kept.messages[-1].attempt
    assert attempt is not None
    counted = count_request_text_tokens("gpt-4o", texts) + 765 + 85
    assert (images, attempt.estimated_input_tokens) == (2, counted)
    assert attempt.estimated_cost == counted * Decimal("2.5") / 1_000_000
