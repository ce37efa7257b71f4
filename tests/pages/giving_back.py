"""What a tab's browser remembers of what isn't sent, and gives back: without a browser."""

import json
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from tests.pages.visiting import Person

Who = TypeVar("Who", bound=Person)


class Memory:
    """In the place of the component that the browser runs. given: what the pages gave it last, by
    place, as JSON that was parsed again."""

    def __init__(self) -> None:
        self.given: dict[str, Any] = {}

    def __call__(
        self, *, key: str, data: dict[str, Any], on_back_change: Callable[[], None]
    ) -> None:
        self.given[data["place"]] = json.loads(json.dumps(data))
        field = f"{key}_back"

        def tell() -> None:
            st.session_state[key] = {"back": json.loads(st.session_state[field])}
            on_back_change()

        st.text_input(field, key=field, on_change=tell)

    def give_back(self, person: Who, place: str, given: dict[str, Any], **changes: object) -> Who:
        """To a person whose session is a new one, what an earlier one gave. changes: what
        somebody has made of it."""
        back = {"session": given["session"], "names": given["images"], "form": given["form"]}
        field = person.at.text_input(key=f"unsent_{place}_back")
        field.set_value(json.dumps(back | {"texts": {}} | changes))
        return person.look()
