"""What waits about loans: those that became late of late."""

from __future__ import annotations

from django.utils.translation import gettext as _, ngettext

from dure.domains.loans import queries as loans
from dure.kernel.acts import Act
from dure.kernel.dates import format_date
from dure.kernel.money import format_won

from ..navigation import address
from .waiting import BOOKS, SHOWN_MAX, Source, Step, Waiting, type_sources

NEWLY_LATE_DAYS = POSTED_DAYS = 7


def newly_late(act: Act) -> Waiting | None:
    """Loans that are late since a week at most: a call now spares the letters later."""
    found = loans.loans_late(act, until_days=NEWLY_LATE_DAYS)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(name)s: %(won)s, %(days)d days late")
            % {"name": one.name, "won": format_won(one.arrears_won), "days": one.days},
            address("loans:loan", one.loan_id),
            _("Look"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "clock",
        "warn",
        ngettext("%(count)d loan is newly late", "%(count)d loans are newly late", len(found))
        % {"count": len(found)},
        _("A call in the first week often spares the letters that follow."),
        address("loans:late_loans"),
        _("See all"),
        steps,
    )


def left_with_loans(act: Act) -> Waiting | None:
    """Loans of which the contract says that somebody decides now that the borrower left."""
    found = loans.left_undecided(act)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(name)s: %(won)s") % {"name": one.name, "won": format_won(one.left_won)},
            address("loans:loan_changes", one.id),
            _("Decide"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "fund",
        "warn",
        ngettext(
            "%(count)d borrower left with a loan open",
            "%(count)d borrowers left with a loan open",
            len(found),
        )
        % {"count": len(found)},
        _("The contract leaves it to a decision: called due, a new schedule, or as agreed."),
        address("loans:loans"),
        _("See all"),
        steps,
    )


def letters_on_paper(act: Act) -> Waiting | None:
    """Letters about late loans to those without an address for mail: printed, signed for, posted."""
    found = loans.letters_on_paper(act, POSTED_DAYS)
    if not found:
        return None
    steps = tuple(
        Step(
            _("%(name)s: %(letter)s of %(date)s")
            % {"name": one.name, "letter": one.label, "date": format_date(one.sent_date)},
            address("loans:loan_letter", one.id),
            _("Print"),
        )
        for one in found[:SHOWN_MAX]
    )
    return Waiting(
        "mail",
        "warn",
        ngettext(
            "%(count)d letter about a late loan goes by post",
            "%(count)d letters about late loans go by post",
            len(found),
        )
        % {"count": len(found)},
        _("There is no e-mail address. Print it and post it; it stays here for a week."),
        address("loans:late_loans"),
        _("See all"),
        steps,
    )


LOAN_SOURCES: type_sources = (
    Source((*BOOKS, "loan_officer"), ("loans", "memberships"), newly_late),
    Source((*BOOKS, "loan_officer"), ("loans", "memberships"), left_with_loans),
    Source((*BOOKS, "loan_officer"), ("loans", "parties"), letters_on_paper),
)
