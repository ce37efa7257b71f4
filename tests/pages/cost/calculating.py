"""What a person does on the cost page, in a simulated browser tab."""

import json
import re
from typing import Any, Self

from components.pricing.whatif import Scenario
from components.ui.cost.calculator import Calculator
from tests.pages.visiting import Person, plain


class Reckoner(Person):
    """Somebody on the cost page. query: the address it is opened with."""

    def open(self) -> Self:
        self.look()
        return self.go("cost")

    def type(self, sizes: str) -> Self:
        self.at.text_input(key="cost_sizes").set_value(sizes)
        return self.look()

    def model(self, name: str) -> Self:
        self.at.selectbox(key="cost_model").set_value(name)
        return self.look()

    def set(self, name: str, value: float) -> Self:
        """A number of the call; those of the sentence are typed."""
        if name in ("answer", "calls"):
            self.at.text_input(key=f"cost_{name}").set_value(str(value))
        else:
            self.at.number_input(key=f"cost_{name}").set_value(value)
        return self.look()

    def upload(self, *files: tuple[str, bytes]) -> Self:
        return self.drop(*files)

    def tab(self, name: str) -> Self:
        """Open a tab (AppTest draws all tabs, but only the open one has something in it)."""
        self.at.session_state["cost_tabs"] = name
        return self.look()

    @property
    def calculator(self) -> Calculator:
        return self.remembers.cost

    @property
    def asked(self) -> Scenario:
        return self.calculator.asked

    @property
    def figures(self) -> tuple[str, str, str]:
        """Image tokens, money of a call and of a month, as they stand on the page."""
        found = [m.value for m in self.at.container(key="cost_total").metric]
        month, call, tokens = found
        return tokens, call, month

    @property
    def field(self) -> str:
        """What stands in the field of sizes."""
        return str(self.at.text_input(key="cost_sizes").value)

    @property
    def told(self) -> str:
        """The small print and the errors, without icons."""
        at: Any = self.at
        said = [each.value for kind in (at.caption, at.error, at.warning) for each in kind]
        return re.sub(r"(:red\[)?:material/\w+:\]? ?", "", plain("\n".join(said)))

    @property
    def sentence(self) -> str:
        """The scenario as it is read, with … for each field."""
        words = (m.value for m in self.at.container(key="cost_sentence").markdown)
        return "…".join(words).replace("\u00a0", " ")

    @property
    def bars(self) -> list[dict[str, Any]]:
        """All models by cost, as the browser is given them."""
        found: list[dict[str, Any]] = json.loads(self.shown_by("cost_bars")["bars"])
        return found

    def copies(self, what: str) -> str:
        """What the button copies: a link, or a table."""
        return str(self.shown_by(f"cost_copy_{what}")["text"])

    @property
    def address(self) -> dict[str, str]:
        found = {k: v if isinstance(v, str) else v[0] for k, v in self.at.query_params.items()}
        return {k: v for k, v in found.items() if k != "lang"}

    def models(self) -> dict[str, list[object]]:
        """The table of all models, by column."""
        self.tab("All figures")
        return self.at.dataframe(key="cost_table").value.to_dict("list")  # type: ignore[no-any-return]
