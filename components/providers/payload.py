"""A VisionRequest -> the body of a Chat Completions request, and what had to be left out of it.

Field names and shapes: https://platform.openai.com/docs/api-reference/chat/create
"""

from typing import Any

from components.errors import ProviderError
from components.i18n import t
from components.models import Model, find_model
from components.presets import step_by_step
from components.providers.base import ImagePart, Message, VisionRequest

Body = dict[str, Any]


def payload(request: VisionRequest, *, public_urls: bool) -> tuple[Body, tuple[str, ...]]:
    """The body and the names of the parameters that the model doesn't take.

    Raises ProviderError("needs_upload") for a URL image where the endpoint doesn't fetch any.
    """
    model = find_model(request.model)
    body: Body = {
        "model": request.model,
        "messages": _messages(request, public_urls, model),
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    left_out = _set_parameters(body, request, model)
    details = (image.detail for message in request.messages for image in message.images)
    if any(_detail(detail, model) != detail for detail in details):
        left_out.append("detail")
    return body, tuple(left_out)


def instruction_of(request: VisionRequest) -> str:
    """The whole system message, "" for none: the person's own, and what the parameters add."""
    wished = request.parameters
    parts = [wished.system.strip()]
    if wished.step_by_step:
        parts.append(step_by_step()[request.lang])
    if wished.answer == "json":  # the API refuses JSON mode unless the word stands somewhere
        parts.append(t(request.lang, "provider.json"))
    return "\n\n".join(part for part in parts if part)


def label_of(letter: str, lang: str) -> str:
    """The text before an image that has a letter."""
    return t(lang, "compare.label", letter=letter)


def _set_parameters(body: Body, request: VisionRequest, model: Model) -> list[str]:
    wished, refuses = request.parameters, model.refuses
    left_out = []
    if wished.effort in model.efforts:
        body["reasoning_effort"] = wished.effort
    elif wished.effort is not None:
        left_out.append("reasoning_effort")
    if wished.max_tokens is not None:
        name = "max_completion_tokens" if "max_tokens" in refuses else "max_tokens"
        body[name] = wished.max_tokens
    if wished.temperature is not None:
        if "temperature" in refuses:
            left_out.append("temperature")
        else:
            body["temperature"] = wished.temperature
    if wished.answer == "json":
        if "response_format" in refuses:
            left_out.append("response_format")
        else:
            body["response_format"] = _format(request)
    return left_out


def _format(request: VisionRequest) -> Body:
    if request.schema is None:
        return {"type": "json_object"}
    schema = {"name": "answer", "strict": True, "schema": dict(request.schema)}
    return {"type": "json_schema", "json_schema": schema}


def _messages(request: VisionRequest, public_urls: bool, model: Model) -> list[Body]:
    instruction = instruction_of(request)
    first = [{"role": "system", "content": instruction}] if instruction else []
    return first + [_message(each, public_urls, model, request.lang) for each in request.messages]


def _message(message: Message, public_urls: bool, model: Model, lang: str) -> Body:
    if message.role != "user" or not message.images:
        return {"role": message.role, "content": message.text}
    parts: list[Body] = []
    for image in message.images:
        if image.letter:
            parts.append(_text(label_of(image.letter, lang)))
        parts.append(_image(image, public_urls, model))
    if message.text:
        parts.append(_text(message.text))
    return {"role": "user", "content": parts}


def _text(text: str) -> Body:
    return {"type": "text", "text": text}


def _image(image: ImagePart, public_urls: bool, model: Model) -> Body:
    if image.prepared is not None:
        url = image.prepared.data_url
    elif image.url is not None and public_urls:
        url = image.url
    else:
        raise ProviderError("needs_upload", name=image.name)
    return {"type": "image_url", "image_url": {"url": url, "detail": _detail(image.detail, model)}}


def _detail(detail: str, model: Model) -> str:
    return "high" if detail == "original" and "original" not in model.details else detail
