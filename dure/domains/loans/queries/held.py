"""What this room holds about a person: loans, what was to be paid, what was."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dure.kernel.held import Held

LENT = _("To lend within the rules, and to show that it was.")
BOOKS = "privacy.books_kept_months"
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
    Held(
        "loans.LoanPaymentUndone",
        _("Payments for loans taken back"),
        LENT,
        ("payment__loan__party",),
        BOOKS,
    ),
)
READS = {"loans.loan_card": _("a loan with its schedule and payments")}
