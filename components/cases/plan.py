"""A set and its settings as a run: one request for each case, setting, repeat and rotation."""

import base64
import binascii
import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product

from components.cases.case import Case, CaseSet
from components.cases.errors import CaseError
from components.cases.judging.planned import planned
from components.cases.judging.rubrics import judges_for, rubrics_of
from components.cases.price import charge, estimated
from components.cases.request import put, turns_of
from components.cases.snapshot import Asked, ImageFacts, asked_of, graders_of, snapshot_of
from components.cases.store.runs import Answer, CaseRun, Crop, Setting, Snapshot
from components.chat.store import NewImage, new_id
from components.compare.price import CellFigures
from components.compare.spec import Column
from components.errors import ImageError
from components.graders import GRADERS, check
from components.graders.rubric import rubric_of
from components.images import inspect_image
from components.images.pool import shared_pool
from components.models import find_model
from components.pricing import to_data
from components.providers.base import Parameters

MAX_SETTINGS = 8
MAX_REPEATS = 100
MAX_ANSWERS = 100_000
_SEED = 20_261_129
_IN_BASE64 = ";base64,"


@dataclass(frozen=True)
class Target:
    """Whom to ask, and how; see Setting."""

    column: Column
    detail: str | None = None
    prompt: str = ""
    crop: Crop | None = None
    system: str = ""


@dataclass(frozen=True)
class Wish:
    """What a person wants run. images: of the set, where their bytes are in the store already;
    those of `cases.images` are looked at here. set_id: of the set in the store. judges: whom
    rubrics ask, by the name that they give their judge (`judging.rubrics.judges_for`)."""

    cases: CaseSet
    targets: Sequence[Target]
    repeats: int = 1
    parameters: Parameters = field(default_factory=Parameters)
    lang: str = "en"
    budget: Decimal | None = None
    fresh: bool = False
    images: Mapping[str, ImageFacts] = field(default_factory=dict)
    set_id: str = ""
    judges: Mapping[str, Column] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """A run that can be started. columns: of run.whom. contents: bytes that the store may not
    have. judgements: requests to judges."""

    run: CaseRun
    snapshot: Snapshot
    asked: Asked
    answers: tuple[Answer, ...]
    columns: tuple[Column, ...]
    contents: Mapping[str, bytes]
    judgements: tuple[Answer, ...] = ()

    def new_images(self) -> list[NewImage]:
        """With thumbnails, which takes a moment for many."""
        pool, facts = shared_pool(), {each.hash: each for each in self.asked.images.values()}
        hashes = [digest for digest in self.snapshot.hashes if digest in self.contents]
        begun = {
            digest: pool.run(
                pool.thumbnail, self.contents[digest], "", digest=bytes.fromhex(digest)
            )
            for digest in hashes
        }
        return [
            NewImage(
                digest,
                self.contents[digest],
                f"image/{facts[digest].format}",
                begun[digest].result(),
            )
            for digest in hashes
        ]


def selected(cases: CaseSet, tags: Sequence[str] = (), sample: int | None = None) -> CaseSet:
    """Those that have one of the tags; of these so many, drawn, always the same ones. Raises
    CaseError (case_none_selected)."""
    found = [case for case in cases.cases if not tags or set(tags) & set(case.tags)]
    if sample is not None and sample < len(found):
        drawn = sorted(random.Random(_SEED).sample(range(len(found)), sample))
        found = [found[n] for n in drawn]
    if not found:
        raise CaseError("case_none_selected", tags=", ".join(tags))
    return replace(cases, cases=tuple(found))


def plan(wish: Wish) -> Plan:
    """Work out every request. Raises CaseError, GraderError, ImageError."""
    _judges(wish)
    _check(wish)
    cases, images, contents = _with_images(wish)
    snapshot = snapshot_of(cases, images)
    asked = asked_of(snapshot)
    settings = tuple(_setting(target) for target in wish.targets)
    judges = tuple({(each.endpoint.name, each.model): each for each in _judges(wish)}.values())
    run = CaseRun(
        id=new_id(),
        created_at=datetime.now(UTC),
        name=cases.name,
        digest=snapshot.digest,
        settings=settings,
        repeats=wish.repeats,
        parameters=asdict(wish.parameters),
        lang=wish.lang,
        budget=wish.budget,
        fresh=wish.fresh,
        set_id=wish.set_id,
        judges=tuple(_setting(Target(each)) for each in judges),
    )
    columns = (*(target.column for target in wish.targets), *judges)
    answers = _answers(wish, run, asked, columns)
    judgements = planned(run, asked, answers, columns, wish.judges)
    if (count := len(answers) + len(judgements)) > MAX_ANSWERS:
        raise CaseError("case_too_many_answers", count=count, limit=MAX_ANSWERS)
    return Plan(run, snapshot, asked, answers, columns, contents, judgements)


