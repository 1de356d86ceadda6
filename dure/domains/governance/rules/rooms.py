"""The room of a meeting: who leads it, how one comes in, the code that hangs on its wall.

1. The chair of the body leads. Where that chair is vacant or away, somebody else does, and the
   minutes say by what right: the deputy, the eldest present, or whom the meeting elected.
2. Oneself checks in on the day only, from so many minutes before the start, with the code shown in
   the room; from afar only where the rules let one vote from afar. The office notes who came.
3. The code changes every minute and holds for five, so that it does not wander far. It follows from
   a secret of the network, the meeting and the minute; nobody has to keep it.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from dure.domains.bylaws.rules import Rulebook
from dure.kernel.words import Promise, gettext_lazy as _

from .bodies import rule_of


class Way(StrEnum):
    """How somebody came in."""

    ROOM = "room"
    REMOTE = "remote"
    LIST = "list"


WAYS: tuple[tuple[str, str | Promise], ...] = (
    (Way.ROOM, _("in the room, by its code")),
    (Way.REMOTE, _("from afar")),
    (Way.LIST, _("noted on the list")),
)
CHAIR_REASONS: tuple[tuple[str, str | Promise], ...] = (
    ("deputy", _("deputy of the chair")),
    ("eldest", _("eldest of those present")),
    ("elected", _("elected for this meeting")),
)
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read for something else
CODE_LENGTH = 6
CODE_CHANGES = 60  # seconds
CODE_HOLDS = 5  # changes


def room_code(secret: str, meeting_id: int, at: datetime) -> str:
    """The code of a meeting in this minute (3.)."""
    return _code(secret, meeting_id, _turn(at))


def opens_room(secret: str, meeting_id: int, at: datetime, given: str) -> bool:
    """Whether a code was on the wall within the last minutes (3.)."""
    bare = "".join(one for one in given.upper() if one in CODE_LETTERS)
    now = _turn(at)
    held = [_code(secret, meeting_id, turn) for turn in range(now - CODE_HOLDS, now + 1)]
    return any([hmac.compare_digest(bare, one) for one in held])


def from_afar(book: Rulebook, kind: str) -> bool:
    """Whether a body's votes may be cast from afar (2.)."""
    key = rule_of(book, kind, "remote_votes")
    return key in book and book.yes(key)


def _turn(at: datetime) -> int:
    return int(at.timestamp()) // CODE_CHANGES


def _code(secret: str, meeting_id: int, turn: int) -> str:
    made = hmac.new(secret.encode(), f"dure room {meeting_id} {turn}".encode(), sha256).digest()
    return "".join(CODE_LETTERS[one % len(CODE_LETTERS)] for one in made[:CODE_LENGTH])
