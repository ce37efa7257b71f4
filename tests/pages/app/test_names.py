"""People's own names as options and in figures: however odd or alike they are, nothing breaks."""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from components import presets, services
from components.text import one_line
from components.ui.chat.model_picker import choices
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options, plotting
from tests.pages.access.test_access import AUTH, owner, secrets, signed_in
from tests.pages.app.test_blocks import picture
from tests.pages.compare.compare_visiting import compare_page, photos
from tests.pages.visiting import ROOT, Person, configure
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

ODD = ("", " ", "x" * 300, "**b** $x$", ":material/home:", "a\nb", "\u202eevil", "👩‍👩‍👧", "a (2)")
PAGES = ("cases", "compare", "cost", "history", "usage", "faq")
# Widgets in which a label must not stand twice, with the place of their options.
WIDGETS = {"menu_button", "selectbox", "multiselect", "pills", "segmented_control", "radio"}


@pytest.mark.parametrize("markdown", [False, True])
@pytest.mark.parametrize("marks", [None, {"0": "1 May", "1": "1 May", "2": "2 May"}])
def test_labels_are_never_alike_empty_or_long(markdown: bool, marks: dict[str, str] | None) -> None:
    names = ("a", "a", "a", "a (2)", *ODD, *ODD)
    made = options.distinct(
        {str(n): name for n, name in enumerate(names)}, marks, markdown=markdown
    )
    assert list(made) == [str(n) for n in range(len(names))]
    assert len(set(made.values())) == len(names)
    for label in made.values():
        assert label.strip()
        assert "\n" not in label
        assert one_line(label) == label
        assert len(label) < 4 * options.MOST
    if markdown:
        assert ":material/home:" not in {label.strip() for label in made.values()}


def test_conversations_that_look_alike_leave_every_page_standing(endpoint: Loopback) -> None:
    person = Person(lang="en").look().pick("gpt-4o")
    for name in ("What is this? " * 9, "What is this? " * 9, *ODD):
        endpoint.enqueue(answer("A cat.", model="gpt-4o"))
        person.press("new_chat").drop((f"{name[:80]}.png", picture("red")))
        person.ask(name.strip() or "​")
    rows = services.app().store().history.page(current_session().owner)
    ids = [row.id for row in rows]
    for tag in ODD[2:]:
        services.app().store().history.tag(current_session().owner, ids, tag.replace("\n", " "))
    for page in PAGES:
        person.at.query_params = {}  # as a click on the navigation leaves it
        person.go(page)
        assert person.errors == [], page
    person.go("compare")
    titles = person.at.get("menu_button")
    shown = next(m.proto.options for m in titles if "conversation" in m.proto.label.lower())
    assert len(shown) == len(set(shown)) == len(ids)


