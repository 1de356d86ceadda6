"""Bodies: what kinds there are, who sits in them, what they may decide.

1. Of an assembly (general meeting, round table) every voting member is a voter; of any other body
   whoever holds one of its voting seats.
2. A vote belongs to a person or to an organisation, never to a chair: who represents two
   organisations speaks for two votes, and it is seen; who sits twice for himself has one.
3. A body decides only what was given to it. What the law keeps for the general meeting cannot be
   given to another body, nor taken from it: the refusal names the article (협동조합 기본법 제29조,
   민법 제42조·제78조). A delegates' meeting decides in its place but for what `delegates.cannot_decide`
   names (제31조제6항). Loans are the business of any body until one is given them.
4. The rules of an assembly are those of `meetings.*`, of a board those of `board.*`, of any other
   body those of `bodies.*`; where a board has no rule of its own, that of bodies holds.
"""

from __future__ import annotations

from enum import StrEnum

from dure.domains.bylaws.rules import Finding, Rulebook
from dure.domains.bylaws.rules.choices import CHOICES
from dure.kernel.words import Promise, gettext_lazy as _, pgettext_lazy

type_words = tuple[tuple[str, str | Promise], ...]


class BodyKind(StrEnum):
    """What a body is; the law knows the first three."""

    GENERAL_MEETING = "general_meeting"
    DELEGATES_MEETING = "delegates_meeting"
    BOARD = "board"
    STEERING_COMMITTEE = "steering_committee"
    EXECUTIVE = "executive"
    CHAIRS = "chairs"
    AUDITORS = "auditors"
    QUALIFICATION_COMMITTEE = "qualification_committee"
    COMMITTEE = "committee"
    SPECIAL_COMMITTEE = "special_committee"
    SECTION = "section"
    ROUND_TABLE = "round_table"
    PUBLIC_PRIVATE = "public_private"


class SeatKind(StrEnum):
    """How one comes to sit."""

    ELECTED = "elected"
    APPOINTED = "appointed"
    EX_OFFICIO = "ex_officio"
    BY_ORGANISATION = "by_organisation"
    IN_TURN = "in_turn"


class EndReason(StrEnum):
    """Why a term ended before its day."""

    RESIGNED = "resigned"
    REMOVED = "removed"
    DIED = "died"
    INELIGIBLE = "ineligible"
    NOT_MEMBER = "not_member"
    OTHER = "other"


KINDS: type_words = (
    (BodyKind.GENERAL_MEETING, _("general meeting")),
    (BodyKind.DELEGATES_MEETING, _("delegates' meeting")),
    (BodyKind.BOARD, _("board")),
    (BodyKind.STEERING_COMMITTEE, _("steering committee")),
    (BodyKind.EXECUTIVE, _("executive committee")),
    (BodyKind.CHAIRS, _("joint chairs")),
    (BodyKind.AUDITORS, _("auditors")),
    (BodyKind.QUALIFICATION_COMMITTEE, _("qualification committee")),
    (BodyKind.COMMITTEE, _("committee")),
    (BodyKind.SPECIAL_COMMITTEE, _("special committee for a time")),
    (BodyKind.SECTION, _("section or trade network")),
    (BodyKind.ROUND_TABLE, _("round table of all members")),
    (BodyKind.PUBLIC_PRIVATE, _("public-private body")),
)
SEAT_KINDS: type_words = (
    (SeatKind.ELECTED, _("elected")),
    (SeatKind.APPOINTED, _("appointed")),
    (SeatKind.EX_OFFICIO, _("by office")),
    (SeatKind.BY_ORGANISATION, _("by organisation")),
    (SeatKind.IN_TURN, _("organisations in turn")),
)
BY_HAND = (SeatKind.ELECTED, SeatKind.APPOINTED)  # filled for terms
END_REASONS: type_words = (
    (EndReason.RESIGNED, pgettext_lazy("governance", "resigned")),
    (EndReason.REMOVED, pgettext_lazy("governance", "removed")),
    (EndReason.DIED, pgettext_lazy("governance", "died")),
    (EndReason.INELIGIBLE, pgettext_lazy("governance", "no longer eligible")),
    (EndReason.NOT_MEMBER, pgettext_lazy("governance", "membership ended")),
    (EndReason.OTHER, pgettext_lazy("governance", "for another reason")),
)
ASSEMBLIES = (BodyKind.GENERAL_MEETING, BodyKind.DELEGATES_MEETING)
OF_OFFICERS = (BodyKind.BOARD, BodyKind.AUDITORS)
OF_ALL_MEMBERS = (BodyKind.GENERAL_MEETING, BodyKind.ROUND_TABLE)

