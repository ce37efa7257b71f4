"""What a person does on the pages, in a simulated browser tab (no browser, no network)."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any, Self

from streamlit.testing.v1 import AppTest

from components.chat.draft import DraftImage
from components.i18n import t
from components.ui.streamlit_seam.session import Session, current_session
from tests.support.paths import ROOT

FRAME = ROOT / "components" / "ui" / "app" / "frame.py"
KEY = "sk-canary-9d21"
MODELS = ["gpt-4o", "gpt-5", "fake-vision", "fake-status-401", "gpt-3.5-turbo"]


def configure(folder: Path, name: str = "loop", **settings: object) -> None:
    """Write the server's secrets: one more endpoint."""
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
    with (folder / "secrets.toml").open("a", encoding="utf-8") as file:
        file.write(f"[endpoints.{name}]\n" + "\n".join(lines) + "\n")


class Person:
    """A tab; `look()` draws the page. query: the address it is opened with."""

    def __init__(self, **query: str) -> None:
        self.at = AppTest.from_file(FRAME, default_timeout=30)
        self.at.query_params = dict(query)

    def look(self) -> Self:
        if "session" in self.at.session_state:
            # AppTest works out here, outside of the session, what a select box shows; so the
            # session that Streamlit makes up for this thread must speak the same language.
            current_session().lang = self.remembers.lang
        self.at.run()
        assert not self.at.exception, self.at.exception
        return self

    # What the person does ---------------------------------------------------------------------

    def press(self, key: str) -> Self:
        self.at.button(key=key).click()
        return self.look()

    def drop(self, *files: tuple[str, bytes]) -> Self:
        uploaded = [(name, content, "application/octet-stream") for name, content in files]
        self.at.file_uploader[0].set_value(uploaded)
        return self.look()

    def pick(self, model: str, endpoint: str = "loop") -> Self:
        return self.tell("models", "chosen", f"{endpoint}/{model}")

    def tell(self, key: str, event: str, said: object) -> Self:
        """What the script of a component tells the server. AppTest knows components by name only,
        so the message is put together here as the browser does it."""
        current_session().lang = self.remembers.lang
        states = self.at._tree.get_widget_states()
        states.widgets.add(
            id=f"$$STREAMLIT_INTERNAL_KEY_{self._component(key).id}__events",
            json_trigger_value=json.dumps([{"event": event, "value": said}]),
        )
        self.at._run(states)
        assert not self.at.exception, self.at.exception
        return self

    def detail(self, image: DraftImage, level: str) -> Self:
        self.at.button_group(key=f"detail-{image.id}").set_value(level)
        return self.look()

    def ask(self, question: str) -> Self:
        """Send; returns when the answer has ended."""
        self.at.chat_input(key="chat_input").set_value(question)
        return self.look()

    def give_address(self, url: str) -> Self:
        self.at.text_input(key="image_url").set_value(url)
        return self.look()

    def speak(self, lang: str) -> Self:
        self.at.segmented_control(key="language").set_value(lang)
        return self.look()

    def go(self, page: str) -> Self:
        self.at.switch_page(str(ROOT / "pages" / f"{page}_page.py"))
        return self.look()

    # What the person sees ---------------------------------------------------------------------

    @property
    def remembers(self) -> Session:
        found: Session = self.at.session_state["session"]
        return found

    def does(self, what: str, conversation_id: str = "", said: str = "") -> Self:
        """Something in the list of conversations beside the page."""
        return self.tell(
            "conversations", "did", {"what": what, "id": conversation_id, "value": said}
        )

    def open(self, conversation_id: str | None) -> Self:
        return self.does("open", conversation_id or "")

    @property
    def listed(self) -> dict[str, list[str]]:
        """Ids of the conversations in that list, by day."""
        days = json.loads(self.shown_by("conversations")["days"])
        return {day["name"]: [row["id"] for row in day["rows"]] for day in days}

    def shown_by(self, key: str) -> dict[str, Any]:
        """What the component of this key was given to show."""
        found: dict[str, Any] = json.loads(self._component(key).json)
        return found

    def _component(self, key: str) -> Any:
        every = [each.proto for each in self.at.get("bidi_component")]
        (found,) = [each for each in every if each.id.endswith(f"-{key}")]
        return found

    @property
    def model(self) -> str:
        """Id of the model that is chosen."""
        return str(self.shown_by("models")["chosen"])

    @property
    def models(self) -> list[str]:
        """The list of models as it is read: name, endpoint, what is said of each."""
        return [
            " · ".join(filter(None, [each["name"], group["name"], each["about"], each["retires"]]))
            for group in json.loads(self.shown_by("models")["groups"])
            for each in group["models"]
        ]

    @property
    def draft(self) -> list[DraftImage]:
        return self.remembers.chat.draft

    @property
    def errors(self) -> list[str]:
        return [each.value for each in self.at.error]

    @property
    def answers(self) -> list[str]:
        """The texts of the messages, questions and answers in turn."""
        return [
            "".join(m.value for m in message.markdown) + "".join(map(words_of, message.html))
            for message in self.at.chat_message
        ]

    @property
    def typed(self) -> str:
        """What stands in the chat input without the person having typed it."""
        proto = self.at.chat_input(key="chat_input").proto
        return proto.value if proto.set_value else ""

    @property
    def estimate(self) -> str:
        return self._caption("cost_estimate")

    @property
    def resent(self) -> str:
        """What the line says of images that the next question sends again."""
        return "\n".join(
            plain(popover.proto.popover.label)
            for popover in self.at.get("popover")
            if "context_strip" in popover.proto.id
        )

    @property
    def bill(self) -> str:
        return self._caption("cost_billed")

    def card(self, image: DraftImage) -> str:
        return self._caption(f"card-{image.id}")

    @property
    def unfolding(self) -> list[Any]:
        """What can be unfolded on the page, but for the form in the list of models."""
        form = t(self.remembers.lang, "ui.endpoints.add")
        return [box for box in self.at.expander if box.label != form]

    @property
    def keys(self) -> list[str]:
        """Keys of all buttons."""
        return [button.key or "" for button in self.at.button]

    @property
    def says(self) -> str:
        """Everything that can be read on the page."""
        at: Any = self.at
        kinds = (at.title, at.header, at.markdown, at.caption, at.error, at.info, at.warning)
        labels = [b.label for b in at.button] + [link.value for link in at.page_link]
        said = [each.value for kind in kinds for each in kind] + [c.value for c in at.code]
        said += map(words_of, at.html)
        return plain("\n".join([*said, *labels]))

    def _caption(self, key: str) -> str:
        return plain("\n".join(c.value for c in self.at.container(key=key).caption))


def words(tokens: int) -> str:
    """What an estimate calls the tokens of the texts, in English."""
    return t("en", "ui.cost.text", tokens=tokens)


def words_of(html: Any) -> str:
    """What is read in an element of st.html."""
    return unescape(re.sub(r"<[^>]*>", "", html.value))


def plain(markdown: str) -> str:
    """As it is read: without escapes of `$`."""
    return markdown.replace(r"\$", "$")
