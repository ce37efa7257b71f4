"""A new share and its token."""

from datetime import datetime, timedelta

from components.chat.store import new_id
from components.errors import AppError
from components.sharing.store import Kind, Share, ShareStore
from components.sharing.tokens import hash_of, new_token

DEFAULT_DAYS = 7
MAX_DAYS = 90
MAX_OPEN = 20  # links to one thing


class ShareError(AppError):
    """A link that can't be made."""

    codes = frozenset({"share_days", "share_too_many"})


def share_it(
    store: ShareStore,
    owner: str,
    kind: Kind,
    target_id: str,
    now: datetime,
    *,
    days: int = DEFAULT_DAYS,
    with_costs: bool = False,
    with_names: bool = False,
    person: str = "",
) -> tuple[Share, str]:
    """Make a link to one thing of the owner's; the share and its token, which nobody can show
    again. person: the owner's name, kept only where names are to be shown.

    Raises ShareError: share_days (not from 1 to 90), share_too_many.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ShareError("share_days", limit=MAX_DAYS)
    if len(store.open_ones(owner, kind, target_id)) >= MAX_OPEN:
        raise ShareError("share_too_many", limit=MAX_OPEN)
    share = Share(
        id=new_id(),
        owner=owner,
        kind=kind,
        target_id=target_id,
        created_at=now,
        ends_at=now + timedelta(days=days),
        with_costs=with_costs,
        with_names=with_names,
        person=person if with_names else "",
    )
    token = new_token()
    digest = hash_of(token)
    assert digest is not None
    store.add(owner, share, digest)
    return share, token
