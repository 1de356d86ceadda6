"""What this room holds about a person: loans, what was to be paid, what was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held

LENT = _("To lend within the rules, and to show that it was.")
BOOKS = "privacy.books_kept_months"
PAPERS = "loans.papers_kept_months"
WHOSE = ("party",)

HELD = (
    Held("loans.Loan", _("Loans"), LENT, WHOSE, BOOKS),
    Held("loans.LoanInstalment", _("Instalments of loans"), LENT, ("loan__party",), BOOKS),
    Held("loans.LoanStanding", _("How late loans are"), LENT, ("loan__party",), BOOKS),
    Held(
        "loans.LoanProvision",
        _("What is set aside for loans"),
        LENT,
        ("standing__loan__party",),
        BOOKS,
    ),
    Held("loans.LoanPayment", _("Payments for loans"), LENT, ("loan__party",), BOOKS),
    Held("loans.LoanLetter", _("Letters about late loans"), LENT, ("loan__party",), BOOKS),
    Held("loans.LoanChange", _("Decisions about loans that run"), LENT, ("loan__party",), BOOKS),
    Held(
        "loans.LoanPaymentUndone",
        _("Payments for loans taken back"),
        LENT,
        ("payment__loan__party",),
        BOOKS,
    ),
    Held("loans.LoanPaper", _("Papers for loans"), LENT, ("loan__party",), PAPERS),
    Held(
        "loans.LoanNote",
        _("Notes of the reviewers of loans"),
        LENT,
        ("loan__party",),
        BOOKS,
        hidden=("text_sealed",),
    ),
    Held("loans.LoanCondition", _("Conditions of loans"), LENT, ("loan__party",), BOOKS),
    Held("loans.LoanGuarantee", _("Guarantees"), LENT, ("party", "loan__party"), BOOKS),
    Held(
        "loans.GuaranteePayment",
        _("Payments of guarantors"),
        LENT,
        ("guarantee__party", "guarantee__loan__party"),
        BOOKS,
    ),
)
READS = {
    "loans.loan_card": _("a loan with its schedule and payments"),
    "loans.loans_of_association": _(
        "the loans out of an association's fund, by its representative"
    ),
    "loans.loan_paper": _("a paper handed in for a loan"),
    "loans.review_card": _("the notes of the review of a loan"),
}
