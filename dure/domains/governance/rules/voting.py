"""How is voted: by consent, by raised hands, by name.

1. Raised hands are counted by two people who do not see each other's count; only equal counts hold.
2. By name each voter says yes, no or abstains, once; what was said stays.
3. By consent nobody objects: one who speaks against it, with the reason, makes it a matter for
   another method. It is for yes or no only; hands are counted for yes or no and for crosses.
4. In secret who has voted and what was voted lie apart, without time or order. What was voted lies
   in a locked box; when the vote is closed it is counted, the box is emptied and its key destroyed.
   Each voter keeps a receipt: it shows afterwards that the ballot was counted, never how.
5. Where few vote, a count can tell who voted how: all alike, or all but one. Then only the result
   is told, and the count is kept nowhere.
6. Where the rules say so (민법 제73조②), who cannot come votes in writing, and counts as present
   (제75조②). A paper says who votes how: it fits votes by name and by hands. Who comes all the
   same votes in the room. A committee whose rules say so decides like this without anybody in a
   room: each answers by itself, and on the day the answers are counted.
7. In a board silence is consent (협동조합 기본법 제39조⑤); so it votes by name.
7. Where the rules give the chair a casting vote, it decides when as many are for as against and one
   more would carry it; not in secret, where it would tell how the count stands.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

from dure.domains.bylaws.rules import Rulebook
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

from .bodies import ASSEMBLIES, BodyKind

COUNTERS = 2  # of raised hands (1.)


class Method(StrEnum):
    HANDS = "hands"
    NAMED = "named"
    SECRET = "secret"
    CONSENT = "consent"


class Choice(StrEnum):
    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


METHODS: tuple[tuple[str, str | Promise], ...] = (
    (Method.HANDS, _("show of hands")),
    (Method.NAMED, _("by name")),
    (Method.SECRET, _("secret ballot")),
    (Method.CONSENT, _("consent (nobody objects)")),
)
ELECTED_BY = (Method.NAMED, Method.SECRET)
CHOSEN_BY = (*ELECTED_BY, Method.HANDS)
CHOICES: tuple[tuple[str, str | Promise], ...] = (
    (Choice.YES, pgettext_lazy("in a vote", "Yes")),
    (Choice.NO, pgettext_lazy("in a vote", "No")),
    (Choice.ABSTAIN, pgettext_lazy("in a vote", "Abstain")),
)


def in_writing(book: Rulebook, kind: str) -> str:
    """The key of the rule on votes in writing (6.); empty where none knows them: a board and delegates
    meet, unless a rule of their own says otherwise."""
    own = {
        BodyKind.GENERAL_MEETING: "meetings.written_votes",
        BodyKind.DELEGATES_MEETING: "delegates.written_votes",
        BodyKind.BOARD: "board.written_votes",
    }
    key = own.get(BodyKind(kind), "bodies.written_votes")
    return key if key in book else ""


def papers_are_there(book: Rulebook, kind: str) -> bool:
    """Whether who voted in writing counts as present in a body of this kind (6.)."""
    key, present = in_writing(book, kind), "votes.proxy_counts_present"
    if not key or not book.yes(key):
        return False
    return kind not in ASSEMBLIES or present in book and book.yes(present)


def answers_in_writing(book: Rulebook, kind: str) -> bool:
    """Whether voters answer in writing by themselves: where no assembly is held (6.)."""
    key = in_writing(book, kind)
    return kind not in ASSEMBLIES and bool(key) and book.yes(key)


def roll_digest(parties: Iterable[int]) -> str:
    """The hash of a roll: of the ids in their order, so that nobody is added unseen."""
    return sha256(",".join(map(str, sorted(parties))).encode()).hexdigest()


def agreed(counts: Iterable[tuple[int, ...]]) -> tuple[int, ...] | None:
    """The count that two different counters share (1.); (counter, count, …), oldest first."""
    last = {counter: tuple(count) for counter, *count in counts}
    found = set(last.values())
    return found.pop() if len(last) > 1 and len(found) == 1 else None


RECEIPT_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read for something else


def receipt_hash(receipt: str) -> str:
    """What is published of a receipt: whoever has it finds it there, nobody else learns anything."""
    bare = "".join(one for one in receipt.upper() if one in RECEIPT_LETTERS)
    return sha256(f"dure ballot {bare}".encode()).hexdigest()


def reveals(yes: int, no: int, abstain: int, spoilt: int, least: int) -> bool:
    """Whether a count among few would tell who voted how (5.)."""
    cast = yes + no + abstain + spoilt
    return cast < least and max(yes, no, abstain, spoilt) >= cast - 1
