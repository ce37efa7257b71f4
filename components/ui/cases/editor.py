"""A case is added or changed: images, question, what is expected, tags."""

import dataclasses

import streamlit as st

from components import services
from components.cases.by_hand import KINDS, PER_LINE, grader_of, rubric_by_hand
from components.cases.case import Case, Grader, Image, Message, Part, Text
from components.cases.errors import CaseError
from components.cases.formats.pictures import image_name
from components.cases.store import SetSummary
from components.cases.wording import grader_words
from components.chat.draft import DraftImage, take_in
from components.chat.store import new_id
from components.chat.turn import new_images
from components.text import escape_markdown
from components.ui.app.blocks import block
from components.ui.app.language import counted, text
from components.ui.cases import run_settings
from components.ui.cases.state import Editing
from components.ui.chat.callbacks import shown
from components.ui.streamlit_seam import drop_zone
from components.ui.streamlit_seam.session import current_session, put, value
from components.ui.usage import quota
from components.ui.widgets import options

_SIDE = 96  # px of a thumbnail
_SAID = 400  # characters of an answer


def open_new(set_id: str) -> None:
    _open(Editing(set_id))


def open_case(set_id: str, case: Case) -> None:
    images: list[str | DraftImage] = [image.image for image in _images_of(_last(case))]
    _open(Editing(set_id, case, images, list(case.expect)))


def _open(editing: Editing) -> None:
    state, case = current_session().cases, editing.case
    state.editing, state.told, state.removed = editing, "", None
    put("case_question", _text(case) if case else "")
    put("case_tags", ", ".join(case.tags) if case else "")
    put("case_expected", "")


@block("cases.editor", main=True)
def show(found: SetSummary) -> None:
    """The form, in the place of the set's cases."""
    editing = current_session().cases.editing
    if editing is None:
        return
    st.title(text("cases.page.edit_case" if editing.case else "cases.page.add"), anchor=False)
    st.caption(escape_markdown(options.cut(found.name, 100)))
    if editing.case and (before := len(editing.case.input) - 1) > 0:
        st.caption(counted("cases.page.messages_before", before))
    if editing.case:
        _source(editing.case)
    _images(editing)
    st.text_area(text("cases.page.question"), key="case_question", height=120)
    _expected(editing)
    st.text_input(text("cases.page.tags"), key="case_tags")
    with st.container(horizontal=True, gap="small"):
        st.button(text("ui.history.save"), key="save_case", type="primary", on_click=_save)
        st.button(text("ui.history.cancel"), key="cancel_case", on_click=_close)


def _source(case: Case) -> None:
    """What is known of the right answer from where the case came."""
    source = case.source
    answer, corrected = (str(source.get(name) or "") for name in ("answer", "corrected"))
    if source.get("kind") == "sample":
        corrected, answer = answer, ""
    for key, said in (("cases.page.answered", answer), ("ui.label.it_is", corrected)):
        if said:
            st.caption(text(key, text=escape_markdown(options.cut(said, _SAID))))


def _images(editing: Editing) -> None:
    with st.container(horizontal=True, gap="small", key="case_images"):
        hashes = services.app().store().cases.images(current_session().owner, editing.set_id)
        for n, image in enumerate(editing.images):
            with st.container(width=_SIDE, gap=None, key=f"case_image-{n}"):
                _thumbnail(image, hashes)
                st.button(
                    text("compare.images.remove"),
                    key=f"remove_image-{n}",
                    icon=":material/close:",
                    type="tertiary",
                    on_click=_remove_image,
                    args=(n,),
                )
    with st.container(key="case_drop", gap=None):
        drop_zone.bar("case_drop", "cases.drop_images", _dropped)


def _thumbnail(image: str | DraftImage, hashes: dict[str, str]) -> None:
    if isinstance(image, DraftImage):
        found, name = image.thumbnail, image.name
    else:
        owner, digest = current_session().owner, hashes.get(image)
        store = services.app().store().conversations
        found = store.thumbnail(owner, digest) if digest else None
        name = image
    if found:
        st.image(found, width=_SIDE, alt=options.cut(name))
    else:
        st.caption(f":material/link: {escape_markdown(options.cut(name))}")


def _expected(editing: Editing) -> None:
    """What has been said so far, and a field for more."""
    st.markdown(f"**{text('cases.page.expected')}**")
    for n, grader in enumerate(editing.expect):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            said = grader_words(current_session().lang, grader)
            st.markdown(escape_markdown(said), width="content")
            st.button(
                text("compare.images.remove"),
                key=f"remove_grader-{n}",
                icon=":material/close:",
                type="tertiary",
                on_click=_remove_grader,
                args=(n,),
            )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="case_grader"):
        kind = st.selectbox(
            text("cases.page.kind"),
            KINDS,
            key="case_kind",
            format_func=lambda kind: text(f"cases.kind.{kind}"),
            width=220,
        )
        per_line = kind in PER_LINE
        st.text_area(
            text("cases.page.per_line" if per_line else f"cases.value.{kind}"),
            key="case_expected",
            height=68,
        )
        if kind == "rubric":
            _rubric(bool(editing.images))
        st.button(text("cases.page.add_expected"), key="add_expected", on_click=_add_expected)


