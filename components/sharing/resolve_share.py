"""From the token in a link to what may be read with it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from components.chat.store import NewImage, SavedScenario, StoredConversation
from components.compare.store import StoredComparison
from components.i18n import t
from components.sharing.hiding import seen_comparison, seen_talk
from components.sharing.store import Share
from components.sharing.tokens import hash_of

Thing = StoredConversation | StoredComparison | SavedScenario


class Readable(Protocol):
    """What is asked of the log. All but the first with the owner that the share names."""

    def open_share(self, token_hash: str) -> Share | None: ...
    def conversation(self, owner: str, conversation_id: str) -> StoredConversation | None: ...
    def comparison(self, owner: str, comparison_id: str) -> StoredComparison | None: ...
    def scenarios(self, owner: str) -> list[SavedScenario]: ...
    def image(self, owner: str, image_hash: str) -> NewImage | None: ...


@dataclass(frozen=True)
class Shown:
    """A share and what it shows by now. images: hashes of what is seen, in order, each once; a
    page names them by their number alone."""

    share: Share
    thing: Thing
    images: tuple[str, ...]


def look_up(store: Readable, token: str, keys: Collection[str], lang: str) -> Shown | None:
    """None for a token that is malformed, unknown, revoked or over, and where what it led to is
    gone: from outside these are the same."""
    digest = hash_of(token)
    share = store.open_share(digest) if digest else None
    if share is None:
        return None
    match share.kind:
        case "conversation":
            talk = store.conversation(share.owner, share.target_id)
            return _talk(talk, share, keys) if talk else None
        case "comparison":
            compared = store.comparison(share.owner, share.target_id)
            if compared is None:
                return None
            seen = seen_comparison(compared, share, keys, t(lang, "sharing.page.model"))
            hashes = (image.hash for image in seen.comparison.images)
            return Shown(share, seen, tuple(dict.fromkeys(hashes)))
        case "scenario":
            mine = (s for s in store.scenarios(share.owner) if s.id == share.target_id)
            scenario = next(mine, None)
            return Shown(share, scenario, ()) if scenario else None


def _talk(talk: StoredConversation, share: Share, keys: Collection[str]) -> Shown:
    seen = seen_talk(talk, share, keys)
    hashes = (image.hash for message in seen.messages for image in message.images)
    return Shown(share, seen, tuple(dict.fromkeys(each for each in hashes if each)))
