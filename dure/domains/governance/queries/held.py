"""What this room holds about a person: seats, notices, attendance, votes by name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

DECIDED = _("To prove that what was decided was decided validly.")
SITS = _("To know who sits where, and who may decide.")
RAISES = _("To know who asked for it, and to answer.")
OWN_CALENDAR = _("To let a person read its meetings in a calendar of its own.")
BOOKS = "privacy.books_kept_months"

HELD = (
    Held("governance.Term", _("Seats in bodies"), SITS, ("person",), BOOKS),
    Held("governance.Meeting", _("Meetings chaired"), DECIDED, ("chair",), BOOKS),
    Held("governance.Item", _("Items of an agenda presented"), DECIDED, ("owner",), BOOKS),
    Held("governance.ActionItem", _("What one has to do"), DECIDED, ("owner",), BOOKS),
    Held("governance.PlanLine", _("Parts of plans one answers for"), DECIDED, ("owner",), BOOKS),
    Held("governance.Issue", _("Issues raised"), RAISES, ("party",), BOOKS),
    Held(
        "governance.CalendarKey", _("Address of the own calendar"), OWN_CALENDAR, ("person",), BOOKS
    ),
    Held("governance.Notice", _("Notices of meetings"), DECIDED, ("party",), BOOKS),
    Held("governance.Attendance", _("Attendance of meetings"), DECIDED, ("party", "person"), BOOKS),
    Held(
        "governance.MinutesSignature",
        _("Minutes signed"),
        DECIDED,
        ("person",),
        BOOKS,
        hidden=("digest",),
    ),
    Held("governance.MinutesComment", _("Comments on minutes"), DECIDED, ("party",), BOOKS),
    Held(
        "governance.DemandSignature", _("Demands for a meeting signed"), DECIDED, ("party",), BOOKS
    ),
    Held("governance.Proxy", _("Proxies in meetings"), DECIDED, ("party", "person"), BOOKS),
    Held("governance.Option", _("Standing for election"), DECIDED, ("person",), BOOKS),
    Held("governance.Voter", _("Rolls of voters"), DECIDED, ("party",), BOOKS),
    Held("governance.BarredVoter", _("Votes one was kept from"), DECIDED, ("party",), BOOKS),
    Held(
        "governance.BallotTaken",
        _("Secret ballots taken part in (never how)"),
        DECIDED,
        ("party",),
        BOOKS,
    ),
    Held("governance.WrittenVote", _("Votes in writing"), DECIDED, ("party",), BOOKS),
    Held("governance.CastVote", _("Votes cast by name"), DECIDED, ("party",), BOOKS),
)

_OF_ALL = _("About a body or a meeting as a whole, not about one person.")
LEFT_OUT: dict[str, str | Promise] = dict.fromkeys(
    (
        "governance.Demand",
        "governance.Body",
        "governance.Cycle",
        "governance.CycleHost",
        "governance.Competence",
        "governance.Seat",
        "governance.Turn",
        "governance.Quota",
        "governance.IssueStep",
        "governance.ItemPaper",
        "governance.PlanVersion",
        "governance.PlanBudget",
        "governance.PlanIndicator",
        "governance.Minutes",
        "governance.MinutesVersion",
        "governance.PaperTemplate",
        "governance.Roll",
        "governance.Vote",
        "governance.HandCount",
        "governance.Resolution",
    ),
    _OF_ALL,
)

# What each kind of read of personal data is called in the log.
READS: dict[str, str | Promise] = {
    "governance.record": _("seats, attendance and votes by name"),
    "governance.notices": _("letters of notice of a meeting, printed"),
    "governance.proxy": _("the written proxy of a voter"),
    "governance.roll": _("the roll of a vote, with names"),
    "governance.choices": _("who waits for a decision, to be put on an agenda"),
}
