"""People's own names as options and in figures: however odd or alike they are, nothing breaks."""

import ast
from collections.abc import Iterator

import pytest

from components import services
from components.text import one_line
from components.ui.streamlit_seam.session import current_session
from components.ui.widgets import options, plotting
from tests.pages.app.test_blocks import picture
from tests.pages.visiting import ROOT, Person
from tests.support.loopback.reply import answer
from tests.support.loopback.server import Loopback

ODD = ("", " ", "x" * 300, "**b** $x$", ":material/home:", "a\nb", "\u202eevil", "👩‍👩‍👧", "a (2)")
PAGES = ("compare", "cost", "history", "usage", "faq")
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
    rows = services.store().conversations(current_session().owner)
    ids = [row.id for row in rows]
    for tag in ODD[2:]:
        services.store().tag(current_session().owner, ids, tag.replace("\n", " "))
    for page in PAGES:
        person.at.query_params = {}  # as a click on the navigation leaves it
        person.go(page)
        assert person.errors == [], page
    person.go("compare")
    titles = person.at.get("menu_button")
    shown = next(m.proto.options for m in titles if "conversation" in m.proto.label.lower())
    assert len(shown) == len(set(shown)) == len(ids)


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


# Not people's names: our own presets and samples, models by their unique ids, letters of images.
OURS = {
    "ready", "prompts", "titles", "levels", "kinds", "known", "offered", "among", "choices",
    "ids", "options", "asked",
    "_KINDS", "_DAYS", "_RULES", "_DETAILS", "_MARKS", "_CHOICES", "LANGUAGES",
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
