"""The cheapest setting that keeps the answer: one image at several details and sizes."""

import streamlit as st

from components.chat.draft import DraftImage
from components.compare.cheapest_setting import Setting, variants
from components.compare.cheapest_setting import cheapest as found_in
from components.compare.spec import Column, Spec
from components.compare.store import Accepted, Cell, Comparison
from components.images import make_thumbnail
from components.pixels.types import Box
from components.ui.app.blocks import block
from components.ui.app.language import text
from components.ui.chat import model_picker
from components.ui.chat.model_picker import Choice
from components.ui.compare.accepting import short
from components.ui.compare.crop import crop
from components.ui.compare.images import compare_page, lettered
from components.ui.compare.matrix import variant_name
from components.ui.compare.plan_form import form, start_panel
from components.ui.compare.widget_state import keep
from components.ui.streamlit_seam.session import current_session, value
from components.ui.streamlit_seam.viewer_transport import ViewerImage
from components.ui.widgets.money import money, tokens

_LETTERS = 10  # side by side; more are listed
_SIDE = 1200  # px of the picture on which a part is drawn


@block("compare.settings")
def show() -> None:
    """One image, one question, one model, and the answer that is right."""
    page = compare_page()
    st.caption(text("compare.cheapest.about"))
    among = dict(lettered(page.images))
    known = str(value("compare_one"))
    keep("compare_one", known if known in among else next(iter(among)))
    if len(among) <= _LETTERS:
        st.segmented_control(
            text("compare.cheapest.image"), list(among), key="compare_one", required=True
        )
    else:
        st.selectbox(text("compare.cheapest.image"), list(among), key="compare_one", width=120)
    image = among[str(value("compare_one"))]
    _question()
    model = _model()
    keep("compare_right_answer", page.accepted)
    st.text_area(
        text("compare.judge.accepted"),
        key="compare_right_answer",
        height=68,
        help=text("compare.judge.accepted_help"),
        on_change=_accepted,
    )
    box = _crop(str(value("compare_one")), image)
    if model:
        _start(image, model, box)


def _question() -> None:
    page = compare_page()
    keep("compare_one_question", page.questions[0])
    st.text_area(
        text("compare.form.ask"),
        key="compare_one_question",
        height=68,
        placeholder=text("compare.form.placeholder"),
        on_change=_asked,
    )


def _model() -> Choice | None:
    among = form.offered()
    if not among:
        return None
    kept = next((m for m in compare_page().models if m in among), next(iter(among)))
    known = str(value("compare_one_model"))
    keep("compare_one_model", known if known in among else kept)
    st.selectbox(
        text("cost.page.model"),
        list(among),
        key="compare_one_model",
        format_func=model_picker.labels(among.values()).__getitem__,
    )
    return among[str(value("compare_one_model"))]


def _crop(letter: str, image: DraftImage) -> Box | None:
    if image.content is None or image.info is None:
        return None
    with st.expander(text("compare.cheapest.crop"), icon=":material/crop:"):
        st.caption(text("compare.cheapest.crop_about"))
        content = make_thumbnail(image.content, image.name, side=_SIDE)
        size = (image.info.width, image.info.height)
        return crop(ViewerImage(letter, image.name, content, size), key=f"compare_crop-{image.id}")


def _start(image: DraftImage, model: Choice, box: Box | None) -> None:
    def spec() -> Spec:
        page = compare_page()
        accepted = page.accepted.strip()
        return Spec(
            mode="each",
            pictures=variants(image, model.model, box),
            questions=[page.questions[0].strip()],
            columns=[Column(model.endpoint, model.model)],
            parameters=current_session().chat.parameters,
            lang=current_session().lang,
            accepted=[Accepted(0, accepted)] if accepted else [],
        )

    def judged() -> bool:
        return bool(compare_page().accepted.strip())

    if not judged():
        st.caption(f":material/info: {text('compare.cheapest.needs_answer')}")
    label = text("compare.cheapest.run")
    start_panel.show(spec, "compare_run_cheapest", label, about="compare_cheapest_cost", may=judged)


@block("compare.cheapest")
def outcome(comparison: Comparison, cells: tuple[Cell, ...]) -> None:
    """Which settings pass, the cheapest that does, and what it saves."""
    found = found_in(comparison, cells)
    passing = [each for each in found.settings if each.passes and each.tokens is not None]
    if found.best is None and passing:
        least = min(passing, key=lambda each: each.tokens or 0)
        name = variant_name(least.variant)
        said = text("compare.cheapest.fewest", name=name, tokens=tokens(least.tokens))
        st.success(said, icon=":material/savings:")
    elif found.best is None:
        st.warning(text("compare.cheapest.none"), icon=":material/close:")
    else:
        name = variant_name(found.best.variant)
        if found.saving is not None and found.saving > 0:
            said = text("compare.cheapest.best", name=name, money=money(found.saving))
        else:
            said = text("compare.cheapest.usual_is_best", name=name)
        st.success(said, icon=":material/savings:")
    head = ("setting", "passes", "tokens", "cost", "answer")
    lines = [
        "| " + " | ".join(text(f"compare.cheapest.{each}") for each in head) + " |",
        "|---" * len(head) + "|",
    ]
    lines += [_line(setting) for setting in found.settings]
    st.markdown("\n".join(lines))


def _line(setting: Setting) -> str:
    passes = {True: ":green[✓]", False: ":red[✗]", None: "–"}[setting.passes]
    cost = None if setting.input_cost is None else setting.input_cost * 1000
    cells = (
        variant_name(setting.variant),
        passes,
        tokens(setting.tokens),
        money(cost),
        short(setting.cell.answer, 100),
    )
    return "| " + " | ".join(cells) + " |"


def _accepted() -> None:
    compare_page().accepted = str(value("compare_right_answer") or "")


def _asked() -> None:
    compare_page().questions[0] = str(value("compare_one_question") or "")