def _answers(
    wish: Wish, run: CaseRun, asked: Asked, columns: Sequence[Column]
) -> tuple[Answer, ...]:
    """Columns change fastest, so that all models begin at once; repeats slowest, so that each case
    is asked once before any is asked again."""
    templates: dict[tuple[int, int, int], Answer] = {}
    turns = [turns_of(case, asked.graders(n)) for n, case in enumerate(asked.cases)]
    for n, column in product(range(len(asked.cases)), range(len(run.settings))):
        for rotation in range(turns[n]):
            templates[n, column, rotation] = _template(run, asked, n, column, rotation, columns)
    repeats = [case.repeats or wish.repeats for case in asked.cases]
    found = [
        replace(templates[n, column, rotation], id=new_id(), repeat=repeat)
        for repeat in range(1, max(repeats) + 1)
        for n in range(len(asked.cases))
        if repeat <= repeats[n]
        for rotation in range(turns[n])
        for column in range(len(run.settings))
    ]
    return tuple(found)


def _template(
    run: CaseRun, asked: Asked, n: int, column: int, rotation: int, columns: Sequence[Column]
) -> Answer:
    setting, case = run.settings[column], asked.cases[n]
    parameters = Parameters(**run.parameters)  # type: ignore[arg-type]
    messages, parameters = put(case, setting, rotation, run.lang, parameters)
    figures: CellFigures = estimated(messages, parameters, asked.images, setting, run.lang)
    answer = Answer(
        "",
        n,
        column,
        rotation=rotation,
        estimated_input_tokens=figures.tokens,
        estimated_cost=figures.cost,
        prices=to_data(figures.price),
    )
    images = sum(len(each.images) for each in messages)
    most = charge(run, answer, columns[column].endpoint, images)
    return replace(answer, reserved=most.estimate)


def _check(wish: Wish) -> None:
    if not wish.cases.cases:
        raise CaseError("cases_empty", name=wish.cases.name)
    if not wish.targets:
        raise CaseError("case_no_model")
    for name, count, limit in (
        ("models", len(wish.targets), MAX_SETTINGS),
        ("repeats", wish.repeats, MAX_REPEATS),
    ):
        if not 1 <= count <= limit:
            raise CaseError("case_too_many", what=name, count=count, limit=limit)
    if wish.budget is not None and wish.budget <= 0:
        raise CaseError("case_budget", value=str(wish.budget))
    pictured = any(True for case in wish.cases.cases for _ in case.images)
    for target in wish.targets:
        if pictured and not find_model(target.column.model).vision:
            raise CaseError("case_no_vision", model=target.column.model)
        if target.prompt and "{question}" not in target.prompt:
            raise CaseError("case_prompt")
        if target.crop and not _is_crop(target.crop):
            raise CaseError("case_crop")
    for case in wish.cases.cases:
        for grader in graders_of(case, wish.cases.expect):
            if grader["grader"] in GRADERS:
                check(grader)
        _check_judges(wish, case)


def _check_judges(wish: Wish, case: Case) -> None:
    for _, found in rubrics_of(graders_of(case, wish.cases.expect)):
        judge = wish.judges[rubric_of(found).judge].model
        if rubric_of(found).sees_image and any(case.images) and not find_model(judge).vision:
            raise CaseError("case_judge_no_vision", model=judge)


def _judges(wish: Wish) -> list[Column]:
    """Whom rubrics ask. Raises CaseError (case_no_judge)."""
    return list(judges_for(wish.cases, wish.judges.get).values())


def _is_crop(crop: Crop) -> bool:
    left, top, right, bottom = crop
    return 0 <= left < right <= 1 and 0 <= top < bottom <= 1


def _with_images(wish: Wish) -> tuple[CaseSet, dict[str, ImageFacts], dict[str, bytes]]:
    """The cases, facts of their images by name, and bytes by hash."""
    facts, contents = dict(wish.images), {}
    waiting = dict(wish.cases.images)
    for image in (image for case in wish.cases.cases for image in case.images):
        if image.image.startswith("data:") and image.image not in waiting:
            waiting[image.image] = _of_data_url(image.image)
    pool = shared_pool()
    begun = {
        name: pool.run(_facts, data, name) for name, data in waiting.items() if name not in facts
    }
    for name, future in begun.items():
        facts[name] = future.result()
        contents[facts[name].hash] = waiting[name]
    return wish.cases, facts, contents


def _facts(data: bytes, name: str) -> ImageFacts:
    info = inspect_image(data, name if len(name) <= 80 else "data:")
    return ImageFacts(hashlib.sha256(data).hexdigest(), info.width, info.height, info.format)


def _of_data_url(url: str) -> bytes:
    try:
        return base64.b64decode(url.partition(_IN_BASE64)[2], validate=True)
    except (binascii.Error, ValueError):
        raise ImageError("image_not_an_image", name="data:") from None


def _setting(target: Target) -> Setting:
    endpoint = target.column.endpoint
    return Setting(
        endpoint.name,
        endpoint.host,
        target.column.model,
        target.detail,
        target.prompt,
        target.crop,
        target.system,
    )
