"""Answers that hold a picture, in the forms that servers send one."""

from base64 import b64encode

from tests.support.loopback.reply import DONE, Reply, chunk, event


def _markdown(text: str, url: str) -> list[bytes]:
    half = len(url) // 2  # it comes in pieces
    return [event(chunk(piece)) for piece in (f"![it]({url[:half]}", f"{url[half:]}) {text}")]


def _field(text: str, url: str) -> list[bytes]:
    image = {"type": "image_url", "image_url": {"url": url}}
    return [event(chunk(text)), event(chunk("", images=[image]))]


def _parts(text: str, url: str) -> list[bytes]:
    image = {"type": "image_url", "image_url": {"url": url}}
    delta = {"role": "assistant", "content": [{"type": "text", "text": text}, image]}
    return [event({**chunk(), "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})]


FORMS = {"markdown": _markdown, "field": _field, "parts": _parts}


def pictured(form: str, text: str, content: bytes) -> Reply:
    """A text and a PNG file. form: of FORMS."""
    steps = FORMS[form](text, f"data:image/png;base64,{b64encode(content).decode()}")
    return Reply((*steps, event(chunk(finish="stop")), DONE))
