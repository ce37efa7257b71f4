"""A case as what goes over the wire: its messages for one column, with its choices turned."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

from components.cases.case import Case, Image, Text
from components.cases.errors import CaseError
from components.cases.judging.prompt import question_text, told
from components.cases.judging.rubrics import judge_tokens, rubric_at
from components.cases.snapshot import Asked, ImageFacts
from components.cases.store.runs import Answer, CaseRun, Setting
from components.chat.draft import DraftImage
from components.chat.store import ImageOf
from components.compare.sizes import part_of, prepare_picture
from components.compare.spec import SpecImage
from components.graders.choice import rotations
from components.graders.rubric import schema_of
from components.i18n import t
from components.images.geometry import Size, target_size
from components.providers.base import ImagePart, Message, Parameters, VisionRequest
from components.providers.endpoints import Endpoint
from components.providers.payload import payload

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ADDRESS = ("http://", "https://")


@dataclass(frozen=True)
class Put:
    """A message as it is put to a model, its images still by name."""

    role: Literal["user", "assistant"]
    text: str
    images: tuple[Image, ...]


def put(
    case: Case, setting: Setting, rotation: int, lang: str, parameters: Parameters
) -> tuple[tuple[Put, ...], Parameters]:
    """The messages of a case, and the parameters with its system prompt, the setting's before it.
    The last question stands in the setting's prompt, its choices after it."""
    system = [each for each in (parameters.system, setting.system) if each]
    messages: list[Put] = []
    for message in case.input:
        text = "\n".join(part.text for part in message.content if isinstance(part, Text))
        images = tuple(part for part in message.content if isinstance(part, Image))
        if message.role in ("system", "developer"):
            system.append(text)
        else:
            role: Literal["user", "assistant"] = (
                "assistant" if message.role == "assistant" else "user"
            )
            messages.append(Put(role, text, images))
    last = next((n for n in reversed(range(len(messages))) if messages[n].role == "user"), None)
    if last is not None:
        messages[last] = replace(
            messages[last], text=_question(messages[last].text, case, setting, rotation, lang)
        )
    return tuple(messages), replace(parameters, system="\n\n".join(system))


def put_to_judge(
    asked: Asked, run: CaseRun, judgement: Answer, said: str
) -> tuple[tuple[Put, ...], Parameters]:
    """The message about an answer, `said`, and the parameters with the criterion as system prompt.
    Raises GraderError."""
    case, rubric = asked.cases[judgement.case], rubric_at(asked, judgement)
    system, user = told(rubric, case, question_text(case), said, judgement.vote, run.lang)
    model = run.whom[judgement.column].model
    # Several votes of a judge that always says the same would be one.
    temperature = 0.0 if rubric.votes == 1 else None
    parameters = Parameters(system, judge_tokens(model), temperature, answer="json")
    images = tuple(case.images) if rubric.sees_image else ()
    return (Put("user", user, images),), parameters


def sent_size(image: Image, facts: ImageFacts, setting: Setting) -> Size:
    """In pixels, as `request_of` sends it. Raises ImageError where the model refuses it."""
    box = _box(image, facts, setting)
    size = (box[2] - box[0], box[3] - box[1]) if box else (facts.width, facts.height)
    if image.as_is and not box:
        return size
    detail = detail_of(image, setting)
    return target_size(setting.model, size, detail, image.image, setting.host)


def detail_of(image: Image, setting: Setting) -> str:
    return setting.detail or image.detail or "auto"


def request_of(
    owner: str,
    image_of: ImageOf,
    asked: Asked,
    run: CaseRun,
    answer: Answer,
    endpoint: Endpoint,
    said: str = "",
) -> tuple[VisionRequest, str]:
    """The request, and the sha256 of its body in hex. said: the answer that a judge is asked about.

    Reads and prepares images: keep it off event loops. Raises ImageError, StoreError,
    ProviderError (needs_upload), and CaseError (case_image_gone) where an image can't be had.
    """
    setting, schema = run.whom[answer.column], None
    if answer.judges:
        messages, parameters = put_to_judge(asked, run, answer, said)
        schema = schema_of(rubric_at(asked, answer))
    else:
        case = asked.cases[answer.case]
        messages, parameters = put(case, setting, answer.rotation, run.lang, parameters_of(run))

    def part(image: Image) -> ImagePart:
        facts = asked.images.get(image.image)
        detail = detail_of(image, setting)
        if facts is None:
            if image.image.startswith(_ADDRESS):
                return ImagePart(image.image, detail, url=image.image)
            raise CaseError("case_image_gone", name=image.image[:80])
        kept = image_of(owner, facts.hash)
        if kept is None:
            raise CaseError("case_image_gone", name=image.image[:80])
        draft = DraftImage(
            id="",
            name=image.image,
            content=kept.content,
            digest=facts.hash,
            detail=detail,
            as_is=bool(image.as_is),
        )
        picture = SpecImage("", draft, box=_box(image, facts, setting))
        prepared = prepare_picture(picture, setting.model, endpoint)
        return part_of(picture, prepared, labelled=False)

    request = VisionRequest(
        model=setting.model,
        messages=tuple(
            Message(each.role, each.text, tuple(map(part, each.images))) for each in messages
        ),
        parameters=parameters,
        lang=run.lang,
        schema=schema,
    )
    return request, body_digest(request, endpoint)


def body_digest(request: VisionRequest, endpoint: Endpoint) -> str:
    """sha256 of the body as it leaves, in hex. The built-in reader's answers are in a language."""
    body, _ = payload(request, public_urls=endpoint.public_urls)
    told = {"lang": request.lang} if endpoint.kind == "builtin" else {}
    text = json.dumps({**body, **told}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def parameters_of(run: CaseRun) -> Parameters:
    """What it was asked with, also by an older version that knew fewer parameters."""
    known = {field.name for field in fields(Parameters)}
    kept = {name: value for name, value in run.parameters.items() if name in known}
    return Parameters(**kept)  # type: ignore[arg-type]


def turns_of(case: Case, graders: Sequence[object]) -> int:
    """In how many orders its choices are shown: all of them where a grader is circular."""
    circular = any(isinstance(g, dict) and g.get("circular") for g in graders)
    return len(case.choices) if circular and case.choices else 1


def _question(text: str, case: Case, setting: Setting, rotation: int, lang: str) -> str:
    if setting.prompt:
        text = setting.prompt.replace("{question}", text)
    if not case.choices:
        return text
    shown = rotations(case.choices)[rotation]
    lines = [f"{letter}. {option}" for letter, option in zip(_LETTERS, shown, strict=False)]
    return "\n".join([text, *lines, t(lang, "cases.ask.choices")])


def _box(image: Image, facts: ImageFacts, setting: Setting) -> tuple[int, int, int, int] | None:
    """In pixels of the original: the case's own, else the setting's share."""
    if isinstance(image.box, list | tuple) and len(image.box) == 4:
        if all(isinstance(each, int | float) for each in image.box):
            left, top, right, bottom = (round(each) for each in image.box)
            box = max(0, left), max(0, top), min(facts.width, right), min(facts.height, bottom)
            return box if box[0] < box[2] and box[1] < box[3] else None
        return None
    if setting.crop is None:
        return None
    left, top, right, bottom = setting.crop
    across, down = (
        (round(a * size), max(round(a * size) + 1, round(b * size)))
        for a, b, size in ((left, right, facts.width), (top, bottom, facts.height))
    )
    return across[0], down[0], across[1], down[1]
