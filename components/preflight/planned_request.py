"""What is about to be asked, and of whom."""

from dataclasses import dataclass, field, replace
from datetime import date

from components.images.geometry import Size
from components.models import Model, find_model
from components.preflight.settings import number
from components.providers.endpoints import Endpoint, is_local
from components.tokens import count_image_tokens, count_request_text_tokens


@dataclass(frozen=True)
class PlannedRequest:
    """A question before it goes.

    endpoint: None where none is chosen, as in the calculator. addresses: pictures given by URL.
    text_tokens: of all texts that go along, None for those of the question alone; history_tokens,
    history_images: what is sent again. answer_tokens: room that the answer asks for. times: N of
    the cost check, None for the setting. today: for retirement dates. ends: the
    model's last day, where its endpoint gives one.
    """

    model: str
    question: str = ""
    endpoint: Endpoint | None = None
    addresses: int = 0
    text_tokens: int | None = None
    history_tokens: int = 0
    history_images: int = 0
    answer_tokens: int = 0
    times: float = field(default_factory=lambda: number("cost", "times"))
    today: date = field(default_factory=date.today)
    ends: date | None = None

    @property
    def known(self) -> Model:
        """What the catalogue says of the model."""
        known = find_model(self.model)
        return known if self.ends is None else replace(known, retires=self.ends)

    @property
    def host(self) -> str:
        """Where it is asked, as for count_image_tokens."""
        return self.endpoint.host if self.endpoint else ""

    @property
    def builtin(self) -> bool:
        """Whether the app's own reader is asked, which has none of the models' limits."""
        kind = self.endpoint.kind if self.endpoint else self.known.endpoint_kind
        return kind == "builtin"

    @property
    def stays_here(self) -> bool:
        """Whether nothing leaves this machine or its network."""
        return self.builtin or (self.endpoint is not None and is_local(self.endpoint))

    @property
    def texts(self) -> int:
        """Text tokens of the request, its history's images included."""
        own = self.text_tokens
        if own is None:
            own = count_request_text_tokens(self.model, [self.question])
        return own + self.history_tokens

    def image_tokens(self, size: Size, detail: str) -> int | None:
        """Tokens of a picture, None where the model refuses it or nothing is known."""
        return count_image_tokens(self.model, *size, detail, host=self.host).tokens
