"""What this room holds about a person: contracts, contributions, claims of mutual aid."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held

AID = _("To help each other within the rules, and to show that it was so.")
BOOKS = "privacy.books_kept_months"
WHOSE = ("enrolment__party",)

HELD = (
    Held("mutual_aid.AidEnrolment", _("Contracts of mutual aid"), AID, ("party",), BOOKS),
    Held("mutual_aid.AidBill", _("Contributions billed"), AID, WHOSE, BOOKS),
    Held("mutual_aid.AidReceipt", _("Contributions that came in"), AID, WHOSE, BOOKS),
    Held(
        "mutual_aid.AidReceiptUndone", _("Contributions taken back"), AID,
        ("receipt__enrolment__party",), BOOKS,
    ),
    Held(
        "mutual_aid.AidClaim", _("Claims of mutual aid"), AID, WHOSE, BOOKS,
        hidden=("about_secret", "appeal_secret"),
    ),
    Held("mutual_aid.AidDecider", _("Deciding for campaigns"), AID, ("party",), BOOKS),
    Held(
        "mutual_aid.AidGift", _("Gifts to campaigns"), AID, ("party",), BOOKS,
        hidden=("name_secret",),
    ),
    Held(
        "mutual_aid.AidGrant", _("Applications to campaigns"), AID, ("membership__party",), BOOKS,
        hidden=("about_secret",),
    ),
    Held(
        "mutual_aid.AidGrantVote", _("What deciders of campaigns said"), AID,
        ("decider__party", "grant__membership__party"), BOOKS,
    ),
)  # fmt: skip
READS = {
    "mutual_aid.aid_enrolment": _("a contract of mutual aid with what was paid"),
    "mutual_aid.aid_claim": _("a claim of mutual aid"),
    "mutual_aid.aid_grant": _("an application to a campaign"),
    "mutual_aid.grant_evidence": _("evidence of an application to a campaign"),
    "mutual_aid.evidence": _("evidence of a claim of mutual aid"),
}
