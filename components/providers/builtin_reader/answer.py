"""What the built-in reader says about a conversation, piece by piece.

A generator does the work as it goes. It yields None before anything slow, so that what needs no
work can be shown at once and the rest be moved to the reader's thread.
"""

from components.errors import ProviderError
from components.i18n import t
from components.providers.base import VisionRequest
from components.providers.builtin_reader.about import about
from components.providers.builtin_reader.differences import differences
from components.providers.builtin_reader.questions import asked
from components.providers.builtin_reader.telling import Pieces, Telling, plan, subject
from components.providers.builtin_reader.worker import Stop


def answer(request: VisionRequest, stop: Stop) -> Pieces:
    """The answer's pieces; None stands for "from here on it takes time".

    Raises Stopped when `stop` is set, ProviderError when no text can be read at all.
    """
    question, parts = subject(request)
    if not parts:
        yield t(request.lang, "reader.say.no_picture")
        return
    telling = plan(request.lang, asked(question), parts, stop)
    if len(parts) == 1 and telling.compared_first:
        yield telling.page.paragraph(telling.say("only_one"))
    compare = len(parts) > 1
    if compare and telling.compared_first:
        yield from differences(telling)
    for picture in telling.pictures:
        yield from about(telling, picture)
    if compare and not telling.compared_first:
        yield from differences(telling)
    _raise_if_nothing_was_read(telling)
    if not asked(question).understood:
        yield telling.page.paragraph(telling.say("not_a_model"))


def _raise_if_nothing_was_read(telling: Telling) -> None:
    errors = [one.error for one in telling.pictures]
    failures = [error for error in errors if isinstance(error, ProviderError)]
    if failures and all(errors):
        raise failures[0]
