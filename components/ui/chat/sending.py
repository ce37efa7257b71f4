"""Sending a question: what the page knows is given, so that it works outside of a run as well."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from components import services
from components.chat import tree
from components.chat.context import Choices, carried
from components.chat.draft import DraftImage
from components.chat.running.answers import ChatError
from components.chat.running.job import Job
from components.chat.store import LAST, StoredConversation, new_id
from components.chat.turn import Place, Question, ask
from components.providers.base import Parameters, VisionClient
from components.providers.endpoints import Endpoint


@dataclass(frozen=True)
class Sender:
    """Who asks whom, and how. make: gives the endpoint's client on the runner's loop; choices: for
    the images of the conversation."""

    owner: str
    endpoint: Endpoint
    model: str
    make: Callable[[], VisionClient]
    parameters: Parameters
    lang: str
    choices: Choices

    def follow_up(
        self,
        conversation_id: str | None,
        leaf: str | None,
        text: str,
        images: Sequence[DraftImage],
        *,
        confirmed: bool,
    ) -> Job:
        """Ask what comes next on a branch; the first question of a new conversation where there is
        none (yet). confirmed, raises: see `components.chat.turn.ask`."""
        found = None
        if conversation_id is not None:
            found = services.app().store().conversations.conversation(self.owner, conversation_id)
        if found is None:
            return self._ask(
                conversation_id or new_id(), text, images, None, Place(LAST), confirmed=confirmed
            )
        self._must_not_be_answered(found)
        history = tree.along(found, leaf)
        parent = history.messages[-1].id if history.messages else LAST
        return self._ask(found.id, text, images, history, Place(parent), confirmed=confirmed)

    def send(
        self,
        conversation: StoredConversation,
        text: str,
        images: Sequence[DraftImage],
        history: StoredConversation,
        place: Place,
        *,
        confirmed: bool = True,
    ) -> Job:
        """Ask at a place of a conversation. history: what stands before it there."""
        self._must_not_be_answered(conversation)
        return self._ask(conversation.id, text, images, history, place, confirmed=confirmed)

    def _must_not_be_answered(self, conversation: StoredConversation) -> None:
        """Raise ChatError("already_running") where an answer is in progress."""
        if services.app().answers().answering(self.owner, conversation):
            raise ChatError("already_running")

    def _ask(
        self,
        conversation_id: str,
        text: str,
        images: Sequence[DraftImage],
        history: StoredConversation | None,
        place: Place,
        *,
        confirmed: bool,
    ) -> Job:
        goes = None
        if history:
            goes = carried(history, self.model, self.choices, self.endpoint.host).history
        return ask(
            services.app().answers(),
            services.app().store().conversations,
            self.owner,
            Question(text, tuple(images), self.endpoint, self.model, self.parameters, self.lang),
            self.make,
            conversation_id,
            goes,
            replace(place, choices=self.choices),
            confirmed=confirmed,
        )
