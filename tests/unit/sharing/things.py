"""Conversations and comparisons to be shared, as they would stand in the log."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from PIL import Image

from components import services
from components.cases.grading import graded
from components.chat.store import AttemptResult, NewImage, Outcome
from components.images import make_thumbnail
from tests.unit.cases.answered import ok
from tests.unit.cases.running.making import case_set, planned
from tests.unit.chat.pictures import picture
from tests.unit.db.comparing import comparison
from tests.unit.db.make import shown, turn

CANARY = "sk-canary-shared-77c1"
ASKED = "哪张更清楚？"
BEGUN = datetime(2026, 3, 1, tzinfo=UTC)


def photo(*, gps: bool = False) -> bytes:
    """1600 x 1200, with what a camera writes into a file."""
    image = Image.linear_gradient("L").resize((1600, 1200)).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Canon"
    if gps:
        exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def kept(content: bytes, media_type: str = "image/jpeg") -> NewImage:
    small = make_thumbnail(content, "a picture")
    return NewImage(hashlib.sha256(content).hexdigest(), content, media_type, small)


def talked(
    name: str,
    conversation: str = "",
    *,
    text: str = "What is this?",
    answer: str = "A cat.",
    content: bytes | None = None,
    at: datetime = BEGUN,
    cost: Decimal = Decimal("0.0012"),
    owner: str = "local",
    outcome: Outcome = "ok",
    reasoning: str = "",
) -> str:
    """One turn of `owner` with a photo; in conversation "c<name>" or the one named. The photo's
    hash."""
    image = kept(content or photo())
    asked = turn(
        name,
        conversation_id=conversation or f"c{name}",
        text=text,
        title="A title",
        images=[shown(image, name="holiday.jpg")],
        contents=[image],
        started_at=at,
    )
    services.app().store().conversations.begin_turn(owner, asked)
    figures = {"input_tokens": 801, "output_tokens": 20}
    result = AttemptResult(outcome, answer, cost=cost, reasoning=reasoning, **figures)
    services.app().store().conversations.finish(owner, f"t{name}", result)
    return image.hash


def compared(run: str, answer: str) -> str:
    """A comparison of two pictures by two models, all cells answered alike. Its id."""
    contents = [kept(picture(64 + n, 48), "image/png") for n in range(2)]
    whole, cells, _ = comparison(run.removeprefix("cmp"), title=ASKED)
    images = tuple(
        replace(image, hash=content.hash)
        for image, content in zip(whole.images, contents, strict=True)
    )
    store = services.app().store()
    store.comparisons.begin_comparison(
        "local", replace(whole, images=images, pair_id=None), cells, contents
    )
    for cell in cells:
        store.comparisons.finish_cell(
            "local", cell.id, AttemptResult("ok", answer, cost=Decimal("0.004"))
        )
    return whole.id


def ran(says: str = "23", decided_by: str = "") -> str:
    """A run of two cases with one picture by two models; the second one answers `says`, once under
    another model's name. Its id."""
    cases = case_set(2, image=True, name="Successors of gpt-4o")
    made, store = planned(cases, "gpt-4o", "gpt-4.1"), services.app().store()
    store.case_runs.begin_run("local", made.run, made.snapshot, made.answers, made.new_images())
    for asked in made.answers:
        model = made.run.settings[asked.column].model
        other = "gpt-5-mini" if (asked.column, asked.case) == (1, 1) else model
        answer = ok(asked, says if asked.column else "23", other)
        verdict = graded(made.asked, made.run, [answer])
        store.case_runs.finish_answer("local", replace(answer, graded=verdict))
    if decided_by:
        store.case_runs.decide("local", made.answers[0].id, "right", decided_by)
    return made.run.id
