"""What a month of the log came to with a model, and would with those in its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from components.chat.store import StoredUse
from components.chat.usage_replay import replay_usage
from components.chat.usage_replay_types import Compared
from components.i18n import t
from components.pricing import format_money

DAYS = 30


@dataclass(frozen=True)
class Month:
    """Answers of the last DAYS days of `model`, replayed with each successor, by name."""

    model: str
    replayed: tuple[tuple[str, Compared], ...]


def month_of(uses: Iterable[StoredUse], model: str, successors: Sequence[str]) -> Month:
    """uses: of these days, of all models. Counts texts: not for every drawing of a page."""
    own = [use for use in uses if use.attempt.model == model]
    if not own:
        return Month(model, ())
    names = dict.fromkeys(each for each in successors if each != model)
    return Month(model, tuple((name, replay_usage(own, model=name).total) for name in names))


def month_lines(lang: str, month: Month) -> Iterator[str]:
    """A line for each successor; of one whose price isn't known, that."""
    for name, found in month.replayed:
        then, after = found.as_estimated, found.what_if
        said = {"n": found.answers, "days": DAYS, "model": month.model, "successor": name}
        if not after.priced:
            yield t(lang, "cases.rehearse.month_unknown", **said)
            continue
        money = {"then": format_money(then.cost, lang), "after": format_money(after.cost, lang)}
        left = found.answers - after.priced
        yield t(lang, f"cases.rehearse.month{'_some' if left else ''}", **said, **money, left=left)
