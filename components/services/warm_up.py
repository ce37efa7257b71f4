"""What the first question would wait for: the first time costs seconds of imports and tables."""

from contextlib import suppress

from components.chat.draft import take_in
from components.chat.estimate import estimate
from components.chat.request import prepare_draft
from components.errors import AppError
from components.faq import search
from components.models import reference_model
from components.preflight import ImageToCheck, PlannedRequest, check, shared_analyzer
from components.providers.base import Parameters
from components.providers.endpoints import BUILTIN
from components.samples import samples


def warm_up() -> None:
    """Do once what every question does."""
    name, content = samples()[0].pictures()[0]
    with suppress(AppError):
        image = take_in(content, name)
        parts = [(image, prepare_draft(image, reference_model(), BUILTIN))]
        estimate(reference_model(), parts, Parameters(system="warm"), None, "warm")
        seen = ImageToCheck(content, name, reference_model())
        check(
            [shared_analyzer().facts(seen, read=False)], PlannedRequest(reference_model(), "warm")
        )
    search("en", "warm")


def warm_reader() -> None:
    """Load the built-in reader's models."""
    from components.providers import builtin_reader

    builtin_reader.warm_up()
