"""Asks one other package what images cost. Runs in that package's own environment:

python peer_probe.py <package> < cases.json > answers.json

cases: [{"models": [names, the plainest first], "width", "height", "detail", "fidelity"}].
answers, in the same order: {"tokens": n}, or {"unsupported": why} where the package itself
refuses the model or the detail. Knows nothing of the right figures, and can't reach the network.
"""

import base64
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

Counter = Callable[[str, int, int, str, str], int]


def no_network(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise OSError("this probe works without a network")


def known_levels_only(detail: str) -> str:
    """For packages without "auto": it is billed as high on every model they know."""
    return "high" if detail == "auto" else detail


def vision_cost() -> Counter:
    from openai_vision_cost import calculate_tokens_only

    def count(model: str, width: int, height: int, detail: str, fidelity: str) -> int:
        detail = known_levels_only(detail)
        return int(calculate_tokens_only(width, height, model, detail)["text_tokens"])

    return count


def image_token_counter() -> Counter:
    from openai_image_token_counter import DetailLevel, FidelityLevel, OpenAIImageTokenCalculator

    calculator = OpenAIImageTokenCalculator()

    def count(model: str, width: int, height: int, detail: str, fidelity: str) -> int:
        level = DetailLevel(known_levels_only(detail))
        return int(
            calculator.calculate_tokens(width, height, model, level, FidelityLevel(fidelity))
        )

    return count


def messages_token_helper() -> Counter:
    # Its counter of whole messages needs a tokenizer from the network; this is what it calls.
    from openai_messages_token_helper.images_helper import count_tokens_for_image

    def count(model: str, width: int, height: int, detail: str, fidelity: str) -> int:
        return int(count_tokens_for_image(picture(width, height), detail, model))

    return count


def langchain() -> Counter:
    from langchain_core.messages import HumanMessage
    from langchain_openai import ChatOpenAI

    class Tokenizer:
        def encode(self, text: str) -> list[int]:
            return []

    class Offline(ChatOpenAI):
        """Counts texts as nothing: their tokenizer would come from the network."""

        def _get_encoding_model(self) -> tuple[str, Any]:
            return self.model_name, Tokenizer()

    def count(model: str, width: int, height: int, detail: str, fidelity: str) -> int:
        client = Offline(model=model, api_key="none")
        url = {"url": picture(width, height), "detail": detail}
        with_it = [HumanMessage([{"type": "image_url", "image_url": url}])]
        total = client.get_num_tokens_from_messages(with_it)
        return int(total - client.get_num_tokens_from_messages([HumanMessage([])]))

    return count


def litellm() -> Counter:
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    from litellm import token_counter

    def count(model: str, width: int, height: int, detail: str, fidelity: str) -> int:
        text = {"type": "text", "text": "x"}
        url = {"url": picture(width, height), "detail": detail}
        image = {"type": "image_url", "image_url": url}
        with_it, without = (
            token_counter(model=model, messages=[{"role": "user", "content": content}])
            for content in ([text, image], [text])
        )
        return int(with_it - without)

    return count


PEERS: dict[str, Callable[[], Counter]] = {
    "openai-vision-cost": vision_cost,
    "openai-image-token-counter": image_token_counter,
    "openai-messages-token-helper": messages_token_helper,
    "langchain-openai": langchain,
    "litellm": litellm,
}


def picture(width: int, height: int) -> str:
    """A blank PNG of that size as a data URL."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def answer(count: Counter, case: dict[str, Any]) -> dict[str, Any]:
    """What the package says under the first of the model's names that it takes."""
    why = ""
    for model in case["models"]:
        try:
            size = case["width"], case["height"]
            return {"tokens": count(model, *size, case["detail"], case["fidelity"])}
        except Exception as error:
            why = why or f"{type(error).__name__}: {error}"
    return {"unsupported": why}


def main() -> None:
    sys.addaudithook(no_network)
    count = PEERS[sys.argv[1]]()
    # Whatever a package prints must not end up among the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    json.dump([answer(count, case) for case in json.load(sys.stdin)], answers)


if __name__ == "__main__":
    main()
