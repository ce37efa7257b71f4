"""From the token in a link to what may be read with it."""

from collections.abc import Collection
from dataclasses import dataclass

from components.cases.report.report import Report
from components.cases.store.runs import StoredRun
from components.chat.store import SavedScenario, StoredConversation
from components.compare.store import StoredComparison
from components.i18n import t
from components.sharing.hiding import seen_comparison, seen_run, seen_talk
from components.sharing.store import Share, ShareStore
from components.sharing.tokens import hash_of


@dataclass(frozen=True)
class Shown:
    """A share and what it shows by now. images: hashes of what is seen, in order, each once; a
    page names them by their number alone."""

    share: Share
    thing: StoredConversation | StoredComparison | SavedScenario | Report
    images: tuple[str, ...]


def look_up(store: ShareStore, token: str, keys: Collection[str], lang: str) -> Shown | None:
    """None for a token that is malformed, unknown, revoked or over, and where what it led to is
    gone: from outside these are the same."""
    digest = hash_of(token)
    share = store.by_token(digest) if digest else None
    if share is None:
        return None
    match store.target(share.owner, share.kind, share.target_id):
        case StoredConversation() as talk:
            return _talk(talk, share, keys)
        case StoredComparison() as compared:
            seen = seen_comparison(compared, share, keys, t(lang, "sharing.page.model"))
            hashes = [image.hash for image in seen.comparison.images]
            hashes += [picture.hash for cell in seen.cells for picture in cell.pictures]
            return Shown(share, seen, tuple(dict.fromkeys(hashes)))
        case StoredRun() as run:
            report = seen_run(run, share, keys, t(lang, "sharing.page.model"))
            return Shown(share, report, run.snapshot.hashes)
        case SavedScenario() as scenario:
            return Shown(share, scenario, ())
    return None


def _talk(talk: StoredConversation, share: Share, keys: Collection[str]) -> Shown:
    seen = seen_talk(talk, share, keys)
    hashes = (image.hash for message in seen.messages for image in message.images)
    return Shown(share, seen, tuple(dict.fromkeys(each for each in hashes if each)))