GENERAL, NOT_DELEGATES = "meetings.general_matters", "delegates.cannot_decide"

ADMISSION, EXPULSION, BYLAWS_CHANGE = "admission", "expulsion", "bylaws_change"
_OF_LAW = (
    BYLAWS_CHANGE, "rules_change", "officers", "plan_and_budget", "settlement", "audit_report",
    "merger", "division", "dissolution", "suspension", "continuation", EXPULSION, "share_refund",
    "preferred_shares",
)  # fmt: skip
MATTERS: type_words = (
    *((name, CHOICES[name]) for name in _OF_LAW),
    (ADMISSION, _("admission of members")),
    ("conduct", _("warning and suspension of members")),
    ("bodies", _("making and ending bodies, filling seats")),
    ("mutual_aid", _("review of mutual aid")),
    ("lending", _("loans to members")),
    ("business", _("business of the day")),
)
EVERYBODYS = "business"
UNTIL_GIVEN = frozenset(
    {"lending"}
)  # everybody's too, as long as no body but an assembly has it (3.)


def votes_by_membership(kind: str) -> bool:
    """Whether every voting member is a voter of the body (1.)."""
    return kind in OF_ALL_MEMBERS


def is_officers(kind: str, seat_kind: str) -> bool:
    """Whether a seat is an officer's (임원), whom the general meeting elects."""
    return kind in OF_OFFICERS and seat_kind == SeatKind.ELECTED


def area(kind: str) -> str:
    """Where the rules of a body stand (4.)."""
    if kind in ASSEMBLIES:
        return "meetings"
    return "board" if kind == BodyKind.BOARD else "bodies"


def rule_of(book: Rulebook, kind: str, name: str) -> str:
    """The key of a rule as it holds for a kind of body (4.)."""
    own = f"{area(kind)}.{name}"
    return own if own in book else f"bodies.{name}"


def kept_for(book: Rulebook, kind: str, matter: str) -> tuple[Finding, ...]:
    """What the rules say about a body of this kind deciding on a matter (3.)."""
    if matter == EXPULSION and "expulsion.body" in book:
        return (book.check("expulsion.body", str(kind)),)
    if kind == BodyKind.DELEGATES_MEETING and (barred := _listed(book, NOT_DELEGATES, matter)):
        return (book.check(NOT_DELEGATES, barred - {matter}),)
    if kind not in ASSEMBLIES and (general := _listed(book, GENERAL, matter)):
        return (book.check(GENERAL, general - {matter}),)
    return ()


def may_be_taken(book: Rulebook, kind: str, matter: str) -> tuple[Finding, ...]:
    """What the rules say about taking a matter from a body: what is the general meeting's stays (3.)."""
    if kind != BodyKind.GENERAL_MEETING:
        return ()
    if general := _listed(book, GENERAL, matter):
        return (book.check(GENERAL, general - {matter}),)
    return ()


def _listed(book: Rulebook, key: str, matter: str) -> frozenset[str]:
    """What a rule lists, if the matter is among it."""
    listed = book.choices(key) if key in book else frozenset[str]()
    return listed if matter in listed else frozenset()
