"""How a voter stands with the notice of a meeting.

1. A letter on its way tells nobody yet: the day counts on which it arrived, or was handed over.
2. What came back told nobody; the voter is told another way.
"""

from __future__ import annotations

from enum import StrEnum

from dure.kernel.words import Promise, pgettext_lazy


class NoticeState(StrEnum):
    TOLD = "told"
    LATE = "late"
    SENT = "sent"
    RETURNED = "returned"
    LEFT = "left"


NOTICE_STATES: tuple[tuple[str, str | Promise], ...] = (
    (NoticeState.LEFT, pgettext_lazy("notice", "not told yet")),
    (NoticeState.RETURNED, pgettext_lazy("notice", "came back")),
    (NoticeState.SENT, pgettext_lazy("notice", "on its way")),
    (NoticeState.LATE, pgettext_lazy("notice", "told late")),
    (NoticeState.TOLD, pgettext_lazy("notice", "told")),
)
