"""One line about an answer in progress: waiting, waiting for another try, answering."""

import math
import time

from components.chat.running.answers import Answering
from components.ui.app.errors import sentence
from components.ui.app.language import text


def line(job: Answering, *, begun: bool) -> str:
    """The line as it is now; it changes every second. begun: text has come."""
    pause = job.retry
    if pause and not begun:
        facts = {k: v for k, v in pause.error.data.items() if k != "seconds"}  # counted down here
        what, _ = sentence(pause.error.code, facts)
        left = max(1, math.ceil(pause.until - time.monotonic()))
        return text("ui.chat.retrying", what=what, seconds=left, attempt=pause.attempt, of=pause.of)
    passed = int(time.monotonic() - job.started)
    if begun:
        return text("ui.chat.streaming", seconds=passed)
    if thought := len(job.reasoning):
        return text("ui.chat.thinking", length=f"{thought:,}", seconds=passed)
    if job.attempts > 1:
        return text("ui.chat.trying", attempt=job.attempts, of=job.tries, seconds=passed)
    return text("ui.chat.waiting", seconds=passed)