def test_each_model_is_chosen_and_asked_whatever_it_or_its_endpoint_is_called(
    endpoint: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = '[[models]]\nid = "own-{0}"\nname = "Same **name**"\nimage_rule = "gpt-4o"\n'
    price = '[[prices]]\nmodel = "own-{0}"\ninput = 1\noutput = 2\n'
    (tmp_path / "mine.toml").write_text("".join((row + price).format(n) for n in "abc"))
    monkeypatch.setenv("MODELS_FILE", str(tmp_path / "mine.toml"))
    names = ["own-a", "own-b", "own-c", "y" * 200 + "a", "y" * 200 + "b", "*x* $y$", ":smile:",
             "<b>x</b>", "a/b", "A/B"]  # fmt: skip
    base, keys = endpoint.base_url, ("sk-of-odd-names", "sk-of-odd-names/a")
    configure(tmp_path, "odd", base_url=base, api_key=keys[0], models=names)
    configure(tmp_path, '"odd/a"', base_url=base, api_key=keys[1], models=["b", "own-a"])
    services.begin()
    try:
        person = Person(lang="en").look()
        among = [c for c in choices() if c.endpoint.name.startswith("odd")]
        assert len({choice.id for choice in among}) == len(names) + 2
        shown = person.models
        assert len(set(shown)) == len(shown) == len(choices())
        for choice in among:
            endpoint.enqueue(answer("A cat."))
            person.press("new_chat").tell("models", "chosen", choice.id)
            person.ask("What is this?")
            asked = endpoint.asked()[-1]
            assert asked.body["model"] == choice.model
            assert asked.headers["authorization"].endswith(choice.endpoint.api_key)
        opened = Person(lang="en", c=person.remembers.chat.conversation_id or "").look()
        assert opened.remembers.chat.choice == choice.id, "the model that answered last"
        for page in PAGES:
            person.at.query_params = {}
            assert person.go(page).errors == [], page
        person.go("cost").at.selectbox(key="cost_model").set_value("own-b")
        assert person.look().remembers.cost.asked.model == "own-b"
    finally:
        monkeypatch.delenv("MODELS_FILE")
        services.begin()


def test_people_of_any_name_are_told_apart(
    endpoint: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures: list[str] = []
    chart = st.plotly_chart

    def noted(figure: Any, *args: Any, **more: Any) -> object:
        figures.append(figure.to_json())
        return chart(figure, *args, **more)

    monkeypatch.setattr(st, "plotly_chart", noted)
    people = 'mode = "oidc"\nallow = ["example.org"]\nadmins = ["ann@example.org"]\n'
    secrets(tmp_path, f"[access]\n{people}{AUTH}")
    names = ("Bob", "Bob", "<a href='https://e.example'>n</a>", *ODD)
    owners = []
    for n, name in enumerate(names):
        endpoint.enqueue(answer("A cat.", model="gpt-4o"))
        one = signed_in(f"p{n}")
        one.at.user = {**one.at.user, "name": name}
        assert one.look().pick("gpt-4o").ask("What is this?").errors == []
        owners.append(owner(one))
    ann = signed_in("ann").look().go("people")
    assert ann.errors == []
    ann.at.selectbox(key=f"person-role-{owners[1]}").set_value("viewer")
    ann.look()
    roles = {each.owner: each.role for each in services.app().store().people.everybody()}
    assert [roles[each] for each in owners[:3]] == [None, "viewer", None]
    assert ann.go("usage").errors == []
    assert figures
    bars = {x for trace in json.loads(figures[-1])["data"] for x in trace["x"]}
    assert len(bars) == len(names)
    assert all(x.strip() for x in bars)
    assert not [each for each in figures if "<a" in each]


def _listed(person: Person, key: str) -> list[str]:
    """What a menu shows of its options."""
    proto = person.at.menu_button(key=key).proto
    return list(proto.options)


def test_ready_questions_are_told_apart_whatever_their_file_calls_them(
    endpoint: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = ("Same", "Same", "Same (2)", *ODD)
    both = [
        f'id = "own-{n}"\nlabel.en = {json.dumps(label, ensure_ascii=False)}\nlabel.zh = "同名"\n'
        f'prompt.en = "English {n}"\nprompt.zh = "中文 {n}"\n'
        for n, label in enumerate(labels)
    ]
    steps = '[step_by_step]\nen = "Step by step."\nzh = "分步。"\n'
    asked = "".join(f"[[question]]\nmin_images = 1\n{each}" for each in both)
    (tmp_path / "presets.toml").write_text(asked, "utf-8")
    systems = "".join(f"[[system]]\n{each}" for each in both)
    (tmp_path / "systems.toml").write_text(systems + steps, "utf-8")
    read = (presets.questions, presets.systems, presets.step_by_step)
    monkeypatch.setattr(presets, "_HERE", tmp_path)
    for each in read:
        each.cache_clear()
    try:
        person = compare_page(Person(lang="en"), *photos(1))
        menus = {"preset": "chat", "system_preset": "chat", "compare_preset": "compare"}
        for lang, said in (("en", "English"), ("zh", "中文")):
            person.at.query_params = {}
            person.go("chat").speak(lang)
            for key, page in menus.items():
                person.at.query_params = {}
                person.go(page)
                shown = _listed(person, key)
                assert len(set(shown)) == len(shown) == len(labels)
                assert not [s for s in shown if s.strip() in ("", ":material/home:", "**b** $x$")]
                assert person.errors == []
            for n in range(3):  # those that are called alike
                person.at.menu_button(key="compare_preset").click(f"own-{n}")
                assert person.look().remembers.compare.questions[0] == f"{said} {n}"
            person.at.query_params = {}
            person.go("chat")
            for n in range(3):
                person.at.menu_button(key="system_preset").click(f"own-{n}")
                assert person.look().remembers.chat.parameters.system == f"{said} {n}"
                person.at.menu_button(key="preset").click(f"own-{n}")
                assert person.look().typed == f"{said} {n}"
    finally:
        for each in read:
            each.cache_clear()


def test_a_figure_shows_names_as_they_are_written() -> None:
    figure = plotting.figure("x", "y")
    plotting.points(figure, [1], [1], ["<a href='https://e.example'>Ann</a> & <b>"])
    assert figure.data[0].name == "&lt;a href='https://e.example'&gt;Ann&lt;/a&gt; &amp; &lt;b&gt;"
    assert "<a" not in figure.to_json()


def _calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "components" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and ast.unparse(node.func)
            if called and called.removeprefix("st.") in WIDGETS and isinstance(node, ast.Call):
                yield path.name, node


# Not people's names: our own samples, models by their unique ids, letters of images.
OURS = {
    "titles", "levels", "kinds", "known", "offered", "among", "choices",
    "ids", "options", "asked",
    "_KINDS", "_DAYS", "_RULES", "_DETAILS", "_MARKS", "_CHOICES", "LANGUAGES", "WRITTEN",
}  # fmt: skip


def test_every_list_of_options_has_labels_that_differ() -> None:
    """Each is made of ids of ours, or its labels come from `distinct`."""
    found = list(_calls())
    assert len(found) > 20
    for file, call in found:
        shown = next((ast.unparse(k.value) for k in call.keywords if k.arg == "format_func"), "")
        given = {n.id for n in ast.walk(call.args[1]) if isinstance(n, ast.Name)} - {"list", "text"}
        labelled = "distinct(" in shown or "labels" in shown or "text(" in shown
        assert labelled or given <= OURS, (file, call.lineno, given, shown)


def test_every_name_in_a_figure_is_escaped() -> None:
    """`name=` and `text=` of a trace: a text of ours, or what `plain` gives."""
    for path in sorted((ROOT / "components" / "ui").rglob("*.py")):
        source = path.read_text("utf-8")
        if "plotly.graph_objects" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            traced = isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "go.Bar",
                "go.Scatter",
            )
            for keyword in node.keywords if traced and isinstance(node, ast.Call) else ():
                if keyword.arg in ("name", "text", "hovertext", "hovertemplate", "customdata"):
                    said = ast.unparse(keyword.value)
                    ours = said in ("name", "one", "all_") and "text(" in source
                    assert "plain(" in said or "text(" in said or ours, (path.name, said)
