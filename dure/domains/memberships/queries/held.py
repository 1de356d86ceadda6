"""What this room holds about a person: applications, membership, dues, shares, conduct, papers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held
from dure.kernel.words import Promise

MEMBER = ("membership__party",)
OF_APPLICATION = ("application__party", "application__contact")
APPLIED = _("To decide on the application, and to say later why it was decided so.")
BELONGS = _("To know who belongs to the network, since when and with which rights.")
OWED = _("To bill and to prove what was owed and paid.")
DEBITED = _("To prove that you allowed the direct debit.")
SHARES = _("To keep the register of share capital.")
CONDUCT = _("To decide fairly and to let you appeal.")
PLEDGED = _("To know who has agreed to the ethics code in force.")
PAPERS = _("So that whoever is shown the paper can check it.")
APPLICATION_KEPT = "privacy.application_kept_months"
FORMER = "privacy.former_member_kept_months"
BOOKS = "privacy.books_kept_months"
DEBIT = "debit.consent_kept_months"

HELD = (
    Held(
        "memberships.Application",
        _("Applications"),
        APPLIED,
        ("party", "contact"),
        APPLICATION_KEPT,
    ),
    Held(
        "memberships.InterviewNote",
        _("Visits and talks"),
        APPLIED,
        OF_APPLICATION,
        APPLICATION_KEPT,
    ),
    Held(
        "memberships.StepNote",
        _("Steps of admission: papers, pledges signed, sponsors"),
        APPLIED,
        (*OF_APPLICATION, "said__party"),  # the applicant's, and those whom the person sponsored
        APPLICATION_KEPT,
        hidden=("noted_by_id",),
    ),
    Held("memberships.Appeal", _("Appeals"), APPLIED, OF_APPLICATION, APPLICATION_KEPT),
    Held("memberships.Membership", _("Memberships"), BELONGS, ("party",), FORMER),
    Held("memberships.ClassSpell", _("Classes of membership"), BELONGS, MEMBER, FORMER),
    Held("memberships.AgreedDues", _("Dues agreed with me"), OWED, MEMBER, BOOKS),
    Held("memberships.Exemption", _("Exemptions from dues"), OWED, MEMBER, BOOKS),
    Held("memberships.Charge", _("Dues billed"), OWED, MEMBER, BOOKS),
    Held("memberships.Waiver", _("Dues waived"), OWED, ("charge__membership__party",), BOOKS),
    Held(
        "memberships.Receipt",
        _("Payments received"),
        OWED,
        (
            "allocations__charge__membership__party",
            "credits__membership__party",
            "uses__donor",
            "debit_line__membership__party",
            "shares__membership__party",
        ),
        BOOKS,
        hidden=("payer_key", "import_key", "batch"),
    ),
    Held(
        "memberships.Allocation",
        _("What payments were for"),
        OWED,
        ("charge__membership__party",),
        BOOKS,
    ),
    Held("memberships.Credit", _("Paid ahead"), OWED, MEMBER, BOOKS),
    Held("memberships.ReceiptUse", _("Donations"), OWED, ("donor",), BOOKS),
    Held(
        "memberships.PayerAlias",
        _("Names under which I paid"),
        OWED,
        MEMBER,
        FORMER,
        hidden=("key",),
    ),
    Held("memberships.ArrearsStep", _("Reminders"), OWED, MEMBER, BOOKS),
    Held("memberships.InstalmentPlan", _("Instalments"), OWED, MEMBER, BOOKS),
    Held(
        "memberships.Mandate",
        _("Direct debit (the number is encrypted)"),
        DEBITED,
        MEMBER,
        DEBIT,
        hidden=("account_secret",),
    ),
    Held("memberships.DebitLine", _("Direct debits collected"), DEBITED, MEMBER, BOOKS),
    Held(
        "memberships.ShareSubscription",
        _("Shares subscribed"),
        SHARES,
        MEMBER,
        BOOKS,
    ),
    Held("memberships.ShareMovement", _("Shares paid and refunded"), SHARES, MEMBER, BOOKS),
    Held(
        "memberships.ShareClaim",
        _("Claims to a refund"),
        SHARES,
        ("membership__party", "heir"),
        BOOKS,
    ),
    Held(
        "memberships.SharePayout",
        _("Refunds paid"),
        SHARES,
        ("claim__membership__party", "claim__heir"),
        BOOKS,
    ),
    Held("memberships.ShareCertificate", _("Share certificates"), SHARES, MEMBER, BOOKS),
    Held("memberships.ConductCase", _("Procedures about conduct"), CONDUCT, MEMBER, FORMER),
    Held(
        "memberships.ConductNote",
        _("Steps of procedures about conduct"),
        CONDUCT,
        ("case__membership__party",),
        FORMER,
    ),
    Held("memberships.CodeSignature", _("Ethics code signed"), PLEDGED, MEMBER, FORMER),
    Held(
        "memberships.IssuedPaper",
        _("Papers issued"),
        PAPERS,
        ("party", "membership__party"),
        BOOKS,
        hidden=("digest",),
    ),
    Held(
        "memberships.PaperRevocation",
        _("Papers revoked"),
        PAPERS,
        ("paper__party", "paper__membership__party"),
        BOOKS,
        hidden=("reason_digest",),
    ),
    Held(
        "memberships.ReceiptedDonation",
        _("Donations on a donation receipt"),
        PAPERS,
        ("paper__party",),
        BOOKS,
    ),
)

# What each kind of read of personal data is called in the log.
READS: dict[str, str | Promise] = {
    "memberships.members": _("the list of members"),
    "memberships.share_register": _("the register of shareholders"),
    "memberships.donors": _("the list of donors"),
    "memberships.donation_receipts": _("the list of donation receipts"),
    "memberships.papers": _("the list of papers issued"),
    "memberships.code_signatures": _("who signed the ethics code"),
    "memberships.member_card": _("the page of a membership"),
    "memberships.application": _("an application"),
    "memberships.conduct": _("a conduct case"),
    "memberships.holder_card": _("the shares of a member"),
    "memberships.claim_card": _("a claim to shares"),
    "memberships.printed": _("a paper"),
    "memberships.printed_batch": _("papers, many at once"),
    "memberships.donations_of": _("what somebody donated"),
    "memberships.debit_accounts": _("the accounts of a direct debit"),
}