def _rubric(pictured: bool) -> None:
    """Who judges, what it sees, and how often it is asked."""
    models = dict.fromkeys(each.model for each in run_settings.judging().values())
    st.selectbox(
        text("cases.run.judge"),
        ["", *models],
        key="case_judge",
        format_func=lambda model: model or text("cases.page.any_judge"),
        width=220,
    )
    st.segmented_control(
        text("cases.page.votes"),
        [1, 3],
        default=1,
        key="case_votes",
        required=True,
        help=text("cases.page.votes_help"),
    )
    if pictured:
        st.toggle(text("cases.page.judge_sees"), value=True, key="case_judge_sees")


@shown
def _dropped(files: drop_zone.Files, goes_on: bool) -> None:
    editing = current_session().cases.editing
    taken, refused = quota.fitting(files)
    if editing is None:
        return
    for name, content in taken:
        editing.images.append(take_in(content, name, first_frame=True))
    if refused:
        raise refused[0]


def _remove_image(n: int) -> None:
    if editing := current_session().cases.editing:
        del editing.images[n : n + 1]


def _remove_grader(n: int) -> None:
    if editing := current_session().cases.editing:
        del editing.expect[n : n + 1]


@shown
def _add_expected() -> None:
    _take_expected()


def _take_expected() -> None:
    """What stands in the field becomes an expectation. Raises GraderError."""
    editing = current_session().cases.editing
    typed = str(value("case_expected") or "")
    if editing and typed.strip():
        editing.expect.append(_typed(editing, str(value("case_kind") or KINDS[0]), typed))
        put("case_expected", "")


def _typed(editing: Editing, kind: str, typed: str) -> Grader:
    if kind != "rubric":
        return grader_of(kind, typed, editing.case.choices if editing.case else ())
    return rubric_by_hand(
        typed,
        str(value("case_judge") or ""),
        sees_image=bool(editing.images and value("case_judge_sees")),
        votes=3 if value("case_votes") == 3 else 1,
    )


@shown
def _save() -> None:
    """Keep the case; what was typed as expectation and not added yet is one."""
    session = current_session()
    session.person.must_ask()
    editing = session.cases.editing
    if editing is None:
        return
    _take_expected()
    question = str(value("case_question") or "").strip()
    if not question and not editing.images:
        raise CaseError("cases_nothing_asked")
    new = [image for image in editing.images if isinstance(image, DraftImage)]
    contents = {_name(image): kept for image, kept in zip(new, new_images(new), strict=True)}
    sizes = [(each.hash, len(each.content)) for each in contents.values()]
    services.app().budget().make_room(session.owner, sizes)
    case = _changed(editing, question)
    services.app().store().cases.put(session.owner, editing.set_id, [case], contents)
    session.cases.told = text("cases.page.saved")
    session.cases.editing = None


def _changed(editing: Editing, question: str) -> Case:
    """The case with what was typed. Earlier messages, and how images are sent, stay."""
    old = editing.case
    before = _images_of(_last(old)) if old else []
    known = {image.image: image for image in before}
    names = [_name(each) if isinstance(each, DraftImage) else each for each in editing.images]
    images = [known.get(name, Image(name)) for name in names]
    parts: tuple[Part, ...] = (*([Text(question)] if question else []), *images)
    tags = str(value("case_tags") or "").replace("，", ",").replace("、", ",").split(",")
    case = old or Case(new_id(), (), source={"kind": "hand"})
    same = old is not None and question == _text(old) and images == before
    asked = _last(old) if old and same else Message("user", parts)
    return dataclasses.replace(
        case,
        input=(*case.input[:-1], asked),
        expect=tuple(editing.expect),
        tags=tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip())),
    )


def _last(case: Case) -> Message:
    """What is asked in the end."""
    return case.input[-1] if case.input else Message("user", ())


def _images_of(message: Message) -> list[Image]:
    return [part for part in message.content if isinstance(part, Image)]


def _text(case: Case) -> str:
    return "\n\n".join(part.text for part in _last(case).content if isinstance(part, Text))


def _name(image: DraftImage) -> str:
    kind = image.info.format if image.info else "img"
    return image_name(image.digest or image.id, "jpg" if kind == "jpeg" else kind)


def _close() -> None:
    current_session().cases.editing = None
