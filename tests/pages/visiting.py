"""What a person does on the pages, in a simulated browser tab (no browser, no network)."""

import json
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
        self.at.selectbox(key="model").set_value(f"{endpoint}/{model}")
        return self.look()

    def detail(self, image: DraftImage, level: str) -> Self:
        self.at.selectbox(key=f"detail-{image.id}").set_value(level)
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

    @property
    def draft(self) -> list[DraftImage]:
        return self.remembers.chat.draft

    @property
    def errors(self) -> list[str]:
        return [each.value for each in self.at.error]

    @property
    def answers(self) -> list[str]:
        """The texts of the messages, questions and answers in turn."""
        return ["".join(m.value for m in message.markdown) for message in self.at.chat_message]

    @property
    def typed(self) -> str:
        """What stands in the chat input without the person having typed it."""
        proto = self.at.chat_input(key="chat_input").proto
        return proto.value if proto.set_value else ""

    @property
    def estimate(self) -> str:
        return self._caption("cost_estimate")

    @property
    def bill(self) -> str:
        return self._caption("cost_billed")

    def card(self, image: DraftImage) -> str:
        return self._caption(f"card-{image.id}")

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
        return plain("\n".join([*said, *labels]))

    def _caption(self, key: str) -> str:
        return plain("\n".join(c.value for c in self.at.container(key=key).caption))


def words(tokens: int) -> str:
    """What an estimate calls the tokens of the texts, in English."""
    return t("en", "ui.cost.text", tokens=tokens)


def plain(markdown: str) -> str:
    """As it is read: without escapes of `$`."""
    return markdown.replace(r"\$", "$")
